"""A scoring profile to read: its items by group with their highest points."""

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.rule_words import enum_words
from app.domain.scoring import GENERAL_POINTS, TASK_POINTS, ScorePart, ScoringProfile, point_text
from app.ui.parts.chips import UNCHECKED_SOURCE, Chip
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, FlowLayout, Row, rule
from app.ui.screens.settings.fact_rows import CHECKED_SOURCE

_PARTS = {
    ScorePart.GENERAL: f"Nhóm tiêu chí chung: {point_text(GENERAL_POINTS)} điểm",
    ScorePart.TASKS: f"Kết quả nhiệm vụ: {point_text(TASK_POINTS)} điểm",
}


def profile_cards(profile: ScoringProfile) -> list[QWidget]:
    """How it is scored, then a card for each of the two groups."""
    head = QWidget()
    flow = FlowLayout(head, spacing=10)
    flow.addWidget(Chip(CHECKED_SOURCE if profile.verified else UNCHECKED_SOURCE))
    flow.addWidget(
        Label(f"{enum_words(profile.mode).capitalize()}, bước {point_text(profile.step)} điểm", wrap=False)
    )
    widgets: list[QWidget] = [head]
    for part, items in groupby(profile.items, lambda item: item.part):
        widgets.append(Label(_PARTS[part], "h3"))
        card = Card(spacing=0, margins=(0, 0, 0, 0))
        for number, item in enumerate(items):
            if number:
                card.body.addWidget(rule())
            line = QWidget()
            row = Row(line, spacing=16, margins=(18, 8, 18, 8))
            row.addWidget(Label(item.code, "body", "ink2", wrap=False), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(item.label), 1)
            row.addWidget(Label(point_text(item.max), weight=600, wrap=False), 0, Qt.AlignmentFlag.AlignTop)
            card.body.addWidget(line)
        widgets.append(card)
    return widgets
