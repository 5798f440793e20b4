"""Before printing: whose papers still have gaps, who has none, and why; each leads to where it is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.papers import KindPlan, PersonNote
from app.ui.parts.buttons import make_button
from app.ui.parts.layout import Column
from app.ui.parts.page import ActionBar, PageHeader
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.screens.papers.paper_words import written_at

_MOST_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class _Gap:
    """One line: somebody's paper, whether it is printed, and what becomes of it in words."""

    note: PersonNote
    fate: str
    is_printed: bool = True

    @property
    def key(self) -> str:
        """What the table knows it by."""
        return f"{self.note.kind}:{self.note.member_id}:{self.note.reason}"


def gaps_in_words(plans: Sequence[KindPlan]) -> str:
    """What is missing in papers, in one or two sentences; nothing when all is there."""
    said = []
    if incomplete := sum(len(plan.incomplete) for plan in plans):
        said.append(f"{incomplete} bản còn thiếu nội dung, sẽ in chỗ trống có dòng kẻ.")
    if skipped := len({note.member_id for plan in plans for note in plan.skipped if note.member_id}):
        said.append(f"{skipped} đồng chí không có bản để in.")
    said += dict.fromkeys(f"{_sentence(note)}." for plan in plans for note in _remarks(plan))
    return " ".join(said[:_MOST_SENTENCES])


def _remarks(plan: KindPlan) -> list[PersonNote]:
    """What is said of papers of the cell that are printed all the same."""
    return [note for note in plan.skipped if not note.member_id and plan.sheet_count]


def _gaps(plans: Sequence[KindPlan]) -> list[_Gap]:
    gaps = [_Gap(note, "In, có dòng kẻ") for plan in plans for note in plan.incomplete]
    for plan in plans:
        remarks = _remarks(plan)
        gaps += [_Gap(note, "Vẫn in") for note in remarks]
        gaps += [_Gap(note, "Không in", False) for note in plan.skipped if note not in remarks]
    return gaps


class GapList(QWidget):
    """The list behind "Xem". ``closed`` goes back; ``place_asked`` carries page and member."""

    closed = Signal()
    place_asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        column = Column(self, spacing=0)
        back = make_button("outlined", "In giấy tờ", "arrow-left", on_click=self.closed.emit)
        back.set_key("Esc", bind=False)
        self.header = PageHeader("Còn thiếu khi in", lead=back)
        column.addWidget(self.header)
        self.table: RecordTable[_Gap] = RecordTable(
            (
                TableColumn("Họ và tên", lambda gap: gap.note.name, width=150, stretch=1, bold=True),
                TableColumn("Giấy tờ", lambda gap: gap.note.kind.label, width=150, stretch=1),
                TableColumn(
                    "Khi in", lambda gap: gap.fate, width=118, tone=lambda g: "" if g.is_printed else "late"
                ),
                TableColumn("Còn thiếu", lambda gap: _sentence(gap.note), width=200, stretch=3),
            ),
            lambda gap: gap.key,
            name="Còn thiếu khi in",
        )
        holder = Column(spacing=0, margins=(28, 14, 24, 14))
        holder.addWidget(self.table)
        column.addLayout(holder, 1)
        self.go = make_button("filled", "Tới chỗ ghi", "arrow-right", "Enter", self._go)
        self.bar = ActionBar(self.go)
        column.addWidget(self.bar)
        self.table.opened.connect(lambda _gap: self._go())

    def show_plans(self, plans: Sequence[KindPlan]) -> None:
        """List what is missing in these papers."""
        gaps = _gaps(plans)
        self.header.set_facts(gaps_in_words(plans))
        self.table.set_records(gaps)
        self.go.setEnabled(bool(gaps))

    def _go(self) -> None:
        gap = self.table.current_record()
        if gap is not None:
            self.place_asked.emit(written_at(gap.note.kind), gap.note.member_id)


def _sentence(note: PersonNote) -> str:
    return f"{note.reason[:1].upper()}{note.reason[1:]}"
