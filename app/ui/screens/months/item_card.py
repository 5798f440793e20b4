"""One pledged item in a member's month: what was to be done left, what was done right."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.dates import Month
from app.domain.monthly import MonthlyEntry, as_last_month
from app.domain.pledge import Outcome, PledgeItem
from app.services.months import MonthPage
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import Chip, copied_chip
from app.ui.parts.fields import FormField, TextArea
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, FlowLayout, Row, rule
from app.ui.screens.months.item_head import ItemHead
from app.ui.screens.months.level_field import LevelField
from app.ui.theme import px

_LEFT = 212


class ItemCard(Card):
    """Words are copied only by the member's act, with a tag that goes at the first touch; never the level."""

    edited = Signal()
    settled = Signal()
    entered = Signal(object)
    outcome_asked = Signal(object, bool)

    def __init__(self, page: MonthPage, number: int, item: PledgeItem, role: str) -> None:
        super().__init__(margins=(18, 10, 16, 10))
        self.number, self.item, self._month = number, item, page.month
        self._before = page.previous.entry_for(item.id) if page.previous else MonthlyEntry(item.id)
        self._copied_from = ""
        self._is_showing = False
        self._cell_comment = ""
        self._can_write = True
        self.setAccessibleName(f"Việc {number}: {item.action}")
        self._make_fields(page, role)
        self._lay = Row(spacing=16)
        self._left = ItemHead(number, item)
        self.finish = self._left.finish
        self.finish.clicked.connect(self._ask_outcome)
        self._rule = rule(vertical=True)
        self._lay.addWidget(self._left)
        self._lay.addWidget(self._rule)
        self._lay.addWidget(self._right_column(), 1)
        self.body.addLayout(self._lay)
        self.set_alone(False)

    def _make_fields(self, page: MonthPage, role: str) -> None:
        number = self.number
        self.result = TextArea(
            "", "Đồng chí đã làm được gì trong tháng?", min_lines=2, max_lines=10, role=role
        )
        self.level = LevelField(page.levels, f"Tự đánh giá việc {number}")
        self.limits = TextArea("", "Chưa làm được gì, vì sao?", min_lines=2, max_lines=6, role=role)
        self.fix = TextArea("", "Tháng sau đồng chí làm gì khác?", min_lines=2, max_lines=6, role=role)
        self.evidence = TextArea(
            "", "Ví dụ: biên bản, ảnh, người biết việc", min_lines=1, max_lines=4, role=role
        )
        self.fields = {
            "result": FormField("Kết quả", self.result),
            "self_level": FormField("Tự đánh giá", self.level),
            "limits": FormField("Hạn chế", self.limits),
            "fix": FormField("Cách sửa", self.fix),
            "evidence": FormField("Minh chứng", self.evidence),
        }
        for field in self.fields.values():
            field.field.setAccessibleName(f"{field.label.text()}, việc {number}")
        self.fields["self_level"].label.hide()
        self.fields["result"].label.hide()
        self.copied = Chip(copied_chip(1))
        self.copy = make_button("ghost", "Như tháng trước", "copy", on_click=self.copy_last_month)
        self.more = make_button("ghost", "Hạn chế, cách sửa", "plus", on_click=self.open_limits)
        self.prove = make_button("ghost", "Minh chứng", "plus", on_click=self.open_evidence)
        for area in self._areas():
            area.edited.connect(self._touched)
            area.installEventFilter(self)
        self.level.chosen.connect(self._level_chosen)
        self.level.settled.connect(self.settled)

    def _areas(self) -> tuple[TextArea, ...]:
        return (self.result, self.limits, self.fix, self.evidence)

    def _right_column(self) -> QWidget:
        holder = QWidget()
        column = Column(holder, spacing=6)
        head = Row(spacing=8)
        head.addWidget(Label("Kết quả", "cap", "ink2", weight=600, wrap=False))
        head.addWidget(self.copied)
        head.addStretch(1)
        head.addWidget(self.copy)
        column.addLayout(head)
        column.addWidget(self.fields["result"])
        foot = QWidget()
        flow = FlowLayout(foot, spacing=6)
        flow.addWidget(Label("Tự đánh giá", "cap", "ink2", weight=600, wrap=False))
        flow.addWidget(self.fields["self_level"])
        if self._before.self_level:
            words = f"Tháng {self._month.previous().month}: {self._before.self_level}"
            flow.addWidget(Label(words, "cap", "ink3", wrap=False))
        both = QWidget()
        more = Row(both, spacing=4)
        more.addWidget(self.more)
        more.addWidget(self.prove)
        flow.addWidget(both)
        column.addWidget(foot)
        self._limits = QWidget()
        two = Row(self._limits, spacing=12)
        two.addWidget(self.fields["limits"], 1)
        two.addWidget(self.fields["fix"], 1)
        column.addWidget(self._limits)
        column.addWidget(self.fields["evidence"])
        column.addStretch(1)
        self._limits.hide()
        self.fields["evidence"].hide()
        self.copied.hide()
        self.copy.setVisible(self.has_last_words())
        return holder

    # What is written

    def entry(self) -> MonthlyEntry:
        """What stands on the card."""
        return MonthlyEntry(
            self.item.id,
            self.result.value(),
            self.level.value(),
            self.limits.value(),
            self.fix.value(),
            self.evidence.value(),
            self._copied_from,
            self._cell_comment,
        )

    def show_entry(self, entry: MonthlyEntry) -> None:
        """Show what was written."""
        self._is_showing = True
        self.result.set_value(entry.result)
        self.level.set_value(entry.self_level)
        self.limits.set_value(entry.limits)
        self.fix.set_value(entry.fix)
        self.evidence.set_value(entry.evidence)
        self._is_showing = False
        self._cell_comment = entry.cell_comment
        self._tag(entry.copied_from)
        self._open_written()

    def _open_written(self) -> None:
        if self.limits.value() or self.fix.value():
            self._limits.show()
            self.more.hide()
        if self.evidence.value():
            self.fields["evidence"].show()
            self.prove.hide()

    def has_last_words(self) -> bool:
        """Whether last month has words to copy."""
        before = self._before
        return bool(before.result or before.limits or before.fix or before.evidence)

    def has_words(self) -> bool:
        """Whether something is written already."""
        return any(area.value().strip() for area in self._areas())

    def copy_last_month(self) -> None:
        """Như tháng trước: the words, tagged; never the level. Ctrl+Z in a field takes its words back."""
        if not self._can_write or not self.has_last_words():
            return
        copied = as_last_month(self.entry(), self._before, self._month)
        self._is_showing = True
        pairs = zip(self._areas(), (copied.result, copied.limits, copied.fix, copied.evidence), strict=True)
        for area, words in pairs:
            if area.value() != words:
                area.replace_text(words)
        self._is_showing = False
        self._tag(copied.copied_from)
        self._open_written()
        self.fields["result"].set_error("")
        self.edited.emit()

    def _tag(self, copied_from: str) -> None:
        self._copied_from = copied_from
        self.copied.setVisible(bool(copied_from))
        if copied_from:
            self.copied.set_spec(copied_chip(Month.parse(copied_from).month))

    def _touched(self) -> None:
        if self._is_showing:
            return
        self._tag("")
        for name, area in (("result", self.result), ("limits", self.limits), ("fix", self.fix)):
            if area.value().strip():
                self.fields[name].set_error("")
        self.edited.emit()

    def _level_chosen(self) -> None:
        self.fields["self_level"].set_error("")
        self.edited.emit()

    # Fields that open

    def open_limits(self) -> None:
        """Hạn chế, cách sửa: two fields below."""
        self._limits.show()
        self.more.hide()
        self.limits.setFocus()

    def open_evidence(self) -> None:
        """Minh chứng: one field below."""
        self.fields["evidence"].show()
        self.prove.hide()
        self.evidence.setFocus()

    def show_problem(self, name: str, sentence: str) -> None:
        """Say under a field what is wrong."""
        self.fields[name].set_error(sentence)

    def focus_field(self, name: str) -> None:
        """Bring the person to a field."""
        if name == "result":
            self.focus_result()
        else:
            self.fields[name].focus_field()

    def focus_result(self) -> None:
        """Go to the result; old words are selected so that typing replaces them."""
        self.result.setFocus()
        cursor = self.result.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        self.result.setTextCursor(cursor)

    # Looks

    def set_can_write(self, can_write: bool) -> None:
        """Read only, or to be written in."""
        self._can_write = can_write
        for area in self._areas():
            area.setReadOnly(not can_write)
            if not can_write:
                area.setPlaceholderText("")
        self.level.setEnabled(can_write)
        self.copy.setVisible(can_write and self.has_last_words())
        self.more.setVisible(can_write and self._limits.isHidden())
        self.prove.setVisible(can_write and self.fields["evidence"].isHidden())
        self.finish.setVisible(can_write)

    def _ask_outcome(self) -> None:
        self.outcome_asked.emit(self, self.item.outcome is not Outcome.DONE)

    def show_copy_key(self, shown: bool) -> None:
        """Show Ctrl+D on the card it would act on."""
        self.copy.set_key("Ctrl+D" if shown else "", bind=False)

    def set_alone(self, alone: bool) -> None:
        """The only card on a narrow page: one column instead of two."""
        directions = QBoxLayout.Direction
        self._lay.setDirection(directions.TopToBottom if alone else directions.LeftToRight)
        self._rule.setHidden(alone)
        self._left.setMinimumWidth(0 if alone else px(_LEFT))
        self._left.setMaximumWidth(16777215 if alone else px(_LEFT))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit(self)
        return super().eventFilter(watched, event)
