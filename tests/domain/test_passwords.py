"""What the program takes as a password for the book, and what it says of one it does not take."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.passwords import DEMO_PASSWORD, problems_in_password, seen_letters


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("", "đang có 0"),
        ("chín chữ", "đang có 8"),
        ("          ", "đang có 0"),
        ("0912345678", "chỉ có số"),
        ("19/05/1985", "chỉ có số"),
        ("aaaaaaaaaaaa", "lặp mãi"),
        ("ắắắắắắắắắắắ", "lặp mãi"),
        ("AaAaAaAaAaAa", "lặp mãi"),
        (DEMO_PASSWORD, "sổ mẫu"),
        (" So-Mau ", "sổ mẫu"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password: str, word: str) -> None:
    (problem,) = problems_in_password(password)

    assert problem.field == "password"
    assert word in problem.message


@pytest.mark.parametrize("password", ["trâu ra bờ giếng", "mười chữ aA", "giữ lời hứa", "xK9 vườn nhãn 1987"])
def test_a_phrase_is_taken(password: str) -> None:
    assert problems_in_password(password, password) == ()


def test_letters_are_counted_as_the_person_sees_them() -> None:
    typed = unicodedata.normalize("NFD", "Đẵn gỗ rừ")

    assert len(typed) > 10
    assert seen_letters(typed) == 9
    assert "đang có 9" in problems_in_password(typed)[0].message
    assert seen_letters("ơ̆ư̆") == 2


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_the_way_of_typing_marks_makes_no_difference(password: str) -> None:
    apart = unicodedata.normalize("NFD", password)
    together = unicodedata.normalize("NFC", password)

    assert problems_in_password(apart, together) == problems_in_password(together, apart)


def test_two_different_typings_are_told_at_the_second() -> None:
    (problem,) = problems_in_password("trâu ra bờ giếng", "trâu ra bờ giêng")

    assert (problem.field, "chưa giống nhau" in problem.message) == ("again", True)
