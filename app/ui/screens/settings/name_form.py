"""One version of the cell's name: both lines, place, seal, from when to when, as it will be printed."""

from functools import partial

from PySide6.QtCore import Signal

from app.domain.cell import CellName
from app.domain.errors import Problem, UserError, ValidationFailed
from app.services.cells import save_name
from app.ui.changes import Topic
from app.ui.desk import DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import FormField, LineField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Grid, Row
from app.ui.parts.letterhead import Letterhead
from app.ui.parts.messages import MessageBar
from app.ui.parts.segmented import Segmented
from app.ui.screens.settings.unsaved import Unsaved

_SEALS = (("no", "Không có"), ("yes", "Có con dấu"))


class NameForm(Card):
    """``saved`` carries the name and what it was before; ``closed``: nothing is to be changed."""

    saved = Signal(object, object)
    closed = Signal()

    def __init__(self, page: DeskPage) -> None:
        super().__init__(spacing=10)
        self._desk = page.desk
        self._before = CellName("", "", "")
        self._unsaved = Unsaved(page, "cell_name")
        self.title = Label("", "h3")
        self.body.addWidget(self.title)
        self.message = MessageBar()
        self.body.addWidget(self.message)
        self.upper, self.own, self.place = LineField(), LineField(), LineField()
        self.seal = Segmented(_SEALS, name="Con dấu của chi bộ", chosen="no")
        self.valid_from, self.valid_to = DateField(), DateField()
        self._fields = {
            "upper": FormField("Tổ chức đảng cấp trên", self.upper, required=True),
            "own": FormField("Tên chi bộ", self.own, required=True),
            "place": FormField("Địa danh", self.place, required=True),
            "has_seal": FormField("Con dấu của chi bộ", self.seal),
            "valid_from": FormField("Dùng từ ngày", self.valid_from, hint="Để trống: từ đầu"),
            "valid_to": FormField("Đến hết ngày", self.valid_to, hint="Để trống: đến nay"),
        }
        grid = Grid(spacing=(12, 10))
        for key, row, column, span in (
            ("upper", 0, 0, 2),
            ("own", 1, 0, 2),
            ("place", 2, 0, 1),
            ("has_seal", 2, 1, 1),
            ("valid_from", 3, 0, 1),
            ("valid_to", 3, 1, 1),
        ):
            grid.addWidget(self._fields[key], row, column, 1, span)
        self.body.addLayout(grid)
        self._lines = {"upper": self.upper, "own": self.own, "place": self.place}
        for line in self._lines.values():
            line.edited.connect(lambda _text: self._typed())
        self.body.addWidget(Label("Đầu trang khi in", "cap", "ink2", weight=600))
        self.head = Letterhead()
        self.body.addWidget(self.head)
        foot = Row(spacing=10)
        foot.addStretch(1)
        foot.addWidget(make_button("outlined", "Thôi", on_click=self._give_up))
        self.save_button = make_button("filled", "Lưu tên", "check", "Ctrl+Enter", self.save)
        foot.addWidget(self.save_button)
        self.body.addLayout(foot)

    def show_name(self, name: CellName) -> None:
        """Correct this version, or begin a new one when it has no id yet."""
        self._before = name
        self.title.setText("Sửa tên" if name.id else "Tên mới")
        self.upper.set_value(name.upper)
        self.own.set_value(name.own)
        self.place.set_value(name.place)
        self.seal.set_choice("yes" if name.has_seal else "no")
        self.valid_from.set_value(name.valid_from)
        self.valid_to.set_value(name.valid_to)
        self._show_problems(())
        kept = self._unsaved.of(name.id)
        for key, text in (kept or {}).items():
            self._lines[key].set_value(text)
        if kept:
            self.message.show_message("info", "Đây là bản đồng chí đang sửa, chưa lưu vào sổ.")
        self._show_head()
        self.show()
        self.own.setFocus()

    def _typed(self) -> None:
        self._unsaved.keep(self._before.id, {key: line.text() for key, line in self._lines.items()})
        self._show_head()

    def flush(self) -> None:
        """What is typed is in the book before the page goes."""
        self._unsaved.flush()

    def _give_up(self) -> None:
        self._unsaved.forget(self._before.id)
        self.closed.emit()

    def _name_saved(self, name: CellName) -> None:
        self._unsaved.forget(self._before.id)
        self.saved.emit(name, self._before)

    def _show_head(self) -> None:
        self.head.show_name(self.upper.value(), self.own.value(), self.place.value())

    def save(self) -> None:
        """Lưu tên; problems stand beside their fields."""
        name = CellName(
            self.upper.value(),
            self.own.value(),
            self.place.value(),
            self.seal.choice() == "yes",
            self.valid_from.value(),
            self.valid_to.value(),
            self._before.id,
        )
        problems = [
            Problem(key, field.problem())
            for key, field in (("valid_from", self.valid_from), ("valid_to", self.valid_to))
            if field.problem()
        ]
        if not name.id and name.valid_from is None and not problems:
            problems.append(Problem("valid_from", "Chưa ghi ngày bắt đầu dùng tên mới."))
        if problems:
            self._show_problems(tuple(problems))
            return
        self._desk.background.write(
            self,
            partial(save_name, self._desk.ws, name),
            changes={Topic.BOOK},
            on_done=lambda _id: self._name_saved(name),
            on_error=self._not_saved,
        )

    def _not_saved(self, error: UserError) -> None:
        if isinstance(error, ValidationFailed):
            self._show_problems(error.problems)
        else:
            self.message.show_message("error", str(error))

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        self.message.close_message()
        by_field = {problem.field: problem.message for problem in problems}
        for key, field in self._fields.items():
            field.set_error(by_field.get(key, ""))
        first = next((self._fields[p.field] for p in problems if p.field in self._fields), None)
        if first is not None:
            first.focus_field()
