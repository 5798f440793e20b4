"""Proposals and decisions for everybody at once, taken back as one act; notices; what to look at twice."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.discipline import Discipline, DisciplineForm
from app.domain.errors import NotAllowed, ValidationFailed
from app.domain.grade import Grade, SubjectKind
from app.domain.review import CELL_SUBJECT, CivilGrade, GradeStage, ReviewKey, StageGrade
from app.services.decisions import (
    DecisionPaper,
    enter_decisions,
    notify,
    propose_all,
    propose_one,
    restore_grades,
)
from app.services.disciplines import add_discipline
from app.services.grade_table import list_grades
from app.services.members import set_kinds
from app.services.reviews import close_review, list_reviews, open_review, save_review, set_grade
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.builders import lock_year

MET = date(2025, 12, 12)
PAPER = DecisionPaper("45-QĐ/ĐU", date(2025, 12, 26), "Đảng ủy xã Hòa Sơn")


def key(subject: str) -> ReviewKey:
    return ReviewKey(subject, 2025)


def voted(ws: Workspace, subject: str, grade: Grade) -> None:
    save_review(ws, open_review(ws, key(subject)).review)
    set_grade(ws, key(subject), StageGrade(GradeStage.VOTE, grade, MET, "31/38, vòng 1"))


def grade_of(ws: Workspace, subject: str, stage: GradeStage) -> Grade | None:
    row = list_grades(ws, 2025).row(subject)
    return row.grade(stage) if row else None


def test_the_votes_result_is_taken_over_for_everybody_with_one_day_and_source(
    secretary_ws: Workspace, people: People
) -> None:
    voted(secretary_ws, people.plain, Grade.GOOD)
    voted(secretary_ws, people.deputy, Grade.EXCELLENT)
    propose_all(
        secretary_ws,
        2025,
        {people.plain: Grade.GOOD, people.deputy: Grade.EXCELLENT},
        MET,
        "Biên bản kiểm phiếu",
    )

    row = list_grades(secretary_ws, 2025).row(people.deputy)
    assert row is not None
    given = row.given(GradeStage.PROPOSED)
    assert given == StageGrade(GradeStage.PROPOSED, Grade.EXCELLENT, MET, "Biên bản kiểm phiếu")
    assert row.grade(GradeStage.VOTE) is Grade.EXCELLENT


def test_proposing_otherwise_than_the_vote_asks_for_the_reason(
    secretary_ws: Workspace, people: People
) -> None:
    voted(secretary_ws, people.plain, Grade.GOOD)
    other = StageGrade(GradeStage.PROPOSED, Grade.SATISFACTORY, MET, "Biên bản họp")

    with pytest.raises(ValidationFailed, match="Khác kết quả biểu quyết"):
        propose_one(secretary_ws, key(people.plain), other)
    propose_one(secretary_ws, key(people.plain), replace(other, note="Chi bộ thảo luận lại"))

    row = list_grades(secretary_ws, 2025).row(people.plain)
    assert row is not None
    assert row.notes == ("Chi bộ đề xuất HT khác biểu quyết HTT.",)


def test_one_paper_from_above_decides_everybody_and_the_cell_itself(
    secretary_ws: Workspace, people: People
) -> None:
    before = enter_decisions(
        secretary_ws, 2025, PAPER, {people.plain: Grade.GOOD, CELL_SUBJECT: Grade.EXCELLENT}
    )

    assert before.count == 2
    row = list_grades(secretary_ws, 2025).row(CELL_SUBJECT)
    assert row is not None
    given = row.given(GradeStage.DECIDED)
    assert given is not None
    assert given.source == "Quyết định số 45-QĐ/ĐU của Đảng ủy xã Hòa Sơn"
    assert given.dated_on == date(2025, 12, 26)


def test_taking_back_gives_everybody_what_stood_there_before(secretary_ws: Workspace, people: People) -> None:
    voted(secretary_ws, people.deputy, Grade.GOOD)
    propose_all(secretary_ws, 2025, {people.deputy: Grade.GOOD}, MET, "Biên bản")
    before = propose_all(
        secretary_ws, 2025, {people.deputy: Grade.SATISFACTORY, people.plain: Grade.GOOD}, MET, "Biên bản 2"
    )

    restore_grades(secretary_ws, before)

    assert grade_of(secretary_ws, people.deputy, GradeStage.PROPOSED) is Grade.GOOD
    assert grade_of(secretary_ws, people.plain, GradeStage.PROPOSED) is None
    begun = next(each for each in list_reviews(secretary_ws, 2025) if each.member.id == people.plain)
    assert begun.review is None


def test_a_decision_without_number_day_and_organ_names_all_three(
    secretary_ws: Workspace, people: People
) -> None:
    with pytest.raises(ValidationFailed) as caught:
        enter_decisions(secretary_ws, 2025, DecisionPaper("", None, " "), {people.plain: Grade.GOOD})

    assert [problem.field for problem in caught.value.problems] == ["dated_on", "number", "organ"]


def test_a_locked_sheet_that_already_stands_so_is_left_as_it_is(
    secretary_ws: Workspace, people: People
) -> None:
    enter_decisions(secretary_ws, 2025, PAPER, {people.plain: Grade.GOOD})
    close_review(secretary_ws, key(people.plain))

    again = enter_decisions(secretary_ws, 2025, PAPER, {people.plain: Grade.GOOD, people.deputy: Grade.GOOD})
    assert [subject for subject, _given in again.grades] == [people.deputy]
    with pytest.raises(NotAllowed, match="đã khóa"):
        enter_decisions(secretary_ws, 2025, PAPER, {people.plain: Grade.SATISFACTORY})


def test_a_locked_year_takes_no_decision(secretary_ws: Workspace, people: People) -> None:
    lock_year(secretary_ws, 2025, secretary_ws.today())

    with pytest.raises(NotAllowed, match="Năm 2025 đã khóa"):
        enter_decisions(secretary_ws, 2025, PAPER, {people.plain: Grade.GOOD})


def test_only_who_leads_enters_decisions(plain_ws: Workspace, people: People) -> None:
    with pytest.raises(NotAllowed, match="nhập quyết định xếp loại"):
        enter_decisions(plain_ws, 2025, PAPER, {people.plain: Grade.GOOD})


def test_everybody_is_told_on_a_day_and_only_a_decided_grade_is_told(
    secretary_ws: Workspace, people: People
) -> None:
    with pytest.raises(NotAllowed, match="chưa có mức được quyết định"):
        notify(secretary_ws, 2025, {people.plain: date(2025, 12, 30)})
    enter_decisions(secretary_ws, 2025, PAPER, {people.plain: Grade.GOOD})
    before = notify(secretary_ws, 2025, {people.plain: date(2025, 12, 30)})

    row = list_grades(secretary_ws, 2025).row(people.plain)
    assert row is not None
    assert row.review is not None
    assert row.review.notified_on == date(2025, 12, 30)
    notify(secretary_ws, 2025, before)
    row = list_grades(secretary_ws, 2025).row(people.plain)
    assert row is not None
    assert row.review is not None
    assert row.review.notified_on is None


def test_a_civil_grade_that_is_missing_or_later_than_the_members_grade_is_said(
    secretary_ws: Workspace, people: People
) -> None:
    set_kinds(secretary_ws, {people.plain: SubjectKind.NON_LEADER}, 2025)
    table = list_grades(secretary_ws, 2025)
    assert [row.id for row in table.civil_missing()] == [people.plain]
    assert table.civil_due is not None
    assert table.civil_due.before(2025) == date(2025, 12, 15)

    civil = CivilGrade(Grade.GOOD, date(2025, 12, 20), "QĐ 88/QĐ-UBND")
    save_review(secretary_ws, replace(open_review(secretary_ws, key(people.plain)).review, civil=civil))
    propose_all(secretary_ws, 2025, {people.plain: Grade.GOOD}, MET, "Biên bản")

    table = list_grades(secretary_ws, 2025)
    assert table.civil_missing() == ()
    row = table.row(people.plain)
    assert row is not None
    assert "ngày 20/12/2025 có sau mức chi bộ đề xuất ngày 12/12/2025" in row.notes[0]


def test_a_head_proposed_above_the_cells_own_grade_is_said(secretary_ws: Workspace, people: People) -> None:
    grades = {people.secretary: Grade.EXCELLENT, people.deputy: Grade.EXCELLENT, CELL_SUBJECT: Grade.GOOD}
    propose_all(secretary_ws, 2025, grades, MET, "Biên bản")

    table = list_grades(secretary_ws, 2025)
    head, deputy = table.row(people.secretary), table.row(people.deputy)
    assert head is not None
    assert deputy is not None
    assert any("Mức của người đứng đầu không cao hơn mức của tập thể" in note for note in head.notes)
    assert deputy.notes == ()


def test_a_grade_given_in_spite_of_a_years_discipline_is_said_with_rule_and_way_out(
    secretary_ws: Workspace, people: People
) -> None:
    decided = Discipline(people.plain, DisciplineForm.REPRIMAND, date(2024, 7, 3), "04-QĐ/CB")
    add_discipline(secretary_ws, decided)
    grades = {people.plain: Grade.EXCELLENT, people.deputy: Grade.EXCELLENT}
    for subject in grades:
        review = open_review(secretary_ws, ReviewKey(subject, 2024)).review
        save_review(secretary_ws, review)
    propose_all(secretary_ws, 2024, grades, date(2024, 12, 14), "Biên bản kiểm phiếu")

    table = list_grades(secretary_ws, 2024)
    row, other = table.row(people.plain), table.row(people.deputy)

    assert row is not None
    assert other is not None
    said = next(note for note in row.notes if note.startswith("Mức ghi là"))
    assert "theo quy định là Không hoàn thành nhiệm vụ: bị kỷ luật đảng hoặc kỷ luật hành chính" in said
    assert "(Quy định 124-QĐ/TW, Điều 12)" in said
    assert said.endswith("Giữ mức này thì cần ý kiến của cấp có thẩm quyền.")
    assert not [note for note in other.notes if note.startswith("Mức ghi là")]
