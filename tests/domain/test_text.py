"""Text as kept, searched and ordered; ICU's Vietnamese order (Qt's collator) is the oracle."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCollator, QLocale

from app.domain.text import clean_line, fold, mask_card, matches, nfc, sort_key

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VOWELS = "aăâeêioôơuưy"

letter = st.builds(
    lambda sign, tone, upper: unicodedata.normalize(
        "NFC", (sign.upper() if upper else sign) + (tone if sign in VOWELS else "")
    ),
    st.sampled_from(LETTERS),
    st.sampled_from(TONES),
    st.booleans(),
)
word = st.lists(letter, min_size=1, max_size=6).map("".join)
name = st.lists(word, min_size=1, max_size=4).map(" ".join)


@pytest.fixture(scope="module")
def icu() -> QCollator:
    return QCollator(QLocale("vi_VN"))


def sign(number: int) -> int:
    return (number > 0) - (number < 0)


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(name)
def test_letters_survive_cleaning_in_any_composition(text: str) -> None:
    assert nfc(unicodedata.normalize("NFD", text)) == text


def test_pasted_junk_goes_and_lines_stay() -> None:
    assert nfc("một\r\nhai\rba\x00\u200b\ufeff\xad\tbốn\x0bnăm") == "một\nhai\nba\tbốn\nnăm"
    assert clean_line(" \xa0Rơ\u202f  Thị\u200d \n Huệ ") == "Rơ Thị Huệ"
    assert nfc("a\ud800b").encode() == b"ab"


def test_marks_without_a_composed_form_are_kept() -> None:
    assert nfc("Y Mơ\u0306r") == "Y Mơ\u0306r"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng  Thị Phượng", "dang thi phuong"),
        ("H'Linh Niê", "hlinh nie"),
        ("H’Linh—Ayŭn", "hlinh ayun"),
        ("Nguyễn".upper(), "nguyen"),
    ],
)
def test_search_key_has_no_marks(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(name)
def test_search_key_does_not_depend_on_composition_or_capitals(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)
    assert fold(text.upper()) == fold(text.lower()) == fold(fold(text))


@pytest.mark.parametrize(
    ("query", "person", "found"),
    [
        ("hoa", "Đỗ Hữu Hòa", True),
        ("hoà", "Đỗ Hữu Hòa", True),
        ("hòa", "Đỗ Hữu Hoà", True),
        ("hóa", "Đỗ Hữu Hòa", False),
        ("hoa do", "Đỗ Hữu Hòa", True),
        ("đỗ hoa", "Đỗ Hữu Hòa", True),
        ("dỗ", "Đỗ Hữu Hòa", False),
        ("nguyê", "Nguyễn Văn Ánh", True),
        ("nguyên", "Nguyễn Văn Ánh", True),
        ("nguyền", "Nguyễn Văn Ánh", False),
        ("h'linh", "H’Linh Niê", True),
        ("hlinh", "H'Linh Niê", True),
        ("thuỷ", "Huỳnh Minh Thủy", True),
        ("", "Huỳnh Minh Thủy", True),
        ("?!", "Huỳnh Minh Thủy", True),
        ("ngô lan", "Ngô Thị Nga", False),
    ],
)
def test_search_with_marks_is_exact_and_without_marks_is_wide(query: str, person: str, found: bool) -> None:
    assert matches(query, nfc(person).lower(), fold(person)) is found


@given(name)
def test_everybody_is_found_by_the_own_name_typed_any_way(person: str) -> None:
    kept = nfc(person).lower(), fold(person)
    assert matches(person, *kept)
    assert matches(fold(person), *kept)
    assert matches(" ".join(reversed(person.split())), *kept)


@given(word, word)
def test_words_stand_as_icu_orders_vietnamese(one: str, other: str) -> None:
    icu = QCollator(QLocale("vi_VN"))
    ours = (sort_key(one) > sort_key(other)) - (sort_key(one) < sort_key(other))
    assert ours == sign(icu.compare(one, other))


def test_letters_stand_in_alphabetical_order(icu: QCollator) -> None:
    alphabet = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    assert sorted(reversed(alphabet), key=sort_key) == alphabet
    assert all(icu.compare(one, other) < 0 for one, other in pairwise(alphabet))


def test_tones_follow_letters() -> None:
    expected = ["ma", "mà", "mả", "mã", "má", "mạ", "man", "màn", "mán", "măm", "mằm", "mâm", "mầm"]
    assert sorted(reversed(expected), key=sort_key) == expected


def test_people_stand_by_given_name_then_family_then_middle_name() -> None:
    expected = [
        "Lò Văn An",
        "Nguyễn Thị An",
        "Nguyễn Văn An",
        "Nguyễn Văn Ánh",
        "Ê Ban",
        "Đinh Thị Dung",
        "Trần Đức",
        "Ngô Văn Giang",
        "Bùi Thị Hoa",
        "Bùi Thị Hòa",
        "Tôn Nữ Hòa",
    ]
    expected[4:4] = ["Y Ayŭn"]
    assert sorted(reversed(expected), key=sort_key) == expected


def test_a_given_name_may_be_said() -> None:
    assert sort_key("H'Linh Niê", "H'Linh") < sort_key("Trần Thị Hoa") < sort_key("H'Linh Niê")
    assert sort_key("Y Moan Êñuôl", "Y Moan") < sort_key("Lê An", "Y Moan Êñuôl")


@given(st.text(max_size=30), st.text(max_size=10))
def test_a_key_is_plain_printable_ascii(person: str, given_name: str) -> None:
    key = sort_key(person, given_name)
    assert key.isascii()
    assert key.isprintable()


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("030190000005", "•••• •••• 0005"),
        ("0301 9000 0005", "•••• •••• 0005"),
        ("12345678", "•••• 5678"),
        ("12345", "•••••"),
        ("", ""),
    ],
)
def test_card_numbers_show_four_digits_at_most(number: str, shown: str) -> None:
    assert mask_card(number) == shown
