"""What a person does at the page of members, in a test's words."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services.members import list_members
from app.ui.desk import Desk
from app.ui.parts.date_field import DateField
from app.ui.screens.members.members_page import MembersPage
from tests.ui.scripted_dialogs import ScriptedDialogs
from tests.ui.typing_keys import type_text


@dataclass
class Sitting:
    """The page, the desk behind it, and what was said at the foot."""

    qtbot: QtBot
    page: MembersPage
    desk: Desk
    dialogs: ScriptedDialogs
    said: list[str] = field(default_factory=list)
    undos: list[Callable[[], object] | None] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.desk.done.connect(self._said)
        self.desk.background.failed.connect(self.errors.append)

    def _said(self, text: str, undo: Callable[[], object] | None) -> None:
        self.said.append(text)
        self.undos.append(undo)

    def settle(self) -> None:
        """Until everything asked for has been read and shown."""
        self.qtbot.waitUntil(self.desk.background.idle)

    def names(self) -> list[str]:
        """The names in the list, from top to bottom."""
        return [line.member.name for line in self.page.list_page.table.records.shown]

    def in_book(self) -> dict[str, str]:
        """Everybody in the book: name → id."""
        return {member.name: member.id for member in list_members(self.desk.ws)}

    def open(self, name: str) -> None:
        """Open somebody's record with Enter in the list."""
        table = self.page.list_page.table
        table.choose(self.in_book()[name])
        self.qtbot.keyClick(table, Qt.Key.Key_Return)
        self.settle()

    def type_into(self, name: str, text: str) -> None:
        """Type over what stands in a field of the record."""
        self.fill(self.page.record_page.form.fields[name].field, text)

    def fill(self, field_widget: QWidget, text: str) -> None:
        """Type over what stands in a field."""
        target = field_widget.line if isinstance(field_widget, DateField) else field_widget
        target.setFocus()
        self.qtbot.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        type_text(target, text)

    def error_of(self, name: str) -> str:
        """What is said under a field of the record."""
        return self.page.record_page.form.fields[name].error

    def save(self) -> None:
        """Press Lưu hồ sơ."""
        self.page.record_page.save_button.click()
        self.settle()
