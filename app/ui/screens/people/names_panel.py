"""The names to choose from: found by a few letters, as many as there is room for, then further pages."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.seat import Seat
from app.domain.text import fold, matches
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.fields import SearchField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, FlowLayout, Grid, Row, clear_layout
from app.ui.theme import px, theme

_MEASURED = 8
_NAME_WIDTH, _NAME_HEIGHT, _GAP = 300, 46, 8


class NamesPanel(QWidget):
    """``chosen`` carries the seat. ``others`` sit here by an account and stand below the members."""

    chosen = Signal(object)

    def __init__(self, people: Sequence[Seat], others: Sequence[Seat]) -> None:
        super().__init__()
        self._people, self._others = people, others
        twice = Counter(seat.name for seat in people)
        self._labels = {seat.id: _label(seat, alike=twice[seat.name] > 1) for seat in people}
        self._labels |= {seat.id: f"{seat.name} ({seat.post.lower()})" for seat in others}
        self._first = 0
        self._shape = (0, 0)
        self._marked = ""
        self._is_low = False
        self.buttons: list[Button] = []
        column = Column(self, spacing=0)
        self.search_field = SearchField("Tên của đồng chí…")
        self.search_field.textChanged.connect(self._search)
        self.search_field.returnPressed.connect(self._take_marked)
        self.search_field.down_pressed.connect(self._into_names)
        search_row = Column(margins=(0, 10, 0, 8))
        search_row.addWidget(self.search_field)
        column.addLayout(search_row)
        self._area = QWidget()
        self._names = Grid(self._area, spacing=(10, _GAP))
        column.addWidget(self._area, 1)
        column.addLayout(self._pager())
        self._others_line = self._others_part()
        column.addWidget(self._others_line)
        theme.changed.connect(self.fit)

    def _pager(self) -> Row:
        row = Row(spacing=10, margins=(0, 8, 0, 0))
        self.more = Label("", "cap", "ink2")
        row.addWidget(self.more, 1)
        self.previous = make_button(
            "outlined", "Trang trước", "chevron-left", on_click=lambda: self._turn(-1)
        )
        self.next = make_button("outlined", "Trang sau", "chevron-right", on_click=lambda: self._turn(1))
        for button in (self.previous, self.next):
            # Their room is kept when they hide, so that the names are laid out once, not twice.
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
            row.addWidget(button)
        return row

    def _others_part(self) -> QWidget:
        part = QWidget()
        column = Column(part, spacing=6, margins=(0, 8, 0, 0))
        column.addWidget(Label("Người khác", "cap", "ink2", weight=600))
        flow = FlowLayout(spacing=10)
        self.other_buttons = [self._name_button(seat) for seat in self._others]
        for button in self.other_buttons:
            flow.addWidget(button)
        column.addLayout(flow)
        part.setVisible(bool(self._others))
        return part

    def _name_button(self, seat: Seat) -> Button:
        button = make_button("outlined", self._labels[seat.id], large=True)
        button.set_spread()
        button.setCheckable(True)
        button.setChecked(seat.id == self._marked)
        button.clicked.connect(lambda: self.chosen.emit(seat))
        return button

    def set_low(self, is_low: bool) -> None:
        """On low windows the accounts stand among the members, so that the names keep their room."""
        if is_low != self._is_low:
            self._is_low = is_low
            self._fit_others()
            self._shape = (0, 0)

    def _fit_others(self) -> None:
        has_query = bool(self.search_field.text().strip())
        self._others_line.setVisible(bool(self._others) and not has_query and not self._is_low)

    def mark(self, seat_id: str) -> None:
        """Show whose PIN is being asked for; "" for nobody's."""
        self._marked = seat_id
        self._show_names()
        for button, seat in zip(self.other_buttons, self._others, strict=True):
            button.setChecked(seat.id == seat_id)

    # What it shows

    def _found(self) -> tuple[Seat, ...]:
        query = self.search_field.text()
        everybody = (*self._people, *self._others)
        if not query.strip():
            return everybody if self._is_low else tuple(self._people)
        found = [seat for seat in everybody if matches(query, seat.name.lower(), seat.search_key)]
        return tuple(sorted(found, key=lambda seat: _distance(fold(query), seat)))

    def _search(self, _text: str) -> None:
        self._first = 0
        self._fit_others()
        self._show_names()

    def _grid_shape(self) -> tuple[int, int]:
        """Columns and rows there is room for."""
        room = self._area.size()
        longest = sorted(self._labels.values(), key=len)[-_MEASURED:]  # to measure everybody is dear
        widest = max((theme.metrics("lead").horizontalAdvance(text) for text in longest), default=0)
        width = max(px(_NAME_WIDTH), widest + px(44))
        columns = max(1, min(4, (room.width() + px(10)) // (width + px(10))))
        rows = max(1, (room.height() + px(_GAP)) // px(_NAME_HEIGHT + _GAP))
        return columns, rows

    def _show_names(self) -> None:
        columns, rows = self._shape = self._grid_shape()
        found = self._found()
        count = columns * rows
        self._first = min(self._first, max(0, (len(found) - 1) // count * count))
        clear_layout(self._names)
        self.buttons = []
        for number, seat in enumerate(found[self._first : self._first + count]):
            button = self._name_button(seat)
            self._names.addWidget(button, number % rows, number // rows)
            self.buttons.append(button)
        for index in range(4):
            self._names.setColumnStretch(index, 1 if index < columns else 0)
        for index in range(rows + 1):
            self._names.setRowStretch(index, 0)
        self._names.setRowStretch(rows, 1)
        self._mark_first()
        self._say_rest(len(found), count)

    def _mark_first(self) -> None:
        """While letters are written, Enter takes the first name found; it is shown which one."""
        if self.search_field.text().strip() and self.buttons and not self._marked:
            self.buttons[0].setChecked(True)

    def _say_rest(self, found: int, count: int) -> None:
        rest = found - self._first - count
        self.next.setVisible(found > count)
        self.previous.setVisible(found > count)
        self.next.setEnabled(rest > 0)
        self.previous.setEnabled(self._first > 0)
        if not found:
            query = self.search_field.value()
            nobody = f"Không tìm thấy “{query}”. Thử gõ họ, hoặc ít chữ hơn."
            self.more.setText(nobody if query else "Sổ chưa có tên ai.")
        else:
            self.more.setText(f"Còn {rest} tên nữa" if rest > 0 else "")

    def _turn(self, step: int) -> None:
        self._first += step * self._shape[0] * self._shape[1]
        self._first = max(0, self._first)
        self._show_names()
        self._into_names()

    def _into_names(self) -> None:
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_marked(self) -> None:
        if self.search_field.text().strip() and self.buttons:
            self.buttons[0].click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, Button):
            focused.click()
        elif isinstance(focused, Button) and event.text().isalnum():
            self.search_field.setFocus()
            self.search_field.insert(event.text())
        elif event.key() == Qt.Key.Key_PageDown and self.next.isEnabled():
            self._turn(1)
        elif event.key() == Qt.Key.Key_PageUp and self.previous.isEnabled():
            self._turn(-1)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.fit()
        return handled

    def fit(self) -> None:
        """As many names as there is room for, already at the first sight of the page."""
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            if self._grid_shape() != self._shape:
                self._show_names()


def _distance(folded: str, seat: Seat) -> int:
    """People type their given name first, then any other word of their name."""
    words = seat.search_key.split()
    if words and words[-1].startswith(folded):
        return 0
    return 1 if any(word.startswith(folded) for word in words) else 2


def _label(seat: Seat, *, alike: bool) -> str:
    return f"{seat.name} (sinh {seat.birth})" if alike and seat.birth else seat.name
