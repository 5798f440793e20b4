"""What the lists of steps one and two share: one bench, a form that keeps drafts, writing with a way back."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError, ValidationFailed
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.draft_keeper import DraftKeeper
from app.ui.parts.layout import Column
from app.ui.parts.page import ActionBar
from app.ui.screens.year_end.record_bench import RecordBench
from app.ui.screens.year_end.side_panel import Task

Texts = dict[str, str]


class BenchPage(DeskPage):
    """A list with its panel and foot.

    Subclasses give the bench and the foot with ``set_up``, and say what the form's button does (``take``),
    what the filled button does (``press_filled``) and how a kept draft opens again (``reopen``).
    """

    topics = frozenset({Topic.REVIEWS, Topic.MEMBERS, Topic.RULES, Topic.BOOK, Topic.MEETINGS})
    follows_year = True
    changes = frozenset({Topic.REVIEWS})

    def __init__(self, desk: Desk, form: str) -> None:
        super().__init__(desk)
        self._form = form
        self._year_shown = 0

    def set_up(self, bench: RecordBench, bar: ActionBar, header: QWidget | None = None) -> None:
        """Build the page from its parts; without a header it stands under one of another page."""
        self.bench, self.bar, self.side, self.table = bench, bar, bench.side, bench.table
        column = Column(self, spacing=0)
        if header is not None:
            column.addWidget(header)
        column.addWidget(bench, 1)
        column.addWidget(bar)
        self.drafts = DraftKeeper(self, self._form, self.side.content)
        self.drafts.kept.connect(lambda at: bar.set_saved(f"Đã lưu nháp lúc {at[11:16]}."))
        self.side.edited.connect(self.drafts.touch)
        self.side.taken.connect(self.take)
        self.side.dropped.connect(self._dropped)
        self.bind("Ctrl+Return", self._press)
        self.bind("Ctrl+Enter", self._press)

    def bind(self, keys: str, act: Callable[[], object]) -> None:
        """A key of this list."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def take(self) -> None:
        """Save what the form holds."""

    def press_filled(self) -> None:
        """What the filled button does."""

    def reopen(self, form: str, record: str, texts: Texts) -> None:
        """Open the form of a kept draft again."""

    def _press(self) -> None:
        if self.side.is_open:
            self.take()
        else:
            self.press_filled()

    def open_task(self, task: Task) -> bool:
        """Open a form, unless another holds words not saved yet: those are to be saved or given up first."""
        if words := self.side.unsaved_words():
            self.desk.say_done(words)
            return False
        self.side.open_task(task)
        return True

    # Drafts

    def leave_other_year(self) -> None:
        """What is typed for another year is kept there before this year is shown."""
        if self.side.is_open and self._year_shown not in (0, self.desk.year):
            self.drafts.flush()
            self.side.close_task()

    def restore(self, year: int, draft: dict[str, Any] | None, *, may_write: bool) -> None:
        """What was typed and not saved comes back, once."""
        self._year_shown = year
        if not self.side.is_open:
            self.drafts.begin(str(year), is_stored=draft is not None)
            if draft is not None and may_write:
                self.reopen(str(draft["form"]), str(draft["record"]), dict(draft["texts"]))

    def _dropped(self) -> None:
        self.drafts.forget()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Writing

    def save(self, work: Callable[[], Any], words: str, undo: Callable[[Any], Any] | None = None) -> None:
        """Write what the form holds; ``undo`` makes the way back from the answer."""

        def done(answer: Any) -> None:
            self.drafts.forget()
            self.side.close_task()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.desk.say_done(words, undo(answer) if undo else None)

        self.drafts.settle()
        self.write(work, changes=set(self.changes), on_done=done, on_error=self._refused)

    def act(self, work: Callable[[], Any], words: str, undo: Callable[[], Any] | None = None) -> None:
        """Write something at once; a form that is open keeps what is typed in it."""

        def done(_answer: Any) -> None:
            self.desk.say_done(words, undo)

        self.write(work, changes=set(self.changes), on_done=done)

    def _refused(self, error: UserError) -> None:
        self.drafts.touch()
        if isinstance(error, ValidationFailed):
            self.side.show_problems(error.problems)
        else:
            self.desk.background.failed.emit(str(error))

    def first_focus(self) -> QWidget | None:
        """The list."""
        return self.table
