"""The facts of a rule set as cards of rows: what it says, on what ground, whether it was compared, Sửa."""

from collections.abc import Callable, Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.rule_facts import RuleFact
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import UNCHECKED_SOURCE, Chip, ChipSpec
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, FlowLayout, Row, rule

CHECKED_SOURCE = ChipSpec("Đã đối chiếu", "ok", "check")
PARAMETERS = ("Tỉ lệ hoàn thành xuất sắc", "Biểu quyết", "Thời hạn", "Ai không kiểm điểm")
_SHORT = 44


def fact_cards(facts: Sequence[RuleFact], edit: Callable[[RuleFact], None] | None) -> list[QWidget]:
    """A heading and a card for each group; ``edit`` None where nothing can be corrected."""
    widgets: list[QWidget] = []
    for group, found in groupby(facts, lambda fact: fact.group):
        widgets.append(Label(group, "h3"))
        card = Card(spacing=0, margins=(0, 0, 0, 0))
        for number, fact in enumerate(found):
            if number:
                card.body.addWidget(rule())
            card.body.addWidget(_row(fact, edit))
        widgets.append(card)
    return widgets


def _row(fact: RuleFact, edit: Callable[[RuleFact], None] | None) -> QWidget:
    line = QWidget()
    row = Row(line, spacing=16, margins=(18, 10, 14, 10))
    words = Column(spacing=2)
    is_short = len(fact.label) <= _SHORT and len(fact.words) <= _SHORT
    if is_short:
        inner = Row(spacing=12)
        inner.addWidget(Label(fact.label), 4)
        inner.addWidget(Label(fact.words, weight=600), 4)
        words.addLayout(inner)
    else:
        words.addWidget(Label(fact.label, weight=600))
        if fact.words:
            words.addWidget(Label(fact.words))
    row.addLayout(words, 5)
    row.addLayout(_ground(fact, edit), 3)
    return line


def _ground(fact: RuleFact, edit: Callable[[RuleFact], None] | None) -> Column:
    column = Column(spacing=4)
    if fact.source:
        column.addWidget(Label(fact.source, "cap", "ink2"))
    flow = FlowLayout(spacing=8)
    flow.addWidget(Chip(CHECKED_SOURCE if fact.verified else UNCHECKED_SOURCE))
    if edit is not None and fact.values and (not fact.verified or fact.group in PARAMETERS):
        button = make_button("ghost", "Sửa", on_click=lambda: edit(fact))
        button.setAccessibleName(f"Sửa: {fact.label}")
        flow.addWidget(button)
    column.addLayout(flow)
    column.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    return column
