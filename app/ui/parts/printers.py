"""The printers of this PC: whether there is one, the print dialog, and sending pages to it."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QMainWindow, QWidget

from app.domain.errors import Cancelled, UserError
from app.domain.progress import Progress
from app.services.page_pictures import PagePicture, PagePictures

PRINT_DPI = 300
_POINTS_PER_INCH = 72


class PrinterRefused(UserError):
    """A printer did not take the pages; the sentence says what to look at."""


class Printers:
    """The PC's printers, as a page that prints sees them."""

    def are_there(self) -> bool:
        """Whether there is any printer to choose."""
        return bool(QPrinterInfo.availablePrinterNames())

    def choose(
        self, window: QWidget, title: str, pages: int, *, two_sided: bool, lying: bool
    ) -> QPrinter | None:
        """Let the person choose printer, copies and pages; None when they think better of it.

        Pages that are ready only when the screen is locked by then are nobody's to print.
        """
        if isinstance(window, QMainWindow) and (page := window.centralWidget()) and not page.isVisible():
            return None
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        prepare(printer, title)
        side = QPrinter.DuplexMode.DuplexShortSide if lying else QPrinter.DuplexMode.DuplexLongSide
        printer.setDuplex(side if two_sided else QPrinter.DuplexMode.DuplexNone)
        dialog = QPrintDialog(printer, window)
        dialog.setWindowTitle(f"In {pages} trang")
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=False)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=True)
        dialog.setMinMax(1, pages)
        taken = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return printer if taken else None


def prepare(printer: QPrinter, title: str) -> None:
    """Whole A4 sheets, black only: every margin is already on the page."""
    printer.setDocName(title)
    printer.setCreator("Sổ đăng ký nêu gương")
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printer.setFullPage(True)
    _turn(printer, lying=False)


def page_range(printer: QPrinter, pages: int) -> tuple[int, int]:
    """The first and the last page asked for in the dialog, counted from 0."""
    if printer.printRange() is not QPrinter.PrintRange.PageRange or not printer.fromPage():
        return 0, pages - 1
    return printer.fromPage() - 1, min(max(printer.toPage(), printer.fromPage()), pages) - 1


def is_two_sided(printer: QPrinter) -> bool:
    """Whether both sides of the paper will be printed, as the dialog was left."""
    return printer.duplex() is not QPrinter.DuplexMode.DuplexNone


def print_pages(
    printer: QPrinter, pictures: PagePictures, order: Sequence[int | None], progress: Progress
) -> int:
    """Draw pages and hand them to a printer; None in ``order`` is an empty page. Off the window's thread.

    Everything is drawn before the first page is handed over: some printers cannot take back what they have.
    """
    drawn: dict[int, _Packed] = {}
    for done, page in enumerate(order):
        progress.step(done, len(order), "Dựng trang")
        if page is not None:
            drawn[page] = _Packed(pictures.grey_picture(page, PRINT_DPI))
    painter = QPainter()
    _turn(printer, lying=_lies(pictures, order[0]))
    if not painter.begin(printer):
        raise _refused(printer)
    try:
        _hand_over(_Job(printer, painter, pictures, drawn), order, progress)
    finally:
        painter.end()
    return len(order)


@dataclass(slots=True)
class _Job:
    """Pages on their way to a printer."""

    printer: QPrinter
    painter: QPainter
    pictures: PagePictures
    drawn: "dict[int, _Packed]"


def _hand_over(job: _Job, order: Sequence[int | None], progress: Progress) -> None:
    can_stop = True
    for done, page in enumerate(order):
        if can_stop:
            can_stop = _step(job.printer, progress, done, len(order))
        if done:
            _turn(job.printer, lying=_lies(job.pictures, page))
            if not job.printer.newPage():
                raise _refused(job.printer)
        if page is not None:
            _paint(job, page)


def _step(printer: QPrinter, progress: Progress, done: int, total: int) -> bool:
    """Whether the work may still be stopped: a printer that cannot take pages back gets the rest of them."""
    try:
        progress.step(done, total, "Chuyển sang máy in")
    except Cancelled:
        if printer.abort():
            raise
        return False
    return True


class _Packed:
    """A drawn page, packed: hundreds of them wait for the printer in memory."""

    def __init__(self, picture: PagePicture) -> None:
        self._shape = (picture.width, picture.height, picture.stride)
        self._pixels = zlib.compress(picture.pixels, 1)

    def image(self) -> QImage:
        """The page to paint."""
        width, height, stride = self._shape
        pixels = zlib.decompress(self._pixels)
        # The copy owns its pixels; the bytes it was made from may go.
        return QImage(pixels, width, height, stride, QImage.Format.Format_Grayscale8).copy()


def _paint(job: _Job, page: int) -> None:
    """Set a page on the paper in its true size, from the paper's own corner."""
    dots = job.printer.resolution() / _POINTS_PER_INCH
    width, height = job.pictures.sizes[page]
    job.painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    job.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    job.painter.drawImage(QRectF(0, 0, width * dots, height * dots), job.drawn.pop(page).image())


def _lies(pictures: PagePictures, page: int | None) -> bool:
    return page is not None and pictures.sizes[page][0] > pictures.sizes[page][1]


def _turn(printer: QPrinter, *, lying: bool) -> None:
    turned = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), turned, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)


def _refused(printer: QPrinter) -> PrinterRefused:
    return PrinterRefused(
        f"Máy in {printer.printerName()} không nhận trang. Đồng chí xem máy in đã bật, còn giấy và nối với "
        "máy tính chưa, rồi bấm In lại; hoặc lưu thành PDF để in ở máy khác."
    )
