"""Words to the person inside the page: notes, what was just done, what is empty, what is wrong."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QKeyCombination, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.errors import Problem
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Card, Column, Ground, Row, clear_layout, rule

_TONES = {
    "info": ("pri", "info"),
    "ok": ("ok", "circle-check"),
    "warning": ("late", "triangle-alert"),
    "error": ("bad", "circle-alert"),
}
DONE_BAR_SECONDS = 8


class MessageBar(Ground):
    """A sentence in the page that stays until solved: info, ok, warning or error, with one way out."""

    toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("pri", parent)
        row = Row(self, spacing=12, margins=(14, 9, 10, 9))
        self._icon = IconLabel("info", "pri", 20)
        self._words = Label("", "body")
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        self._row = row
        self._button: Button | None = None
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown, or "" when there is none."""
        return "" if self.isHidden() else self._words.text()

    @property
    def button(self) -> Button | None:
        """The way out, when there is one."""
        return self._button

    def show_message(
        self,
        kind: str,
        text: str,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        *,
        icon: str = "",
    ) -> None:
        """Say it; ``kind`` is info, ok, warning or error."""
        tone, own_icon = _TONES[kind]
        self.set_kind(tone)
        self._icon.set_icon(icon or own_icon, tone)
        self._words.setText(text)
        self.setAccessibleName(text)
        if self._button is not None:
            self._row.removeWidget(self._button)
            self._button.hide()
            self._button.deleteLater()
            self._button = None
        if action and on_action is not None:
            self._button = make_button("outlined", action, on_click=on_action)
            self._row.addWidget(self._button)
        self.show()
        self.toggled.emit(True)
        if kind in ("warning", "error"):
            announce(self)

    def close_message(self) -> None:
        """It is solved."""
        self.hide()
        self.toggled.emit(False)
        self._words.setText("")


def room_around(message: MessageBar) -> QWidget:
    """A note with its margins, which go with it: without a note the page begins at the window's edge."""
    around = QWidget()
    Column(around, spacing=0, margins=(28, 12, 24, 12)).addWidget(message)
    around.hide()
    message.toggled.connect(around.setVisible)
    return around


_TAKEN_BACK = "Đã hoàn tác"


class DoneBar(Card):
    """Says what was done, with Hoàn tác; goes after 8 s, but not under the mouse or while focused."""

    undo_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, margins=(16, 7, 10, 7))
        row = self._row = Row(spacing=12)
        self._icon = IconLabel("circle-check", "ok", 20)
        row.addWidget(self._icon)
        self._words = Label("", "body")
        row.addWidget(self._words, 1)
        self.undo = make_button("ghost", "Hoàn tác", "undo-2")
        self.undo.set_key("Ctrl+Z", bind=False)
        self.undo.clicked.connect(self._undo)
        row.addWidget(self.undo)
        self.body.addLayout(row)
        self._on_undo: Callable[[], object] | None = None
        self._is_again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._leave)
        self.hide()

    def show_done(self, text: str, on_undo: Callable[[], object] | None = None) -> None:
        """Say what was done; ``on_undo`` takes it back, and does again what was just taken back."""
        self._words.setText(text)
        self._is_again = text.startswith(_TAKEN_BACK)
        self.undo.set_words("Làm lại" if self._is_again else "Hoàn tác")
        self.undo.set_icon("rotate-cw" if self._is_again else "undo-2")
        self.undo.set_key("Ctrl+Y" if self._is_again else "Ctrl+Z", bind=False)
        self.setAccessibleName(text)
        self._on_undo = on_undo
        self.undo.setVisible(on_undo is not None)
        self.show()
        self.raise_()
        self._timer.start(DONE_BAR_SECONDS * 1000)
        announce(self)

    def fit(self, width: int) -> None:
        """Be one line where that fits into the width; longer words go on over more lines, whole."""
        # Reckoned here: the layout still knows the size of what was said before.
        words, margins = self._words, self.body.contentsMargins()
        self.undo.resize(self.undo.sizeHint())
        undo = self.undo.sizeHint()
        around = margins.left() + margins.right() + self._icon.sizeHint().width() + self._row.spacing()
        if not self.undo.isHidden():
            around += undo.width() + self._row.spacing()
        words.setWordWrap(False)
        line = words.sizeHint()
        words.setWordWrap(line.width() > width - around)
        wide = min(line.width(), width - around)
        high = words.heightForWidth(wide) if words.wordWrap() else line.height()
        around_and_edge = (
            QSize(around, margins.top() + margins.bottom()) + self.size() - self.contentsRect().size()
        )
        self.resize(QSize(wide, max(high, undo.height())) + around_and_edge)

    @property
    def text(self) -> str:
        """What it says, or "" when it is gone."""
        return "" if self.isHidden() else self._words.text()

    @property
    def can_undo(self) -> bool:
        """Whether Ctrl+Z has something to take back now."""
        return not self.isHidden() and self._on_undo is not None and not self._is_again

    @property
    def can_redo(self) -> bool:
        """Whether Ctrl+Y has something to do again now."""
        return not self.isHidden() and self._on_undo is not None and self._is_again

    def take_back(self) -> None:
        """Ctrl+Z: press Hoàn tác, where that stands there."""
        if self.can_undo:
            self._undo()

    def do_again(self) -> None:
        """Ctrl+Y: press Làm lại, where that stands there."""
        if self.can_redo:
            self._undo()

    def _undo(self) -> None:
        on_undo, self._on_undo = self._on_undo, None
        self.hide()
        self.undo_requested.emit()
        if on_undo is not None:
            on_undo()

    def _leave(self) -> None:
        if self.underMouse() or self.undo.hasFocus():
            self._timer.start(1000)
        else:
            self._on_undo = None
            self.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.start(DONE_BAR_SECONDS * 1000)


