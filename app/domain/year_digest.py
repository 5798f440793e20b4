"""The digest of a locked year: the same content gives the same digest, on every PC and after every update."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

Rows = Sequence[Mapping[str, Any]]

_NOT_CONTENT = ("cell_id", "version")


def digest_of(content: Mapping[str, Rows]) -> str:
    """SHA-256 over the canonical JSON of a year's rows, by table.

    Rows stand in the order of their ids, fields in the order of their names. Empty fields are left out, so
    that a later version of the program, with one field more, reads the same digest.
    """
    plain = {
        table: sorted((_filled(row) for row in rows), key=lambda row: str(row.get("id", "")))
        for table, rows in content.items()
        if rows
    }
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return sha256(text.encode("utf-8")).hexdigest()


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value
        for key, value in row.items()
        if key not in _NOT_CONTENT and value is not None and value is not False and value != ""
    }


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    raise TypeError(f"no canonical form for {type(value).__name__}")
