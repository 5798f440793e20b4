"""The cap of a year in a real book: groups, stages, how it is counted, what a closed year keeps."""

from datetime import date

import pytest

from app.domain.cap import GroupCounts
from app.domain.errors import Conflict, NotAllowed, ValidationFailed
from app.domain.grade import Grade
from app.domain.review import GradeStage, ReviewKey, StageGrade
from app.domain.rule_set import CapRounding
from app.domain.year_end_setting import YearEndSetting
from app.services.cap_settings import assign_cap_groups, read_cap, save_cap
from app.services.reviews import open_review, set_grade, submit_review, with_self_grade
from app.services.seats import sit_down
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.builders import lock_year

GROUND = "Công văn 12-CV/ĐU ngày 01/12/2025"


def hand_in(ws: Workspace, member_id: str, grade: Grade) -> None:
    review = open_review(ws, ReviewKey(member_id, 2025)).review
    submit_review(ws, with_self_grade(review, grade))


def test_the_cap_is_counted_live_as_grades_come_in(secretary_ws: Workspace, people: People) -> None:
    hand_in(secretary_ws, people.plain, Grade.EXCELLENT)
    hand_in(secretary_ws, people.deputy, Grade.GOOD)

    view = read_cap(secretary_ws, 2025)

    assert view.usual_stage is GradeStage.SELF
    (count,) = view.counts()
    assert count.counts == GroupCounts(excellent=1, good=1, graded=2, people=4)
    assert (count.most, count.over) == (0, True)


def test_decided_grades_are_counted_once_most_are_there(secretary_ws: Workspace, people: People) -> None:
    for member_id in (people.plain, people.deputy):
        hand_in(secretary_ws, member_id, Grade.EXCELLENT)
        given = StageGrade(GradeStage.DECIDED, Grade.GOOD, date(2026, 1, 5), "15-QĐ/ĐU")
        set_grade(secretary_ws, ReviewKey(member_id, 2025), given)

    view = read_cap(secretary_ws, 2025)

    assert view.stages == (GradeStage.SELF, GradeStage.DECIDED)
    assert view.usual_stage is GradeStage.DECIDED
    assert view.counts()[0].counts.good == 2


def test_members_may_be_counted_in_groups_of_their_own(secretary_ws: Workspace, people: People) -> None:
    assign_cap_groups(secretary_ws, 2025, {people.plain: " Đảng viên  nông thôn ", people.deputy: "Chi ủy"})

    groups = {count.group for count in read_cap(secretary_ws, 2025).counts()}
    assert groups == {"Đảng viên nông thôn", "Chi ủy", "Đảng viên không làm việc trong hệ thống chính trị"}

    assign_cap_groups(secretary_ws, 2025, {people.plain: "", people.deputy: ""})
    assert len(read_cap(secretary_ws, 2025).counts()) == 1


def test_what_differs_from_the_rules_needs_its_ground(secretary_ws: Workspace, people: People) -> None:
    with pytest.raises(ValidationFailed) as refused:
        save_cap(secretary_ws, YearEndSetting(2025, cap_percent=25))
    assert refused.value.problems[0].field == "cap_ground"

    save_cap(secretary_ws, YearEndSetting(2025, 25, None, CapRounding.HALF_UP, True, GROUND))

    view = read_cap(secretary_ws, 2025)
    assert (view.params.percent, view.params.rounding, view.params.ground) == (
        25,
        CapRounding.HALF_UP,
        GROUND,
    )
    assert view.counts()[0].counts.people == 3, "the secretary heads the cell and is left out"
    with pytest.raises(Conflict):
        save_cap(secretary_ws, YearEndSetting(2025, 20, cap_ground=GROUND, version=view.setting.version + 1))


def test_a_closed_year_keeps_its_way_of_counting(secretary_ws: Workspace, people: People) -> None:
    lock_year(secretary_ws, 2025, date(2026, 1, 10))

    with pytest.raises(NotAllowed, match="đã khóa"):
        save_cap(secretary_ws, YearEndSetting(2025, 25, cap_ground=GROUND))
    with pytest.raises(NotAllowed, match="đã khóa"):
        assign_cap_groups(secretary_ws, 2025, {people.plain: "Nhóm"})
    with pytest.raises(NotAllowed):
        read_cap(sit_down(secretary_ws, people.plain), 2025)
