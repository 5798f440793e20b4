"""The table of a pledge's items above the fields: as high as its rows, up to a share of the window."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent

from app.domain.content_set import ContentSet
from app.domain.pledge import PledgeItem
from app.ui.parts.record_model import Column
from app.ui.parts.record_table import RecordTable
from app.ui.screens.pledges.item_list import ItemEntry
from app.ui.screens.pledges.pledge_words import content_words, due_words, origin_chip, outcome_words
from app.ui.theme import px, theme

_SHARE_OF_WINDOW = 0.36


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item with what the table says around it."""

    number: int
    entry: ItemEntry
    content: str
    year: int
    shows_outcome: bool

    @property
    def item(self) -> PledgeItem:
        """The item itself."""
        return self.entry.item


def _due(row: ItemRow) -> str:
    return row.entry.due_text or due_words(row.item.due_on, row.year)


_COLUMNS: tuple[Column[ItemRow], ...] = (
    Column("TT", lambda row: str(row.number), "center", 44, role="cap", tone="ink2"),
    Column(
        "Nội dung nêu gương",
        lambda row: row.item.content_code or "Chưa chọn",
        width=146,
        stretch=2,
        tone=lambda row: "ink" if row.item.content_code else "ink3",
        below=lambda row: row.content,
    ),
    Column(
        "Việc làm cụ thể",
        lambda row: row.item.action.strip() or "Chưa ghi",
        width=190,
        stretch=4,
        bold=True,
        tone=lambda row: "ink" if row.item.action.strip() else "late",
        below=lambda row: f"Biện pháp: {row.item.measure.strip()}" if row.item.measure.strip() else "",
    ),
    Column("Chỉ tiêu", lambda row: row.item.target.strip(), width=106, stretch=1),
    Column(
        "Thời hạn",
        _due,
        width=96,
        below=lambda row: outcome_words(row.item, row.year) if row.shows_outcome else "",
    ),
    Column(
        "Nguồn",
        lambda row: row.item.origin.label,
        width=138,
        chip=lambda row: origin_chip(row.item.origin, row.year),
    ),
)


class ItemTable(RecordTable[ItemRow]):
    """Chooses the item whose fields stand below; Enter goes into them."""

    def __init__(self, year: int) -> None:
        super().__init__(_COLUMNS, lambda row: row.entry.key, name="Các việc đăng ký", row_height=36)
        self._year = year
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSortIndicatorShown(False)
        theme.changed.connect(self.fit_height)

    def show_entries(
        self, entries: Sequence[ItemEntry], sets: tuple[ContentSet, ...], shows_outcome: bool
    ) -> None:
        """Show these items in their order."""
        rows = [
            ItemRow(number, entry, content_words(sets, entry.item.content_code), self._year, shows_outcome)
            for number, entry in enumerate(entries, 1)
        ]
        if tuple(rows) != self.records.records:
            self.set_records(rows)
            self.fit_height()

    def fit_height(self) -> None:
        """As high as the rows, but leaving room for the fields."""
        rows = sum(self.rowHeight(row) for row in range(self.records.rowCount()))
        most = max(px(150), round(self.window().height() * _SHARE_OF_WINDOW))
        self.setFixedHeight(min(px(34) + rows + 2, most))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_height()
