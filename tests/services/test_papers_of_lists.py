"""Lists after the meeting: files ticked by what exists, grades side by side, who is pending, the numbers."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from app.domain.discipline import Discipline, DisciplineForm
from app.domain.grade import Grade
from app.domain.member import DatedStatus, StatusKind
from app.domain.review import GradeStage, ReviewKey
from app.domain.sheets.kinds import PaperKind
from app.locations import resource
from app.services.disciplines import add_discipline
from app.services.members import add_status
from app.services.paper_gathering import gather_year
from app.services.reviews import open_review, save_review, with_self_grade
from app.services.rule_files import keep_rule_file, look_at_rule_file
from app.services.statistics import read_statistics
from app.services.workspace import Workspace
from app.services.year_end_steps import list_year_files
from tests.book_fixtures import People
from tests.builders import add_member
from tests.domain.sheets.sheet_material import fields, headings, signatures, words
from tests.services.held_meeting import YEAR, columns, hold, letterhead, papers, rate, reasons, rows, title


def test_the_list_of_a_file_is_that_of_the_year_ends_own_panel(
    secretary_ws: Workspace, people: People
) -> None:
    rate(secretary_ws, people.plain, committee=Grade.GOOD)
    hold(secretary_ws)

    listed = papers(secretary_ws, PaperKind.FILE_LIST)
    on_screen = {each.name: each.items for each in list_year_files(secretary_ws, YEAR)}

    plain = next(each for each in listed if fields(each)["Hồ sơ của"] == "Nguyễn Văn Đạt")
    assert letterhead(plain).form_number == "Mẫu 04-HD KĐ.ĐG 2025"
    assert title(plain) == ("DANH MỤC HỒ SƠ", "KIỂM ĐIỂM, ĐÁNH GIÁ, XẾP LOẠI")
    assert [(row[1], bool(row[2]), bool(row[3])) for row in rows(plain)] == [
        (item.label, item.is_there, item.is_missing) for item in on_screen["Nguyễn Văn Đạt"]
    ]
    assert rows(plain)[0][1:4] == ["Bản kiểm điểm cá nhân", "X", ""]
    assert rows(plain)[2][1:4] == ["Biên bản hội nghị kiểm điểm", "X", ""]


def test_the_collectives_have_a_list_where_everybodys_is_asked_for(
    secretary_ws: Workspace, people: People
) -> None:
    listed = [fields(each)["Hồ sơ của"] for each in papers(secretary_ws, PaperKind.FILE_LIST)]
    assert listed == ["Trần Thị Bình", "Lê Văn Cường", "Phạm Thị Dung", "Nguyễn Văn Đạt", "Chi bộ", "Chi ủy"]

    one = papers(secretary_ws, PaperKind.FILE_LIST, people.plain)
    assert [fields(each)["Hồ sơ của"] for each in one] == ["Nguyễn Văn Đạt"]
    blank = papers(secretary_ws, PaperKind.FILE_LIST, nameless=True)
    assert ["(Cá nhân)" in words(each) for each in blank] == [True, False]


def test_before_2025_the_list_bears_no_number_of_that_years_guidance(secretary_ws: Workspace) -> None:
    listed = papers(secretary_ws, PaperKind.FILE_LIST, year=2024)

    assert {letterhead(each).form_number for each in listed} == {""}


def test_before_points_the_file_asks_for_no_annex_of_points(secretary_ws: Workspace) -> None:
    (listed, *_), (later, *_) = (
        papers(secretary_ws, PaperKind.FILE_LIST, year=year) for year in (2024, 2025)
    )

    results = [
        next(row[1] for row in rows(each) if row[1].startswith("Kết luận")) for each in (listed, later)
    ]
    assert results == [
        "Kết luận, kết quả đánh giá, xếp loại",
        "Kết luận, kết quả đánh giá, xếp loại, kèm phụ lục chấm điểm",
    ]


def test_an_offices_own_rules_of_a_later_year_keep_the_central_list(
    secretary_ws: Workspace, tmp_path: Path
) -> None:
    own = resource("rule_sets", "2025.toml").read_text(encoding="utf-8").replace('key = "2025"', 'key = "XA"')
    (tmp_path / "xa.toml").write_text(own, encoding="utf-8")
    (view,) = look_at_rule_file(secretary_ws, tmp_path / "xa.toml").files
    keep_rule_file(secretary_ws, view, 2026)

    listed = papers(secretary_ws, PaperKind.FILE_LIST, year=2026)

    assert {letterhead(each).form_number for each in listed} == {"Mẫu 04-HD KĐ.ĐG 2025"}


def test_a_discipline_of_the_year_is_told_as_the_reason_of_the_lowest_grade(
    secretary_ws: Workspace, people: People
) -> None:
    rate(secretary_ws, people.plain, decided=Grade.UNSATISFACTORY)
    warned = Discipline(people.plain, DisciplineForm.WARNING, date(2025, 9, 11), "Quyết định số 21-QĐ/ĐU")
    add_discipline(secretary_ws, warned)
    add_discipline(secretary_ws, replace(warned, decided_on=date(2024, 9, 11), decision_ref="Quyết định cũ"))

    (paper,) = papers(secretary_ws, PaperKind.STATISTICS)

    told = "bị kỷ luật cảnh cáo trong năm (Quyết định số 21-QĐ/ĐU)"
    assert rows(paper, 2) == [["1", "Nguyễn Văn Đạt", told]]
    assert read_statistics(secretary_ws, [YEAR]).years[0].unsatisfactory == (("Nguyễn Văn Đạt", told),)


def test_who_needs_no_file_is_told_with_the_reason(secretary_ws: Workspace, people: People) -> None:
    add_status(
        secretary_ws, people.plain, DatedStatus(StatusKind.EXEMPT, date(2024, 1, 1), detail="age_health")
    )

    assert reasons(secretary_ws, PaperKind.FILE_LIST) == ["cả năm được miễn sinh hoạt"]


def test_the_summary_lays_the_grades_side_by_side(secretary_ws: Workspace, people: People) -> None:
    rate(
        secretary_ws,
        people.plain,
        own=Grade.EXCELLENT,
        committee=Grade.GOOD,
        proposed=Grade.GOOD,
    )

    (summary,) = papers(secretary_ws, PaperKind.SUMMARY)

    assert title(summary) == ("TỔNG HỢP ĐỀ XUẤT MỨC CHẤT LƯỢNG ĐẢNG VIÊN CỦA CÁC CHỦ THỂ", "NĂM 2025")
    assert columns(summary) == [
        "TT",
        "Họ và tên đảng viên",
        "Mã",
        "Chức vụ đảng, chính quyền, đoàn thể",
        "Đảng viên tự đánh giá, xếp loại (1)",
        "Đánh giá, xếp loại viên chức, người lao động (2)",
        "Chi ủy (3)",
        "Tập thể lãnh đạo đoàn thể (4)",
        "Chi bộ (5)",
        "Ghi chú",
    ]
    assert rows(summary)[3] == ["4", "Nguyễn Văn Đạt", "", "Đảng viên", "HTXS", "", "HTT", "", "HTT", ""]
    assert summary.style.landscape
    assert [(one.formula[0], one.title, one.name) for one in signatures(summary)] == [
        ("T/M CHI ỦY (CHI BỘ)", "BÍ THƯ", "Trần Thị Bình")
    ]


def test_nobodys_draft_stands_in_the_summary(plain_ws: Workspace, people: People) -> None:
    key = ReviewKey(people.plain, YEAR)
    save_review(plain_ws, with_self_grade(open_review(plain_ws, key).review, Grade.EXCELLENT))
    gathered = gather_year(replace(plain_ws, actor=replace(plain_ws.actor, member_id=people.secretary)), YEAR)

    assert gathered.reviews[people.plain].grade_at(GradeStage.SELF) is None


def test_who_is_pending_is_listed_with_what_is_open_and_why(secretary_ws: Workspace, people: People) -> None:
    rate(secretary_ws, people.secretary, proposed=Grade.GOOD)
    rate(secretary_ws, people.deputy)
    add_member(secretary_ws, "An Văn Mới", admitted_on=date(2025, 9, 1), confirmed_on=None)

    (pending,) = papers(secretary_ws, PaperKind.PENDING_LIST)

    assert title(pending)[:2] == ("DANH SÁCH ĐẢNG VIÊN CHƯA KIỂM ĐIỂM,", "XẾP LOẠI CHẤT LƯỢNG")
    assert {row[1]: row[4:] for row in rows(pending)} == {
        "Lê Văn Cường": ["19/05/2010", "", "X", "Chi bộ chưa đề xuất mức xếp loại"],
        "Phạm Thị Dung": ["19/05/2010", "X", "X", "Chưa gửi bản kiểm điểm"],
        "Nguyễn Văn Đạt": ["19/05/2010", "X", "X", "Chưa gửi bản kiểm điểm"],
        "An Văn Mới": ["01/09/2025", "X", "X", "Mới kết nạp 01/09/2025, chưa đủ 6 tháng"],
    }


def test_the_exempt_are_listed_span_by_span_and_nobody_in_words(
    secretary_ws: Workspace, people: People
) -> None:
    (nobody,) = papers(secretary_ws, PaperKind.EXEMPT_LIST)
    assert "Không có đảng viên nào được miễn công tác và sinh hoạt đảng trong năm 2025." in words(nobody)
    span = DatedStatus(
        StatusKind.EXEMPT, date(2025, 3, 1), date(2025, 8, 31), "maternity", decision_ref="07-QĐ/ĐU"
    )
    add_status(secretary_ws, people.plain, span)

    (exempt,) = papers(secretary_ws, PaperKind.EXEMPT_LIST)

    assert rows(exempt) == [
        ["1", "Nguyễn Văn Đạt", "1985", "nghỉ sinh con", "01/03/2025", "31/08/2025", "07-QĐ/ĐU"]
    ]


def test_the_statistics_add_up_and_say_so(secretary_ws: Workspace, people: People) -> None:
    rate(secretary_ws, people.secretary, proposed=Grade.GOOD, decided=Grade.EXCELLENT)
    rate(secretary_ws, people.deputy, proposed=Grade.GOOD, decided=Grade.SATISFACTORY)
    rate(secretary_ws, people.committee, proposed=Grade.GOOD, decided=Grade.GOOD)

    (paper,) = papers(secretary_ws, PaperKind.STATISTICS)

    counts = {row[1]: row[2:4] for row in rows(paper)}
    assert counts == {
        "Tổng số có mặt (= 2 + 3 + 4)": ["4", ""],
        "Được miễn": ["0", ""],
        "Chưa xếp loại": ["1", ""],
        "Đã xếp loại": ["3", ""],
        "Hoàn thành xuất sắc nhiệm vụ": ["1", "33,33%"],
        "Hoàn thành tốt nhiệm vụ": ["1", "33,33%"],
        "Hoàn thành nhiệm vụ": ["1", "33,33%"],
        "Không hoàn thành nhiệm vụ": ["0", "0,00%"],
        "Hoàn thành tốt trở lên": ["2", "66,67%"],
        "Xuất sắc trong số tốt trở lên": ["1", "50,00%"],
    }
    assert "Có mặt 4 bằng 0 được miễn + 1 chưa xếp loại + 3 đã xếp loại." in words(paper)
    assert headings(paper) == ["Lý do chưa xếp loại", "Lý do không hoàn thành nhiệm vụ"]
    assert rows(paper, 1) == [["1", "Nguyễn Văn Đạt", "chưa có mức xếp loại"]]


def test_the_statistics_are_those_looked_back_on_and_say_whose_grades_they_count(
    secretary_ws: Workspace, people: People
) -> None:
    rate(secretary_ws, people.secretary, proposed=Grade.EXCELLENT)
    (before,) = papers(secretary_ws, PaperKind.STATISTICS)
    assert "(Theo mức chi bộ đề xuất, chưa có quyết định)" in words(before)
    rate(secretary_ws, people.deputy, decided=Grade.GOOD)

    (paper,) = papers(secretary_ws, PaperKind.STATISTICS)

    (numbers,) = read_statistics(secretary_ws, [YEAR]).years
    assert "(Theo mức cấp có thẩm quyền quyết định)" in words(paper)
    assert rows(paper)[3][2] == str(numbers.total.rated) == "1"
    assert f"{numbers.total.check_text}." in words(paper)


def test_blank_lists_have_rows_to_write_in(secretary_ws: Workspace) -> None:
    for kind in (PaperKind.SUMMARY, PaperKind.PENDING_LIST, PaperKind.EXEMPT_LIST):
        (blank,) = papers(secretary_ws, kind, nameless=True)
        assert {"".join(row) for row in rows(blank)} == {""}
        assert letterhead(blank).place_date == "Hòa Sơn, ngày … tháng … năm …"


def test_blank_sheets_print_the_labels_of_their_lines_and_no_number(secretary_ws: Workspace) -> None:
    own, collective = papers(secretary_ws, PaperKind.FILE_LIST, nameless=True)
    assert rows(own)[0] == ["1", "Bản kiểm điểm cá nhân", "", "", ""]
    assert rows(collective)[0] == ["1", "Báo cáo kiểm điểm của tập thể", "", "", ""]

    (numbers,) = papers(secretary_ws, PaperKind.STATISTICS, nameless=True)
    assert rows(numbers)[0] == ["1", "Tổng số có mặt (= 2 + 3 + 4)", "", "", "", "", ""]
    assert "Có mặt ……… bằng ……… được miễn" in words(numbers)
