"""The window's threads: reads and writes one after another, long and quiet work in lanes of their own."""

import itertools
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal

from app.domain.errors import Cancelled, UserError
from app.domain.progress import Progress
from app.ui.changes import DataChanges, Topic

R = TypeVar("R")
OnError = Callable[[UserError], None]

_PROGRESS_EVERY = 0.05


@dataclass(slots=True)
class _Job:
    """One piece of work and where its answer goes."""

    owner: QObject
    work: Callable[[], Any]
    on_done: Callable[[Any], None]
    on_error: OnError | None
    topics: frozenset[Topic] = frozenset()
    stale_key: tuple[int, str] | None = None
    number: int = 0
    task: "LongTask | None" = None
    is_quiet: bool = False
    result: Any = None
    error: BaseException | None = None


class LongTask(QObject):
    """Long work as the window sees it: a title, how far it is, and a way to stop it."""

    progressed = Signal(int, int, str)
    finished = Signal()

    def __init__(self, title: str, on_cancelled: Callable[[], None] | None) -> None:
        super().__init__()
        self.title = title
        self.on_cancelled = on_cancelled
        self.is_cancelled = False
        self._last_told = 0.0

    def cancel(self) -> None:
        """Ask the work to stop at its next step; nothing of it is kept."""
        self.is_cancelled = True

    def step(self, done: int, total: int, label: str) -> None:
        """The work's own report; called in the worker's thread, told to the window now and then."""
        if self.is_cancelled:
            raise Cancelled
        now = time.monotonic()
        if done >= total or now - self._last_told >= _PROGRESS_EVERY:
            self._last_told = now
            self.progressed.emit(done, total, label)


class Background(QObject):
    """Runs services off the window's thread and brings their answers back to it.

    ``failed`` carries the sentence of a ``UserError`` no screen took; ``crashed`` any other exception, a bug;
    ``long_started`` a ``LongTask`` for the window to show; ``saved`` fires after every successful write.
    """

    failed = Signal(str)
    crashed = Signal(object)
    saved = Signal()
    long_started = Signal(object)
    _finished = Signal(object)

    def __init__(self, changes: DataChanges, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.changes = changes
        self._data_lane = ThreadPoolExecutor(1, thread_name_prefix="data")
        self._long_lane = ThreadPoolExecutor(1, thread_name_prefix="long")
        self._quiet_lane = ThreadPoolExecutor(1, thread_name_prefix="quiet")
        self._numbers = itertools.count(1)
        self._latest: dict[tuple[int, str], int] = {}
        self._tasks: set[LongTask] = set()
        self._pending = 0
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def read(
        self,
        owner: QObject,
        work: Callable[[], R],
        on_done: Callable[[R], None],
        on_error: OnError | None = None,
        *,
        key: str = "",
    ) -> None:
        """Load something; a later read by the same owner (and ``key``) makes this one's answer stale."""
        number = next(self._numbers)
        stale_key = (id(owner), key)
        self._latest[stale_key] = number
        self._submit(
            self._data_lane, _Job(owner, work, on_done, on_error, stale_key=stale_key, number=number)
        )

    def write(
        self,
        owner: QObject,
        work: Callable[[], R],
        *,
        changes: set[Topic],
        on_done: Callable[[R], None],
        on_error: OnError | None = None,
    ) -> None:
        """Save something, after everything asked before; then tell ``changes`` to every page."""
        self._submit(self._data_lane, _Job(owner, work, on_done, on_error, topics=frozenset(changes)))

    def long(
        self,
        owner: QObject,
        work: Callable[[Progress], R],
        *,
        title: str,
        on_done: Callable[[R], None],
        on_cancelled: Callable[[], None] | None = None,
        on_error: OnError | None = None,
    ) -> LongTask:
        """Print, export, read a big file: in its own lane, with progress and a way to stop."""
        task = LongTask(title, on_cancelled)
        self._tasks.add(task)
        self._submit(self._long_lane, _Job(owner, lambda: work(task), on_done, on_error, task=task))
        self.long_started.emit(task)
        return task

    def quiet(
        self,
        owner: QObject,
        work: Callable[[Progress], R],
        *,
        on_done: Callable[[R], None],
        on_error: OnError,
    ) -> LongTask:
        """What the program does by itself, a backup: nothing is shown, nobody who saves or leaves waits."""
        task = LongTask("", None)
        self._tasks.add(task)
        job = _Job(owner, lambda: work(task), on_done, on_error, task=task, is_quiet=True)
        self._submit(self._quiet_lane, job)
        return task

    @property
    def is_closed(self) -> bool:
        """Whether no more work is taken."""
        return self._closed

    def idle(self) -> bool:
        """Whether every answer has been brought back."""
        return self._pending == 0

    def wait_idle(self, timeout_ms: int = 10_000) -> bool:
        """Let the window live until every answer is back; False when it took longer than that."""
        deadline = time.monotonic() + timeout_ms / 1000
        loop = QEventLoop()
        timer = QTimer()
        timer.timeout.connect(lambda: loop.quit() if self.idle() or time.monotonic() > deadline else None)
        timer.start(5)
        if not self.idle():
            loop.exec()
        timer.stop()
        return self.idle()

    def shutdown(self) -> None:
        """Take no more work, stop long work, and wait until the last save is on disk."""
        if self._closed:
            return
        self._closed = True
        for task in self._tasks:
            task.cancel()
        self._data_lane.shutdown(wait=True)
        self._long_lane.shutdown(wait=True)
        self._quiet_lane.shutdown(wait=True)

    def _submit(self, lane: ThreadPoolExecutor, job: _Job) -> None:
        if self._closed:
            return
        self._pending += not job.is_quiet
        lane.submit(self._run, job)

    def _run(self, job: _Job) -> None:
        try:
            job.result = job.work()
        except BaseException as error:  # noqa: BLE001 - every failure must reach the window
            job.error = error
        # After the window is gone there is nobody to tell; the work itself is done.
        if shiboken6.isValid(self):
            self._finished.emit(job)

    def _deliver(self, job: _Job) -> None:
        self._pending -= not job.is_quiet
        if job.task is not None:
            self._tasks.discard(job.task)
            job.task.finished.emit()
        try:
            if job.error is None:
                self._deliver_result(job)
            else:
                self._deliver_error(job, job.error)
        except Exception as error:  # noqa: BLE001 - a bug in a screen's own slot
            self.crashed.emit(error)

    def _deliver_result(self, job: _Job) -> None:
        if job.topics:
            self.saved.emit()
        if self._wants_answer(job):
            job.on_done(job.result)
        if job.topics:
            self.changes.tell(set(job.topics), job.owner if shiboken6.isValid(job.owner) else None)

    def _deliver_error(self, job: _Job, error: BaseException) -> None:
        if isinstance(error, Cancelled) or not isinstance(error, UserError):
            # After a bug too: a page, or the program's end, would wait for ever for an answer.
            if job.task is not None and job.task.on_cancelled is not None and shiboken6.isValid(job.owner):
                job.task.on_cancelled()
            if not isinstance(error, Cancelled):
                self.crashed.emit(error)
        elif job.on_error is not None and self._wants_answer(job):
            job.on_error(error)
        elif job.stale_key is None or self._wants_answer(job):
            self.failed.emit(str(error))

    def _wants_answer(self, job: _Job) -> bool:
        is_latest = job.stale_key is None or self._latest.get(job.stale_key) == job.number
        return is_latest and shiboken6.isValid(job.owner)
