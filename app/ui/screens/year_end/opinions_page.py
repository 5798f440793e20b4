"""Bước 2 của cuối năm: opinions on members, and the points raised from above."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.layout import Column, Row
from app.ui.parts.page import PageHeader
from app.ui.parts.segmented import Segmented
from app.ui.screens.year_end.opinion_list import OpinionListPage
from app.ui.screens.year_end.raised_list import RaisedListPage

_PARTS = (("opinions", "Ý kiến nhận xét"), ("points", "Gợi ý kiểm điểm"))
_FACTS = {
    "opinions": "Xin, nhận và nhập ý kiến trước khi kiểm điểm",
    "points": "Vấn đề cấp trên gợi ý, trả lời ở mục IV của bản kiểm điểm",
}


class OpinionsPage(DeskPage):
    """Both lists under one head. ``closed``: the person goes back to the year-end's steps."""

    closed = Signal()
    follows_year = True
    help_topic = "reviews"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        back = make_button("outlined", "Cuối năm", "arrow-left", on_click=self.go_back)
        back.set_key("Esc")
        self.header = PageHeader("Thu ý kiến nhận xét", "", lead=back)
        column = Column(self, spacing=0)
        column.addWidget(self.header)
        choice = Row(margins=(28, 12, 24, 0))
        self.parts = Segmented(_PARTS, name="Phần", chosen="opinions")
        self.parts.chosen.connect(self.show_part)
        choice.addWidget(self.parts)
        choice.addStretch(1)
        column.addLayout(choice)
        self.opinions, self.points = OpinionListPage(desk), RaisedListPage(desk)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.opinions)
        self._stack.addWidget(self.points)
        column.addWidget(self._stack, 1)

    def reload(self) -> None:
        self.header.set_facts(f"Năm {self.desk.year} · {_FACTS[self.parts.choice()]}")

    def show_part(self, key: str) -> None:
        """Show the opinions or the points raised."""
        self.parts.set_choice(key)
        self._stack.setCurrentWidget(self.points if key == "points" else self.opinions)
        self.reload()

    def show_place(self, member: str = "", part: str = "", **_more: str) -> None:
        """Show a part, with the cursor on a member."""
        self.show_part(part if part in _FACTS else "opinions")
        if member and self.parts.choice() == "opinions":
            self.opinions.choose_member(member)

    def place(self) -> dict[str, str]:
        """The part shown and the member under the cursor."""
        row = self.opinions.table.current_record()
        member = {"member": row.member.id} if row and self.parts.choice() == "opinions" else {}
        return {"part": self.parts.choice(), **member}

    def go_back(self) -> bool:
        """From the form to the list, from the list to the steps."""
        shown = self.points if self.parts.choice() == "points" else self.opinions
        if shown.side.is_open:
            shown.side.drop()
        else:
            self.closed.emit()
        return True

    def first_focus(self) -> QWidget | None:
        """The list shown."""
        return (self.points if self.parts.choice() == "points" else self.opinions).first_focus()
