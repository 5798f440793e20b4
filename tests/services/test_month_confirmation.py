"""What the cell says of a month: comments, confirming at the meeting, excusing, giving back, reopening."""

from datetime import date

import pytest

from app.domain.dates import Month
from app.domain.errors import NotAllowed, NotFound, ValidationFailed
from app.domain.monthly import CellMark, MonthState, Shown
from app.domain.pledge import Pledge
from app.services.months import (
    comment_month,
    confirm_months,
    excuse_month,
    month_board,
    months_to_confirm,
    open_month,
    reopen_month,
    return_month,
    save_month,
    submit_month,
)
from app.services.workspace import Workspace
from tests.book_fixtures import FakeClock, People
from tests.builders import a_month, handed_in, lock_year, passed_pledge

FEBRUARY = Month(2026, 2)
MEETING = date(2026, 3, 5)


@pytest.fixture
def pledges(secretary_ws: Workspace, people: People) -> dict[str, Pledge]:
    """Passed pledges of everybody but the committee member, by member id."""
    return {
        member_id: passed_pledge(secretary_ws, member_id)
        for member_id in (people.secretary, people.deputy, people.plain)
    }


@pytest.fixture
def handed(secretary_ws: Workspace, pledges: dict[str, Pledge]) -> dict[str, Pledge]:
    """The same, with February handed in."""
    for pledge in pledges.values():
        handed_in(secretary_ws, pledge, FEBRUARY)
    return pledges


def state(ws: Workspace, member_id: str) -> MonthState:
    return open_month(ws, member_id, FEBRUARY).assessment.state


def test_nobody_confirms_their_own_month(
    secretary_ws: Workspace, deputy_ws: Workspace, people: People, handed: dict[str, Pledge]
) -> None:
    confirmed = confirm_months(secretary_ws, FEBRUARY, list(handed), MEETING)
    by_secretary = {member_id: state(secretary_ws, member_id) for member_id in handed}
    by_deputy = confirm_months(deputy_ws, FEBRUARY, [people.secretary], MEETING)

    assert confirmed.count == 2
    assert confirmed.left == (("Trần Thị Bình", "không tự xác nhận tháng của mình"),)
    assert by_secretary[people.secretary] is MonthState.SUBMITTED
    assert by_secretary[people.deputy] is MonthState.CONFIRMED
    assert by_deputy.count == 1
    month = open_month(secretary_ws, people.secretary, FEBRUARY).assessment
    assert (month.state, month.confirmed_by_name, month.meeting_date) == (
        MonthState.CONFIRMED,
        "Lê Văn Cường",
        MEETING,
    )


def test_confirming_everybody_says_who_was_left_and_why(
    secretary_ws: Workspace, plain_ws: Workspace, people: People, handed: dict[str, Pledge]
) -> None:
    confirm_months(secretary_ws, FEBRUARY, [people.deputy], MEETING)
    return_month(secretary_ws, people.plain, FEBRUARY, "Ghi rõ kết quả")
    excuse_month(secretary_ws, people.committee, FEBRUARY, "Đi viện")

    everybody = [people.secretary, people.deputy, people.committee, people.plain]
    confirmed = confirm_months(secretary_ws, FEBRUARY, everybody, MEETING)

    assert confirmed.count == 0
    assert confirmed.left == (
        ("Trần Thị Bình", "không tự xác nhận tháng của mình"),
        ("Lê Văn Cường", "đã xác nhận rồi"),
        ("Phạm Thị Dung", "nghỉ có lý do"),
        ("Nguyễn Văn Đạt", "chưa gửi"),
    )


def test_confirmed_month_is_locked(
    plain_ws: Workspace, secretary_ws: Workspace, people: People, handed: dict[str, Pledge]
) -> None:
    confirm_months(secretary_ws, FEBRUARY, [people.plain], MEETING)
    month = a_month(people.plain, FEBRUARY, handed[people.plain].items)

    for act in (
        lambda: save_month(plain_ws, month),
        lambda: submit_month(plain_ws, month),
        lambda: submit_month(secretary_ws, month),
        lambda: excuse_month(secretary_ws, people.plain, FEBRUARY, "x"),
        lambda: return_month(secretary_ws, people.plain, FEBRUARY, "x"),
    ):
        with pytest.raises(NotAllowed, match="xác nhận"):
            act()
    assert state(plain_ws, people.plain) is MonthState.CONFIRMED


