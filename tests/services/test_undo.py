"""Hoàn tác: the last actions taken back by name, whole or not at all, and never what others built on."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from app.db import tables
from app.db.history_check import verify_chain
from app.domain.cell import LevelScale
from app.domain.dates import Month
from app.domain.errors import NotAllowed, UserError
from app.domain.member import DatedStatus, StatusKind
from app.domain.monthly import MonthState
from app.services.cells import get_cell, save_settings
from app.services.deleted_records import list_deleted
from app.services.history import list_actions
from app.services.members import add_status, get_member, save_member, save_posts
from app.services.months import comment_month, confirm_months, excuse_month, open_month, save_month
from app.services.pledges import open_pledge, pass_pledges, save_pledge, submit_pledge
from app.services.seals import verify_at_opening
from app.services.seats import sit_down
from app.services.undo import can_undo, last_undoable, undo_action
from app.services.workspace import Workspace
from app.services.year_closing import reopen_year
from tests.book_fixtures import FakeClock, People
from tests.builders import a_member, a_month, a_pledge, handed_in, lock_year, passed_pledge
from tests.services.deeds import DEEDS, prepared, stored, told

FEBRUARY = Month(2026, 2)
DAY = date(2026, 3, 18)


def last_id(ws: Workspace) -> str:
    """The id of the last action, whoever may see it."""
    with ws.read() as tx:
        row = tx.first(select(tables.action.c.id).order_by(tables.action.c.seq.desc()))
    assert row is not None
    return str(row.id)


def content(ws: Workspace) -> dict[tuple[str, str], dict[str, Any]]:
    """Every record without what counts changes, and the digests of the months as they are."""
    return {key: told(record) for key, record in stored(ws).items()}


@pytest.fixture
def committee_ws(secretary_ws: Workspace, people: People) -> Workspace:
    """The same open book with the committee member at the PC."""
    return sit_down(secretary_ws, people.committee)


def confirmed_february(ws: Workspace, people: People) -> None:
    handed_in(ws, passed_pledge(ws, people.plain), FEBRUARY)
    confirm_months(ws, FEBRUARY, [people.plain], DAY)


def test_confirmation_taken_back_leaves_the_months_handed_in(secretary_ws: Workspace, people: People) -> None:
    confirmed_february(secretary_ws, people)

    line = undo_action(secretary_ws, last_id(secretary_ws))

    assert line.name == "Hoàn tác: xác nhận tháng 2/2026 cho 1 đảng viên"
    month = open_month(secretary_ws, people.plain, FEBRUARY).assessment
    assert (month.state, month.meeting_date, month.confirmed_by_name) == (MonthState.SUBMITTED, None, "")
    assert verify_at_opening(secretary_ws) == ()


def test_undoing_the_undoing_does_it_again(secretary_ws: Workspace, people: People) -> None:
    confirmed_february(secretary_ws, people)
    before = content(secretary_ws)
    undone = undo_action(secretary_ws, last_id(secretary_ws))

    again = undo_action(secretary_ws, undone.id)

    assert again.name == "Làm lại: xác nhận tháng 2/2026 cho 1 đảng viên"
    assert content(secretary_ws) == before
    assert verify_at_opening(secretary_ws) == ()
    assert undo_action(secretary_ws, again.id).name == "Hoàn tác: xác nhận tháng 2/2026 cho 1 đảng viên"


def test_action_is_not_taken_back_twice(secretary_ws: Workspace, people: People) -> None:
    confirmed_february(secretary_ws, people)
    action_id = last_id(secretary_ws)
    undo_action(secretary_ws, action_id)

    with pytest.raises(NotAllowed, match="đã được hoàn tác rồi"):
        undo_action(secretary_ws, action_id)


def test_record_changed_since_is_told_with_the_time_and_nothing_is_touched(
    secretary_ws: Workspace, people: People, clock: FakeClock
) -> None:
    confirmed_february(secretary_ws, people)
    action_id = last_id(secretary_ws)
    clock.hour = time(16, 40)
    comment_month(secretary_ws, people.plain, FEBRUARY, "Cần đều hơn", None)
    before = content(secretary_ws)

    with pytest.raises(NotAllowed) as refused:
        undo_action(secretary_ws, action_id)

    assert str(refused.value) == (
        "Tự đánh giá tháng 2/2026 của Nguyễn Văn Đạt đã được sửa sau đó lúc 16:40 ngày 20/03/2026 "
        "(“Ghi ý kiến chi bộ tháng 2/2026”), nên không hoàn tác được; xin sửa lại bằng tay."
    )
    assert can_undo(secretary_ws, action_id) == str(refused.value)
    assert content(secretary_ws) == before


def test_pledge_passed_stays_once_a_month_was_written_by_it(secretary_ws: Workspace, people: People) -> None:
    submit_pledge(secretary_ws, a_pledge(people.plain))
    pass_pledges(secretary_ws, 2026, [people.plain], DAY)
    passing = last_id(secretary_ws)
    assert can_undo(secretary_ws, passing) == ""

    pledge = open_pledge(secretary_ws, people.plain, 2026).pledge
    save_month(secretary_ws, a_month(people.plain, FEBRUARY, pledge.items))

    assert "Kết quả việc 1 trong tháng 2/2026" in can_undo(secretary_ws, passing)


def test_member_others_wrote_about_is_not_taken_out(secretary_ws: Workspace) -> None:
    member_id = save_member(secretary_ws, a_member(full_name="Hà Văn Tú"))
    adding = last_id(secretary_ws)
    add_status(secretary_ws, member_id, DatedStatus(StatusKind.SICK, DAY))

    assert "Tình trạng của Hà Văn Tú đã được sửa sau đó" in can_undo(secretary_ws, adding)

    undo_action(secretary_ws, last_id(secretary_ws))
    undo_action(secretary_ws, adding)

    assert member_id not in {record_id for _table, record_id in content(secretary_ws)}


def test_locked_year_is_not_changed_by_undoing(secretary_ws: Workspace, people: People) -> None:
    excuse_month(secretary_ws, people.plain, Month(2025, 12), "Ốm")
    excusing = last_id(secretary_ws)
    lock_year(secretary_ws, 2025, DAY)
    before = content(secretary_ws)

    with pytest.raises(NotAllowed, match="Năm 2025 đã khóa nên không hoàn tác được"):
        undo_action(secretary_ws, excusing)
    assert content(secretary_ws) == before

    reopen_year(secretary_ws, 2025, "bổ sung")
    undo_action(secretary_ws, excusing)


def test_a_year_locked_by_a_version_without_digests_is_not_changed_either(
    secretary_ws: Workspace, people: People
) -> None:
    excuse_month(secretary_ws, people.plain, Month(2025, 12), "Ốm")
    excusing = last_id(secretary_ws)
    lock_year(secretary_ws, 2025, DAY)
    with secretary_ws.write("Như bản cũ") as tx:
        tx.connection.execute(delete(tables.year_closing))

    with pytest.raises(NotAllowed, match="Năm 2025 đã khóa nên không hoàn tác được"):
        undo_action(secretary_ws, excusing)


def test_locking_a_year_is_undone_by_opening_it_with_a_reason(secretary_ws: Workspace) -> None:
    lock_year(secretary_ws, 2025, DAY)

    assert "có ghi lý do" in can_undo(secretary_ws, last_id(secretary_ws))


def test_making_the_book_is_not_undone(secretary_ws: Workspace) -> None:
    making = list_actions(secretary_ws, 100)[-1]

    assert making.name == "Lập sổ"
    assert "lúc lập sổ" in can_undo(secretary_ws, making.id)


def test_member_takes_back_their_own_saving_and_nobody_elses(
    plain_ws: Workspace, secretary_ws: Workspace, people: People
) -> None:
    pledge = passed_pledge(secretary_ws, people.plain)
    passing = last_id(secretary_ws)
    save_month(plain_ws, a_month(people.plain, FEBRUARY, pledge.items))
    saving = last_id(plain_ws)

    assert "chỉ chính đồng chí ấy" in can_undo(secretary_ws, saving)
    with pytest.raises(NotAllowed):
        undo_action(plain_ws, passing)
    undo_action(plain_ws, saving)

    assert open_month(plain_ws, people.plain, FEBRUARY).assessment.id == ""


def test_committee_member_leaves_the_secretarys_work_to_the_secretary(
    secretary_ws: Workspace, committee_ws: Workspace
) -> None:
    cell = get_cell(secretary_ws)
    save_settings(secretary_ws, 5, LevelScale.TWO, cell.content_set, cell.version)
    saving = last_id(secretary_ws)

    assert "xin bí thư hoặc phó bí thư hoàn tác" in can_undo(committee_ws, saving)
    undo_action(secretary_ws, saving)

    assert get_cell(secretary_ws).level_scale is cell.level_scale


def test_last_things_done_are_ones_own_with_what_stands_in_the_way(
    secretary_ws: Workspace, deputy_ws: Workspace, people: People
) -> None:
    add_status(deputy_ws, people.plain, DatedStatus(StatusKind.SICK, DAY))
    confirmed_february(secretary_ws, people)
    confirming = last_id(secretary_ws)
    undo_action(secretary_ws, confirming)

    found = last_undoable(secretary_ws, 3)

    assert [each.line.name for each in found] == [
        "Hoàn tác: xác nhận tháng 2/2026 cho 1 đảng viên",
        "Gửi tự đánh giá tháng 2/2026",
        "Chi bộ thông qua đăng ký năm 2026",
    ]
    assert [bool(each.why_not) for each in found] == [False, False, True]


def test_page_open_on_a_record_whose_parts_were_taken_back_is_told(
    plain_ws: Workspace, secretary_ws: Workspace, people: People
) -> None:
    pledge = passed_pledge(secretary_ws, people.plain)
    first = save_month(plain_ws, a_month(people.plain, FEBRUARY, pledge.items))
    changed = [replace(first.entries[0], result="khác"), *first.entries[1:]]
    seen = save_month(plain_ws, replace(first, entries=tuple(changed)))
    undo_action(plain_ws, last_id(plain_ws))

    with pytest.raises(UserError, match="vừa được sửa ở cửa sổ khác"):
        save_month(plain_ws, replace(seen, entries=first.entries))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(names=st.lists(st.sampled_from(sorted(DEEDS)), min_size=1, max_size=6))
def test_taking_back_the_last_thing_done_leaves_every_record_as_it_was_before(
    names: list[str], secretary_ws: Workspace, people: People
) -> None:
    with suppress(UserError):
        prepared(secretary_ws, people)

    for name in names:
        before, action_id = content(secretary_ws), last_id(secretary_ws)
        with suppress(UserError, IndexError):  # the deed has nothing to do any more
            DEEDS[name][0](secretary_ws, people)
        done = last_id(secretary_ws)
        if done == action_id or can_undo(secretary_ws, done):
            continue
        after = content(secretary_ws)
        with suppress(NotAllowed):  # it reached into a locked year, by what was dated back
            undone = undo_action(secretary_ws, done)
            assert content(secretary_ws) == before, name
            undo_action(secretary_ws, undone.id)
        assert content(secretary_ws) == after, name

    with secretary_ws.read() as tx:
        assert verify_chain(tx).is_whole
    assert get_member(secretary_ws, people.secretary).name == "Trần Thị Bình"


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_every_deed_of_the_list_can_be_taken_back_but_locking_years(
    name: str, secretary_ws: Workspace, people: People
) -> None:
    prepared(secretary_ws, people)
    before = content(secretary_ws)
    DEEDS[name][0](secretary_ws, people)
    done = last_id(secretary_ws)

    if name.startswith(("Khóa năm", "Mở lại năm")):
        assert can_undo(secretary_ws, done)
        return
    undo_action(secretary_ws, done)

    assert content(secretary_ws) == before


def test_who_was_the_secretary_does_not_become_it_again_by_taking_back(
    secretary_ws: Workspace, people: People
) -> None:
    save_posts(secretary_ws, people.secretary, [])
    former = sit_down(secretary_ws, people.secretary)

    (last, *_rest) = last_undoable(former)

    assert "ở chức trách khác" in last.why_not
    with pytest.raises(NotAllowed, match="ở chức trách khác"):
        undo_action(former, last.line.id)


def test_a_draft_taken_back_is_still_nobody_elses(secretary_ws: Workspace, people: People) -> None:
    plain = sit_down(secretary_ws, people.plain)
    save_pledge(plain, a_pledge(people.plain))
    undone = undo_action(plain, last_id(plain))

    assert "lưu đăng ký" not in " ".join(line.name for line in list_actions(secretary_ws, 50))
    assert list_deleted(secretary_ws) == ()
    with pytest.raises(NotAllowed, match="chỉ chính đồng chí ấy"):
        undo_action(secretary_ws, undone.id)
    assert undo_action(plain, undone.id).name == "Làm lại: lưu đăng ký năm 2026"
