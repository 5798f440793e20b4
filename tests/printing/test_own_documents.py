"""The cell's own documents on paper: number and star in the head, abstract, receivers, a line at the foot."""

from app.domain.paper import (
    Letterhead,
    PageStyle,
    Paper,
    Paragraph,
    Signature,
    SignatureBlock,
    TitleBlock,
    plain,
)
from app.printing.pdf import pdf_bytes
from tests.printing.printed import flowing, ink, picture, printed, read, read_pages

HEAD = Letterhead("ĐẢNG BỘ XÃ HÒA SƠN", "CHI BỘ THÔN ĐỒNG TIẾN", "Hòa Sơn, ngày 05 tháng 12 năm 2025")
SECRETARY = Signature(("T/M CHI BỘ",), title="BÍ THƯ", name="Trương Đình Lộc")


def numbered(number: str) -> Letterhead:
    """The head of a document with this number."""
    return Letterhead(HEAD.upper, HEAD.own, HEAD.place_date, number=number)


def test_the_number_stands_under_a_star_below_the_cells_name() -> None:
    assert read(numbered("Số 05-BC/CB"))[:4] == [HEAD.upper, HEAD.own, "*", "Số 05-BC/CB"]
    assert "*" not in read(HEAD)


def test_the_room_for_a_number_not_yet_given_stays_open() -> None:
    given, open_room = (picture(printed(numbered(number))) for number in ("Số-BC/CB", "Số          -BC/CB"))

    def width(page_index: int) -> int:
        page = (given, open_room)[page_index]
        columns = [x for x in range(85, 300) if ink(page, x, 118, x + 1, 135)]
        return columns[-1] - columns[0]

    assert width(1) > width(0) + 25


def test_a_ballot_has_no_date_under_the_partys_name() -> None:
    assert read(Letterhead(HEAD.upper, HEAD.own, ""))[-1] == HEAD.party


def test_the_abstract_is_bold_under_the_name_and_a_short_rule_stands_below() -> None:
    title = TitleBlock(("BÁO CÁO",), abstract=("Kết quả kiểm điểm năm 2025",), size=16)
    assert read(title) == ["BÁO CÁO", "Kết quả kiểm điểm năm 2025"]

    def longest(block: TitleBlock) -> int:
        page = picture(printed(block))
        lengths = (
            max((x for x in range(250, 400) if ink(page, x, y, x + 1, y + 1)), default=0)
            - min((x for x in range(250, 400) if ink(page, x, y, x + 1, y + 1)), default=0)
            for y in range(90, 120)
            if ink(page, 315, y, 340, y + 1) == 25
        )
        return max(lengths, default=0)

    ruled = TitleBlock(title.lines, abstract=title.abstract, size=16, ruled=True)
    assert longest(title) == 0
    assert 55 <= longest(ruled) <= 70


def test_those_who_receive_a_paper_stand_at_the_left_of_its_one_signature() -> None:
    receivers = ("Đảng ủy xã Hòa Sơn (báo cáo)", "Lưu Chi bộ.")
    words = read(Paragraph(plain("Trên đây là báo cáo.")), SignatureBlock((SECRETARY,), receivers))
    assert words[1:4] == ["Nơi nhận:", "- Đảng ủy xã Hòa Sơn (báo cáo)", "- Lưu Chi bộ."]
    assert words[4:] == ["T/M CHI BỘ", "BÍ THƯ", "Trương Đình Lộc"]


def test_many_receivers_make_the_place_to_sign_higher_and_nothing_is_lost() -> None:
    receivers = tuple(f"Đảng ủy viên thứ {number}" for number in range(30))
    words = flowing(" ".join(read(SignatureBlock((SECRETARY,), receivers), Paragraph(plain("Hết.")))))
    assert all(f"- {receiver}" in words for receiver in receivers)
    assert words.endswith("Hết.")


def test_the_secretarys_title_is_not_bold() -> None:
    def dark(title: str, formula: tuple[str, ...]) -> int:
        page = picture(printed(SignatureBlock((Signature(formula, title=title),))), dpi=144)
        return ink(page, 600, 100, page.width, 400)

    assert dark("PHÓ BÍ THƯ", ()) < dark("", ("PHÓ BÍ THƯ",))


def test_the_foot_stands_small_at_the_foot_of_every_page() -> None:
    body = tuple(Paragraph(plain(f"dòng {number}"), space_after=0) for number in range(45))
    reopened = "Năm 2025 mở lại ngày 05/02/2026: bổ sung kết quả xếp loại."
    paper = Paper("Báo cáo", "Chi bộ", body, PageStyle(), foot=reopened)
    pages = read_pages(pdf_bytes([paper], "Thử"))
    assert [page.split("\n")[-1] for page in pages] == [reopened, reopened]
    assert "dòng 37" in pages[0]
    assert ink(picture(pdf_bytes([paper], "Thử")), 85, 790, 400, 820) > 0
