"""A review's own arithmetic: the year rolled up, text proposed from the months, who is not reviewed."""

from datetime import date
from decimal import Decimal

from app.domain.dates import Month
from app.domain.form_template import SectionKind
from app.domain.grade import Grade, SubjectKind
from app.domain.member import DatedStatus, Member
from app.domain.monthly import CellMark, MonthlyEntry, MonthlySelfAssessment, MonthState
from app.domain.pledge import Outcome, Pledge, PledgeItem
from app.domain.review import (
    COMMITTEE_SUBJECT,
    FaultRemedy,
    ItemScore,
    PromptAnswer,
    RemedyStatus,
    Review,
    ReviewKey,
    YearTasks,
    proposed_pledge_text,
    summarise,
)
from app.domain.review_grading import proposal_for
from app.domain.sheets.review import section_text
from app.services.rules import profile_for, rules_of, shipped_form
from tests.builders import a_member


def member(admitted: date | None = date(2010, 5, 19), *statuses: DatedStatus) -> Member:
    return Member("m1", 1, a_member(admitted_on=admitted), "", "", statuses=statuses)


def month(
    number: int, result: str, state: MonthState = MonthState.CONFIRMED, mark: CellMark | None = None
) -> MonthlySelfAssessment:
    entry = MonthlyEntry("i1", result, "Tốt")
    return MonthlySelfAssessment("m1", Month(2025, number), state, (entry,), mark=mark)


ITEM = PledgeItem(action="Giúp hai hộ nghèo", target="2 hộ", outcome=Outcome.DONE, id="i1")
PLEDGE = Pledge("m1", 2025, items=(ITEM,))


def test_the_year_is_rolled_up_from_its_months() -> None:
    months = (month(1, "một hộ"), month(2, "hai hộ", MonthState.SUBMITTED, mark=CellMark.PRAISE))

    summary = summarise(PLEDGE, months, free_months=[3, 4], late_months=[2])

    assert (summary.registered, summary.done) == (1, 1)
    assert (summary.required, summary.submitted, summary.confirmed, summary.late) == (10, 2, 1, 1)
    assert summary.praised == (2,)


def test_the_proposed_text_tells_each_item_and_counts_but_never_a_grade() -> None:
    months = (month(1, "giúp một hộ"), month(8, "giúp hộ thứ hai", mark=CellMark.PRAISE))

    text = proposed_pledge_text(2025, PLEDGE, months, summarise(PLEDGE, months, ()))

    assert text.startswith("Năm 2025 tôi đăng ký 1 việc, đã thực hiện 1 việc.")
    assert "Giúp hai hộ nghèo (chỉ tiêu: 2 hộ): đã xong; tháng 8: giúp hộ thứ hai." in text
    assert "Đã tự đánh giá 2/12 tháng phải nộp, chi bộ xác nhận 2 tháng" in text
    assert "được biểu dương 1 lần (tháng 8)" in text
    assert all(grade.label not in text for grade in Grade)


def test_without_a_pledge_there_is_nothing_to_propose() -> None:
    assert proposed_pledge_text(2025, None, (), summarise(None, (), ())) == ""


def test_faults_and_answers_read_as_sentences() -> None:
    fault = FaultRemedy("Chậm báo cáo.", RemedyStatus.IN_PROGRESS, "còn 1 lần", "mạng yếu", "do tôi")
    answer = PromptAnswer("Vì sao mất hồ sơ", "kiểm đếm theo danh mục.", "người ký nhận")

    assert fault.sentence() == (
        "Chậm báo cáo: đang khắc phục (còn 1 lần). Khó khăn, vướng mắc: mạng yếu. "
        "Trách nhiệm của cá nhân: do tôi."
    )
    assert answer.sentence() == (
        "Vì sao mất hồ sơ: kiểm đếm theo danh mục. Trách nhiệm của cá nhân: người ký nhận."
    )


def test_a_collectives_report_tells_of_its_own_responsibility() -> None:
    form = shipped_form("F25_01")
    part = next(section for section in form.sections if section.kind is SectionKind.PROMPT_ROWS)
    answer = PromptAnswer("Vì sao chậm kết nạp", "nguồn ít.", "chi ủy nhận")
    key = ReviewKey(COMMITTEE_SUBJECT, 2025)
    of_committee = Review(key, "2025", "F25_01", SubjectKind.COLLECTIVE, prompts=(answer,))

    assert section_text(part, of_committee).endswith("Trách nhiệm của tập thể: chi ủy nhận.")


def graded(total: str, **tasks: int) -> Grade | None:
    rules = rules_of(2025)
    profile = profile_for(rules, SubjectKind.OUTSIDE)
    assert profile is not None
    left, scores = Decimal(total), []
    for item in profile.items:
        points = min(item.max, left)
        left -= points
        scores.append(ItemScore(item.code, points))
    counts = YearTasks(**{"assigned": 10, "done": 10, "late": 0, "beyond": 0, "failed": 0, **tasks})
    key = ReviewKey("m1", 2025)
    review = Review(
        key, "2025", "F25_2C", SubjectKind.OUTSIDE, profile.id, scores=tuple(scores), tasks=counts
    )
    return proposal_for(review, rules, shipped_form("F25_2C"), profile).grade


def test_the_grade_turns_exactly_at_ninety_seventy_and_fifty_points() -> None:
    assert graded("90", beyond=3) is Grade.EXCELLENT
    assert graded("89.5", beyond=3) is Grade.GOOD
    assert graded("70", beyond=2) is Grade.GOOD
    assert graded("69.5", beyond=2) is Grade.SATISFACTORY
    assert graded("50") is Grade.SATISFACTORY
    assert graded("49.5") is Grade.UNSATISFACTORY


def test_points_alone_are_not_enough_for_excellent() -> None:
    assert graded("95", beyond=0) is not Grade.EXCELLENT


def test_no_grade_is_proposed_while_a_criterion_has_no_points() -> None:
    rules = rules_of(2025)
    profile = profile_for(rules, SubjectKind.OUTSIDE)
    key = ReviewKey("m1", 2025)
    review = Review(key, "2025", "F25_2C", SubjectKind.OUTSIDE, tasks=YearTasks(5, 5))

    assert proposal_for(review, rules, shipped_form("F25_2C"), profile).grade is None
