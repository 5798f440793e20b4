"""Bước 5 của cuối năm: the reports of the committee and the cell (Mẫu 01), the draft sent in time."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from app.domain.dates import format_date
from app.domain.errors import UserError, ValidationFailed
from app.domain.review import ReviewKey
from app.services.collectives import CollectiveView, note_draft_sent, open_collectives
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import FormField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody, clear_layout
from app.ui.parts.messages import EmptyState, MessageBar
from app.ui.parts.page import PageHeader, logical_width
from app.ui.screens.year_end.collective_card import CollectiveCard
from app.ui.screens.year_end.review_editor import ReviewEditor

_SIDE_BY_SIDE = 1100


class CollectivePage(DeskPage):
    """Two cards and the day the draft went out; a report opens in the page's place. ``closed``: back."""

    closed = Signal()
    topics = frozenset({Topic.REVIEWS, Topic.MEMBERS, Topic.BOOK, Topic.RULES, Topic.MEETINGS})
    follows_year = True
    help_topic = "reviews"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: CollectiveView | None = None
        self.editor: ReviewEditor | None = None
        self.cards: dict[str, CollectiveCard] = {}
        self._wanted = ""
        self._stack = QStackedWidget()
        Column(self, spacing=0).addWidget(self._stack)
        self._front = QWidget()
        self._stack.addWidget(self._front)
        self._build()

    def _build(self) -> None:
        back = make_button("outlined", "Cuối năm", "arrow-left", "Esc", self.go_back)
        self.print = make_button("outlined", "In báo cáo", "printer", "Ctrl+P", self._print)
        self.votes = make_button("outlined", "Bỏ phiếu", "list-checks", on_click=self._to_votes)
        self.header = PageHeader("Kiểm điểm tập thể", "", (self.votes, self.print), lead=back)
        column = Column(self._front, spacing=0)
        column.addWidget(self.header)
        self._body = ScrollBody(spacing=14)
        body = self._body.body
        self.order = MessageBar()
        body.addWidget(self.order)
        self._cards = Row(spacing=14)
        body.addLayout(self._cards)
        body.addWidget(self._build_sending())
        column.addWidget(self._body, 1)
        self.empty = EmptyState("scale", "", "")
        self.empty.hide()
        column.addWidget(self.empty, 1)

    def _build_sending(self) -> Card:
        card = Card(spacing=8)
        card.body.addWidget(Label("Gửi dự thảo báo cáo", "h3", weight=600))
        self.standing = Label("")
        card.body.addWidget(self.standing)
        self.late = MessageBar()
        card.body.addWidget(self.late)
        row = Row(spacing=10)
        self.sent = DateField()
        self.sent_field = FormField("Ngày gửi dự thảo", self.sent)
        self.note = make_button("outlined", "Ghi ngày gửi", "check", on_click=self._note_sent)
        row.addWidget(self.sent_field)
        row.addWidget(self.note, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        card.body.addLayout(row)
        self.source = Label("", "cap", "ink2")
        card.body.addWidget(self.source)
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        is_narrow = logical_width(self) < _SIDE_BY_SIDE
        self._cards.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    # Reading

    def reload(self) -> None:
        work = partial(open_collectives, self.desk.ws, self.desk.year)
        self.read(work, self._show, self._not_read)

    def _not_read(self, error: UserError) -> None:
        self._body.hide()
        self.empty.show()
        self.empty.set_words(f"Năm {self.desk.year} chưa kiểm điểm được tập thể", str(error))

    def _show(self, view: CollectiveView) -> None:
        self.shown = view
        self._body.show()
        self.empty.hide()
        self.header.set_title(f"Kiểm điểm tập thể {view.year}")
        names = " và ".join(line.label.lower() for line in view.lines)
        self.header.set_facts(f"Báo cáo của {names} · xếp loại chi bộ sau mọi đảng viên")
        clear_layout(self._cards)
        self.cards = {}
        for line in view.lines:
            card = CollectiveCard(line, may_print=line.review is not None)
            card.opened.connect(partial(self.open_report, line.key))
            card.printed.connect(self._print)
            self.cards[line.key.subject_id] = card
            self._cards.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)
        self.votes.setVisible(bool(view.meeting_id))
        self._show_sending(view)
        warning = view.order_warning()
        if view.is_closed:
            self.order.show_message("info", f"Năm {view.year} đã khóa nên báo cáo chỉ để xem và in.")
        elif warning:
            self.order.show_message("info", warning, "Xem mức đề xuất", self._to_proposals)
        else:
            self.order.close_message()
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.open_report(ReviewKey(wanted, view.year))

    def _show_sending(self, view: CollectiveView) -> None:
        draft, may_write = view.draft, not view.is_closed and not self.desk.ws.looks_only
        self.sent.set_value(draft.sent_on)
        self.sent.setEnabled(may_write)
        self.note.setEnabled(may_write)
        sentence = draft.sentence()
        self.source.setText(f"{draft.rule.source}. Chưa trừ ngày nghỉ Tết." if draft.rule else "")
        self.source.setVisible(draft.rule is not None)
        self.standing.setText("" if draft.is_short else sentence)
        self.standing.setVisible(not draft.is_short)
        if draft.is_short:
            self.late.show_message("warning", sentence)
        else:
            self.late.close_message()

    # Writing

    def _note_sent(self) -> None:
        if problem := self.sent.problem():
            self.sent_field.set_error(problem)
            return
        before = self.shown.draft.sent_on if self.shown else None
        day = self.sent.value()
        words = f"Đã ghi gửi dự thảo ngày {format_date(day)}." if day else "Đã bỏ ngày gửi dự thảo."
        work = partial(note_draft_sent, self.desk.ws, self.desk.year, day)
        undo_work = partial(note_draft_sent, self.desk.ws, self.desk.year, before)

        def undo() -> None:
            self.write(undo_work, changes={Topic.REVIEWS}, on_done=lambda _none: None)

        def done(_none: None) -> None:
            self.sent_field.set_error("")
            self.desk.say_done(words, undo)

        self.write(work, changes={Topic.REVIEWS}, on_done=done, on_error=self._refused)

    def _refused(self, error: UserError) -> None:
        if isinstance(error, ValidationFailed):
            self.sent_field.set_error(error.problems[0].message)
        else:
            self.desk.background.failed.emit(str(error))

    # One report

    def open_report(self, key: ReviewKey) -> None:
        """Open a collective's report in place of the cards."""
        self._leave_editor()
        self.editor = ReviewEditor(self.desk, key)
        self.editor.closed.connect(self._back_to_cards)
        self._stack.addWidget(self.editor)
        self._stack.setCurrentWidget(self.editor)

    def _leave_editor(self) -> None:
        if self.editor is not None:
            editor, self.editor = self.editor, None
            self._stack.setCurrentWidget(self._front)
            self._stack.removeWidget(editor)
            editor.hide()
            editor.deleteLater()

    def _back_to_cards(self) -> None:
        subject = self.editor.key.subject_id if self.editor else ""
        self._leave_editor()
        card = self.cards.get(subject)
        if card is not None and card.open is not None:
            card.open.setFocus(Qt.FocusReason.OtherFocusReason)

    # Ways on

    def _print(self) -> None:
        self.desk.go_to("papers", paper="collective")

    def _to_votes(self) -> None:
        """The rounds of the review meeting, where the collectives are voted on too."""
        if self.shown is not None:
            self.desk.go_to("meetings", meeting=self.shown.meeting_id, part="votes")

    def _to_proposals(self) -> None:
        self.desk.go_to("reviews", step="proposal")

    def show_place(self, member: str = "", **_more: str) -> None:
        """Open the report of the cell or its committee."""
        if member and self.shown is not None and self.shown.year == self.desk.year:
            self.open_report(ReviewKey(member, self.desk.year))
        else:
            self._wanted = member

    def place(self) -> dict[str, str]:
        """The report open, to come back to."""
        return {"member": self.editor.key.subject_id} if self.editor else {}

    def go_back(self) -> bool:
        """From a report to the cards, from the cards to the steps."""
        if self.editor is not None:
            return self.editor.go_back()
        self.closed.emit()
        return True

    def first_focus(self) -> QWidget | None:
        """The first report's button, or the editor's field."""
        if self.editor is not None:
            return self.editor.first_focus()
        first = next(iter(self.cards.values()), None)
        return first.open if first is not None and first.open is not None else self.sent
