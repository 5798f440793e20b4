"""A card of dated lines (posts, statuses): each with what can be done to it, and an editor below."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.parts.buttons import Button, make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, FlowLayout, Ground, Row, clear_layout, rule
from app.ui.screens.members.form_parts import FieldGrid, Payload

Act = tuple[str, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class DatedLine:
    """One line: a small heading when it begins a group, its words, whether it still holds, its acts."""

    text: str
    acts: tuple[Act, ...] = ()
    heading: str = ""
    holds: bool = True


class Editor(Ground):
    """The fields of one line with its two ways out; Enter in a field takes it, Esc leaves it."""

    accepted = Signal()
    dropped = Signal()

    def __init__(self, grid: FieldGrid) -> None:
        super().__init__("quote")
        self.grid = grid
        column = Column(self, spacing=8, margins=(14, 10, 14, 12))
        self.title = Label("", "body", weight=600)
        self.words = Label("", "cap", "ink2")
        self.take = make_button("outlined", "Ghi", "check", on_click=self.accepted.emit)
        self.keep = make_button("outlined", "Thôi", on_click=self.dropped.emit)
        self.keep.set_key("Esc")
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addWidget(grid)
        row = Row(spacing=10)
        row.addStretch(1)
        row.addWidget(self.keep)
        row.addWidget(self.take)
        column.addLayout(row)
        self.hide()

    def open_with(self, title: str, words: str, take: str, texts: Mapping[str, str]) -> None:
        """Open for one line."""
        self.title.setText(title)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.take.set_words(take)
        self.grid.put_texts(texts)
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            pressed = self.focusWidget()
            if isinstance(pressed, Button):
                pressed.click()
            else:
                self.accepted.emit()
        else:
            super().keyPressEvent(event)


class DatedCard(Card):
    """The lines of one subject with its editor; ``edited`` fires while something is typed into it."""

    edited = Signal()
    opened = Signal()

    def __init__(self, title: str, editor: Editor, buttons: Sequence[Button], read_only: bool) -> None:
        super().__init__(spacing=6, margins=(16, 12, 16, 12))
        self.setAccessibleName(title)
        self.editor = editor
        self.read_only = read_only
        head = Row(spacing=8)
        head.addWidget(Label(title, "h3", wrap=False))
        head.addStretch(1)
        self.body.addLayout(head)
        self._lines = Column(spacing=4)
        self.body.addLayout(self._lines)
        self.body.addWidget(editor)
        self._buttons = QWidget()
        flow = FlowLayout(self._buttons, spacing=8)
        for button in buttons:
            flow.addWidget(button)
        self.body.addWidget(self._buttons)
        self._buttons.setVisible(not read_only)
        editor.accepted.connect(self.take)
        editor.dropped.connect(self.drop)
        editor.grid.edited.connect(self.edited)

    def take(self) -> None:
        """Save what the editor holds; each card says how."""

    def drop(self) -> None:
        """Close the editor; what stood in it is given up."""
        self.editor.hide()
        self._buttons.setVisible(not self.read_only)
        first = next((button for button in self._buttons.findChildren(Button) if button.isVisible()), None)
        if first is not None:
            first.setFocus()
        self.edited.emit()

    def open_editor(self, title: str, words: str, take: str, texts: Mapping[str, str]) -> None:
        """Open the editor in place of the buttons."""
        self._buttons.hide()
        self.editor.open_with(title, words, take, texts)
        self.opened.emit()

    @property
    def is_open(self) -> bool:
        """Whether something is being written here."""
        return not self.editor.isHidden()

    def payload(self) -> Payload:
        """What is being written, to be kept as a draft; nothing while the editor is closed."""
        return self.editor.grid.texts() if self.is_open else {}

    def show_dated(self, lines: Sequence[DatedLine], empty: str) -> None:
        """Show the lines, or why there are none."""
        clear_layout(self._lines)
        if not lines:
            self._lines.addWidget(Label(empty, "body", "ink2"))
        for number, line in enumerate(lines):
            if number:
                self._lines.addWidget(rule())
            if line.heading:
                self._lines.addWidget(Label(line.heading, "cap", "ink2", weight=600))
            holder = QWidget()
            row = Row(holder, spacing=4)
            row.addWidget(Label(line.text, "body", "" if line.holds else "ink2"), 1)
            for word, act in line.acts if not self.read_only else ():
                button = make_button("ghost", word, on_click=act)
                button.setAccessibleName(f"{word}: {line.text}")
                row.addWidget(button)
            self._lines.addWidget(holder)
