"""Keeps what is typed on a page: within two seconds of the first letter, on leaving and on closing."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.ui.background import Background
from app.ui.changes import Topic
from app.ui.desk import DeskPage

_PAUSE_MS = 1500
_AGAIN_MS = 15_000

Content = dict[str, Any]


class DraftKeeper(QObject):
    """One page's draft. ``content`` says what is typed and not saved, None when there is nothing.

    ``kept`` carries the time a draft was stored. A draft that cannot be stored is said in the window's
    error channel and tried again. ``on_leave`` is done when the page is left, instead of storing a draft.
    """

    kept = Signal(str)

    def __init__(
        self,
        page: DeskPage,
        form: str,
        content: Callable[[], Content | None],
        on_leave: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(page)
        self._page, self._form, self._content = page, form, content
        self._leave = on_leave or self.flush
        self._key: str | None = None
        self._is_waiting = False
        self._may_be_stored = True
        self._refused: dict[str, Content] = {}
        self._under_way = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)
        self._window: QObject | None = None
        page.installEventFilter(self)

    @property
    def is_waiting(self) -> bool:
        """Whether something was typed that is not on its way to the book yet."""
        return self._is_waiting

    def begin(self, key: str, *, is_stored: bool = True) -> None:
        """From now on the page shows this record; ``is_stored``: a draft of it may lie in the book."""
        self._timer.stop()
        self._key, self._may_be_stored, self._is_waiting = key, is_stored, False

    def touch(self) -> None:
        """Something was typed. The time runs from the first letter: who types on is kept all the same."""
        if self._key is None or self._page.desk.ws.looks_only:
            return
        if not self._is_waiting or not self._timer.isActive():
            self._timer.start(_PAUSE_MS)
        self._is_waiting = True

    def flush(self) -> None:
        """Store what waits now."""
        self._timer.stop()
        if self._key is None or self._page.desk.ws.looks_only:
            return
        waiting, self._refused = self._refused, {}
        if self._is_waiting:
            content = self._content()
            if content is None:
                waiting.pop(self._key, None)
                self.forget()
            else:
                self._is_waiting, self._may_be_stored = False, True
                waiting[self._key] = content
        from app.services.drafts import store_draft  # its tables are not for the first page

        for key, content in waiting.items():
            work = partial(store_draft, self._page.desk.ws, self._form, key, content)
            kept, failed = partial(self._stored, key), partial(self._not_stored, key, content)
            self._under_way += 1
            self._page.write(work, changes={Topic.DRAFTS}, on_done=kept, on_error=failed)

    def after_kept(self, then: Callable[[], object]) -> None:
        """Store what waits and go on; where it cannot be stored the page stays, with every letter on it."""
        self.flush()
        if not self._under_way:
            then()
            return
        # Answers come in the order asked: this one after that of every draft on its way.
        self._page.read(lambda: None, partial(self._go_on, then), key="kept")

    def _go_on(self, then: Callable[[], object], _answer: None) -> None:
        if not self._refused:
            then()

    def settle(self) -> None:
        """It is being saved for good; whoever saves it drops the draft then."""
        self._timer.stop()
        self._is_waiting = False
        if self._key is not None:
            self._refused.pop(self._key, None)

    def forget(self) -> None:
        """It is saved for good, or given up."""
        self.settle()
        if self._key is not None and self._may_be_stored and not self._page.desk.ws.looks_only:
            self._may_be_stored = False
            from app.services.drafts import drop_draft

            work = partial(drop_draft, self._page.desk.ws, self._form, self._key)
            self._page.write(work, changes={Topic.DRAFTS}, on_done=lambda _none: None)

    def _stored(self, key: str, at: str) -> None:
        self._under_way -= 1
        self._refused.pop(key, None)
        if key == self._key:
            self.kept.emit(at)

    def _not_stored(self, key: str, content: Content, error: UserError) -> None:
        """A full disk, a lost drive: nothing is thrown away, whichever record the page shows by now."""
        self._under_way -= 1
        self._refused.setdefault(key, content)
        self._is_waiting = self._is_waiting or key == self._key
        self._page.desk.background.failed.emit(str(error))
        if self._page.isVisible() and not self._timer.isActive():
            self._timer.start(_AGAIN_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched is self._page:
            self._watch_window(self._page.window())
        if event.type() in (QEvent.Type.Hide, QEvent.Type.Close):
            self._leave()
        return super().eventFilter(watched, event)

    def _watch_window(self, window: QObject) -> None:
        """Closing is heard before the window closes the book."""
        if window is not self._window:
            self._window = window
            window.installEventFilter(self)


class WordsInHand(QObject):
    """Everything typed on any page of the window, put into the book before a page goes."""

    def __init__(self, stack: QWidget, background: Background) -> None:
        super().__init__(stack)
        self._stack, self._background = stack, background
        self._has_failed = False
        background.failed.connect(self._note_failure)

    def _note_failure(self, _sentence: str) -> None:
        self._has_failed = True

    def keep(self) -> bool:
        """False when something could not be kept; the page must stay then."""
        self._has_failed = False
        for page in self._stack.findChildren(QWidget):
            flush = getattr(page, "flush", None)
            if callable(flush):
                flush()
        # Pages that keep their words when they are left hear it now, while the book is still open.
        self._stack.hide()
        self._background.wait_idle()
        self._stack.show()
        return not self._has_failed
