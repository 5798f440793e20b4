"""A year locked with a digest of what it held, and why it was opened again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class YearClosing:
    """One locking of a year: when, by whom, the digest of its content, what was still open then.

    Times are local ISO text to the second. A reopened year keeps its closing with the reason.
    """

    year: int
    closed_at: str
    closed_by: str
    digest: str
    open_items: str = ""
    reopened_at: str = ""
    reopened_by: str = ""
    reopen_reason: str = ""
    id: str = ""
