"""The seal of a confirmed month: a digest of what the cell confirmed, so that a change behind its back shows.

How it is made is part of the file format: the fields that count are named here and stay.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from app.domain.year_digest import digest_of

_MONTH = (
    "id",
    "member_id",
    "year",
    "month",
    "state",
    "submitted_at",
    "entered_by",
    "entered_by_name",
    "cell_comment",
    "mark",
    "meeting_date",
    "no_meeting_reason",
    "confirmed_by",
    "confirmed_by_name",
    "reopen_reason",
)
_ENTRY = ("id", "item_id", "result", "self_level", "limits", "fix", "evidence", "cell_comment")


def month_seal(month: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]) -> str:
    """The digest of one member's confirmed month: what the member wrote, what the cell said, when and who."""
    return digest_of(
        {
            "monthly": [{name: month[name] for name in _MONTH}],
            "monthly_entry": [{name: entry[name] for name in _ENTRY} for entry in entries],
        }
    )


def joint_seal(digests: Sequence[str]) -> str:
    """One digest of several seals, in their order: it changes when any of them does."""
    return sha256(" ".join(digests).encode("ascii")).hexdigest()


def seal_words(digest: str) -> str:
    """The seal as it is printed small: its first sixteen signs in groups of four."""
    return " ".join(digest[start : start + 4] for start in range(0, 16, 4)).upper()