def test_meeting_has_a_date_that_is_past_and_not_before_the_month_or_a_reason(
    secretary_ws: Workspace, people: People, handed: dict[str, Pledge]
) -> None:
    for day, reason in ((None, " "), (date(2026, 3, 21), ""), (date(2026, 1, 31), "")):
        with pytest.raises(ValidationFailed) as caught:
            confirm_months(secretary_ws, FEBRUARY, [people.plain], day, reason)
        assert [problem.field for problem in caught.value.problems] == ["meeting_date"]

    confirm_months(secretary_ws, FEBRUARY, [people.plain], None, "Bão, không họp được")

    month = open_month(secretary_ws, people.plain, FEBRUARY).assessment
    assert (month.meeting_date, month.no_meeting_reason) == (None, "Bão, không họp được")


def test_months_waiting_are_those_handed_in_in_order_of_names(
    secretary_ws: Workspace, people: People, handed: dict[str, Pledge]
) -> None:
    waiting = months_to_confirm(secretary_ws, FEBRUARY)
    confirm_months(secretary_ws, FEBRUARY, [people.deputy], MEETING)

    assert [month.member_id for month in waiting] == [people.secretary, people.deputy, people.plain]
    assert all(len(month.entries) == 2 for month in waiting)
    left = [month.member_id for month in months_to_confirm(secretary_ws, FEBRUARY)]
    assert left == [people.secretary, people.plain]


def test_cell_comments_on_a_month_and_on_its_items(
    secretary_ws: Workspace, people: People, handed: dict[str, Pledge]
) -> None:
    item = handed[people.plain].items[0]

    comment_month(
        secretary_ws, people.plain, FEBRUARY, " Làm tốt ", CellMark.PRAISE, {item.id: "Cần thêm minh chứng"}
    )

    month = open_month(secretary_ws, people.plain, FEBRUARY).assessment
    assert (month.cell_comment, month.mark) == ("Làm tốt", CellMark.PRAISE)
    assert month.entry_for(item.id).cell_comment == "Cần thêm minh chứng"
    (row,) = [row for row in month_board(secretary_ws, 2026).rows if row.member_id == people.plain]
    assert row.cells[1].mark is CellMark.PRAISE
    comment_month(secretary_ws, people.plain, FEBRUARY, "Làm tốt", None)
    assert open_month(secretary_ws, people.plain, FEBRUARY).assessment.mark is None


def test_member_writing_again_keeps_what_the_cell_said(
    secretary_ws: Workspace, plain_ws: Workspace, people: People, handed: dict[str, Pledge]
) -> None:
    item = handed[people.plain].items[0]
    comment_month(secretary_ws, people.plain, FEBRUARY, "Tốt", None, {item.id: "Thêm số liệu"})

    handed_in(plain_ws, handed[people.plain], FEBRUARY)

    month = open_month(plain_ws, people.plain, FEBRUARY).assessment
    assert (month.cell_comment, month.entry_for(item.id).cell_comment) == ("Tốt", "Thêm số liệu")


def test_cell_says_nothing_of_a_month_not_handed_in(
    secretary_ws: Workspace, plain_ws: Workspace, people: People, pledges: dict[str, Pledge]
) -> None:
    save_month(plain_ws, a_month(people.plain, FEBRUARY, pledges[people.plain].items))

    with pytest.raises(NotAllowed, match="chưa gửi"):
        comment_month(secretary_ws, people.plain, FEBRUARY, "x", None)
    with pytest.raises(NotFound):
        comment_month(secretary_ws, people.deputy, FEBRUARY, "x", None)


def test_month_is_given_back_with_words_and_handed_in_again(
    secretary_ws: Workspace, plain_ws: Workspace, people: People, handed: dict[str, Pledge]
) -> None:
    return_month(secretary_ws, people.plain, FEBRUARY, "Ghi rõ kết quả")
    given_back = open_month(plain_ws, people.plain, FEBRUARY).assessment
    handed_in(plain_ws, handed[people.plain], FEBRUARY)

    assert (given_back.state, given_back.submitted_at) == (MonthState.DRAFT, None)
    assert given_back.cell_comment == "Ghi rõ kết quả"
    assert state(plain_ws, people.plain) is MonthState.SUBMITTED


