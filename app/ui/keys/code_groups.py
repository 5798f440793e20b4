"""The recovery code in its groups: shown to be copied, or as far as it has been typed from the paper."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from app.domain.recovery_code import FREE, GROUPS, TypedCode, typed_code, typed_groups
from app.ui.parts.fields import CheckedField
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Column, FlowLayout, Ground, Row
from app.ui.theme import px, theme

_LETTERS = FREE + 1
_WIDEST = "W" * _LETTERS
_STATES = {
    "": ("quote", "", ""),
    "right": ("ok", "circle-check", "ok"),
    "wrong": ("bad", "circle-alert", "bad"),
}
_SPOKEN = {"": "", "right": ", đúng", "wrong": ", chưa đúng"}


class _Group(Ground):
    """One group of five with its number; right and wrong differ in mark and ground."""

    def __init__(self, number: int, role: str) -> None:
        super().__init__("quote")
        self._number, self._role = number, role
        column = Column(self, spacing=0, margins=(10, 5, 10, 6))
        head = Row(spacing=4)
        head.addWidget(Label(f"Nhóm {number}", "cap", "ink2", wrap=False))
        head.addStretch(1)
        self._mark = IconLabel("circle-check", "ok", 16)
        head.addWidget(self._mark)
        column.addLayout(head)
        self.letters = Label("", role, weight=600, wrap=False)
        self.letters.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.letters)
        # The mark comes and goes in a room of its own, so that nothing moves while somebody types.
        policy = self._mark.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._mark.setSizePolicy(policy)
        theme.changed.connect(self._fit)
        self._fit()
        self.show_letters("", "")

    def show_letters(self, letters: str, state: str) -> None:
        """Show what stands in it: "" not judged yet, "right" or "wrong"."""
        ground, icon, tone = _STATES[state]
        self.set_kind(ground)
        self._mark.setVisible(bool(icon))
        if icon:
            self._mark.set_icon(icon, tone)
        self.letters.setText(letters or " ")
        self.setAccessibleName(f"Nhóm {self._number}: {' '.join(letters)}{_SPOKEN[state]}")

    def _fit(self) -> None:
        width = theme.metrics(self._role, 600).horizontalAdvance(_WIDEST)
        self.setFixedWidth(width + px(22))


class _EvenRows(FlowLayout):
    """All six in a row, or three, or two: never five and one."""

    def _arrange(self, rect: QRect, place: bool) -> int:
        width = self._items[0].sizeHint().width()
        needed = [count * width + (count - 1) * self.spacing() for count in (GROUPS, 3, 2, 1)]
        room = next((each for each in needed if each <= rect.width()), needed[-1])
        return super()._arrange(QRect(rect.topLeft(), QSize(room, rect.height())), place)


class CodeGroups(QWidget):
    """Six groups side by side, in two or three lines where the window is narrow."""

    def __init__(self, role: str = "h2") -> None:
        super().__init__()
        flow = _EvenRows(self, spacing=8)
        self.groups = [_Group(number, role) for number in range(1, GROUPS + 1)]
        for group in self.groups:
            flow.addWidget(group)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_code(self, code: str) -> None:
        """Show a whole code."""
        for group, letters in zip(self.groups, code.split("-"), strict=True):
            group.show_letters(letters, "")
        self.setAccessibleName("Mã khôi phục")

    def show_typed(self, groups: Sequence[str], wrong: Sequence[int]) -> None:
        """Show what is typed so far; a group is judged once its letters are all there."""
        last = len(groups)
        for number, shown in enumerate(self.groups, 1):
            letters = groups[number - 1] if number <= last else ""
            is_done = len(letters) >= _LETTERS or number < last
            state = ("wrong" if number in wrong else "right") if letters and is_done else ""
            shown.show_letters(letters, state)


class CodeField(CheckedField):
    """A line to type the code into, never rewritten, and under it how it is read."""

    edited = Signal()
    entered = Signal()

    def __init__(self) -> None:
        self.typing = QLineEdit()
        super().__init__(self.typing)
        column = Column(self, spacing=8)
        column.addWidget(self.typing)
        self.groups = CodeGroups("lead")
        column.addWidget(self.groups)
        self.typing.textChanged.connect(self._show)
        self.typing.textEdited.connect(lambda _text: self.edited.emit())
        self.typing.returnPressed.connect(self.entered)

    def typed(self) -> TypedCode:
        """The code as far as it is typed."""
        return typed_code(self.typing.text())

    def problem(self) -> str:
        """What is still wrong with it, in a sentence; "" when every group is right."""
        if not self.typing.text().strip():
            return "Chưa gõ mã. Mã có sáu nhóm, mỗi nhóm năm chữ và số."
        groups = _groups_in(self.typing.text())
        if len(groups) > GROUPS:
            return f"Mã chỉ có {GROUPS} nhóm, đang gõ thừa. Xin so lại với phiếu."
        wrong = self.typed().wrong_groups
        missing = [number for number in wrong if number > len(groups)]
        wrong = tuple(number for number in wrong if number <= len(groups))
        if wrong:
            return f"{_named(wrong)} chưa đúng. Xin so lại từng chữ với phiếu."
        if missing:
            return f"Còn thiếu {_named(missing).lower()}."
        return ""

    def clear(self) -> None:
        """Let go of what was typed."""
        self.typing.clear()

    def take_again(self) -> None:
        """Bring the person back to it; what is typed stays."""
        self.typing.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, text: str) -> None:
        self.groups.show_typed(_groups_in(text), self.typed().wrong_groups)


def _groups_in(text: str) -> tuple[str, ...]:
    typed = typed_code(text)
    return tuple(typed.code.split("-")) if typed.is_whole else typed_groups(text)


def _named(numbers: Sequence[int]) -> str:
    return "Nhóm " + ", ".join(str(number) for number in numbers)
