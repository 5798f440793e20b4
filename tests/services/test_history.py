"""The history: one action for one deed, with who, for whom, when, and every value old and new."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Date, select

from app.db import tables
from app.db.tables import metadata
from app.domain.cell import CellName, LevelScale
from app.domain.dates import Month
from app.domain.errors import UserError
from app.domain.grade import SubjectKind
from app.domain.member import DatedStatus, Post, Sphere, StatusKind
from app.domain.monthly import CellMark
from app.domain.pledge import Outcome
from app.services.cells import get_cell, save_name, save_settings
from app.services.members import (
    add_status,
    change_status,
    get_member,
    remove_status,
    return_member,
    save_member,
    save_posts,
    set_kinds,
)
from app.services.months import (
    comment_month,
    confirm_months,
    excuse_month,
    open_month,
    reopen_month,
    return_month,
    save_month,
    submit_month,
)
from app.services.pledges import (
    add_item,
    open_pledge,
    pass_pledges,
    return_pledge,
    revise_item,
    save_pledge,
    set_outcome,
    submit_pledge,
)
from app.services.workspace import Workspace
from app.services.year_closing import reopen_year
from tests.book_fixtures import People
from tests.builders import a_member, a_month, a_pledge, an_item, handed_in, lock_year, passed_pledge

FEBRUARY = Month(2026, 2)
TODAY = date(2026, 3, 20)
GONE = DatedStatus(StatusKind.LEFT, date(2026, 1, 1), detail="moved")


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


Deed = Callable[[Workspace, People], object]


def prepared(ws: Workspace, people: People) -> None:
    """A book in which every deed below has something to do."""
    pledge = passed_pledge(ws, people.plain)
    submit_pledge(ws, a_pledge(people.deputy))
    handed_in(ws, pledge, FEBRUARY)
    handed_in(ws, pledge, Month(2026, 1))
    confirm_months(ws, Month(2026, 1), [people.plain], TODAY)
    add_status(ws, people.committee, GONE)
    lock_year(ws, 2024, date(2025, 1, 20))


def first_item(ws: Workspace, people: People) -> Any:
    return open_pledge(ws, people.plain, 2026).pledge.items[0]


def status_of(ws: Workspace, people: People) -> DatedStatus:
    return get_member(ws, people.committee).statuses[0]


DEEDS: dict[str, tuple[Deed, str]] = {
    "Thêm đảng viên Hà Văn Tú": (lambda ws, p: save_member(ws, a_member(full_name="Hà Văn Tú")), ""),
    "Sửa hồ sơ Nguyễn Văn Đạt": (
        lambda ws, p: save_member(ws, a_member(full_name="Nguyễn Văn Đạt", phone="0912"), p.plain),
        "",
    ),
    "Ghi tình trạng: Đã rời chi bộ (chuyển sinh hoạt chính thức) từ 01/01/2026": (
        lambda ws, p: add_status(ws, p.plain, GONE),
        "",
    ),
    "Sửa tình trạng: Đã rời chi bộ (chuyển sinh hoạt chính thức) từ 02/01/2026": (
        lambda ws, p: change_status(ws, replace(status_of(ws, p), valid_from=date(2026, 1, 2))),
        "",
    ),
    "Bỏ một tình trạng ghi nhầm": (lambda ws, p: remove_status(ws, status_of(ws, p).id), ""),
    "Ghi đảng viên trở lại chi bộ": (
        lambda ws, p: return_member(ws, p.committee, DatedStatus(StatusKind.MOVED_IN, TODAY)),
        "committee",
    ),
    "Ghi chức vụ": (lambda ws, p: save_posts(ws, p.plain, [Post(Sphere.MASS, "Hội viên")]), "plain"),
    "Chọn mẫu kiểm điểm năm 2026 cho 1 đảng viên": (
        lambda ws, p: set_kinds(ws, {p.plain: SubjectKind.LEADER}, 2026),
        "",
    ),
    "Sửa thiết lập của chi bộ": (
        lambda ws, p: save_settings(ws, 5, LevelScale.FOUR, "Q101", get_cell(ws).version),
        "",
    ),
    "Ghi tên chi bộ: CHI BỘ SỐ 4": (
        lambda ws, p: save_name(ws, CellName("A", "CHI BỘ SỐ 4", "C", valid_from=TODAY)),
        "",
    ),
    "Khóa năm 2025": (lambda ws, p: lock_year(ws, 2025, TODAY), ""),
    "Mở lại năm 2024: bổ sung": (lambda ws, p: reopen_year(ws, 2024, "bổ sung"), ""),
    "Lưu đăng ký năm 2026": (lambda ws, p: save_pledge(ws, a_pledge(p.committee)), "committee"),
    "Gửi đăng ký năm 2026": (lambda ws, p: submit_pledge(ws, a_pledge(p.committee)), "committee"),
    "Trả lại đăng ký năm 2026 để ghi thêm": (lambda ws, p: return_pledge(ws, p.deputy, 2026, "x"), "deputy"),
    "Chi bộ thông qua đăng ký năm 2026": (
        lambda ws, p: pass_pledges(ws, 2026, [p.deputy, p.plain], TODAY),
        "",
    ),
    "Thay đổi một việc đăng ký năm 2026": (
        lambda ws, p: revise_item(ws, p.plain, 2026, replace(first_item(ws, p), target="x"), "lý do"),
        "plain",
    ),
    "Thêm một việc vào đăng ký năm 2026": (
        lambda ws, p: add_item(ws, p.plain, 2026, an_item(), "lý do"),
        "plain",
    ),
    "Ghi một việc đăng ký năm 2026: đã xong": (
        lambda ws, p: set_outcome(ws, p.plain, 2026, first_item(ws, p).id, Outcome.DONE, TODAY),
        "plain",
    ),
    "Lưu tự đánh giá tháng 3/2026": (
        lambda ws, p: save_month(ws, a_month(p.plain, Month(2026, 3), [first_item(ws, p)])),
        "plain",
    ),
    "Gửi tự đánh giá tháng 3/2026": (
        lambda ws, p: submit_month(
            ws, a_month(p.plain, Month(2026, 3), open_pledge(ws, p.plain, 2026).pledge.items)
        ),
        "plain",
    ),
    "Ghi ý kiến chi bộ tháng 2/2026": (
        lambda ws, p: comment_month(ws, p.plain, FEBRUARY, "Tốt", CellMark.PRAISE),
        "plain",
    ),
    "Xác nhận tháng 2/2026 cho 1 đảng viên": (
        lambda ws, p: confirm_months(ws, FEBRUARY, [p.plain, p.deputy], TODAY),
        "",
    ),
    "Ghi nghỉ có lý do tháng 2/2026": (lambda ws, p: excuse_month(ws, p.deputy, FEBRUARY, "Ốm"), "deputy"),
    "Trả lại tháng 2/2026 để ghi thêm": (lambda ws, p: return_month(ws, p.plain, FEBRUARY, "x"), "plain"),
    "Mở lại tháng 1/2026: nhầm": (lambda ws, p: reopen_month(ws, p.plain, Month(2026, 1), "nhầm"), "plain"),
}


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


def stored(ws: Workspace) -> dict[tuple[str, str], dict[str, Any]]:
    """Every record as it stands in its table; blanks left out, dates as text."""
    records: dict[tuple[str, str], dict[str, Any]] = {}
    with ws.read() as tx:
        for table in metadata.sorted_tables:
            if table.name in ("action", "change", "draft", "book_head", "seat_pin"):
                continue
            for row in tx.connection.execute(select(table)).mappings():
                records[table.name, row["id"]] = {
                    key: value.isoformat() if isinstance(table.c[key].type, Date) and value else value
                    for key, value in row.items()
                }
    return records


def told(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "version" and value not in (None, "")}


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
