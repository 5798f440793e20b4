"""What can go wrong for a person, in sentences fit to show them. Everything else is a bug."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right before saving: which field, and a sentence that says what to do."""

    field: str
    message: str


class UserError(Exception):
    """Something a person can understand and act on; ``str(error)`` is the sentence to show."""


class ValidationFailed(UserError):
    """What was entered cannot be saved yet; ``problems`` lists every reason, field by field."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(problem.message for problem in problems))
        self.problems = problems


class Conflict(UserError):
    """The record changed since it was read, or it collides with another record."""


class NotFound(UserError):
    """The record asked for is not in the book (any more)."""


class NotAllowed(UserError):
    """The person at the PC may not do this, or the record's state forbids it."""


class NoRules(UserError):
    """No rule set covers the year asked for."""


class FileUnreadable(UserError):
    """A file chosen by the person cannot be read; the sentence says why and what to do."""


class FileUnwritable(UserError):
    """A file cannot be written at the chosen place; nothing half written is left there."""


class BookUnavailable(UserError):
    """The book cannot be opened or written: missing, damaged, newer, locked, read-only, disk full."""


class BookInUse(BookUnavailable):
    """Another window holds the book; it can still be opened for reading."""


class BookDamaged(BookUnavailable):
    """The book's files are damaged or some are missing: a copy brings it back."""


class PasswordNeeded(BookUnavailable):
    """The book is locked: a password of one of its holders or the recovery sheet opens it."""


class WrongSecret(UserError):
    """What was typed opens no slot of the book."""


class PinRefused(UserError):
    """A wrong PIN, or one typed before the wait was over; ``wait`` is how many seconds are left of it."""

    def __init__(self, sentence: str, wait: int = 0) -> None:
        super().__init__(sentence)
        self.wait = wait


class PlainBook(BookUnavailable):
    """A book of an earlier version that is not encrypted yet; it is converted before it is used."""


class WritesLost(BookUnavailable):
    """The book knows of fewer writes than were made to it; ``lost`` is how many are missing."""

    def __init__(self, sentence: str, lost: int) -> None:
        super().__init__(sentence)
        self.lost = lost


class Cancelled(UserError):
    """The person stopped a long piece of work; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__("Đã dừng theo ý đồng chí. Không có gì bị thay đổi.")
