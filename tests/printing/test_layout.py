"""Pages an official would not send back: nothing alone at a foot, nothing torn that belongs together."""

from collections.abc import Sequence

import pytest

from app.domain.paper import (
    Block,
    Cell,
    CheckLine,
    CheckOption,
    Column,
    Cover,
    DottedLines,
    FieldLine,
    Gap,
    HeadGroup,
    Heading,
    Labelled,
    Letterhead,
    PageBreak,
    PageStyle,
    Paragraph,
    Signature,
    SignatureBlock,
    Table,
    TitleBlock,
    plain,
)
from app.printing.pdf import count_pages, pdf_bytes
from app.printing.preview import PageImages
from tests.printing.printed import SENTENCE, flowing, ink, paper, picture, printed, read, read_pages

LINES_PER_PAGE = 38
SIGNED = SignatureBlock((Signature(("NGƯỜI TỰ KIỂM ĐIỂM",), "(Ký, ghi rõ họ tên)", name="Trần Thị An"),))


def filler(lines: int) -> list[Block]:
    """Body lines of one line each."""
    return [Paragraph(plain(f"dòng {number}"), space_after=0) for number in range(lines)]


def page_of(pages: Sequence[str], words: str) -> int:
    (found,) = [number for number, page in enumerate(pages) if words in page]
    return found


@pytest.mark.parametrize("before", range(LINES_PER_PAGE - 8, LINES_PER_PAGE + 1))
def test_a_heading_has_two_lines_of_its_text_below_it(before: int) -> None:
    pages = read_pages(
        printed(
            *filler(before),
            Heading("I. Ưu điểm"),
            Heading("1. Về đạo đức", 2),
            Paragraph(plain(SENTENCE * 4)),
        )
    )
    page = pages[page_of(pages, "I. Ưu điểm")].split("\n")
    assert len(page) - page.index("I. Ưu điểm") >= 4
    assert len(page) - page.index("1. Về đạo đức") >= 3


@pytest.mark.parametrize("before", range(LINES_PER_PAGE - 5, LINES_PER_PAGE + 1))
def test_no_single_line_of_a_paragraph_stands_alone(before: int) -> None:
    text = SENTENCE * 5
    pages = read_pages(printed(*filler(before), Paragraph(plain(text))))
    parts = [
        [line for line in page.split("\n")[number > 0 :] if not line.startswith("dòng")]
        for number, page in enumerate(pages)
    ]
    assert flowing(" ".join(" ".join(part) for part in parts)) == text.strip()
    assert all(len(part) != 1 for part in parts)


@pytest.mark.parametrize("before", range(LINES_PER_PAGE - 12, LINES_PER_PAGE + 2))
def test_a_signature_is_whole_and_two_body_lines_come_before_it(before: int) -> None:
    pages = read_pages(printed(*filler(before), SIGNED))
    page = pages[page_of(pages, "NGƯỜI TỰ KIỂM ĐIỂM")].split("\n")
    assert page[-3:] == ["NGƯỜI TỰ KIỂM ĐIỂM", "(Ký, ghi rõ họ tên)", "Trần Thị An"]
    assert page[-5].startswith("dòng")


def test_a_signature_draws_its_heading_and_two_lines_over_with_it() -> None:
    blocks = (*filler(LINES_PER_PAGE - 4), Paragraph(plain(SENTENCE * 2)), Heading("Xác nhận"), SIGNED)
    pages = read_pages(printed(*blocks))
    assert len(pages) == 2
    assert pages[1].split("\n")[-4] == "Xác nhận"
    assert len(pages[1].split("\n")) == 1 + 3 + 4


@pytest.mark.parametrize("before", range(LINES_PER_PAGE - 28, LINES_PER_PAGE - 10))
def test_a_later_signature_takes_its_own_lines_with_it_and_leaves_the_one_before(before: int) -> None:
    upper = SignatureBlock((Signature(("T/M ĐẢNG ỦY",), name="Lý Thị Mai"),))
    blocks = (*filler(before), SIGNED, Paragraph(plain("Đảng ủy xếp loại:")), upper)
    pages = read_pages(printed(*blocks))
    first, last = page_of(pages, "NGƯỜI TỰ KIỂM ĐIỂM"), page_of(pages, "T/M ĐẢNG ỦY")
    assert page_of(pages, "Đảng ủy xếp loại:") == last
    if first == last == 1:
        # Both went over only because the first did not fit behind its two lines.
        assert before > LINES_PER_PAGE - 12
    assert pages[first].index("dòng") < pages[first].index("NGƯỜI TỰ KIỂM ĐIỂM")


def test_signatures_stand_side_by_side_with_names_level() -> None:
    one = Signature(("NGƯỜI GHI BIÊN BẢN",), name="Đỗ Minh Khôi")
    other = Signature(("T/M CHI BỘ",), title="BÍ THƯ", name="Trương Đình Lộc", date_line="Hòa Sơn, ngày 12")
    page = picture(printed(SignatureBlock((one, other))))
    half = page.width // 2 + 20
    rows = [y for y in range(page.height) if ink(page, 85, y, half, y + 1)]
    other_rows = [y for y in range(page.height) if ink(page, half, y, page.width, y + 1)]
    assert abs(rows[-1] - other_rows[-1]) <= 4
    assert other_rows[0] < rows[0]


