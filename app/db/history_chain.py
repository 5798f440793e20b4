"""The chain of the history: each action's digest covers its own lines and the digest before it.

So an action taken out, put in or altered is found. How the digest is made is part of the file format.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

ACTION_FIELDS = (
    "id",
    "cell_id",
    "at",
    "actor_id",
    "actor_name",
    "actor_role",
    "behalf_id",
    "name",
    "undo_of",
)
CHANGE_FIELDS = ("table_name", "record_id", "old", "new")
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # made once: it is called often


def chain_digest(before: str, action: Mapping[str, Any], changes: Iterable[Mapping[str, Any]]) -> str:
    """The digest of one action that follows the one whose digest is ``before`` ("" for the first)."""
    lines = [[change[name] for name in CHANGE_FIELDS] for change in changes]
    return digest_of_lines(before, [action[name] for name in ACTION_FIELDS], lines)


def digest_of_lines(before: str, action: Sequence[Any], changes: Sequence[Sequence[Any]]) -> str:
    """The same of bare values, in the order of ``ACTION_FIELDS`` and ``CHANGE_FIELDS``."""
    return sha256(_written([before, action, changes]).encode()).hexdigest()
