"""A list worked with figures: 1 to 4 give a grade, Delete takes it back, Ctrl+V pastes a column of grades."""

from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from app.domain.grade import Grade
from app.ui.parts.record_table import RecordTable

T = TypeVar("T")
_GRADES = tuple(Grade)


class GradedTable(RecordTable[T]):
    """``graded`` carries the grade for the row under the cursor, ``cleared`` nothing, ``pasted`` the text."""

    graded = Signal(object)
    cleared = Signal()
    pasted = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.text() in ("1", "2", "3", "4") and is_plain:
            self.graded.emit(_GRADES[int(event.text()) - 1])
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and is_plain:
            self.cleared.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        else:
            super().keyPressEvent(event)

    def step_down(self) -> None:
        """Go on with the next row; at the last one stay."""
        record = self.current_record()
        if record is None:
            return
        following = self.records.row_of(self.records.key(record)) + 1
        if following < len(self.records.shown):
            self.choose(self.records.key(self.records.record_at(following)))
