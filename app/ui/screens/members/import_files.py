"""Files an import gives back to the office: an empty list, and the list with its mistakes marked."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.domain.errors import UserError
from app.services.member_import import ListPreview, save_blank_list, save_corrected_list
from app.ui.desk import DeskPage
from app.ui.parts.messages import MessageBar

FILE_PURPOSE = "nhap-danh-sach"
EXCEL_FILES = "Tệp Excel (*.xlsx)"


class OfficeFiles:
    """Asks where, saves, says so; a file that cannot be written is asked for again."""

    def __init__(self, page: DeskPage, message: MessageBar) -> None:
        self._page, self._message = page, message

    def save_corrected(self, looked_at: ListPreview) -> None:
        """Save a copy of the list with every cell to put right marked."""
        name = f"{looked_at.sheet.path.stem}-can-sua.xlsx"
        again = partial(self.save_corrected, looked_at)
        self._save(
            "Lưu danh sách cần sửa",
            name,
            partial(save_corrected_list, looked_at),
            "Đã lưu danh sách có đánh dấu chỗ cần sửa",
            again,
        )

    def save_blank(self) -> None:
        """Save an empty list to fill in."""
        name = "danh-sach-dang-vien-mau.xlsx"
        self._save("Lưu tệp mẫu", name, save_blank_list, "Đã lưu tệp mẫu", self.save_blank)

    def _save(
        self,
        title: str,
        name: str,
        write: Callable[[Path], Path],
        said: str,
        again: Callable[[], None],
    ) -> None:
        desk = self._page.desk
        target = desk.dialogs.choose_save_file(title, name, EXCEL_FILES, purpose=FILE_PURPOSE)
        if target is None:
            return

        def saved(path: Path) -> None:
            self._message.close_message()
            desk.say_done(f"{said}: {path.name}")

        def failed(error: UserError) -> None:
            if self._page.isVisible():
                self._message.show_message("error", str(error), "Chọn chỗ khác", again)
            else:
                desk.background.failed.emit(str(error))

        self._page.read(partial(write, target), saved, failed, key="file")
