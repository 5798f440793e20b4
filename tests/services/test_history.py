"""The history: one action for one deed, with who, for whom, when, and every value old and new."""

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.db import tables
from app.domain.errors import UserError
from app.domain.member import Post, Sphere
from app.services.members import (
    add_status,
    get_member,
    remove_status,
    save_member,
    save_posts,
)
from app.services.months import (
    comment_month,
    confirm_months,
    excuse_month,
    open_month,
    save_month,
    submit_month,
)
from app.services.pledges import (
    save_pledge,
)
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.builders import a_member, a_month, a_pledge, handed_in, passed_pledge
from tests.services.deeds import DEEDS, FEBRUARY, GONE, TODAY, prepared, stored, told


@dataclass
class Seen:
    """The last action with its changes, as read from the book."""

    count: int
    action: Any
    changes: list[tuple[str, dict[str, Any] | None, dict[str, Any] | None]]


def seen(ws: Workspace) -> Seen:
    with ws.read() as tx:
        actions = tx.rows(select(tables.action).order_by(tables.action.c.seq))
        last = actions[-1]
        rows = tx.rows(select(tables.change).where(tables.change.c.action_id == last.id))
    read = [
        (row.table_name, json.loads(row.old) if row.old else None, json.loads(row.new) if row.new else None)
        for row in rows
    ]
    return Seen(len(actions), last, read)


@pytest.mark.parametrize("name", DEEDS)
def test_one_deed_leaves_one_action_with_who_did_it_for_whom_and_when(
    name: str, secretary_ws: Workspace, people: People
) -> None:
    deed, behalf = DEEDS[name]
    prepared(secretary_ws, people)
    before = seen(secretary_ws).count

    deed(secretary_ws, people)

    after = seen(secretary_ws)
    assert after.count == before + 1
    assert (after.action.name, after.action.actor_id, after.action.actor_name, after.action.at) == (
        name,
        people.secretary,
        "Trần Thị Bình",
        "2026-03-20 08:30:00",
    )
    assert after.action.behalf_id == (getattr(people, behalf) if behalf else None)
    assert after.changes


def test_member_writing_their_own_page_acts_for_nobody_else(plain_ws: Workspace, people: People) -> None:
    save_pledge(plain_ws, a_pledge(people.plain))

    action = seen(plain_ws).action
    assert (action.actor_id, action.behalf_id) == (people.plain, None)


def test_change_holds_the_changed_values_old_and_new_and_nothing_else(
    secretary_ws: Workspace, people: People
) -> None:
    draft = get_member(secretary_ws, people.plain).record

    save_member(secretary_ws, replace(draft, phone="0912", confirmed_on=date(2011, 6, 1)), people.plain)

    assert seen(secretary_ws).changes == [
        (
            "member",
            {"phone": "", "confirmed_on": "2011-05-19"},
            {"phone": "0912", "confirmed_on": "2011-06-01"},
        )
    ]


def test_saving_what_is_already_there_is_no_action(secretary_ws: Workspace, people: People) -> None:
    pledge = save_pledge(secretary_ws, a_pledge(people.plain))
    month = save_month(secretary_ws, a_month(people.plain, FEBRUARY, pledge.items))
    member = get_member(secretary_ws, people.plain)
    before = seen(secretary_ws).count

    save_member(secretary_ws, member.record, people.plain, member.version)
    save_posts(secretary_ws, people.deputy, get_member(secretary_ws, people.deputy).posts)
    save_pledge(secretary_ws, pledge)
    again = save_month(secretary_ws, month)
    confirm_months(secretary_ws, FEBRUARY, [people.plain], TODAY)

    assert seen(secretary_ws).count == before
    assert again == month


def test_deed_that_fails_leaves_no_trace(secretary_ws: Workspace, people: People) -> None:
    pledge = passed_pledge(secretary_ws, people.plain)
    before = seen(secretary_ws).count

    for deed in (
        lambda: save_member(secretary_ws, a_member(full_name="")),
        lambda: save_pledge(secretary_ws, pledge),
        lambda: submit_month(secretary_ws, a_month(people.plain, FEBRUARY, [])),
        lambda: excuse_month(secretary_ws, "x" * 32, FEBRUARY, "Ốm"),
        lambda: save_posts(
            secretary_ws, people.plain, [Post(Sphere.MASS, "A"), Post(Sphere.MASS, "B", id="x")]
        ),
    ):
        with pytest.raises(UserError):
            deed()

    assert seen(secretary_ws).count == before


def test_removed_record_keeps_its_last_state_in_the_history(secretary_ws: Workspace, people: People) -> None:
    status_id = add_status(secretary_ws, people.plain, GONE)

    remove_status(secretary_ws, status_id)

    ((table, old, new),) = seen(secretary_ws).changes
    assert (table, new) == ("member_status", None)
    assert old is not None
    assert (old["kind"], old["valid_from"], old["detail"]) == ("left", "2026-01-01", "moved")


def rebuilt(ws: Workspace) -> dict[tuple[str, str], dict[str, Any]]:
    """Every record as the history alone tells it."""
    records: dict[tuple[str, str], dict[str, Any]] = {}
    with ws.read() as tx:
        for change in tx.rows(select(tables.change).order_by(tables.change.c.seq)):
            key = (change.table_name, change.record_id)
            if change.old is not None:
                old = json.loads(change.old)
                assert told(old) == {name: v for name, v in told(records[key]).items() if name in old}
            if change.new is None:
                del records[key]
            else:
                records[key] = records.get(key, {}) | json.loads(change.new)
    return records


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(names=st.lists(st.sampled_from(sorted(DEEDS)), min_size=1, max_size=8))
def test_every_record_can_be_rebuilt_from_the_history_whatever_was_done(
    names: list[str], secretary_ws: Workspace, people: People
) -> None:
    with suppress(UserError):
        prepared(secretary_ws, people)

    for name in names:
        with suppress(UserError, IndexError):  # the deed has nothing to do any more: already done or undone
            DEEDS[name][0](secretary_ws, people)

    from_history = {key: told(record) for key, record in rebuilt(secretary_ws).items()}
    assert from_history == {key: told(record) for key, record in stored(secretary_ws).items()}


def test_month_reads_the_same_after_every_deed_about_it(secretary_ws: Workspace, people: People) -> None:
    pledge = passed_pledge(secretary_ws, people.plain)
    handed_in(secretary_ws, pledge, FEBRUARY)
    versions = [open_month(secretary_ws, people.plain, FEBRUARY).assessment.version]
    comment_month(secretary_ws, people.plain, FEBRUARY, "Tốt", None)
    versions.append(open_month(secretary_ws, people.plain, FEBRUARY).assessment.version)
    confirm_months(secretary_ws, FEBRUARY, [people.plain], TODAY)
    versions.append(open_month(secretary_ws, people.plain, FEBRUARY).assessment.version)

    assert versions == [1, 2, 3]
