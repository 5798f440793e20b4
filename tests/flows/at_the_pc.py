"""What people do at the PC through a whole year, in a test's words: clicks, keys, letters."""

import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.changes import DataChanges
from app.ui.main_window import MainWindow
from app.ui.preferences import Preferences
from app.ui.screens.people.choose_page import ChoosePersonPage
from tests.book_fixtures import FakeClock
from tests.ui.scripted_dialogs import Answer, ScriptedDialogs
from tests.ui.typing_keys import commit, press, type_text

P = TypeVar("P", bound=QWidget)
CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Strays(QObject):
    """Parts that come up for a moment as windows of their own: they flash, and take the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            kind = watched.windowType()
            if kind is Qt.WindowType.Window and not isinstance(watched, MainWindow):
                where = "".join(traceback.format_stack(limit=6)[:-1])
                self.seen.append(f"{watched!r} shown at\n{where}")
        return False


@dataclass
class AtThePc:
    """The window, whoever sits before it, and what they are asked."""

    qtbot: QtBot
    window: MainWindow
    background: Background
    dialogs: ScriptedDialogs
    clock: FakeClock

    # What is seen

    def settle(self) -> None:
        """Until everything asked for has been read, written and shown."""
        self.qtbot.waitUntil(self.background.idle, timeout=20_000)

    def page(self, kind: type[P]) -> P:
        """The page on view, of this kind; the window itself or a page within one of its pages."""
        self.settle()
        found = [each for each in self.window.findChildren(kind) if each.isVisible()]
        assert found, f"no {kind.__name__} on view"
        return found[-1]

    def button(self, words: str) -> QAbstractButton:
        """The button on view whose words begin like this."""
        found = [
            each
            for each in self.window.findChildren(QAbstractButton)
            if each.isVisible() and each.text().startswith(words)
        ]
        assert found, f"no button “{words}” on view"
        return found[0]

    def words(self) -> str:
        """Everything said on view, one label a line."""
        return "\n".join(each.text() for each in self.window.findChildren(QLabel) if each.isVisible())

    # What is done

    def click(self, target: QAbstractButton | str) -> None:
        """Press a button, given by its words, with the mouse."""
        button = self.button(target) if isinstance(target, str) else target
        assert button.isVisible(), button.text()
        assert button.isEnabled(), button.text()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key where the cursor is."""
        target = QApplication.focusWidget()
        assert target is not None, "the cursor is nowhere"
        self.qtbot.keyClick(target, key, modifiers)
        self.settle()

    def press_for(self, words: str, key: Qt.Key, modifiers: Qt.KeyboardModifier = CTRL) -> None:
        """Press the key of the button with these words; Qt shows it going down and up first."""
        with self.qtbot.waitSignal(self.button(words).clicked):
            self.press(key, modifiers)
        self.settle()

    def write(self, field: QWidget, text: str) -> None:
        """Go to a field and write with an input method, over what stands there."""
        field.setFocus()
        self.qtbot.keyClick(field, Qt.Key.Key_A, CTRL)
        commit(field, text)
        assert QApplication.focusWidget() is field

    def focused(self) -> QWidget:
        """Where the cursor is."""
        target = QApplication.focusWidget()
        assert target is not None, "the cursor is nowhere"
        return target

    # Who sits there

    def sits_down(self, letters: str) -> None:
        """Somebody writes a few letters of their name and presses Enter."""
        page = self.page(ChoosePersonPage)
        type_text(page.search_field, letters)
        press(page.search_field, Qt.Key.Key_Return)
        self.settle()

    def hands_over(self, letters: str) -> None:
        """Giao máy: the next one sits down."""
        self.click("Giao máy")
        self.sits_down(letters)

    def saves_pdf(self) -> None:
        """From a sheet to the print page, and the pages saved as a file."""
        self.press_for("In", Qt.Key.Key_P)
        self.qtbot.waitUntil(lambda: self.button("Lưu thành PDF").isEnabled())
        self.press_for("Lưu thành PDF", Qt.Key.Key_S)
        assert "Đã lưu" in self.words()

    @property
    def seated(self) -> Workspace:
        """The book as the person at the PC has it open."""
        assert self.window.desk is not None
        return self.window.desk.ws


def start(
    qtbot: QtBot, clock: FakeClock, settings: Path, answers: list[Answer], book: Path | None = None
) -> AtThePc:
    """The program is started, with a book or without one."""
    preferences = Preferences(settings)
    background = Background(DataChanges())
    background.crashed.connect(_show_bug)
    window = MainWindow(background, preferences, clock)
    dialogs = ScriptedDialogs(answers, preferences)
    window.start(dialogs, book)
    window.showNormal()
    window.resize(1366, 768)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    pc = AtThePc(qtbot, window, background, dialogs, clock)
    pc.settle()
    return pc


def _show_bug(error: BaseException) -> None:
    raise error
