"""The review sheet follows its form file to the letter, blank and filled, of 2025, 2023 and 2019."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.domain.form_template import SectionKind, Signer
from app.domain.grade import FourLevel, Grade, SubjectKind
from app.domain.paper import CheckLine, DottedLines, Letterhead, Paper, TitleBlock
from app.domain.review import (
    CivilGrade,
    FaultRemedy,
    GradeStage,
    PromptAnswer,
    RemedyStatus,
    SectionText,
    StageGrade,
    YearTasks,
)
from app.domain.sheets.review import missing_in_review, review_paper
from app.domain.sheets.signing import signature_blocks
from app.domain.year_task import AssignedTask, TaskQuality
from tests.domain.sheets.sheet_material import (
    CELL,
    REVIEW_FORMS,
    boxes,
    facts,
    fields,
    form,
    full_scores,
    headings,
    person,
    profile,
    review,
    signatures,
    tables,
    words,
)


@pytest.mark.parametrize("code", REVIEW_FORMS)
@pytest.mark.parametrize("is_blank", [True, False])
def test_headings_stand_as_the_form_file_orders_them(code: str, is_blank: bool) -> None:
    paper = review_paper(form(code), facts(person()), None if is_blank else review(code))

    assert headings(paper) == [section.heading for section in form(code).sections if section.heading]


@pytest.mark.parametrize("code", REVIEW_FORMS)
def test_every_part_of_a_form_finds_its_words_once_and_in_order(code: str) -> None:
    """The contract both ways: no text of the review is lost, no part of the form stays without its text."""
    kinds = (SectionKind.TEXT, SectionKind.FAULT_ROWS, SectionKind.PROMPT_ROWS)
    keys = [section.key for section in form(code).written_sections if section.kind in kinds]

    said = [line for line in words(review_paper(form(code), facts(person()), review(code))).split("\n")]

    assert [line for line in said if line.startswith("Lời của mục")] == [
        f"Lời của mục {key}." for key in keys
    ]


@pytest.mark.parametrize("code", REVIEW_FORMS)
def test_every_identity_field_and_signature_of_a_form_can_be_printed(code: str) -> None:
    paper = review_paper(form(code), facts(person()), review(code))

    labels = [field.label for line in form(code).identity for field in line]
    assert list(fields(paper))[: len(labels)] == labels
    assert len(signatures(paper)) == len(form(code).signatures)


def test_a_blank_sheet_keeps_the_name_and_leaves_lines_for_the_rest() -> None:
    paper = review_paper(form("F25_2B"), facts(person()))

    assert fields(paper)["Họ và tên"] == "Trần Thị Hoài An"
    assert fields(paper)["Ngày sinh"] == "09/09/1989"
    assert "Không." not in words(paper)
    assert sum(block.count for block in paper.blocks if isinstance(block, DottedLines)) > 50
    assert boxes(paper) == [[]]
    assert "Tổng điểm: ……/100" in words(paper)
    assert "Hòa Sơn, ngày … tháng … năm …" in words(paper)


def test_a_sheet_without_a_member_leaves_even_the_name_open() -> None:
    paper = review_paper(form("F25_2C"), facts(None, kind=None, signer=replace(facts().signer, name="")))

    assert fields(paper)["Họ và tên"] is None
    assert fields(paper)["Đơn vị công tác"] is None
    assert fields(paper)["Chi bộ"] == "thôn Đồng Tiến"
    assert [one.name for one in signatures(paper)] == ["", "", ""]


def test_an_empty_part_says_khong_only_where_the_form_allows_it() -> None:
    empty = review("F25_2B", sections=(SectionText("A.I.1", "Một."),))

    paper = review_paper(form("F25_2B"), facts(person()), empty)

    assert words(paper).count("Không.") == sum(bool(s.if_empty) for s in form("F25_2B").sections)
    assert missing_in_review(form("F25_2B"), empty, profile("P4A")) == (
        *("I.2 Nhiệm vụ được giao", "I.3 Thực hiện cam kết", "II.1 Hạn chế", "II.2 Nguyên nhân"),
        *("VI Phương hướng", "I Điểm", "II Tự nhận mức"),
    )


def test_a_level_is_missed_only_where_something_is_written() -> None:
    told = review(
        "F23_02A", sections=(SectionText("I.1", "Một."), SectionText("I.2", "Hai.", FourLevel.GOOD_LEVEL))
    )

    missing = missing_in_review(form("F23_02A"), told, None)

    assert "I.1 Phẩm chất, đạo đức" in missing
    assert not {"I.2 Nhiệm vụ được giao", "III Kết quả khắc phục"} & set(missing)


def test_long_text_keeps_its_paragraphs_and_loses_nothing() -> None:
    text = "Đoạn một.\n\nĐoạn hai <b>&</b>.\n" + "rất dài " * 2000
    long = review("F25_2B", sections=(SectionText("A.I.1", text),))

    said = words(review_paper(form("F25_2B"), facts(person()), long)).split("\n")

    start = said.index("Đoạn một.")
    assert said[start + 1] == "Đoạn hai <b>&</b>."
    assert said[start + 2] == ("rất dài " * 2000).strip()


def test_points_add_up_with_a_decimal_comma() -> None:
    scored = review("F25_2C", SubjectKind.OUTSIDE, scores=full_scores(profile(), Decimal("2.5")))

    said = words(review_paper(form("F25_2C"), facts(person()), scored, profile()))

    assert "1. Nhóm tiêu chí chung: 27,5/30" in said
    assert "2. Nhóm tiêu chí về kết quả thực hiện nhiệm vụ: 70/70" in said
    assert "Tổng điểm: 97,5/100" in said


def test_a_part_not_wholly_scored_is_left_to_the_pen() -> None:
    scored = review("F25_2C", SubjectKind.OUTSIDE, scores=full_scores(profile())[:-1])

    said = words(review_paper(form("F25_2C"), facts(person()), scored, profile()))

    assert "1. Nhóm tiêu chí chung: 30/30" in said
    assert "nhiệm vụ: ……/70" in said
    assert "Tổng điểm: ……/100" in said


def test_the_annex_shows_points_item_by_item_with_grounds_and_counts() -> None:
    counted = review(
        "F25_2C", SubjectKind.OUTSIDE, scores=full_scores(profile()), tasks=YearTasks(4, 4, 0, 1, None)
    )

    paper = review_paper(form("F25_2C"), facts(person()), counted, profile(), form("ANNEX"))

    general, tasks = tables(paper)
    assert general[0] == ["I.1.1", profile().items[0].label, "9", "9", "Có sổ theo dõi"]
    assert [general[-1][2], general[-1][3], tasks[-1][2], tasks[-1][3]] == ["30", "30", "70", "70"]
    assert "giao: 4; hoàn thành: 4; đúng hạn: 4; chậm: 0; vượt yêu cầu: 1; không hoàn thành: …." in words(
        paper
    )
    assert "(Kèm theo bản kiểm điểm năm 2025 của đồng\u00a0chí Trần Thị Hoài An)" in words(paper)


def test_the_cells_copy_has_the_committees_points_and_grounds_in_columns_of_their_own() -> None:
    scores = full_scores(profile())
    appraised = (replace(scores[0], appraised_score=Decimal(7), appraised_ground="Vắng hai kỳ"), *scores[1:])
    scored = review("F25_2C", SubjectKind.OUTSIDE, scores=appraised)

    general, tasks = tables(review_paper(form("F25_2C"), facts(person()), scored, profile(), form("ANNEX")))

    assert general[0][3:] == ["9", "Có sổ theo dõi", "7", "Vắng hai kỳ"]
    assert general[-1][3:] == ["30", "", "28", ""]
    assert tasks[-1][5] == "70", "where the committee changed nothing the member's points stand"


def test_the_tasks_are_printed_one_by_one_with_their_counts_and_sums() -> None:
    done = AssignedTask("Phụ trách tổ 2", "12 kỳ họp", due_on=date(2025, 12, 31), done_on=date(2025, 12, 20))
    beyond = replace(done, quality=TaskQuality.MET, beyond=True, beyond_ground="Thêm 3 hộ")
    tasks = (
        replace(beyond, max_points=Decimal(40), self_points=Decimal("39.5")),
        replace(done, done_on=None, failed=True, max_points=Decimal(30), self_points=Decimal(0)),
        AssignedTask("Tuần tra đêm", not_applicable="Sức khỏe yếu"),
    )
    listed = review("F25_2C", SubjectKind.OUTSIDE, task_list=tasks)

    paper = review_paper(form("F25_2C"), facts(person()), listed, profile(), form("ANNEX"))

    (table,) = tables(paper)
    assert table[0] == [
        "1",
        "Phụ trách tổ 2",
        "12 kỳ họp",
        "31/12/2025",
        "20/12/2025",
        "Đạt",
        "Thêm 3 hộ",
        "40",
        "39,5",
        "",
    ]
    assert table[1][4] == "Không hoàn thành"
    assert (table[2][5], table[2][9]) == ("Không áp dụng", "Lý do: Sức khỏe yếu")
    assert (table[3][1], table[3][7], table[3][8]) == ("Cộng", "70", "39,5")
    said = words(paper)
    assert "PHỤ LỤC KẾT QUẢ THỰC HIỆN NHIỆM VỤ" in said
    assert "giao: 2; hoàn thành: 1; đúng hạn: 1; chậm: 0; vượt yêu cầu: 1; không hoàn thành: 1." in said


def test_without_points_item_by_item_there_is_no_annex() -> None:
    paper = review_paper(form("F25_2C"), facts(person()), review("F25_2C"), profile(), form("ANNEX"))

    assert not tables(paper)


def test_one_grade_of_four_has_the_x() -> None:
    graded = review(
        grades=(StageGrade(GradeStage.SELF, Grade.GOOD), StageGrade(GradeStage.VOTE, Grade.EXCELLENT))
    )

    assert boxes(review_paper(form("F25_2B"), facts(person()), graded)) == [["Hoàn thành tốt nhiệm vụ"]]


def test_the_sheet_of_2023_has_four_levels_under_the_boxed_items_only() -> None:
    levels = (
        SectionText("I.1", "Một.", FourLevel.GOOD_LEVEL),
        SectionText("III", "", FourLevel.AVERAGE_LEVEL),
    )
    paper = review_paper(form("F23_02A"), facts(person()), review("F23_02A", sections=levels))

    lines = [b for b in paper.blocks if isinstance(b, CheckLine) and b.lead]
    assert [[o.label for o in line.options if o.checked] for line in lines] == [["Tốt"], [], ["Trung bình"]]
    assert {line.lead for line in lines} == {"Tự đánh giá về cấp độ thực hiện:"}
    assert not [
        b
        for b in review_paper(form("F25_2B"), facts(person()), review()).blocks
        if isinstance(b, CheckLine) and b.lead
    ]


def test_2023_asks_for_two_grades_and_for_none_as_civil_servant_outside_the_system() -> None:
    inside = review_paper(
        form("F23_02A"), facts(person()), review("F23_02A", civil=CivilGrade(Grade.EXCELLENT))
    )
    outside = review_paper(
        form("F23_02A"), facts(person(), kind=SubjectKind.OUTSIDE), review("F23_02A", SubjectKind.OUTSIDE)
    )

    assert boxes(inside)[-2:] == [["Hoàn thành xuất sắc nhiệm vụ"], []]
    assert "1. Xếp loại cán bộ, công chức, viên chức: Không." in words(outside)
    assert "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ" in words(inside)
    assert "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ" not in words(outside)


def test_faults_and_prompts_are_told_row_by_row_before_the_text() -> None:
    told = review(
        "F25_2B",
        faults=(FaultRemedy("Nộp hồ sơ chậm ba lần", RemedyStatus.IN_PROGRESS, "khoảng 80%"),),
        prompts=(PromptAnswer("Vì sao thất lạc hồ sơ", "không mở kiểm tra từng hộp"),),
    )

    said = words(review_paper(form("F25_2B"), facts(person()), told))

    assert "Nộp hồ sơ chậm ba lần: đang khắc phục (khoảng 80%).\nLời của mục A.III." in said
    assert "Vì sao thất lạc hồ sơ: không mở kiểm tra từng hộp.\nLời của mục A.IV." in said


def test_each_signatory_has_an_own_date() -> None:
    dated = review(
        civil=CivilGrade(Grade.GOOD, date(2025, 12, 20), "Quyết định số 112/QĐ-UBND"),
        grades=(
            StageGrade(GradeStage.COMMITTEE, Grade.GOOD, date(2025, 12, 18), note="Gương mẫu."),
            StageGrade(GradeStage.PROPOSED, Grade.GOOD, date(2025, 12, 19)),
            StageGrade(GradeStage.DECIDED, Grade.EXCELLENT, date(2026, 2, 5)),
        ),
    )

    paper = review_paper(form("F25_2B"), facts(person(), dated_on=date(2025, 12, 5)), dated)

    head = next(block for block in paper.blocks if isinstance(block, Letterhead))
    assert head.place_date == "Hòa Sơn, ngày 05 tháng 12 năm 2025"
    assert [one.date_line for one in signatures(paper)] == [
        "",
        "…, ngày 20 tháng 12 năm 2025",
        "Hòa Sơn, ngày 19 tháng 12 năm 2025",
        "…, ngày 05 tháng 02 năm 2026",
    ]
    said = fields(paper)
    assert said["- Mức xếp loại chất lượng:"] == "Hoàn thành tốt nhiệm vụ (Quyết định số 112/QĐ-UBND)"
    assert said["- Nhận xét, đánh giá của chi ủy:"] == "Gương mẫu."
    assert said["Đảng ủy, chi ủy cơ sở xếp loại mức chất lượng:"] == "Hoàn thành xuất sắc nhiệm vụ"


def test_a_long_view_of_the_committee_flows_on_below_its_label() -> None:
    seen = review(grades=(StageGrade(GradeStage.COMMITTEE, Grade.GOOD, note="Ưu điểm.\nCòn ôm việc."),))

    paper = review_paper(form("F25_2B"), facts(person()), seen)

    assert fields(paper)["- Nhận xét, đánh giá của chi ủy:"] == "Ưu điểm."
    assert "\nCòn ôm việc.\n" in words(paper)


def test_the_cell_signs_as_a_committee_only_where_it_has_one() -> None:
    for has_committee, formula in ((True, "T/M CHI ỦY (CHI BỘ)"), (False, "T/M CHI BỘ")):
        paper = review_paper(form("F25_2C"), facts(person(), has_committee=has_committee), review("F25_2C"))

        assert signatures(paper)[1].formula == (formula,)
        assert signatures(paper)[1].name == "Trương Đình Lộc"


@pytest.mark.parametrize("code", [*REVIEW_FORMS, "REGISTER", "PLEDGE", "MATRIX", "EXTRACT"])
def test_a_cell_without_a_seal_is_never_asked_for_one(code: str) -> None:
    of_cell = [n for n, place in enumerate(form(code).signatures) if place.signer is Signer.CELL_HEAD]
    for has_seal in (False, True):
        frame = facts(person(), cell=replace(CELL, has_seal=has_seal))
        made = signatures(Paper("", "", tuple(signature_blocks(form(code), frame))))
        sealed = ["đóng dấu" in made[number].note for number in of_cell]
        wanted = [has_seal and bool(form(code).signatures[number].note_sealed) for number in of_cell]
        assert sealed == wanted


def test_title_number_and_head_are_those_of_the_form_and_the_cell() -> None:
    lower = replace(CELL, upper="Đảng bộ xã Hòa Sơn", own="Chi bộ thôn Đồng Tiến")

    paper = review_paper(form("F25_2C"), facts(person(), cell=lower), review("F25_2C"))

    assert paper.blocks[0] == Letterhead(
        "ĐẢNG BỘ XÃ HÒA SƠN",
        "CHI BỘ THÔN ĐỒNG TIẾN",
        "Hòa Sơn, ngày … tháng … năm …",
        form_number="Mẫu 02C-HD KĐ.ĐG 2025",
    )
    assert paper.blocks[1] == TitleBlock(
        ("BẢN KIỂM ĐIỂM, TỰ ĐÁNH GIÁ, XẾP LOẠI CÁ NHÂN",),
        ("Năm 2025", "(Đảng viên không làm việc trong hệ thống chính trị)"),
    )
    assert fields(paper)["Chi bộ"] == "thôn Đồng Tiến"
