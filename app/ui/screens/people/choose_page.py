"""Xin mời đồng chí chọn tên: names to find by a few letters; nothing of anybody's page is shown."""

from collections import Counter
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.dates import format_date, weekday_name
from app.domain.member import Member
from app.domain.text import fold, matches
from app.services.desks import SeatChoice
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.fields import SearchField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Grid, Ground, Row, clear_layout
from app.ui.parts.look import TextSize
from app.ui.parts.page import logical_height, logical_width
from app.ui.preferences import Preferences
from app.ui.theme import px, theme
from app.ui.tokens import FULL_WIDTH

_NAME_WIDTH, _NAME_HEIGHT, _GAP = 300, 46, 8
_LOW = 480


class ChoosePersonPage(QWidget):
    """``person_chosen`` carries the member's id, "" for the book's keeper."""

    person_chosen = Signal(str)
    leave_requested = Signal()
    help_topic = "people"

    def __init__(self, seats: SeatChoice, preferences: Preferences) -> None:
        super().__init__()
        self._people = seats.people
        twice = Counter(person.name for person in seats.people)
        self._labels = {person.id: _label(person, alike=twice[person.name] > 1) for person in seats.people}
        self._first = 0
        self._shape = (0, 0)
        self.buttons: list[Button] = []
        column = Column(self, spacing=0)
        column.addWidget(self._header(seats, preferences))
        body = Column(spacing=4, margins=(44, 22, 44, 18))
        body.addWidget(Label("Xin mời đồng chí chọn tên", "h1"))
        self._hint = Label("Gõ vài chữ của tên, có dấu hay không dấu đều được.", "lead", "ink2")
        body.addWidget(self._hint)
        self.search_field = SearchField("Tên của đồng chí…")
        self.search_field.textChanged.connect(self._search)
        self.search_field.returnPressed.connect(self._take_marked)
        self.search_field.down_pressed.connect(self._into_names)
        search_row = Column(margins=(0, 10, 0, 8))
        search_row.addWidget(self.search_field)
        body.addLayout(search_row)
        self._area = QWidget()
        self._names = Grid(self._area, spacing=(10, _GAP))
        body.addWidget(self._area, 1)
        body.addLayout(self._pager())
        if seats.may_keep:
            body.addWidget(self._keeper())
        column.addLayout(body, 1)
        theme.changed.connect(self._fit)

    def _header(self, seats: SeatChoice, preferences: Preferences) -> QWidget:
        header = Ground("header")
        row = Row(header, spacing=24, margins=(44, 12, 44, 12))
        names = Column(spacing=0)
        names.addWidget(Label(seats.cell_name.upper, "cap", "ink2"))
        names.addWidget(Label(seats.cell_name.own, "body", weight=600))
        row.addLayout(names, 1)
        row.addWidget(TextSize(preferences))
        self._now = Label("", "body", "ink2", wrap=False)
        row.addWidget(self._now)
        self._clock = QTimer(self)
        self._clock.setInterval(10_000)
        self._clock.timeout.connect(self._tell_time)
        self._clock.start()
        self._tell_time()
        self.leave = make_button("outlined", "Về trang mở đầu", "arrow-left", "Esc")
        self.leave.clicked.connect(self.leave_requested)
        row.addWidget(self.leave)
        return header

    def _pager(self) -> Row:
        row = Row(spacing=10, margins=(0, 8, 0, 0))
        self._more = Label("", "cap", "ink2")
        row.addWidget(self._more, 1)
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

    def _keeper(self) -> QWidget:
        card = Card(kind="pri", margins=(18, 12, 14, 12))
        row = Row(spacing=16)
        words = (
            "Sổ chưa ghi ai là bí thư. Người lập sổ ghi tiếp danh sách và chức vụ; "
            "từ khi có bí thư, mỗi đồng chí chọn tên mình."
        )
        row.addWidget(Label(words, "body"), 1)
        self.keep_button = make_button("filled", "Tiếp tục lập sổ", "pen-line", "Ctrl+Enter")
        self.keep_button.clicked.connect(lambda: self.person_chosen.emit(""))
        row.addWidget(self.keep_button)
        card.body.addLayout(row)
        return card

    # What it shows

    def first_focus(self) -> QWidget:
        """Letters go into the search at once."""
        return self.search_field

    def go_back(self) -> bool:
        """Esc: back to the start page."""
        self.leave_requested.emit()
        return True

    def _tell_time(self) -> None:
        now = datetime.now()
        day = weekday_name(now.date())
        self._now.setText(f"{day[0].upper()}{day[1:]}, {format_date(now.date())} · {now:%H:%M}")

    def _found(self) -> tuple[Member, ...]:
        query = self.search_field.text()
        if not query.strip():
            return self._people
        found = [p for p in self._people if matches(query, p.name.lower(), p.search_key)]
        return tuple(sorted(found, key=lambda person: _distance(fold(query), person)))

    def _search(self, _text: str) -> None:
        self._first = 0
        self._show_names()

    def _grid_shape(self) -> tuple[int, int]:
        """Columns and rows there is room for."""
        room = self._area.size()
        widest = max((theme.metrics("lead").horizontalAdvance(t) for t in self._labels.values()), default=0)
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
        for number, person in enumerate(found[self._first : self._first + count]):
            button = make_button("outlined", self._labels[person.id], large=True)
            button.set_spread()
            button.setCheckable(True)
            button.clicked.connect(lambda _c=False, member_id=person.id: self.person_chosen.emit(member_id))
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
        if self.search_field.text().strip() and self.buttons:
            self.buttons[0].setChecked(True)

    def _say_rest(self, found: int, count: int) -> None:
        rest = found - self._first - count
        self.next.setVisible(found > count)
        self.previous.setVisible(found > count)
        self.next.setEnabled(rest > 0)
        self.previous.setEnabled(self._first > 0)
        if not found:
            query = self.search_field.value()
            self._more.setText(f"Không tìm thấy “{query}”. Thử gõ họ, hoặc ít chữ hơn.")
        else:
            self._more.setText(f"Còn {rest} tên nữa" if rest > 0 else "")

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
            self._fit()
        return handled

    def _fit(self) -> None:
        """As many names as there is room for, already at the first sight of the page."""
        is_narrow = logical_width(self) < FULL_WIDTH
        self._now.setVisible(not is_narrow)
        self.leave.set_compact(is_narrow)
        self._hint.setVisible(logical_height(self) >= _LOW)
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            if self._grid_shape() != self._shape:
                self._show_names()


def _distance(folded: str, person: Member) -> int:
    """People type their given name first, then any other word of their name."""
    words = person.search_key.split()
    if words and words[-1].startswith(folded):
        return 0
    return 1 if any(word.startswith(folded) for word in words) else 2


def _label(person: Member, *, alike: bool) -> str:
    birth = person.record.birth
    return f"{person.name} (sinh {birth})" if alike and birth else person.name
