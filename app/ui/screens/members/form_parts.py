"""What the forms of a member's page are built from: fields in columns, read and shown as plain values."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import Problem
from app.domain.text import mask_card
from app.ui.parts.buttons import make_button
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import CheckedField, Choice, FormField, LineField, TextArea
from app.ui.parts.layout import Grid, Row, restyle
from app.ui.parts.segmented import Segmented

Payload = dict[str, str]


class CardField(CheckedField):
    """The card number: masked until the person asks to see it; one being written is plain to read."""

    edited = Signal()

    def __init__(self) -> None:
        entry = LineField()
        super().__init__(entry)
        self._entry = entry
        self._number = ""
        self._is_masked = False
        self._is_read_only = False
        self._button = make_button("ghost", "Hiện", "eye", on_click=self._turn)
        row = Row(self, spacing=4)
        row.addWidget(entry, 1)
        row.addWidget(self._button)
        entry.edited.connect(lambda _text: self.edited.emit())
        self.set_value("")

    def value(self) -> str:
        """The number, whether or not it is shown."""
        return self._number if self._is_masked else self._entry.value()

    def set_value(self, number: str) -> None:
        """Show a number, masked."""
        self._show(number, masked=bool(number))

    def set_read_only(self, read_only: bool) -> None:
        """Only to look at."""
        self._is_read_only = read_only
        self._show(self.value(), masked=self._is_masked)

    def is_masked(self) -> bool:
        """Whether the digits are hidden now."""
        return self._is_masked

    def _turn(self) -> None:
        self._show(self.value(), masked=not self._is_masked)
        if not self._is_masked:
            self._entry.setFocus()

    def _show(self, number: str, *, masked: bool) -> None:
        self._number, self._is_masked = number, masked
        self._entry.set_value(mask_card(number) if masked else number)
        self._entry.setReadOnly(masked or self._is_read_only)
        restyle(self._entry)
        self._button.setVisible(bool(number))
        self._button.set_words("Hiện" if masked else "Che")
        self._button.setAccessibleName("Hiện số thẻ" if masked else "Che số thẻ")


def text_of(field: QWidget) -> str:
    """What stands in a field, as it is kept in a draft."""
    if isinstance(field, DateField):
        return field.text()
    if isinstance(field, Segmented):
        return field.choice()
    if isinstance(field, LineField | TextArea | Choice | CardField):
        return field.value()
    raise TypeError(field)


def put_text(field: QWidget, text: str) -> None:
    """Show a text in a field as it was kept."""
    if isinstance(field, DateField):
        field.set_text(text)
    elif isinstance(field, Segmented):
        field.set_choice(text)
    elif isinstance(field, LineField | TextArea | Choice | CardField):
        field.set_value(text)


def _lock(field: QWidget) -> None:
    if isinstance(field, LineField | TextArea):
        field.setReadOnly(True)
    elif isinstance(field, DateField):
        line = field.line
        assert isinstance(line, LineField)
        line.setReadOnly(True)
    elif isinstance(field, CardField):
        field.set_read_only(True)
    else:
        field.setEnabled(False)


class FieldGrid(QWidget):
    """Named fields side by side, in fewer columns where the page is narrow; ``spans`` take more than one."""

    edited = Signal()

    def __init__(
        self, fields: Mapping[str, FormField], spans: Mapping[str, int] | None = None, columns: int = 2
    ) -> None:
        super().__init__()
        self.fields = dict(fields)
        self._spans = spans or {}
        self._grid = Grid(self, spacing=(16, 8))
        self._columns = 0
        self._names = tuple(self.fields)
        for shown in self.fields.values():
            field = shown.field
            if isinstance(field, Segmented | Choice):
                field.chosen.connect(lambda _key: self.edited.emit())
            elif isinstance(field, LineField):
                field.edited.connect(lambda _text: self.edited.emit())
            elif isinstance(field, DateField | TextArea | CardField):
                field.edited.connect(self.edited)
        self.set_columns(columns)

    def set_columns(self, columns: int) -> None:
        """Stand in this many columns; fields that are hidden leave no gap."""
        for shown in self.fields.values():
            self._grid.removeWidget(shown)
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        row = column = 0
        for name in self._names:
            shown = self.fields[name]
            span = min(self._spans.get(name, 1), columns)
            if column + span > columns:
                row, column = row + 1, 0
            self._grid.addWidget(shown, row, column, 1, span)
            column += span

    def show_only(self, names: Sequence[str]) -> None:
        """Show these fields and no other."""
        self._names = tuple(name for name in self.fields if name in names)
        self.set_columns(self._columns)
        for name, shown in self.fields.items():
            shown.setVisible(name in self._names)

    def focus_first(self) -> None:
        """Go to the first field shown."""
        self.fields[self._names[0]].focus_field()

    def texts(self) -> Payload:
        """What stands in every field."""
        return {name: text_of(shown.field) for name, shown in self.fields.items()}

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """Show what was kept; fields not kept are emptied."""
        for name, shown in self.fields.items():
            put_text(shown.field, texts.get(name, ""))
            shown.set_error("")

    def unreadable(self) -> tuple[Problem, ...]:
        """Dates that cannot be read, before anything is asked of the book."""
        shown = {name: self.fields[name].field for name in self._names}
        dates = {name: field for name, field in shown.items() if isinstance(field, DateField)}
        return tuple(Problem(name, problem) for name, day in dates.items() if (problem := day.problem()))

    def show_problems(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Say each problem beside its field and go to the first; returns those that have no field here."""
        by_field: dict[str, str] = {}
        for problem in problems:
            by_field.setdefault(problem.field, problem.message)
        for name, shown in self.fields.items():
            shown.set_error(by_field.get(name, ""))
        first = next((name for name in self.fields if name in by_field), None)
        if first is not None:
            self.fields[first].focus_field()
        return tuple(problem for problem in problems if problem.field not in self.fields)

    def lock(self) -> None:
        """Only to look at: the book is open for reading."""
        for shown in self.fields.values():
            _lock(shown.field)
