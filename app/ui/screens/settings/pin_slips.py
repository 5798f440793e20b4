"""Starting PINs on their way out: shown once, printed as slips; nothing of them stays on the disk."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.progress import Progress
from app.services.page_pictures import PagePictures
from app.services.pin_slips import pin_slips_pdf, save_pin_slips
from app.services.seat_pins import GivenPin
from app.services.workspace import Workspace
from app.ui.desk import DeskPage
from app.ui.parts.messages import MessageBar

if TYPE_CHECKING:
    from app.ui.parts.printers import Printers

_ONCE = "Đưa tận tay; rời trang này thì không xem và không in lại được."


class PinSlips:
    """Says which PINs were given, with a way to print them; without a printer they can be saved."""

    def __init__(self, page: DeskPage, printers: "Printers | None" = None) -> None:
        self._page, self._found = page, printers
        self.message = MessageBar()

    @property
    def _printers(self) -> "Printers":
        # What knows printers is loaded when somebody prints, not with the settings.
        from app.ui.parts.printers import Printers

        self._found = self._found or Printers()
        return self._found

    def show(self, given: Sequence[GivenPin]) -> None:
        """What was just given."""
        if len(given) == 1:
            words = f"Mã PIN lần đầu của {given[0].name}: {given[0].pin}. {_ONCE}"
        else:
            words = f"Đã tạo mã PIN lần đầu cho {len(given)} người. {_ONCE}"
        self.message.show_message("ok", words, "In phiếu mã PIN", partial(self._print, given))

    def _print(self, given: Sequence[GivenPin]) -> None:
        ws = self._page.desk.ws
        if not self._printers.are_there():
            target = self._page.desk.dialogs.choose_save_file(
                "Chưa thấy máy in. Lưu phiếu mã PIN để in ở máy khác, in xong thì xóa tệp",
                "phieu-ma-pin.pdf",
                "Tệp PDF (*.pdf)",
                purpose="print",
            )
            if target is not None:
                self._long(
                    f"Lưu {target.name}",
                    lambda _progress: save_pin_slips(ws, given, target),
                    partial(self._saved, target),
                )
            return
        self._page.read(
            lambda: PagePictures(pin_slips_pdf(ws, given)), partial(self._choose, ws), key="slips"
        )

    def _choose(self, ws: Workspace, pictures: PagePictures) -> None:
        from app.ui.parts.printers import page_range, print_pages

        pages = pictures.page_count
        printer = self._printers.choose(
            self._page.window(), "Phiếu mã PIN", pages, two_sided=False, lying=False
        )
        if printer is None:
            return
        first, last = page_range(printer, pages)

        order = list(range(first, last + 1))
        send = partial(print_pages, printer, pictures, order)
        self._long("In phiếu mã PIN", send, self._printed)

    def _long(
        self, title: str, work: Callable[[Progress], object], on_done: Callable[[object], None]
    ) -> None:
        self._page.desk.background.long(self._page, work, title=title, on_done=on_done)

    def _printed(self, pages: object) -> None:
        self._page.desk.say_done(f"Đã chuyển {pages} trang phiếu mã PIN sang máy in.")

    def _saved(self, target: Path, _done: object) -> None:
        self._page.desk.say_done(f"Đã lưu phiếu mã PIN vào {target}. In xong thì xóa tệp này.")
