"""Pages on their way to a printer: which are asked for, what stopping leaves, what a refusal says."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import Cancelled
from app.domain.paper import PageBreak, Paper, Paragraph, plain
from app.domain.progress import NoProgress
from app.printing.pdf import pdf_bytes
from app.services.page_pictures import PagePictures
from app.ui.parts.printers import PrinterRefused, Printers, page_range, prepare, print_pages


def three_pages() -> PagePictures:
    blocks = (
        Paragraph(plain("một")),
        PageBreak(),
        Paragraph(plain("hai")),
        PageBreak(),
        Paragraph(plain("ba")),
    )
    return PagePictures(pdf_bytes([Paper("Thử", "", blocks)], "Thử"))


def into(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    prepare(printer, "Thử")
    return printer


class StopsAt:
    """The person presses "Dừng lại" at a step."""

    def __init__(self, step: int) -> None:
        self.left = step

    def step(self, _done: int, _total: int, _label: str) -> None:
        if self.left == 0:
            raise Cancelled
        self.left -= 1


def test_all_pages_are_asked_for_unless_some_are_named(qtbot: QtBot, tmp_path: Path) -> None:
    printer = into(tmp_path / "ra.pdf")
    everything = page_range(printer, 20)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(3, 5)

    assert everything == (0, 19)
    assert page_range(printer, 20) == (2, 4)
    assert page_range(printer, 4) == (2, 3)


def test_pages_ready_under_a_locked_screen_ask_for_no_printer(qtbot: QtBot) -> None:
    window, page = QMainWindow(), QWidget()
    qtbot.addWidget(window)
    window.setCentralWidget(page)
    window.show()
    page.hide()
    QTimer.singleShot(500, window, lambda: [box.reject() for box in window.findChildren(QDialog)])
    started = time.monotonic()

    assert Printers().choose(window, "Phiếu mã PIN", 2, two_sided=False, lying=False) is None
    assert time.monotonic() - started < 0.5


def test_stopping_before_the_pages_are_handed_over_prints_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        print_pages(into(tmp_path / "ra.pdf"), three_pages(), (0, 1, 2), StopsAt(2))

    assert not (tmp_path / "ra.pdf").exists()


def test_a_printer_that_cannot_take_pages_back_gets_all_of_them(qtbot: QtBot, tmp_path: Path) -> None:
    print_pages(into(tmp_path / "ra.pdf"), three_pages(), (0, 1, 2), StopsAt(4))

    assert PagePictures((tmp_path / "ra.pdf").read_bytes()).page_count == 3


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_named_with_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(PrinterRefused, match="lưu thành PDF để in ở máy khác"):
        print_pages(into(tmp_path / "khong-co" / "ra.pdf"), three_pages(), (0,), NoProgress())
