"""Typing a recovery code back from paper: which group is wrong, and only that one."""

import secrets

from app.domain.recovery_code import new_recovery_code, typed_code, typed_groups


def test_small_letters_and_any_spaces_are_read_as_the_code() -> None:
    code = new_recovery_code(secrets.randbelow)

    assert typed_code(code.lower().replace("-", " ")).code == code
    assert typed_code(code.replace("-", "")).code == code
    assert typed_code(f" {code[:3]} {code[3:]}").code == code


def test_letter_left_out_makes_only_its_own_group_wrong() -> None:
    code = new_recovery_code(secrets.randbelow)

    assert typed_code(code[:7] + code[8:]).wrong_groups == (2,)


def test_letter_mistyped_names_its_group() -> None:
    code = new_recovery_code(secrets.randbelow)
    wrong = "2" if code[12] != "2" else "3"

    assert typed_code(code[:12] + wrong + code[13:]).wrong_groups == (3,)


def test_groups_are_shown_as_far_as_they_are_typed() -> None:
    assert typed_groups("abc-de fghij2") == ("ABC", "DE", "FGHIJ", "2")
