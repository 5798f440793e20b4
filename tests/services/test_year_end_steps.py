"""The guided year-end on a real book: what it reads, what stays private, how much it asks the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from app.db import tables
from app.domain.errors import NotAllowed
from app.domain.grade import Grade
from app.domain.review import GradeStage, ReviewKey, StageGrade
from app.domain.year_end_facts import StepKey, StepState
from app.services.reviews import open_review, save_review, set_grade, submit_review, with_self_grade
from app.services.workspace import Workspace
from app.services.year_end_steps import list_year_files, open_year_end
from tests.book_fixtures import People
from tests.builders import add_member


@contextmanager
def counted(ws: Workspace) -> Iterator[list[str]]:
    """Every statement sent to the book meanwhile."""
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    event.listen(ws.engine, "before_cursor_execute", note)
    yield said
    event.remove(ws.engine, "before_cursor_execute", note)


def own_grade(ws: Workspace, member_id: str, *, hands_in: bool = True) -> None:
    review = with_self_grade(open_review(ws, ReviewKey(member_id, 2025)).review, Grade.GOOD)
    (submit_review if hands_in else save_review)(ws, review)


def test_a_new_year_asks_for_everybodys_sheet(secretary_ws: Workspace, people: People) -> None:
    view = open_year_end(secretary_ws, 2025)

    assert view.facts == "Bộ quy định 2025 (Quy định 366, Hướng dẫn 43) · quá hạn 31/12/2025 79 ngày"
    assert view.current is StepKey.SHEETS
    sheets = view.step(StepKey.SHEETS)
    assert sheets.title == "Viết bản kiểm điểm 2A, 2B, 2C"
    assert sheets.sentence == "0/4 bản đã viết xong"
    assert {each.what for each in sheets.missing} == {"Chưa bắt đầu"}
    assert sheets.paper is not None
    assert set(sheets.paper.members) == {people.secretary, people.deputy, people.committee, people.plain}


def test_grades_given_move_the_steps_on(secretary_ws: Workspace, people: People) -> None:
    own_grade(secretary_ws, people.plain)
    for stage in (GradeStage.COMMITTEE, GradeStage.PROPOSED, GradeStage.DECIDED):
        given = StageGrade(stage, Grade.GOOD, date(2025, 12, 20), "nguồn")
        set_grade(secretary_ws, ReviewKey(people.plain, 2025), given)

    view = open_year_end(secretary_ws, 2025)

    assert view.step(StepKey.APPRAISAL).sentence == "Đã chấm 0, chi ủy đã nhận xét 1"
    assert people.plain not in {each.subject_id for each in view.step(StepKey.PROPOSAL).missing}
    decided = view.step(StepKey.DECISIONS)
    assert decided.sentence == "Đã quyết định 1/4 người, đã thông báo 0"
    mine = next(each for each in decided.missing if each.subject_id == people.plain)
    assert (mine.what, dict(mine.place.spot)["member"]) == ("Chưa thông báo kết quả", people.plain)


def test_a_sheet_its_member_is_writing_shows_nothing_of_it(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    own_grade(plain_ws, people.plain, hands_in=False)

    view = open_year_end(secretary_ws, 2025)
    gap = next(each for each in view.step(StepKey.SHEETS).missing if each.subject_id == people.plain)
    assert gap.what == "Đang viết"
    appraisal = view.step(StepKey.APPRAISAL)
    assert next(each.what for each in appraisal.missing if each.subject_id == people.plain).startswith(
        "Chưa tự chấm điểm, chưa tự nhận mức"
    )


def test_a_review_meeting_in_the_book_is_read_with_its_draft_day(secretary_ws: Workspace) -> None:
    with secretary_ws.write("Ghi buổi họp") as tx:
        meeting = {"kind": "review", "year": 2025, "held_on": date(2026, 3, 27), "rounds": 1, "secret": True}
        tx.insert(tables.meeting, meeting)

    view = open_year_end(secretary_ws, 2025)
    assert view.step(StepKey.MEETING).sentence == "Ngày 27/03, triệu tập 4 đảng viên chính thức"
    assert view.step(StepKey.COLLECTIVE).sentence == "Dự thảo gửi chậm nhất ngày 24/03"


def test_a_year_without_rules_says_so(secretary_ws: Workspace) -> None:
    view = open_year_end(secretary_ws, 2001)

    assert view.steps == ()
    assert "Chưa có bộ quy định cho năm 2001" in view.problem


def test_only_those_leading_the_cell_see_the_year_end(plain_ws: Workspace) -> None:
    with pytest.raises(NotAllowed):
        open_year_end(plain_ws, 2025)
    with pytest.raises(NotAllowed):
        list_year_files(plain_ws, 2025)


def test_everybodys_file_and_the_cells_are_ticked_by_what_exists(
    secretary_ws: Workspace, people: People
) -> None:
    own_grade(secretary_ws, people.plain)

    files = {each.subject_id: each for each in list_year_files(secretary_ws, 2025)}

    assert "cell" in files
    assert files[people.plain].items[0].is_there
    assert not files[people.deputy].items[0].is_there
    assert files[people.plain].missing[0].label == "Biên bản hội nghị kiểm điểm"
    residence = files[people.plain].items[1]
    assert (residence.is_missing, residence.note) == (
        False,
        "không cần: quy định không yêu cầu ở chi bộ này",
    )
    assert {each.source for each in files.values()} == {"Quy định 366-QĐ/TW, Điều 17; Mẫu 04-HD KĐ.ĐG 2025"}
    assert {each.source for each in list_year_files(secretary_ws, 2023)} == {""}


def test_the_number_of_selects_does_not_grow_with_the_cell(secretary_ws: Workspace, people: People) -> None:
    own_grade(secretary_ws, people.plain)
    with counted(secretary_ws) as few:
        open_year_end(secretary_ws, 2025)
    for n in range(12):
        own_grade(secretary_ws, add_member(secretary_ws, f"Nguyễn Văn {n}"))
    with counted(secretary_ws) as many:
        view = open_year_end(secretary_ws, 2025)

    assert view.step(StepKey.SHEETS).state is StepState.LEFT
    assert len(many) == len(few)
