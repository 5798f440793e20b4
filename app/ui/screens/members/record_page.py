"""One member's record: the form, posts, the year's sheet and dated statuses; also the page for a new one."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import Conflict, Problem, UserError, ValidationFailed
from app.domain.member import MemberDraft
from app.services.member_overview import MEMBER_FORM, MemberRecord, open_member
from app.services.members import save_member
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.draft_keeper import DraftKeeper
from app.ui.parts.buttons import make_button
from app.ui.parts.layout import Column
from app.ui.parts.page import ActionBar
from app.ui.screens.members.form_parts import Payload
from app.ui.screens.members.member_form import texts_of
from app.ui.screens.members.record_body import RecordBody
from app.ui.screens.members.record_header import RecordHeader


class RecordPage(DeskPage):
    """Shows and saves one member. ``closed`` asks for the list, with the id to put the cursor on."""

    closed = Signal(str)
    add_requested = Signal()
    follows_year = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._is_first = True
        self._version: int | None = None
        self._member_id: str | None = None
        self._order: tuple[str, ...] = ()
        self._saved_texts: Payload = {}
        self._is_saving = False
        self._sent_texts: Payload = {}
        self._has_just_saved = False
        self._keeper = DraftKeeper(self, MEMBER_FORM, self._unsaved)
        self._keeper.kept.connect(self._draft_kept)
        self._build()
        cards = (self.posts.edited, self.statuses.edited, self.disciplines.edited)
        self._after_typing = (self.form.edited, *cards)
        for signal in self._after_typing:
            signal.connect(self._keeper.touch)
            signal.connect(lambda: self._bar.set_note(""))

    # What it is made of

    def _build(self) -> None:
        column = Column(self, spacing=0)
        self.header = RecordHeader()
        self.header.back_requested.connect(self.go_back)
        self.header.stepped.connect(self._step)
        column.addWidget(self.header)
        self.body = RecordBody(self, self.refresh)
        column.addWidget(self.body, 1)
        self.form, self.posts, self.statuses = self.body.form, self.body.posts, self.body.statuses
        self.kind, self.message = self.body.kind, self.body.message
        self.disciplines = self.body.disciplines
        self.files = self.body.files
        self.save_button = make_button("filled", "Lưu hồ sơ", "check", "Ctrl+Enter", self.save, large=True)
        self.add_button = make_button("outlined", "Thêm người nữa", "plus", "Ctrl+N")
        self.add_button.clicked.connect(self.add_requested)
        self._bar = ActionBar(self.add_button, self.save_button)
        column.addWidget(self._bar)
        self._bar.setVisible(not self.desk.ws.read_only)

    # Whose record

    def open(self, member_id: str | None, order: Sequence[str] = ()) -> None:
        """Show a member, or an empty form for a new one; ``order`` is the list one can step through."""
        self._keeper.flush()
        self._order = tuple(order)
        self._member_id = member_id
        self._is_first = True
        self.message.close_message()
        self.body.close_editors()
        self._keeper.settle()
        self.refresh()

    @property
    def member_id(self) -> str:
        """The member shown, or "" for a new one."""
        return self._member_id or ""

    def reload(self) -> None:
        work = partial(open_member, self.desk.ws, self._member_id, self.desk.year)
        self.read(work, partial(self._show, self._member_id), self._gone)

    def _gone(self, error: UserError) -> None:
        self.desk.background.failed.emit(str(error))
        self.closed.emit("")

    def _show(self, asked_for: str | None, record: MemberRecord) -> None:
        """Show what was read; a form being typed in is left as it is, with the version it was read in."""
        if asked_for != self._member_id:
            return
        is_typed_in = not self._is_first and self.form.texts() != self._saved_texts
        self._show_frame(record)
        if self._has_just_saved and record.member is not None:
            self._has_just_saved, self._version = False, record.member.version
        if not is_typed_in:
            draft = record.member.record if record.member else MemberDraft()
            self._version = record.member.version if record.member else None
            self._saved_texts = texts_of(draft)
            self.form.show_draft(draft)
        if not self._is_first:
            return
        self._is_first = False
        self._bar.set_note("")
        self._keeper.begin(self.member_id, is_stored=record.draft is not None)
        if record.draft is not None:
            self._restore(record.draft.payload, record.draft.saved_at)
        self.body.verticalScrollBar().setValue(0)
        self.form.fields["full_name"].focus_field()

    def _show_frame(self, record: MemberRecord) -> None:
        self.body.show_member(record, self.desk.year)
        place = self._order.index(self.member_id) + 1 if self.member_id in self._order else 0
        self.header.show_person(record.member.name if record.member else "", place, len(self._order))

    # Drafts

    def _unsaved(self) -> dict[str, Any] | None:
        """What is typed and not saved, or None when there is nothing."""
        texts = self.form.texts()
        kept: dict[str, Any] = {} if texts == self._saved_texts else {"form": texts}
        cards = (("post", self.posts), ("status", self.statuses), ("discipline", self.disciplines))
        for name, card in cards:
            if card.is_open:
                kept[name] = card.payload()
        return kept or None

    def _draft_kept(self, saved_at: str) -> None:
        self._bar.set_saved(f"Đã lưu nháp lúc {saved_at[11:16]}. Bấm Lưu hồ sơ để ghi vào sổ.")

    def _restore(self, payload: dict[str, Any], saved_at: str) -> None:
        if "form" in payload:
            self.form.put_texts(payload["form"])
        if self._member_id is not None and "post" in payload:
            self.posts.restore(payload["post"])
        if self._member_id is not None and "status" in payload:
            self.statuses.restore(payload["status"])
        if self._member_id is not None and "discipline" in payload:
            self.disciplines.restore(payload["discipline"])
        day = f"{saved_at[8:10]}/{saved_at[5:7]}/{saved_at[:4]}"
        said = f"Phần đồng chí ghi dở lúc {saved_at[11:16]} ngày {day} đã được đưa lại."
        self.message.show_message("info", said, "Bỏ phần ghi dở", self._give_up)

    def _give_up(self) -> None:
        """Back to what is saved."""
        self.message.close_message()
        self.body.close_editors()
        self._keeper.forget()
        self.form.put_texts(self._saved_texts)
        self._bar.set_note("")
        self.form.fields["full_name"].focus_field()

    # Saving

    def save(self) -> None:
        """Save the form, or the editor one is writing in; problems are said beside their fields."""
        for card in self.body.cards:
            focused = self.focusWidget()
            if card.is_open and focused is not None and card.editor.isAncestorOf(focused):
                card.take()
                return
        self._save(alike=False)

    def _save(self, *, alike: bool) -> None:
        if self._is_saving or self.desk.ws.read_only:
            return
        if problems := self.form.unreadable():
            self._show_problems(problems)
            return
        self._is_saving = True
        self._sent_texts = self.form.texts()
        draft = self.form.draft()
        work = partial(save_member, self.desk.ws, draft, self._member_id, self._version, alike=alike)
        self.write(work, changes={Topic.MEMBERS}, on_done=self._saved, on_error=self._not_saved)

    def _saved(self, member_id: str) -> None:
        self._is_saving = False
        is_new = self._member_id is None
        self.message.close_message()
        self.form.show_problems(())
        name = self._sent_texts["full_name"]
        self._saved_texts = self._sent_texts
        self._has_just_saved = True
        self._keeper.forget()
        self._member_id = member_id
        self._keeper.begin(member_id, is_stored=False)
        if self._unsaved() is not None:
            self._keeper.touch()
        if is_new and member_id not in self._order:
            self._order = (*self._order, member_id)
        self._bar.set_note("")
        self.desk.say_done(f"Đã thêm {name} vào sổ." if is_new else f"Đã lưu hồ sơ {name}.")
        self.refresh()

    def _not_saved(self, error: UserError) -> None:
        self._is_saving = False
        if isinstance(error, ValidationFailed):
            alike = [problem for problem in error.problems if problem.field == "alike"]
            others = [problem for problem in error.problems if problem.field != "alike"]
            if others:
                self._show_problems(others)
            elif alike:
                self._ask_whether_two(alike[0].message)
        elif isinstance(error, Conflict):
            said = f"{error} Những gì đồng chí gõ vẫn còn trên màn hình."
            self.message.show_message("warning", said, "Xem bản trong sổ", self._give_up_for_newer)
        else:
            said = f"{error} Những gì đồng chí gõ vẫn còn trên màn hình."
            self.message.show_message("error", said, "Lưu lại", self.save)

    def _give_up_for_newer(self) -> None:
        self._keeper.forget()
        self._is_first = True
        self.message.close_message()
        self.refresh()

    def _ask_whether_two(self, message: str) -> None:
        consequence = (
            "Nếu là một người, bấm Thôi rồi mở hồ sơ đã có. Nếu là hai người, sổ ghi thêm hồ sơ này."
        )
        if self.desk.dialogs.ask(message, consequence, act_label="Là hai người, lưu", keep_label="Thôi"):
            self._save(alike=True)
        else:
            self.form.fields["full_name"].focus_field()

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        rest = self.form.show_problems(problems)
        if rest:
            self.message.show_message("error", " ".join(problem.message for problem in rest))
        count = len(problems)
        self._bar.set_note(f"Còn {count} chỗ cần xem lại trước khi lưu." if count > 1 else "")

    # Leaving

    def go_back(self) -> bool:
        """Close an open editor first, then lead to the list; what was typed is kept as a draft."""
        for card in self.body.cards:
            if card.is_open:
                card.drop()
                return True
        self._keeper.flush()
        if self._unsaved() is not None and not self.desk.ws.read_only:
            name = self.form.draft().full_name or "người mới"
            self.desk.say_done(f"Phần đang ghi của {name} được giữ làm nháp, mở lại hồ sơ để ghi tiếp.")
        self.closed.emit(self.member_id)
        return True

    def _step(self, step: int) -> None:
        if self.member_id in self._order:
            place = self._order.index(self.member_id) + step
            if 0 <= place < len(self._order):
                self.open(self._order[place], self._order)

    def first_focus(self) -> QWidget:
        """The name."""
        return self.form.fields["full_name"].field
