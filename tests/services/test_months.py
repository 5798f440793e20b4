"""A member's month: written, handed in, copied, kept private while a draft, shown on the board."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.cell import LevelScale
from app.domain.dates import Month
from app.domain.errors import Conflict, NotAllowed, NotFound, ValidationFailed
from app.domain.member import DatedStatus, StatusKind
from app.domain.monthly import MonthlyEntry, MonthState, Shown, as_last_month
from app.domain.pledge import Pledge
from app.domain.text import nfc
from app.services.cells import get_cell, save_settings
from app.services.members import add_status
from app.services.months import (
    confirm_months,
    excuse_month,
    month_board,
    open_month,
    reopen_month,
    save_month,
    submit_month,
)
from app.services.seats import sit_down
from app.services.workspace import Workspace
from tests.book_fixtures import FakeClock, People
from tests.builders import a_month, a_pledge, add_member, an_entry, handed_in, lock_year, passed_pledge

FEBRUARY = Month(2026, 2)
MARCH = Month(2026, 3)


@pytest.fixture
def pledge(secretary_ws: Workspace, people: People) -> Pledge:
    """The plain member's passed pledge of 2026, two items."""
    return passed_pledge(secretary_ws, people.plain)


def shown(ws: Workspace, member_id: str, month: Month) -> Shown:
    row = next(row for row in month_board(ws, month.year).rows if row.member_id == member_id)
    return row.cells[month.month - 1].shown


# Writing


def test_blank_month_chooses_nothing_for_anybody(plain_ws: Workspace, pledge: Pledge, people: People) -> None:
    page = open_month(plain_ws, people.plain, MARCH)

    assert page.assessment.entries == ()
    assert [page.assessment.entry_for(item.id).self_level for _, item in page.open_items] == ["", ""]
    assert [problem.field.split(".")[1] for problem in page.problems(())] == ["result", "self_level"] * 2
    assert (page.shown, page.due, page.free_reason) == (Shown.NOT_SUBMITTED, date(2026, 4, 3), "")


def test_saved_month_comes_back_and_is_not_handed_in(
    plain_ws: Workspace, secretary_ws: Workspace, pledge: Pledge
) -> None:
    saved = save_month(plain_ws, a_month(pledge.member_id, MARCH, pledge.items))

    page = open_month(plain_ws, pledge.member_id, MARCH)
    assert page.assessment == saved
    assert (saved.state, saved.submitted_at) == (MonthState.DRAFT, None)
    assert shown(secretary_ws, pledge.member_id, MARCH) is Shown.NOT_SUBMITTED


def test_entry_nothing_was_written_in_is_not_kept(plain_ws: Workspace, pledge: Pledge) -> None:
    entries = (MonthlyEntry(pledge.items[0].id), an_entry(pledge.items[1].id))

    saved = save_month(plain_ws, a_month(pledge.member_id, MARCH, (), entries=entries))

    assert [entry.item_id for entry in saved.entries] == [pledge.items[1].id]


def test_month_is_handed_in_with_a_result_and_a_level_for_each_open_item(
    plain_ws: Workspace, pledge: Pledge
) -> None:
    first, second = pledge.items
    incomplete = (an_entry(first.id, self_level=""), an_entry(second.id, result=" "))

    with pytest.raises(ValidationFailed) as caught:
        submit_month(plain_ws, a_month(pledge.member_id, MARCH, (), entries=incomplete))
    nothing_kept = open_month(plain_ws, pledge.member_id, MARCH).assessment
    done = submit_month(plain_ws, a_month(pledge.member_id, MARCH, pledge.items))

    assert [problem.field for problem in caught.value.problems] == [
        f"{first.id}.self_level",
        f"{second.id}.result",
    ]
    assert nothing_kept.id == ""
    assert (done.state, done.submitted_at) == (MonthState.SUBMITTED, "2026-03-20 08:30:00")


