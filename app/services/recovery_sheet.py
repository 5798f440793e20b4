"""Phiếu khôi phục: the one paper that opens the book when its password is forgotten.

The page is made in memory; a file of it is written only where the person says.
"""

from datetime import date
from pathlib import Path

from app.domain.acts import Act
from app.domain.dates import format_date
from app.domain.paper import (
    Align,
    Block,
    Cell,
    Column,
    FieldLine,
    Gap,
    Heading,
    Labelled,
    Letterhead,
    PageStyle,
    Paper,
    Paragraph,
    Signature,
    SignatureBlock,
    Table,
    TitleBlock,
    bold,
    italic,
    plain,
)
from app.services.cells import get_cell
from app.services.workspace import Workspace

_TITLE = "Phiếu khôi phục sổ"
_PER_ROW = 3
_CODE_SIZE = 26.0
_LONGEST_PLACE = 120
_HOW = (
    "1. Mở chương trình Sổ đăng ký nêu gương, chọn cuốn sổ ghi ở trên.",
    "2. Ở trang gõ mật khẩu, bấm “Quên mật khẩu” rồi gõ sáu nhóm chữ và số của mã theo thứ tự. "
    "Chữ hoa hay chữ thường đều được; mã không có số 0, số 1, chữ I, chữ L, chữ O.",
    "3. Sổ mở ra thì đặt ngay mật khẩu mới cho người giữ mật khẩu.",
    "4. Sau đó nên lập phiếu mới, in ra và hủy phiếu này; phiếu cũ vẫn mở được các bản sao làm trước đó.",
)


def sheet_name(ws: Workspace) -> str:
    """What the printer's list and a saved file call the sheet; nothing of the code."""
    ws.must(Act.MANAGE_KEYS)
    return f"{_TITLE} {format_date(ws.today()).replace('/', '-')}"


def recovery_sheet(ws: Workspace, code: str) -> bytes:
    """The sheet as a PDF of one page, in memory, for looking at and printing."""
    from app.printing.pdf import pdf_bytes

    return pdf_bytes([_paper(ws, code)], _TITLE)


def save_recovery_sheet(ws: Workspace, code: str, target: Path) -> None:
    """Write the sheet where the person says; whoever can read that file can open the book.

    Raises ``FileUnwritable``.
    """
    from app.printing.pdf import write_pdf

    write_pdf([_paper(ws, code)], target, title=_TITLE)


def _paper(ws: Workspace, code: str) -> Paper:
    ws.must(Act.MANAGE_KEYS)
    cell = get_cell(ws)
    names = cell.names[0]
    today = ws.today()
    blocks: tuple[Block, ...] = (
        Letterhead(names.upper, names.own, ""),
        TitleBlock((_TITLE.upper(),), ("(dùng khi quên mật khẩu mở sổ)",), size=16),
        Gap(2),
        *_about(ws, names.own, today),
        Gap(3),
        Heading("Mã khôi phục"),
        Paragraph(italic("Hàng trên là nhóm 1, 2, 3; hàng dưới là nhóm 4, 5, 6."), space_after=0.5),
        _code_table(code),
        Gap(1),
        Heading("Cách dùng"),
        *(Paragraph(plain(line), align=Align.LEFT, space_after=1.0) for line in _HOW),
        Gap(2),
        Paragraph(bold("Cất phiếu trong phong bì dán kín, có chữ ký ở mép dán, không để cùng chỗ với máy.")),
        Paragraph(
            plain(
                "Ai có phiếu này và có tệp sổ thì đọc được cả sổ. Mất cả mật khẩu lẫn phiếu thì không ai mở "
                "được sổ nữa, kể cả người làm ra chương trình."
            )
        ),
        Paragraph(italic("Mỗi lần mở phong bì, ghi lại ngày và người mở:"), align=Align.LEFT),
        _openings(),
        SignatureBlock((Signature((), title="NGƯỜI LẬP PHIẾU", note="(ký, ghi rõ họ tên)"), _keeper())),
    )
    style = PageStyle(size=12.0, leading=15.0, top=12.0, bottom=10.0, left=25.0, numbered=False)
    return Paper(_TITLE, names.own, blocks, style)


def _keeper() -> Signature:
    return Signature((), title="NGƯỜI GIỮ PHONG BÌ", note="(ký, ghi rõ họ tên)")


def _about(ws: Workspace, cell_name: str, today: date) -> tuple[FieldLine, ...]:
    return (
        FieldLine((Labelled("Sổ", f"{ws.folder.stem}, của {cell_name}"),)),
        FieldLine((Labelled("Nơi để sổ", _shortened(str(ws.folder.parent))),)),
        FieldLine((Labelled("Ngày lập phiếu", format_date(today)),)),
    )


def _shortened(place: str) -> str:
    return place if len(place) <= _LONGEST_PLACE else f"…{place[-_LONGEST_PLACE:]}"


def _code_table(code: str) -> Table:
    """The groups in large letters, three in a row."""
    groups = [Cell(bold(" ".join(group)), Align.CENTER) for group in code.split("-")]
    rows = tuple(tuple(groups[start : start + _PER_ROW]) for start in range(0, len(groups), _PER_ROW))
    columns = tuple(Column("", 1.0, Align.CENTER) for _ in range(_PER_ROW))
    return Table(columns, rows, size=_CODE_SIZE, keep_together=True)


def _openings() -> Table:
    columns = (Column("Ngày mở", 1.0), Column("Người mở, lý do", 3.0), Column("Ký", 1.0))
    return Table(columns, tuple((Cell(), Cell(), Cell()) for _ in range(2)), min_row_height=9.0)
