"""What was typed and not saved: brought back to its author, to nobody else, and never part of the history."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.db import tables
from app.domain.errors import BookUnavailable
from app.domain.text import nfc
from app.services.books import open_book
from app.services.drafts import drop_draft, find_draft, store_draft
from app.services.seats import sit_down
from app.services.workspace import Workspace
from tests.book_fixtures import FakeClock, People


def test_draft_comes_back_with_its_time_after_the_book_was_closed(
    secretary_ws: Workspace, people: People, clock: FakeClock
) -> None:
    store_draft(secretary_ws, "month", "2026-02", {"result": "Đã học", "level": None})
    secretary_ws.close()

    reopened = open_book(secretary_ws.folder, clock=clock)
    draft = find_draft(sit_down(reopened, people.secretary), "month", "2026-02")
    reopened.close()

    assert draft is not None
    assert (draft.payload, draft.saved_at) == ({"result": "Đã học", "level": None}, "2026-03-20 08:30:00")


def test_newer_draft_replaces_the_older_and_a_dropped_one_is_gone(secretary_ws: Workspace) -> None:
    for text in ("một", "hai"):
        store_draft(secretary_ws, "month", "2026-02", {"result": text})
    store_draft(secretary_ws, "month", "2026-03", {"result": "ba"})

    found = find_draft(secretary_ws, "month", "2026-02")
    drop_draft(secretary_ws, "month", "2026-02")

    assert found is not None
    assert found.payload == {"result": "hai"}
    assert find_draft(secretary_ws, "month", "2026-02") is None
    assert find_draft(secretary_ws, "month", "2026-03") is not None


def test_draft_belongs_to_its_author(secretary_ws: Workspace, plain_ws: Workspace) -> None:
    store_draft(plain_ws, "month", "2026-02", {"result": "riêng"})

    assert find_draft(secretary_ws, "month", "2026-02") is None
    drop_draft(secretary_ws, "month", "2026-02")
    assert find_draft(plain_ws, "month", "2026-02") is not None


def test_draft_is_no_action_of_the_history(secretary_ws: Workspace) -> None:
    with secretary_ws.read() as tx:
        before = tx.rows(select(tables.action))

    store_draft(secretary_ws, "month", "2026-02", {"result": "x"})
    drop_draft(secretary_ws, "month", "2026-02")

    with secretary_ws.read() as tx:
        assert tx.rows(select(tables.action)) == before


def test_book_only_looked_at_keeps_no_draft(secretary_ws: Workspace) -> None:
    looking = open_book(secretary_ws.folder, read_only=True)

    for act in (
        lambda: store_draft(looking, "month", "2026-02", {}),
        lambda: drop_draft(looking, "month", "2026-02"),
    ):
        with pytest.raises(BookUnavailable, match="chỉ xem"):
            act()

    looking.close()


texts = st.text(max_size=30) | st.sampled_from(["\u2028", "a\u0085b", '"\\\n\r\t\x0b', "ơ\u0306", "a\u200bb"])
payloads = st.dictionaries(
    st.sampled_from(["result", "limits", "entries"]),
    st.none()
    | st.booleans()
    | st.integers()
    | texts
    | st.lists(texts | st.dictionaries(texts, texts), max_size=3),
)


def in_nfc(value: Any) -> Any:
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, list):
        return [in_nfc(each) for each in value]
    if isinstance(value, dict):
        return {nfc(key): in_nfc(each) for key, each in value.items()}
    return value


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(payload=payloads)
def test_whatever_was_typed_comes_back(payload: dict[str, Any], ws: Workspace) -> None:
    store_draft(ws, "form", "key", payload)

    draft = find_draft(ws, "form", "key")
    assert draft is not None
    assert draft.payload == in_nfc(payload)
