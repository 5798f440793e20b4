"""Saving one member's own data into a folder: asked where, done aside with progress, then said."""

from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.services.member_files import MemberFileKind, SavedMemberFile, save_member_file
from app.ui.desk import DeskPage
from app.ui.parts.messages import MessageBar


class MemberFileSaving:
    """One page's way to a member's folder; what comes of it stands in the page's message."""

    def __init__(self, page: DeskPage, message: MessageBar) -> None:
        self._page, self._message = page, message

    def save(self, member_id: str, kind: MemberFileKind) -> None:
        """Ask for the place and write the folder there."""
        desk = self._page.desk
        place = desk.dialogs.choose_folder(f"{kind.label}: chọn nơi đặt thư mục", purpose="member-file")
        if place is None:
            return
        self._message.close_message()
        desk.background.long(
            self._page,
            partial(save_member_file, desk.ws, member_id, kind, place),
            title=f"Đang lập {kind.label.lower()}",
            on_done=self._saved,
            on_error=lambda error: self._message.show_message("error", str(error)),
        )

    def _saved(self, saved: SavedMemberFile) -> None:
        words = (
            f"Đã lưu {saved.paper_count} giấy tờ và toàn bộ dữ liệu vào {saved.folder}. "
            "Thư mục này không có khóa, ai cầm cũng đọc được."
        )
        folder = QUrl.fromLocalFile(str(saved.folder))
        self._message.show_message("ok", words, "Mở thư mục", lambda: QDesktopServices.openUrl(folder))
