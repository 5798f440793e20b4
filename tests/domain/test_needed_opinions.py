"""Which opinions are heard on whom, for whom none is asked, and how far each one is."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.cell import CellName
from app.domain.eligibility import Duty, DutyFinding, find_duty
from app.domain.grade import SubjectKind
from app.domain.member import DatedStatus, Member, Post, Sphere, StatusKind, problems_in_status
from app.domain.needed_opinions import (
    NeededOpinion,
    OpinionFrame,
    OpinionState,
    lives_by_residence,
    needed_opinions,
    wanted_opinions,
)
from app.domain.opinion import Opinion, OpinionKind
from app.services.rules import rules_of
from tests.builders import a_member

OFFICE = OpinionFrame(rules_of(2025), 2025, lives_by_residence=False)
VILLAGE = OpinionFrame(rules_of(2025), 2025, lives_by_residence=True)
REVIEWED = DutyFinding(Duty.REVIEW, "đảng viên sinh hoạt tại chi bộ", "")
TODAY = date(2025, 12, 1)


def member(
    *statuses: DatedStatus,
    kind: SubjectKind = SubjectKind.NON_LEADER,
    posts: tuple[Post, ...] = (),
    workplace: str = "UBND xã Hòa Sơn",
) -> Member:
    record = a_member(workplace=workplace)
    return Member("m1", 1, record, "", "", posts=posts, statuses=statuses, kinds=((2025, kind),))


def needed(who: Member, frame: OpinionFrame = OFFICE) -> tuple[NeededOpinion, ...]:
    return needed_opinions(who, frame, REVIEWED)


def test_whoever_holds_party_life_at_work_is_heard_of_at_home() -> None:
    (residence,) = needed(member())

    assert residence.kind is OpinionKind.RESIDENCE
    assert residence.from_whom == "Chi ủy (chi bộ) nơi cư trú (thôn Đồng Tiến)"
    assert "213-QĐ/TW" in residence.source
    assert residence.verified
    assert residence.excuse == ""


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ("barracks", "quân đội, công an ở doanh trại"),
        ("often_away", "thường xuyên đi công tác xa"),
        ("rotated", "luân chuyển"),
        ("full_time_study", "học tập trung cả năm"),
        ("pupil", "học sinh, sinh viên"),
    ],
)
def test_the_excused_groups_need_no_yearly_opinion_and_it_says_why(detail: str, words: str) -> None:
    excused = DatedStatus(StatusKind.NO_RESIDENCE_OPINION, date(2025, 1, 1), detail=detail)

    (residence,) = needed(member(excused))

    assert residence.excuse.startswith(words)
    assert "Hướng dẫn 33-HD/BTCTW" in residence.excuse


def test_an_excuse_of_an_earlier_year_does_not_excuse_this_one() -> None:
    past = DatedStatus(StatusKind.NO_RESIDENCE_OPINION, date(2023, 1, 1), date(2024, 12, 31), "rotated")

    assert needed(member(past))[0].excuse == ""


def test_a_village_cell_hears_the_employer_and_not_itself() -> None:
    (employer,) = needed(member(), VILLAGE)

    assert (employer.kind, employer.from_whom) == (OpinionKind.EMPLOYER, "UBND xã Hòa Sơn")
    assert not employer.verified


def test_farmers_and_pensioners_of_a_village_need_no_opinion() -> None:
    assert needed(member(kind=SubjectKind.OUTSIDE, workplace=""), VILLAGE) == ()


def test_the_temporary_cell_is_heard_before_the_review() -> None:
    away = DatedStatus(StatusKind.TEMPORARY_OUT, date(2025, 3, 1), place="Chi bộ Trường Chính trị")

    found = needed(member(away, kind=SubjectKind.OUTSIDE))

    assert [(each.kind, each.from_whom, each.source) for each in found] == [
        (OpinionKind.TEMPORARY_CELL, "Chi bộ Trường Chính trị", "Hướng dẫn 43-HD/BTCTW, điểm 7.6")
    ]


@pytest.mark.parametrize(("moved_on", "is_asked"), [(date(2025, 7, 1), True), (date(2025, 6, 30), False)])
def test_the_old_unit_is_heard_after_half_a_year_there(moved_on: date, is_asked: bool) -> None:
    moved = DatedStatus(StatusKind.MOVED_IN, moved_on, place="Chi bộ Phòng Nội vụ")

    found = needed(member(moved, kind=SubjectKind.OUTSIDE))

    assert [each.kind for each in found] == ([OpinionKind.OLD_UNIT] if is_asked else [])


def test_a_post_in_a_mass_organisation_asks_for_its_opinion() -> None:
    post = Post(Sphere.MASS, "Chi hội trưởng Hội Nông dân", valid_from=date(2024, 1, 1))

    (found,) = needed(member(kind=SubjectKind.OUTSIDE, posts=(post,)), VILLAGE)

    assert found.kind is OpinionKind.MASS_ORGANISATION
    assert found.reason.startswith("Chi hội trưởng Hội Nông dân: ")


def test_nothing_is_asked_of_who_is_not_reviewed() -> None:
    exempt = member(DatedStatus(StatusKind.EXEMPT, date(2020, 1, 1)))
    duty = find_duty(exempt, OFFICE.rules, 2025, date(2025, 12, 31))

    assert needed_opinions(exempt, OFFICE, duty) == ()


def test_rules_that_do_not_name_an_opinion_ask_for_none() -> None:
    silent = replace(OFFICE, rules=replace(OFFICE.rules, situations=()))

    assert needed(member(), silent) == ()


@pytest.mark.parametrize(
    ("own", "is_village"),
    [
        ("CHI BỘ THÔN ĐỒNG TIẾN", True),
        ("Chi bộ Tổ dân phố 5", True),
        ("CHI BỘ BUÔN TRẤP", True),
        ("CHI BỘ TRƯỜNG TIỂU HỌC HÒA SƠN", False),
        ("CHI BỘ VĂN PHÒNG ĐẢNG ỦY", False),
        ("CHI BỘ NHÀ XUẤT BẢN LAO ĐỘNG", False),
        ("CHI BỘ 3 KHU PHỐ 2", True),
        ("CHI BỘ PHÒNG NÔNG THÔN MỚI", False),
        ("CHI BỘ LIÊN THÔN A, B", True),
    ],
)
def test_a_cell_of_a_village_or_street_is_known_by_its_name(own: str, is_village: bool) -> None:
    assert lives_by_residence(CellName("ĐẢNG BỘ XÃ HÒA SƠN", own, "Hòa Sơn")) is is_village


def _state(**kept: object) -> OpinionState:
    opinion = replace(Opinion("m1", 2025, OpinionKind.RESIDENCE, id="o1"), **kept)
    (wanted,) = wanted_opinions(member(), OFFICE, REVIEWED, [opinion])
    return wanted.state(TODAY)


def test_how_far_an_opinion_is() -> None:
    asked = date(2025, 11, 10)

    assert _state() is OpinionState.OPEN
    assert _state(requested_on=asked) is OpinionState.REQUESTED
    assert _state(requested_on=asked, due_on=TODAY) is OpinionState.REQUESTED
    assert _state(requested_on=asked, due_on=date(2025, 11, 30)) is OpinionState.OVERDUE
    assert _state(requested_on=asked, due_on=date(2025, 11, 30), received_on=TODAY) is OpinionState.RECEIVED
    assert _state(not_needed="mới cư trú") is OpinionState.NOT_NEEDED


def test_what_is_kept_meets_what_is_needed_and_a_wish_of_ones_own_stays_beside() -> None:
    away = member(
        DatedStatus(StatusKind.TEMPORARY_OUT, date(2025, 1, 1), date(2025, 3, 31), place="Chi bộ A"),
        DatedStatus(StatusKind.TEMPORARY_OUT, date(2025, 5, 1), date(2025, 9, 30), place="Chi bộ B"),
        kind=SubjectKind.OUTSIDE,
    )
    kept = [
        Opinion("m1", 2025, OpinionKind.TEMPORARY_CELL, "Chi bộ B", id="b"),
        Opinion("m1", 2025, OpinionKind.EMPLOYER, "Hợp tác xã", id="c"),
    ]

    found = wanted_opinions(away, VILLAGE, REVIEWED, kept)

    assert [(each.from_whom, each.opinion.id, each.needed is not None) for each in found] == [
        ("Chi bộ A", "", True),
        ("Chi bộ B", "b", True),
        ("Hợp tác xã", "c", False),
    ]


def test_an_excuse_names_its_group_of_people() -> None:
    unnamed = DatedStatus(StatusKind.NO_RESIDENCE_OPINION, date(2025, 1, 1))

    assert [problem.message for problem in problems_in_status(unnamed)] == ["Chưa chọn lý do."]
