"""The cards of a member's month: all below one another, or one at a time on narrow windows."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.errors import Problem
from app.domain.monthly import MonthlyEntry
from app.services.months import MonthPage
from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, Row, clear_layout
from app.ui.screens.months.item_card import ItemCard
from app.ui.screens.months.last_month import LastMonth
from app.ui.theme import px, theme

_SIDE = 256


class MonthForm(QWidget):
    """``edited``: something was written; ``finished``: the last item got its level by a digit."""

    edited = Signal()
    finished = Signal()
    outcome_asked = Signal(object, bool)
    card_shown = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[ItemCard] = []
        self.current: ItemCard | None = None
        self._page: MonthPage | None = None
        self._is_own = True
        self._is_alone = False
        self._has_side = False
        column = Column(self, spacing=10)
        head = Row(spacing=12)
        self.title = Label("", "h3", wrap=False)
        self.note = Label("", "cap", "ink2")
        self.copy_all = make_button(
            "ghost", "Như tháng trước cho tất cả", "copy-check", "Alt+0", self._copy_all
        )
        head.addWidget(self.title)
        head.addWidget(self.note, 1)
        head.addWidget(self.copy_all)
        column.addLayout(head)
        self._middle = Row(spacing=14)
        self._cards = Column(spacing=12)
        self._middle.addLayout(self._cards, 1)
        self.last_month = LastMonth()
        self._middle.addWidget(self.last_month, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(self._middle)
        theme.changed.connect(self._fit)

    def show_page(self, page: MonthPage, *, is_own: bool, can_write: bool, role: str) -> None:
        """Show the open items of a month."""
        number = self.current.number if self.current else 0
        self._page, self._is_own = page, is_own
        clear_layout(self._cards)
        self.cards = [ItemCard(page, number, item, role) for number, item in page.open_items]
        for card in self.cards:
            card.show_entry(page.assessment.entry_for(card.item.id))
            card.set_can_write(can_write)
            card.edited.connect(self.edited)
            card.settled.connect(lambda card=card: self._go_on(card))
            card.entered.connect(self._entered)
            card.outcome_asked.connect(self.outcome_asked)
            self._cards.addWidget(card)
        self._name(page, can_write)
        self.current = self.card_of_number(number) or (self.cards[0] if self.cards else None)
        self._show_side()
        self._fit()

    def _name(self, page: MonthPage, can_write: bool) -> None:
        self.title.setText(f"{len(page.open_items)} việc đang mở")
        done = [str(number) for number, item in page.finished_items if item.finished_on]
        self.note.setText(f"Việc {', '.join(done)} đã xong, không phải ghi nữa" if done else "")
        copyable = sum(card.has_last_words() for card in self.cards)
        self.copy_all.setVisible(can_write and copyable > 0)
        many = f"cho cả {len(self.cards)} việc" if copyable == len(self.cards) > 1 else f"cho {copyable} việc"
        self.copy_all.set_words("Như tháng trước" if len(self.cards) == 1 else f"Như tháng trước {many}")

    # What is written

    def entries(self) -> tuple[MonthlyEntry, ...]:
        """What stands on the cards."""
        return tuple(card.entry() for card in self.cards)

    def show_typed(self, typed: Mapping[str, Mapping[str, Any]]) -> None:
        """Put words typed and not yet saved over those of the book."""
        for card in self.cards:
            if card.item.id in typed:
                words = typed[card.item.id]
                comment = card.entry().cell_comment
                card.show_entry(MonthlyEntry(card.item.id, **words, cell_comment=comment))

    def _copy_all(self) -> None:
        for card in self.cards:
            # Words written this month stay; one item's own button replaces them.
            if not card.has_words():
                card.copy_last_month()

    def copy_current(self) -> None:
        """Ctrl+D: as last month, this item."""
        if self.current is not None:
            self.current.copy_last_month()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say under each field what is wrong."""
        for card in self.cards:
            for name in card.fields:
                card.show_problem(name, "")
        for problem in problems:
            place, name = self._place(problem.field)
            if place is not None:
                place.show_problem(name, problem.message.split(": ", 1)[-1].capitalize())

    def focus_problem(self, field: str) -> None:
        """Bring the person to the field of a problem."""
        card, name = self._place(field)
        if card is not None:
            self.show_card(card)
            card.focus_field(name)

    def _place(self, field: str) -> tuple[ItemCard | None, str]:
        item_id, _dot, name = field.partition(".")
        return next((card for card in self.cards if card.item.id == item_id), None), name

    # Moving about

    def card_of_number(self, number: int) -> ItemCard | None:
        """The card with this number."""
        return next((card for card in self.cards if card.number == number), None)

    def go_to_number(self, number: int) -> None:
        """Alt+1…9: to the item, its old words selected."""
        card = self.card_of_number(number)
        if card is not None:
            self.show_card(card)
            card.focus_result()

    def step(self, by: int) -> None:
        """Việc trước, việc sau."""
        if self.current in self.cards:
            place = self.cards.index(self.current) + by
            if 0 <= place < len(self.cards):
                self.show_card(self.cards[place])
                self.cards[place].focus_result()

    def place(self) -> tuple[int, int]:
        """Which card is shown, of how many."""
        return (self.cards.index(self.current) + 1 if self.current in self.cards else 0), len(self.cards)

    def show_card(self, card: ItemCard) -> None:
        """Make a card the current one."""
        self._entered(card)
        self._fit()

    def _go_on(self, card: ItemCard) -> None:
        """A digit chose the level: on to the next item, after the last one to handing in."""
        place = self.cards.index(card) + 1
        if place < len(self.cards):
            self.show_card(self.cards[place])
            self.cards[place].focus_result()
        else:
            self.finished.emit()

    def _entered(self, card: ItemCard) -> None:
        if card is not self.current:
            self.current = card
            self._show_side()
        for other in self.cards:
            other.show_copy_key(other is card)
        self.card_shown.emit(card)

    def _show_side(self) -> None:
        card, page = self.current, self._page
        self._has_side = (
            card is not None
            and page is not None
            and self.last_month.show_item(page, card.number, card.item.id, self._is_own)
        )
        self.last_month.setVisible(self._has_side)

    # Sizes

    def set_alone(self, alone: bool) -> None:
        """One item at a time, or all."""
        if alone != self._is_alone:
            self._is_alone = alone
            self._fit()

    def _fit(self) -> None:
        directions = QBoxLayout.Direction
        self._middle.setDirection(directions.TopToBottom if self._is_alone else directions.LeftToRight)
        for card in self.cards:
            card.setVisible(not self._is_alone or card is self.current)
            card.set_alone(self._is_alone)
        self.last_month.setMinimumWidth(0 if self._is_alone else px(_SIDE))
        self.last_month.setMaximumWidth(16777215 if self._is_alone else px(_SIDE))
