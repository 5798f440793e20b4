"""Letters before the review: who gets one, what stands in it, the blank ones, what is missing."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.cell import CellName
from app.domain.grade import SubjectKind
from app.domain.meeting import Meeting, MeetingKind
from app.domain.member import DatedStatus, StatusKind
from app.domain.opinion import OpinionKind, RaisedPoint
from app.domain.paper import Paper
from app.domain.review import CELL_SUBJECT
from app.domain.sheets.kinds import PaperKind
from app.printing.pdf import pdf_bytes
from app.services.cells import save_name
from app.services.members import add_status, get_member, save_member, set_kinds
from app.services.opinions import enter_opinion, list_opinions, request_opinions
from app.services.paper_gathering import YearGathering, gather_year
from app.services.paper_makers import MAKERS
from app.services.paper_sheets import NoSheet, Sheet, SheetOrder
from app.services.papers import PaperRequest, save_pdf
from app.services.raised_points import save_raised_point
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.printing.printed import flowing, read_pages

LONG = "Tôn Nữ Hoàng Khánh Ly Phương Anh"


@pytest.fixture
def office_ws(secretary_ws: Workspace, people: People) -> Workspace:
    """The cell of an office; the plain member has a long name and is away for some months."""
    name = CellName("ĐẢNG BỘ XÃ HÒA SƠN", "CHI BỘ VĂN PHÒNG", "Hòa Sơn", valid_from=date(2025, 1, 1))
    save_name(secretary_ws, name)
    everybody = (people.secretary, people.deputy, people.committee, people.plain)
    set_kinds(secretary_ws, dict.fromkeys(everybody, SubjectKind.NON_LEADER), 2025)
    member = get_member(secretary_ws, people.plain)
    record = replace(member.record, full_name=LONG, workplace="Trung tâm Dịch vụ tổng hợp xã Hòa Sơn")
    save_member(secretary_ws, record, member.id, member.version)
    away = DatedStatus(
        StatusKind.TEMPORARY_OUT, date(2025, 3, 1), date(2025, 9, 30), place="Chi bộ Trường Chính trị tỉnh"
    )
    add_status(secretary_ws, people.plain, away)
    return secretary_ws


def made(year: YearGathering, kind: PaperKind, *ids: str, blank: bool = False) -> list[Sheet | NoSheet]:
    people = tuple(member for member in year.members if member.id in ids)
    return list(MAKERS[kind](SheetOrder(kind, year, people, blank, blank and not ids)))


def words_of(paper: Paper) -> str:
    return flowing(" ".join(read_pages(pdf_bytes([paper], "Thử"))))


def papers(found: list[Sheet | NoSheet]) -> list[str]:
    return [words_of(one.build()) for one in found if isinstance(one, Sheet)]


def test_every_opinion_not_in_yet_has_its_letter_with_what_is_asked(
    office_ws: Workspace, people: People
) -> None:
    wanted = [row.opinion for row in list_opinions(office_ws, 2025).rows if row.member.id == people.plain]
    request_opinions(office_ws, wanted, date(2026, 3, 1), date(2026, 3, 15))
    year = gather_year(office_ws, 2025)

    residence, temporary = papers(made(year, PaperKind.OPINION_REQUEST, people.plain))

    assert "Kính gửi: Chi ủy (chi bộ) nơi cư trú (thôn Đồng Tiến)" in residence
    assert LONG in residence
    assert "Quan hệ với Nhân dân" in residence
    assert "trước ngày 15/3/2026" in residence
    assert "Hòa Sơn, ngày 01 tháng 3 năm 2026" in residence
    assert "Kính gửi: Chi bộ Trường Chính trị tỉnh" in temporary
    assert "sinh hoạt đảng tạm thời" in temporary
    assert "Quan hệ với Nhân dân" not in temporary


def test_who_needs_none_or_whose_are_in_gets_none_and_one_asked_for_is_told_why(
    office_ws: Workspace, people: People
) -> None:
    (row,) = [row for row in list_opinions(office_ws, 2025).rows if row.member.id == people.deputy]
    enter_opinion(office_ws, replace(row.opinion, received_on=date(2026, 3, 1), level="Tốt"))
    year = gather_year(office_ws, 2025)

    (told,) = made(year, PaperKind.OPINION_REQUEST, people.deputy)
    assert isinstance(told, NoSheet)
    assert told.reason == "ý kiến đã về đủ"
    (nobody,) = made(year, PaperKind.OPINION_OLD_UNIT, people.deputy, people.plain)
    assert isinstance(nobody, NoSheet)
    assert (nobody.member, nobody.reason) == (None, "năm 2025 không còn đồng chí nào chờ phiếu này")
    (none,) = made(year, PaperKind.OPINION_OLD_UNIT, people.plain)
    assert isinstance(none, NoSheet)
    assert none.reason == "không phải lấy ý kiến của đơn vị cũ"


def test_slips_carry_the_members_particulars_and_leave_the_rest_to_the_pen(
    office_ws: Workspace, people: People
) -> None:
    year = gather_year(office_ws, 2025)

    (residence,) = papers(made(year, PaperKind.OPINION_RESIDENCE, people.plain))
    (temporary,) = papers(made(year, PaperKind.OPINION_TEMPORARY, people.plain))

    assert f"Họ và tên: {LONG}" in residence
    assert "Chi bộ Văn phòng" in residence
    assert "T/M CHI ỦY (CHI BỘ) NƠI CƯ TRÚ" in residence
    assert "Hòa Sơn, ngày" not in residence
    assert "từ ngày 01/3/2025 đến ngày 30/9/2025" in temporary


def test_blank_letters_and_slips_need_nobody(office_ws: Workspace) -> None:
    year = gather_year(office_ws, 2025)

    assert len(made(year, PaperKind.OPINION_REQUEST, blank=True)) == len(OpinionKind)
    for kind in (
        PaperKind.OPINION_RESIDENCE,
        PaperKind.OPINION_TEMPORARY,
        PaperKind.OPINION_OLD_UNIT,
        PaperKind.RAISED_POINTS,
        PaperKind.INVITATION,
    ):
        (words,) = papers(made(year, kind, blank=True))
        assert "{" not in words, kind


def test_points_of_one_document_share_a_sheet_and_the_collectives_come_first(
    office_ws: Workspace, people: People
) -> None:
    first = RaisedPoint(
        people.plain, 2025, 0, "Công văn 12-CV/ĐU", date(2025, 11, 10), "Chậm nộp hồ sơ", "Kết luận 03"
    )
    save_raised_point(office_ws, first)
    save_raised_point(office_ws, replace(first, point="Vắng hai buổi", due_on=date(2025, 12, 1)))
    save_raised_point(office_ws, replace(first, subject_id=CELL_SUBJECT, point="Đảng phí chậm"))
    year = gather_year(office_ws, 2025)

    of_cell, of_member = papers(made(year, PaperKind.RAISED_POINTS, people.plain, people.deputy))

    assert "Đảng phí chậm" in of_cell
    assert "tập thể" in of_cell
    assert "1- Chậm nộp hồ sơ" in of_member
    assert "2- Vắng hai buổi" in of_member
    assert "Căn cứ: Kết luận 03" in of_member
    assert "trước ngày 01/12/2025" in of_member
    assert f"đồng chí {LONG}" in of_member
    assert "Công văn 12-CV/ĐU, ngày 10/11/2025" in of_member


def test_the_invitation_says_when_and_where_and_what_is_missing(office_ws: Workspace) -> None:
    year = gather_year(office_ws, 2025)
    meeting = Meeting(
        MeetingKind.REVIEW, 2025, held_on=date(2025, 12, 12), started_at="19:30", from_above="Đồng chí Lê A"
    )
    year = replace(year, year_end=replace(year.year_end, meetings=(meeting,)))

    (sheet,) = made(year, PaperKind.INVITATION)

    assert isinstance(sheet, Sheet)
    assert sheet.missing == ("địa điểm họp",)
    words = words_of(sheet.build())
    assert "19 giờ 30, thứ Sáu, ngày 12/12/2025" in words
    assert "Kính gửi: Đồng chí Lê A" in words


def test_all_of_them_can_be_printed(office_ws: Workspace) -> None:
    kinds = (PaperKind.OPINION_REQUEST, PaperKind.OPINION_RESIDENCE, PaperKind.OPINION_TEMPORARY)
    request = PaperRequest((*kinds, PaperKind.INVITATION), 2025, None)

    printed = save_pdf(office_ws, request, office_ws.folder.parent / "giay.pdf")

    assert printed.sheet_count == 5 + 4 + 1 + 1
