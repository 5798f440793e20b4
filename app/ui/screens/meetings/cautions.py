"""What should be looked at again on a page; says, never blocks."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from app.domain.errors import Problem
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Column, Ground, Row, clear_layout

_SHOWN_AT_MOST = 5


class Cautions(Ground):
    """One line for each; none hides it."""

    def __init__(self) -> None:
        super().__init__("late")
        self._lines = Column(self, spacing=3, margins=(14, 8, 12, 8))
        self._words: tuple[str, ...] = ()
        self.hide()

    @property
    def words(self) -> tuple[str, ...]:
        """What is said."""
        return self._words

    def show_cautions(self, problems: Sequence[Problem]) -> None:
        """Say these."""
        words = tuple(problem.message for problem in problems)
        if words == self._words:
            return
        self._words = words
        clear_layout(self._lines)
        shown = list(words[:_SHOWN_AT_MOST])
        if len(words) > _SHOWN_AT_MOST:
            shown.append(f"Và {len(words) - _SHOWN_AT_MOST} chỗ khác.")
        for sentence in shown:
            row = Row(spacing=10)
            row.addWidget(IconLabel("triangle-alert", "late", 18), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(sentence), 1)
            self._lines.addLayout(row)
        self.setVisible(bool(words))
