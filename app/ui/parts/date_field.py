"""A date typed as dd/MM/yyyy or taken from a calendar, with the day of the week in words below."""

from datetime import date

from PySide6.QtCore import QDate, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QCalendarWidget, QFrame, QPushButton, QWidget

from app.domain.dates import BirthDate, DateProblem, format_date, parse_date, weekday_name
from app.ui.icons import draw_icon
from app.ui.parts.fields import CheckedField, LineField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column
from app.ui.theme import px, theme


class _DateLine(LineField):
    """The line itself; Alt+Down asks for the calendar."""

    calendar_requested = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if (event.key() == Qt.Key.Key_Down and is_alt) or event.key() == Qt.Key.Key_F4:
            self.calendar_requested.emit()
        else:
            super().keyPressEvent(event)


class _CalendarButton(QPushButton):
    """The small calendar at the end of the line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Mở lịch, Alt+Xuống")
        self.setToolTip("Mở lịch (Alt+Xuống)")

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_icon(QPainter(self), self.rect(), "calendar-check", "ink2" if self.isEnabled() else "line", 18)


class DateField(CheckedField):
    """A full date. It is checked, and written in full, when the field is left; never while one types."""

    edited = Signal()
    left = Signal()

    def __init__(self, day: date | None = None, parent: QWidget | None = None) -> None:
        self._entry = _DateLine(placeholder=self.placeholder())
        super().__init__(self._entry, parent)
        column = Column(self, spacing=2)
        column.addWidget(self._entry)
        self._words = Label("", "cap", "ink2", wrap=False)
        column.addWidget(self._words)
        self._button = _CalendarButton(self._entry)
        self._button.clicked.connect(self.open_calendar)
        self._entry.calendar_requested.connect(self.open_calendar)
        self._entry.edited.connect(self._typed)
        self._entry.left.connect(self._leave)
        self._popup: QFrame | None = None
        self._calendar: QCalendarWidget | None = None
        theme.changed.connect(self._fit)
        self._fit()
        self.set_text(format_date(day) if day else "")

    @staticmethod
    def placeholder() -> str:
        """How to write it, shown while the line is empty."""
        return "ngày/tháng/năm"

    def value(self) -> date | None:
        """The date, or None while the line is empty or cannot be read (see ``problem``)."""
        try:
            return parse_date(self._entry.text())
        except DateProblem:
            return None

    def set_value(self, day: date | None) -> None:
        """Show a date."""
        self.set_text(format_date(day) if day else "")

    def set_text(self, text: str) -> None:
        """Show what is written as it is."""
        self._entry.set_value(text)
        self._show_weekday()

    def text(self) -> str:
        """What is written, whether or not it is a date."""
        return self._entry.value()

    def problem(self) -> str:
        """Why what is written cannot be read, or "" (an empty line is no problem by itself)."""
        if not self._entry.value():
            return ""
        try:
            self._read()
        except DateProblem as problem:
            return str(problem)
        return ""

    def open_calendar(self) -> None:
        """Show the calendar under the field; Enter or a click takes the day, Esc leaves it."""
        frame = QFrame(self, Qt.WindowType.Popup)
        frame.setProperty("ground", "card")
        frame.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = Column(frame, margins=(4, 4, 4, 4))
        calendar = QCalendarWidget()
        calendar.setAccessibleName("Lịch")
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setGridVisible(False)
        # Qt paints weekends red; here red means wrong.
        weekend = QTextCharFormat()
        weekend.setForeground(theme.color("ink2"))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(weekday, weekend)
        day = self.value()
        if day is not None:
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.activated.connect(self._take)
        calendar.clicked.connect(self._take)
        column.addWidget(calendar)
        self._popup, self._calendar = frame, calendar
        frame.destroyed.connect(self._forget_calendar)
        frame.adjustSize()
        frame.move(self._place_for(frame))
        frame.show()
        calendar.setFocus()

    def calendar(self) -> QCalendarWidget | None:
        """The calendar while it is open."""
        return self._calendar

    def _place_for(self, frame: QWidget) -> QPoint:
        below = self._entry.mapToGlobal(QPoint(0, self._entry.height() + 2))
        screen = QApplication.screenAt(below) or QApplication.primaryScreen()
        room = screen.availableGeometry()
        x = max(room.left(), min(below.x(), room.right() - frame.width()))
        if below.y() + frame.height() > room.bottom():
            return QPoint(x, self._entry.mapToGlobal(QPoint(0, 0)).y() - frame.height() - 2)
        return QPoint(x, below.y())

    def _take(self, chosen: QDate) -> None:
        self.set_value(date(chosen.year(), chosen.month(), chosen.day()))
        if self._popup is not None:
            self._popup.close()
        self._entry.setFocus()
        self.problem_found.emit("")
        self.edited.emit()

    def _forget_calendar(self) -> None:
        self._popup, self._calendar = None, None

    def _read(self) -> str:
        """The date as it is written in full; raises ``DateProblem``."""
        return format_date(parse_date(self._entry.text()))

    def _typed(self) -> None:
        self._words.setText("")
        self.problem_found.emit("")
        self.edited.emit()

    def _leave(self) -> None:
        problem = self.problem()
        if not problem and self._entry.value():
            self._entry.set_value(self._read())
        self._show_weekday()
        self.problem_found.emit(problem)
        self.left.emit()

    def _show_weekday(self) -> None:
        day = self.value()
        words = weekday_name(day) if day else ""
        self._words.setText(words[:1].upper() + words[1:])
        self._words.setVisible(bool(words))

    def _fit(self) -> None:
        side = px(32)
        self._entry.setTextMargins(0, 0, side - px(6), 0)
        self._button.setGeometry(QRect(self._entry.width() - side, 0, side, self._entry.height()))
        self.setMinimumWidth(px(150))

    def resizeEvent(self, event: object) -> None:
        self._fit()


class BirthDateField(DateField):
    """A birth date as far as it is known: a full date, month and year, or the year alone."""

    @staticmethod
    def placeholder() -> str:
        return "ngày/tháng/năm, hoặc năm"

    def birth_value(self) -> BirthDate | None:
        """What is known, or None while the line is empty or cannot be read."""
        try:
            return BirthDate.parse(self._entry.text()) if self._entry.value() else None
        except DateProblem:
            return None

    def _read(self) -> str:
        return BirthDate.parse(self._entry.text()).format()
