"""Nhật ký: the last actions, and of the chosen one what it was before and after."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.dates import format_date
from app.domain.member import Member
from app.services.history import ActionLine, ChangeLine, HistoryQuery, action_changes, list_actions
from app.services.members import list_members
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.fields import Choice, SearchField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody, clear_layout, rule
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.theme import px, theme

_SHOWN = 500
_SIDE_WIDTH = 320


def _when(line: ActionLine) -> str:
    return f"{format_date(date.fromisoformat(line.at[:10]))} {line.at[11:16]}"


_COLUMNS: tuple[TableColumn[ActionLine], ...] = (
    TableColumn("Lúc", _when, width=136, sort_key=lambda line: line.at, is_searched=False),
    TableColumn("Người làm", lambda line: line.who, width=150, stretch=1, bold=True),
    TableColumn("Việc", lambda line: line.name, width=200, stretch=3),
    TableColumn("Nhập thay", lambda line: line.on_behalf, width=140, stretch=1),
)


class HistoryPanel(DeskPage):
    """The newest first; looking changes nothing."""

    topics = frozenset(Topic) - {Topic.DRAFTS}

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = Column(self, spacing=12, margins=(28, 14, 24, 18))
        top = Row(spacing=12)
        self.search_field = SearchField("Tìm người hoặc việc")
        self.people = Choice([("", "Mọi người")])
        self.people.chosen.connect(lambda _id: self._read_actions())
        top.addWidget(self.search_field)
        top.addWidget(self.people)
        top.addWidget(Label(f"{_SHOWN} việc gần nhất", "cap", "ink2"), 1)
        column.addLayout(top)
        row = Row(spacing=14)
        self.table: RecordTable[ActionLine] = RecordTable(_COLUMNS, lambda line: line.id, name="Nhật ký")
        self.table.remember_widths(desk.preferences)
        self.table.current_changed.connect(self._show_current)
        self.search_field.search.connect(self.table.search)
        self.search_field.down_pressed.connect(self.table.setFocus)
        row.addWidget(self.table, 1)
        row.addWidget(self._side())
        column.addLayout(row, 1)
        theme.changed.connect(self._fit)

    def _side(self) -> QWidget:
        self._card = Card(margins=(0, 0, 0, 0))
        body = ScrollBody(spacing=8, margins=(18, 16, 18, 16))
        self._title = Label("Chọn một việc để xem đã đổi gì", "h3")
        self._count = Label("", "cap", "ink2")
        body.body.addWidget(self._title)
        body.body.addWidget(self._count)
        self._list = Column(spacing=8)
        body.body.addLayout(self._list)
        self._card.body.addWidget(body, 1)
        self._fit()
        return self._card

    def _fit(self) -> None:
        self._card.setFixedWidth(px(_SIDE_WIDTH))

    def reload(self) -> None:
        self.read(partial(list_members, self.desk.ws), self._offer_people, key="people")
        self._read_actions()

    def _read_actions(self) -> None:
        work = partial(list_actions, self.desk.ws, _SHOWN, HistoryQuery(about_id=self.people.value()))
        self.read(work, self.table.set_records, key="actions")

    def _offer_people(self, members: tuple[Member, ...]) -> None:
        self.people.set_options([("", "Mọi người"), *((m.id, m.name) for m in members)])

    def _show_current(self, line: ActionLine | None) -> None:
        if line is not None:
            self.read(
                partial(action_changes, self.desk.ws, line.id), partial(self._show, line), key="changes"
            )

    def _show(self, line: ActionLine, changes: tuple[ChangeLine, ...]) -> None:
        self._title.setText(line.name)
        self._count.setText(f"{_when(line)} · {line.who} · {line.change_count} mục thay đổi")
        clear_layout(self._list)
        before = ""
        for change in changes:
            if change.record != before:
                self._list.addWidget(rule())
                self._list.addWidget(Label(change.record, "body", weight=600))
                before = change.record
            self._list.addWidget(Label(_sentence(change), "body", "ink2"))
        if not changes:
            self._list.addWidget(Label("Việc này không đổi mục nào có thể kể ra ở đây.", "body", "ink2"))


def _sentence(change: ChangeLine) -> str:
    field = f"{change.field[:1].upper()}{change.field[1:]}"
    if not change.old and not change.new:
        return field
    if not change.old:
        return f"{field}: {change.new}"
    return f"{field}: từ “{change.old}” thành “{change.new}”" if change.new else f"{field}: bỏ “{change.old}”"
