"""What somebody typed and has not saved yet: stored within seconds, brought back after a power cut."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select

from app.db import tables
from app.db.database import writing
from app.db.transactions import new_id
from app.domain.text import nfc
from app.services.workspace import Act, Workspace


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A form's unsaved content with the time it was stored."""

    payload: dict[str, Any]
    saved_at: str


def store_draft(ws: Workspace, form: str, record_key: str, payload: Mapping[str, Any]) -> str:
    """Keep what is on a form now; only its author gets it back. Returns the time. Not part of the history."""
    ws.must(Act.KEEP_DRAFT)
    now = ws.now()
    text = json.dumps(_in_nfc(payload), ensure_ascii=False)
    key = _key(ws, form, record_key)
    ws.must_be_writable()
    with writing(ws.engine, ws.witness) as connection:
        connection.execute(delete(tables.draft).where(*key))
        values = {"id": new_id(), "cell_id": ws.cell_id, "form": form, "record_key": record_key}
        more = {"author": ws.actor.seat_id, "payload": text, "saved_at": now}
        connection.execute(insert(tables.draft), {**values, **more})
    return now


def find_draft(ws: Workspace, form: str, record_key: str) -> StoredDraft | None:
    """What this person left unsaved on a form, if anything."""
    ws.must(Act.LOOK)
    with ws.read() as tx:
        row = tx.first(select(tables.draft).where(*_key(ws, form, record_key)))
        return None if row is None else StoredDraft(json.loads(row.payload), row.saved_at)


def drop_draft(ws: Workspace, form: str, record_key: str) -> None:
    """Forget a draft: it was saved for good or given up."""
    ws.must(Act.KEEP_DRAFT)
    ws.must_be_writable()
    with writing(ws.engine, ws.witness) as connection:
        connection.execute(delete(tables.draft).where(*_key(ws, form, record_key)))


def _in_nfc(value: Any) -> Any:
    """Each text by itself: cleaning the finished JSON would put line ends where JSON allows none."""
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, Mapping):
        return {nfc(str(key)): _in_nfc(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_in_nfc(each) for each in value]
    return value


def _key(ws: Workspace, form: str, record_key: str) -> tuple[Any, ...]:
    draft = tables.draft.c
    return (draft.form == form, draft.record_key == record_key, draft.author == ws.actor.seat_id)
