"""Papers around the grades: Mẫu 01, Mẫu 03, Mẫu 05, notices, the decision of the committee above."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.domain.grade import Grade, SubjectKind
from app.domain.opinion import RaisedPoint
from app.domain.paper import Letterhead, Paper, TitleBlock
from app.domain.review import (
    CELL_SUBJECT,
    COMMITTEE_SUBJECT,
    GradeStage,
    ItemScore,
    ReviewKey,
    SectionText,
    StageGrade,
    quarter_key,
)
from app.domain.rule_set import PeriodKind
from app.domain.sheets.kinds import PaperKind
from app.services import papers_of_grades, papers_of_periods
from app.services.decisions import DecisionPaper, enter_decisions, notify, propose_all
from app.services.members import set_kinds
from app.services.paper_gathering import gather_year
from app.services.paper_jobs import job_with_sheets
from app.services.paper_sheets import NoSheet, Sheet, SheetOrder
from app.services.papers import PaperRequest, plan_papers, save_pdf
from app.services.raised_points import save_raised_point
from app.services.reratings import rerate
from app.services.reviews import open_review, set_grade, submit_review, with_self_grade
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.domain.sheets.sheet_material import fields, headings, signatures, tables, words

MAKERS = {**papers_of_grades.MAKERS, **papers_of_periods.MAKERS}
DECISION = DecisionPaper("45-QĐ/ĐU", date(2025, 12, 26), "Đảng ủy xã Hòa Sơn")


def made(
    ws: Workspace,
    kind: PaperKind,
    *members: str,
    year: int = 2025,
    blank: bool = False,
    nameless: bool = False,
) -> Iterator[Sheet | NoSheet]:
    gathered = gather_year(ws, year)
    people = tuple(each for each in gathered.members if not members or each.id in members)
    order = SheetOrder(kind, gathered, () if nameless else people, blank or nameless, nameless)
    return iter(MAKERS[kind](order))


def paper(ws: Workspace, kind: PaperKind, *members: str, at: int = 0, **order: object) -> Paper:
    sheets = [each for each in made(ws, kind, *members, **order) if isinstance(each, Sheet)]  # type: ignore[arg-type]
    return sheets[at].build()


def report(ws: Workspace, subject: str, kind: PeriodKind = PeriodKind.YEAR, period: str = "") -> None:
    page = open_review(ws, ReviewKey(subject, 2025, kind, period))
    assert page.profile is not None
    scores = tuple(ItemScore(item.code, item.max, ground="Có sổ") for item in page.profile.items)
    text = SectionText("A.I.2", "Hoàn thành 12/12 chỉ tiêu.")
    review = replace(page.review, sections=(text,), scores=scores, dated_on=date(2025, 12, 8))
    submit_review(ws, with_self_grade(review, Grade.GOOD))


def quarter(ws: Workspace, member: str, number: int, less: str = "0") -> None:
    page = open_review(ws, quarter_key(member, 2025, number))
    assert page.profile is not None
    first, *others = page.profile.items
    scores = (
        ItemScore(first.code, first.max - Decimal(less), ground="Một việc chậm"),
        *(ItemScore(item.code, item.max) for item in others),
    )
    submit_review(ws, with_self_grade(replace(page.review, scores=scores), Grade.GOOD))


def test_the_committees_report_comes_first_and_each_signs_for_its_own_body(secretary_ws: Workspace) -> None:
    report(secretary_ws, CELL_SUBJECT)
    report(secretary_ws, COMMITTEE_SUBJECT)

    committee, cell = (paper(secretary_ws, PaperKind.COLLECTIVE, at=at) for at in (0, 1))
    assert signatures(committee)[0].formula == ("T/M CHI ỦY",)
    assert signatures(cell)[0].formula == ("T/M CHI BỘ",)
    assert (signatures(cell)[0].title, signatures(cell)[0].name) == ("BÍ THƯ", "Trần Thị Bình")
    assert "đóng dấu" not in words(cell)
    assert "tập thể Chi bộ thôn Đồng Tiến kiểm điểm, tự đánh giá, xếp loại chất lượng" in words(cell)
    assert "tập thể Chi ủy Chi bộ thôn Đồng Tiến" in words(committee)
    assert "Tổng điểm: 100/100" in words(cell)
    assert "Kèm theo báo cáo kiểm điểm năm 2025" in words(cell)
    assert "đồng chí" not in words(cell)


def test_mau_01_prints_the_headings_of_the_centre_in_order(secretary_ws: Workspace) -> None:
    blank = paper(secretary_ws, PaperKind.COLLECTIVE, nameless=True)

    shown = headings(blank)
    assert [each for each in shown if each[0] in "IVAB"] == [
        "A. NỘI DUNG KIỂM ĐIỂM",
        "I. Ưu điểm, kết quả đạt được",
        "II. Hạn chế, khuyết điểm và nguyên nhân",
        "III. Kết quả khắc phục những hạn chế, khuyết điểm đã được cấp có thẩm quyền kết luận hoặc được "
        "chỉ ra ở các kỳ kiểm điểm trước",
        "IV. Giải trình những vấn đề được gợi ý kiểm điểm (nếu có)",
        "V. Trách nhiệm của tập thể, cá nhân",
        "VI. Phương hướng, biện pháp khắc phục hạn chế, khuyết điểm",
        "B. NỘI DUNG TỰ ĐÁNH GIÁ, XẾP LOẠI",
        "I. Đánh giá theo các nhóm tiêu chí",
        "II. Đề xuất xếp loại mức chất lượng",
    ]
    assert "tập thể Chi ủy Chi bộ thôn Đồng Tiến kiểm điểm" in words(blank)
    assert signatures(blank)[0].formula == ("T/M CHI ỦY",)


def test_mau_01_of_2023_has_four_boxes_under_four_items_and_part_iii(secretary_ws: Workspace) -> None:
    blank = paper(secretary_ws, PaperKind.COLLECTIVE, year=2023, nameless=True)

    assert "BÁO CÁO KIỂM ĐIỂM TẬP THỂ" in words(blank)
    assert words(blank).count("Tự đánh giá về cấp độ thực hiện:") == 5
    assert "VII. Đề nghị mức xếp loại chất lượng" in headings(blank)


@pytest.mark.parametrize(("year", "said"), [(2025, "chưa có báo cáo kiểm điểm"), (2021, "chưa có mẫu")])
def test_why_there_is_no_report_is_said(secretary_ws: Workspace, year: int, said: str) -> None:
    found = list(made(secretary_ws, PaperKind.COLLECTIVE, year=year, nameless=year == 2021))

    assert isinstance(found[0], NoSheet)
    assert said in found[0].reason


def test_a_quarter_marks_each_criterion_met_or_not(secretary_ws: Workspace, people: People) -> None:
    set_kinds(secretary_ws, {people.plain: SubjectKind.LEADER}, 2025)
    quarter(secretary_ws, people.plain, 1, less="0.5")
    sheet = paper(secretary_ws, PaperKind.QUARTER, people.plain)

    title = next(block for block in sheet.blocks if isinstance(block, TitleBlock))
    assert title.sublines == ("Quý I năm 2025",)
    rows = tables(sheet)[0]
    group, first, second = rows[0], rows[1], rows[2]
    assert (group[0], group[4]) == ("A", "30")
    assert (first[2], first[3], first[6]) == ("", "X", "Một việc chậm")
    assert (second[2], second[3]) == ("X", "")
    assert rows[-1][4:6] == ["100", "99,5"]
    assert [each.formula for each in signatures(sheet)] == [
        ("CÁ NHÂN TỰ ĐÁNH GIÁ",),
        ("XÁC NHẬN CỦA CHI BỘ",),
    ]


def test_a_quarter_of_a_leader_takes_at_most_two_pages(
    secretary_ws: Workspace, people: People, tmp_path_factory: pytest.TempPathFactory
) -> None:
    set_kinds(secretary_ws, {people.plain: SubjectKind.LEADER}, 2025)
    quarter(secretary_ws, people.plain, 1, less="0.5")
    request = PaperRequest((PaperKind.QUARTER,), 2025, (people.plain,))

    assert save_pdf(secretary_ws, request, tmp_path_factory.mktemp("quy") / "quy.pdf").page_count <= 2


def test_a_term_is_named_in_the_title_of_the_years_form(secretary_ws: Workspace, people: People) -> None:
    report(secretary_ws, people.plain, PeriodKind.TERM, "2020-2025")
    report(secretary_ws, CELL_SUBJECT, PeriodKind.EXTRAORDINARY, "tháng 6/2025")

    assert "Nhiệm kỳ 2020-2025" in words(paper(secretary_ws, PaperKind.QUARTER, people.plain))
    assert "Đột xuất tháng 6/2025" in words(paper(secretary_ws, PaperKind.COLLECTIVE))


def test_the_report_of_a_quarter_counts_only_what_was_proposed_or_decided(
    secretary_ws: Workspace, people: People
) -> None:
    quarter(secretary_ws, people.deputy, 2)
    quarter(secretary_ws, people.plain, 2)
    set_grade(
        secretary_ws,
        quarter_key(people.plain, 2025, 2),
        StageGrade(GradeStage.PROPOSED, Grade.EXCELLENT, date(2025, 7, 2)),
    )
    sheet = paper(secretary_ws, PaperKind.QUARTER_REPORT)

    assert "có 2 cá nhân tự đánh giá, 1 cá nhân được đề xuất" in words(sheet)
    assert "hoàn thành tốt trở lên: 1/1 = 100,00%" in words(sheet)
    assert [row[-1] for row in tables(sheet)[1]] == ["chưa xếp loại", "đề xuất"]


def test_a_notice_says_grade_and_decision_and_only_to_who_was_decided(
    secretary_ws: Workspace, people: People
) -> None:
    enter_decisions(secretary_ws, 2025, DECISION, {people.plain: Grade.GOOD})
    notify(secretary_ws, 2025, {people.plain: date(2025, 12, 30)})
    sheet = paper(secretary_ws, PaperKind.NOTICE, people.plain)

    assert "Căn cứ Quyết định số 45-QĐ/ĐU, ngày 26/12/2025 của Đảng ủy xã Hòa Sơn" in words(sheet)
    assert fields(sheet)["Mức được quyết định"] == "Hoàn thành tốt nhiệm vụ"
    head = next(block for block in sheet.blocks if isinstance(block, Letterhead))
    assert head.place_date == "Hòa Sơn, ngày 30 tháng 12 năm 2025"
    plan = plan_papers(secretary_ws, PaperRequest((PaperKind.NOTICE,), 2025))
    assert {note.reason for note in plan.skipped} == {"chưa có mức được quyết định năm 2025"}


def test_mau_03_tells_old_and_new_grade_and_comes_from_the_committee_above(
    secretary_ws: Workspace, people: People
) -> None:
    enter_decisions(secretary_ws, 2025, DECISION, {people.plain: Grade.GOOD, CELL_SUBJECT: Grade.GOOD})
    reason = "Phát hiện kê khai không trung thực"
    for subject in (people.plain, CELL_SUBJECT):
        rerate(
            secretary_ws,
            ReviewKey(subject, 2025),
            Grade.SATISFACTORY,
            "12-QĐ/ĐU",
            date(2026, 3, 2),
            reason,
        )
    of_member, of_cell = (paper(secretary_ws, PaperKind.RERATING, at=at) for at in (0, 1))

    head = next(block for block in of_member.blocks if isinstance(block, Letterhead))
    assert (head.own, head.number) == ("ĐẢNG ỦY XÃ HÒA SƠN", "Số 12-QĐ/ĐU")
    assert fields(of_member)["Mức đã công bố"] == "Hoàn thành tốt nhiệm vụ"
    assert fields(of_member)["Mức xếp loại lại"] == "Hoàn thành nhiệm vụ"
    assert "Điều 1. Điều chỉnh mức xếp loại chất lượng năm 2025 của đồng chí Nguyễn Văn Đạt" in words(
        of_member
    )
    assert "năm 2025 của Chi bộ thôn Đồng Tiến đã công bố tại" in words(of_cell)
    assert [each.formula for each in signatures(of_cell)] == [("T/M ĐẢNG ỦY",)]
    only = list(made(secretary_ws, PaperKind.RERATING, people.plain))
    assert len(only) == 1


def test_the_decision_of_recognition_counts_and_lists_everybody_graded(
    secretary_ws: Workspace, people: People
) -> None:
    propose_all(
        secretary_ws,
        2025,
        {people.plain: Grade.GOOD, people.deputy: Grade.EXCELLENT, CELL_SUBJECT: Grade.GOOD},
        date(2025, 12, 12),
        "Biên bản",
    )
    enter_decisions(secretary_ws, 2025, DECISION, {people.deputy: Grade.GOOD})
    sheet = paper(secretary_ws, PaperKind.RECOGNITION)

    counts, people_rows = tables(sheet)
    assert [row[:2] for row in counts] == [
        ["Hoàn thành xuất sắc nhiệm vụ", "0"],
        ["Hoàn thành tốt nhiệm vụ", "2"],
        ["Hoàn thành nhiệm vụ", "0"],
        ["Không hoàn thành nhiệm vụ", "0"],
    ]
    assert [row[1] for row in people_rows] == ["Lê Văn Cường", "Nguyễn Văn Đạt"]
    assert "của 2 đảng viên Chi bộ thôn Đồng Tiến" in words(sheet)
    assert "BAN CHẤP HÀNH ĐẢNG BỘ XÃ HÒA SƠN QUYẾT ĐỊNH:" in headings(sheet)


def test_the_annex_of_a_collectives_report_names_no_comrade(secretary_ws: Workspace) -> None:
    report(secretary_ws, CELL_SUBJECT)

    text = words(paper(secretary_ws, PaperKind.COLLECTIVE))

    assert "năm 2025 của Chi bộ thôn Đồng Tiến)" in text
    assert "chí Chi bộ" not in text.replace("\u00a0", " ")


def test_a_point_raised_after_the_cells_report_stands_in_its_part_iv(secretary_ws: Workspace) -> None:
    report(secretary_ws, CELL_SUBJECT)
    point = RaisedPoint(CELL_SUBJECT, 2025, 1, "Công văn số 96-CV/ĐU", date(2025, 11, 17), "Thu quỹ chậm")
    save_raised_point(secretary_ws, point)

    assert "Thu quỹ chậm" in words(paper(secretary_ws, PaperKind.COLLECTIVE))


def test_the_recognition_stays_as_decided_after_a_rerating_with_its_number_and_day(
    secretary_ws: Workspace, people: People
) -> None:
    grades = {people.secretary: Grade.GOOD, people.deputy: Grade.GOOD, people.plain: Grade.GOOD}
    enter_decisions(secretary_ws, 2025, DECISION, grades)
    later = date(2026, 3, 2)
    rerate(secretary_ws, ReviewKey(people.plain, 2025), Grade.SATISFACTORY, "12-QĐ/ĐU", later, "Kê khai sai")

    decision = paper(secretary_ws, PaperKind.RECOGNITION)
    notice = paper(secretary_ws, PaperKind.NOTICE, people.plain)

    head = next(block for block in decision.blocks if isinstance(block, Letterhead))
    assert (head.number, head.place_date) == ("Số 45-QĐ/ĐU", "Hòa Sơn, ngày 26 tháng 12 năm 2025")
    assert "(Kèm theo Quyết định số 45-QĐ/ĐU, ngày 26/12/2025 của Đảng ủy xã Hòa Sơn)" in words(decision)
    assert [row[1:] for row in tables(decision)[1]] == [
        [name, "", "thôn Đồng Tiến", "Hoàn thành tốt nhiệm vụ"]
        for name in ("Trần Thị Bình", "Lê Văn Cường", "Nguyễn Văn Đạt")
    ]
    assert "Căn cứ Quyết định số 12-QĐ/ĐU, ngày 02/3/2026 về kết quả" in words(notice)


def test_the_sheet_of_who_was_rerated_tells_the_grade_published_before(
    secretary_ws: Workspace, people: People
) -> None:
    report(secretary_ws, people.plain)
    enter_decisions(secretary_ws, 2025, DECISION, {people.plain: Grade.GOOD})
    later = date(2026, 3, 2)
    rerate(secretary_ws, ReviewKey(people.plain, 2025), Grade.SATISFACTORY, "12-QĐ/ĐU", later, "Kê khai sai")

    request = PaperRequest((PaperKind.REVIEW,), 2025, (people.plain,))
    text = words(job_with_sheets(secretary_ws, request).sheets[0].build())

    assert (
        "Hoàn thành nhiệm vụ (xếp loại lại theo Quyết định số 12-QĐ/ĐU, ngày 02/3/2026; "
        "mức đã công bố: Hoàn thành tốt nhiệm vụ)"
    ) in text


def test_blank_decisions_and_reports_print_the_four_grades(secretary_ws: Workspace) -> None:
    for kind in (PaperKind.RECOGNITION, PaperKind.QUARTER_REPORT):
        blank = paper(secretary_ws, kind, nameless=True)
        assert [row[:2] for row in tables(blank)[0]] == [[grade.label, ""] for grade in Grade]


@pytest.mark.parametrize("kind", list(MAKERS))
def test_every_paper_can_be_printed_empty(
    secretary_ws: Workspace, kind: PaperKind, tmp_path_factory: pytest.TempPathFactory
) -> None:
    request = PaperRequest((kind,), 2025, (), True)

    assert save_pdf(secretary_ws, request, tmp_path_factory.mktemp("trong") / "a.pdf").page_count
