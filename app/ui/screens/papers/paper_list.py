"""The papers of a year to tick, written out or blank, each with its sheets and pages."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.sheets.kinds import PaperGroup
from app.services.papers import KindPlan, PaperKind, PaperOffer, offered_kinds
from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody, rule
from app.ui.parts.segmented import Segmented
from app.ui.screens.papers.paper_words import what_of
from app.ui.screens.papers.tick_row import TickRow
from app.ui.theme import px, theme

_LEAST_HEIGHT = 180
WRITTEN, NAMED, NAMELESS = "written", "named", "nameless"
_MODES = ((WRITTEN, "Đã ghi"), (NAMED, "Trống, có tên"), (NAMELESS, "Trống hẳn"))


class _Band(QWidget):
    """The head of a group of papers."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.line = Row(self, spacing=8, margins=(11, 4, 5, 4))
        self.line.addWidget(Label(title, "cap", "ink2", weight=600), 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("sunken"))


class _Group:
    """One heading with its papers; papers there is nothing of may be out of sight."""

    def __init__(self, group: PaperGroup, kinds: Sequence[PaperKind]) -> None:
        self.band = _Band(group.label)
        self.rows = {kind: TickRow(kind.label, what_of(kind), margins=(11, 5, 11, 5)) for kind in kinds}
        self._rules = {kind: rule() for kind in kinds}

    def add_to(self, column: Column) -> None:
        """Put heading and papers below what is there."""
        column.addWidget(self.band)
        for kind, row in self.rows.items():
            column.addWidget(self._rules[kind])
            column.addWidget(row)

    def show_only(self, kinds: Sequence[PaperKind]) -> None:
        """Show these papers; the heading goes with the last of them."""
        shown = [kind for kind in self.rows if kind in kinds]
        self.band.setVisible(bool(shown))
        for kind, row in self.rows.items():
            row.setVisible(kind in shown)
            self._rules[kind].setVisible(kind in shown[1:])


class _Papers(ScrollBody):
    """The papers scroll by themselves, so that for whom they are stays in sight."""

    def __init__(self) -> None:
        super().__init__(spacing=0, margins=(0, 0, 0, 0))
        # As high as there is room, not as the papers would like.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(px(_LEAST_HEIGHT))


class PaperList(Card):
    """What to print. ``changed``: the person ticked something or wants blank sheets.

    ``meeting_asked``: all papers of the review meeting are wanted. Papers there is nothing of yet wait behind
    a button, so that the list holds what can be printed.
    """

    changed = Signal()
    meeting_asked = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=0, margins=(1, 1, 1, 1))
        self.mode = Segmented(_MODES, name="In bản nào", chosen=WRITTEN)
        self.mode.chosen.connect(lambda _key: self.changed.emit())
        holder = Column(margins=(11, 10, 11, 10))
        holder.addWidget(self.mode)
        self.body.addLayout(holder)
        self.papers = _Papers()
        self.body.addWidget(self.papers, 1)
        self._groups: list[_Group] = []
        self.rows: dict[PaperKind, TickRow] = {}
        for group in PaperGroup:
            self._add_group(group)
        self.for_meeting = make_button("ghost", "Chọn cả buổi họp", "users", on_click=self.meeting_asked.emit)
        self._groups[0].band.line.addWidget(self.for_meeting, 0, Qt.AlignmentFlag.AlignVCenter)
        self.more = make_button("ghost", "", "list-checks", on_click=self._show_more)
        below = Column(margins=(5, 4, 5, 4))
        below.addWidget(self.more)
        self.papers.body.addLayout(below)
        self._is_whole = False
        self._empty: tuple[PaperKind, ...] = ()
        self._show_rows()

    def _add_group(self, group: PaperGroup) -> None:
        kinds = [kind for kind in offered_kinds() if kind.group is group]
        if not kinds:
            return
        made = _Group(group, kinds)
        made.add_to(self.papers.body)
        for row in made.rows.values():
            row.ticked.connect(lambda _on: self.changed.emit())
        self.rows.update(made.rows)
        self._groups.append(made)

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
        self._show_rows()

    def show_offer(self, offer: PaperOffer) -> None:
        """How many sheets there are of each; what there is none of cannot be taken."""
        for plan in offer.plans:
            row = self.rows[plan.kind]
            row.set_offered(plan.sheet_count > 0)
            row.set_facts(_below(plan, offer.refused), _sheets(plan), is_strong=False)
        self._empty = tuple(plan.kind for plan in offer.plans if not plan.sheet_count)
        self.for_meeting.setEnabled(any(kind not in self._empty for kind in offer.for_meeting))
        self._show_rows()

    def show_pages(self, pages: Mapping[PaperKind, int]) -> None:
        """How many pages the papers taken come to."""
        for kind, count in pages.items():
            row = self.rows[kind]
            row.set_facts(row.below.text(), f"{count} trang", is_strong=True)

    def _show_more(self) -> None:
        self._is_whole = not self._is_whole
        self._show_rows()

    def _show_rows(self) -> None:
        """Papers there is something of and those the person ticked; with "more" all."""
        hidden = [kind for kind in self._empty if not self.rows[kind].is_ticked()]
        if len(hidden) == len(self.rows):
            hidden = []
        kinds = [kind for kind in self.rows if self._is_whole or kind not in hidden]
        for group in self._groups:
            group.show_only(kinds)
        self.more.setVisible(bool(hidden))
        self.more.set_words(
            "Ẩn giấy tờ chưa có nội dung" if self._is_whole else f"Xem {len(hidden)} loại chưa có"
        )


def _sheets(plan: KindPlan) -> str:
    return f"{plan.sheet_count} bản" if plan.sheet_count else "—"


def _below(plan: KindPlan, refused: Mapping[PaperKind, str]) -> str:
    if plan.kind in refused:
        return refused[plan.kind]
    if not plan.sheet_count:
        reason = next((note.reason for note in plan.skipped if not note.member_id), "")
        return f"{reason[:1].upper()}{reason[1:]}" or "Chưa ai có nội dung để in"
    what = what_of(plan.kind)
    sheets = "" if plan.kind.is_of_cell and plan.sheet_count == 1 else f"{plan.sheet_count} bản"
    return " · ".join(part for part in (what, sheets) if part)
