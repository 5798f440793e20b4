"""The window's skeleton: sidebar and margin line, pages made when first shown, done bar, progress, keys."""

from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QWidget

from app.ui.background import Background, LongTask
from app.ui.page_stack import PageSpec, PageStack, focus_first
from app.ui.parts.layout import Column, Row
from app.ui.parts.messages import DoneBar, MessageBar, room_around
from app.ui.parts.progress_panel import ProgressPanel
from app.ui.parts.sidebar import ContentsBar, Margin, Sidebar, SidebarItem
from app.ui.preferences import Preferences
from app.ui.theme import px, theme
from app.ui.tokens import FULL_WIDTH, RAIL_WIDTH

__all__ = ["PageSpec", "Shell"]


class Shell(QMainWindow):
    """Holds the pages. Signals ask ``main_window`` for what needs the book.

    A page may have ``show_place(**place)`` (called by ``show_page``), ``place() -> dict[str, str]``
    (remembered), ``go_back() -> bool`` (Esc; True when it went somewhere) and ``help_topic: str``.
    """

    page_changed = Signal(str)
    handover_requested = Signal()
    lock_requested = Signal()
    help_requested = Signal(str)
    scale_step_requested = Signal(int)
    back_requested = Signal()
    closing = Signal()

    def __init__(self, background: Background, preferences: Preferences) -> None:
        super().__init__()
        self.background = background
        self.preferences = preferences
        self.setWindowTitle("Sổ đăng ký nêu gương")
        self.setMinimumSize(640, 400)
        self._book = ""
        self.sidebar: Sidebar | None = None
        self._build()
        self._bind_keys()
        background.failed.connect(self.show_error)
        background.long_started.connect(self._watch)
        theme.changed.connect(self._fit)

    def _build(self) -> None:
        central = self._area = QWidget()
        central.setProperty("ground", "paper")
        central.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row = Row(central, spacing=0)
        self.margin = Margin()
        self._row.addWidget(self.margin)
        right = Column(spacing=0)
        self._right = right
        self._message = MessageBar()
        right.addWidget(room_around(self._message))
        self.stack = PageStack()
        right.addWidget(self.stack, 1)
        self._row.addLayout(right, 1)
        self.setCentralWidget(central)
        self.progress = ProgressPanel(central)

    @cached_property
    def done_bar(self) -> DoneBar:
        """What was done, at the foot of the page; made when the first is said."""
        return DoneBar(self._area)

    @cached_property
    def contents(self) -> ContentsBar:
        """The sidebar's stand-in on small windows; made with the first desk, no page before has one."""
        return _contents_bar(self, self._right)

    def _bind_keys(self) -> None:
        for number in range(1, 9):
            self._key(f"Ctrl+{number}", partial(self._go_to_number, number))
        self._key("F9", self.handover_requested.emit)
        self._key("Ctrl+L", self.lock_requested.emit)
        self._key("F1", self._ask_help)
        self._key("Esc", self._go_back)
        for keys, act in (("Ctrl+Z", self.done_bar.take_back), ("Ctrl+Y", self.done_bar.do_again)):
            self._key(keys, act).setContext(Qt.ShortcutContext.WindowShortcut)
        for keys in ("Ctrl++", "Ctrl+="):
            self._key(keys, lambda: self.scale_step_requested.emit(1))
        self._key("Ctrl+-", lambda: self.scale_step_requested.emit(-1))
        self._key("Ctrl+0", lambda: self.scale_step_requested.emit(0))

    def _key(self, keys: str, act: Callable[[], object]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(lambda: act())
        return shortcut

    # Pages

    def set_pages(self, specs: tuple[PageSpec, ...]) -> None:
        """The secretary's desk: these pages in the sidebar; pages shown before are gone."""
        self.clear_pages()
        self.stack.set_specs(specs)
        items = [SidebarItem(spec.key, spec.label, spec.short, spec.icon, spec.is_below) for spec in specs]
        self.sidebar = Sidebar(items)
        self.sidebar.chosen.connect(lambda key: self.show_page(key))
        self.sidebar.handover_requested.connect(self.handover_requested)
        self.sidebar.lock_requested.connect(self.lock_requested)
        self._row.insertWidget(0, self.sidebar)
        self.contents.set_items(items)
        self._fit()

    def clear_pages(self) -> None:
        """Take the sidebar and every page away: nothing of one person's desk stays for the next."""
        if self.sidebar is not None:
            self._row.removeWidget(self.sidebar)
            self.sidebar.hide()
            self.sidebar.deleteLater()
            self.sidebar = None
        self.stack.clear()
        if "done_bar" in self.__dict__:
            self.done_bar.hide()
        self._message.close_message()
        self._fit()

    def show_single(self, page: QWidget) -> None:
        """A page without a sidebar (start, choosing a name, the member's desk), beside the red margin."""
        self.clear_pages()
        self.push(page)

    def push(self, page: QWidget) -> None:
        """Show a page that is not in the sidebar, over the one shown now."""
        self._message.close_message()
        self.stack.push(page)

    def pop(self) -> None:
        """Take the page shown by ``push`` away again; the one under it comes back as it was."""
        self.stack.pop()

    def show_page(self, key: str, **place: str) -> QWidget:
        """Show a page of the sidebar, made now if it was not; ``place`` says what it should show."""
        self._keep_place()
        page = self.stack.show_key(key)
        self._message.close_message()
        if self.sidebar is not None:
            self.sidebar.set_current(key)
        show_place = getattr(page, "show_place", None)
        if place and callable(show_place):
            show_place(**place)
        focus_first(page)
        self.page_changed.emit(key)
        return page

    def page(self, key: str) -> QWidget | None:
        """A page that has been shown already."""
        return self.stack.page(key)

    @property
    def current_key(self) -> str:
        """The key of the sidebar page shown, or ""."""
        return self.stack.current_key

    def _go_to_number(self, number: int) -> None:
        keys = [spec.key for spec in self.stack.specs.values() if not spec.is_below]
        if number <= len(keys):
            self.show_page(keys[number - 1])

    # Words to the person

    def set_cell(self, above: str, name: str) -> None:
        """The cell's two header lines in the sidebar."""
        if self.sidebar is not None:
            self.sidebar.set_cell(above, name)
        self.contents.set_cell(name)

    def show_done(self, text: str, on_undo: Callable[[], object] | None = None) -> None:
        """Say what was done, at the foot, with Hoàn tác when it can be taken back."""
        self.done_bar.show_done(text, on_undo)
        self._place_overlays()

    def show_error(self, text: str) -> None:
        """Say what went wrong above the page, until closed or the page changes."""
        self._message.show_message("error", text, "Đóng", self._message.close_message)

    @property
    def message(self) -> MessageBar:
        """The note above the page."""
        return self._message

    def _watch(self, task: LongTask) -> None:
        self.progress.watch(task)
        self._place_overlays()

    # Keys

    def _ask_help(self) -> None:
        page = self.stack.currentWidget()
        topic = getattr(page, "help_topic", self.current_key)
        self.help_requested.emit(topic if isinstance(topic, str) else self.current_key)

    def _go_back(self) -> None:
        page = self.stack.currentWidget()
        if self.progress.is_watching:
            self.progress.stop.click()
            return
        go_back = getattr(page, "go_back", None)
        if not (callable(go_back) and go_back()):
            self.back_requested.emit()

    # The window itself

    def restore(self, book: str = "") -> None:
        """Come up where the window was."""
        self.preferences.restore_window(self)
        self._book = book

    def set_book(self, book: str) -> None:
        """From now on places are remembered for this book."""
        self._book = book

    def restore_place(self, default: str) -> None:
        """Show the page this book was left at."""
        place = self.preferences.last_place(self._book) if self._book else {}
        key = place.pop("page", default)
        self.show_page(key if key in self.stack.specs else default, **place)

    def _keep_place(self) -> None:
        page = self.stack.page(self.current_key)
        place = getattr(page, "place", None)
        if self._book and self.current_key:
            more = place() if callable(place) else {}
            self.preferences.remember_place(self._book, {"page": self.current_key, **more})

    def _fit(self) -> None:
        """Sidebar with words, rail, or the button Mục lục, by the width at 100 % text."""
        width = self.width() / theme.scale
        has_sidebar = self.sidebar is not None
        is_tiny = has_sidebar and width < RAIL_WIDTH
        if self.sidebar is not None:
            self.sidebar.setVisible(not is_tiny)
            self.sidebar.set_rail(width < FULL_WIDTH)
        if "contents" in self.__dict__:
            self.contents.setVisible(is_tiny)
        self.margin.setVisible(not has_sidebar or is_tiny)
        self._place_overlays()

    def _place_overlays(self) -> None:
        _place_over(self.stack, self._area, self.__dict__.get("done_bar"), self.progress)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep_place()
        self.closing.emit()
        # Drafts asked to be kept by ``closing`` are on disk before the window goes.
        self.background.wait_idle()
        self.preferences.remember_window(self)
        self.preferences.sync()
        super().closeEvent(event)


def _contents_bar(shell: Shell, column: Column) -> ContentsBar:
    contents = ContentsBar()
    contents.chosen.connect(lambda key: shell.show_page(key))
    contents.handover_requested.connect(shell.handover_requested)
    contents.lock_requested.connect(shell.lock_requested)
    column.insertWidget(0, contents)
    return contents


def _place_over(stack: QWidget, area: QWidget, bar: DoneBar | None, panel: ProgressPanel) -> None:
    """Done bar at the foot left, progress in the middle; both above the page, measured when needed."""
    left = stack.mapTo(area, QPoint(0, 0)).x()
    if bar is not None and not bar.isHidden():
        bar.fit(stack.width() - px(56))
        bar.move(left + px(28), area.height() - bar.height() - px(70))
    if panel.is_watching:
        panel.setFixedWidth(min(px(560), max(240, stack.width() - px(48))))
        panel.adjustSize()
        panel.move(left + (stack.width() - panel.width()) // 2, area.height() // 2 - panel.height())
