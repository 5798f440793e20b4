"""A book of an earlier version locked at its first opening: its password, its recovery sheet, then open."""

from dataclasses import dataclass
from pathlib import Path

from app.db.key_slots import KdfCost
from app.domain.errors import ValidationFailed
from app.domain.passwords import problems_in_password
from app.domain.progress import NoProgress, Progress
from app.services.book_conversion import convert_plain_book
from app.services.books import open_book
from app.services.keys import new_keys
from app.services.new_books import BegunBook, NewPassword
from app.services.workspace import Clock, SystemClock


@dataclass(frozen=True, slots=True)
class LockWish:
    """The password typed twice; where the unlocked original goes (None: it is destroyed); PINs or none."""

    password: NewPassword
    keep_in: Path | None = None
    pins_required: bool = True


@dataclass(frozen=True, slots=True)
class LockedBook:
    """The book, open and locked. ``trouble``: why the unlocked original still lies in its folder."""

    begun: BegunBook
    trouble: str = ""


def lock_book(
    folder: Path,
    wish: LockWish,
    clock: Clock | None = None,
    progress: Progress | None = None,
    cost: KdfCost | None = None,
) -> LockedBook:
    """Khóa sổ: encrypt an older book under a new password and open it.

    Raises ``ValidationFailed`` for a weak password, and what ``convert_plain_book`` and ``open_book`` raise.
    """
    clock, progress = clock or SystemClock(), progress or NoProgress()
    if problems := problems_in_password(wish.password.password, wish.password.again):
        raise ValidationFailed(problems)
    keys = new_keys(wish.password.password, clock.now(), cost)
    done = convert_plain_book(
        folder, keys, progress, keep_in=wish.keep_in, pins_required=wish.pins_required, clock=clock
    )
    ws = open_book(folder, unlocked=done.unlocked, clock=clock)
    return LockedBook(BegunBook(ws, keys.recovery_code), done.trouble)
