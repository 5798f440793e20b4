"""Working days: Monday to Friday without the holidays that fall on the same day every year."""

from datetime import date, timedelta

_HOLIDAYS = ((1, 1), (4, 30), (5, 1), (9, 2))
_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether offices work. Tết and Giỗ Tổ move with the moon and are not known here."""
    return day.weekday() < 5 and (day.month, day.day) not in _HOLIDAYS


def working_days_before(day: date, count: int) -> date:
    """The last day on which something may be sent that is due ``count`` working days before a day."""
    while count > 0:
        day -= _DAY
        count -= is_working_day(day)
    return day


def working_days_between(sent: date, due: date) -> int:
    """Working days from the day of sending, counted in, to the day before ``due``; 0 when sent later."""
    days = (due - sent).days
    return sum(is_working_day(sent + number * _DAY) for number in range(max(0, days)))
