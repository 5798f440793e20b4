"""Correcting one fact of a rule set: its values, the document compared with, from which year."""

from functools import partial

from PySide6.QtCore import Signal

from app.domain.errors import Problem, UserError, ValidationFailed
from app.domain.rule_facts import FactInput, FactValue, RuleFact
from app.services.rule_corrections import correct_fact
from app.services.rule_files import KeptNow, take_back
from app.ui.desk import DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import Choice, FormField, LineField, TextArea
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, clear_layout
from app.ui.parts.messages import MessageBar
from app.ui.parts.segmented import Segmented
from app.ui.screens.settings.rule_acts import RULE_TOPICS
from app.ui.screens.settings.unsaved import Unsaved

_LONG = 60
Input = LineField | TextArea | Choice | Segmented


class FactForm(Card):
    """``closed``: back to the list of facts. ``saved``: a correction counts from this year on."""

    closed = Signal()
    saved = Signal(int)

    def __init__(self, page: DeskPage) -> None:
        super().__init__(spacing=10)
        self._page = page
        self._key = ""
        self._fact: RuleFact | None = None
        self._unsaved = Unsaved(page, "rule_fact")
        self.title = Label("", "h3")
        self.group = Label("", "cap", "ink2")
        self.message = MessageBar()
        self._inputs: dict[str, Input] = {}
        self._fields: dict[str, FormField] = {}
        self._values = Column(spacing=10)
        self.source = LineField(placeholder="Ví dụ: Hướng dẫn 43-HD/BTCTW, điểm 7.2")
        self.source.edited.connect(lambda _text: self._keep())
        self._source_field = FormField("Văn bản đã đối chiếu", self.source, required=True)
        self.year = Choice()
        hint = "Năm trước đó, và năm đã khóa, giữ nguyên bộ quy định của năm đó."
        self.body.addWidget(self.group)
        self.body.addWidget(self.title)
        self.body.addWidget(self.message)
        self.body.addLayout(self._values)
        self.body.addWidget(self._source_field)
        self.body.addWidget(FormField("Áp dụng từ năm", self.year, hint=hint))
        foot = Row(spacing=10)
        foot.addStretch(1)
        foot.addWidget(make_button("outlined", "Thôi", on_click=self.give_up))
        self.save_button = make_button("filled", "Ghi, đã đối chiếu", "check", "Ctrl+Enter", self.save)
        foot.addWidget(self.save_button)
        self.body.addLayout(foot)

    def show_fact(self, key: str, fact: RuleFact, years: range, chosen: int) -> None:
        """Correct a fact of a rule set from one of the years on."""
        self._key, self._fact = key, fact
        self.group.setText(fact.group)
        self.title.setText(fact.label)
        clear_layout(self._values)
        kept = self._unsaved.of(self._record) or {}
        self._inputs = {
            value.path: self._input(value, kept.get(value.path, value.value)) for value in fact.values
        }
        self._fields = {}
        for value in fact.values:
            label = "Theo văn bản" if value.label == fact.label else value.label
            field = FormField(label, self._inputs[value.path])
            self._fields[value.path] = field
            self._values.addWidget(field)
        self.source.set_value(kept.get("source", fact.source if fact.verified and fact.source_path else ""))
        self.year.set_options([(str(year), f"Năm {year} trở đi") for year in years])
        self.year.set_value(str(chosen))
        self._show_problems(())
        if kept:
            self.message.show_message("info", "Đây là bản đồng chí đang sửa, chưa ghi vào sổ.")
        elif not fact.verified:
            self.message.show_message(
                "info", "Chưa đối chiếu bản gốc. Nếu văn bản ghi đúng như dưới đây, chỉ cần ghi tên văn bản."
            )

    @property
    def _record(self) -> str:
        return f"{self._key} {self._fact.id}" if self._fact else ""

    def _input(self, value: FactValue, text: str) -> Input:
        made: Input
        if value.input is FactInput.CHOICE and len(value.options) <= 3:
            made = Segmented(value.options, name=value.label, chosen=text)
            made.chosen.connect(lambda _key: self._keep())
        elif value.input is FactInput.CHOICE:
            made = Choice(value.options, chosen=text)
            made.chosen.connect(lambda _key: self._keep())
        elif value.input is FactInput.TEXT and len(value.value) > _LONG:
            made = TextArea(text)
            made.edited.connect(self._keep)
        else:
            made = LineField(text)
            made.edited.connect(lambda _text: self._keep())
        return made

    def _typed(self) -> dict[str, str]:
        return {
            path: field.choice() if isinstance(field, Segmented) else field.value()
            for path, field in self._inputs.items()
        }

    def _keep(self) -> None:
        self._unsaved.keep(self._record, {**self._typed(), "source": self.source.value()})

    def flush(self) -> None:
        """What is typed is in the book before the page goes."""
        self._unsaved.flush()

    def give_up(self) -> None:
        """Thôi: nothing is to be changed."""
        self._unsaved.forget(self._record)
        self.closed.emit()

    def save(self) -> None:
        """Ghi; problems stand beside their fields."""
        fact = self._fact
        if fact is None:
            return
        work = partial(
            correct_fact,
            self._page.desk.ws,
            self._key,
            fact,
            self._typed(),
            self.source.value(),
            int(self.year.value()),
        )
        self._page.write(
            work, changes=RULE_TOPICS, on_done=lambda now: self._saved(fact, now), on_error=self._not_saved
        )

    def _saved(self, fact: RuleFact, now: KeptNow) -> None:
        self._unsaved.forget(self._record)
        self.saved.emit(now.file.from_year)
        self.closed.emit()

        def undo() -> None:
            work = partial(take_back, self._page.desk.ws, [now])
            self._page.write(work, changes=RULE_TOPICS, on_done=lambda _none: None)

        self._page.desk.say_done(f"Đã ghi “{fact.label}”, dùng từ năm {now.file.from_year}.", undo)

    def _not_saved(self, error: UserError) -> None:
        if isinstance(error, ValidationFailed):
            self._show_problems(error.problems)
        else:
            self.message.show_message("error", str(error))

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        self.message.close_message()
        fields = {**self._fields, "source": self._source_field}
        by_field = {problem.field: problem.message for problem in problems}
        for key, field in fields.items():
            field.set_error(by_field.get(key, ""))
        first = next((fields[problem.field] for problem in problems if problem.field in fields), None)
        if first is not None:
            first.focus_field()
        elif problems:
            self.message.show_message("error", problems[0].message)