class EmptyState(QWidget):
    """What is empty, why, and the ways on; buttons are given in order, the filled one first."""

    def __init__(
        self, icon: str, title: str, text: str, buttons: Sequence[Button] = (), more: Button | None = None
    ) -> None:
        super().__init__()
        column = Column(self, spacing=8, margins=(24, 24, 24, 24))
        column.addStretch(1)
        column.addWidget(IconLabel(icon, "ink2", 46), 0, Qt.AlignmentFlag.AlignHCenter)
        self.title = Label(title, "h2")
        self.words = Label(text, "lead", "ink2")
        for label in (self.title, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        if buttons:
            row = Row(spacing=12, margins=(0, 14, 0, 0))
            row.addStretch(1)
            for button in buttons:
                button.set_large()
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)
        if more is not None:
            column.addSpacing(8)
            column.addWidget(more, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def set_words(self, title: str, text: str) -> None:
        """Say something else is empty."""
        self.title.setText(title)
        self.words.setText(text)


class ProblemList(Card):
    """What is still wrong, each with "Tới ô"; F8 leads to the next. ``problem_chosen`` carries the field."""

    problem_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, spacing=0, margins=(0, 0, 0, 0))
        self._problems: tuple[Problem, ...] = ()
        self._next = 0
        shortcut = QShortcut(QKeySequence(QKeyCombination(Qt.Key.Key_F8)), self, self.go_to_next)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        self.hide()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """List them; none hides the list."""
        self._problems = tuple(problems)
        self._next = 0
        clear_layout(self.body)
        for number, problem in enumerate(self._problems):
            if number:
                self.body.addWidget(rule())
            line = QWidget()
            row = Row(line, spacing=14, margins=(12, 3, 4, 3))
            row.addWidget(IconLabel("circle-alert", "bad", 18))
            row.addWidget(Label(problem.message), 1)
            button = make_button("ghost", "Tới ô")
            button.setAccessibleName(f"Tới ô: {problem.message}")
            button.clicked.connect(lambda _c=False, field=problem.field: self.problem_chosen.emit(field))
            row.addWidget(button)
            self.body.addWidget(line)
        self.setVisible(bool(self._problems))

    def go_to_next(self) -> None:
        """Lead to the next problem, going round."""
        if self._problems:
            problem = self._problems[self._next % len(self._problems)]
            self._next += 1
            self.problem_chosen.emit(problem.field)


def announce(widget: QWidget) -> None:
    """Let a screen reader read what has just appeared."""
    from PySide6.QtGui import QAccessible, QAccessibleEvent  # loaded at the first word: costs start-up time

    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))