def test_confirmed_month_is_reopened_with_a_reason_that_stays(
    secretary_ws: Workspace, plain_ws: Workspace, people: People, handed: dict[str, Pledge]
) -> None:
    confirm_months(secretary_ws, FEBRUARY, [people.plain], MEETING)
    with pytest.raises(ValidationFailed, match="lý do"):
        reopen_month(secretary_ws, people.plain, FEBRUARY, " ")

    reopen_month(secretary_ws, people.plain, FEBRUARY, "Ghi nhầm số liệu")
    reopened = open_month(secretary_ws, people.plain, FEBRUARY).assessment
    handed_in(plain_ws, handed[people.plain], FEBRUARY)
    confirm_months(secretary_ws, FEBRUARY, [people.plain], MEETING)

    assert (reopened.state, reopened.confirmed_by_name) == (MonthState.SUBMITTED, "")
    month = open_month(secretary_ws, people.plain, FEBRUARY).assessment
    assert (month.state, month.reopen_reason) == (MonthState.CONFIRMED, "Ghi nhầm số liệu")


def test_only_a_locked_month_is_reopened(
    secretary_ws: Workspace, people: People, handed: dict[str, Pledge]
) -> None:
    with pytest.raises(NotAllowed, match="chưa khóa"):
        reopen_month(secretary_ws, people.plain, FEBRUARY, "x")
    with pytest.raises(NotFound):
        reopen_month(secretary_ws, people.committee, FEBRUARY, "x")


def test_excused_month_keeps_its_reason_and_is_not_counted(secretary_ws: Workspace, people: People) -> None:
    with pytest.raises(ValidationFailed, match="lý do nghỉ"):
        excuse_month(secretary_ws, people.committee, FEBRUARY, "")
    excuse_month(secretary_ws, people.committee, FEBRUARY, "Đi viện ")

    page = open_month(secretary_ws, people.committee, FEBRUARY)
    assert (page.shown, page.assessment.excuse_reason) == (Shown.EXCUSED, "Đi viện")
    assert month_board(secretary_ws, 2026).handed_in(2) == (0, 3)
    with pytest.raises(NotFound):
        excuse_month(secretary_ws, "x" * 32, FEBRUARY, "Đi viện")


def test_month_handed_in_and_excused_by_mistake_is_handed_in_again_after_reopening(
    secretary_ws: Workspace, people: People, handed: dict[str, Pledge]
) -> None:
    before = open_month(secretary_ws, people.plain, FEBRUARY).assessment

    excuse_month(secretary_ws, people.plain, FEBRUARY, "Đi viện")
    reopen_month(secretary_ws, people.plain, FEBRUARY, "Nhầm người")

    after = open_month(secretary_ws, people.plain, FEBRUARY).assessment
    assert (after.state, after.submitted_at) == (MonthState.SUBMITTED, before.submitted_at)
    assert (after.entries, after.excuse_reason) == (before.entries, "")


def test_member_does_none_of_what_is_the_cells(plain_ws: Workspace, people: People) -> None:
    for act in (
        lambda: comment_month(plain_ws, people.plain, FEBRUARY, "x", CellMark.PRAISE),
        lambda: confirm_months(plain_ws, FEBRUARY, [people.deputy], MEETING),
        lambda: excuse_month(plain_ws, people.plain, FEBRUARY, "x"),
        lambda: return_month(plain_ws, people.plain, FEBRUARY, "x"),
        lambda: reopen_month(plain_ws, people.plain, FEBRUARY, "x"),
        lambda: months_to_confirm(plain_ws, FEBRUARY),
    ):
        with pytest.raises(NotAllowed, match="Giao máy"):
            act()


def test_closed_year_changes_nothing_the_cell_said(
    secretary_ws: Workspace, people: People, handed: dict[str, Pledge], clock: FakeClock
) -> None:
    clock.day = date(2027, 1, 20)
    lock_year(secretary_ws, 2026, clock.day)

    for act in (
        lambda: comment_month(secretary_ws, people.plain, FEBRUARY, "x", None),
        lambda: confirm_months(secretary_ws, FEBRUARY, [people.plain], MEETING),
        lambda: excuse_month(secretary_ws, people.plain, FEBRUARY, "x"),
        lambda: return_month(secretary_ws, people.plain, FEBRUARY, "x"),
        lambda: reopen_month(secretary_ws, people.plain, FEBRUARY, "x"),
    ):
        with pytest.raises(NotAllowed, match="Năm 2026 đã khóa"):
            act()
