"""One member's pledge of a year: written, handed in, and changed with a reason once it is passed."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.errors import Problem
from app.domain.permissions import Act
from app.domain.pledge import Pledge, PledgeItem
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.draft_keeper import DraftKeeper
from app.ui.parts.layout import Column
from app.ui.screens.pledges.editor_view import EditorView
from app.ui.screens.pledges.handing_in import HandingIn
from app.ui.screens.pledges.item_bench import ItemBench
from app.ui.screens.pledges.item_list import ItemEntry
from app.ui.screens.pledges.passed_changes import PassedChanges
from app.ui.screens.pledges.pledge_reading import DRAFT_FORM, LoadedPledge, draft_key, read_pledge
from app.ui.screens.pledges.pledge_words import empty_words, last_year_words, moment

_WARN_MS = 400


class PledgeEditor(DeskPage):
    """``closed`` says that the person goes back; what was typed is in the book or kept as a draft by then.

    ``handed_in``: the pledge is with the cell now.
    """

    topics = frozenset({Topic.PLEDGES, Topic.REVIEWS, Topic.CONTENT_SETS})
    help_topic = "pledges"
    closed = Signal()
    handed_in = Signal()

    def __init__(self, desk: Desk, member_id: str, year: int) -> None:
        super().__init__(desk)
        self.member_id, self.year = member_id, year
        self._loaded: LoadedPledge | None = None
        self.view = EditorView(year, "Đăng ký năm" if desk.ws.may(Act.LIST_PLEDGES) else "Trang của tôi")
        Column(self, spacing=0).addWidget(self.view)
        self.bench = ItemBench(self, desk, self.view, self._may_edit)
        self.changes = PassedChanges(self, self.view, self.bench, lambda: self.loaded.page.pledge)
        self.keeper = DraftKeeper(self, DRAFT_FORM, self._draft)
        self.handing_in = HandingIn(self, self.view, self.bench, self.keeper, lambda: self.loaded.page.pledge)
        self._warn_timer = QTimer(self)
        self._warn_timer.setSingleShot(True)
        self._warn_timer.setInterval(_WARN_MS)
        self._warn_timer.timeout.connect(self._show_warnings)
        self._listen()

    def _listen(self) -> None:
        view = self.view
        view.back.clicked.connect(lambda: self.go_back())
        view.add.clicked.connect(lambda: self._add())
        view.print.clicked.connect(lambda: self._print())
        view.print.setVisible(self.desk.ws.may(Act.LIST_PLEDGES))
        view.submit.clicked.connect(lambda: self._hand_in())
        self.bench.written.connect(self._written)
        self.bench.turned.connect(self._show_all)
        self.changes.begun.connect(self._written)
        self.changes.saved.connect(self._adopt)
        self.changes.refused.connect(self._refuse_change)
        self.handing_in.saved.connect(self._adopt)
        self.handing_in.refused.connect(self._not_saved)
        self.keeper.kept.connect(self._draft_kept)
        QShortcut(QKeySequence("Ctrl+S"), self, self.keeper.flush)

    # What the book says

    @property
    def loaded(self) -> LoadedPledge:
        """What the book says; only after it has been read."""
        assert self._loaded is not None
        return self._loaded

    def reload(self) -> None:
        self.read(partial(read_pledge, self.desk.ws, self.member_id, self.year), self._show)

    def _show(self, loaded: LoadedPledge) -> None:
        """Show what the book says, but never over what is being written."""
        was_empty = self._loaded is None
        is_other_mode = self._loaded is None or self._loaded.mode != loaded.mode
        keeps = not is_other_mode and self._has_unsaved()
        if is_other_mode:
            self.keeper.flush()
        self._loaded = loaded
        self.bench.set_loaded(loaded)
        if not keeps:
            self.changes.forget()
            self.bench.items.show(loaded.page.pledge.items)
        elif self.changes.is_open:
            self.changes.show_again(loaded.page.pledge.items)
        if is_other_mode:
            self.view.message.close_message()
            self._restore()
        self._show_all()
        if was_empty and self.isVisible():
            self.first_focus().setFocus()

    def _adopt(self, pledge: Pledge) -> None:
        """The book has taken what was written."""
        self.keeper.forget()
        self.changes.forget()
        self.bench.items.show(pledge.items)
        self.view.bar.set_note("")
        self.view.problems.show_problems(())
        self._show(replace(self.loaded, page=replace(self.loaded.page, pledge=pledge), draft=None))

    def _has_unsaved(self) -> bool:
        if self._loaded is None:
            return False
        if self.loaded.mode == "write":
            items = self.bench.items
            return items.items() != self.loaded.page.pledge.items or bool(items.due_problems())
        return self.changes.is_open

    # Drafts

    def _draft(self) -> dict[str, Any]:
        version = self.loaded.page.pledge.version
        return {"version": version, "items": self.bench.items.as_draft(), "change": self.changes.as_draft()}

    def _draft_kept(self, at: str) -> None:
        is_mine = self.desk.ws.actor.member_id == self.member_id
        more = " Chỉ đồng chí đọc được bản nháp." if is_mine else ""
        self.view.bar.set_saved(f"Đã lưu nháp lúc {at[11:16]}.{more}")

    def _restore(self) -> None:
        """Bring back what was left unsaved, and say so."""
        loaded, draft = self.loaded, self.loaded.draft
        self.keeper.begin(draft_key(self.member_id, self.year), is_stored=draft is not None)
        change = draft.payload["change"] if draft else {}
        if draft is None or loaded.mode != ("passed" if change else "write"):
            return
        stored = loaded.page.pledge.items
        if change:
            self.changes.restore(change, stored)
        else:
            self.bench.items.restore(draft.payload["items"], stored)
        words = f"Đây là bản nháp đồng chí viết lúc {moment(draft.saved_at)}, chưa lưu vào sổ."
        if draft.payload["version"] != loaded.page.pledge.version:
            words += " Sau lúc đó đăng ký trong sổ đã đổi, xin xem lại từng việc."
        self.view.message.show_message("info", words, "Bỏ bản nháp", self._drop_draft)

    def _drop_draft(self) -> None:
        self.view.message.close_message()
        self._adopt(self.loaded.page.pledge)

    # What it shows

    def _may_edit(self, entry: ItemEntry) -> bool:
        return self.loaded.mode == "write" or self.changes.is_on(entry)

    def _written(self) -> None:
        self.view.bar.set_note("")
        self.keeper.touch()
        self.handing_in.show_what_is_left()
        self._show_all()

    def _show_all(self) -> None:
        loaded, view = self.loaded, self.view
        facts = [f"{len(self.bench.items.entries)} việc"]
        if self.desk.ws.actor.member_id != self.member_id:
            facts.append("nhập thay")
        view.show_facts(loaded.page.pledge, loaded.page.member.name, " · ".join(facts), loaded.page.is_closed)
        view.add.setVisible(loaded.mode in ("write", "passed") and not self.changes.is_open)
        view.add.set_words("Thêm việc…" if loaded.mode == "passed" else "Thêm việc")
        view.submit.set_icon("check" if self.changes.is_open else "send")
        view.submit.set_words(self.changes.save_words() if self.changes.is_open else "Gửi cho chi bộ")
        has_items = bool(self.bench.items.entries)
        view.submit.setVisible(self.changes.is_open or (loaded.mode == "write" and has_items))
        view.card.show_shaping(loaded.mode == "write")
        self._show_emptiness()
        self._say_state()
        self.bench.show()
        self.changes.show_acts(loaded.mode == "passed")
        self._warn_timer.start()

    def _say_state(self) -> None:
        loaded, message, pledge = self.loaded, self.view.message, self.loaded.page.pledge
        if loaded.mode == "sent":
            words = f"Đã gửi lúc {moment(pledge.submitted_at or '')}, chờ chi bộ thông qua."
            message.show_message("info", words, "Sửa lại", self._take_back)
        elif loaded.mode == "write" and pledge.committee_comment and not message.text:
            message.show_message("warning", f"Chi ủy trả lại để ghi thêm: {pledge.committee_comment}")
        elif loaded.page.is_closed:
            self.view.bar.set_note(f"Năm {self.year} đã khóa: xem và in được, không sửa được.")
        elif loaded.mode == "passed" and not self.changes.is_open:
            self.view.bar.set_note("Đổi hoặc thêm việc sau khi chi bộ thông qua thì ghi lý do.")

    def _show_emptiness(self) -> None:
        is_own = self.desk.ws.actor.member_id == self.member_id
        title, words = empty_words(self.loaded.page, bool(self.bench.unfinished()), is_own=is_own)
        self.view.show_emptiness(not self.bench.items.entries, title, words)

    def _show_warnings(self) -> None:
        if QApplication.activePopupWidget() is not None:
            # A sentence coming now would push the field away from under its open list.
            self._warn_timer.start()
            return
        is_writing = self.loaded.mode == "write"
        warnings = self.loaded.page.warnings(self.bench.items.items()) if is_writing else ()
        look = self._look_at_last_year if self.loaded.page.last_year else None
        self.view.show_warnings(warnings, f"Xem bản {self.year - 1}", look)

    def _look_at_last_year(self) -> None:
        words = last_year_words(self.loaded.page.last_year, self.year - 1)
        self.desk.dialogs.tell(f"Đăng ký năm {self.year - 1}", words, close_label="Đóng")

    def first_focus(self) -> QWidget:
        """Where the page begins."""
        return self.view.back if self._loaded is None else self.bench.first_focus()

    # Handing in

    def _add(self) -> None:
        if self.loaded.mode == "passed":
            self.changes.add()
        else:
            self.bench.add((PledgeItem(),), "content_code")

    def _hand_in(self) -> None:
        if self.changes.is_open:
            self.changes.save()
        else:
            self.handing_in.hand_in(self._handed_in)

    def _handed_in(self) -> None:
        thanks = " Cảm ơn đồng chí." if self.desk.ws.actor.member_id == self.member_id else ""
        self.desk.say_done(f"Đã gửi đăng ký năm {self.year} cho chi bộ.{thanks}")
        self.view.back.setFocus()
        self.handed_in.emit()

    def _take_back(self) -> None:
        self.handing_in.save(lambda: self.first_focus().setFocus())

    def _not_saved(self, sentence: str) -> None:
        self._show_all()
        leave = partial(self.keeper.after_kept, self.closed.emit)
        self.view.message.show_message("error", sentence, "Rời trang, giữ bản nháp", leave)

    def _refuse_change(self, problems: tuple[Problem, ...]) -> None:
        self.view.go_to_field(problems[0].field, problems[0].message)

    # Leaving

    def _print(self) -> None:
        self.leave(lambda: self.desk.go_to("papers", paper="pledge", member=self.member_id))

    def go_back(self) -> bool:
        """Esc: give up choosing, else leave."""
        if self.view.pick.isVisible():
            self.view.pick.close_panel()
        else:
            self.leave(self.closed.emit)
        return True

    def leave(self, then: Callable[[], object]) -> None:
        """Go on to something else; what was written goes into the book as being written."""

        def left() -> None:
            self.desk.say_done(f"Đã lưu đăng ký năm {self.year}, chưa gửi cho chi bộ.")
            then()

        if self._loaded is None:
            then()
        elif self.loaded.mode == "write" and self._has_unsaved() and not self.bench.items.due_problems():
            self.handing_in.save(left)
        elif not self.handing_in.is_busy:
            self.keeper.after_kept(then)
