"""Minutes: every number as the votes' own results say it, parts in order, who signs where."""

from dataclasses import replace
from datetime import date

from app.domain.grade import Grade
from app.domain.meeting import MeetingKind, MeetingNote, Presence
from app.domain.opinion import Opinion, OpinionKind
from app.domain.review import CELL_SUBJECT, GradeStage, ReviewKey, StageGrade
from app.domain.sheets.kinds import PaperKind
from app.domain.voting import RoundKind, VoteCount
from app.services.issued_documents import CellTerm, give_number, save_term
from app.services.meetings import new_meeting, save_meeting
from app.services.opinions import enter_opinion
from app.services.reviews import open_review, save_review, set_grade
from app.services.votes import add_round
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.domain.sheets.sheet_material import fields, headings, signatures, words
from tests.services.held_meeting import (
    YEAR,
    columns,
    hold,
    letterhead,
    papers,
    reasons,
    rows,
    title,
    voted,
)

TOTALS = {"issued": 4, "returned": 4, "valid": 4, "invalid": 0}


def four(member: str, excellent: int, good: int) -> VoteCount:
    return VoteCount(
        member, excellent=excellent, good=good, satisfactory=4 - excellent - good, unsatisfactory=0, blank=0
    )


def test_the_tally_says_every_count_with_its_share_and_its_base(
    secretary_ws: Workspace, people: People
) -> None:
    tellers = (people.plain, people.deputy, people.committee)
    meeting = hold(secretary_ws, tellers=tellers)
    counts = [four(people.secretary, 1, 3), four(people.plain, 2, 2)]
    voted(secretary_ws, meeting, RoundKind.FOUR_GRADES, counts, **TOTALS)

    (tally,) = papers(secretary_ws, PaperKind.TALLY)

    assert title(tally) == ("BIÊN BẢN KIỂM PHIẾU", "về xếp loại chất lượng đảng viên năm 2025")
    assert letterhead(tally).place_date == "Hòa Sơn, ngày 12 tháng 12 năm 2025"
    assert columns(tally) == [
        "STT",
        "Họ và tên",
        "Chức vụ, đơn vị",
        "HTXS",
        "HTT",
        "HT",
        "KHT",
        "Phiếu trắng",
        "Ghi chú",
    ]
    assert rows(tally)[0] == [
        "1",
        "Trần Thị Bình",
        "Bí thư chi bộ",
        "1\n25,00%",
        "3\n75,00%",
        "0\n0,00%",
        "0\n0,00%",
        "0\n0,00%",
        "HTT 3/4",
    ]
    assert rows(tally)[1][-1] == "Không mức nào quá nửa"
    said = fields(tally)
    assert (said["Số phiếu phát ra"], said["Số phiếu hợp lệ"]) == ("4", "4")
    assert said["Tổ kiểm phiếu: Tổ trưởng"] == "Nguyễn Văn Đạt"
    assert said["Số đảng viên chính thức được triệu tập"] == "4"
    text = words(tally)
    assert "Tỉ lệ % tính trên 4 đảng viên chính thức được triệu tập. Quá nửa là từ 3 phiếu." in text
    assert "lập thành 03 bản" in text


def test_the_tally_is_signed_left_by_who_led_the_count_and_right_by_the_chair(
    secretary_ws: Workspace, people: People
) -> None:
    meeting = hold(
        secretary_ws, tellers=(people.plain, people.deputy, people.committee), chair_id=people.deputy
    )
    voted(secretary_ws, meeting, RoundKind.FOUR_GRADES, [four(people.plain, 0, 4)], **TOTALS)

    (tally,) = papers(secretary_ws, PaperKind.TALLY)

    assert [(one.formula, one.title, one.name) for one in signatures(tally)] == [
        (("T/M TỔ KIỂM PHIẾU",), "TỔ TRƯỞNG", "Nguyễn Văn Đạt"),
        (("CHỦ TRÌ HỘI NGHỊ",), "PHÓ BÍ THƯ", "Lê Văn Cường"),
    ]


