"""Seals: a confirmed month changed behind the program's back is found; the history shows any line touched."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.db import schema, tables
from app.db.history_check import ChainReport, verify_chain
from app.domain.dates import Month
from app.domain.month_seal import seal_words
from app.services.months import comment_month, confirm_months, reopen_month
from app.services.seals import BrokenSeals, verify_at_opening, verify_seals
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.builders import handed_in, passed_pledge

FEBRUARY = Month(2026, 2)
DAY = date(2026, 3, 18)


@pytest.fixture
def confirmed_ws(secretary_ws: Workspace, people: People) -> Workspace:
    """A book in which February of one member is confirmed."""
    handed_in(secretary_ws, passed_pledge(secretary_ws, people.plain), FEBRUARY)
    confirm_months(secretary_ws, FEBRUARY, [people.plain], DAY)
    return secretary_ws


def by_hand(ws: Workspace, *statements: str) -> None:
    """What somebody with the key and a database tool does; the guards of the history are taken off."""
    with ws.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys = OFF")
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)
        raw.execute("PRAGMA foreign_keys = ON")


def seals(ws: Workspace) -> BrokenSeals:
    with ws.read() as tx:
        return verify_seals(tx)


def chain(ws: Workspace) -> ChainReport:
    with ws.read() as tx:
        return verify_chain(tx)


def digest_of_month(ws: Workspace) -> str:
    with ws.read() as tx:
        row = tx.first(select(tables.monthly.c.digest))
    assert row is not None
    return str(row.digest)


def test_confirmed_month_has_a_seal_and_a_reopened_one_has_none(
    confirmed_ws: Workspace, people: People
) -> None:
    assert re.fullmatch("[0-9a-f]{64}", digest_of_month(confirmed_ws))

    reopen_month(confirmed_ws, people.plain, FEBRUARY, "ghi nhầm")

    assert digest_of_month(confirmed_ws) == ""
    assert seals(confirmed_ws) == BrokenSeals((), ())


def test_words_the_cell_adds_to_a_confirmed_month_are_sealed_too(
    confirmed_ws: Workspace, people: People
) -> None:
    before = digest_of_month(confirmed_ws)

    comment_month(confirmed_ws, people.plain, FEBRUARY, "Cần cố gắng hơn", None)

    assert digest_of_month(confirmed_ws) not in ("", before)
    assert seals(confirmed_ws) == BrokenSeals((), ())


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE monthly SET meeting_date = '2026-03-19'",
        "UPDATE monthly SET cell_comment = 'khác'",
        "UPDATE monthly SET confirmed_by_name = 'Người khác'",
        "UPDATE monthly SET digest = ''",
        "UPDATE monthly_entry SET self_level = 'excellent'",
        "UPDATE monthly_entry SET result = result || '.'",
        "DELETE FROM monthly_entry",
    ],
)
def test_confirmed_month_changed_behind_its_back_is_named_with_its_member(
    change: str, confirmed_ws: Workspace
) -> None:
    assert verify_at_opening(confirmed_ws) == ()

    by_hand(confirmed_ws, change)

    (found,) = seals(confirmed_ws).months
    assert (found.name, found.month) == ("Nguyễn Văn Đạt", FEBRUARY)
    (sentence,) = verify_at_opening(confirmed_ws)
    assert "Tự đánh giá tháng 2/2026 của Nguyễn Văn Đạt đã khác lúc chi bộ xác nhận" in sentence


def test_seal_is_printed_in_groups_of_four() -> None:
    assert seal_words("0123456789abcdef" * 4) == "0123 4567 89AB CDEF"


# The history


@pytest.mark.parametrize("table", ["action", "change"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET seq = seq + 1000", "DELETE FROM {}"])
def test_database_itself_refuses_to_change_the_history(
    table: str, deed: str, secretary_ws: Workspace
) -> None:
    with secretary_ws.engine.connect() as connection, connection.begin(), pytest.raises(IntegrityError):
        connection.exec_driver_sql(deed.format(table))


def test_untouched_history_is_whole(confirmed_ws: Workspace) -> None:
    report = chain(confirmed_ws)

    assert report.is_whole
    assert report.actions > 5


def _alter(table: str, column: str) -> Callable[[int], str]:
    return lambda seq: f"UPDATE {table} SET {column} = coalesce({column}, '') || 'x' WHERE seq = {seq}"


_ACTION_COLUMNS = (
    "id",
    "cell_id",
    "at",
    "actor_id",
    "actor_name",
    "behalf_id",
    "name",
    "actor_role",
    "undo_of",
    "digest",
)
_ON_ACTIONS: dict[str, Callable[[int], str]] = {
    **{f"altered {name}": _alter("action", name) for name in _ACTION_COLUMNS},
    "removed": lambda seq: f"DELETE FROM action WHERE seq = {seq}",
    "moved to the end": lambda seq: f"UPDATE action SET seq = 100000 WHERE seq = {seq}",
    "put in": lambda seq: (
        "INSERT INTO action SELECT seq + 100000, lower(hex(randomblob(16))), cell_id, at, actor_id, "
        f"actor_name, behalf_id, name, actor_role, undo_of, digest FROM action WHERE seq = {seq}"
    ),
}
_ON_CHANGES: dict[str, Callable[[int], str]] = {
    **{
        f"altered {name}": _alter("change", name)
        for name in ("table_name", "record_id", "old", "new", "action_id")
    },
    "removed": lambda seq: f"DELETE FROM change WHERE seq = {seq}",
    "moved to the end": lambda seq: f"UPDATE change SET seq = 100000 WHERE seq = {seq}",
    "put in": lambda seq: (
        "INSERT INTO change SELECT seq + 100000, action_id, table_name, record_id, old, new "
        f"FROM change WHERE seq = {seq}"
    ),
}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_line_of_the_history_touched_by_hand_is_found(
    data: st.DataObject, confirmed_ws: Workspace
) -> None:
    table, deeds = data.draw(st.sampled_from((("action", _ON_ACTIONS), ("change", _ON_CHANGES))))
    with confirmed_ws.read() as tx:
        seqs = tx.connection.exec_driver_sql(f"SELECT seq FROM {table} ORDER BY seq").scalars().all()
        kept = {
            name: tx.connection.exec_driver_sql(f"SELECT * FROM {name}").all()
            for name in ("action", "change")
        }
    # A lone last line moved to the end stays where it was.
    seq = data.draw(st.sampled_from(seqs[:-1]))
    deed = deeds[data.draw(st.sampled_from(sorted(deeds)))](seq)

    by_hand(confirmed_ws, deed)
    report = chain(confirmed_ws)

    by_hand(confirmed_ws, "DELETE FROM action", "DELETE FROM change")
    with confirmed_ws.engine.connect() as connection, connection.begin():
        for name, rows in kept.items():
            marks = ", ".join("?" * len(rows[0]))
            connection.exec_driver_sql(f"INSERT INTO {name} VALUES ({marks})", [tuple(row) for row in rows])
    assert not report.is_whole, deed
    assert chain(confirmed_ws).is_whole


def test_last_action_taken_out_is_missed_by_the_head(confirmed_ws: Workspace) -> None:
    by_hand(
        confirmed_ws,
        "DELETE FROM change WHERE action_id = (SELECT id FROM action ORDER BY seq DESC LIMIT 1)",
        "DELETE FROM action WHERE seq = (SELECT max(seq) FROM action)",
    )

    report = chain(confirmed_ws)

    assert (report.is_whole, report.broken_seq) == (False, 0)
    assert "những việc cuối cùng đã bị bỏ" in verify_at_opening(confirmed_ws)[0]


def test_first_broken_place_is_told_with_its_time(confirmed_ws: Workspace) -> None:
    by_hand(confirmed_ws, "UPDATE action SET actor_name = 'Người khác' WHERE seq >= 4")

    report = chain(confirmed_ws)

    assert (report.broken_seq, report.broken_at) == (4, "2026-03-20 08:30:00")
    assert "lúc 08:30 ngày 20/03/2026" in verify_at_opening(confirmed_ws)[0]


def test_book_of_an_earlier_version_comes_up_chained_and_its_confirmed_months_sealed(
    confirmed_ws: Workspace,
) -> None:
    before = digest_of_month(confirmed_ws)

    schema.migrate(confirmed_ws.engine, "0002")
    schema.migrate(confirmed_ws.engine)

    assert digest_of_month(confirmed_ws) == before
    assert chain(confirmed_ws).is_whole
    assert verify_at_opening(confirmed_ws) == ()
