"""Printing a year: who gets a paper, who does not and why, what stands on the pages of the file."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import event

from app.domain.cell import CellName
from app.domain.dates import Month
from app.domain.errors import Cancelled, FileUnwritable, NoRules, NotAllowed, NotFound
from app.domain.grade import FourLevel, Grade, SubjectKind
from app.domain.member import CellRole, DatedStatus, StatusKind
from app.domain.review import GradeStage, ItemScore, ReviewKey, SectionText, StageGrade
from app.printing.preview import PageImages
from app.services import papers
from app.services.cells import get_cell, save_name
from app.services.members import add_status, set_kinds
from app.services.months import confirm_months, save_month
from app.services.papers import (
    PaperKind,
    PaperRequest,
    offer_papers,
    plan_papers,
    preview_pdf,
    save_pdf,
)
from app.services.reviews import open_review, save_review
from app.services.workspace import Workspace
from tests.book_fixtures import FakeClock, People
from tests.builders import a_month, add_member, handed_in, passed_pledge

YEAR = 2025
ALL_OF_MEMBERS = (PaperKind.REVIEW, PaperKind.REGISTER, PaperKind.PLEDGE, PaperKind.EXTRACT)
OF_THE_YEAR = (PaperKind.REVIEW, PaperKind.REGISTER, PaperKind.PLEDGE, PaperKind.MATRIX, PaperKind.EXTRACT)


def write_review(ws: Workspace, member_id: str, year: int = YEAR, day: date | None = None) -> None:
    """A review with every point given and a word under every heading."""
    page = open_review(ws, ReviewKey(member_id, year))
    sections = tuple(
        SectionText(
            section.key, f"Lời của mục {section.key}.", FourLevel.GOOD_LEVEL if section.four_levels else None
        )
        for section in page.form.written_sections
    )
    items = page.profile.items if page.profile else ()
    save_review(
        ws,
        replace(
            page.review,
            sections=sections,
            scores=tuple(ItemScore(item.code, item.max) for item in items),
            grades=(StageGrade(GradeStage.SELF, Grade.GOOD),),
            dated_on=day,
        ),
    )


def page_texts(pdf: bytes) -> list[str]:
    with PageImages(pdf) as pages:
        return list(pages.texts())


def one_line(texts: list[str]) -> str:
    return " ".join(" ".join(texts).split())


def previewed(ws: Workspace, *kinds: PaperKind, year: int = YEAR, **wanted: object) -> str:
    book = preview_pdf(ws, PaperRequest(kinds, year, **wanted))  # type: ignore[arg-type]
    return one_line(page_texts(book.pdf))


@pytest.fixture
def year_ws(secretary_ws: Workspace, people: People) -> Workspace:
    """The cell of four with a pledge, two months and a review of 2025 of the plain member."""
    pledge = passed_pledge(secretary_ws, people.plain, YEAR)
    for number in (1, 2):
        handed_in(secretary_ws, pledge, Month(YEAR, number))
    confirm_months(secretary_ws, Month(YEAR, 1), [people.plain], date(2025, 2, 3))
    write_review(secretary_ws, people.plain, day=date(2025, 12, 12))
    return secretary_ws


def test_a_written_review_prints_head_text_points_and_signatures(year_ws: Workspace, people: People) -> None:
    text = previewed(year_ws, PaperKind.REVIEW, member_ids=(people.plain,))

    assert text == unicodedata.normalize("NFC", text)
    for words in (
        "Mẫu 02C-HD KĐ.ĐG 2025",
        "CHI BỘ THÔN ĐỒNG TIẾN",
        "Hòa Sơn, ngày 12 tháng 12 năm 2025",
        "Họ và tên: Nguyễn Văn Đạt",
        "Lời của mục A.VI.",
        "Tổng điểm: 100/100",
        "T/M CHI ỦY (CHI BỘ)",
        "PHỤ LỤC TIÊU CHÍ CHUNG",
    ):
        assert words in text
    assert text.index("NGƯỜI TỰ KIỂM ĐIỂM") < text.index("T/M CHI ỦY (CHI BỘ)") < text.index("T/M ĐẢNG ỦY")
    assert "PHỤ LỤC" not in previewed(year_ws, PaperKind.REVIEW, member_ids=(people.plain,), annexes=False)


def test_a_plan_counts_the_sheets_and_says_who_has_none_and_why(year_ws: Workspace, people: People) -> None:
    new = add_member(year_ws, "Hờ A Páo", admitted_on=date(2025, 8, 20), confirmed_on=None)
    old = add_member(year_ws, "Nguyễn Văn Thịnh")
    add_status(year_ws, old, DatedStatus(StatusKind.EXEMPT, date(2024, 1, 1), None, "age_health"))
    gone = add_member(year_ws, "Lý Thị Mai")
    add_status(year_ws, gone, DatedStatus(StatusKind.LEFT, date(2025, 6, 1), None, "moved"))
    guest = add_member(year_ws, "Đỗ Minh Khôi")
    add_status(year_ws, guest, DatedStatus(StatusKind.TEMPORARY_IN, date(2025, 9, 1)))

    plan = plan_papers(year_ws, PaperRequest(ALL_OF_MEMBERS, YEAR))

    assert [kind.sheet_count for kind in plan.kinds] == [1, 1, 1, 1]
    assert plan.sheet_count == 4
    reviews = {note.member_id: note.reason for note in plan.kinds[0].skipped}
    assert reviews == {
        people.secretary: "chưa có bản kiểm điểm năm 2025",
        people.deputy: "chưa có bản kiểm điểm năm 2025",
        people.committee: "chưa có bản kiểm điểm năm 2025",
        new: "mới kết nạp 20/08/2025, chưa đủ 6 tháng",
        old: "cả năm được miễn sinh hoạt",
        gone: "đã chuyển sinh hoạt đi nơi khác từ 01/06/2025",
        guest: "sinh hoạt tạm thời tại đây, kiểm điểm ở chi bộ chính thức",
    }
    pledges = {note.member_id: note.reason for note in plan.kinds[2].skipped}
    assert pledges[old] == "được miễn, không có đăng ký năm 2025"
    assert pledges[people.deputy] == "chưa có đăng ký và tháng nào của năm 2025"
    assert len(plan.skipped) == 7 * 4


def test_an_open_review_is_printed_and_named_as_incomplete(year_ws: Workspace, people: People) -> None:
    page = open_review(year_ws, ReviewKey(people.deputy, YEAR))
    save_review(year_ws, replace(page.review, sections=(SectionText("A.I.1", "Một."),)))

    plan = plan_papers(year_ws, PaperRequest((PaperKind.REVIEW,), YEAR))

    assert plan.sheet_count == 2
    assert [(note.member_id, note.reason) for note in plan.kinds[0].incomplete] == [
        (
            people.deputy,
            "còn trống: I.2 Nhiệm vụ phân công, I.3 Thực hiện cam kết, II.1 Hạn chế, II.2 Nguyên nhân, "
            "VI Phương hướng, I Điểm, II Tự nhận mức",
        )
    ]


def test_the_book_of_papers_is_one_file_in_reading_order(year_ws: Workspace, tmp_path: Path) -> None:
    request = PaperRequest((*ALL_OF_MEMBERS, PaperKind.MATRIX), YEAR)

    printed = save_pdf(year_ws, request, tmp_path / "ca-nam.pdf")

    texts = page_texts(printed.path.read_bytes())
    assert printed.page_count == len(texts)
    assert printed.sheet_count == 5
    text = one_line(texts)
    order = [
        "BẢN KIỂM ĐIỂM, TỰ",
        "II. THEO DÕI HẰNG THÁNG",
        "BẢN CAM KẾT TU DƯỠNG",
        "TRÍCH SỔ",
        "BẢNG THEO DÕI",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    again = save_pdf(year_ws, request, tmp_path / "lan-hai.pdf")
    assert again.path.read_bytes() == printed.path.read_bytes()


def test_a_preview_says_where_each_sheet_starts(year_ws: Workspace, people: People) -> None:
    book = preview_pdf(year_ws, PaperRequest((PaperKind.REVIEW, PaperKind.MATRIX), YEAR))

    first, second = book.starts
    assert (first.member_id, first.label, first.first_page) == (people.plain, "Nguyễn Văn Đạt · 2C", 0)
    assert (second.member_id, second.kind) == (None, PaperKind.MATRIX)
    assert second.label == "Bảng 12 tháng của chi bộ"
    assert second.first_page == first.page_count
    assert book.page_count == first.page_count + second.page_count == len(page_texts(book.pdf))
    assert book.left_out == 0


def test_a_preview_too_long_for_memory_stops_and_counts_what_is_left_out(
    year_ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "PREVIEW_PAGES", 3)

    book = preview_pdf(year_ws, PaperRequest((PaperKind.REVIEW,), YEAR, blank=True))

    assert book.left_out == 3
    assert book.shown_pages == len(page_texts(book.pdf)) == book.starts[0].page_count
    assert book.page_count == sum(start.page_count for start in book.starts)
    assert len(book.starts) == 4
    whole = preview_pdf(year_ws, PaperRequest((PaperKind.REVIEW,), YEAR, blank=True), whole=True)
    assert len(page_texts(whole.pdf)) == book.page_count == book.pages_of(PaperKind.REVIEW)


def test_blank_sheets_carry_the_names_of_those_who_write_by_hand(year_ws: Workspace) -> None:
    book = preview_pdf(year_ws, PaperRequest(ALL_OF_MEMBERS, YEAR, blank=True))

    text = one_line(page_texts(book.pdf))
    assert len(book.starts) == 4 * 4
    assert text.count("Họ và tên: Lê Văn Cường") == 5
    assert "Lời của mục" not in text
    assert "Đã học xong" not in text


def test_a_blank_sheet_without_a_name_comes_once_for_each_form(year_ws: Workspace) -> None:
    book = preview_pdf(year_ws, PaperRequest(OF_THE_YEAR, YEAR, (), blank=True))

    text = one_line(page_texts(book.pdf))
    assert [start.kind for start in book.starts] == [*[PaperKind.REVIEW] * 3, *OF_THE_YEAR[1:]]
    assert [start.label for start in book.starts][:3] == [f"Bản kiểm điểm cá nhân · 2{x}" for x in "ABC"]
    for name in ("Nguyễn Văn Đạt", "Trần Thị Bình"):
        assert name not in text


def test_the_form_follows_year_and_kind(year_ws: Workspace, people: People) -> None:
    set_kinds(year_ws, {people.committee: SubjectKind.LEADER, people.deputy: SubjectKind.NON_LEADER}, 2023)

    def labels(year: int) -> list[str]:
        request = PaperRequest((PaperKind.REVIEW,), year, (people.committee, people.deputy), blank=True)
        return [start.label.split(" · ")[1] for start in preview_pdf(year_ws, request).starts]

    assert labels(2025) == ["2B", "2A"]
    assert labels(2024) == ["02A", "02B"]


def test_an_old_year_keeps_its_old_head(year_ws: Workspace, people: People) -> None:
    name = get_cell(year_ws).names[0]
    save_name(year_ws, replace(name, upper="ĐẢNG BỘ XÃ LÂM BÌNH", valid_to=date(2025, 6, 30)))
    save_name(year_ws, CellName(name.upper, name.own, name.place, False, date(2025, 7, 1)))
    write_review(year_ws, people.plain, 2024, date(2024, 12, 10))

    old, new = (previewed(year_ws, PaperKind.REVIEW, year=year) for year in (2024, 2025))

    assert "ĐẢNG BỘ XÃ LÂM BÌNH" in old
    assert "BẢN KIỂM ĐIỂM CÁ NHÂN Năm 2024" in old
    assert "Tự đánh giá về cấp độ thực hiện:" in old
    assert "ĐẢNG BỘ XÃ HÒA SƠN" in new
    assert "LÂM BÌNH" not in new


def test_the_offer_names_the_people_and_says_which_papers_a_year_cannot_have(
    year_ws: Workspace, people: People
) -> None:
    offer = offer_papers(year_ws, PaperRequest(OF_THE_YEAR, YEAR))

    assert [(person.member_id, person.post) for person in offer.people] == [
        (people.secretary, "Bí thư"),
        (people.deputy, "Phó Bí thư"),
        (people.committee, "Chi ủy viên"),
        (people.plain, ""),
    ]
    assert {plan.kind: plan.sheet_count for plan in offer.plans} == dict.fromkeys(OF_THE_YEAR, 1)
    old = offer_papers(year_ws, PaperRequest(OF_THE_YEAR, 1990))
    assert "1990" in old.refused[PaperKind.REVIEW]
    assert list(old.refused) == [PaperKind.REVIEW]


def test_leaders_come_first_when_asked(year_ws: Workspace, people: People) -> None:
    def order(leaders_first: bool) -> list[str | None]:
        request = PaperRequest((PaperKind.PLEDGE,), YEAR, None, True, leaders_first)
        return [start.member_id for start in preview_pdf(year_ws, request).starts]

    assert order(False) == [people.secretary, people.deputy, people.committee, people.plain]
    late = add_member(year_ws, "Bùi An Ân", CellRole.COMMITTEE_MEMBER)
    assert order(False)[0] == late
    assert order(True) == [people.secretary, people.deputy, late, people.committee, people.plain]


def test_a_member_prints_only_their_own(year_ws: Workspace, plain_ws: Workspace, people: People) -> None:
    plan = plan_papers(plain_ws, PaperRequest(ALL_OF_MEMBERS, YEAR))

    assert [kind.sheet_count for kind in plan.kinds] == [1, 1, 1, 1]
    assert not plan.skipped
    with pytest.raises(NotAllowed):
        plan_papers(plain_ws, PaperRequest((PaperKind.PLEDGE,), YEAR, (people.deputy,)))
    with pytest.raises(NotAllowed):
        plan_papers(plain_ws, PaperRequest((PaperKind.MATRIX,), YEAR))


def test_words_kept_back_in_a_draft_month_are_not_printed(
    year_ws: Workspace, plain_ws: Workspace, people: People, clock: FakeClock
) -> None:
    pledge = passed_pledge(year_ws, people.deputy, YEAR)
    save_month(year_ws, a_month(people.deputy, Month(YEAR, 3), pledge.items))

    text = previewed(year_ws, PaperKind.REGISTER, member_ids=(people.deputy,))

    assert "Chưa gửi" in text
    assert "Đã học xong" not in text


def test_the_matrix_is_of_the_whole_cell_whoever_is_chosen(year_ws: Workspace, people: People) -> None:
    text = previewed(year_ws, PaperKind.MATRIX, member_ids=(people.plain,))

    for name in ("Trần Thị Bình", "Lê Văn Cường", "Phạm Thị Dung", "Nguyễn Văn Đạt"):
        assert name in text


def test_nothing_to_print_is_said_with_the_reason_and_what_to_do(year_ws: Workspace, people: People) -> None:
    request = PaperRequest((PaperKind.REVIEW,), YEAR, (people.deputy, people.committee))

    with pytest.raises(NotFound) as said:
        preview_pdf(year_ws, request)

    assert str(said.value) == (
        "Chưa có giấy tờ nào của năm 2025 để in. Lê Văn Cường: chưa có bản kiểm điểm năm 2025 "
        "(và 1 trường hợp nữa). Đồng chí chọn người khác, hoặc in mẫu trắng để viết tay."
    )
    with pytest.raises(NotFound, match="mở lại danh sách"):
        plan_papers(year_ws, PaperRequest((PaperKind.REVIEW,), YEAR, ("khong-co",)))


def test_a_year_without_rules_has_no_review_but_its_register(year_ws: Workspace, people: People) -> None:
    with pytest.raises(NoRules):
        plan_papers(year_ws, PaperRequest((PaperKind.REVIEW,), 2011))

    assert plan_papers(year_ws, PaperRequest((PaperKind.REGISTER,), 2011, blank=True)).sheet_count == 4


def test_a_target_that_cannot_be_written_leaves_nothing_behind(year_ws: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "thu-muc.pdf"
    target.mkdir()

    with pytest.raises(FileUnwritable):
        save_pdf(year_ws, PaperRequest((PaperKind.PLEDGE,), YEAR), target)

    assert list(tmp_path.glob("*.tam")) == []


class Stopping:
    """Stops at the first step, remembering what was reported."""

    def step(self, done: int, total: int, label: str) -> None:
        self.seen = (done, total, label)
        raise Cancelled


def test_printing_can_be_stopped(year_ws: Workspace, tmp_path: Path) -> None:
    watch = Stopping()
    request = PaperRequest((PaperKind.PLEDGE,), YEAR, blank=True)

    with pytest.raises(Cancelled):
        save_pdf(year_ws, request, tmp_path / "x.pdf", watch)
    assert watch.seen[:2] == (1, 4)
    with pytest.raises(Cancelled):
        preview_pdf(year_ws, request, watch)
    assert list(tmp_path.glob("*.*")) == []


@contextmanager
def counted_selects(ws: Workspace) -> Iterator[list[str]]:
    said: list[str] = []

    def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            said.append(statement)

    event.listen(ws.engine, "before_cursor_execute", heard)
    yield said
    event.remove(ws.engine, "before_cursor_execute", heard)


def test_the_book_is_read_in_as_many_selects_for_many_members_as_for_few(year_ws: Workspace) -> None:
    request = PaperRequest(OF_THE_YEAR, YEAR, blank=False)
    with counted_selects(year_ws) as few:
        preview_pdf(year_ws, request)
    for number in range(10):
        member_id = add_member(year_ws, f"Người {chr(ord('A') + number)}")
        write_review(year_ws, member_id)

    with counted_selects(year_ws) as many:
        preview_pdf(year_ws, request)

    assert len(many) == len(few) < 45


def test_points_on_paper_are_the_points_in_the_book(year_ws: Workspace, people: People) -> None:
    page = open_review(year_ws, ReviewKey(people.plain, YEAR))
    first, *rest = page.review.scores
    lower = replace(first, self_score=(first.self_score or Decimal(0)) - Decimal("0.5"))
    save_review(year_ws, replace(page.review, scores=(lower, *rest)))

    text = previewed(year_ws, PaperKind.REVIEW)

    assert "Nhóm tiêu chí chung: 29,5/30" in text
    assert "Tổng điểm: 99,5/100" in text