def test_every_round_has_its_own_tally_with_its_own_columns(secretary_ws: Workspace, people: People) -> None:
    meeting = hold(secretary_ws, rounds=2)
    lower = [VoteCount(people.plain, good=4, satisfactory=0, unsatisfactory=0, blank=0)]
    voted(secretary_ws, meeting, RoundKind.LOWER_GRADES, lower, **TOTALS)
    second = [VoteCount(people.plain, agree=3, disagree=1, blank=0)]
    voted(secretary_ws, meeting, RoundKind.EXCELLENT, second, **TOTALS)
    cell = [VoteCount(CELL_SUBJECT, excellent=0, good=4, satisfactory=0, unsatisfactory=0, blank=0)]
    voted(secretary_ws, meeting, RoundKind.COLLECTIVE, cell, **TOTALS)

    first, excellent, collective = papers(secretary_ws, PaperKind.TALLY)

    assert columns(first)[3:6] == ["Mức 2 (HTT)", "Mức 3 (HT)", "Mức 4 (KHT)"]
    assert columns(excellent)[3:6] == ["Đồng ý", "Không đồng ý", "Phiếu trắng"]
    assert rows(excellent)[0][3:] == ["3\n75,00%", "1\n25,00%", "0\n0,00%", "HTXS 3/4"]
    assert rows(collective)[0][1] == "Chi bộ"
    assert "về xếp loại chất lượng chi bộ năm 2025" in title(collective)


def test_before_the_count_the_tally_has_names_and_room_and_without_a_meeting_too(
    secretary_ws: Workspace, people: People
) -> None:
    named = papers(secretary_ws, PaperKind.TALLY)
    assert [row[1] for row in rows(named[0])] == [
        "Trần Thị Bình",
        "Lê Văn Cường",
        "Phạm Thị Dung",
        "Nguyễn Văn Đạt",
    ]
    assert rows(named[0])[0][3:] == [""] * (len(columns(named[0])) - 3)
    assert "quá nửa là từ ……… phiếu" in words(named[0])

    blank = papers(secretary_ws, PaperKind.TALLY, nameless=True)
    assert {"".join(row) for row in rows(blank[0])} == {""}
    assert fields(blank[0])["Số phiếu phát ra"] is None


