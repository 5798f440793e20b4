"""What goes upward: report with its numbers and the cap, proposal, achievements, reward, plan."""

from dataclasses import replace

import pytest

from app.domain.dates import Month
from app.domain.grade import Grade
from app.domain.review import CELL_SUBJECT, ReviewKey, SectionText
from app.domain.sheets.kinds import PaperKind
from app.printing.pdf import count_pages
from app.services.reviews import open_review, save_review
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.builders import add_member, handed_in, passed_pledge
from tests.domain.sheets.sheet_material import fields, headings, signatures, words
from tests.services.held_meeting import hold, letterhead, papers, rate, reasons, receivers, rows, title


@pytest.fixture
def rated(secretary_ws: Workspace, people: People) -> Workspace:
    rate(secretary_ws, people.secretary, own=Grade.EXCELLENT, proposed=Grade.EXCELLENT)
    rate(secretary_ws, people.deputy, proposed=Grade.GOOD)
    rate(secretary_ws, people.committee, proposed=Grade.GOOD)
    hold(secretary_ws)
    return secretary_ws


def test_the_report_tells_the_year_in_order_with_numbers_from_one_place(rated: Workspace) -> None:
    (report,) = papers(rated, PaperKind.CELL_REPORT)

    assert title(report) == (
        "BÁO CÁO",
        "kết quả kiểm điểm, đánh giá, xếp loại chất lượng chi bộ và đảng viên năm 2025",
    )
    assert letterhead(report).number == "Số     -BC/CB"
    assert headings(report) == [
        "I- TÌNH HÌNH CHUNG",
        "4- Công tác chuẩn bị và cách làm",
        "II- KẾT QUẢ",
        "2- Đảng viên (mức chi bộ đề xuất)",
        "3- Tỉ lệ hoàn thành xuất sắc nhiệm vụ",
        "4- Đảng viên chưa kiểm điểm, xếp loại",
        "III- ƯU ĐIỂM, HẠN CHẾ",
        "1- Ưu điểm",
        "2- Hạn chế, nguyên nhân",
        "IV- ĐỀ NGHỊ",
    ]
    text = words(report)
    for line in (
        "Kính gửi: Đảng ủy xã Hòa Sơn",
        "Quy định số 366-QĐ/TW, ngày 30/8/2025 của Bộ Chính trị; "
        "Hướng dẫn số 43-HD/BTCTW, ngày 31/10/2025 của Ban Tổ chức Trung ương",
        "họp ngày 12/12/2025; triệu tập 4 đảng viên chính thức, có mặt 4 đảng viên",
        "Có mặt 4 bằng 0 được miễn + 1 chưa xếp loại + 3 đã xếp loại",
        "chi bộ đề xuất xuất sắc 1 người, hoàn thành tốt 2 người; nhiều nhất 0 người",
        "vượt 1 người so với tỉ lệ",
    ):
        assert line in text
    assert rows(report)[0] == ["1", "Hoàn thành xuất sắc nhiệm vụ", "1", "33,33%"]
    assert rows(report)[-1] == ["", "Cộng số đã xếp loại", "3", "100,00%"]
    assert receivers(report) == ("Đảng ủy xã Hòa Sơn,", "Lưu Chi bộ.")
    assert [(one.formula, one.title) for one in signatures(report)] == [(("T/M CHI BỘ",), "BÍ THƯ")]


def test_the_report_takes_what_was_reached_from_the_cells_own_report(rated: Workspace) -> None:
    page = open_review(rated, ReviewKey(CELL_SUBJECT, 2025))
    told = (SectionText("A.I.1", "Họp đủ 12 kỳ."), SectionText("A.I.2", "Hoàn thành 8/8 nhiệm vụ."))
    save_review(rated, replace(page.review, sections=(*told, SectionText("A.VI", "Sửa trong quý I."))))

    (report,) = papers(rated, PaperKind.CELL_REPORT)

    assert "1- Ưu điểm\nHọp đủ 12 kỳ.\nHoàn thành 8/8 nhiệm vụ.\n2- Hạn chế" in words(report)


def test_the_list_of_the_report_stands_behind_the_signature(rated: Workspace) -> None:
    (report,) = papers(rated, PaperKind.CELL_REPORT)

    assert rows(report, 2)[0] == ["1", "Trần Thị Bình", "Bí thư chi bộ", "HTXS", "", "HTXS"]
    text = words(report)
    assert text.index("T/M CHI BỘ") < text.index("DANH SÁCH\n") < text.index("Bí thư chi bộ")


def test_the_proposal_names_whom_to_recognise_and_leaves_the_reward_open(rated: Workspace) -> None:
    (request,) = papers(rated, PaperKind.PROPOSAL)

    assert title(request)[0] == "TỜ TRÌNH"
    assert letterhead(request).number == "Số     -TTr/CB"
    assert headings(request) == [
        "1- Kết quả bỏ phiếu, mức chi bộ đề xuất",
        "2- Đề nghị công nhận",
        "3- Đề nghị khen thưởng",
        "4- Hồ sơ kèm theo",
    ]
    assert rows(request, 1) == [["1", "Trần Thị Bình", "Bí thư chi bộ", "HTXS", ""]]
    assert len(rows(request, 2)) == 4


