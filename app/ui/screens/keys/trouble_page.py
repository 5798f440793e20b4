"""A book that does not open: why, and the ways on; nothing is changed by looking at this page."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.ui.parts.choices import WayOn
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Card, Row
from app.ui.preferences import Preferences
from app.ui.screens.keys.key_page import KeyPage


class TroublePage(KeyPage):
    """One sentence and the ways on, the safest first."""

    def __init__(self, preferences: Preferences, folder: Path, sentence: str) -> None:
        super().__init__(preferences, "Sổ chưa mở được", f"{folder.name} · {folder.parent}")
        self.ways: list[WayOn] = []
        card = Card(spacing=10)
        row = Row(spacing=12)
        row.addWidget(IconLabel("triangle-alert", "late", 24))
        self.sentence = Label(sentence, "lead")
        row.addWidget(self.sentence, 1)
        card.body.addLayout(row)
        self.left.addWidget(card)
        self.left.addStretch(1)
        self.add_note(
            "Chưa có gì bị đụng tới",
            "Chương trình chưa sửa, chưa xóa tệp nào trong thư mục sổ. Xin đừng tự sửa hay chép lẻ từng tệp.",
        )
        self.right.addStretch(1)

    def add_way(self, icon: str, title: str, text: str, act: Callable[[], object]) -> None:
        """One more way on."""
        way = WayOn(icon, title, text)
        way.clicked.connect(lambda: act())
        self.left.insertWidget(self.left.count() - 1, way)
        self.ways.append(way)

    def first_focus(self) -> QWidget:
        """The first way on."""
        return self.ways[0] if self.ways else self.leave
