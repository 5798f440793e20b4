"""What people wrote is on the paper as they wrote it, whatever it is, and can be read back."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.paper import Align, CheckLine, CheckOption, Paragraph, Run, plain
from app.printing.faces import faces, plain_characters
from app.printing.letters import drawable
from tests.printing.printed import SENTENCE, flowing, ink, picture, printed, read, read_pages, streams

LETTERS = "aáàảãạăắằẳẵặâấầẩẫậbcdđeéèẻẽẹêếềểễệghiíìỉĩịklmnoóòỏõọôốồổỗộơớờởỡợpqrstuúùủũụưứừửữựvxyýỳỷỹỵ"
MINORITY = "Ơ̆ ơ̆ Ư̆ ư̆ Ê̆ ê̆ Ô̆ ô̆ b̆ č̆"


def test_long_text_is_read_back_whole_and_in_order() -> None:
    text = " ".join(f"{number}. {SENTENCE}" for number in range(60)).replace("  ", " ").strip()
    pages = read_pages(printed(Paragraph(plain(text))))

    bodies = [page.split("\n", 1)[1] if number else page for number, page in enumerate(pages)]
    assert len(pages) == 2
    assert flowing(" ".join(bodies)) == text


def test_spaces_stand_where_styles_change_and_nowhere_else() -> None:
    text = (Run("Họ tên"), Run(": ", bold=True), Run("An", bold=True, italic=True), Run(", nói "))
    assert read(Paragraph((*text, Run("“có”", italic=True), Run(" (rõ).")))) == ["Họ tên: An, nói “có” (rõ)."]


def test_markup_means_nothing() -> None:
    assert read(Paragraph(plain(r"<b>đậm</b> & \n (ngoặc) %s </para>"))) == [
        r"<b>đậm</b> & \n (ngoặc) %s </para>"
    ]


def test_decomposed_text_is_composed() -> None:
    text = "Đồng chí Nguyễn Ước giữ chức phó bí thư"
    assert read(Paragraph(plain(unicodedata.normalize("NFD", text)))) == [text]


def test_control_characters_go_and_tabs_are_spaces() -> None:
    assert read(Paragraph(plain("a\x00b\x07\tc\u200bd\u00ade\ufefff"))) == ["ab cdef"]


def test_line_breaks_start_paragraphs_and_blank_lines_are_closed_up() -> None:
    assert read(Paragraph(plain("một\r\n\r\nhai\u2028ba\n"))) == ["một", "hai", "ba"]


def test_characters_the_face_lacks_show_as_boxes_in_their_place() -> None:
    lines = read(Paragraph(plain("trước 漢😀 giữa ☐ sau")))
    assert lines == ["trước □□ giữa □ sau"]


def test_ten_thousand_letters_without_a_space_are_all_there() -> None:
    pages = read_pages(printed(Paragraph(plain("đ" * 10_000))))
    assert "".join(pages).count("đ") == 10_000
    with_neighbours = read(Paragraph((Run("đầu "), Run("ữ" * 500, bold=True), Run(" cuối"))))
    assert "".join(with_neighbours).replace(" ", "") == "đầu" + "ữ" * 500 + "cuối"


def test_long_words_are_cut_after_punctuation_where_there_is_some() -> None:
    lines = read(Paragraph(plain("thư-mục/tệp-" * 40)))
    assert len(lines) > 3
    assert all(line.endswith(("-", "/")) for line in lines)


@pytest.mark.parametrize("text", [MINORITY, "Y Bhơm Ayŭn, H’Linh Niê", "chữ q̣ x̱ m̌ ơ̆́ lạ", "\u0306mồ côi"])
def test_letters_with_marks_of_their_own_are_read_back(text: str) -> None:
    expected = text.replace("\u0306mồ", "◌\u0306mồ")
    assert read(Paragraph(plain(text))) == [unicodedata.normalize("NFC", expected)]
    assert read(Paragraph((Run(text, bold=True), Run(".")))) == [unicodedata.normalize("NFC", expected) + "."]


@pytest.mark.parametrize("cluster", ["ơ̆", "ê̆", "Ê̆", "Ư̆", "b̆"])
def test_a_mark_stands_over_the_middle_of_its_letter_and_above_its_ink(cluster: str) -> None:
    face = faces()[0]
    cluster = unicodedata.normalize("NFC", cluster)
    ((right, up),) = face.mark_places(cluster)
    mark, letter = face.box(cluster[1]), face.box(cluster[0])
    bowl = face.box(unicodedata.normalize("NFD", cluster[0])[0])
    pen = face.widths[cluster[0]] * 2.048

    middle = pen + right * 2.048 + (mark.left + mark.right) / 2
    assert middle == pytest.approx((bowl.left + bowl.right) / 2, abs=2)
    assert 0 < mark.bottom + up * 2.048 - letter.top < 250


def test_a_breve_leaves_ink_above_the_letter() -> None:
    bare = picture(printed(Paragraph(plain("ơ"), size=60)), dpi=72)
    marked = picture(printed(Paragraph(plain("ơ\u0306"), size=60)), dpi=72)
    left, top = 85, 57
    above = (left, top, left + 40, top + 24)
    assert ink(bare, *above) == 0
    assert ink(marked, *above) > 20


def test_more_than_one_subset_of_a_face_is_read_back() -> None:
    text = "".join(chr(code) for code in range(0xC0, 0x240)) + "бвгдж αβγδ"
    assert "".join(read(Paragraph(plain(text)))).replace(" ", "") == text.replace(" ", "")


def test_check_boxes_are_read_back_ticked_or_not() -> None:
    line = CheckLine((CheckOption("Tốt", checked=True), CheckOption("Kém")), lead="Mức:")
    assert read(line) == ["Mức: ☒ Tốt ☐ Kém"]


def test_justified_lines_reach_both_margins() -> None:
    page = picture(printed(Paragraph(plain(SENTENCE * 3), align=Align.JUSTIFY)))
    right = page.width - round(15 * 72 / 25.4)
    for line in range(2):
        top = 57 + line * 19
        assert ink(page, 84, top, 92, top + 19) > 0
        assert ink(page, right - 6, top, right + 1, top + 19) > 0
        assert ink(page, right + 2, top, page.width, top + 19) == 0


WRITTEN = st.text(
    st.one_of(st.sampled_from(LETTERS + LETTERS.upper() + " .,-()\n"), st.characters(codec="utf-8")),
    max_size=300,
)


@given(WRITTEN)
@settings(max_examples=60)
def test_anything_typed_becomes_words_that_can_be_drawn(text: str) -> None:
    words = drawable(text, plain_characters())
    assert all(
        char in plain_characters() or unicodedata.combining(char) or char in "◌\u00a0" for char in words
    )
    assert not words.isascii() or words.replace("\n", "").isprintable()
    operators = streams(printed(Paragraph(plain(text))))[0]
    assert operators.startswith(b"BT")


@given(st.text(st.sampled_from(LETTERS + LETTERS.upper() + " .,;:()“”"), min_size=1, max_size=400))
@settings(max_examples=40)
def test_vietnamese_is_read_back_to_the_letter(text: str) -> None:
    words = text.split()
    assert flowing("".join(read_pages(printed(Paragraph(plain(text)))))).replace(" ", "") == "".join(words)