def test_the_review_minutes_have_their_six_parts_and_tell_everybody_in_order(
    secretary_ws: Workspace, people: People
) -> None:
    note = MeetingNote(
        people.plain,
        summary="Hoàn thành 5/5 việc.",
        opinions="Cần đi sâu vận động hộ nghèo.",
        accepted="Tiếp thu.",
        conclusion="Nhất trí.",
    )
    heard = Opinion(
        people.plain,
        YEAR,
        OpinionKind.RESIDENCE,
        "Chi bộ tổ dân phố 3",
        received_on=date(2025, 11, 28),
        content="Gương mẫu.",
        level="Tốt",
    )
    enter_opinion(secretary_ws, heard)
    grade = StageGrade(GradeStage.COMMITTEE, Grade.GOOD, date(2025, 12, 5), note="Làm tốt việc được giao")
    key = ReviewKey(people.plain, YEAR)
    save_review(secretary_ws, open_review(secretary_ws, key).review)
    set_grade(secretary_ws, key, grade)
    cell = MeetingNote(CELL_SUBJECT, opinions="Nâng chất lượng sinh hoạt.")
    hold(
        secretary_ws,
        away={people.deputy: (Presence.EXCUSED, "đi học")},
        notes=(note, cell),
        chair_id=people.secretary,
        minutes_by=people.committee,
    )

    (minutes,) = papers(secretary_ws, PaperKind.REVIEW_MINUTES)

    assert title(minutes) == (
        "BIÊN BẢN",
        "họp chi bộ kiểm điểm, đánh giá, xếp loại chất lượng đảng viên và chi bộ năm 2025",
    )
    assert letterhead(minutes).number == "Số     -BB/CB"
    assert [each for each in headings(minutes) if each[0] in "IV"] == [
        "I- THÔNG TIN HỘI NGHỊ",
        "II- MỤC ĐÍCH, YÊU CẦU; VĂN BẢN CĂN CỨ",
        "III- KIỂM ĐIỂM TẬP THỂ CHI ỦY, CHI BỘ",
        "IV- KIỂM ĐIỂM TỪNG ĐẢNG VIÊN",
        "V- BỎ PHIẾU ĐỀ NGHỊ XẾP LOẠI",
        "VI- KẾT LUẬN",
    ]
    said = fields(minutes)
    assert said["Thời gian bắt đầu"] == "19 giờ 30, ngày 12 tháng 12 năm 2025"
    assert (said["Có mặt"], said["Vắng có lý do"], said["vắng không có lý do"]) == ("3", "1", "0")
    assert rows(minutes) == [["1", "Lê Văn Cường", "Vắng có lý do", "đi học"]]
    text = words(minutes)
    order = [
        text.index(f"{n}- Đồng chí {name}")
        for n, name in enumerate(
            (
                "Trần Thị Bình, bí thư",
                "Lê Văn Cường, phó bí thư",
                "Phạm Thị Dung, chi ủy viên",
                "Nguyễn Văn Đạt",
            ),
            1,
        )
    ]
    assert order == sorted(order)
    for line in (
        "Chi bộ: Nâng chất lượng sinh hoạt.",
        "Tóm tắt tự kiểm điểm: Hoàn thành 5/5 việc.",
        "Ý kiến góp ý: Cần đi sâu vận động hộ nghèo.",
        "Cấp ủy nơi cư trú (Chi bộ tổ dân phố 3): Gương mẫu; mức: Tốt",
        "Ý kiến của chi ủy: Làm tốt việc được giao; đề xuất mức Hoàn thành tốt nhiệm vụ.",
        "Hội nghị kết thúc hồi 22 giờ 05 cùng ngày.",
    ):
        assert line in text
    assert [(one.formula[0], one.title, one.name) for one in signatures(minutes)] == [
        ("NGƯỜI GHI BIÊN BẢN", "", "Phạm Thị Dung"),
        ("CHỦ TRÌ HỘI NGHỊ", "BÍ THƯ", "Trần Thị Bình"),
    ]


def test_the_minutes_and_the_tally_show_the_same_numbers(secretary_ws: Workspace, people: People) -> None:
    meeting = hold(secretary_ws)
    voted(secretary_ws, meeting, RoundKind.FOUR_GRADES, [four(people.plain, 1, 3)], **TOTALS)

    (tally,) = papers(secretary_ws, PaperKind.TALLY)
    (minutes,) = papers(secretary_ws, PaperKind.REVIEW_MINUTES)

    told = next(row for row in rows(minutes, 1) if row[1] == "Nguyễn Văn Đạt")
    assert told[2:7] == rows(tally)[0][3:8]
    assert told[-1] == rows(tally)[0][-1] == "HTT 3/4"
    assert rows(minutes, 0)[0][1:] == ["4", "4", "4", "0", "4 đảng viên chính thức được triệu tập"]


def test_a_revote_stands_in_place_of_the_round_before_in_the_minutes(
    secretary_ws: Workspace, people: People
) -> None:
    meeting = hold(secretary_ws)
    voted(secretary_ws, meeting, RoundKind.FOUR_GRADES, [four(people.plain, 2, 2)], **TOTALS)
    voted(secretary_ws, meeting, RoundKind.FOUR_GRADES, [four(people.plain, 1, 3)], **TOTALS)

    (minutes,) = papers(secretary_ws, PaperKind.REVIEW_MINUTES)

    assert len(papers(secretary_ws, PaperKind.TALLY)) == 2
    told = next(row for row in rows(minutes, 1) if row[1] == "Nguyễn Văn Đạt")
    assert told[2:4] == ["1\n25,00%", "3\n75,00%"]


