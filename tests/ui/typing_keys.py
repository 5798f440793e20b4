"""Typing as a Vietnamese input method does it; ``qtbot.keyClicks`` cannot carry these letters."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget


def type_text(widget: QWidget, text: str) -> None:
    """Each letter as a key press of its own."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, event)


def press(
    widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """A key without a letter: Backspace, Tab, Enter, arrows."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers))


def retype(widget: QWidget, letters_back: int, text: str) -> None:
    """As UniKey does: a burst of Backspace, then the word again with its mark."""
    for _ in range(letters_back):
        press(widget, Qt.Key.Key_Backspace)
    type_text(widget, text)


def commit(widget: QWidget, text: str) -> None:
    """As ibus does: preedit, then the finished letters at once."""
    QApplication.sendEvent(widget, QInputMethodEvent(text, []))
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
