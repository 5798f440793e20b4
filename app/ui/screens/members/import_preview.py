"""Import, third step: every row as it would come into the book, ticked or not, proposals taken or not."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from app.domain.list_headings import ListField
from app.domain.member_import import ImportLine, LineState
from app.domain.member_proposals import ProposalKind
from app.services.member_import import ListPreview
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Card, Column, FlowLayout, Row, ScrollBody, clear_layout
from app.ui.parts.messages import MessageBar
from app.ui.parts.page import logical_width
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.parts.segmented import Segmented
from app.ui.parts.tick_box import TickBox
from app.ui.screens.members.import_rows import (
    FILTERS,
    Selection,
    admitted_text,
    belongs_to,
    birth_text,
    group_counts,
    is_birth_wrong,
    is_wrong,
    state_of,
)
from app.ui.theme import px, theme
from app.ui.tokens import FULL_WIDTH

_PANEL = 270


class PreviewStep(QWidget):
    """The rows with their ticks; ``changed`` fires when what would be written is another."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.selection: Selection | None = None
        outer = Column(self)
        whole = ScrollBody(spacing=10, margins=(0, 0, 0, 0), fills=True)
        outer.addWidget(whole)
        column = whole.body
        self.filters = Segmented(FILTERS, name="Lọc dòng", chosen="all")
        self.filters.chosen.connect(self._filter)
        column.addWidget(self.filters)
        self._consents = QWidget()
        self._consents_flow = FlowLayout(self._consents, spacing=10)
        column.addWidget(self._consents)
        self.posts = MessageBar()
        column.addWidget(self.posts)
        self.table = self._table()
        self.table.ticked_changed.connect(lambda _keys: self.changed.emit())
        self.table.current_changed.connect(self._show_line)
        self.panel = Card(spacing=6, margins=(0, 0, 0, 0))
        scroll = ScrollBody(margins=(14, 12, 14, 12))
        self._about = Column(spacing=8)
        scroll.body.addLayout(self._about)
        self.panel.body.addWidget(scroll)
        self._sides = Row(spacing=14)
        self._sides.addWidget(self.table, 1)
        self._sides.addWidget(self.panel)
        column.addLayout(self._sides, 1)
        self._boxes: dict[ProposalKind, TickBox] = {}
        self._panel_name = Label("")
        self._keeps_panel = False
        theme.changed.connect(self._fit)
        QShortcut(QKeySequence("F6"), self, self._next_pane)

    def _next_pane(self) -> None:
        """F6: from the table to what is proposed for its row, and back."""
        box = next((box for box in self.panel.findChildren(TickBox) if not box.isHidden()), None)
        if self.table.hasFocus() and box is not None:
            box.setFocus()
        else:
            self.table.setFocus()

    def _table(self) -> RecordTable[ImportLine]:
        columns: tuple[TableColumn[ImportLine], ...] = (
            TableColumn("Dòng", lambda line: str(line.row), "center", 52, role="cap", tone="ink2"),
            TableColumn("Kết quả", lambda line: line.state.label, width=112, chip=state_of),
            TableColumn("Họ và tên", self._name, width=150, stretch=2, bold=True),
            TableColumn("Ngày sinh", birth_text, width=96, tone=_birth_tone),
            TableColumn("Vào Đảng", admitted_text, width=96, tone=_admitted_tone),
            TableColumn("Ghi chú", self._remark, width=150, stretch=4, role="cap", tone=_remark_tone),
        )
        return RecordTable(
            columns,
            lambda line: str(line.row),
            name="Các dòng của danh sách",
            tickable=lambda line: line.can_be_chosen,
            row_height=38,
        )

    def _name(self, line: ImportLine) -> str:
        return self.selection.name(line) if self.selection else line.listed.full_name

    def _remark(self, line: ImportLine) -> str:
        return self.selection.remark(line) if self.selection else ""

    # What it shows

    def show_list(self, looked_at: ListPreview) -> None:
        """Show every row, new and changed ones ticked."""
        preview = looked_at.preview
        self.selection = Selection(preview)
        self.filters.set_choice("all")
        self.filters.set_counts(group_counts(preview.lines))
        self.table.filter(None)
        self.table.set_records(preview.lines)
        self.table.records.set_ticked({str(row) for row in preview.chosen_by_default})
        self._show_consents()
        first_wrong = next((line for line in preview.lines if line.state is LineState.PROBLEM), None)
        if first_wrong is not None:
            self.table.choose(str(first_wrong.row))
        self._show_line(self.table.current_record())

    def ticked_rows(self) -> frozenset[int]:
        """The rows to bring in."""
        return frozenset(int(key) for key in self.table.records.ticked())

    def count(self) -> int:
        """How many members would be written."""
        return self.selection.count(self.ticked_rows()) if self.selection else 0

    def _filter(self, group: str) -> None:
        self.table.filter(lambda line: belongs_to(line, group))

    # Consents

    def _show_consents(self) -> None:
        clear_layout(self._consents_flow)
        self._boxes = {}
        assert self.selection is not None
        for consent in self.selection.consents():
            box = TickBox(consent.words)
            box.clicked.connect(lambda taken, kind=consent.kind: self._consent_to_all(kind, taken))
            self._boxes[consent.kind] = box
            self._consents_flow.addWidget(box)
        self._consents.setVisible(bool(self._boxes))
        self._mark_consents()

    def _mark_consents(self) -> None:
        assert self.selection is not None
        states = Qt.CheckState
        for consent in self.selection.consents():
            box = self._boxes[consent.kind]
            box.set_words(f"{consent.words} ({consent.taken}/{consent.offered})")
            is_some = 0 < consent.taken < consent.offered
            full = states.Checked if consent.taken else states.Unchecked
            box.setCheckState(states.PartiallyChecked if is_some else full)
        self._ask_for_posts()

    def _ask_for_posts(self) -> None:
        """Posts decide who leads at the PC: a list that names some asks for them in a line of its own."""
        assert self.selection is not None
        posts = next((each for each in self.selection.consents() if each.kind is ProposalKind.POST), None)
        if posts is None or posts.taken:
            self.posts.close_message()
            return
        words = f"Danh sách có {posts.offered} chức vụ trong chi bộ: nhận cho tất cả?"
        take = partial(self._consent_to_all, ProposalKind.POST, True)
        self.posts.show_message("info", words, f"Nhận {posts.offered} chức vụ", take)

    def consent_box(self, kind: ProposalKind) -> TickBox:
        """The box that takes a kind of proposal for all rows."""
        return self._boxes[kind]

    def _consent_to_all(self, kind: ProposalKind, taken: bool) -> None:
        assert self.selection is not None
        rows = self.selection.set_all(kind, taken)
        self._consented(rows, taken)
        self._show_line(self.table.current_record())

    def _consent_to_one(self, row: int, kind: ProposalKind, taken: bool) -> None:
        assert self.selection is not None
        self.selection.set_one(row, kind, taken)
        self._consented((row,), taken)
        line = self.table.current_record()
        if line is not None and line.row == row:
            self._panel_name.setText(self.selection.name(line))

    def _consented(self, rows: tuple[int, ...], taken: bool) -> None:
        """A row otherwise as in the book is ticked by what is taken of it."""
        wanted = frozenset(rows)
        lines = self.table.records.records
        same = {str(line.row) for line in lines if line.row in wanted and line.state is LineState.SAME}
        ticked = self.table.records.ticked()
        # Names and remarks are others now: rows are laid out again, the panel with the focus stays.
        self._keeps_panel = True
        self.table.set_records(lines)
        self._keeps_panel = False
        self.table.records.set_ticked(ticked | same if taken else ticked - self._without_any(same))
        self._mark_consents()
        self.changed.emit()

    def _without_any(self, rows: set[str]) -> set[str]:
        assert self.selection is not None
        accepted = self.selection.accepted()
        return {row for row in rows if not accepted.get(int(row))}

    # The row under the cursor

    def _show_line(self, line: ImportLine | None) -> None:
        if self._keeps_panel:
            return
        clear_layout(self._about)
        if line is None or self.selection is None:
            return
        self._about.addWidget(Label(f"Dòng {line.row}", "cap", "ink2"))
        self._panel_name = Label(self.selection.name(line), "body", weight=600)
        self._about.addWidget(self._panel_name)
        for problem in line.problems:
            self._say("circle-alert" if problem.blocking else "info", problem.message, problem.blocking)
        if line.state is LineState.CHANGED:
            self._about.addWidget(Label("Sẽ thay đổi", "cap", "ink2", weight=600))
            for change in line.changes:
                self._about.addWidget(Label(change.sentence))
        if line.proposals:
            self._about.addWidget(Label("Đề nghị, đánh dấu nếu nhận", "cap", "ink2", weight=600))
        for proposal in line.proposals:
            box = TickBox(proposal.message, "cap")
            box.setChecked(self.selection.has(line.row, proposal.kind))
            box.clicked.connect(lambda taken, kind=proposal.kind: self._consent_to_one(line.row, kind, taken))
            self._about.addWidget(box)
        if not (line.problems or line.proposals or line.changes):
            same = line.state is LineState.SAME
            self._about.addWidget(Label("Như trong sổ, không phải nhập." if same else "Đủ để ghi vào sổ."))

    def _say(self, icon: str, message: str, is_blocking: bool) -> None:
        row = Row(spacing=6)
        tone = "bad" if is_blocking else "late"
        row.addWidget(IconLabel(icon, tone, 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(message, "body", tone), 1)
        self._about.addLayout(row)

    # Sizes

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The panel beside the table, or below it on narrow windows."""
        is_wide = logical_width(self) >= FULL_WIDTH
        directions, policy = QBoxLayout.Direction, QSizePolicy.Policy
        self.table.setMinimumHeight(px(180))
        self._sides.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        self.panel.setMinimumSize(px(_PANEL) if is_wide else 0, 0 if is_wide else px(110))
        self.panel.setMaximumSize(px(_PANEL) if is_wide else 16777215, 16777215 if is_wide else px(130))
        self.panel.setSizePolicy(policy.Preferred, policy.Expanding if is_wide else policy.Preferred)


def _birth_tone(line: ImportLine) -> str:
    return "bad" if is_birth_wrong(line) else ""


def _admitted_tone(line: ImportLine) -> str:
    return "bad" if is_wrong(line, ListField.ADMITTED_ON) else ""


def _remark_tone(line: ImportLine) -> str:
    return "bad" if line.state is LineState.PROBLEM else "ink2"