def test_level_comes_from_the_scale_the_cell_chose(secretary_ws: Workspace, pledge: Pledge) -> None:
    save_settings(secretary_ws, 3, LevelScale.TWO, "Q101", get_cell(secretary_ws).version)

    with pytest.raises(ValidationFailed, match="chưa chọn mức"):
        handed_in(secretary_ws, pledge, MARCH)
    entries = tuple(an_entry(item.id, self_level="Đạt") for item in pledge.items)
    submit_month(secretary_ws, a_month(pledge.member_id, MARCH, (), entries=entries))


def test_month_to_come_is_not_written(plain_ws: Workspace, pledge: Pledge, clock: FakeClock) -> None:
    april = a_month(pledge.member_id, Month(2026, 4), pledge.items)
    for act in (save_month, submit_month):
        with pytest.raises(NotAllowed, match="Chưa tới tháng 4/2026"):
            act(plain_ws, april)

    clock.day = date(2026, 4, 1)
    assert save_month(plain_ws, april).id


def test_text_comes_in_composed(plain_ws: Workspace, pledge: Pledge) -> None:
    typed = unicodedata.normalize("NFD", " Vận động được 5 hộ\nhiến đất ")
    entries = (an_entry(pledge.items[0].id, result=typed, limits=typed, fix=typed, evidence=typed),)

    (entry,) = save_month(plain_ws, a_month(pledge.member_id, MARCH, (), entries=entries)).entries

    assert {entry.result, entry.limits, entry.fix, entry.evidence} == {"Vận động được 5 hộ\nhiến đất"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(result=st.text(max_size=80), evidence=st.text(max_size=20))
def test_any_text_goes_through_the_book_unchanged_but_composed(
    result: str, evidence: str, plain_ws: Workspace, pledge: Pledge
) -> None:
    item = pledge.items[0]
    entries = (an_entry(item.id, result=result, evidence=evidence),)

    save_month(plain_ws, a_month(pledge.member_id, MARCH, (), entries=entries))

    kept = open_month(plain_ws, pledge.member_id, MARCH).assessment.entry_for(item.id)
    assert (kept.result, kept.evidence) == (nfc(result).strip(), nfc(evidence).strip())


def test_item_of_another_member_is_refused(plain_ws: Workspace, pledge: Pledge) -> None:
    with pytest.raises(NotFound, match="bỏ khỏi đăng ký"):
        save_month(plain_ws, a_month(pledge.member_id, MARCH, (), entries=(an_entry("x" * 32),)))


def test_month_changed_meanwhile_is_not_overwritten(plain_ws: Workspace, pledge: Pledge) -> None:
    seen = save_month(plain_ws, a_month(pledge.member_id, MARCH, pledge.items))
    item = pledge.items[0]
    save_month(plain_ws, replace(seen, entries=(an_entry(item.id, result="một"),)))

    with pytest.raises(Conflict, match="vẫn còn trên màn hình"):
        save_month(plain_ws, replace(seen, entries=(an_entry(item.id, result="hai"),)))

    assert open_month(plain_ws, pledge.member_id, MARCH).assessment.entry_for(item.id).result == "một"


def test_saving_again_what_was_saved_needs_no_reload_in_between(plain_ws: Workspace, pledge: Pledge) -> None:
    saved = save_month(plain_ws, a_month(pledge.member_id, MARCH, pledge.items))
    for number in range(3):
        entries = (an_entry(pledge.items[0].id, result=f"lần {number}"), *saved.entries[1:])
        saved = save_month(plain_ws, replace(saved, entries=entries))

    assert submit_month(plain_ws, saved).state is MonthState.SUBMITTED


# Copied from last month


def test_untouched_copy_of_last_month_stays_marked(plain_ws: Workspace, pledge: Pledge) -> None:
    save_month(plain_ws, a_month(pledge.member_id, FEBRUARY, pledge.items))
    page = open_month(plain_ws, pledge.member_id, MARCH)
    assert page.previous is not None
    copied = tuple(
        as_last_month(MonthlyEntry(item.id), page.previous.entry_for(item.id), MARCH) for item in pledge.items
    )

    saved = save_month(plain_ws, a_month(pledge.member_id, MARCH, (), entries=copied))

    assert [(entry.copied_from, entry.self_level) for entry in saved.entries] == [("2026-02", "")] * 2
    with pytest.raises(ValidationFailed, match="chưa chọn mức"):
        submit_month(plain_ws, saved)


def test_touched_copy_loses_its_mark_and_the_others_keep_theirs(plain_ws: Workspace, pledge: Pledge) -> None:
    save_month(plain_ws, a_month(pledge.member_id, FEBRUARY, pledge.items))
    first, second = (
        as_last_month(MonthlyEntry(item.id, self_level="Tốt"), an_entry(item.id), MARCH)
        for item in pledge.items
    )

    touched = (replace(first, result=first.result + " và quý II"), second)
    saved = save_month(plain_ws, a_month(pledge.member_id, MARCH, (), entries=touched))

    marks = {entry.item_id: entry.copied_from for entry in saved.entries}
    assert marks == {first.item_id: "", second.item_id: "2026-02"}


def test_mark_of_a_copy_nobody_wrote_last_month_is_not_believed(plain_ws: Workspace, pledge: Pledge) -> None:
    invented = (an_entry(pledge.items[0].id, copied_from="2026-02"),)

    (entry,) = save_month(plain_ws, a_month(pledge.member_id, MARCH, (), entries=invented)).entries

    assert entry.copied_from == ""


def test_copy_stays_a_copy_when_last_month_is_changed_afterwards(plain_ws: Workspace, pledge: Pledge) -> None:
    february = save_month(plain_ws, a_month(pledge.member_id, FEBRUARY, pledge.items))
    item = pledge.items[0]
    copied = (as_last_month(MonthlyEntry(item.id), february.entry_for(item.id), MARCH),)
    march = save_month(plain_ws, a_month(pledge.member_id, MARCH, (), entries=copied))
    save_month(plain_ws, replace(february, entries=(an_entry(item.id, result="Viết lại"),)))

    again = save_month(plain_ws, replace(march, entries=(replace(march.entries[0], self_level="Khá"),)))

    assert again.entries[0].copied_from == "2026-02"


# Whose page it is


def test_member_opens_and_writes_only_their_own_pages(plain_ws: Workspace, people: People) -> None:
    for act in (
        lambda: open_month(plain_ws, people.deputy, MARCH),
        lambda: save_month(plain_ws, a_month(people.deputy, MARCH, ())),
        lambda: submit_month(plain_ws, a_month(people.deputy, MARCH, ())),
        lambda: month_board(plain_ws, 2026),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_draft_of_a_member_is_read_by_nobody_else(
    plain_ws: Workspace, secretary_ws: Workspace, pledge: Pledge
) -> None:
    for month in (FEBRUARY, MARCH):
        save_month(plain_ws, a_month(pledge.member_id, month, pledge.items))

    page = open_month(secretary_ws, pledge.member_id, MARCH)

    assert page.assessment.entries == ()
    assert page.previous is not None
    assert page.previous.entries == ()
    assert len(open_month(plain_ws, pledge.member_id, MARCH).assessment.entries) == 2


def test_month_handed_in_is_read_by_those_who_lead(secretary_ws: Workspace, pledge: Pledge) -> None:
    handed_in(sit_down(secretary_ws, pledge.member_id), pledge, MARCH)

    assert len(open_month(secretary_ws, pledge.member_id, MARCH).assessment.entries) == 2


def test_what_others_type_neither_wipes_nor_opens_a_members_draft(
    plain_ws: Workspace, secretary_ws: Workspace, pledge: Pledge
) -> None:
    first, second = pledge.items
    private = (an_entry(first.id, result="riêng 1", limits="riêng"), an_entry(second.id, result="riêng 2"))
    save_month(plain_ws, a_month(pledge.member_id, MARCH, (), entries=private))

    typed = (an_entry(first.id, result="từ giấy"), MonthlyEntry(second.id))
    returned = save_month(secretary_ws, a_month(pledge.member_id, MARCH, (), entries=typed))

    assert [(entry.result, entry.limits) for entry in returned.entries] == [("từ giấy", "")]
    assert open_month(secretary_ws, pledge.member_id, MARCH).assessment.entries == ()
    own = open_month(plain_ws, pledge.member_id, MARCH).assessment
    assert {(entry.result, entry.limits) for entry in own.entries} == {("từ giấy", "riêng"), ("riêng 2", "")}


def test_paper_handed_in_for_a_member_stands_as_typed(
    plain_ws: Workspace, secretary_ws: Workspace, pledge: Pledge
) -> None:
    private = tuple(an_entry(item.id, result="riêng", limits="riêng") for item in pledge.items)
    save_month(plain_ws, a_month(pledge.member_id, MARCH, (), entries=private))

    done = handed_in(secretary_ws, pledge, MARCH)

    assert (done.state, done.entered_by_name) == (MonthState.SUBMITTED, "Trần Thị Bình")
    assert {entry.limits for entry in done.entries} == {""}


def test_excusing_a_month_opens_no_draft(
    plain_ws: Workspace, secretary_ws: Workspace, pledge: Pledge
) -> None:
    save_month(plain_ws, a_month(pledge.member_id, MARCH, pledge.items))

    excuse_month(secretary_ws, pledge.member_id, MARCH, "Đi viện")

    assert open_month(secretary_ws, pledge.member_id, MARCH).assessment.entries == ()
    reopen_month(secretary_ws, pledge.member_id, MARCH, "Ghi nhầm người")
    assert open_month(secretary_ws, pledge.member_id, MARCH).assessment.entries == ()
    assert len(open_month(plain_ws, pledge.member_id, MARCH).assessment.entries) == 2


# The board


def test_late_is_counted_from_the_due_day_and_stored_nowhere(
    secretary_ws: Workspace, plain_ws: Workspace, pledge: Pledge, clock: FakeClock
) -> None:
    clock.day = date(2026, 4, 3)
    in_time = shown(secretary_ws, pledge.member_id, MARCH)
    clock.day = date(2026, 4, 4)
    late = shown(secretary_ws, pledge.member_id, MARCH)
    stored = handed_in(plain_ws, pledge, MARCH)

    assert (in_time, late) == (Shown.NOT_SUBMITTED, Shown.LATE)
    assert stored.state is MonthState.SUBMITTED
    assert shown(secretary_ws, pledge.member_id, MARCH) is Shown.LATE
    save_settings(secretary_ws, 28, LevelScale.FOUR, "Q101", get_cell(secretary_ws).version)
    assert shown(secretary_ws, pledge.member_id, MARCH) is Shown.SUBMITTED


def test_month_handed_in_late_is_counted_as_handed_in(
    secretary_ws: Workspace, pledge: Pledge, people: People
) -> None:
    handed_in(secretary_ws, pledge, Month(2026, 1))
    excuse_month(secretary_ws, people.deputy, Month(2026, 1), "Đi viện")

    board = month_board(secretary_ws, 2026)

    assert board.handed_in(1) == (1, 3)
    assert board.handed_in(12) == (0, 0)


def test_board_shows_a_whole_year_at_a_glance(
    secretary_ws: Workspace, deputy_ws: Workspace, pledge: Pledge, people: People
) -> None:
    handed_in(secretary_ws, pledge, Month(2026, 1))
    confirm_months(secretary_ws, Month(2026, 1), [people.plain], date(2026, 2, 5))
    handed_in(secretary_ws, pledge, MARCH)
    excuse_month(secretary_ws, people.plain, Month(2026, 5), "Đi học")

    row = next(row for row in month_board(deputy_ws, 2026).rows if row.member_id == people.plain)

    assert [cell.shown for cell in row.cells[:6]] == [
        Shown.CONFIRMED,
        Shown.LATE,
        Shown.SUBMITTED,
        Shown.FUTURE,
        Shown.EXCUSED,
        Shown.FUTURE,
    ]


def test_board_asks_nothing_of_who_is_exempt_not_yet_admitted_or_gone(
    secretary_ws: Workspace, people: People
) -> None:
    young = add_member(secretary_ws, "Hà Văn Tú", admitted_on=date(2026, 2, 3), confirmed_on=None)
    spans = {
        people.plain: DatedStatus(StatusKind.EXEMPT, date(2025, 12, 1), detail="age_health"),
        people.deputy: DatedStatus(StatusKind.LEFT, date(2026, 2, 1), detail="moved"),
        people.committee: DatedStatus(StatusKind.SUSPENDED, date(2026, 1, 1), date(2026, 1, 31)),
    }
    for member_id, status in spans.items():
        add_status(secretary_ws, member_id, status)

    asked = {
        member_id: [shown(secretary_ws, member_id, Month(2026, n)) is not Shown.NOT_REQUIRED for n in (1, 2)]
        for member_id in (young, *spans)
    }

    assert asked == {
        young: [False, True],
        people.plain: [False, False],
        people.deputy: [True, False],
        people.committee: [False, True],
    }


def test_board_of_a_year_lists_who_was_in_the_cell_in_it(
    secretary_ws: Workspace, people: People, pledge: Pledge
) -> None:
    young = add_member(secretary_ws, "Hà Văn Tú", admitted_on=date(2026, 2, 3), confirmed_on=None)
    away = DatedStatus(StatusKind.LEFT, date(2025, 6, 1), date(2026, 1, 31), "moved")
    add_status(secretary_ws, people.deputy, away)

    listed = {year: [row.member_id for row in month_board(secretary_ws, year).rows] for year in (2025, 2026)}

    assert young not in listed[2025]
    assert people.deputy in listed[2026]
    assert listed[2026] == [people.secretary, people.deputy, people.committee, people.plain, young]


def test_page_says_why_a_month_is_not_owed(secretary_ws: Workspace, people: People) -> None:
    add_status(
        secretary_ws, people.plain, DatedStatus(StatusKind.EXEMPT, date(2026, 1, 1), detail="age_health")
    )

    page = open_month(secretary_ws, people.plain, MARCH)

    assert (page.free_reason, page.shown) == ("được miễn sinh hoạt", Shown.NOT_REQUIRED)
    assert [cell.shown for cell in page.strip] == [Shown.NOT_REQUIRED] * 12


def test_closed_year_changes_no_month(
    secretary_ws: Workspace, pledge: Pledge, people: People, clock: FakeClock
) -> None:
    handed_in(secretary_ws, pledge, MARCH)
    clock.day = date(2027, 1, 20)
    lock_year(secretary_ws, 2026, date(2027, 1, 20))

    for act in (save_month, submit_month):
        with pytest.raises(NotAllowed, match="Năm 2026 đã khóa"):
            act(secretary_ws, a_month(people.plain, MARCH, pledge.items))
    assert open_month(secretary_ws, people.plain, MARCH).is_closed
    assert month_board(secretary_ws, 2026).is_closed


def test_each_year_has_its_own_pledge_and_months(secretary_ws: Workspace, people: People) -> None:
    last_year = passed_pledge(secretary_ws, people.plain, 2025)
    handed_in(secretary_ws, last_year, Month(2025, 3))

    page = open_month(secretary_ws, people.plain, MARCH)

    assert (page.open_items, page.assessment.entries) == ((), ())
    with pytest.raises(NotFound):
        save_month(secretary_ws, a_month(people.plain, MARCH, last_year.items))
    assert a_pledge(people.plain).year == 2026
