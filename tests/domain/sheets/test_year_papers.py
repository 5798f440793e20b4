"""Register, pledge, matrix and extract tell one member's or the cell's year as the book has it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.dates import Month
from app.domain.form_template import SectionKind
from app.domain.grade import Grade, SubjectKind
from app.domain.monthly import CellMark, MonthlyEntry, MonthlySelfAssessment, MonthState, Shown
from app.domain.paper import Cover, DottedLines, HeadGroup, PageBreak, Paper, Table
from app.domain.pledge import Origin, Outcome, Pledge, PledgeItem, PledgeRevision
from app.domain.review import CivilGrade, GradeStage, StageGrade, summarise
from app.domain.sheets.extract import extract_paper
from app.domain.sheets.matrix import MatrixRow, matrix_paper
from app.domain.sheets.pledge import part_of, pledge_paper
from app.domain.sheets.register import register_paper
from app.domain.sheets.year_record import YearRecord
from tests.domain.sheets.sheet_material import (
    facts,
    fields,
    form,
    headings,
    person,
    review,
    signatures,
    tables,
    words,
)

ITEMS = (
    PledgeItem(
        "Q101.5",
        "Dạy kèm học sinh",
        "6 em",
        date(2025, 5, 31),
        "2 buổi mỗi tuần",
        id="1",
        outcome=Outcome.DONE,
    ),
    PledgeItem("G6", "Gửi hồ sơ đúng hạn", origin=Origin.FROM_LAST_REVIEW, id="2"),
)
PLEDGE = Pledge("an", 2025, items=ITEMS, passed_on=date(2025, 1, 15), committee_comment="Nhất trí.")


def a_month(number: int, state: MonthState = MonthState.CONFIRMED, **changes: Any) -> MonthlySelfAssessment:
    entries = (
        MonthlyEntry(
            "1", f"Dạy tháng {number}", "Tốt", "thiếu 1 buổi", "dạy bù", "Sổ", cell_comment="Kèm em Dũng"
        ),
        MonthlyEntry("2", "Đúng hạn", "Khá"),
    )
    month = MonthlySelfAssessment(
        "an",
        Month(2025, number),
        state,
        entries,
        meeting_date=date(2025, number + 1, 3),
        confirmed_by_name="Trương Đình Lộc",
    )
    return replace(month, **changes)


def record(
    *months: MonthlySelfAssessment, shown: dict[int, Shown] | None = None, **changes: Any
) -> YearRecord:
    looks = [
        (shown or {}).get(n, Shown.CONFIRMED if n <= len(months) else Shown.FUTURE) for n in range(1, 13)
    ]
    year = YearRecord(
        PLEDGE,
        months,
        tuple(looks),
        summarise(PLEDGE, months, ()),
        labels={"Q101.5": "Về trách nhiệm trong công tác"},
    )
    return replace(year, **changes)


def register(of: YearRecord | None) -> Paper:
    return register_paper(form("REGISTER"), facts(person(), content_set="Quy định 101-QĐ/TW"), of)


@pytest.mark.parametrize("is_blank", [True, False])
def test_the_register_is_a_booklet_with_cover_registration_months_and_sums(is_blank: bool) -> None:
    paper = register(None if is_blank else record(a_month(1)))

    cover = paper.blocks[0]
    assert isinstance(cover, Cover)
    assert cover.title == ("SỔ ĐĂNG KÝ NÊU GƯƠNG", "NĂM 2025")
    assert [field.value for field in cover.fields][:2] == ["Trần Thị Hoài An", "09/09/1989"]
    assert isinstance(paper.blocks[1], PageBreak)
    assert headings(paper) == [section.heading for section in form("REGISTER").sections if section.heading]
    assert fields(paper)["Bộ nội dung áp dụng"] == "Quy định 101-QĐ/TW"
    for table, section in zip(
        (block for block in paper.blocks if isinstance(block, Table)),
        (section for section in form("REGISTER").sections if section.kind is SectionKind.TABLE),
        strict=True,
    ):
        assert [column.title for column in table.columns] == [column.title for column in section.columns]


def test_the_registration_tells_each_item() -> None:
    registration = tables(register(record()))[0]

    assert registration == [
        [
            *("1", "Về trách nhiệm trong công tác", "Dạy kèm học sinh", "6 em", "31/05/2025"),
            *("2 buổi mỗi tuần", "Tự đăng ký", ""),
        ],
        ["2", "G6", "Gửi hồ sơ đúng hạn", "", "cả năm", "", "Khắc phục sau kiểm điểm", ""],
    ]
    assert "Ngày chi bộ thông qua: 15/01/2025" in words(register(record()))
    assert "Nhất trí." in words(register(record()))


def test_a_changed_item_keeps_its_old_words_on_paper() -> None:
    revision = PledgeRevision(date(2025, 6, 5), "Máy hỏng", "Dạy kèm 8 em", "8 em", None, "")
    changed = replace(PLEDGE, items=(replace(ITEMS[0], revisions=(revision,)),))

    registration = tables(register(record(pledge=changed)))[0]

    assert registration[0][2] == (
        "Dạy kèm học sinh\n(Thay đổi ngày 05/06/2025: Máy hỏng. Trước đó: Dạy kèm 8 em; chỉ tiêu: 8 em.)"
    )


def test_a_month_has_a_row_for_each_reported_item_and_what_the_cell_said() -> None:
    praised = a_month(1, cell_comment="Làm tốt.", mark=CellMark.PRAISE)

    months = tables(register(record(praised)))[1]

    assert months[0] == [
        *("1", "1. Dạy kèm học sinh", "Dạy tháng 1", "Tốt", "thiếu 1 buổi; dạy bù", "Sổ"),
        *("Biểu dương\nLàm tốt.\nKèm em Dũng", "03/02/2025\nTrương Đình Lộc"),
    ]
    assert months[1] == ["1", "2. Gửi hồ sơ đúng hạn", "Đúng hạn", "Khá", "", "", "", ""]
    assert [row[0] for row in months] == ["1", "1", *(str(n) for n in range(2, 13))]
    assert months[2] == ["2", *[""] * 7]


def test_a_silent_month_says_why() -> None:
    excused = a_month(2, MonthState.EXCUSED, excuse_reason="Đi tập huấn", entries=())
    draft = a_month(3, MonthState.DRAFT)
    shown = {
        2: Shown.EXCUSED,
        3: Shown.LATE,
        4: Shown.NOT_REQUIRED,
        5: Shown.NOT_REQUIRED,
        6: Shown.NOT_SUBMITTED,
    }

    months = tables(register(record(a_month(1), excused, draft, shown=shown, free_reasons={4: "được miễn"})))[
        1
    ]

    assert [row[2] for row in months[2:7]] == [
        "Nghỉ có lý do: Đi tập huấn",
        "Chưa gửi",
        "Không phải nộp: được miễn",
        "Không phải nộp",
        "Chưa gửi",
    ]
    assert "Dạy tháng 3" not in words(register(record(a_month(1), excused, draft, shown=shown)))


def test_a_month_without_a_meeting_or_reopened_says_so() -> None:
    odd = a_month(
        1, MonthState.SUBMITTED, meeting_date=None, no_meeting_reason="Lũ lớn", reopen_reason="Ghi nhầm"
    )

    months = tables(register(record(odd)))[1]

    assert months[0][-1] == "Không họp: Lũ lớn\nMở lại: Ghi nhầm"


def test_the_sums_of_the_year_name_the_months_of_praise() -> None:
    sums = tables(register(record(a_month(1), a_month(2, mark=CellMark.PRAISE))))[2]

    assert sums[0] == ["Số việc đăng ký", "2", ""]
    assert sums[1] == ["Số việc đã xong", "1", ""]
    assert sums[8] == ["Số lần được biểu dương", "1", "Tháng 2"]
    assert [row[0] for row in tables(register(None))[2]] == [row[0] for row in sums]
    assert {row[1] for row in tables(register(None))[2]} == {""}


def test_a_blank_register_has_room_to_write_and_twelve_months() -> None:
    blank = [block for block in register(None).blocks if isinstance(block, Table)]

    assert [len(table.rows) for table in blank][:2] == [8, 12]
    assert all(table.min_row_height >= 9 for table in blank)
    assert [row[0] for row in tables(register(None))[1]] == [str(n) for n in range(1, 13)]
    assert "Ngày chi bộ thông qua: …" in words(register(None))


def test_the_pledge_tells_each_item_under_its_part() -> None:
    paper = pledge_paper(form("PLEDGE"), facts(person()), PLEDGE)

    said = words(paper)
    five, six = said.index("5- Về thực hiện chức trách"), said.index("6- Về khắc phục")
    first = said.index(
        "- Dạy kèm học sinh; chỉ tiêu: 6 em; thời hạn: 31/05/2025; biện pháp: 2 buổi mỗi tuần."
    )
    second = said.index("- Gửi hồ sơ đúng hạn; thời hạn: cả năm.")
    assert five < first < six < second
    assert headings(paper) == [section.heading for section in form("PLEDGE").sections if section.heading]
    assert [one.formula[0] for one in signatures(paper)] == ["XÁC NHẬN CỦA CHI BỘ", "NGƯỜI CAM KẾT"]
    assert [one.name for one in signatures(paper)] == ["Trương Đình Lộc", "Trần Thị Hoài An"]


def test_the_pledge_cites_only_what_was_in_force_when_the_cell_passed_it() -> None:
    def cited(year: int, passed_on: date | None) -> str:
        pledge = replace(PLEDGE, year=year, passed_on=passed_on)
        return words(pledge_paper(form("PLEDGE"), facts(person(), year=year), pledge))

    new, old = "Quy định số 144-QĐ/TW, ngày 09/5/2024", "Quy định số 101-QĐ/TW, ngày 07/6/2012"
    assert old in cited(2024, date(2024, 1, 15))
    assert new not in cited(2024, date(2024, 1, 15))
    assert new not in cited(2023, None)
    assert new in cited(2024, None)
    assert f"{old} của Ban Bí thư về trách nhiệm nêu gương của cán bộ, đảng viên; {new}" in cited(
        2025, date(2025, 1, 15)
    )


def test_a_blank_pledge_has_lines_under_every_part() -> None:
    paper = pledge_paper(form("PLEDGE"), facts(person()))

    parts = [section for section in form("PLEDGE").sections if section.kind is SectionKind.TEXT]
    assert [b.count for b in paper.blocks if isinstance(b, DottedLines)] == [p.blank_lines for p in parts]


@pytest.mark.parametrize(
    ("item", "part"),
    [
        (PledgeItem("Q101.1", "x"), "1"),
        (PledgeItem("E.TEACHER.1", "x"), "5"),
        (PledgeItem("", "x"), "5"),
        (PledgeItem("Q101.1", "x", origin=Origin.FROM_LAST_REVIEW), "6"),
    ],
)
def test_an_item_goes_to_the_part_of_its_origin_content_or_the_rest(item: PledgeItem, part: str) -> None:
    assert part_of(item, form("PLEDGE")) == part


def test_every_item_finds_a_part_even_in_a_form_that_takes_nothing() -> None:
    sections = tuple(replace(section, takes=()) for section in form("PLEDGE").sections)

    assert part_of(ITEMS[0], replace(form("PLEDGE"), sections=sections)) == "1"


def matrix(*rows: MatrixRow) -> Paper:
    return matrix_paper(form("MATRIX"), facts(), rows)


def test_the_matrix_marks_every_month_counts_them_and_explains_the_marks() -> None:
    first = (Shown.CONFIRMED, Shown.LATE, Shown.SUBMITTED, Shown.EXCUSED, *[Shown.FUTURE] * 8)
    second = (Shown.NOT_REQUIRED, Shown.NOT_SUBMITTED, *[Shown.FUTURE] * 10)
    done = summarise(None, (a_month(1, mark=CellMark.REMINDER),), ())

    paper = matrix(MatrixRow("An", first, done), MatrixRow("Bình", second, summarise(None, (), ())))

    key, board = tables(paper)
    assert key[0][1::2] == ["Chưa gửi", "Đã gửi", "Đã xác nhận", "Trễ", "Nghỉ có lý do", "Không phải nộp"]
    assert board[0] == [
        *("1", "An", "confirmed", "late", "submitted", "excused"),
        *[""] * 8,
        *("1", "1", "", "1"),
    ]
    assert board[2][1:6] == ["Phải tự đánh giá", "1", "2", "1", "0"]
    assert board[3][1:6] == ["Cộng đã gửi, đã xác nhận", "1", "0", "1", "0"]
    assert board[3][14:] == ["1", "1", "0", "1"]
    assert paper.style.landscape
    table = [block for block in paper.blocks if isinstance(block, Table)][1]
    assert table.groups == (HeadGroup("Tháng", 2, 12), HeadGroup("Cả năm", 14, 4))


def test_a_blank_matrix_has_empty_rows_or_only_the_names() -> None:
    empty, named = tables(matrix()), tables(matrix(MatrixRow("An")))

    assert len(empty[0]) == 28
    assert named == [[["1", "An", *[""] * 16]]]


def test_the_extract_tells_results_levels_comments_and_grades() -> None:
    graded = review(
        grades=(StageGrade(GradeStage.DECIDED, Grade.GOOD, date(2026, 1, 8), "Quyết định số 15-QĐ/ĐU"),),
        civil=CivilGrade(Grade.EXCELLENT, date(2025, 12, 20), "112/QĐ-UBND"),
    )
    told = record(a_month(1, cell_comment="Làm tốt."), a_month(2, mark=CellMark.REMINDER), review=graded)

    results, months, _, grades = tables(extract_paper(form("EXTRACT"), facts(person()), told))

    assert results[0][-1] == "Đã xong\nTháng 2: Dạy tháng 2"
    assert months[0] == ["1", "Tốt: 1 việc\nKhá: 1 việc", "Làm tốt.", "", "03/02/2025"]
    assert months[1][3] == "Nhắc nhở"
    assert grades[0][1:] == ["Hoàn thành xuất sắc nhiệm vụ", "20/12/2025", "112/QĐ-UBND"]
    assert grades[-1][1:] == ["Hoàn thành tốt nhiệm vụ", "08/01/2026", "Quyết định số 15-QĐ/ĐU"]


def test_the_extract_of_somebody_outside_the_system_asks_for_no_civil_servant_grade() -> None:
    outside = extract_paper(form("EXTRACT"), facts(person(), kind=SubjectKind.OUTSIDE), record())
    blank = extract_paper(form("EXTRACT"), facts(person()))

    assert [row[0] for row in tables(outside)[3]] == [stage.label for stage in GradeStage]
    assert len(tables(blank)[3]) == len(GradeStage) + 1
    assert [len(rows) for rows in tables(blank)][:2] == [6, 12]
