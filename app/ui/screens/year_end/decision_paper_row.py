"""The paper the decided grades come on, above their list: number, day, who issued it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import Problem
from app.services.decisions import DecisionPaper
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import FormField, LineField
from app.ui.parts.layout import Row


class DecisionPaperRow(QWidget):
    """``edited``: something was typed."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.number = LineField("", "ví dụ: 45-QĐ/ĐU")
        self.day = DateField()
        self.organ = LineField("", "ví dụ: Đảng ủy xã Hòa Sơn")
        self.fields = {
            "number": FormField("Số quyết định", self.number),
            "dated_on": FormField("Ngày quyết định", self.day),
            "organ": FormField("Cơ quan ban hành", self.organ),
        }
        row = Row(self, spacing=12, margins=(28, 12, 24, 0))
        row.addWidget(self.fields["number"], 2)
        row.addWidget(self.fields["dated_on"])
        row.addWidget(self.fields["organ"], 3)
        self.number.edited.connect(lambda _text: self.edited.emit())
        self.organ.edited.connect(lambda _text: self.edited.emit())
        self.day.edited.connect(self.edited)

    def paper(self) -> DecisionPaper:
        """What is typed."""
        return DecisionPaper(self.number.value(), self.day.value(), self.organ.value())

    def offer_organ(self, organ: str) -> None:
        """The committee above, unless something was typed already."""
        if organ and not self.organ.value():
            self.organ.set_value(organ)

    def let_write(self, may_write: bool) -> None:
        """Whether anything can be typed."""
        self.number.setReadOnly(not may_write)
        self.organ.setReadOnly(not may_write)
        self.day.setEnabled(may_write)

    def show_problems(self, problems: Sequence[Problem]) -> bool:
        """Say each problem beside its field and go to the first; whether there was one."""
        by_field = {problem.field: problem.message for problem in problems}
        for name, shown in self.fields.items():
            shown.set_error(by_field.get(name, ""))
        first = next((name for name in self.fields if name in by_field), None)
        if first is not None:
            self.fields[first].focus_field()
        return first is not None

    def has_unread_day(self) -> bool:
        """Whether the day is typed and is none; said beside it."""
        problem = self.day.problem()
        return self.show_problems((Problem("dated_on", problem),) if problem else ())

    def clear(self) -> None:
        """Ready for the next paper; the organ stays."""
        self.number.set_value("")
        self.day.set_value(None)

    def texts(self) -> dict[str, str]:
        """As a draft keeps it."""
        return {"number": self.number.value(), "day": self.day.text(), "organ": self.organ.value()}

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """Bring back what a draft holds."""
        self.number.set_value(texts.get("number", ""))
        self.day.set_text(texts.get("day", ""))
        self.organ.set_value(texts.get("organ", ""))