def long_table(rows: int, text: str = SENTENCE) -> Table:
    columns = (Column("TT", 1), Column("Việc làm", 8), Column("Quý một", 2), Column("Quý hai", 2))
    cells = tuple((Cell(plain(f"{n}.")), Cell(plain(text)), Cell(plain("Tốt"), span=2)) for n in range(rows))
    return Table(columns, cells, groups=(HeadGroup("Tự đánh giá", 2, 2),))


def test_a_table_repeats_both_rows_of_its_head_on_every_page() -> None:
    pages = read_pages(printed(long_table(50)))
    assert len(pages) > 2
    for page in pages:
        head = flowing(page).split("Tốt")[0]
        assert all(words in head for words in ("TT", "Việc làm", "Tự đánh giá", "Quý một", "Quý hai"))
    assert [f"{n}." in flowing(" ".join(pages)) for n in range(50)] == [True] * 50


def test_a_cell_of_ten_thousand_letters_goes_over_pages_without_loss() -> None:
    pages = read_pages(printed(long_table(1, "ữ" * 10_000), *filler(1)))
    assert "".join(pages).count("ữ") == 10_000
    assert all("Tự đánh giá" in page for page in pages)
    assert pages[-1].endswith("dòng 0")


@pytest.mark.parametrize("before", range(LINES_PER_PAGE - 12, LINES_PER_PAGE))
def test_a_small_table_to_be_kept_together_is_not_torn_apart(before: int) -> None:
    rows = tuple((Cell(plain(f"Số việc {n}")), Cell(plain(str(n)))) for n in range(8))
    sums = Table((Column("Nội dung", 4), Column("Số", 1)), rows, keep_together=True)
    pages = read_pages(printed(*filler(before), Heading("III. Tổng hợp"), sums))
    assert len({page_of(pages, words) for words in ("III. Tổng hợp", "Số việc 0", "Số việc 7")}) == 1


@pytest.mark.parametrize("before", range(LINES_PER_PAGE - 12, LINES_PER_PAGE))
def test_the_last_row_of_a_table_is_never_alone_under_its_head(before: int) -> None:
    rows = tuple((Cell(plain(f"việc {n}")),) for n in range(9))
    pages = read_pages(printed(*filler(before), Table((Column("Việc", 1),), rows)))
    assert page_of(pages, "việc 7") == page_of(pages, "việc 8")


def test_a_row_that_fits_a_page_is_moved_rather_than_cut() -> None:
    table = Table((Column("Việc", 1),), ((Cell(plain(SENTENCE * 6)),),))
    pages = read_pages(printed(*filler(LINES_PER_PAGE - 5), table))
    assert SENTENCE.split(",")[0] not in pages[0]
    assert "Việc" not in pages[0]


def test_rows_keep_their_least_height_and_blank_tables_keep_their_rules() -> None:
    blank = Table((Column("", 1), Column("", 1)), ((Cell(), Cell()), (Cell(), Cell())), min_row_height=20)
    page = picture(printed(blank))
    column = 300 if not ink(page, 300, 50, 301, 700) else 200
    rows = [y for y in range(page.height) if ink(page, column, y, column + 40, y + 1) == 40]
    assert rows[-1] - rows[0] == pytest.approx(2 * 20 * 72 / 25.4, abs=2)


@pytest.mark.parametrize(
    ("state", "drawn"),
    [
        ("not_submitted", True),
        ("submitted", True),
        ("confirmed", True),
        ("late", True),
        ("excused", True),
        ("not_required", True),
        ("future", False),
    ],
)
def test_every_month_state_has_its_sign(state: str, drawn: bool) -> None:
    page = picture(printed(Table((Column("", 1),), ((Cell(mark=state),),), min_row_height=10)))
    middle = 85 + round(165 / 2 * 72 / 25.4)
    assert (ink(page, middle - 8, 63, middle + 8, 85) > 0) is drawn


def test_a_ticked_box_has_more_ink_than_an_empty_one() -> None:
    empty = picture(printed(CheckLine((CheckOption("Tốt"),))))
    ticked = picture(printed(CheckLine((CheckOption("Tốt", checked=True),))))
    assert 0 < ink(empty, 84, 55, 97, 80) < ink(ticked, 84, 55, 97, 80)


def test_options_too_wide_for_one_line_stand_in_columns_under_their_lead() -> None:
    grades = (
        "Hoàn thành xuất sắc nhiệm vụ",
        "Hoàn thành tốt nhiệm vụ",
        "Hoàn thành nhiệm vụ",
        "Không hoàn thành",
    )
    lines = read(CheckLine(tuple(CheckOption(grade) for grade in grades), lead="Tự nhận:"))
    assert lines == [
        "Tự nhận:",
        f"☐ {grades[0]} ☐ {grades[1]}",
        f"☐ {grades[2]} ☐ {grades[3]}",
    ]


