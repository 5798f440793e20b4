"""One action of the history beside the list: who, when, every field old and new, and taking it back."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.services.history import ActionLine
from app.services.history_lines import ChangeLine, sentences_of
from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody, clear_layout, rule
from app.ui.theme import px

_WIDTH, _NARROW_WIDTH, _LEAST_HEIGHT = 340, 250, 240


class HistorySide(QWidget):
    """``undo_wanted``: the person wants the action shown taken back."""

    undo_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        column = Column(self, spacing=0)
        card = Card(margins=(0, 0, 0, 0))
        body = ScrollBody(spacing=8, margins=(18, 16, 18, 12))
        self.title = Label("Chọn một việc để xem đã đổi gì", "h3")
        self._who = Label("", "cap", "ink2")
        body.body.addWidget(self.title)
        body.body.addWidget(self._who)
        self._list = Column(spacing=8)
        body.body.addLayout(self._list)
        card.body.addWidget(body, 1)
        self._foot = QWidget()
        foot = Column(self._foot, spacing=8, margins=(18, 8, 18, 14))
        self.why_not = Label("", "cap", "ink2")
        foot.addWidget(self.why_not)
        row = Row(spacing=8)
        self.undo = make_button("outlined", "Hoàn tác việc này", "undo-2", on_click=self._want)
        self.copy = make_button("ghost", "Chép", "copy", on_click=self.copy_text)
        self.copy.setToolTip("Chép thành chữ để dán vào nơi khác")
        row.addWidget(self.undo)
        row.addWidget(self.copy)
        row.addStretch(1)
        foot.addLayout(row)
        card.body.addWidget(rule())
        card.body.addWidget(self._foot)
        self._foot.hide()
        column.addWidget(card, 1)
        self._line: ActionLine | None = None
        self._text = ""
        self._is_narrow = False

    def fit(self, *, narrow: bool, below: bool) -> None:
        """Leave the list its room; ``below`` it there is all the width."""
        if below:
            self.setMinimumWidth(0)
            self.setMaximumWidth(16777215)
        else:
            self.setFixedWidth(px(_NARROW_WIDTH if narrow else _WIDTH))
        self.setMinimumHeight(px(_LEAST_HEIGHT))
        self._is_narrow = narrow and not below
        self._name_undo()

    def _name_undo(self) -> None:
        again = self._line is not None and self._line.name.startswith("Hoàn tác: ")
        self.undo.set_words(("Làm lại" if again else "Hoàn tác") + ("" if self._is_narrow else " việc này"))

    def clear(self) -> None:
        """Nothing is chosen."""
        self._line, self._text = None, ""
        self.title.setText("Chọn một việc để xem đã đổi gì")
        self._who.setText("")
        clear_layout(self._list)
        self._foot.hide()

    def show_action(
        self, line: ActionLine, changes: tuple[ChangeLine, ...], why_not: str, *, may: bool
    ) -> None:
        """Show an action; ``why_not`` keeps it from being taken back, ``may`` whether there is a button."""
        self._line = line
        self.title.setText(line.name)
        about = f" ({line.about})" if line.on_behalf else ""
        self._who.setText(f"{line.day_and_time} · {line.who}{about} · {line.change_count} mục thay đổi")
        self._text = "\n".join((line.sentence, *(f"– {words}" for words in sentences_of(changes))))
        clear_layout(self._list)
        before = ""
        for change in changes:
            key = f"{change.act} {change.record} {change.record_id}"
            if key != before:
                self._list.addWidget(rule())
                head = f"{change.act[:1].upper()}{change.act[1:]}: {change.record}"
                self._list.addWidget(Label(head, "body", weight=600))
                before = key
            if change.field:
                self._list.addWidget(Label(_sentence(change), "body", "ink2"))
        if line.change_count > len({change.record_id for change in changes}):
            self._list.addWidget(Label("… và các mục khác của việc này.", "cap", "ink2"))
        self._name_undo()
        self.undo.setVisible(may)
        self.undo.setEnabled(not why_not)
        self.why_not.setText(why_not)
        self.why_not.setVisible(may and bool(why_not))
        self._foot.show()

    def copy_text(self) -> None:
        """Put the action and its changes on the clipboard as plain sentences."""
        QGuiApplication.clipboard().setText(self._text)

    def _want(self) -> None:
        if self._line is not None:
            self.undo_wanted.emit(self._line)


def _sentence(change: ChangeLine) -> str:
    field = f"{change.field[:1].upper()}{change.field[1:]}"
    if not change.old:
        return f"{field}: {change.new}"
    return f"{field}: “{change.old}” → “{change.new}”" if change.new else f"{field}: bỏ “{change.old}”"