def test_achievements_are_told_of_the_proposed_only(rated: Workspace, people: People) -> None:
    pledge = passed_pledge(rated, people.secretary, 2025)
    handed_in(rated, pledge, Month(2025, 11))

    (told,) = papers(rated, PaperKind.ACHIEVEMENT)

    assert fields(told)["Họ và tên"] == "Trần Thị Bình"
    assert fields(told)["Mức xếp loại chất lượng năm 2025"] == "Hoàn thành xuất sắc nhiệm vụ"
    assert "- Học đủ các chuyên đề trong năm (chỉ tiêu: 4 chuyên đề)" in words(told)
    assert [one.formula[0] for one in signatures(told)] == ["XÁC NHẬN CỦA CHI BỘ", "NGƯỜI BÁO CÁO"]
    assert signatures(told)[0].name == "Lê Văn Cường"  # the secretary's own is confirmed by the deputy
    assert reasons(rated, PaperKind.ACHIEVEMENT, people.plain) == [
        "chưa được đề xuất, quyết định hoàn thành xuất sắc nhiệm vụ"
    ]


def test_the_reward_decision_is_the_committees_above_with_the_sum_open(
    rated: Workspace, people: People
) -> None:
    assert "chưa nhập quyết định" in reasons(rated, PaperKind.REWARD)[0]
    rate(rated, people.plain, decided=Grade.EXCELLENT)

    (decision,) = papers(rated, PaperKind.REWARD)

    head = letterhead(decision)
    assert (head.own, head.number) == ("ĐẢNG ỦY XÃ HÒA SƠN", "Số     -QĐ/ĐU")
    assert set(head.upper) == {"…"}
    assert headings(decision) == ["BAN CHẤP HÀNH ĐẢNG BỘ XÃ HÒA SƠN", "QUYẾT ĐỊNH:"]
    text = words(decision)
    assert "Điều 1. Tặng giấy khen 1 đồng chí" in text
    assert "Điều 2. Tiền thưởng kèm theo giấy khen: ……… đồng/đồng chí" in text
    assert rows(decision) == [["1", "Nguyễn Văn Đạt", "Đảng viên", "thôn Đồng Tiến"]]
    assert [(one.formula, one.title, one.name) for one in signatures(decision)] == [
        (("T/M ĐẢNG ỦY",), "BÍ THƯ", "")
    ]


def test_a_reward_cites_no_guidance_later_than_itself(rated: Workspace) -> None:
    before, since = (papers(rated, PaperKind.REWARD, nameless=True, year=year)[0] for year in (2024, 2025))

    assert "06-HD/TW" not in words(before)
    assert "Căn cứ Hướng dẫn 06-HD/TW, ngày 09/6/2025" in words(since)


def test_the_plan_of_inspection_is_there_to_be_filled_in(secretary_ws: Workspace) -> None:
    (plan,) = papers(secretary_ws, PaperKind.INSPECTION_PLAN)

    assert title(plan) == ("CHƯƠNG TRÌNH", "kiểm tra, giám sát của chi bộ năm 2025")
    assert letterhead(plan).number == "Số     -CTr/CB"
    assert {"".join(row) for row in rows(plan)} == {""}
    assert signatures(plan)[0].name == "Trần Thị Bình"


def test_blank_papers_say_nothing_of_anybody(rated: Workspace) -> None:
    for kind in (PaperKind.CELL_REPORT, PaperKind.PROPOSAL, PaperKind.ACHIEVEMENT, PaperKind.REWARD):
        (blank,) = papers(rated, kind, nameless=True)
        assert "Trần Thị Bình" not in words(blank)
        assert "33,33%" not in words(blank)


def test_the_blank_report_prints_the_rules_and_the_four_grades(rated: Workspace) -> None:
    (blank,) = papers(rated, PaperKind.CELL_REPORT, nameless=True)

    assert "Quy định số 366-QĐ/TW" in words(blank)
    assert rows(blank)[0] == ["1", "Hoàn thành xuất sắc nhiệm vụ", "", ""]
    assert rows(blank)[-1] == ["", "Cộng số đã xếp loại", "", ""]
    assert "Có mặt ……… bằng ……… được miễn" in words(blank)


def test_a_cell_of_42_fits_its_report_on_five_pages(rated: Workspace) -> None:
    for number in range(38):
        rate(rated, add_member(rated, f"Nguyễn Thị Khánh Ly {number}"), proposed=Grade.GOOD)

    (report,) = papers(rated, PaperKind.CELL_REPORT)

    assert len(rows(report, 2)) == 42
    assert count_pages(report) <= 5
