"""Đảng viên: leads from the list to one member's record and to the import, and back."""

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.desk import Desk
from app.ui.screens.members.import_wizard import ImportWizard
from app.ui.screens.members.member_list import MemberListPage
from app.ui.screens.members.record_page import RecordPage


class MembersPage(QStackedWidget):
    """Holds the three pages; a file dropped anywhere on them begins an import."""

    help_topic = "members"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.list_page = MemberListPage(desk)
        self.record_page = RecordPage(desk)
        self.wizard = ImportWizard(desk)
        for page in (self.list_page, self.record_page, self.wizard):
            self.addWidget(page)
        self.list_page.opened.connect(self.open_member)
        self.list_page.add_requested.connect(self.add_member)
        self.list_page.import_requested.connect(self.import_list)
        self.list_page.blank_list_requested.connect(self.wizard.save_blank)
        self.record_page.closed.connect(self._show_list)
        self.record_page.add_requested.connect(self.add_member)
        self.wizard.closed.connect(lambda: self._show_list(""))
        self.setAcceptDrops(not desk.ws.read_only)

    # Where

    def open_member(self, member_id: str) -> None:
        """Show a member's record."""
        self.record_page.open(member_id, self.list_page.shown_ids())
        self.setCurrentWidget(self.record_page)

    def add_member(self) -> None:
        """Show an empty record."""
        self.record_page.open(None)
        self.setCurrentWidget(self.record_page)
        self.record_page.first_focus().setFocus()

    def import_list(self, path: Path | None = None) -> None:
        """Begin an import, with a file when it was dropped."""
        self.setCurrentWidget(self.wizard)
        self.wizard.start(path)

    def _show_list(self, member_id: str) -> None:
        self.setCurrentWidget(self.list_page)
        if member_id:
            self.list_page.choose(member_id)
        self.list_page.first_focus().setFocus()

    def show_place(self, member: str = "", page: str = "") -> None:
        """Show a member's record, the import, or the list."""
        if member:
            self.open_member(member)
        elif page == "import":
            self.import_list()
        else:
            self._show_list("")

    def place(self) -> dict[str, str]:
        """The member shown now, for coming back to."""
        is_record = self.currentWidget() is self.record_page and self.record_page.member_id
        return {"member": self.record_page.member_id} if is_record else {}

    def go_back(self) -> bool:
        """From a record or the import back to the list."""
        page = self.currentWidget()
        if page is self.record_page:
            return self.record_page.go_back()
        return page is self.wizard and self.wizard.go_back()

    def first_focus(self) -> QWidget:
        """Where the page shown now begins."""
        page = self.currentWidget()
        if page is self.record_page:
            return self.record_page.first_focus()
        return self.wizard.first_focus() if page is self.wizard else self.list_page.first_focus()

    # Dropping a file

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.import_list(paths[0])
