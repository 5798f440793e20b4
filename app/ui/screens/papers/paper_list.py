"""The papers of a year to tick, written out or blank, each with its sheets and pages."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.services.papers import KindPlan, PaperKind, PaperOffer
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, rule
from app.ui.parts.segmented import Segmented
from app.ui.screens.papers.tick_row import TickRow
from app.ui.theme import theme

WRITTEN, NAMED, NAMELESS = "written", "named", "nameless"
_MODES = ((WRITTEN, "Đã ghi"), (NAMED, "Trống, có tên"), (NAMELESS, "Trống hẳn"))
_GROUPS = (
    ("Họp kiểm điểm cuối năm", (PaperKind.REVIEW, PaperKind.EXTRACT)),
    ("Trong năm", (PaperKind.PLEDGE, PaperKind.REGISTER, PaperKind.MATRIX)),
)
_WHAT = {
    PaperKind.REVIEW: "Mẫu theo quy định của năm",
    PaperKind.EXTRACT: "Người đứng đầu đơn vị nhận",
    PaperKind.PLEDGE: "Ký đầu năm",
    PaperKind.REGISTER: "Bìa, đăng ký, 12 tháng, tổng hợp",
    PaperKind.MATRIX: "Khổ ngang, cả chi bộ",
}


class _Band(QWidget):
    """The head of a group of papers."""

    def __init__(self, title: str) -> None:
        super().__init__()
        Column(self, margins=(11, 7, 11, 7)).addWidget(Label(title, "cap", "ink2", weight=600))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("sunken"))


class PaperList(Card):
    """What to print. ``changed`` says that the person ticked something or wants blank sheets."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=0, margins=(1, 1, 1, 1))
        self.mode = Segmented(_MODES, name="In bản nào", chosen=WRITTEN)
        self.mode.chosen.connect(lambda _key: self.changed.emit())
        holder = Column(margins=(11, 10, 11, 10))
        holder.addWidget(self.mode)
        self.body.addLayout(holder)
        self.rows: dict[PaperKind, TickRow] = {}
        for title, kinds in _GROUPS:
            self.body.addWidget(_Band(title))
            for number, kind in enumerate(kinds):
                if number:
                    self.body.addWidget(rule())
                row = self.rows[kind] = TickRow(kind.label, _WHAT[kind], margins=(11, 5, 11, 5))
                row.ticked.connect(lambda _on: self.changed.emit())
                self.body.addWidget(row)

    def ticked(self) -> tuple[PaperKind, ...]:
        """The papers taken, in the order of the list, as far as there are any."""
        return tuple(kind for kind, row in self.rows.items() if row.is_ticked() and row.box.isEnabled())

    def first_box(self) -> QWidget:
        """Where the keyboard begins: the first paper that can be ticked."""
        boxes = [row.box for row in self.rows.values()]
        return next((box for box in boxes if box.isEnabled()), boxes[0])

    def set_ticked(self, kinds: Sequence[PaperKind]) -> None:
        """Take these and leave the others, silently."""
        for kind, row in self.rows.items():
            row.set_ticked(kind in kinds)

    def show_offer(self, offer: PaperOffer) -> None:
        """How many sheets there are of each; what there is none of cannot be taken."""
        for plan in offer.plans:
            row = self.rows[plan.kind]
            row.set_offered(plan.sheet_count > 0)
            row.set_facts(_below(plan, offer.refused), _sheets(plan), is_strong=False)

    def show_pages(self, pages: Mapping[PaperKind, int]) -> None:
        """How many pages the papers taken come to."""
        for kind, count in pages.items():
            row = self.rows[kind]
            row.set_facts(row.below.text(), f"{count} trang", is_strong=True)


def _sheets(plan: KindPlan) -> str:
    return f"{plan.sheet_count} bản" if plan.sheet_count else "—"


def _below(plan: KindPlan, refused: Mapping[PaperKind, str]) -> str:
    if plan.kind in refused:
        return refused[plan.kind]
    if not plan.sheet_count:
        return "Chưa ai có nội dung để in"
    sheets = "" if plan.kind.is_of_cell else f" · {plan.sheet_count} bản"
    return f"{_WHAT[plan.kind]}{sheets}"
