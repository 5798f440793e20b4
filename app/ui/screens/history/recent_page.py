"""Việc vừa làm: the last ten things the person at the PC did, each to be taken back by its name."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.domain.text import lower_first
from app.services.history import ActionLine
from app.services.undo import Undoable, last_undoable, undo_action
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody, clear_layout, rule
from app.ui.parts.messages import EmptyState, MessageBar, room_around
from app.ui.parts.page import PageHeader

_SHOWN = 10
_TAKEN_BACK = "Hoàn tác: "


class RecentPage(DeskPage):
    """Laid over what the person was doing; ``closed``: back to it."""

    closed = Signal()
    topics = frozenset(Topic) - {Topic.DRAFTS}
    help_topic = "history"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = Column(self, spacing=0)
        self.back = make_button("outlined", "Trở lại", "arrow-left", "Esc", self.closed.emit)
        facts = "Mười việc gần nhất của đồng chí. Việc người khác đã làm tiếp theo thì không hoàn tác ở đây."
        column.addWidget(PageHeader("Việc vừa làm", facts, lead=self.back))
        self.message = MessageBar()
        column.addWidget(room_around(self.message))
        body = ScrollBody(spacing=10)
        self.card = Card(spacing=0, margins=(0, 4, 0, 4))
        body.body.addWidget(self.card)
        self.empty = EmptyState(
            "history", "Đồng chí chưa làm việc gì trong sổ này", "Việc đã ghi vào sổ sẽ hiện ở đây."
        )
        body.body.addWidget(self.empty)
        column.addWidget(body, 1)
        self.card.hide()
        self.empty.hide()
        self.buttons: list[Button] = []

    def reload(self) -> None:
        self.read(partial(last_undoable, self.desk.ws, _SHOWN), self._show, key="recent")

    def _show(self, found: tuple[Undoable, ...]) -> None:
        focused = next((n for n, button in enumerate(self.buttons) if button.hasFocus()), -1)
        clear_layout(self.card.body)
        self.buttons = []
        for number, each in enumerate(found):
            if number:
                self.card.body.addWidget(rule())
            self.card.body.addWidget(self._line(each))
        self.card.setVisible(bool(found))
        self.empty.setVisible(not found)
        if self.buttons and (focused >= 0 or self.back.hasFocus()):
            self.buttons[min(max(focused, 0), len(self.buttons) - 1)].setFocus()

    def _line(self, undoable: Undoable) -> QWidget:
        line = undoable.line
        around = QWidget()
        row = Row(around, spacing=14, margins=(18, 9, 14, 9))
        words = Column(spacing=2)
        words.addWidget(Label(line.name, "body", weight=600))
        about = f" · {line.about}" if line.on_behalf else ""
        words.addWidget(Label(f"{line.day_and_time}{about}", "cap", "ink2"))
        if undoable.why_not:
            words.addWidget(Label(undoable.why_not, "cap", "late"))
        row.addLayout(words, 1)
        if not undoable.why_not and not self.desk.ws.read_only:
            was_undo = line.name.startswith(_TAKEN_BACK)
            icon = "rotate-cw" if was_undo else "undo-2"
            button = make_button("outlined", "Làm lại" if was_undo else "Hoàn tác", icon)
            bare = lower_first(line.name.removeprefix(_TAKEN_BACK))
            button.setAccessibleName(f"{'Làm lại' if was_undo else 'Hoàn tác'}: {bare}")
            button.clicked.connect(lambda _checked=False: self._undo(line))
            self.buttons.append(button)
            row.addWidget(button)
        return around

    def _undo(self, line: ActionLine) -> None:
        self.message.close_message()
        work = partial(undo_action, self.desk.ws, line.id)
        self.write(work, changes=set(Topic), on_done=self._undone, on_error=self._refused)

    def _undone(self, line: ActionLine) -> None:
        again = partial(undo_action, self.desk.ws, line.id)

        def redo() -> None:
            self.write(again, changes=set(Topic), on_done=lambda _line: None, on_error=self._refused)

        self.desk.say_done(f"Đã {lower_first(line.name)}.", redo)

    def _refused(self, error: UserError) -> None:
        self.message.show_message("warning", str(error), "Đã rõ", self.message.close_message)

    def go_back(self) -> bool:
        """Esc: back to what the person was doing."""
        self.closed.emit()
        return True

    def first_focus(self) -> QWidget:
        """The newest thing that can be taken back, else the way back."""
        return self.buttons[0] if self.buttons else self.back
