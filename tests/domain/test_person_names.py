"""Names of people: capitals and spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.legacy_encoding import LegacyEncoding, encoding_of_list, legacy_encoding
from app.domain.person_names import has_odd_case, name_key, proper_case

PEOPLE = [
    "Nguyễn Thị Ái",
    "Tôn Nữ Hoàng Khánh Ly Phương Anh",
    "H'Linh Niê",
    "Y Moan Êñuôl",
    "Y Mơ\u0306r Kpă",
    "Vàng A Sùng",
    "Đặng Thị M'Nốt",
    "Hồ Ê",
    "Ayŭn H'Bia",
]


@pytest.mark.parametrize("person", PEOPLE)
def test_capitals_and_small_letters_become_a_proper_name(person: str) -> None:
    assert proper_case(person.upper()) == person
    assert proper_case(f"  {person.lower()} ") == person
    assert has_odd_case(person.upper())
    assert not has_odd_case(f" {person} ")


@given(st.text(max_size=30))
def test_a_proper_name_stays_as_it_is(text: str) -> None:
    assert proper_case(proper_case(text)) == proper_case(text)
    assert not has_odd_case(proper_case(text))


def test_a_word_with_mixed_capitals_is_left_to_its_bearer() -> None:
    assert proper_case("McDonald LAN") == "McDonald Lan"


def test_spellings_of_one_name_are_alike() -> None:
    assert name_key("NGUYỄN THÚY  HÒA") == name_key("Nguyễn Thuý Hoà")
    assert name_key("H’Linh Niê") == name_key("h'linh niê")
    assert name_key("Nguyễn Thị Hòa") != name_key("Nguyễn Thị Hoa")


@pytest.mark.parametrize(
    "person", [*PEOPLE, "Huỳnh Thị Ý", "Ngô Ngọc Bích", "Nguyễn Thuý Hoà", "Lữ Hoạt", "Oách"]
)
def test_unicode_names_are_not_taken_for_old_encodings(person: str) -> None:
    assert legacy_encoding(person) is None
    assert legacy_encoding(person.upper()) is None


@pytest.mark.parametrize(
    ("written", "encoding"),
    [
        ("NguyÔn V¨n ¸nh", LegacyEncoding.TCVN3),
        ("TrÇn ThÞ §µo", LegacyEncoding.TCVN3),
        ("Ph¹m §øc Th¾ng", LegacyEncoding.TCVN3),
        ("Nguyeãn Vaên Aùnh", LegacyEncoding.VNI),
        ("Traàn Thò Ñaøo", LegacyEncoding.VNI),
        ("Phaïm Ñöùc Thaéng", LegacyEncoding.VNI),
    ],
)
def test_old_encodings_are_recognised(written: str, encoding: LegacyEncoding) -> None:
    assert legacy_encoding(written) is encoding


def test_a_list_is_old_when_many_of_its_names_are() -> None:
    assert encoding_of_list(["NguyÔn V¨n ¸nh", "Le An", "TrÇn ThÞ §µo"]) is LegacyEncoding.TCVN3
    assert encoding_of_list([*PEOPLE, "NguyÔn V¨n ¸nh"]) is None
    assert encoding_of_list([]) is None