def test_the_head_stands_in_two_halves_with_the_rule_as_long_as_the_partys_name() -> None:
    head = Letterhead(
        "ĐẢNG BỘ ỦY BAN NHÂN DÂN XÃ HÒA SƠN",
        "CHI BỘ VĂN PHÒNG HỘI ĐỒNG NHÂN DÂN VÀ ỦY BAN NHÂN DÂN",
        "Hòa Sơn, ngày 12 tháng 12 năm 2025",
        form_number="Mẫu 02B-HD KĐ.ĐG 2025",
    )
    lines = read(head, TitleBlock(("BẢN KIỂM ĐIỂM",), ("Năm 2025",)))
    assert lines[0] == "Mẫu 02B-HD KĐ.ĐG 2025"
    assert flowing(" ".join(lines[1:-4])) == f"{head.upper} {head.own}"
    assert lines[-4:] == [head.party, head.place_date, "BẢN KIỂM ĐIỂM", "Năm 2025"]

    page = picture(printed(head))
    middle = page.width // 2
    lengths = {y: ink(page, middle - 20, y, page.width, y + 1) for y in range(57, 130)}
    assert max(lengths.values()) == pytest.approx(207, abs=6)


def test_blank_fields_are_dotted_and_filled_fields_share_the_line() -> None:
    fields = FieldLine((Labelled("Họ và tên", "Trần Thị An"), Labelled("Ngày sinh", None)))
    assert read(fields) == ["Họ và tên: Trần Thị An Ngày sinh:"]
    page = picture(printed(fields), dpi=144)
    assert ink(page, 920, 130, 1100, 155) > 20


def test_a_value_too_long_for_its_share_takes_lines_of_its_own() -> None:
    place = (
        "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã Hòa Sơn, tỉnh Thuận An, tổ công tác lưu động số 2"
    )
    lines = read(FieldLine((Labelled("Đơn vị công tác:", place), Labelled("Chi bộ", None))))
    assert flowing(" ".join(lines)) == f"Đơn vị công tác: {place} Chi bộ:"
    assert len(lines) == 3


def test_dotted_lines_go_over_pages() -> None:
    assert count_pages(paper(DottedLines(10))) == 1
    assert count_pages(paper(DottedLines(50))) == 2


def test_lines_to_write_on_stay_with_the_words_that_ask_for_them() -> None:
    asked = FieldLine((Labelled("Nhận xét", None),))
    pages = read_pages(printed(*filler(LINES_PER_PAGE - 2), Heading("Đánh giá"), asked, DottedLines(3)))
    assert pages[1].split("\n") == ["2", "Đánh giá", "Nhận xét:"]


def test_pages_are_numbered_from_the_second_and_anew_in_each_paper() -> None:
    two = paper(*filler(LINES_PER_PAGE * 2))
    pages = read_pages(pdf_bytes([two, two], "Hai bản"))
    assert [page.split("\n")[0] for page in pages] == ["dòng 0", "2", "dòng 0", "2"]
    bare = paper(*filler(LINES_PER_PAGE * 2), style=PageStyle(numbered=False))
    assert [page.split("\n")[0] for page in read_pages(pdf_bytes([bare], "Không số"))] == [
        "dòng 0",
        "dòng 38",
    ]


def test_the_page_number_stands_in_the_middle_of_the_top_margin() -> None:
    page = picture(printed(*filler(LINES_PER_PAGE + 1)), 1)
    middle = 85 + round(165 / 2 * 72 / 25.4)
    assert ink(page, middle - 8, 20, middle + 8, 45) > 0
    assert ink(page, 0, 0, page.width, 20) == 0


def test_a_cover_is_a_page_of_its_own_in_a_frame() -> None:
    front = Cover(
        ("ĐẢNG BỘ XÃ", "CHI BỘ THÔN"), ("SỔ ĐĂNG KÝ", "NÊU GƯƠNG"), (Labelled("Họ và tên", "An"),), "2025"
    )
    pdf = printed(*filler(1), front, *filler(1))
    assert read_pages(pdf)[1].split("\n") == [
        "2", "ĐẢNG BỘ XÃ", "CHI BỘ THÔN", "SỔ ĐĂNG KÝ", "NÊU GƯƠNG", "Họ và tên: An", "2025",
    ]  # fmt: skip
    assert read_pages(pdf)[2] == "3\ndòng 0"
    assert ink(picture(pdf, 1), 84, 100, 92, 700) > 600


def test_breaks_and_gaps_shape_pages() -> None:
    assert read_pages(printed(PageBreak(), *filler(1), PageBreak(), Gap(50), *filler(1), PageBreak())) == [
        "dòng 0",
        "2\ndòng 0",
    ]
    assert count_pages(paper(*filler(LINES_PER_PAGE - 1), Gap(20), *filler(1))) == 2


def test_landscape_sheets_lie() -> None:
    with PageImages(printed(*filler(1), style=PageStyle(landscape=True))) as pages:
        assert pages.page_size_mm(0) == pytest.approx((297, 210), abs=0.1)


def test_counting_pages_agrees_with_printing_them() -> None:
    blocks = (*filler(30), long_table(20), SIGNED)
    assert count_pages(paper(*blocks)) == len(read_pages(printed(*blocks)))
