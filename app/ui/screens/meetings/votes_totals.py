"""The six totals of a round, and beside them in words how they fit together."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from app.domain.voting import VoteRound
from app.ui.parts.fields import FormField, LineField
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Card, Column, FlowLayout, Row, rule
from app.ui.parts.page import logical_width
from app.ui.theme import px, theme
from app.ui.tokens import FULL_WIDTH

_TYPED = {"issued": "Phát ra", "returned": "Thu về", "valid": "Hợp lệ", "invalid": "Không hợp lệ"}
_HIGHEST = 999


class NumberLine(LineField):
    """A whole number; Enter goes on to the next field, Down into the table."""

    def __init__(self) -> None:
        super().__init__()
        self.setValidator(QIntValidator(0, _HIGHEST, self))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._fit()
        theme.changed.connect(self._fit)

    def _fit(self) -> None:
        self.setFixedWidth(px(74))

    def number(self) -> int | None:
        """What is typed; None while nothing is."""
        return int(self.text()) if self.text().isdigit() else None

    def set_number(self, number: int | None) -> None:
        """Show a number."""
        words = "" if number is None else str(number)
        if self.text() != words:
            self.setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)


class _Check(QWidget):
    """One sentence about the totals: in order, to be looked at, or wrong."""

    def __init__(self) -> None:
        super().__init__()
        row = Row(self, spacing=8)
        self._icon = IconLabel("circle-check", "ok", 18)
        self.words = Label("", "body")
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 1)

    def say(self, words: str, tone: str) -> None:
        """Say it; "" hides the line."""
        self._icon.set_icon({"ok": "circle-check", "bad": "circle-alert"}.get(tone, "info"), tone)
        self.words.setText(words)
        self.words.set_tone(tone)
        self.setVisible(bool(words))


class VotesTotals(Card):
    """``typed``: a total changed."""

    typed = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(18, 10, 18, 12))
        self.convened, self.present = NumberLine(), NumberLine()
        self.lines = {name: NumberLine() for name in _TYPED}
        self.fields: dict[str, FormField] = {}
        fields = QWidget()
        flow = FlowLayout(fields, spacing=12)
        for words, line in (("Triệu tập", self.convened), ("Có mặt", self.present)):
            line.setReadOnly(True)
            line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            line.setToolTip("Lấy từ điểm danh")
            flow.addWidget(FormField(words, line))
        middle = rule(vertical=True)
        middle.setFixedHeight(px(50))
        flow.addWidget(middle)
        for name, words in _TYPED.items():
            self.fields[name] = FormField(words, self.lines[name])
            self.fields[name].label.setWordWrap(False)
            flow.addWidget(self.fields[name])
            self.lines[name].edited.connect(lambda _text: self.typed.emit())
        self._middle = Row(spacing=22)
        self._middle.addWidget(fields, 3)
        beside = QWidget()
        said = Column(beside, spacing=4)
        self.checks = (_Check(), _Check(), _Check())
        for check in self.checks:
            said.addWidget(check)
        said.addStretch(1)
        self._middle.addWidget(beside, 2)
        self.body.addLayout(self._middle)

    def show_round(self, votes: VoteRound, convened: int, present: int, *, is_editable: bool) -> None:
        """Show the totals of a round, with who was convened and came."""
        self.convened.set_number(convened)
        self.present.set_number(present)
        for name, line in self.lines.items():
            line.set_number(getattr(votes, name))
            line.setReadOnly(not is_editable)
        self.check(votes, present, ())

    def into(self, votes: VoteRound) -> VoteRound:
        """The round with the totals as they are typed."""
        return replace(
            votes,
            issued=self.lines["issued"].number(),
            returned=self.lines["returned"].number(),
            valid=self.lines["valid"].number(),
            invalid=self.lines["invalid"].number(),
        )

    def check(self, votes: VoteRound, present: int, wrong: tuple[str, ...]) -> None:
        """Say how the totals fit; ``wrong`` names those that are provably off."""
        for name, line in self.lines.items():
            is_wrong = "true" if name in wrong else "false"
            if line.property("wrong") != is_wrong:
                line.setProperty("wrong", is_wrong)
                line.style().unpolish(line)
                line.style().polish(line)
        issued, returned = votes.issued, votes.returned
        valid, invalid = votes.valid, votes.invalid
        first = second = third = ("", "ok")
        if issued is not None and present and issued != present:
            first = (f"Phát ra {issued}, có mặt {present}", "bad" if issued > present else "late")
        if issued is not None and returned is not None:
            sign, tone = ("=", "ok") if issued == returned else (">", "late")
            sign, tone = ("<", "bad") if issued < returned else (sign, tone)
            words = {"=": "=", ">": "nhiều hơn", "<": "ít hơn"}[sign]
            second = (f"Phát ra {issued} {words} thu về {returned}", tone)
        if returned is not None and valid is not None and invalid is not None:
            together = valid + invalid
            words = f"Hợp lệ {valid} + không hợp lệ {invalid} = {together}"
            third = (words, "ok") if together == returned else (f"{words}, thu về {returned}", "bad")
        for check, (words, tone) in zip(self.checks, (first, second, third), strict=True):
            check.say(words, tone)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            is_narrow = logical_width(self) < FULL_WIDTH
            directions = QBoxLayout.Direction
            self._middle.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)
        return super().event(event)
