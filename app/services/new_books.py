"""A new book with its password and its recovery sheet."""

from dataclasses import dataclass, field
from pathlib import Path

from app.db.key_slots import KdfCost
from app.domain.cell import NewBook, problems_in_book
from app.domain.errors import ValidationFailed
from app.domain.passwords import problems_in_password
from app.domain.progress import NoProgress, Progress
from app.services.books import create_book
from app.services.keys import new_keys
from app.services.workspace import Clock, SystemClock, Workspace


@dataclass(frozen=True, slots=True)
class BegunBook:
    """A book just made, open; ``recovery_code`` is shown and printed once and kept nowhere."""

    ws: Workspace
    recovery_code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewPassword:
    """A password typed twice."""

    password: str = field(repr=False)
    again: str = field(repr=False)


def begin_book(
    folder: Path,
    book: NewBook,
    password: NewPassword,
    clock: Clock | None = None,
    progress: Progress | None = None,
    cost: KdfCost | None = None,
) -> BegunBook:
    """Lập sổ: the book at ``folder`` locked by a password, and the code of its recovery sheet.

    Raises ``ValidationFailed`` for missing header lines or a weak password before anything is made, and what
    ``create_book`` raises. Takes a few seconds: deriving keys is slow by design.
    """
    clock, progress = clock or SystemClock(), progress or NoProgress()
    problems = problems_in_book(book, clock.today())
    problems += problems_in_password(password.password, password.again)
    if problems:
        raise ValidationFailed(problems)
    progress.step(0, 2, "Đặt khóa cho sổ")
    keys = new_keys(password.password, clock.now(), cost)
    progress.step(1, 2, "Lập sổ")
    ws = create_book(folder, book, keys, clock)
    return BegunBook(ws, keys.recovery_code)
