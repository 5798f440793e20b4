"""Books of earlier versions: one whose schema is older, and one from before books were encrypted."""

import shutil
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from app.db import key_file, schema
from app.db.book_folder import DATABASE
from app.db.database import APPLICATION_ID, open_engine
from app.db.witness import NAME as WITNESS
from app.services.keys import demo_keys
from benchmarks.faults.cell import make_cell

OLD_REVISION = "0002"


def make_old_book(place: Path) -> Path:
    """A cell's encrypted book at the revision before the newest."""
    folder = make_cell(place)
    engine = open_engine(folder / DATABASE, demo_keys().data_key)
    schema.migrate(engine, OLD_REVISION)
    engine.dispose()
    (folder / WITNESS).unlink()
    return folder


def make_plain_book(place: Path) -> Path:
    """The same as the version before wrote it: not encrypted, without key files."""
    folder = make_old_book(place)
    database, plain = folder / DATABASE, folder / "plain.db"
    connection = driver.connect(str(database), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{demo_keys().data_key.hex()}'\"")
    connection.execute(f"ATTACH DATABASE '{plain}' AS plain KEY ''")
    connection.execute("SELECT sqlcipher_export('plain')")
    connection.execute(f"PRAGMA plain.application_id = {APPLICATION_ID}")
    connection.close()
    shutil.move(plain, database)
    for name in key_file.NAMES:
        (folder / name).unlink()
    return folder
