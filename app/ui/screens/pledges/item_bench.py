"""Working on a pledge's items: choosing, writing, adding, moving, taking out, bringing over."""

from collections.abc import Callable, Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.pledge import PledgeItem, PledgeState
from app.services.pledges import carried_over, from_fault
from app.ui.desk import Desk
from app.ui.screens.pledges.editor_view import EditorView
from app.ui.screens.pledges.item_list import ItemEntry, ItemList
from app.ui.screens.pledges.pledge_reading import LoadedPledge


class ItemBench(QObject):
    """``written`` says that the items changed, ``turned`` that another one is being looked at."""

    written = Signal()
    turned = Signal()

    def __init__(
        self, page: QWidget, desk: Desk, view: EditorView, may_edit: Callable[[ItemEntry], bool]
    ) -> None:
        super().__init__(page)
        self._desk, self._view, self._may_edit = desk, view, may_edit
        self._loaded: LoadedPledge | None = None
        self._offered: tuple[PledgeItem, ...] = ()
        self._is_showing = False
        self.items = ItemList()
        view.carry.clicked.connect(lambda: self._offer_unfinished())
        view.faults.clicked.connect(lambda: self._offer_faults())
        view.pick.picked.connect(self._picked)
        view.pick.given_up.connect(lambda: self.first_focus().setFocus())
        view.table.current_changed.connect(self._row_chosen)
        view.table.opened.connect(lambda _row: view.card.focus_field("action"))
        view.card.edited.connect(self._edited)
        view.card.remove_requested.connect(self._remove)
        view.card.move_requested.connect(self._move)
        view.card.step_requested.connect(self._step)
        for keys, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            QShortcut(QKeySequence(keys), page, partial(self._step, step))
        for number in range(1, 10):
            QShortcut(QKeySequence(f"Alt+{number}"), page, partial(self.go_to, number - 1))
        QShortcut(QKeySequence("F6"), page, self._next_pane)

    # What it shows

    def set_loaded(self, loaded: LoadedPledge) -> None:
        """What the book says, and what last year leaves over."""
        self._loaded = loaded
        self._view.card.set_content_sets(loaded.sets)

    def show(self) -> None:
        """Show table and fields as they stand."""
        view, loaded = self._view, self._loaded
        if loaded is None:
            return
        is_writing = loaded.mode == "write"
        view.carry.setVisible(is_writing and bool(self.unfinished()))
        view.faults.setVisible(is_writing and bool(self._faults()))
        entries, entry = self.items.entries, self.items.current()
        is_passed = loaded.page.pledge.state is PledgeState.PASSED
        self._is_showing = True
        view.table.show_entries(entries, loaded.sets, is_passed)
        self._is_showing = False
        if entry is not None:
            view.table.choose(entry.key)
            number = self.items.index() + 1
            view.card.show_entry(entry, number, len(entries), is_editable=self._may_edit(entry))
            view.card.show_outcome(entry.item, is_shown=is_passed, is_editable=loaded.mode == "passed")

    def first_focus(self) -> QWidget:
        """The table; the fields on a narrow page; the way to begin while there is nothing."""
        view = self._view
        if not self.items.entries:
            ways = (view.carry, view.add)
            return next((way for way in ways if way.isVisibleTo(view)), view.back)
        return view.table if view.table.isVisibleTo(view) else view.card.content.line

    def go_to(self, index: int) -> None:
        """Show the item at a place, if there is one."""
        if 0 <= index < len(self.items.entries):
            self.items.choose_number(index)
            self.turned.emit()

    def _row_chosen(self, row: object) -> None:
        entry, current = getattr(row, "entry", None), self.items.current()
        if self._is_showing:
            # The table is being filled: where its cursor falls meanwhile is nobody's choice.
            return
        if isinstance(entry, ItemEntry) and current is not None and entry.key != current.key:
            self.items.choose(entry.key)
            self.turned.emit()

    def _step(self, step: int) -> None:
        self.go_to(self.items.index() + step)

    def _next_pane(self) -> None:
        view = self._view
        if view.table.hasFocus() or not view.table.isVisibleTo(view):
            view.card.focus_field("content_code")
        else:
            view.table.setFocus()

    # What a person does

    def add(self, items: Sequence[PledgeItem], focus: str) -> None:
        """Put items at the end and write the first of them."""
        self.items.add(items)
        self.written.emit()
        self._view.card.focus_field(focus)
        self._view.area.ensureWidgetVisible(self._view.card.action)

    def unfinished(self) -> tuple[PledgeItem, ...]:
        """Last year's unfinished items that have not been brought over."""
        assert self._loaded is not None
        taken = {item.carried_from for item in self.items.items()}
        return tuple(item for item in self._loaded.page.unfinished if item.id not in taken)

    def _faults(self) -> tuple[str, ...]:
        assert self._loaded is not None
        taken = {item.action for item in self.items.items()}
        faults = self._loaded.page.last_faults
        return tuple(fault for fault in faults if from_fault(fault).action not in taken)

    def _offer_unfinished(self) -> None:
        found = self.unfinished()
        self._offered = tuple(carried_over(item) for item in found)
        title = f"Việc chưa xong của năm {self._view.year - 1}"
        self._view.pick.offer(title, [item.action for item in found], ticked=True)

    def _offer_faults(self) -> None:
        found = self._faults()
        self._offered = tuple(from_fault(fault) for fault in found)
        title = f"Hạn chế ghi trong kiểm điểm năm {self._view.year - 1}: chọn điều sẽ khắc phục"
        self._view.pick.offer(title, found, ticked=False)

    def _picked(self, numbers: Sequence[int]) -> None:
        self.add([self._offered[number] for number in numbers], "action")

    def _edited(self, entry: ItemEntry) -> None:
        self.items.update(entry)
        self.written.emit()

    def _move(self, step: int) -> None:
        if self.items.move(step):
            self.written.emit()

    def _remove(self) -> None:
        number = self.items.index() + 1
        removed = self.items.remove()
        if removed is not None:
            self.written.emit()
            self.first_focus().setFocus()
            self._desk.say_done(f"Đã xóa việc {number}.", partial(self._put_back, *removed))

    def _put_back(self, index: int, entry: ItemEntry) -> None:
        if not shiboken6.isValid(self):
            self._desk.say_done("Trang đã đóng nên việc vừa xóa không lấy lại được.")
            return
        self.items.put_back(index, entry)
        self.written.emit()
