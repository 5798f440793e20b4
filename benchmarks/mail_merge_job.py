"""What an office does today: a template merged with a list by a running LibreOffice, one PDF a person.

Runs under a Python that knows ``uno`` (LibreOffice's own, or the system's): PORT CSV-FOLDER OUT-FOLDER.
Prints the seconds of the merge alone: office running, data source registered, template stored.
"""

import csv
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.style.BreakType import PAGE_BEFORE

TABLE, COMMAND_TABLE, OUTPUT_FILE = "nguoi", 0, 2


def _value(name: str, value: object) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def _connect(port: int) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + 60
    while True:
        try:
            return resolver.resolve(f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext")
        except NoConnectException:  # the office is still starting
            if time.monotonic() > until:
                raise
            time.sleep(0.3)


def _register(services: Any, folder: Path) -> None:
    sources = services.createInstance("com.sun.star.sdb.DatabaseContext")
    source = sources.createInstance()
    source.URL = f"sdbc:flat:{folder.as_uri()}"
    source.Info = (
        _value("Extension", "csv"),
        _value("HeaderLine", True),
        _value("FieldDelimiter", ","),
        _value("StringDelimiter", '"'),
        _value("CharSet", "utf-8"),
    )
    source.DatabaseDocument.storeAsURL((folder / "nguoi.odb").as_uri(), ())
    if sources.hasByName(TABLE):
        sources.revokeObject(TABLE)
    sources.registerObject(TABLE, source)


def _template(services: Any, columns: list[str], path: Path) -> None:
    desktop = services.createInstance("com.sun.star.frame.Desktop")
    hidden = (_value("Hidden", True),)
    document = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, hidden)
    text = document.Text
    cursor = text.createTextCursor()
    cursor.CharFontName, cursor.CharHeight = "Tinos", 14
    for number, column in enumerate(columns):
        if number and number % 3 == 0:
            cursor.BreakType = PAGE_BEFORE
        text.insertString(cursor, f"{column}: ", False)
        master = document.createInstance("com.sun.star.text.fieldmaster.Database")
        master.DataBaseName, master.DataTableName, master.DataColumnName = TABLE, TABLE, column
        field = document.createInstance("com.sun.star.text.TextField.Database")
        field.attachTextFieldMaster(master)
        text.insertTextContent(cursor, field, False)
        text.insertControlCharacter(cursor, 0, False)
    document.storeAsURL(path.as_uri(), ())
    document.close(True)


def main(port: int, data: Path, out: Path) -> None:
    """Merge the list and print the seconds."""
    services = _connect(port).ServiceManager
    with (data / f"{TABLE}.csv").open(encoding="utf-8") as listed:
        columns = next(csv.reader(listed))
    _register(services, data)
    _template(services, columns, data / "mau.odt")
    merge = services.createInstance("com.sun.star.text.MailMerge")
    merge.DataSourceName, merge.CommandType, merge.Command = TABLE, COMMAND_TABLE, TABLE
    merge.DocumentURL, merge.OutputURL = (data / "mau.odt").as_uri(), out.as_uri()
    merge.OutputType, merge.SaveFilter = OUTPUT_FILE, "writer_pdf_Export"
    merge.FileNamePrefix = "ban-"
    begun = time.perf_counter()
    merge.execute(())
    print(time.perf_counter() - begun)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
