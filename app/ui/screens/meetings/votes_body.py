"""What the page of votes is made of: header, totals, what is wrong, the table, the foot with the majority."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from app.domain.attendance import count_attendance
from app.domain.errors import Problem, UserError
from app.domain.vote_results import RoundResult
from app.domain.voting import TOTALS, RoundKind, VoteRound, cautions_in_round
from app.services.votes import VotesPage
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import LOCKED, Chip
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Column, FlowLayout, Ground, Row, ScrollBody
from app.ui.parts.messages import EmptyState, MessageBar
from app.ui.parts.page import PageHeader, logical_height
from app.ui.parts.segmented import Segmented
from app.ui.screens.meetings.cautions import Cautions
from app.ui.screens.meetings.round_panel import RoundPanel
from app.ui.screens.meetings.votes_table import VotesTable
from app.ui.screens.meetings.votes_totals import VotesTotals
from app.ui.screens.meetings.votes_words import header_facts
from app.ui.screens.meetings.voting_panel import VotingPanel
from app.ui.theme import px

_TOTALS_ONLY = "Chỉ lưu tổng số, không lưu phiếu của từng người."
_NO_MAJORITY = "không mức nào quá nửa. Đồng chí có thể bỏ phiếu lại, hoặc báo cả hai kết quả lên trên."


class VotesBar(Ground):
    """The foot: the majority and its working left, recording right."""

    def __init__(self, record: QWidget) -> None:
        super().__init__("action")
        row = Row(self, spacing=14, margins=(28, 9, 24, 9))
        words = Column(spacing=1)
        self.majority = Label("", "body", weight=600)
        self.working = Label("", "cap", "ink2")
        words.addWidget(self.majority)
        words.addWidget(self.working)
        row.addLayout(words, 1)
        self._kept_icon = IconLabel("circle-check", "ok", 18)
        self.kept = Label("", "cap", "ink2")
        row.addWidget(self._kept_icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.kept)
        record.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)  # the words give way first
        row.addWidget(record, 0, Qt.AlignmentFlag.AlignVCenter)
        self.say_kept("")

    def say_kept(self, words: str) -> None:
        """What is saved: "Đã lưu nháp lúc 19:32."."""
        self.kept.setText(words)
        self.kept.setVisible(bool(words))
        self._kept_icon.setVisible(bool(words))


class VotesBody:
    """Builds the page into its widget; shows what it is told, decides nothing."""

    def __init__(
        self, page: QWidget, go_to_problem: Callable[[], object], to_attendance: Callable[[], object]
    ) -> None:
        self._go_to_problem, self._to_attendance = go_to_problem, to_attendance
        self.back = make_button("outlined", "Buổi họp", "arrow-left", "Esc")
        self.locked = Chip(LOCKED)
        self.locked.hide()
        self.ballots = make_button("outlined", "In phiếu", "printer", "Ctrl+P")
        self.minutes = make_button("outlined", "In biên bản", "file-text")
        actions = (self.locked, self.ballots, self.minutes)
        self.header = PageHeader("Kiểm phiếu xếp loại", "", actions, lead=self.back)
        self.message = MessageBar()
        self.rounds = Segmented([], name="Vòng bỏ phiếu", chosen="0")
        self.more = make_button("ghost", "Bỏ phiếu lại, thêm vòng…", "plus")
        self.take_back = make_button("ghost", "Bỏ vòng này", "undo-2")
        self.way = make_button("ghost", "Cách biểu quyết…", "settings")
        self.voting, self.round_panel = VotingPanel(), RoundPanel()
        self.totals, self.table = VotesTotals(), VotesTable()
        self.wrong, self.cautions = MessageBar(), Cautions()
        self.first = make_button("filled", "Bắt đầu kiểm phiếu", "plus")
        self.first_way = make_button("outlined", "Cách biểu quyết…", "settings")
        self.empty = EmptyState("scale", "", "", (self.first, self.first_way))
        self.record = make_button("filled", "Ghi kết quả", "check", "Ctrl+Enter", large=True)
        self.bar = VotesBar(self.record)
        self._page = page
        self._lay_out(page)

    def _lay_out(self, page: QWidget) -> None:
        column = Column(page, spacing=0)
        column.addWidget(self.header)
        self.scroll = ScrollBody(spacing=10, margins=(28, 12, 24, 12), fills=True)
        body = self.scroll.body
        body.addWidget(self.message)
        self.tools = QWidget()
        flow = FlowLayout(self.tools, spacing=8)
        for widget in (self.rounds, self.more, self.take_back, self.way):
            flow.addWidget(widget)
        body.addWidget(self.tools)
        for part in (self.totals, self.wrong, self.cautions):
            body.addWidget(part)
        body.addWidget(self.table, 1)
        body.addWidget(self.empty, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.scroll)
        for panel in (self.voting, self.round_panel):
            around = ScrollBody(margins=(28, 14, 24, 14))
            around.body.addWidget(panel)
            self._stack.addWidget(around)
        column.addWidget(self._stack, 1)
        column.addWidget(self.bar)
        self.scroll.inner.hide()
        self.bar.hide()
        self.table.entered.connect(lambda: self.scroll.ensureWidgetVisible(self.table, 0, px(8)))

    # The meeting

    def say_not_opened(self, error: UserError) -> None:
        """The meeting is gone, or its year has no rules."""
        self.scroll.inner.show()
        for widget in (self.tools, self.totals, self.table, self.empty, self.bar):
            widget.hide()
        self.message.show_message("warning", str(error))

    def show_page(self, page: VotesPage, *, can_write: bool) -> None:
        """Everything but the numbers of a round."""
        self.header.set_facts(header_facts(page))
        self.locked.setVisible(page.is_closed)
        has_rounds = bool(page.rounds)
        self.scroll.inner.show()
        self.bar.show()
        self.rounds.set_options([(str(n), each.title) for n, each in enumerate(page.rounds)])
        self.tools.setVisible(has_rounds)
        for widget in (self.totals, self.table):
            widget.setVisible(has_rounds)
        self.empty.setVisible(not has_rounds)
        for button in (self.more, self.way, self.first, self.first_way):
            button.setVisible(can_write)
        why = f"{len(page.subjects)} đồng chí được xếp loại. "
        why += "Chọn cách biểu quyết nếu khác quy định, rồi bắt đầu nhập số phiếu."
        self.empty.set_words("Chưa có vòng bỏ phiếu nào", why)
        self._say_attendance(page)

    def _say_attendance(self, page: VotesPage) -> None:
        counts = count_attendance(page.meeting.attendance)
        if counts.members and counts.unknown == counts.members:
            words = "Chưa điểm danh buổi họp nên chưa biết phát bao nhiêu phiếu."
            self.message.show_message("info", words, "Điểm danh", self._to_attendance)
        elif self.message.text.startswith("Chưa điểm danh"):
            self.message.close_message()

    def show_round(self, page: VotesPage, votes: VoteRound, place: int, *, can_write: bool) -> None:
        """One round's frame: which it is, whether it can be taken back."""
        self.rounds.set_choice(str(place))
        is_last = place == len(page.rounds) - 1
        self.take_back.setVisible(can_write and is_last and votes.is_empty)
        self.table.votes.is_editable = can_write
        counts = count_attendance(page.meeting.attendance)
        self.totals.show_round(votes, counts.convened, counts.with_vote, is_editable=can_write)

    # Numbers

    def show_numbers(
        self, page: VotesPage, votes: VoteRound, result: RoundResult, problems: Sequence[Problem]
    ) -> None:
        """Sums, checks, results and what is wrong, as the numbers stand."""
        wrong: dict[str, set[str]] = defaultdict(set)
        for problem in problems:
            subject, _, answer = problem.field.partition(".")
            wrong[subject].add(answer)
        for count in votes.counts:
            if "total" in wrong.get(count.subject_id, ()):
                filled = [answer.value for answer in votes.kind.answers if count.of(answer)]
                wrong[count.subject_id].update(filled[-1:])
        totals = tuple(name for name in TOTALS if name in wrong)
        self.totals.check(votes, page.voters, totals)
        self.table.show_round(votes, page.names, result, wrong)
        rows = [p for p in cautions_in_round(votes, page.voters, page.names) if p.field not in TOTALS]
        self.cautions.show_cautions([*_undecided(page, result), *rows] if not problems else ())

    def show_foot(self, result: RoundResult | None, page: VotesPage, working: str) -> None:
        """The majority in words, its working below."""
        self.bar.majority.setText(result.majority_text if result else "Chưa có vòng bỏ phiếu nào.")
        self.bar.working.setText(f"{working} {_TOTALS_ONLY}")
        self.bar.working.setVisible(logical_height(self._page) >= 480)

    def show_state(
        self, page: VotesPage, problems: Sequence[Problem], others_wrong: bool, *, can_write: bool
    ) -> None:
        """What is wrong first, and whether results can be recorded."""
        if problems:
            more = f" Còn {len(problems) - 1} chỗ khác." if len(problems) > 1 else ""
            self._say_wrong(problems[0].message + more)
        else:
            self.wrong.close_message()
        has_numbers = any(not each.is_empty for each in page.rounds)
        self.record.setVisible(can_write and bool(page.rounds))
        is_right = has_numbers and not problems and not others_wrong
        self.record.setEnabled(is_right and self._stack.currentIndex() == 0)

    def _say_wrong(self, words: str) -> None:
        if words != self.wrong.text:
            self.wrong.show_message("error", words, "Tới ô đó", self._go_to_problem)
            if self.wrong.button is not None:
                self.wrong.button.set_key("F8", bind=False)

    # Panels

    def open_panel(self, panel: QWidget) -> None:
        """A panel takes the page's middle until it is done with."""
        self._stack.setCurrentIndex(1 if panel is self.voting else 2)
        self.record.setEnabled(False)

    def close_panels(self) -> bool:
        """Back to the numbers; False when no panel was open."""
        was_open = self._stack.currentIndex() > 0
        self._stack.setCurrentIndex(0)
        return was_open

    def first_focus(self) -> QWidget:
        """The first total, else the way to begin."""
        if self.totals.isVisibleTo(self._page):
            return self.totals.lines["issued"]
        return self.first


def _undecided(page: VotesPage, result: RoundResult) -> list[Problem]:
    """Who has no majority; in a round for the top grade that is an answer like any other."""
    if result.votes.kind is RoundKind.EXCELLENT:
        return []
    names = [
        page.names.get(line.subject_id, "") + (" (ngang phiếu)" if line.is_tie else "")
        for line in result.lines
        if line.no_majority
    ]
    return [Problem("", f"{', '.join(names)}: {_NO_MAJORITY}")] if names else []
