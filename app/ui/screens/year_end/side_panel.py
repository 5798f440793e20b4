"""Beside a list: the chosen record at a glance, what can be done with it, and the form that does it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.errors import Problem
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.chips import Chip, ChipSpec
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import Choice, FormField, LineField, TextArea
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, FlowLayout, Ground, Row, ScrollBody, clear_layout, rule
from app.ui.parts.segmented import Segmented
from app.ui.theme import px, theme

_WIDTH, _LEAST_HEIGHT, _FRAME = 344, 120, 4
Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Act:
    """Something to do with the chosen record; its key is bound by the page."""

    word: str
    icon: str
    do: Callable[[], object]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Glance:
    """What is shown of a record: name, chips, labelled lines, acts."""

    title: str
    chips: tuple[ChipSpec, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A form that is open: which one, for which record, its words and the fields it shows."""

    form: str
    record: str
    title: str
    take: str
    names: tuple[str, ...]
    words: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


class SidePanel(Card):
    """The chosen record, or the form that does something with it.

    ``opened``: a form was opened. ``taken``: its button was pressed. ``dropped``: it was left.
    ``edited``: something was typed.
    """

    opened = Signal()
    taken = Signal()
    dropped = Signal()
    edited = Signal()

    def __init__(self, name: str, fields: Mapping[str, FormField], empty: str) -> None:
        super().__init__(spacing=0, margins=(0, 0, 0, 0))
        self.setAccessibleName(name)
        self.fields = dict(fields)
        self.task: Task | None = None
        self._empty = empty
        self._scroll = scroll = ScrollBody(spacing=10, margins=(12, 12, 12, 12))
        self.body.addWidget(scroll, 1)
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(0)
        self._fitting.timeout.connect(self._fit_height)
        scroll.inner.installEventFilter(self)
        self._glance = QWidget()
        self._facts = Column(self._glance, spacing=6, margins=(4, 2, 4, 2))
        scroll.body.addWidget(self._glance)
        self._form = self._build_form()
        scroll.body.addWidget(self._form)
        self._is_beside = True
        self.stand_beside(self._is_beside)
        theme.changed.connect(self._refit)

    def _build_form(self) -> Ground:
        form = Ground("quote")
        column = Column(form, spacing=8, margins=(14, 10, 14, 12))
        self._title = Label("", weight=600)
        self._words = Label("", "cap", "ink2")
        column.addWidget(self._title)
        column.addWidget(self._words)
        for shown in self.fields.values():
            column.addWidget(shown)
            each = shown.field
            if isinstance(each, Segmented | Choice):
                each.chosen.connect(lambda _key: self.edited.emit())
            elif isinstance(each, LineField):
                each.edited.connect(lambda _text: self.edited.emit())
            elif isinstance(each, DateField | TextArea):
                each.edited.connect(self.edited)
        self.take = make_button("outlined", "Ghi", "check", on_click=self.taken.emit)
        self.keep = make_button("outlined", "Thôi", on_click=self.drop)
        self.keep.set_key("Esc")
        row = Row(spacing=10)
        row.addStretch(1)
        row.addWidget(self.keep)
        row.addWidget(self.take)
        column.addLayout(row)
        form.hide()
        return form

    def _refit(self) -> None:
        self.stand_beside(self._is_beside)

    def stand_beside(self, is_beside: bool) -> None:
        """Beside the list, or below it where the window is narrow."""
        self._is_beside = is_beside
        if is_beside:
            self.setFixedWidth(px(_WIDTH))
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        else:
            self.setMinimumWidth(0)
            self.setMaximumWidth(16_777_215)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy = Qt.ScrollBarPolicy
        bar = policy.ScrollBarAsNeeded if is_beside else policy.ScrollBarAlwaysOff
        self._scroll.setVerticalScrollBarPolicy(bar)
        self._fitting.start()

    def _fit_height(self) -> None:
        """Below the list it is as high as what it shows: only the page scrolls then."""
        inner = self._scroll.inner
        width = self._scroll.viewport().width()
        needed = inner.heightForWidth(width) if inner.hasHeightForWidth() else inner.sizeHint().height()
        self.setMinimumHeight(0 if self._is_beside else max(needed + px(_FRAME), px(_LEAST_HEIGHT)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and not self._is_beside:
            self._fitting.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._is_beside:
            self._fitting.start()

    # The record

    def show_glance(self, glance: Glance | None) -> None:
        """Show a record, or say that none is chosen."""
        clear_layout(self._facts)
        if glance is None:
            self._facts.addWidget(Label(self._empty, "body", "ink2"))
            return
        self._facts.addWidget(Label(glance.title, "h2"))
        if glance.chips:
            holder = QWidget()
            flow = FlowLayout(holder, spacing=6)
            for chip in glance.chips:
                flow.addWidget(Chip(chip))
            self._facts.addWidget(holder)
        if glance.acts:
            holder = QWidget()
            flow = FlowLayout(holder, spacing=8)
            for act in glance.acts:
                button = make_button("outlined", act.word, act.icon, on_click=act.do)
                button.set_key(act.key, bind=False)
                button.setAccessibleName(f"{act.word.rstrip('…')}: {glance.title}")
                flow.addWidget(button)
            self._facts.addWidget(holder)
        self._facts.addWidget(rule())
        for label, text in glance.lines:
            if text and label:
                self._facts.addWidget(Label(label, "cap", "ink2", weight=600))
            if text:
                self._facts.addWidget(Label(text))

    # The form

    @property
    def is_open(self) -> bool:
        """Whether something is being written here."""
        return self.task is not None

    def unsaved_words(self) -> str:
        """What to say before another form is opened over words not saved yet, or ""; goes to them."""
        if self.task is None or self.content() is None:
            return ""
        self.fields[self.task.names[0]].focus_field()
        return f"Đang ghi dở: {self.task.title}. Đồng chí bấm Ghi hoặc Thôi trước."

    def open_task(self, task: Task) -> None:
        """Open the form in place of the record."""
        self.task = task
        self._title.setText(task.title)
        self._words.setText(task.words)
        self._words.setVisible(bool(task.words))
        self.take.set_words(task.take)
        for name, shown in self.fields.items():
            shown.setVisible(name in task.names)
            shown.set_error("")
            _put(shown.field, task.texts.get(name, ""))
        self._glance.hide()
        self._form.show()
        self.opened.emit()
        self.fields[task.names[0]].focus_field()

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """Show what was written before; it counts as typed."""
        for name, text in texts.items():
            _put(self.fields[name].field, text)

    def texts(self) -> Texts:
        """What stands in the fields shown."""
        names = self.task.names if self.task else ()
        return {name: _text(self.fields[name].field) for name in names}

    def content(self) -> dict[str, Any] | None:
        """What is being written, to be kept as a draft."""
        if self.task is None or self.texts() == _only(self.task):
            return None
        return {"form": self.task.form, "record": self.task.record, "texts": self.texts()}

    def unreadable(self) -> tuple[Problem, ...]:
        """Dates that cannot be read, before anything is asked of the book."""
        shown = {name: self.fields[name].field for name in (self.task.names if self.task else ())}
        dates = {name: each for name, each in shown.items() if isinstance(each, DateField)}
        return tuple(Problem(name, problem) for name, day in dates.items() if (problem := day.problem()))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say each problem beside its field and go to the first."""
        by_field = {problem.field: problem.message for problem in reversed(problems)}
        for name, shown in self.fields.items():
            shown.set_error(by_field.get(name, ""))
        first = next((name for name in self.fields if name in by_field), None)
        if first is not None:
            self.fields[first].focus_field()

    def say_problem(self, name: str, message: str) -> None:
        """One problem beside its field."""
        self.show_problems((Problem(name, message),))

    def close_task(self) -> None:
        """Show the record again."""
        self.task = None
        self._form.hide()
        self._glance.show()

    def drop(self) -> None:
        """Leave the form; what stood in it is given up."""
        self.close_task()
        self.dropped.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        pressed = self.focusWidget()
        if is_enter and self.is_open and not isinstance(pressed, Button):
            self.taken.emit()
        else:
            super().keyPressEvent(event)


def _only(task: Task) -> Texts:
    return {name: task.texts.get(name, "") for name in task.names}


def _text(widget: QWidget) -> str:
    if isinstance(widget, DateField):
        return widget.text()
    if isinstance(widget, Segmented):
        return widget.choice()
    assert isinstance(widget, LineField | TextArea | Choice)
    return widget.value()


def _put(widget: QWidget, text: str) -> None:
    if isinstance(widget, DateField):
        widget.set_text(text)
    elif isinstance(widget, Segmented):
        widget.set_choice(text)
    else:
        assert isinstance(widget, LineField | TextArea | Choice)
        widget.set_value(text)
