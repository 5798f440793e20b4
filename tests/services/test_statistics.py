"""Looking back over years: who is counted as present, exempt, without grade, rated; years without rules."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.errors import NotAllowed
from app.domain.grade import Grade, SubjectKind
from app.domain.member import DatedStatus, StatusKind
from app.domain.review import GradeStage, ReviewKey, StageGrade
from app.services.members import add_status
from app.services.paper_gathering import gather_year
from app.services.reviews import open_review, save_review, set_grade, with_self_grade
from app.services.statistics import look_back, read_statistics, statistics_of
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.builders import add_member

DAY = date(2025, 12, 24)


def decided(ws: Workspace, member_id: str, grade: Grade, *cases: str) -> None:
    key = ReviewKey(member_id, 2025)
    review = with_self_grade(open_review(ws, key).review, Grade.GOOD)
    save_review(ws, replace(review, block_cases=cases))
    set_grade(ws, key, StageGrade(GradeStage.DECIDED, grade, DAY, "QĐ 7"))


def test_everybody_present_is_exempt_or_not_rated_or_rated(secretary_ws: Workspace, people: People) -> None:
    decided(secretary_ws, people.plain, Grade.EXCELLENT)
    decided(secretary_ws, people.deputy, Grade.UNSATISFACTORY, "KN2")
    exempt = DatedStatus(StatusKind.EXEMPT, date(2024, 1, 1), detail="age_health")
    add_status(secretary_ws, add_member(secretary_ws, "Cụ Lành"), exempt)
    gone = DatedStatus(StatusKind.LEFT, date(2025, 6, 1), detail="moved")
    add_status(secretary_ws, add_member(secretary_ws, "Người đã đi"), gone)
    guest = DatedStatus(StatusKind.TEMPORARY_IN, date(2025, 1, 1))
    add_status(secretary_ws, add_member(secretary_ws, "Khách tạm thời"), guest)
    add_member(secretary_ws, "Mới vào", admitted_on=date(2025, 10, 1), confirmed_on=None)

    year = read_statistics(secretary_ws, [2025]).years[0]

    assert (year.total.present, year.total.exempt, year.total.not_rated, year.total.rated) == (6, 1, 3, 2)
    assert year.total.adds_up
    assert dict(year.not_rated)["Trần Thị Bình"] == "chưa có mức xếp loại"
    assert "chưa đủ 6 tháng" in dict(year.not_rated)["Mới vào"]
    assert [name for name, _reason in year.unsatisfactory] == ["Lê Văn Cường"]
    assert "50%" in year.unsatisfactory[0][1]
    assert [kind for kind, _counts in year.by_kind] == [SubjectKind.OUTSIDE]


@pytest.mark.parametrize(
    ("status", "row"),
    [
        (DatedStatus(StatusKind.LEFT, date(2025, 11, 3), detail="died"), "none"),
        (DatedStatus(StatusKind.LEFT, date(2025, 11, 3), detail="expelled"), "none"),
        (DatedStatus(StatusKind.LEFT, date(2026, 1, 5), detail="moved"), "not_rated"),
        (DatedStatus(StatusKind.MOVED_IN, date(2025, 12, 20)), "not_rated"),
        (DatedStatus(StatusKind.TEMPORARY_OUT, date(2025, 3, 1)), "not_rated"),
        (DatedStatus(StatusKind.TEMPORARY_IN, date(2025, 3, 1), date(2025, 9, 1)), "none"),
        (DatedStatus(StatusKind.SUSPENDED, date(2024, 3, 1)), "not_rated"),
        (DatedStatus(StatusKind.EXEMPT, date(2025, 3, 1), date(2025, 8, 31), "age_health"), "not_rated"),
        (DatedStatus(StatusKind.EXEMPT, date(2024, 3, 1), detail="maternity"), "exempt"),
    ],
    ids=lambda each: each if isinstance(each, str) else f"{each.kind} {each.valid_from}",
)
def test_each_standing_has_one_row_of_the_statistics(
    secretary_ws: Workspace, people: People, status: DatedStatus, row: str
) -> None:
    before = read_statistics(secretary_ws, [2025]).years[0].total
    add_status(secretary_ws, add_member(secretary_ws, "Người Thêm"), status)

    total = read_statistics(secretary_ws, [2025]).years[0].total

    assert total.adds_up
    assert total.present - before.present == (row != "none")
    assert total.exempt - before.exempt == (row == "exempt")
    assert total.not_rated - before.not_rated == (row == "not_rated")


def test_who_left_after_being_rated_here_still_counts_here(secretary_ws: Workspace, people: People) -> None:
    decided(secretary_ws, people.plain, Grade.GOOD)
    add_status(secretary_ws, people.plain, DatedStatus(StatusKind.LEFT, date(2025, 12, 28), detail="moved"))

    assert read_statistics(secretary_ws, [2025]).years[0].total.of(Grade.GOOD) == 1


def test_proposed_grades_can_be_counted_before_the_decision(secretary_ws: Workspace, people: People) -> None:
    decided(secretary_ws, people.plain, Grade.GOOD)
    given = StageGrade(GradeStage.PROPOSED, Grade.EXCELLENT, DAY, "họp")
    set_grade(secretary_ws, ReviewKey(people.plain, 2025), given)

    year = read_statistics(secretary_ws, [2025], GradeStage.PROPOSED).years[0]
    assert (year.total.of(Grade.EXCELLENT), year.total.of(Grade.GOOD)) == (1, 0)


def test_paper_and_screen_count_alike(secretary_ws: Workspace, people: People) -> None:
    decided(secretary_ws, people.plain, Grade.GOOD)

    assert statistics_of(gather_year(secretary_ws, 2025)) == read_statistics(secretary_ws, [2025]).years[0]


def test_five_years_are_looked_back_on_and_those_without_rules_are_named(secretary_ws: Workspace) -> None:
    view = look_back(secretary_ws, 2026, 2024)
    assert [each.year for each in view.years] == [2026, 2025, 2024]
    assert [each.year for each in look_back(secretary_ws, 2026, 2010).years] == [2026, 2025, 2024, 2023, 2022]

    early = look_back(secretary_ws, 2019, 2010)
    assert early.without_rules == (2017, 2016, 2015)
    assert early.of(2019) is not None


def test_only_those_leading_the_cell_look_back(plain_ws: Workspace) -> None:
    with pytest.raises(NotAllowed):
        look_back(plain_ws, 2026, 2025)
