"""Ballots: one for each member present with a vote, about those to be rated, naming no voter."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.grade import Grade
from app.domain.meeting import Presence
from app.domain.member import DatedStatus, StatusKind
from app.domain.review import CELL_SUBJECT, COMMITTEE_SUBJECT, GradeStage, ItemScore, ReviewKey, StageGrade
from app.domain.sheets.kinds import PaperKind
from app.domain.voting import RoundKind, VoteCount
from app.printing.pdf import count_pages
from app.services.members import add_status
from app.services.reviews import open_review, save_review, set_grade
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.builders import add_member
from tests.services.held_meeting import columns, hold, letterhead, made, papers, reasons, rows, title, voted

MEMBER_BALLOTS = (PaperKind.BALLOT_GRADE, PaperKind.BALLOT_GRADE4, PaperKind.BALLOT_GRADE5)
NAMES = ["Trần Thị Bình", "Lê Văn Cường", "Phạm Thị Dung", "Nguyễn Văn Đạt"]


@pytest.mark.parametrize(
    ("kind", "lines", "wanted"),
    [
        (
            PaperKind.BALLOT_GRADE,
            ("PHIẾU XẾP LOẠI CHẤT LƯỢNG ĐẢNG VIÊN", "NĂM 2025"),
            ["TT", "Họ và tên", "Mức 2", "Mức 3", "Mức 4"],
        ),
        (
            PaperKind.BALLOT_EXCELLENT,
            ("PHIẾU BÌNH CHỌN ĐẢNG VIÊN", "HOÀN THÀNH XUẤT SẮC NHIỆM VỤ", "NĂM 2025"),
            ["Số TT", "Họ và tên", "Chi bộ", "Đồng ý", "Không đồng ý"],
        ),
        (
            PaperKind.BALLOT_GRADE4,
            ("PHIẾU BIỂU QUYẾT", "XẾP LOẠI CHẤT LƯỢNG ĐẢNG VIÊN", "NĂM 2025"),
            ["TT", "Họ và tên", "HTXS", "HTT", "HT", "KHT"],
        ),
        (
            PaperKind.BALLOT_CELL,
            ("PHIẾU ĐÁNH GIÁ, XẾP LOẠI CHI BỘ", "NĂM 2025"),
            ["STT", "Xếp loại chất lượng", "Đánh giá"],
        ),
        (
            PaperKind.BALLOT_CELLS,
            ("PHIẾU XIN Ý KIẾN", "về xếp loại chất lượng tổ chức đảng, tập thể lãnh đạo năm 2025"),
            ["Số TT", "Tên tổ chức đảng/tập thể lãnh đạo", "Đơn vị tự xếp loại", "HTXS", "HTT", "HT", "KHT"],
        ),
    ],
)
def test_each_ballot_is_worded_as_printed_and_bears_no_place_date_or_signature(
    secretary_ws: Workspace, kind: PaperKind, lines: tuple[str, ...], wanted: list[str]
) -> None:
    (ballot,) = papers(secretary_ws, kind, nameless=True)

    assert title(ballot) == lines
    assert columns(ballot) == wanted
    assert letterhead(ballot).place_date == ""
    assert letterhead(ballot).number == ""
    assert not [block for block in ballot.blocks if type(block).__name__ == "SignatureBlock"]


def test_the_ballot_with_points_has_the_members_own_and_five_marks(
    secretary_ws: Workspace, people: People
) -> None:
    page = open_review(secretary_ws, ReviewKey(people.plain, 2025))
    assert page.profile
    scores = tuple(ItemScore(item.code, item.max) for item in page.profile.items)
    own = (StageGrade(GradeStage.SELF, Grade.GOOD),)
    save_review(secretary_ws, replace(page.review, scores=scores, grades=own))
    view = StageGrade(GradeStage.COMMITTEE, Grade.SATISFACTORY, date(2025, 12, 1))
    set_grade(secretary_ws, ReviewKey(people.plain, 2025), view)

    ballot = papers(secretary_ws, PaperKind.BALLOT_GRADE5)[0]

    assert columns(ballot)[2:] == [
        "Tiêu chí chung (30)",
        "Nhiệm vụ (70)",
        "Tổng (100)",
        "Tự xếp loại",
        "Chi ủy đề xuất",
        "HTXS",
        "HTT",
        "HT",
        "KHT",
        "Chưa đánh giá, xếp loại",
    ]
    assert rows(ballot)[3][1:7] == ["Nguyễn Văn Đạt", "30", "70", "100", "HTT", "HT"]
    assert rows(ballot)[0][2:] == [""] * 10


@pytest.mark.parametrize("kind", MEMBER_BALLOTS)
def test_there_are_as_many_ballots_as_members_came_with_a_vote(
    secretary_ws: Workspace, people: People, kind: PaperKind
) -> None:
    add_member(secretary_ws, "Vũ Thị Én", admitted_on=date(2025, 3, 1), confirmed_on=None)
    hold(secretary_ws, away={people.plain: (Presence.EXCUSED, "đi công tác")})

    ballots = papers(secretary_ws, kind)

    assert len(ballots) == 3  # four came; the probationary one has no vote
    assert len({id(ballot) for ballot in ballots}) == 1
    assert [row[1] for row in rows(ballots[0])] == [*NAMES, "Vũ Thị Én"]


def test_before_anybody_is_ticked_there_is_one_for_each_member_convened_and_it_is_said(
    secretary_ws: Workspace, people: People
) -> None:
    add_status(secretary_ws, people.plain, DatedStatus(StatusKind.TEMPORARY_OUT, date(2025, 2, 1)))

    assert len(papers(secretary_ws, PaperKind.BALLOT_GRADE4)) == 3
    assert reasons(secretary_ws, PaperKind.BALLOT_GRADE4) == [
        "chưa ghi cuộc họp kiểm điểm, nên in 3 phiếu cho số đảng viên chính thức được triệu tập"
    ]


def test_only_those_to_be_rated_stand_on_it_leaders_first(secretary_ws: Workspace, people: People) -> None:
    add_member(secretary_ws, "An Văn Mới", admitted_on=date(2025, 9, 1), confirmed_on=None)
    exempt = add_member(secretary_ws, "Bùi Thị Già")
    add_status(secretary_ws, exempt, DatedStatus(StatusKind.EXEMPT, date(2024, 1, 1), detail="age_health"))

    assert [row[1] for row in rows(papers(secretary_ws, PaperKind.BALLOT_GRADE)[0])] == NAMES
    one = papers(secretary_ws, PaperKind.BALLOT_GRADE, people.plain)[0]
    assert [row[1] for row in rows(one)] == ["Nguyễn Văn Đạt"]


def test_the_second_round_is_about_those_the_first_found_good(
    secretary_ws: Workspace, people: People
) -> None:
    assert "chưa có đồng chí nào đạt hoàn thành tốt" in reasons(secretary_ws, PaperKind.BALLOT_EXCELLENT)[0]
    meeting = hold(secretary_ws, rounds=2)
    counts = [
        VoteCount(people.secretary, good=4, satisfactory=0, unsatisfactory=0, blank=0),
        VoteCount(people.plain, good=1, satisfactory=3, unsatisfactory=0, blank=0),
    ]
    voted(secretary_ws, meeting, RoundKind.LOWER_GRADES, counts, issued=4, returned=4, valid=4, invalid=0)

    ballots = papers(secretary_ws, PaperKind.BALLOT_EXCELLENT)

    assert len(ballots) == 4
    assert rows(ballots[0]) == [["1", "Trần Thị Bình", "thôn Đồng Tiến", "", ""]]


def test_a_round_begun_anew_for_one_person_is_about_that_person(
    secretary_ws: Workspace, people: People
) -> None:
    meeting = hold(secretary_ws)
    voted(secretary_ws, meeting, RoundKind.FOUR_GRADES, [VoteCount(people.plain)])

    assert [row[1] for row in rows(papers(secretary_ws, PaperKind.BALLOT_GRADE4)[0])] == ["Nguyễn Văn Đạt"]


def test_the_cell_and_its_committee_each_have_a_ballot_where_both_are_rated(secretary_ws: Workspace) -> None:
    meeting = hold(secretary_ws)
    assert len(papers(secretary_ws, PaperKind.BALLOT_CELL)) == 4
    subjects = [VoteCount(CELL_SUBJECT), VoteCount(COMMITTEE_SUBJECT)]
    voted(secretary_ws, meeting, RoundKind.COLLECTIVE, subjects)

    ballots = papers(secretary_ws, PaperKind.BALLOT_CELL)

    assert [title(each)[0] for each in ballots] == [
        *["PHIẾU ĐÁNH GIÁ, XẾP LOẠI CHI BỘ"] * 4,
        *["PHIẾU ĐÁNH GIÁ, XẾP LOẠI CHI ỦY"] * 4,
    ]
    assert [row[1] for row in rows(ballots[0])] == [grade.label for grade in Grade]


def test_the_committee_above_asks_on_its_own_head(secretary_ws: Workspace) -> None:
    (ballot,) = papers(secretary_ws, PaperKind.BALLOT_CELLS)

    assert letterhead(ballot).own == "ĐẢNG ỦY XÃ HÒA SƠN"
    assert rows(ballot)[0][:2] == ["1", "Chi bộ thôn Đồng Tiến"]
    assert rows(ballot)[1][0] == ""


def test_forty_two_names_run_over_two_pages_with_the_head_repeated(secretary_ws: Workspace) -> None:
    for number in range(38):
        add_member(secretary_ws, f"Nguyễn Thị Khánh Ly {number}")

    ballot = papers(secretary_ws, PaperKind.BALLOT_GRADE4)[0]

    assert len(rows(ballot)) == 42
    assert count_pages(ballot) == 2


def test_a_year_that_gives_no_points_has_no_ballot_with_points(secretary_ws: Workspace) -> None:
    assert reasons(secretary_ws, PaperKind.BALLOT_GRADE5, year=2024) == [
        "quy định của năm 2024 không chấm điểm"
    ]


def test_a_blank_ballot_has_empty_rows(secretary_ws: Workspace) -> None:
    (ballot,) = papers(secretary_ws, PaperKind.BALLOT_GRADE, nameless=True)

    assert all(cell == "" for row in rows(ballot) for cell in row)
    assert len(made(secretary_ws, PaperKind.BALLOT_CELL, nameless=True)) == 1
