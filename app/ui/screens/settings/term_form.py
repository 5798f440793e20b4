"""One term of the cell (nhiệm kỳ): its name and its days; numbers of documents begin anew in each."""

from functools import partial

from PySide6.QtCore import Signal

from app.domain.errors import Problem, UserError, ValidationFailed
from app.domain.issued_document import CellTerm
from app.services.issued_documents import remove_term, save_term
from app.ui.changes import Topic
from app.ui.desk import DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import FormField, LineField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Grid, Row
from app.ui.parts.messages import MessageBar
from app.ui.screens.settings.unsaved import Unsaved


class TermForm(Card):
    """``saved`` carries the words to say and the way back, if any; ``closed``: nothing is changed."""

    saved = Signal(str, object)
    closed = Signal()

    def __init__(self, page: DeskPage) -> None:
        super().__init__(spacing=10)
        self._page = page
        self._term: CellTerm | None = None
        self._unsaved = Unsaved(page, "cell_term")
        self.title = Label("", "h3")
        self.message = MessageBar()
        self.name = LineField(placeholder="Ví dụ: 2025-2030")
        self.valid_from, self.valid_to = DateField(), DateField()
        self._fields = {
            "name": FormField("Tên nhiệm kỳ", self.name, required=True),
            "valid_from": FormField("Từ ngày", self.valid_from, required=True),
            "valid_to": FormField("Đến hết ngày", self.valid_to, hint="Để trống: đến nay"),
        }
        grid = Grid(spacing=(12, 10))
        grid.addWidget(self._fields["name"], 0, 0, 1, 2)
        grid.addWidget(self._fields["valid_from"], 1, 0)
        grid.addWidget(self._fields["valid_to"], 1, 1)
        for part in (self.title, self.message):
            self.body.addWidget(part)
        self.body.addLayout(grid)
        foot = Row(spacing=10)
        self.remove_button = make_button("danger", "Bỏ nhiệm kỳ", "trash-2", on_click=self._remove)
        foot.addWidget(self.remove_button)
        foot.addStretch(1)
        foot.addWidget(make_button("outlined", "Thôi", on_click=self._give_up))
        self.save_button = make_button("filled", "Lưu nhiệm kỳ", "check", on_click=self.save)
        foot.addWidget(self.save_button)
        self.body.addLayout(foot)
        self.name.edited.connect(lambda text: self._unsaved.keep(self._key, {"name": text}))

    @property
    def _key(self) -> str:
        return self._term.id if self._term else ""

    def show_term(self, term: CellTerm | None) -> None:
        """Correct this term, or begin a new one."""
        self._term = term
        self.title.setText("Sửa nhiệm kỳ" if term else "Nhiệm kỳ mới")
        kept = self._unsaved.of(self._key)
        self.name.set_value(kept["name"] if kept else term.name if term else "")
        self.valid_from.set_value(term.valid_from if term else None)
        self.valid_to.set_value(term.valid_to if term else None)
        self.remove_button.setVisible(term is not None)
        self._show_problems(())
        self.show()
        self.name.setFocus()

    def save(self) -> None:
        """Lưu nhiệm kỳ; problems stand beside their fields."""
        start = self.valid_from.value()
        problems = [
            Problem(key, field.problem())
            for key, field in (("valid_from", self.valid_from), ("valid_to", self.valid_to))
            if field.problem()
        ]
        if start is None and not problems:
            problems.append(Problem("valid_from", "Chưa ghi ngày bắt đầu nhiệm kỳ."))
        if problems or start is None:
            self._show_problems(tuple(problems))
            return
        before = self._term
        term = CellTerm(
            self.name.value(),
            start,
            self.valid_to.value(),
            before.id if before else "",
            before.version if before else 0,
        )
        self._page.write(
            partial(save_term, self._page.desk.ws, term),
            changes={Topic.BOOK},
            on_done=lambda _id: self._saved(term),
            on_error=self._not_saved,
        )

    def _saved(self, term: CellTerm) -> None:
        self._unsaved.forget(self._key)
        self.saved.emit(f"Đã ghi nhiệm kỳ {term.name}.", None)

    def _give_up(self) -> None:
        self._unsaved.forget(self._key)
        self.closed.emit()

    def flush(self) -> None:
        """What is typed is in the book before the page goes."""
        self._unsaved.flush()

    def _remove(self) -> None:
        term = self._term
        if term is not None:
            self._page.write(
                partial(remove_term, self._page.desk.ws, term.id),
                changes={Topic.BOOK},
                on_done=lambda _none: self._removed(term),
                on_error=self._not_saved,
            )

    def _removed(self, term: CellTerm) -> None:
        self._unsaved.forget(term.id)
        again = CellTerm(term.name, term.valid_from, term.valid_to)
        put_back = partial(save_term, self._page.desk.ws, again)

        def undo() -> None:
            self._page.write(put_back, changes={Topic.BOOK}, on_done=lambda _id: None)

        self.saved.emit(f"Đã bỏ nhiệm kỳ {term.name}.", undo)

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
