"""Import, second step: what each column of the sheet was taken for, with samples; changed by the person."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.list_headings import ListedColumn, ListField
from app.domain.member_list import ListedMember, cell_text
from app.services.member_import import ListPreview
from app.ui.parts.fields import Choice, FormField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Grid, Row, ScrollBody, clear_layout

_UNUSED = "-"
_SAMPLES, _SAMPLE_LETTERS, _PASSED_OVER_SHOWN = 3, 40, 4


class ColumnsStep(QWidget):
    """Shows the sheet's columns. ``sheet_chosen`` asks to read another sheet; ``fields()`` is the mapping."""

    sheet_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = Column(self, spacing=0)
        scroll = ScrollBody(margins=(0, 0, 0, 0))
        column.addWidget(scroll)
        self.sheet = Choice()
        self.sheet.chosen.connect(self.sheet_chosen)
        top = Row(spacing=16)
        self._sheet_field = FormField("Bảng tính", self.sheet)
        top.addWidget(self._sheet_field, 1)
        self._words = Label("", "body", "ink2")
        top.addWidget(self._words, 2, Qt.AlignmentFlag.AlignBottom)
        scroll.body.addLayout(top)
        card = Card(spacing=8, margins=(16, 12, 16, 14))
        self._holder = Column()
        card.body.addLayout(self._holder)
        scroll.body.addWidget(card)
        self._passed_over = Label("", "cap", "ink2")
        scroll.body.addWidget(self._passed_over)
        self._choices: dict[str, Choice] = {}
        self._read_fields: dict[str, ListField | None] = {}

    def show_list(self, looked_at: ListPreview) -> None:
        """Show how a list was read."""
        sheet = looked_at.sheet
        self.sheet.set_options([(name, name) for name in sheet.sheets])
        self.sheet.set_value(sheet.sheet)
        rows = " và ".join(str(row) for row in sheet.heading_rows)
        self._words.setText(f"Tiêu đề ở dòng {rows}, {len(sheet.members)} dòng đảng viên.")
        self._read_fields = {
            each.letter: each.field for each in sheet.columns if _is_shown(each, sheet.members)
        }
        clear_layout(self._holder)
        self._choices = {}
        holder = QWidget()
        grid = Grid(holder, spacing=(16, 6))
        for number, head in enumerate(("Cột", "Tiêu đề trong tệp", "Vài ô đầu", "Ghi vào sổ là")):
            grid.addWidget(Label(head, "cap", "ink2", weight=600, wrap=False), 0, number)
        shown = [each for each in sheet.columns if each.letter in self._read_fields]
        for row, column in enumerate(shown, start=1):
            grid.addWidget(Label(column.letter, "body", "ink2", wrap=False), row, 0)
            grid.addWidget(Label(column.heading or "(không có tiêu đề)", weight=600), row, 1)
            grid.addWidget(Label(_samples(column, sheet.members), "cap", "ink2"), row, 2)
            grid.addWidget(self._choice(column), row, 3)
        for number, stretch in enumerate((0, 3, 4, 3)):
            grid.setColumnStretch(number, stretch)
        self._holder.addWidget(holder)
        self._show_passed_over(sheet.passed_over)

    def _show_passed_over(self, rows: tuple[tuple[int, str], ...]) -> None:
        said = [f"dòng {row} “{_short(text)}”" for row, text in rows[:_PASSED_OVER_SHOWN]]
        more = f" và {len(rows) - len(said)} dòng khác" if len(rows) > len(said) else ""
        self._passed_over.setText(f"Không tính là đảng viên: {'; '.join(said)}{more}." if rows else "")
        self._passed_over.setVisible(bool(rows))

    def _choice(self, column: ListedColumn) -> Choice:
        options = [(_UNUSED, "Không dùng"), *((field.value, field.label) for field in ListField)]
        choice = Choice(options, chosen=column.field.value if column.field else _UNUSED)
        choice.setAccessibleName(f"Cột {column.letter} “{column.heading}” ghi vào sổ là")
        choice.chosen.connect(lambda key, letter=column.letter: self._take_from_others(letter, key))
        self._choices[column.letter] = choice
        return choice

    def _take_from_others(self, letter: str, key: str) -> None:
        """One meaning belongs to one column."""
        for other, choice in self._choices.items():
            if other != letter and key != _UNUSED and choice.value() == key:
                choice.set_value(_UNUSED)

    def choice_of(self, letter: str) -> Choice:
        """The choice of a column."""
        return self._choices[letter]

    def fields(self) -> dict[str, ListField | None]:
        """What each column is taken for now."""
        values = {letter: choice.value() for letter, choice in self._choices.items()}
        return {letter: None if key == _UNUSED else ListField(key) for letter, key in values.items()}

    def is_changed(self) -> bool:
        """Whether the person reads a column otherwise than it was read."""
        return self.fields() != self._read_fields

    def first_focus(self) -> QWidget:
        """The sheet, when there are several; else the first column."""
        first = next(iter(self._choices.values()), self.sheet)
        return self.sheet if self.sheet.count() > 1 else first


def _is_shown(column: ListedColumn, members: tuple[ListedMember, ...]) -> bool:
    return bool(column.heading or column.field or _samples(column, members))


def _samples(column: ListedColumn, members: tuple[ListedMember, ...]) -> str:
    masked: Callable[[str], str] = _short
    if column.field is ListField.CARD_NUMBER:
        from app.domain.text import mask_card

        masked = mask_card
    found: list[str] = []
    for member in members:
        text = cell_text(member.cells[column.index]) if column.index < len(member.cells) else ""
        if text:
            found.append(masked(text))
        if len(found) == _SAMPLES:
            break
    return " · ".join(found)


def _short(text: str) -> str:
    return text if len(text) <= _SAMPLE_LETTERS else f"{text[:_SAMPLE_LETTERS].rstrip()}…"
