"""One step at the right: what it is, by when, who is missing what, and what can be done about it now."""

from functools import partial

from PySide6.QtCore import Qt, Signal

from app.domain.year_end_facts import Missing, StepKey, StepState, YearEndStep
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import LOCKED, UNCHECKED_SOURCE, Chip, ChipSpec
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, FlowLayout, Ground, Row, clear_layout
from app.ui.screens.year_end.missing_line import MissingLine

_SHOWN = 8


class StepCard(Card):
    """Leads on: ``went`` to a place, ``opened`` a page by its key, ``printed`` a paper; ``lock`` is asked."""

    went = Signal(object)
    opened = Signal(str)
    printed = Signal(object)
    lock_asked = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=0, margins=(1, 14, 1, 14))
        self.step: YearEndStep | None = None
        self.lines: list[MissingLine] = []
        self._build_head()
        self._list = Column(spacing=0)
        self.body.addLayout(self._list)
        self.more = make_button("ghost", "", "chevron-down", on_click=self._show_all)
        more = Column(spacing=0, margins=(10, 2, 18, 0))
        more.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(more)
        self._build_foot()

    def _build_head(self) -> None:
        head = Column(spacing=4, margins=(18, 0, 18, 10))
        row = Row(spacing=10)
        self.title = Label("", "h3")
        self.chip = Chip(ChipSpec(""))
        row.addWidget(self.title, 1)
        row.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(row)
        self.about = Label("", "cap", "ink2")
        self.deadline = Label("", "cap", weight=600)
        self.source = Label("", "cap", "ink2")
        self.unchecked = Chip(UNCHECKED_SOURCE)
        self.note = Label("", "cap", "late")
        for each in (self.about, self.deadline, self.source):
            head.addWidget(each)
        head.addWidget(self.unchecked, 0, Qt.AlignmentFlag.AlignLeft)
        head.addWidget(self.note)
        self.body.addLayout(head)

    def _build_foot(self) -> None:
        self._foot = Ground("none")
        flow = FlowLayout(self._foot, spacing=10, margins=(18, 10, 18, 0))
        self.open = make_button("filled", "", None, "Ctrl+Enter", self._open)
        self.lock = make_button("filled", "", "lock", "Ctrl+Enter", self.lock_asked.emit)
        self.print = make_button("outlined", "", "printer", "Ctrl+P", self._print)
        self.files = make_button(
            "outlined", "Hồ sơ từng người", "folder-open", on_click=lambda: self.opened.emit("files")
        )
        self._buttons = (self.open, self.lock, self.print, self.files)
        for button in self._buttons:
            flow.addWidget(button)
        self.body.addWidget(self._foot)

    def show_step(
        self, step: YearEndStep, deadline: str, *, is_closed: bool, pages: frozenset[str], may_lock: bool
    ) -> None:
        """Show a step; ``deadline`` is said as seen today, ``pages`` are the pages there are to open."""
        self.step = step
        is_last = step.key is StepKey.CLOSE
        self.title.setText(f"Bước {step.number}. {step.title}")
        self.chip.set_spec(_chip(step, is_closed))
        self.about.setText(step.about)
        _say(self.deadline, deadline)
        due = step.deadline
        _say(self.source, f"Theo {due.source}." if due and due.source and deadline else "")
        self.unchecked.setVisible(bool(deadline and due and not due.verified))
        _say(self.note, step.note)
        self._fill(step.missing[:_SHOWN])
        self.more.set_words(f"Xem cả {len(step.missing)} {step.unit}")
        self.more.setVisible(len(step.missing) > _SHOWN)
        self.open.set_words(step.open_label or "Mở")
        self.lock.set_words(f"{step.title}…")
        self.print.set_words(step.paper.label if step.paper else "")
        shown = {
            self.open: step.key.value in pages,
            self.lock: is_last and may_lock and not is_closed,
            self.print: step.paper is not None,
            self.files: is_last and "files" in pages,
        }
        for button, is_shown in shown.items():
            button.setVisible(is_shown)
        self._foot.setVisible(any(shown.values()))

    def _fill(self, missing: tuple[Missing, ...]) -> None:
        clear_layout(self._list)
        self.lines = []
        for each in missing:
            line = MissingLine(each)
            line.clicked.connect(lambda _on=False, place=each.place: self.went.emit(place))
            line.stepped.connect(partial(self._walk, len(self.lines)))
            self.lines.append(line)
            self._list.addWidget(line)

    def _show_all(self) -> None:
        if self.step is not None:
            self._fill(self.step.missing)
            self.more.hide()
            self.lines[_SHOWN].setFocus(Qt.FocusReason.OtherFocusReason)

    def _walk(self, here: int, step: int) -> None:
        if 0 <= here + step < len(self.lines):
            self.lines[here + step].setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        if self.step is not None:
            self.opened.emit(self.step.key.value)

    def _print(self) -> None:
        if self.step is not None and self.step.paper is not None:
            self.printed.emit(self.step.paper)


def _say(label: Label, words: str) -> None:
    label.setText(words)
    label.setVisible(bool(words))


def _chip(step: YearEndStep, is_closed: bool) -> ChipSpec:
    if is_closed:
        return LOCKED if step.state is StepState.DONE else ChipSpec(f"Để ngỏ {step.left} {step.unit}", "na")
    if step.state is StepState.LEFT:
        return ChipSpec(f"Còn {step.left} {step.unit}", "late") if step.left else ChipSpec(step.word, "pri")
    return ChipSpec(step.word, "ok", "check") if step.state is StepState.DONE else ChipSpec(step.word, "na")
