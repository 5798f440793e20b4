"""The chain of the history: each action's digest covers its own lines and the digest before it.

So an action taken out, put in or altered is found. How the digest is made is part of the file format.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

_ACTION = ("id", "cell_id", "at", "actor_id", "actor_name", "actor_role", "behalf_id", "name", "undo_of")
_CHANGE = ("table_name", "record_id", "old", "new")


def chain_digest(before: str, action: Mapping[str, Any], changes: Iterable[Mapping[str, Any]]) -> str:
    """The digest of one action that follows the one whose digest is ``before`` ("" for the first)."""
    lines = [[change[name] for name in _CHANGE] for change in changes]
    said = [before, [action[name] for name in _ACTION], lines]
    return sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
