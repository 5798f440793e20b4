"""Beside a month being written: what was written last month of the same item, and what the cell said."""

from app.domain.monthly import MonthlySelfAssessment
from app.services.months import MonthPage
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, clear_layout, rule
from app.ui.screens.months.month_inspector import add_chip


class LastMonth(Card):
    """Follows the item the cursor is in."""

    def __init__(self) -> None:
        super().__init__(kind="quote", margins=(18, 14, 18, 14), spacing=8)
        self._words = Column(spacing=6)
        self.body.addLayout(self._words)

    def show_item(self, page: MonthPage, number: int, item_id: str, is_own: bool) -> bool:
        """Show last month of an item; False when there is nothing to show."""
        clear_layout(self._words)
        before = page.month.previous().month
        shown = 0
        if page.assessment.cell_comment:
            self._add(f"Chi bộ nói về tháng {page.month.month}", page.assessment.cell_comment)
            shown += 1
        if page.previous is not None:
            who = "tôi đã viết" if is_own else "đã viết"
            shown += self._add_own(f"Tháng {before} {who}", page.previous, number, item_id)
            shown += self._add_cell(f"Chi bộ góp ý tháng {before}", page.previous, item_id)
        return shown > 0

    def _add(self, title: str, words: str) -> None:
        if self._words.count():
            self._words.addWidget(rule())
        self._words.addWidget(Label(title, "cap", "ink2", weight=600))
        self._words.addWidget(Label(words))

    def _add_own(self, title: str, before: MonthlySelfAssessment, number: int, item_id: str) -> int:
        entry = before.entry_for(item_id)
        if entry.is_empty:
            return 0
        self._add(f"{title}, việc {number}", entry.result or "Chưa ghi kết quả.")
        for name, words in (
            ("Hạn chế", entry.limits),
            ("Cách sửa", entry.fix),
            ("Minh chứng", entry.evidence),
        ):
            if words:
                self._words.addWidget(Label(f"{name}: {words}", "body", "ink2"))
        if entry.self_level:
            self._words.addWidget(Label(f"Tự đánh giá: {entry.self_level}", "cap", "ink2", weight=600))
        return 1

    def _add_cell(self, title: str, before: MonthlySelfAssessment, item_id: str) -> int:
        words = [text for text in (before.entry_for(item_id).cell_comment, before.cell_comment) if text]
        if not words and before.mark is None:
            return 0
        if self._words.count():
            self._words.addWidget(rule())
        self._words.addWidget(Label(title, "cap", "ink2", weight=600))
        if before.mark is not None:
            add_chip(self._words, before.mark)
        for text in words:
            self._words.addWidget(Label(text))
        return 1
