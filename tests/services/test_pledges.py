"""The year's pledge: written, handed in, passed, changed with a reason, brought over from last year."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from app.db import tables
from app.domain.dates import Month
from app.domain.errors import Conflict, NotAllowed, NotFound, ValidationFailed
from app.domain.member import DatedStatus, StatusKind
from app.domain.pledge import Origin, Outcome, PledgeState
from app.services.members import add_status
from app.services.months import open_month, save_month
from app.services.pledges import (
    add_item,
    carried_over,
    from_fault,
    list_pledges,
    open_pledge,
    pass_pledges,
    return_pledge,
    revise_item,
    save_pledge,
    set_outcome,
    submit_pledge,
)
from app.services.workspace import Workspace
from tests.book_fixtures import FakeClock, People
from tests.builders import a_month, a_pledge, add_member, an_item, lock_year, passed_pledge


def test_blank_page_is_shown_before_anything_is_registered(plain_ws: Workspace, people: People) -> None:
    page = open_pledge(plain_ws, people.plain, 2026)

    assert (page.pledge.id, page.pledge.items, page.is_closed) == ("", (), False)


def test_pledge_saved_by_its_member_is_a_draft_in_its_order(plain_ws: Workspace, people: People) -> None:
    saved = save_pledge(plain_ws, a_pledge(people.plain))
    turned = save_pledge(
        plain_ws, replace(saved, items=(saved.items[1], an_item(action="Mới"), saved.items[0]))
    )

    stored = open_pledge(plain_ws, people.plain, 2026).pledge
    assert stored == turned
    assert stored.state is PledgeState.DRAFT
    assert stored.submitted_at is None
    assert [item.action for item in stored.items] == [saved.items[1].action, "Mới", saved.items[0].action]
    assert stored.items[0].id == saved.items[1].id


def test_item_left_out_is_removed(plain_ws: Workspace, people: People) -> None:
    saved = save_pledge(plain_ws, a_pledge(people.plain))

    save_pledge(plain_ws, replace(saved, items=saved.items[:1]))

    assert open_pledge(plain_ws, people.plain, 2026).pledge.items == saved.items[:1]


def test_item_already_reported_on_is_not_removed(plain_ws: Workspace, people: People) -> None:
    saved = save_pledge(plain_ws, a_pledge(people.plain))
    save_month(plain_ws, a_month(people.plain, Month(2026, 1), saved.items))

    with pytest.raises(NotAllowed, match="“Giúp hai hộ nghèo trong thôn” đã có tự đánh giá"):
        save_pledge(plain_ws, replace(saved, items=saved.items[:1]))

    assert open_pledge(plain_ws, people.plain, 2026).pledge.items == saved.items


def test_text_comes_in_composed(plain_ws: Workspace, people: People) -> None:
    typed = unicodedata.normalize("NFD", " Giữ gìn đoàn kết\nở thôn ")

    saved = save_pledge(plain_ws, a_pledge(people.plain, items=(an_item(action=typed),)))

    assert saved.items[0].action == "Giữ gìn đoàn kết\nở thôn"


def test_pledge_goes_from_draft_to_handed_in_to_passed(
    plain_ws: Workspace, secretary_ws: Workspace, people: People
) -> None:
    saved = save_pledge(plain_ws, a_pledge(people.plain))
    handed = submit_pledge(plain_ws, saved)
    passed = pass_pledges(secretary_ws, 2026, [people.plain], date(2026, 1, 15))

    stored = open_pledge(plain_ws, people.plain, 2026).pledge
    assert (handed.state, handed.submitted_at) == (PledgeState.SUBMITTED, "2026-03-20 08:30:00")
    assert passed == 1
    assert (stored.state, stored.passed_on) == (PledgeState.PASSED, date(2026, 1, 15))


def test_empty_pledge_is_not_handed_in(plain_ws: Workspace, people: People) -> None:
    for items in ((), (an_item(action=" "),)):
        with pytest.raises(ValidationFailed):
            submit_pledge(plain_ws, a_pledge(people.plain, items=items))

    assert open_pledge(plain_ws, people.plain, 2026).pledge.id == ""


def test_only_what_was_handed_in_is_passed(secretary_ws: Workspace, people: People) -> None:
    submit_pledge(secretary_ws, a_pledge(people.plain))
    save_pledge(secretary_ws, a_pledge(people.deputy))

    everybody = [people.plain, people.deputy, people.committee]
    first = pass_pledges(secretary_ws, 2026, everybody, date(2026, 1, 15))
    second = pass_pledges(secretary_ws, 2026, everybody, date(2026, 1, 16))

    states = {line.member.id: line.pledge for line in list_pledges(secretary_ws, 2026)}
    assert (first, second) == (1, 0)
    assert states[people.plain] is not None
    assert states[people.plain].passed_on == date(2026, 1, 15)
    assert states[people.deputy] is not None
    assert states[people.deputy].state is PledgeState.DRAFT
    assert states[people.committee] is None


def test_pledge_is_not_passed_on_a_day_to_come(secretary_ws: Workspace, people: People) -> None:
    submit_pledge(secretary_ws, a_pledge(people.plain))

    with pytest.raises(ValidationFailed, match="21/03/2026 chưa tới"):
        pass_pledges(secretary_ws, 2026, [people.plain], date(2026, 3, 21))
    assert pass_pledges(secretary_ws, 2026, [people.plain], date(2026, 3, 20)) == 1


def test_handed_in_pledge_is_given_back_with_words_and_a_passed_one_is_not(
    secretary_ws: Workspace, people: People
) -> None:
    submit_pledge(secretary_ws, a_pledge(people.plain))
    return_pledge(secretary_ws, people.plain, 2026, "Ghi thêm  chỉ tiêu")
    given_back = open_pledge(secretary_ws, people.plain, 2026).pledge
    passed_pledge(secretary_ws, people.deputy)

    with pytest.raises(NotAllowed, match="đã gửi"):
        return_pledge(secretary_ws, people.deputy, 2026, "x")

    assert (given_back.state, given_back.committee_comment) == (PledgeState.DRAFT, "Ghi thêm chỉ tiêu")
    assert given_back.submitted_at is None
    assert open_pledge(secretary_ws, people.deputy, 2026).pledge.state is PledgeState.PASSED
    with pytest.raises(NotFound):
        return_pledge(secretary_ws, people.committee, 2026, "x")


def test_passed_pledge_is_changed_one_item_at_a_time_and_keeps_the_old_words(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    pledge = passed_pledge(secretary_ws, people.plain)
    item = pledge.items[1]
    with pytest.raises(NotAllowed, match="thông qua ngày 15/01/2026"):
        save_pledge(plain_ws, pledge)

    changed = revise_item(
        plain_ws, people.plain, 2026, replace(item, target="3 hộ", due_on=date(2026, 9, 2)), "Thêm một hộ"
    )

    assert changed.state is PledgeState.PASSED
    new = changed.items[1]
    assert (new.id, new.target, new.due_on) == (item.id, "3 hộ", date(2026, 9, 2))
    (old,) = new.revisions
    assert (old.target, old.due_on, old.reason, old.revised_on) == (
        "2 hộ",
        None,
        "Thêm một hộ",
        date(2026, 3, 20),
    )


def test_earlier_words_come_oldest_first_also_when_changed_twice_on_one_day(
    secretary_ws: Workspace, people: People
) -> None:
    (item,) = passed_pledge(secretary_ws, people.plain, items=(an_item(target="lần 0"),)).items

    for number in range(1, 6):
        pledge = revise_item(
            secretary_ws, people.plain, 2026, replace(item, target=f"lần {number}"), f"lý do {number}"
        )

    assert [old.target for old in pledge.items[0].revisions] == [f"lần {n}" for n in range(5)]


def test_change_needs_a_reason_something_to_do_and_a_change(secretary_ws: Workspace, people: People) -> None:
    item = passed_pledge(secretary_ws, people.plain).items[0]

    for changed, reason in (
        (replace(item, target="x"), " "),
        (replace(item, action=" "), "lý do"),
        (item, "lý do"),
    ):
        with pytest.raises(ValidationFailed):
            revise_item(secretary_ws, people.plain, 2026, changed, reason)
    with pytest.raises(NotFound):
        revise_item(secretary_ws, people.plain, 2026, replace(item, id="x", target="x"), "lý do")

    assert open_pledge(secretary_ws, people.plain, 2026).pledge.items[0] == item


def test_pledge_not_passed_yet_needs_no_revision(plain_ws: Workspace, people: People) -> None:
    saved = submit_pledge(plain_ws, a_pledge(people.plain))

    with pytest.raises(NotAllowed, match="chưa được chi bộ thông qua"):
        revise_item(plain_ws, people.plain, 2026, replace(saved.items[0], target="x"), "lý do")
    with pytest.raises(NotAllowed, match="chưa được chi bộ thông qua"):
        add_item(plain_ws, people.plain, 2026, an_item(), "lý do")


def test_item_added_during_the_year_comes_last_with_its_reason(
    secretary_ws: Workspace, people: People
) -> None:
    passed_pledge(secretary_ws, people.plain)

    pledge = add_item(
        secretary_ws, people.plain, 2026, an_item(action="Vận động hiến đất làm đường"), "Xã giao"
    )

    assert pledge.items[-1].action == "Vận động hiến đất làm đường"
    assert pledge.items[-1].note == "Thêm ngày 20/03/2026: Xã giao"
    with pytest.raises(ValidationFailed, match="lý do thêm"):
        add_item(secretary_ws, people.plain, 2026, an_item(), "")


def test_finished_item_is_not_asked_for_in_later_months(secretary_ws: Workspace, people: People) -> None:
    first, second = passed_pledge(secretary_ws, people.plain).items

    set_outcome(secretary_ws, people.plain, 2026, first.id, Outcome.DONE, date(2026, 1, 31))

    january, february = (open_month(secretary_ws, people.plain, Month(2026, n)) for n in (1, 2))
    assert [item.id for _, item in january.open_items] == [first.id, second.id]
    assert [(n, item.id) for n, item in february.open_items] == [(2, second.id)]
    assert [item.id for _, item in february.finished_items] == [first.id]
    set_outcome(secretary_ws, people.plain, 2026, first.id, Outcome.IN_PROGRESS, None)
    assert open_pledge(secretary_ws, people.plain, 2026).pledge.items[0].finished_on is None


def test_item_does_not_end_on_a_day_to_come(secretary_ws: Workspace, people: People) -> None:
    item = passed_pledge(secretary_ws, people.plain).items[0]

    with pytest.raises(ValidationFailed, match="chưa tới"):
        set_outcome(secretary_ws, people.plain, 2026, item.id, Outcome.DONE, date(2026, 3, 21))


def test_nobody_reaches_another_members_item_through_their_own_page(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    theirs = passed_pledge(secretary_ws, people.deputy).items[0]
    mine = save_pledge(plain_ws, a_pledge(people.plain))

    with pytest.raises(NotFound):
        save_pledge(plain_ws, replace(mine, items=(*mine.items, replace(theirs, action="x"))))
    with pytest.raises(NotFound):
        set_outcome(plain_ws, people.plain, 2026, theirs.id, Outcome.DONE, None)
    for act in (
        lambda: open_pledge(plain_ws, people.deputy, 2026),
        lambda: save_pledge(plain_ws, a_pledge(people.deputy)),
        lambda: set_outcome(plain_ws, people.deputy, 2026, theirs.id, Outcome.DONE, None),
        lambda: list_pledges(plain_ws, 2026),
        lambda: pass_pledges(plain_ws, 2026, [people.plain], date(2026, 1, 15)),
        lambda: return_pledge(plain_ws, people.plain, 2026, ""),
    ):
        with pytest.raises(NotAllowed):
            act()

    assert open_pledge(secretary_ws, people.deputy, 2026).pledge.items[0] == theirs


def test_pledge_changed_meanwhile_is_not_overwritten(plain_ws: Workspace, people: People) -> None:
    seen = save_pledge(plain_ws, a_pledge(people.plain))
    first, second = seen.items
    save_pledge(plain_ws, replace(seen, items=(replace(first, target="một"), second)))

    with pytest.raises(Conflict, match="vẫn còn trên màn hình"):
        save_pledge(plain_ws, replace(seen, items=(replace(first, target="hai"), second)))

    assert open_pledge(plain_ws, people.plain, 2026).pledge.items[0].target == "một"


def test_closed_year_changes_no_pledge(secretary_ws: Workspace, people: People, clock: FakeClock) -> None:
    clock.day = date(2027, 1, 20)
    pledge = passed_pledge(secretary_ws, people.plain)
    submit_pledge(secretary_ws, a_pledge(people.deputy))
    lock_year(secretary_ws, 2026, date(2027, 1, 20))
    item = pledge.items[0]

    for act in (
        lambda: save_pledge(secretary_ws, a_pledge(people.committee)),
        lambda: submit_pledge(secretary_ws, a_pledge(people.committee)),
        lambda: pass_pledges(secretary_ws, 2026, [people.deputy], date(2027, 1, 20)),
        lambda: return_pledge(secretary_ws, people.deputy, 2026, "x"),
        lambda: revise_item(secretary_ws, people.plain, 2026, replace(item, target="x"), "lý do"),
        lambda: add_item(secretary_ws, people.plain, 2026, an_item(), "lý do"),
        lambda: set_outcome(secretary_ws, people.plain, 2026, item.id, Outcome.DONE, None),
    ):
        with pytest.raises(NotAllowed, match="Năm 2026 đã khóa"):
            act()
    assert open_pledge(secretary_ws, people.plain, 2026).is_closed


def test_unfinished_items_of_last_year_are_offered_and_carried_over(
    secretary_ws: Workspace, people: People
) -> None:
    done, not_done = passed_pledge(secretary_ws, people.plain, 2025).items
    set_outcome(secretary_ws, people.plain, 2025, done.id, Outcome.DONE, date(2025, 10, 1))

    page = open_pledge(secretary_ws, people.plain, 2026)
    again = carried_over(page.unfinished[0])
    save_pledge(secretary_ws, replace(page.pledge, items=(again,)))

    assert [item.id for item in page.unfinished] == [not_done.id]
    (stored,) = open_pledge(secretary_ws, people.plain, 2026).pledge.items
    assert (stored.origin, stored.carried_from, stored.action) == (
        Origin.CARRIED_OVER,
        not_done.id,
        not_done.action,
    )
    assert stored.id != not_done.id
    assert page.warnings([stored]) == ()


def test_faults_of_last_review_are_offered_as_items(secretary_ws: Workspace, people: People) -> None:
    review = {
        "subject_id": people.plain,
        "member_id": people.plain,
        "kind": "year",
        "period": "2025",
        "year": 2025,
        "rule_set": "2025",
        "form": "F25_2C",
        "subject_kind": "outside",
        "state": "draft",
    }
    with secretary_ws.write("Kiểm điểm") as tx:
        review_id = tx.insert(tables.review, review)
        shortcomings = "Chậm báo cáo.\n\n Ít phát biểu "
        tx.insert(tables.review_section, {"review_id": review_id, "key": "II.1", "text": shortcomings})

    page = open_pledge(secretary_ws, people.plain, 2026)

    assert page.last_faults == ("Chậm báo cáo.", "Ít phát biểu")
    item = from_fault(page.last_faults[1])
    assert (item.action, item.origin) == ("Khắc phục: Ít phát biểu", Origin.FROM_LAST_REVIEW)
    assert [problem.field for problem in page.warnings([an_item()])] == ["items"]
    assert "items" not in [problem.field for problem in page.warnings([an_item(), item])]


def test_list_of_the_year_holds_who_was_in_the_cell_that_year(
    secretary_ws: Workspace, people: People
) -> None:
    young = add_member(secretary_ws, "Hà Văn Tú", admitted_on=date(2026, 2, 3), confirmed_on=None)
    add_status(secretary_ws, people.plain, DatedStatus(StatusKind.LEFT, date(2025, 6, 1), detail="moved"))

    listed = {year: {line.member.id for line in list_pledges(secretary_ws, year)} for year in (2025, 2026)}

    assert (young in listed[2025], young in listed[2026]) == (False, True)
    assert (people.plain in listed[2025], people.plain in listed[2026]) == (True, False)


def exempt(since: date, until: date | None = None) -> DatedStatus:
    return DatedStatus(StatusKind.EXEMPT, since, until, detail="age_health")


@pytest.mark.parametrize(
    ("status", "year", "is_asked"),
    [
        (exempt(date(2026, 3, 1)), 2026, False),
        (exempt(date(2026, 1, 1), date(2026, 2, 28)), 2026, True),
        (exempt(date(2025, 11, 1)), 2025, True),
        (exempt(date(2024, 11, 1)), 2025, False),
        (DatedStatus(StatusKind.SUSPENDED, date(2026, 3, 1)), 2026, True),
    ],
    ids=["exempt now", "exempt before", "exempt at the end", "exempt all year", "suspended"],
)
def test_who_is_exempt_is_not_asked_for_a_pledge(
    secretary_ws: Workspace, people: People, status: DatedStatus, year: int, is_asked: bool
) -> None:
    add_status(secretary_ws, people.plain, status)

    line = next(line for line in list_pledges(secretary_ws, year) if line.member.id == people.plain)

    assert line.not_asked == ("" if is_asked else status.sentence())


def test_a_pledge_made_before_the_exemption_still_shows(secretary_ws: Workspace, people: People) -> None:
    passed_pledge(secretary_ws, people.plain)
    add_status(secretary_ws, people.plain, exempt(date(2026, 3, 1)))

    line = next(line for line in list_pledges(secretary_ws, 2026) if line.member.id == people.plain)

    assert line.pledge is not None
    assert line.not_asked == ""
