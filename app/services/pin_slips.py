"""Slips with starting PINs: cut apart and handed to each person, never kept."""

from collections.abc import Sequence
from pathlib import Path

from app.domain.paper import Cell, Column, PageStyle, Paper, Paragraph, Run, Table, Text, italic
from app.domain.permissions import Act
from app.services.cells import cell_in
from app.services.seat_pins import GivenPin
from app.services.workspace import Workspace

_COLUMNS = 2
_HOW = "Đổi mã này ngay lần đầu ngồi vào máy, rồi xé phiếu."
_TITLE = "Phiếu mã PIN"


def pin_slips_pdf(ws: Workspace, given: Sequence[GivenPin]) -> bytes:
    """The slips as a PDF in memory, two in a row with lines to cut along; nothing is written to the disk."""
    ws.must(Act.MANAGE_ACCOUNTS)
    from app.printing.pdf import pdf_bytes

    with ws.read() as tx:
        own = cell_in(tx).name_on(ws.today()).own
    return pdf_bytes([_paper(own, given)], _TITLE)


def save_pin_slips(ws: Workspace, given: Sequence[GivenPin], target: Path) -> None:
    """The slips as a file to be printed elsewhere and deleted then, where this PC has no printer."""
    ws.must(Act.MANAGE_ACCOUNTS)
    from app.printing.pdf import write_pdf

    with ws.read() as tx:
        own = cell_in(tx).name_on(ws.today()).own
    write_pdf([_paper(own, given)], target, title=_TITLE)


def _paper(own: str, given: Sequence[GivenPin]) -> Paper:
    words = "Cắt theo đường kẻ, đưa tận tay từng đồng chí. Không in lại được những mã này."
    cells = [Cell(_slip(own, each)) for each in given]
    cells += [Cell()] * (-len(cells) % _COLUMNS)
    rows = tuple(tuple(cells[at : at + _COLUMNS]) for at in range(0, len(cells), _COLUMNS))
    columns = tuple(Column("", 1.0) for _ in range(_COLUMNS))
    blocks = (Paragraph(italic(words), size=11), Table(columns, rows, size=13, min_row_height=34))
    return Paper(_TITLE, "", blocks, PageStyle(left=15, right=15, top=15, bottom=15, numbered=False))


def _slip(own: str, given: GivenPin) -> Text:
    digits = "  ".join(given.pin)
    return (
        Run(f"{own}\n"),
        Run(f"Đồng chí {given.name}\n", bold=True),
        Run("Mã PIN:   "),
        Run(f"{digits}\n", bold=True),
        Run(_HOW, italic=True),
    )
