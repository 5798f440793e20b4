"""The fields of the chosen item below the table."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.content_set import ContentSet
from app.domain.dates import format_date
from app.domain.pledge import Origin, PledgeItem, PledgeRevision
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import Choice, FormField, TextArea
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, FlowLayout, Grid, Row, clear_layout
from app.ui.screens.pledges.content_choice import ContentChoice
from app.ui.screens.pledges.due_field import DueField
from app.ui.screens.pledges.item_list import ItemEntry
from app.ui.screens.pledges.outcome_row import OutcomeRow
from app.ui.screens.pledges.pledge_words import due_words

# Where each field stands (row, column, columns it takes), from narrow to wide pages.
_Places = dict[str, tuple[int, int, int]]
_NARROW: _Places = {
    name: (row, 0, 12)
    for row, name in enumerate(("content_code", "action", "target", "due_on", "measure", "origin", "note"))
}
_MIDDLE: _Places = {
    "content_code": (0, 0, 12),
    "action": (1, 0, 12),
    "target": (2, 0, 6),
    "measure": (2, 6, 6),
    "due_on": (3, 0, 6),
    "origin": (3, 6, 6),
    "note": (4, 0, 12),
}
_WIDE: _Places = {
    "content_code": (0, 0, 6),
    "due_on": (0, 6, 3),
    "origin": (0, 9, 3),
    "action": (1, 0, 6),
    "target": (1, 6, 3),
    "measure": (1, 9, 3),
    "note": (2, 0, 12),
}
_PLACES = {1: _NARROW, 2: _MIDDLE, 3: _WIDE}


class ItemCard(Card):
    """Shows one entry. ``edited`` carries the entry as it reads now; the rest asks the page to act."""

    edited = Signal(object)
    remove_requested = Signal()
    move_requested = Signal(int)
    step_requested = Signal(int)
    revise_requested = Signal()
    give_up_requested = Signal()

    def __init__(self, year: int) -> None:
        super().__init__(spacing=10)
        self._year = year
        self._entry: ItemEntry | None = None
        self.content = ContentChoice()
        self.due = DueField(year)
        self.origin = Choice([(each.value, each.label) for each in Origin])
        self.action = TextArea(min_lines=2)
        self.target = TextArea(min_lines=2)
        self.measure = TextArea(min_lines=2)
        self.note = TextArea(min_lines=1)
        self.fields = {
            "content_code": FormField("Nội dung nêu gương", self.content),
            "action": FormField("Việc làm cụ thể", self.action, required=True),
            "target": FormField("Chỉ tiêu, đầu ra", self.target),
            "due_on": FormField("Thời hạn", self.due),
            "measure": FormField("Biện pháp", self.measure),
            "origin": FormField("Nguồn", self.origin),
            "note": FormField("Ghi chú", self.note),
        }
        self._make_head()
        self.reason = Label("", "body", "late")
        self.body.addWidget(self.reason)
        self.outcome = OutcomeRow()
        self.body.addWidget(self.outcome)
        self._grid = Grid(spacing=(12, 8))
        for column in range(12):
            self._grid.setColumnStretch(column, 1)
        self.body.addLayout(self._grid)
        self._places: _Places = {}
        self._earlier = Column(spacing=4)
        self.body.addLayout(self._earlier)
        self._listen()
        self.arrange(3, has_table=True)

    def _make_head(self) -> None:
        head = Row(spacing=10)
        self.title = Label("", "h3", wrap=False)
        head.addWidget(self.title, 0, Qt.AlignmentFlag.AlignVCenter)
        self.before = make_button(
            "ghost", "Việc trước", "arrow-left", None, lambda: self.step_requested.emit(-1)
        )
        self.after = make_button(
            "ghost", "Việc sau", "arrow-right", None, lambda: self.step_requested.emit(1)
        )
        self.up = make_button("ghost", "Đưa lên", None, None, lambda: self.move_requested.emit(-1))
        self.down = make_button("ghost", "Đưa xuống", None, None, lambda: self.move_requested.emit(1))
        self.remove = make_button("ghost", "Xóa việc này", "trash-2", None, self.remove_requested.emit)
        self.revise = make_button(
            "outlined", "Thay đổi việc này…", "pencil", "F2", self.revise_requested.emit
        )
        self.give_up = make_button("ghost", "Thôi thay đổi", "undo-2", None, self.give_up_requested.emit)
        acts = QWidget()
        flow = FlowLayout(acts, spacing=4)
        for button in (self.before, self.after, self.up, self.down, self.remove, self.revise, self.give_up):
            flow.addWidget(button)
        head.addStretch(1)
        head.addWidget(acts)
        self.body.addLayout(head)

    def _listen(self) -> None:
        self.content.edited.connect(lambda _code: self._tell())
        self.due.edited.connect(self._tell)
        self.origin.chosen.connect(lambda _key: self._tell())
        for area in (self.action, self.target, self.measure, self.note):
            area.edited.connect(self._tell)
            area.left.connect(self._tell)

    # What it shows

    def set_content_sets(self, sets: tuple[ContentSet, ...]) -> None:
        """Offer these contents."""
        self.content.set_content_sets(sets)

    def show_entry(self, entry: ItemEntry, number: int, count: int, *, is_editable: bool) -> None:
        """Show an entry; what is being typed in it is not touched."""
        is_other = self._entry is None or self._entry.key != entry.key
        self._entry = entry
        item = entry.item
        self.title.setText(f"Việc {number}/{count}")
        self.content.set_value(item.content_code)
        if is_other or not self._reads_as(entry):
            self.due.set_due(item.due_on, entry.due_text)
        self.origin.set_value(item.origin.value)
        for area, text in self._areas(item):
            if is_other or area.value().strip() != text.strip():
                area.set_value(text)
        if is_other:
            self.show_problem("", "")
        self._show_earlier(item.revisions)
        self.before.setEnabled(number > 1)
        self.after.setEnabled(number < count)
        self.up.setEnabled(number > 1)
        self.down.setEnabled(number < count)
        self.set_editable(is_editable)

    def show_shaping(self, can_shape: bool) -> None:
        """Whether items can be moved and taken out."""
        for button in (self.up, self.down, self.remove):
            button.setVisible(can_shape)

    def show_change(self, *, can_revise: bool, reason: str, is_changing: bool) -> None:
        """Changing one item of a passed pledge: the way in, the reason given, the way out."""
        self.revise.setVisible(can_revise)
        self.give_up.setVisible(is_changing)
        self.reason.setText(f"Lý do: {reason}" if reason else "")
        self.reason.setVisible(bool(reason))

    def show_outcome(self, item: PledgeItem, *, is_shown: bool, is_editable: bool) -> None:
        """How the item stands, once the cell has passed it."""
        self.outcome.setVisible(is_shown and bool(item.id))
        self.outcome.show_item(item, is_editable)

    def set_editable(self, editable: bool) -> None:
        """Whether the fields take words."""
        for area in (self.action, self.target, self.measure, self.note):
            area.setReadOnly(not editable)
        self.content.set_read_only(not editable)
        self.due.set_read_only(not editable)
        self.origin.setEnabled(editable)

    def show_problem(self, field: str, message: str) -> None:
        """Say what is wrong at one field and go there; none takes all away."""
        for name, shown in self.fields.items():
            shown.set_error(message if name == field else "")
        if field in self.fields:
            self.focus_field(field)

    def focus_field(self, field: str) -> None:
        """Bring the person to a field."""
        if field == "due_on" and self.due.day.isVisibleTo(self):
            self.due.day.setFocus()
        elif field in self.fields:
            self.fields[field].focus_field()

    def arrange(self, columns: int, *, has_table: bool) -> None:
        """Fields in one column, two or three; without a table above, ways to the item before and after."""
        self.before.setVisible(not has_table)
        self.after.setVisible(not has_table)
        places = _PLACES[columns]
        if places is self._places:
            return
        self._places = places
        before: QWidget | None = None
        for name, (row, column, span) in places.items():
            self._grid.removeWidget(self.fields[name])
            self._grid.addWidget(self.fields[name], row, column, 1, span)
        for name in places:
            focused = _focus_of(self.fields[name].field)
            if before is not None:
                QWidget.setTabOrder(before, focused)
            before = focused

    # What is typed

    def _areas(self, item: PledgeItem) -> tuple[tuple[TextArea, str], ...]:
        return (
            (self.action, item.action),
            (self.target, item.target),
            (self.measure, item.measure),
            (self.note, item.note),
        )

    def _reads_as(self, entry: ItemEntry) -> bool:
        return (self.due.value(), self.due.unread_text()) == (entry.item.due_on, entry.due_text)

    def _tell(self) -> None:
        if self._entry is None or self.action.isReadOnly():
            return
        item = replace(
            self._entry.item,
            content_code=self.content.value(),
            action=self.action.value(),
            target=self.target.value(),
            due_on=self.due.value(),
            measure=self.measure.value(),
            origin=Origin(self.origin.value()),
            note=self.note.value(),
        )
        entry = ItemEntry(self._entry.key, item, self.due.unread_text(), self.due.problem())
        if entry != self._entry:
            self._entry = entry
            self.edited.emit(entry)

    def _show_earlier(self, revisions: tuple[PledgeRevision, ...]) -> None:
        clear_layout(self._earlier)
        for revision in reversed(revisions):
            words = [
                revision.action,
                revision.target,
                due_words(revision.due_on, self._year),
                revision.measure,
            ]
            text = "; ".join(word.strip() for word in words if word.strip())
            sentence = f"Trước {format_date(revision.revised_on)}: {text}. Lý do: {revision.reason}"
            self._earlier.addWidget(Label(sentence, "cap", "ink2"))


def _focus_of(field: QWidget) -> QWidget:
    return field.focusProxy() or field
