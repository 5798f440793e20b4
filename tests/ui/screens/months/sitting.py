"""What a person does at the pages of the months, in a test's words."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.dates import Month
from app.domain.monthly import MonthlySelfAssessment
from app.services.months import open_month
from app.services.workspace import Workspace
from app.ui.desk import Desk, DeskPage
from app.ui.parts.labels import Label
from app.ui.screens.months.item_card import ItemCard
from app.ui.screens.months.month_editor import MonthEditor
from app.ui.screens.months.months_page import MonthsPage
from tests.ui.scripted_dialogs import ScriptedDialogs

MARCH = Month(2026, 3)
FEBRUARY = Month(2026, 2)
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@dataclass
class Sitting:
    """A page, the desk behind it, and what was said at the foot."""

    qtbot: QtBot
    desk: Desk
    dialogs: ScriptedDialogs
    said: list[str] = field(default_factory=list)
    undos: list[Callable[[], object] | None] = field(default_factory=list)
    gone: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.desk.done.connect(self._said)
        self.desk.go.connect(lambda page, place: self.gone.append((page, place)))
        self.desk.background.failed.connect(self.errors.append)

    def _said(self, text: str, undo: Callable[[], object] | None) -> None:
        self.said.append(text)
        self.undos.append(undo)

    def settle(self) -> None:
        """Until everything asked for has been read and shown."""
        self.qtbot.waitUntil(self.desk.background.idle)

    def show(self, page: DeskPage, width: int = 1366, height: int = 700) -> None:
        """Put a page on the screen."""
        self.qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        page.activateWindow()
        self.qtbot.waitUntil(page.isActiveWindow)
        self.settle()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the cursor is."""
        target = QApplication.focusWidget()
        assert target is not None, "the cursor is nowhere"
        self.qtbot.keyClick(target, key, modifiers)
        self.settle()

    def press_button_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, button: QAbstractButton) -> None:
        """Press a button's key; the button goes down and up as under the mouse, which takes a moment."""
        with self.qtbot.waitSignal(button.clicked):
            self.press(key, modifiers)
        self.settle()

    def focused(self) -> QWidget:
        """Where the cursor is."""
        target = QApplication.focusWidget()
        assert target is not None, "the cursor is nowhere"
        return target


@dataclass
class BoardSitting(Sitting):
    """Somebody leading the cell at the board."""

    page: MonthsPage = field(init=False)

    def sit(self) -> "BoardSitting":
        """Open the board."""
        self.page = MonthsPage(self.desk)
        self.show(self.page)
        self.page.board.table.setFocus()
        return self

    def names(self) -> list[str]:
        """The names on the board, from top to bottom."""
        return [row.name for _number, row in self.page.board.table.model_.shown]

    def choose(self, member_id: str, month: int) -> None:
        """Put the cursor on a member's month."""
        self.page.board.choose(member_id, month)
        self.page.board.table.setFocus()
        self.settle()

    def spoken(self) -> str:
        """What a screen reader says of the cell under the cursor."""
        table = self.page.board.table
        said = table.model().data(table.currentIndex(), Qt.ItemDataRole.AccessibleTextRole)
        assert isinstance(said, str)
        return said


@dataclass
class EditorSitting(Sitting):
    """Somebody writing a month."""

    editor: MonthEditor = field(init=False)

    def write(self, member_id: str, month: Month, width: int = 1366) -> "EditorSitting":
        """Open a member's month."""
        self.editor = MonthEditor(self.desk, member_id, month)
        self.show(self.editor, width)
        return self

    def card(self, number: int) -> ItemCard:
        """The card of an item."""
        card = self.editor.view.form.card_of_number(number)
        assert card is not None
        return card

    def shown_cards(self) -> list[int]:
        """The numbers of the cards that can be seen."""
        return [card.number for card in self.editor.view.form.cards if not card.isHidden()]

    def go_away(self) -> None:
        """The page is taken away as when somebody else sits down."""
        self.editor.hide()
        self.settle()

    def said_in_bar(self) -> list[str]:
        """What stands at the foot of the page."""
        labels = self.editor.view.bar.findChildren(Label)
        return [label.text() for label in labels if label.isVisible()]


def stored(ws: Workspace, member_id: str, month: Month) -> MonthlySelfAssessment:
    """A month as it is in the book."""
    return open_month(ws, member_id, month).assessment
