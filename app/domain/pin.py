"""A person's PIN: what it must be, and how long to wait after wrong ones.

A PIN only says who sits down while the book is open; no key of the book is ever wrapped by one.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

from app.domain.dates import BirthDate

LEAST_DIGITS, MOST_DIGITS = 4, 6
STARTING_DIGITS = 4
FREE_TRIES = 3
_WAITS = (5, 15, 60, 5 * 60, 15 * 60, 60 * 60)  # seconds after the third wrong PIN, the fourth …


def problem_in_pin(pin: str, birth: BirthDate | None = None) -> str:
    """Why these digits cannot be somebody's PIN, as a sentence; "" when they can."""
    if not pin.isdecimal() or not pin.isascii():
        return "Mã PIN chỉ gồm chữ số."
    if not LEAST_DIGITS <= len(pin) <= MOST_DIGITS:
        return f"Mã PIN có từ {LEAST_DIGITS} đến {MOST_DIGITS} chữ số."
    if len(set(pin)) == 1:
        return "Mã PIN một chữ số lặp lại dễ đoán quá. Đồng chí chọn mã khác."
    if _runs(pin):
        return "Mã PIN các số liền nhau dễ đoán quá. Đồng chí chọn mã khác."
    if pin in (pin[:2] * 2, pin[:2] * 3, pin[:3] * 2):
        return "Mã PIN lặp lại từng đôi dễ đoán quá. Đồng chí chọn mã khác."
    if birth is not None and pin in _birth_digits(birth):
        return "Mã PIN không nên là năm sinh hay ngày sinh của đồng chí. Đồng chí chọn mã khác."
    return ""


def _runs(pin: str) -> bool:
    """1234, 4321, 890123: each digit next to the one before."""
    return any(
        all((int(after) - int(before)) % 10 == step for before, after in pairwise(pin)) for step in (1, 9)
    )


def _birth_digits(birth: BirthDate) -> set[str]:
    year, month, day = f"{birth.year:04}", f"{birth.month or 0:02}", f"{birth.day or 0:02}"
    found = {year}
    if birth.month:
        found |= {month + year, month + year[2:]}
    if birth.day:
        found |= {day + month, month + day, day + month + year[2:], year[2:] + month + day}
    return found


def starting_pin(random_below: Callable[[int], int], birth: BirthDate | None = None) -> str:
    """Random digits for somebody's first sitting; they choose their own then."""
    while True:
        pin = "".join(str(random_below(10)) for _ in range(STARTING_DIGITS))
        if not problem_in_pin(pin, birth):
            return pin


def tries_left(failures: int) -> int:
    """How many wrong PINs may still follow before the first wait."""
    return max(0, FREE_TRIES - failures)


def wait_after(failures: int) -> timedelta:
    """How long this many wrong PINs in a row make the next try wait."""
    if failures < FREE_TRIES:
        return timedelta(0)
    return timedelta(seconds=_WAITS[min(failures - FREE_TRIES, len(_WAITS) - 1)])


def wait_left(failures: int, failed_at: datetime | None, now: datetime) -> int:
    """Seconds still to wait. A clock set back never shortens it: then the whole wait is still to come."""
    if failed_at is None:
        return 0
    passed = max(now - failed_at, timedelta(0))
    return max(0, -((passed - wait_after(failures)) // timedelta(seconds=1)))


def wait_words(seconds: int) -> str:
    """How long, as it is said: "15 giây", "4 phút 10 giây"."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return f"{rest} giây"
    return f"{minutes} phút {rest} giây" if rest else f"{minutes} phút"
