"""The left side of the print centre: which papers, for whom, how; and what is missing for that."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.services.papers import KindPlan, PaperKind, PaperOffer, PaperRequest
from app.ui.parts.layout import ScrollBody
from app.ui.screens.papers.audience import Audience
from app.ui.screens.papers.file_choice import FileChoice
from app.ui.screens.papers.gap_list import gaps_in_words
from app.ui.screens.papers.paper_list import NAMED, NAMELESS, WRITTEN, PaperList

_MOST_ASKED_FOR = (PaperKind.REVIEW, PaperKind.PLEDGE, PaperKind.REGISTER, PaperKind.EXTRACT)


class Wishes(ScrollBody):
    """What is to be printed. ``changed``: another wish; ``gaps_asked``: "Xem" was pressed."""

    changed = Signal()
    gaps_asked = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=12, margins=(0, 0, 0, 0), fills=True)
        self.list = PaperList()
        self.audience = Audience()
        self.files = FileChoice()
        self.audience.body.insertWidget(self.audience.body.indexOf(self.audience.note), self.files)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.audience)
        self._offer: PaperOffer | None = None
        self._is_first = True
        self.list.changed.connect(self.changed)
        self.list.meeting_asked.connect(self._take_meeting)
        self.audience.changed.connect(self.changed)

    def request(self, year: int, kinds: Sequence[PaperKind]) -> PaperRequest:
        """What is asked for now, for these papers."""
        mode = self.list.mode.choice()
        return PaperRequest(
            tuple(kinds),
            year,
            () if mode == NAMELESS else self.audience.member_ids(),
            blank=mode != WRITTEN,
            leaders_first=self.audience.leaders_first.is_ticked(),
            annexes=self.audience.annexes.is_ticked(),
            seals=self.audience.seals.is_ticked(),
        )

    def wish(self, kinds: Sequence[PaperKind], member_ids: Sequence[str], *, blank: bool) -> None:
        """Wish for these papers, silently; without members for everybody."""
        self._is_first = False
        self.list.set_ticked(kinds)
        self.list.mode.set_choice(NAMED if blank else WRITTEN)
        if member_ids:
            self.audience.choose(member_ids)
        else:
            self.audience.choose_all()

    def _take_meeting(self) -> None:
        """Everything the review meeting needs, for everybody, leaders first."""
        if self._offer is not None:
            self.list.set_ticked(self._offer.for_meeting)
            self.audience.choose_all()
            self.audience.leaders_first.set_ticked(True)
            self.changed.emit()

    def show_offer(self, offer: PaperOffer) -> None:
        """What there is of each paper, who there is, and what is missing."""
        self._offer = offer
        self.audience.show_people(offer.people)
        self.audience.set_nameless(self.list.mode.choice() == NAMELESS)
        self.list.show_offer(offer)
        if self._is_first:
            self._is_first = False
            self._tick_something(offer)
        self.audience.annexes.set_offered(PaperKind.REVIEW in self.list.ticked())
        words = gaps_in_words(self.plans())
        if words:
            self.audience.note.show_message("warning", words, "Xem", self.gaps_asked.emit)
        else:
            self.audience.note.close_message()

    def _tick_something(self, offer: PaperOffer) -> None:
        """The page comes up with the paper most asked for, so that there is something to see."""
        if not self.list.ticked():
            there = {plan.kind for plan in offer.plans if plan.sheet_count}
            self.list.set_ticked([kind for kind in _MOST_ASKED_FOR if kind in there][:1])

    def plans(self) -> tuple[KindPlan, ...]:
        """The plans of the papers ticked."""
        ticked = self.list.ticked()
        return tuple(plan for plan in self._offer.plans if plan.kind in ticked) if self._offer else ()

    def why_nothing(self, year: int) -> tuple[str, str]:
        """Why there is nothing to look at, and what to do."""
        if self.audience.member_ids() == () and self.list.mode.choice() != NAMELESS:
            return "Chưa chọn người", "Bấm “Chọn người”, hoặc in cho tất cả."
        if not any(row.box.isEnabled() for row in self.list.rows.values()):
            return (
                f"Năm {year} chưa có gì để in",
                "Đồng chí chọn năm khác, hoặc in phiếu trống để viết tay.",
            )
        return "Chưa chọn giấy tờ", "Đánh dấu giấy tờ cần in ở bên trái."

    def place(self) -> dict[str, str]:
        """The papers ticked and whether they are blank, for coming back to."""
        papers = ",".join(self.list.ticked())
        blank = {"blank": "1"} if self.list.mode.choice() == NAMED else {}
        return {"paper": papers, **blank} if papers else {}
