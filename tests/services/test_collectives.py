"""The cell and its committee reviewed: Mẫu 01 of the year, the draft in time, rated after all members."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.db import tables
from app.domain.errors import NotAllowed, ValidationFailed
from app.domain.grade import FourLevel, Grade, SubjectKind
from app.domain.review import (
    CELL_SUBJECT,
    COMMITTEE_SUBJECT,
    GradeStage,
    ItemScore,
    Review,
    ReviewKey,
    ReviewState,
    SectionText,
    StageGrade,
    YearTasks,
)
from app.services.collectives import note_draft_sent, open_collectives
from app.services.reviews import open_review, save_review, set_grade, submit_review, with_self_grade
from app.services.workspace import Workspace
from tests.book_fixtures import FakeClock, People

CELL = ReviewKey(CELL_SUBJECT, 2025)
COMMITTEE = ReviewKey(COMMITTEE_SUBJECT, 2025)


def hold_meeting(ws: Workspace, held_on: date) -> None:
    with ws.write("Ghi cuộc họp kiểm điểm") as tx:
        values = {"kind": "review", "year": held_on.year, "held_on": held_on, "rounds": 1, "secret": True}
        tx.insert(tables.meeting, values)


def begun(ws: Workspace, key: ReviewKey = CELL) -> Review:
    return open_review(ws, key).review


def test_the_report_of_2025_is_on_mau_01_with_the_points_of_annex_1(secretary_ws: Workspace) -> None:
    page = open_review(secretary_ws, CELL)

    assert (page.form.code, page.review.subject_kind) == ("F25_01", SubjectKind.COLLECTIVE)
    assert page.profile is not None
    assert page.profile.annex == "Phụ lục 1"
    assert page.member is None
    assert page.name == "Chi bộ thôn Đồng Tiến"


def test_the_report_of_2023_has_four_levels_and_no_points(secretary_ws: Workspace) -> None:
    page = open_review(secretary_ws, ReviewKey(CELL_SUBJECT, 2023))

    assert page.form.code == "F23_01"
    assert page.profile is None
    assert [each.key for each in page.form.sections if each.four_levels] == [
        "I.1",
        "I.2",
        "I.3",
        "I.4",
        "III",
    ]


def test_what_is_written_for_the_committee_stays_apart_from_the_cell(secretary_ws: Workspace) -> None:
    text = SectionText("A.I.1", "Chi ủy giữ nền nếp họp.")
    save_review(secretary_ws, replace(begun(secretary_ws, COMMITTEE), sections=(text,)))

    assert begun(secretary_ws, COMMITTEE).text_of("A.I.1").text == "Chi ủy giữ nền nếp họp."
    assert begun(secretary_ws, CELL).sections == ()


def test_a_member_without_a_post_does_not_reach_the_collectives_report(plain_ws: Workspace) -> None:
    with pytest.raises(NotAllowed, match="mở bản kiểm điểm do bí thư, phó bí thư hoặc chi ủy viên làm"):
        open_review(plain_ws, CELL)


def test_the_report_is_settled_and_its_grades_are_kept_like_a_members(secretary_ws: Workspace) -> None:
    submit_review(secretary_ws, with_self_grade(begun(secretary_ws), Grade.GOOD))
    vote = StageGrade(GradeStage.VOTE, Grade.GOOD, date(2025, 12, 12), "31/38")
    saved = set_grade(secretary_ws, CELL, vote)

    assert saved.state is ReviewState.SUBMITTED
    assert saved.grade_at(GradeStage.VOTE) is Grade.GOOD
    with secretary_ws.read() as tx:
        told = [row.name for row in tx.rows(select(tables.action))]
    assert "Chốt báo cáo kiểm điểm chi bộ năm 2025" in told


def test_the_committee_stands_first_and_only_where_there_is_one(
    ws: Workspace, secretary_ws: Workspace
) -> None:
    assert [line.label for line in open_collectives(secretary_ws, 2025).lines] == ["Chi ủy", "Chi bộ"]
    assert [line.label for line in open_collectives(ws, 2025).lines] == ["Chi bộ"]


def test_a_year_without_a_form_says_so_and_names_the_way_out(secretary_ws: Workspace) -> None:
    line = open_collectives(secretary_ws, 2021).line(CELL_SUBJECT)

    assert line is not None
    assert line.form is None
    assert "chưa có mẫu báo cáo kiểm điểm tập thể" in line.no_form
    assert "Thiết lập" in line.no_form


def test_points_and_tasks_of_the_collective_lead_to_a_proposal_of_its_own_rules(
    secretary_ws: Workspace,
) -> None:
    page = open_review(secretary_ws, CELL)
    assert page.profile is not None
    scores = tuple(ItemScore(item.code, self_score=item.max) for item in page.profile.items)
    tasks = YearTasks(10, 10, 0, 4, 0)
    save_review(secretary_ws, replace(page.review, scores=scores, tasks=tasks))

    line = open_collectives(secretary_ws, 2025).line(CELL_SUBJECT)
    assert line is not None
    assert line.proposal is not None
    assert line.proposal.grade is Grade.EXCELLENT
    assert sum((item.max for item in page.profile.items), Decimal(0)) == 100


def test_the_levels_of_2023_lead_to_a_proposal_too(secretary_ws: Workspace) -> None:
    key = ReviewKey(CELL_SUBJECT, 2023)
    levels = tuple(
        SectionText(each, "Đã làm.", FourLevel.GOOD_LEVEL) for each in ("I.1", "I.2", "I.3", "I.4", "III")
    )
    save_review(secretary_ws, replace(begun(secretary_ws, key), sections=levels))

    line = open_collectives(secretary_ws, 2023).line(CELL_SUBJECT)
    assert line is not None
    assert line.proposal is not None
    assert line.proposal.grade is Grade.GOOD


def test_the_draft_goes_out_three_working_days_before_the_meeting(
    secretary_ws: Workspace, clock: FakeClock
) -> None:
    hold_meeting(secretary_ws, date(2025, 12, 12))
    assert "hạn gửi 09/12/2025" in open_collectives(secretary_ws, 2025).draft.sentence()

    note_draft_sent(secretary_ws, 2025, date(2025, 12, 10))
    late = open_collectives(secretary_ws, 2025).draft
    assert late.is_short
    assert "chỉ còn 02 ngày làm việc" in late.sentence()

    note_draft_sent(secretary_ws, 2025, date(2025, 12, 9))
    assert not open_collectives(secretary_ws, 2025).draft.is_short
    note_draft_sent(secretary_ws, 2025, None)
    assert open_collectives(secretary_ws, 2025).draft.sent_on is None


@pytest.mark.parametrize("year", [2019, 2023])
def test_an_earlier_year_is_not_held_against_the_documents_of_2025(
    secretary_ws: Workspace, people: People, year: int
) -> None:
    view = open_collectives(secretary_ws, year)

    assert view.unrated
    assert "Chi bộ xếp loại sau mọi đảng viên" in view.order_warning()
    for words in (view.order_warning(), view.draft.sentence()):
        assert "366" not in words
        assert "03 ngày làm việc" not in words


def test_a_day_that_has_not_come_is_not_taken_for_the_sending(secretary_ws: Workspace) -> None:
    with pytest.raises(ValidationFailed, match="chưa tới"):
        note_draft_sent(secretary_ws, 2025, date(2026, 12, 1))


def test_the_cell_is_rated_after_all_its_members(secretary_ws: Workspace, people: People) -> None:
    view = open_collectives(secretary_ws, 2025)
    assert len(view.unrated) == 4
    assert "Chi bộ xếp loại sau mọi đảng viên" in view.order_warning()
    assert "Điều 12 khoản 2" in view.order_warning()

    for member in (people.secretary, people.deputy, people.committee, people.plain):
        key = ReviewKey(member, 2025)
        save_review(secretary_ws, begun(secretary_ws, key))
        set_grade(secretary_ws, key, StageGrade(GradeStage.PROPOSED, Grade.GOOD, date(2025, 12, 12)))
    assert open_collectives(secretary_ws, 2025).order_warning() == ""
