"""Another round: a re-vote for chosen people, the top grade's round, the round on the collectives."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal

from app.domain.rule_set import MajorityBase
from app.domain.vote_results import MeetingVotes
from app.domain.voting import RoundKind
from app.services.votes import VotesPage, VoteSubject
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import FormField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, FlowLayout
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.parts.segmented import Segmented
from app.ui.theme import px

_REVOTE = "bỏ phiếu lại"


@dataclass(frozen=True, slots=True)
class _Row:
    subject: VoteSubject
    result: str


class RoundPanel(Card):
    """``begun``: the person wants the round; ``given_up`` closes the panel."""

    begun = Signal()
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=10)
        self._page: VotesPage | None = None
        self._results = MeetingVotes(MajorityBase.CONVENED)
        self.title = Label("Bỏ phiếu thêm", "h3")
        self.body.addWidget(self.title)
        self.kinds = Segmented([], name="Phiếu hỏi gì")
        self.kinds.chosen.connect(lambda _key: self._show_people())
        self.body.addWidget(FormField("Phiếu hỏi gì", self.kinds))
        self.people: RecordTable[_Row] = RecordTable(
            [
                TableColumn("Bỏ phiếu cho", lambda r: r.subject.name, width=200, stretch=2, bold=True),
                TableColumn("Kết quả đến nay", lambda r: r.result, width=200, stretch=2, tone="ink2"),
            ],
            lambda r: r.subject.subject_id,
            name="Bỏ phiếu cho ai",
            tickable=lambda _r: True,
        )
        self.people.ticked_changed.connect(lambda _keys: self._name_button())
        self.body.addWidget(self.people)
        acts = FlowLayout(spacing=10)
        self.begin_button = make_button("outlined", "Thêm vòng", "plus", None, self.begun.emit)
        acts.addWidget(self.begin_button)
        acts.addWidget(make_button("ghost", "Thôi", None, None, self.given_up.emit))
        self.body.addLayout(acts)

    def begin(self, page: VotesPage, results: MeetingVotes, kind: RoundKind | None = None) -> None:
        """Open; who has no majority yet is ticked, everybody else can be."""
        self._page, self._results = page, results
        options = [
            (each.value, each.short.capitalize())
            for each in RoundKind
            if page.default_subjects(each) or each is not RoundKind.EXCELLENT
        ]
        self.kinds.set_options(options)
        self.kinds.set_choice((kind or self._likely()).value)
        self._show_people()
        self.people.setFocus()

    def _likely(self) -> RoundKind:
        rounds = self._results.rounds
        asked = {result.votes.kind for result in rounds}
        if RoundKind.LOWER_GRADES in asked and RoundKind.EXCELLENT not in asked:
            return RoundKind.EXCELLENT
        return rounds[-1].votes.kind if rounds else RoundKind.FOUR_GRADES

    @property
    def kind(self) -> RoundKind:
        """What the ballots will ask."""
        return RoundKind(self.kinds.choice() or RoundKind.FOUR_GRADES.value)

    @property
    def note(self) -> str:
        """Says of a round that it votes again on people voted on before."""
        asked = {
            line.subject_id
            for result in self._results.rounds
            if (result.votes.kind is RoundKind.EXCELLENT) == (self.kind is RoundKind.EXCELLENT)
            for line in result.lines
        }
        return _REVOTE if asked & set(self.subjects()) else ""

    def subjects(self) -> tuple[str, ...]:
        """Whom the ballots will ask about, in the table's order."""
        ticked = self.people.records.ticked()
        return tuple(
            r.subject.subject_id for r in self.people.records.records if r.subject.subject_id in ticked
        )

    def _offered(self) -> Sequence[VoteSubject]:
        page = self._page
        if page is None:
            return ()
        return page.collectives if self.kind is RoundKind.COLLECTIVE else page.subjects

    def _show_people(self) -> None:
        if self._page is None:
            return
        offered = self._offered()
        if self.kind is RoundKind.EXCELLENT:
            candidates = self._page.default_subjects(RoundKind.EXCELLENT)
            offered = [each for each in offered if each.subject_id in candidates]
        finals = {each.subject_id: each for each in self._results.finals}
        self.people.set_records(
            [
                _Row(each, finals[each.subject_id].text if each.subject_id in finals else "Chưa bỏ phiếu")
                for each in offered
            ]
        )
        open_ones = {
            each.subject_id
            for each in offered
            if each.subject_id not in finals or finals[each.subject_id].no_majority
        }
        if self.kind is RoundKind.EXCELLENT:
            open_ones = {each.subject_id for each in offered}
        self.people.records.set_ticked(open_ones)
        rows = min(max(len(offered), 1), 6)
        self.people.setFixedHeight(px(36) + rows * px(33) + 4)
        self._name_button()

    def _name_button(self) -> None:
        count = len(self.subjects())
        number = len(self._results.rounds) + 1
        what = "tập thể" if self.kind is RoundKind.COLLECTIVE else "đồng chí"
        self.begin_button.set_words(f"Thêm vòng {number} cho {count} {what}")
        self.begin_button.setEnabled(count > 0)