def test_without_a_meeting_there_are_no_minutes_but_a_blank_sheet(secretary_ws: Workspace) -> None:
    for kind in (PaperKind.REVIEW_MINUTES, PaperKind.MONTHLY_MINUTES):
        assert "mẫu trắng" in reasons(secretary_ws, kind)[0]
        (blank,) = papers(secretary_ws, kind, nameless=True)
        assert fields(blank)["Địa điểm"] is None
        assert letterhead(blank).place_date == "Hòa Sơn, ngày … tháng … năm …"


def test_every_monthly_meeting_has_its_minutes_with_its_own_number(
    secretary_ws: Workspace, people: People
) -> None:
    for month in (10, 11):
        page = new_meeting(secretary_ws, MeetingKind.MONTHLY, YEAR, month)
        meeting = replace(
            page.meeting,
            held_on=date(2025, month, 3),
            place="Nhà văn hóa",
            report="Gặt xong lúa.",
            praise="Đồng chí Đạt giúp hai hộ nghèo." if month == 10 else "",
            chair_id=people.secretary,
        )
        save_meeting(secretary_ws, meeting)
    save_term(secretary_ws, CellTerm("2025-2030", date(2025, 5, 1)))
    kind = PaperKind.MONTHLY_MINUTES
    give_number(secretary_ws, "BB", YEAR, kind.value, "Họp tháng 11", date(2025, 11, 3))

    october, november = papers(secretary_ws, kind)

    assert title(october)[1] == "họp chi bộ thường kỳ tháng 10 năm 2025"
    assert [letterhead(each).number for each in (october, november)] == ["Số     -BB/CB", "Số 01-BB/CB"]
    assert headings(october)[4:6] == [
        "V- BIỂU DƯƠNG ĐẢNG VIÊN GƯƠNG MẪU",
        "VI- NHẮC NHỞ ĐẢNG VIÊN CHƯA THỰC HIỆN CAM KẾT",
    ]
    assert "Đồng chí Đạt giúp hai hộ nghèo." in words(october)
    assert words(november).count("Không.") == 2
    assert letterhead(november).place_date == "Hòa Sơn, ngày 03 tháng 11 năm 2025"


def test_a_meeting_of_january_is_named_with_its_zero(secretary_ws: Workspace) -> None:
    page = new_meeting(secretary_ws, MeetingKind.MONTHLY, YEAR, 1)
    save_meeting(secretary_ws, replace(page.meeting, held_on=date(2025, 2, 3)))

    (january,) = papers(secretary_ws, PaperKind.MONTHLY_MINUTES)

    assert title(january)[1] == "họp chi bộ thường kỳ tháng 01 năm 2025"
    assert letterhead(january).place_date == "Hòa Sơn, ngày 03 tháng 02 năm 2025"


def test_a_remark_on_a_round_stands_behind_a_comma_in_its_tally(
    secretary_ws: Workspace, people: People
) -> None:
    meeting = hold(secretary_ws)
    add_round(secretary_ws, meeting.id, RoundKind.FOUR_GRADES, [people.plain], "Biểu quyết lại")

    (tally,) = papers(secretary_ws, PaperKind.TALLY)

    assert "(Vòng 1: bốn mức, biểu quyết lại)" in words(tally)


def test_the_papers_of_the_meeting_bear_its_day(secretary_ws: Workspace) -> None:
    hold(secretary_ws)

    (minutes,) = papers(secretary_ws, PaperKind.REVIEW_MINUTES)

    assert letterhead(minutes).place_date.endswith("ngày 12 tháng 12 năm 2025")
    assert minutes.style.right == 20.0
