"""Members: the record, two alike, dated posts and statuses, leaving and coming back, who sits at the PC."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.db import tables
from app.domain.dates import BirthDate, Month
from app.domain.errors import Conflict, NotAllowed, NotFound, ValidationFailed
from app.domain.grade import SubjectKind
from app.domain.member import CellRole, DatedStatus, Post, Sphere, StatusKind
from app.services.desks import take_seat
from app.services.members import (
    add_status,
    change_status,
    get_member,
    list_members,
    remove_status,
    return_member,
    save_member,
    save_posts,
    set_kinds,
)
from app.services.seats import list_seats, sit_down
from app.services.workspace import Workspace
from tests.book_fixtures import FakeClock, People
from tests.builders import a_member, add_member

LEFT = DatedStatus(StatusKind.LEFT, date(2025, 6, 30), detail="moved", decision_ref="12-QĐ/ĐU")


def problems_of(ws: Workspace, **changes: object) -> set[str]:
    with pytest.raises(ValidationFailed) as caught:
        save_member(ws, a_member(**changes))
    return {problem.field for problem in caught.value.problems}


def test_saved_member_comes_back_as_entered(ws: Workspace) -> None:
    draft = a_member(
        full_name="Nguyễn Thị Ánh",
        birth=BirthDate(1956, 5),
        card_number="036056000123",
        note="Dòng một\nDòng hai",
    )

    member = get_member(ws, save_member(ws, draft))

    assert member.record == draft
    assert member.version == 1


def test_decomposed_and_untidy_text_is_kept_composed_and_tidy(ws: Workspace) -> None:
    typed = unicodedata.normalize("NFD", "  Nguyễn  Thị\u200b Ánh ")

    member = get_member(ws, save_member(ws, a_member(full_name=typed, workplace="Trường\u00a0 THCS")))

    assert member.name == "Nguyễn Thị Ánh"
    assert member.record.workplace == "Trường THCS"
    assert member.search_key == "nguyen thi anh"


def test_members_are_listed_by_given_name_then_family_name(ws: Workspace) -> None:
    for name in ("Đỗ Văn Ân", "Trần Văn An", "Lê Thị Ân", "Nguyễn Văn An", "Phạm Đức Đạt", "Vũ Thị Dung"):
        save_member(ws, a_member(full_name=name))

    names = [member.name for member in list_members(ws)]

    assert names == ["Nguyễn Văn An", "Trần Văn An", "Đỗ Văn Ân", "Lê Thị Ân", "Vũ Thị Dung", "Phạm Đức Đạt"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"full_name": " "}, "full_name"),
        ({"birth": BirthDate(2027), "admitted_on": None, "confirmed_on": None}, "birth"),
        ({"admitted_on": date(1980, 1, 1), "confirmed_on": None}, "admitted_on"),
        ({"admitted_on": date(2026, 3, 21), "confirmed_on": None}, "admitted_on"),
        ({"admitted_on": None}, "admitted_on"),
        ({"confirmed_on": date(2010, 5, 18)}, "confirmed_on"),
        ({"card_number": "036-056"}, "card_number"),
    ],
)
def test_record_that_contradicts_itself_is_refused_by_field(
    ws: Workspace, changes: dict[str, object], field: str
) -> None:
    assert problems_of(ws, **changes) == {field}
    assert list_members(ws) == ()


def test_day_of_admission_itself_is_no_contradiction(ws: Workspace) -> None:
    save_member(ws, a_member(admitted_on=ws.today(), confirmed_on=None))


def test_second_member_with_one_name_and_birth_date_is_asked_about(ws: Workspace) -> None:
    save_member(ws, a_member())

    with pytest.raises(ValidationFailed, match="hai người khác nhau"):
        save_member(ws, a_member(full_name="NGUYỄN  VĂN AN"))
    save_member(ws, a_member(), alike=True)
    save_member(ws, a_member(birth=BirthDate(1985, 4, 13)))

    assert len(list_members(ws)) == 3


@pytest.mark.parametrize("written", ["036085000123", "0360 8500 0123", "036085000123 "])
def test_one_card_number_belongs_to_one_member_however_it_is_spaced(ws: Workspace, written: str) -> None:
    save_member(ws, a_member(card_number="036085000123"))

    with pytest.raises(ValidationFailed, match="đã ghi cho Nguyễn Văn An"):
        save_member(ws, a_member(full_name="Trần Thị Bình", card_number=written), alike=True)


def test_member_saved_again_does_not_collide_with_itself(ws: Workspace) -> None:
    member_id = save_member(ws, a_member(card_number="036085000123"))

    save_member(ws, a_member(card_number="036085000123", phone="0912 000 111"), member_id)

    assert get_member(ws, member_id).record.phone == "0912 000 111"


def test_record_changed_meanwhile_is_not_overwritten(ws: Workspace) -> None:
    member_id = save_member(ws, a_member())
    save_member(ws, a_member(phone="một"), member_id, version=1)

    with pytest.raises(Conflict, match="vẫn còn trên màn hình"):
        save_member(ws, a_member(phone="hai"), member_id, version=1)

    assert get_member(ws, member_id).record.phone == "một"


def test_member_no_longer_in_the_book_is_named_so(ws: Workspace) -> None:
    with pytest.raises(NotFound, match="Không còn đảng viên"):
        get_member(ws, "0" * 32)
    with pytest.raises(NotFound):
        add_status(ws, "0" * 32, LEFT)


# Dated statuses


def test_exemption_holds_from_its_first_to_its_last_day(secretary_ws: Workspace, people: People) -> None:
    add_status(
        secretary_ws,
        people.plain,
        DatedStatus(StatusKind.EXEMPT, date(2026, 2, 1), date(2026, 4, 30), "maternity"),
    )

    member = get_member(secretary_ws, people.plain)

    shown = [
        member.status_on(day) is not None
        for day in (date(2026, 1, 31), date(2026, 2, 1), date(2026, 4, 30), date(2026, 5, 1))
    ]
    assert shown == [False, True, True, False]
    assert member.statuses[0].sentence() == (
        "Miễn công tác và sinh hoạt đảng (nghỉ sinh con) 01/02/2026–30/04/2026"
    )


@pytest.mark.parametrize(
    ("status", "field"),
    [
        (replace(LEFT, valid_from=None), "valid_from"),
        (replace(LEFT, valid_to=date(2025, 6, 29)), "valid_to"),
        (replace(LEFT, detail=""), "detail"),
    ],
)
def test_status_without_its_dates_or_reason_is_refused(
    secretary_ws: Workspace, people: People, status: DatedStatus, field: str
) -> None:
    with pytest.raises(ValidationFailed) as caught:
        add_status(secretary_ws, people.plain, status)

    assert [problem.field for problem in caught.value.problems] == [field]


def test_status_is_ended_and_one_recorded_by_mistake_is_taken_back(
    secretary_ws: Workspace, people: People
) -> None:
    wrong = DatedStatus(StatusKind.TEMPORARY_OUT, date(2026, 1, 1))
    status_id = add_status(secretary_ws, people.plain, wrong)

    change_status(secretary_ws, replace(wrong, id=status_id, valid_to=date(2026, 2, 28)))
    ended = get_member(secretary_ws, people.plain)
    remove_status(secretary_ws, status_id)

    assert ended.status_on(date(2026, 3, 1)) is None
    assert ended.status_on(date(2026, 2, 28)) is not None
    assert get_member(secretary_ws, people.plain).statuses == ()


def test_member_who_left_stays_in_the_list_and_may_not_sit_down(
    secretary_ws: Workspace, people: People
) -> None:
    add_status(secretary_ws, people.plain, LEFT)

    assert people.plain in {member.id for member in list_members(secretary_ws)}
    assert people.plain not in {member.id for member in list_seats(secretary_ws).people}
    with pytest.raises(NotAllowed, match="đã rời chi bộ"):
        sit_down(secretary_ws, people.plain)


def test_keeper_takes_over_when_the_only_secretary_has_left(secretary_ws: Workspace, people: People) -> None:
    assert not list_seats(secretary_ws).may_keep

    add_status(secretary_ws, people.secretary, LEFT)

    assert list_seats(secretary_ws).may_keep
    assert take_seat(secretary_ws, None).ws.actor.member_id is None


def test_member_who_comes_back_is_a_member_again_from_that_day(
    secretary_ws: Workspace, people: People
) -> None:
    add_status(secretary_ws, people.plain, LEFT)

    return_member(
        secretary_ws,
        people.plain,
        DatedStatus(
            StatusKind.MOVED_IN, date(2026, 2, 1), decision_ref="05-GT/ĐU", place="Chi bộ thôn Thái Lai"
        ),
    )

    member = get_member(secretary_ws, people.plain)
    assert [member.has_left(day) for day in (date(2026, 1, 31), date(2026, 2, 1))] == [True, False]
    came = next(status for status in member.statuses if status.kind is StatusKind.MOVED_IN)
    assert (came.decision_ref, came.place) == ("05-GT/ĐU", "Chi bộ thôn Thái Lai")
    assert [member.monthly_duty(Month(2025, month)) for month in (5, 7, 12)] == [
        "",
        "đã rời chi bộ",
        "đã rời chi bộ",
    ]
    assert member.monthly_duty(Month(2026, 2)) == ""
    assert sit_down(secretary_ws, people.plain).actor.member_id == people.plain


def test_nobody_comes_back_who_has_not_left_or_before_leaving(
    secretary_ws: Workspace, people: People
) -> None:
    back = DatedStatus(StatusKind.MOVED_IN, date(2025, 6, 30))
    with pytest.raises(NotAllowed, match="chưa rời"):
        return_member(secretary_ws, people.plain, back)
    add_status(secretary_ws, people.plain, LEFT)

    with pytest.raises(ValidationFailed, match="phải sau ngày rời 30/06/2025"):
        return_member(secretary_ws, people.plain, back)
    with pytest.raises(ValidationFailed, match="Chưa ghi ngày trở lại"):
        return_member(secretary_ws, people.plain, replace(back, valid_from=None))


# Posts and kinds


def test_posts_are_added_changed_and_taken_away_together(secretary_ws: Workspace, people: People) -> None:
    save_posts(
        secretary_ws,
        people.plain,
        [
            Post(Sphere.GOVERNMENT, "Trưởng thôn", valid_from=date(2024, 1, 1)),
            Post(Sphere.MASS, "Chi hội trưởng", valid_from=date(2025, 1, 1)),
        ],
    )
    village, society = get_member(secretary_ws, people.plain).posts

    ended = replace(village, valid_to=date(2025, 12, 31))
    fresh = Post(Sphere.PARTY, "", CellRole.GROUP_LEADER, date(2026, 1, 1))
    save_posts(secretary_ws, people.plain, [ended, fresh])

    member = get_member(secretary_ws, people.plain)
    assert {post.title for post in member.posts} == {"Trưởng thôn", "Tổ trưởng tổ đảng"}
    assert [post.title for post in member.posts_on(date(2026, 1, 1))] == ["Tổ trưởng tổ đảng"]
    assert society.id not in {post.id for post in member.posts}


def test_post_without_a_title_or_ending_before_it_begins_is_refused(
    secretary_ws: Workspace, people: People
) -> None:
    for post, field in [
        (Post(Sphere.MASS, " "), "title"),
        (Post(Sphere.MASS, "Hội viên", None, date(2026, 2, 1), date(2026, 1, 31)), "valid_to"),
    ]:
        with pytest.raises(ValidationFailed) as caught:
            save_posts(secretary_ws, people.plain, [post])
        assert caught.value.problems[0].field == field


def test_post_of_another_member_is_not_changed_through_this_one(
    secretary_ws: Workspace, people: People
) -> None:
    (theirs,) = get_member(secretary_ws, people.deputy).posts

    with pytest.raises(NotFound):
        save_posts(secretary_ws, people.plain, [replace(theirs, title="Bí thư")])

    assert get_member(secretary_ws, people.deputy).posts == (theirs,)


def test_subject_kind_chosen_for_a_year_holds_until_the_next_choice(
    secretary_ws: Workspace, people: People
) -> None:
    set_kinds(secretary_ws, {people.plain: SubjectKind.NON_LEADER}, 2024)
    set_kinds(secretary_ws, {people.plain: SubjectKind.LEADER, people.deputy: SubjectKind.LEADER}, 2026)
    set_kinds(secretary_ws, {people.plain: SubjectKind.OUTSIDE}, 2026)

    member = get_member(secretary_ws, people.plain)

    assert [member.kind_for(year) for year in (2023, 2024, 2025, 2026, 2030)] == [
        SubjectKind.OUTSIDE,
        SubjectKind.NON_LEADER,
        SubjectKind.NON_LEADER,
        SubjectKind.OUTSIDE,
        SubjectKind.OUTSIDE,
    ]


# Who sees and does what


def test_member_sees_only_themself(plain_ws: Workspace, people: People) -> None:
    assert [member.id for member in list_members(plain_ws)] == [people.plain]
    assert get_member(plain_ws, people.plain).name == "Nguyễn Văn Đạt"
    with pytest.raises(NotAllowed, match="của đảng viên khác"):
        get_member(plain_ws, people.secretary)


def test_member_changes_no_record_not_even_their_own(plain_ws: Workspace, people: People) -> None:
    for act in (
        lambda: save_member(plain_ws, a_member(), people.plain),
        lambda: add_status(plain_ws, people.plain, LEFT),
        lambda: change_status(plain_ws, LEFT),
        lambda: remove_status(plain_ws, "x"),
        lambda: return_member(plain_ws, people.plain, LEFT),
        lambda: save_posts(plain_ws, people.plain, []),
        lambda: set_kinds(plain_ws, {people.plain: SubjectKind.LEADER}, 2026),
    ):
        with pytest.raises(NotAllowed, match="Giao máy"):
            act()


def test_post_given_up_leads_no_longer(secretary_ws: Workspace, people: People, clock: FakeClock) -> None:
    (post,) = get_member(secretary_ws, people.deputy).posts
    save_posts(secretary_ws, people.deputy, [replace(post, valid_to=date(2026, 3, 31))])

    assert sit_down(secretary_ws, people.deputy).actor.role.leads
    clock.day = date(2026, 4, 1)
    assert not sit_down(secretary_ws, people.deputy).actor.role.leads


def test_full_card_number_is_in_no_action_name(secretary_ws: Workspace) -> None:
    add_member(secretary_ws, "Vũ Thị Hoa", card_number="036085000123")

    with secretary_ws.read() as tx:
        names = [row.name for row in tx.rows(select(tables.action))]

    assert not any("0123" in name for name in names)
