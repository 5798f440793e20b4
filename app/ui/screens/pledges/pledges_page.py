"""Đăng ký năm: leads from everybody's pledges to one member's and back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.desk import Desk
from app.ui.screens.pledges.pledge_editor import PledgeEditor
from app.ui.screens.pledges.pledge_list import PledgeListPage


class PledgesPage(QStackedWidget):
    """Holds the list, and over it the pledge being looked at."""

    help_topic = "pledges"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.list_page = PledgeListPage(desk)
        self.editor: PledgeEditor | None = None
        self.addWidget(self.list_page)
        self.list_page.opened.connect(self.open_pledge)
        for keys, step in (("Alt+Left", -1), ("Alt+Right", 1)):
            QShortcut(QKeySequence(keys), self, partial(self._next_person, step))
        desk.year_changed.connect(lambda _year: self._leave_editor(self._show_list))

    def open_pledge(self, member_id: str) -> None:
        """Show a member's pledge of the desk's year."""
        self._drop_editor()
        editor = PledgeEditor(self._desk, member_id, self._desk.year)
        editor.closed.connect(self._show_list)
        self.editor = editor
        self.addWidget(editor)
        self.setCurrentWidget(editor)
        editor.first_focus().setFocus()

    def _next_person(self, step: int) -> None:
        """The pledge of the person before or after in the list."""
        shown = self.list_page.shown_ids()
        if self.editor is not None and self.editor.member_id in shown:
            place = shown.index(self.editor.member_id) + step
            if 0 <= place < len(shown):
                self.editor.leave(partial(self.open_pledge, shown[place]))

    def _show_list(self) -> None:
        if self.editor is not None:
            self.list_page.choose(self.editor.member_id)
        self.setCurrentWidget(self.list_page)
        self._drop_editor()
        self.list_page.table.setFocus()

    def _leave_editor(self, then: Callable[[], object]) -> None:
        """Go on once the book has what was written; where it cannot be kept the pledge stays on view."""
        if self.editor is not None:
            self.editor.leave(then)
        else:
            then()

    def _drop_editor(self) -> None:
        if self.editor is not None:
            editor, self.editor = self.editor, None
            editor.keeper.flush()
            self.removeWidget(editor)
            editor.deleteLater()

    # Where

    def show_place(self, member: str = "", year: str = "", **_more: str) -> None:
        """Show a member's pledge, or the list."""
        self._leave_editor(partial(self._go_to_place, member, year))

    def _go_to_place(self, member: str, year: str) -> None:
        # What was open is kept by now, and the year's change need not ask it again.
        self._show_list()
        if year.isdigit():
            self._desk.set_year(int(year))
        if member:
            self.open_pledge(member)

    def place(self) -> dict[str, str]:
        """The pledge shown now, for coming back to."""
        return {"member": self.editor.member_id} if self.editor is not None else {}

    def go_back(self) -> bool:
        """From a pledge to the list; on the list the panel closes first."""
        if self.editor is not None:
            return self.editor.go_back()
        return self.list_page.close_panel()

    def first_focus(self) -> QWidget:
        """Where the page shown now begins."""
        return self.editor.first_focus() if self.editor is not None else self.list_page.table
