"""The code on the recovery sheet: what is mistyped is found, and in which group."""

import random
import secrets

from hypothesis import given
from hypothesis import strategies as st

from app.domain.recovery_code import ALPHABET, GROUPS, new_recovery_code, typed_code


def a_code(seed: int) -> str:
    return new_recovery_code(random.Random(seed).randrange)


codes = st.integers(0, 10_000).map(a_code)


def test_codes_differ_and_have_no_letter_that_is_mistaken_for_another() -> None:
    many = {new_recovery_code(secrets.randbelow) for _ in range(500)}

    assert len(many) == 500
    assert not set("".join(many)) & set("01ILO")
    assert all(typed_code(code).is_whole for code in many)


@given(
    codes,
    st.sampled_from([str.lower, str.upper, str.title]),
    st.sampled_from(["", " ", "-", "–", " . ", "\n"]),
)
def test_case_spaces_and_dashes_do_not_matter(code: str, case: type[str], between: str) -> None:
    typed = typed_code(case(code.replace("-", between)))

    assert (typed.code, typed.wrong_groups) == (code, ())


@given(codes, st.integers(0, 29), st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_found_in_its_group(code: str, place: int, letter: str) -> None:
    letters = list(code.replace("-", ""))
    if letters[place] == letter:
        return
    letters[place] = letter

    assert typed_code("".join(letters)).wrong_groups == (place // 5 + 1,)


@given(codes, st.integers(0, 28))
def test_two_neighbours_exchanged_within_a_group_are_found(code: str, place: int) -> None:
    letters = list(code.replace("-", ""))
    if place % 5 == 4 or letters[place] == letters[place + 1]:
        return
    letters[place], letters[place + 1] = letters[place + 1], letters[place]

    assert typed_code("".join(letters)).wrong_groups == (place // 5 + 1,)


@given(codes, st.integers(0, GROUPS - 2))
def test_groups_in_each_others_place_are_found(code: str, place: int) -> None:
    groups = code.split("-")
    if groups[place] == groups[place + 1]:
        return
    groups[place], groups[place + 1] = groups[place + 1], groups[place]

    assert {place + 1, place + 2} <= set(typed_code("-".join(groups)).wrong_groups)


def test_what_is_missing_or_too_much_is_named() -> None:
    code = a_code(1)

    assert typed_code("").wrong_groups == (1, 2, 3, 4, 5, 6)
    assert typed_code(code[:-1]).wrong_groups == (6,)
    assert typed_code(code[:17]).wrong_groups == (4, 5, 6) or typed_code(code[:17]).wrong_groups == (5, 6)
    assert typed_code(code + "-A2345").wrong_groups == (7,)


@given(st.text(max_size=60))
def test_any_text_at_all_is_no_code(text: str) -> None:
    assert not typed_code(text).is_whole or len([sign for sign in text.upper() if sign.isalnum()]) == 30
