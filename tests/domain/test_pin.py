"""PINs: which digits will do, and waits that only grow."""

import random
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import BirthDate
from app.domain.pin import (
    FREE_TRIES,
    problem_in_pin,
    starting_pin,
    tries_left,
    wait_after,
    wait_left,
    wait_words,
)

BORN = BirthDate(1985, 4, 12)
NOW = datetime(2026, 3, 20, 8, 30)


@pytest.mark.parametrize("pin", ["2580", "1379", "71394", "713946", "1235", "9081"])
def test_ordinary_digits_will_do(pin: str) -> None:
    assert problem_in_pin(pin, BORN) == ""


@pytest.mark.parametrize(
    ("pin", "said"),
    [
        ("258", "từ 4 đến 6"),
        ("2580791", "từ 4 đến 6"),
        ("25a0", "chữ số"),
        ("²580", "chữ số"),
        ("", "chữ số"),
        ("7777", "lặp lại"),
        ("3456", "liền nhau"),
        ("876543", "liền nhau"),
        ("7890", "liền nhau"),
        ("4747", "từng đôi"),
        ("475475", "từng đôi"),
        ("1985", "năm sinh"),
        ("1204", "năm sinh"),
        ("120485", "năm sinh"),
        ("041985", "năm sinh"),
    ],
)
def test_what_is_easily_guessed_is_refused(pin: str, said: str) -> None:
    assert said in problem_in_pin(pin, BORN)


def test_a_birth_known_by_its_year_alone_is_enough() -> None:
    assert problem_in_pin("1956", BirthDate(1956))
    assert not problem_in_pin("1204", BirthDate(1985))


@given(st.integers())
def test_starting_pins_pass_their_own_rules(seed: int) -> None:
    assert problem_in_pin(starting_pin(random.Random(seed).randrange, BORN), BORN) == ""


@given(st.integers(0, 60))
def test_waits_never_get_shorter(failures: int) -> None:
    assert wait_after(failures) <= wait_after(failures + 1)
    assert (wait_after(failures) == timedelta(0)) == (tries_left(failures) > 0)


@given(st.integers(FREE_TRIES, 20), st.integers(-(10**7), 10**7), st.integers(0, 10**6))
def test_a_clock_set_back_never_shortens_a_wait(failures: int, seconds: int, back: int) -> None:
    failed_at = NOW
    now = failed_at + timedelta(seconds=seconds)

    left = wait_left(failures, failed_at, now)
    after_setting_back = wait_left(failures, failed_at, now - timedelta(seconds=back))

    assert 0 <= left <= after_setting_back <= wait_after(failures).total_seconds()


def test_a_wait_ends_at_its_second() -> None:
    assert wait_left(3, NOW, NOW) == 5
    assert wait_left(3, NOW, NOW + timedelta(seconds=4, milliseconds=900)) == 1
    assert wait_left(3, NOW, NOW + timedelta(seconds=5)) == 0
    assert wait_left(9, None, NOW) == 0


def test_waits_are_said_as_people_say_them() -> None:
    assert [wait_words(seconds) for seconds in (5, 60, 250, 3600)] == [
        "5 giây",
        "1 phút",
        "4 phút 10 giây",
        "60 phút",
    ]
