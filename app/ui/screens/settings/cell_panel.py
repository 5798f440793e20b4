"""Chi bộ: its name on paper from date to date, and what the cell decides for itself."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.cell import Cell, CellName, LevelScale
from app.domain.content_set import ContentSet
from app.domain.dates import format_date
from app.services.cells import get_cell, save_name, save_settings
from app.services.content_sets import list_content_sets
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import Choice, FormField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody, clear_layout, rule
from app.ui.parts.page import logical_width
from app.ui.screens.settings.name_form import NameForm

_SIDE_BY_SIDE = 1000


class CellPanel(DeskPage):
    """Names are added or corrected in the page; the other choices are saved when made, with a way back."""

    topics = frozenset({Topic.BOOK, Topic.CONTENT_SETS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._cell: Cell | None = None
        body = ScrollBody()
        Column(self, spacing=0).addWidget(body)
        self._sides = Row(spacing=16)
        body.body.addLayout(self._sides)
        left = Column(spacing=14)
        self._names_part = self._names_card()
        left.addWidget(self._names_part)
        self.form = NameForm(self)
        self.form.saved.connect(self._name_saved)
        self.form.closed.connect(self._close_form)
        self.form.hide()
        left.addWidget(self.form)
        left.addStretch(1)
        self._sides.addLayout(left, 5)
        right = Column(spacing=14)
        right.addWidget(self._own_rules())
        right.addStretch(1)
        self._sides.addLayout(right, 4)

    def _names_card(self) -> QWidget:
        card = Card(spacing=10)
        head = Row(spacing=12)
        words = Column(spacing=1)
        words.addWidget(Label("Tên trên giấy tờ", "h3"))
        words.addWidget(Label("Giấy tờ của năm nào in tên dùng trong năm đó.", "cap", "ink2"))
        head.addLayout(words, 1)
        self.add_button = make_button("outlined", "Thêm tên mới", "plus", on_click=self._add_name)
        head.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(head)
        self._names = Column(spacing=8)
        card.body.addLayout(self._names)
        return card

    def _own_rules(self) -> QWidget:
        card = Card(spacing=10)
        card.body.addWidget(Label("Chi bộ tự quyết", "h3"))
        days = [(str(day), f"Ngày {day:02d} tháng sau") for day in range(1, 29)]
        self.due = Choice(days)
        self.scale = Choice([(scale.value, scale.label) for scale in LevelScale])
        self.content_set = Choice()
        hint = "Đổi mức chỉ áp dụng cho các tháng gửi từ nay; tháng đã gửi giữ nguyên."
        card.body.addWidget(FormField("Hạn gửi tự đánh giá tháng", self.due))
        card.body.addWidget(FormField("Mức tự đánh giá hằng tháng", self.scale, hint=hint))
        card.body.addWidget(FormField("Bộ nội dung thường dùng", self.content_set))
        for choice in (self.due, self.scale, self.content_set):
            choice.chosen.connect(lambda _key: self._save_rules())
        return card

    # What it shows

    def reload(self) -> None:
        self.read(partial(_cell_and_sets, self.desk.ws), self._show)

    def _show(self, found: tuple[Cell, tuple[ContentSet, ...]]) -> None:
        cell, sets = found
        self._cell = cell
        clear_layout(self._names)
        can_write = not self.desk.ws.read_only
        in_force = cell.name_on(self.desk.ws.today())
        for name in cell.names:
            self._names.addWidget(rule())
            self._names.addWidget(
                _name_line(
                    name, partial(self._edit_name, name), is_used=name is in_force, can_write=can_write
                )
            )
        self.add_button.setVisible(can_write)
        self.content_set.set_options([(each.code, each.title) for each in sets])
        self.due.set_value(str(cell.due_day))
        self.scale.set_value(cell.level_scale.value)
        self.content_set.set_value(cell.content_set)
        for choice in (self.due, self.scale, self.content_set):
            choice.setEnabled(can_write)

    # What the person does

    def _add_name(self) -> None:
        if self._cell is not None:
            before = self._cell.names[0]
            self._edit_name(CellName(before.upper, before.own, before.place, before.has_seal))

    def _edit_name(self, name: CellName) -> None:
        """The form takes the place of the list, so that all of it is seen."""
        self._names_part.hide()
        self.form.show_name(name)

    def _close_form(self) -> None:
        self.form.hide()
        self._names_part.show()
        self.add_button.setFocus()

    def _name_saved(self, name: CellName, before: CellName) -> None:
        self._close_form()
        undo: Callable[[], object] | None = None
        if name.id and before.id:
            undo = partial(self._put_back, before)
        self.desk.say_done(f"Đã ghi tên {name.own}.", undo)

    def go_back(self) -> bool:
        """Esc closes the form."""
        if self.form.isHidden():
            return False
        self._close_form()
        return True

    def _put_back(self, before: CellName) -> None:
        work = partial(save_name, self.desk.ws, before)
        self.write(work, changes={Topic.BOOK}, on_done=lambda _id: None)

    def _save_rules(self) -> None:
        cell = self._cell
        if cell is None:
            return
        values = (int(self.due.value()), LevelScale(self.scale.value()), self.content_set.value())
        before = (cell.due_day, cell.level_scale, cell.content_set)
        if values != before:
            self._write_rules(values, lambda: self._write_rules(before, None))

    def _write_rules(self, values: tuple[int, LevelScale, str], undo: Callable[[], object] | None) -> None:
        assert self._cell is not None
        work = partial(save_settings, self.desk.ws, *values, self._cell.version)
        words = "Đã ghi thiết lập của chi bộ." if undo else "Đã trả lại thiết lập trước."
        self.write(
            work,
            changes={Topic.BOOK, Topic.MONTHS},
            on_done=lambda _none: self.desk.say_done(words, undo),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = logical_width(self) >= _SIDE_BY_SIDE
        directions = QBoxLayout.Direction
        self._sides.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)


def _cell_and_sets(ws: Workspace) -> tuple[Cell, tuple[ContentSet, ...]]:
    return get_cell(ws), list_content_sets(ws)


def _name_line(name: CellName, edit: Callable[[], object], *, is_used: bool, can_write: bool) -> QWidget:
    line = QWidget()
    row = Row(line, spacing=12)
    words = Column(spacing=1)
    words.addWidget(Label(name.own, "body", weight=600))
    words.addWidget(Label(f"{name.upper} · {name.place}" + (" · có con dấu" if name.has_seal else "")))
    words.addWidget(Label(_span(name, is_used=is_used), "cap", "ink2"))
    row.addLayout(words, 1)
    button = make_button("ghost", "Sửa", "pencil", on_click=edit)
    button.setAccessibleName(f"Sửa tên {name.own}")
    if not can_write:
        button.hide()
    row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return line


def _span(name: CellName, *, is_used: bool) -> str:
    start = f"từ {format_date(name.valid_from)}" if name.valid_from else "từ đầu"
    end = f" đến {format_date(name.valid_to)}" if name.valid_to else ""
    words = f"Dùng {start}{end}"
    return f"{words} · đang dùng" if is_used else words
