"""Grades read from a copied column as offices write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.grade import Grade
from app.domain.grade_reading import read_column, read_grade


@pytest.mark.parametrize("grade", list(Grade))
def test_every_grade_is_read_in_full_and_short(grade: Grade) -> None:
    for words in (grade.label, grade.label.upper(), grade.short, grade.label.removesuffix(" nhiệm vụ")):
        assert read_grade(f"  {words} ") is grade


@given(st.text())
def test_whatever_is_pasted_is_read_without_a_crash(text: str) -> None:
    assert all(grade is None or isinstance(grade, Grade) for _cell, grade in read_column(text))


def test_a_column_from_excel_keeps_its_empty_cells() -> None:
    pasted = "HTT\r\n\r\nHoàn thành xuất sắc nhiệm vụ\r\n"

    assert read_column(pasted) == (
        ("HTT", Grade.GOOD),
        ("", None),
        ("Hoàn thành xuất sắc nhiệm vụ", Grade.EXCELLENT),
    )


def test_of_several_columns_the_last_one_counts() -> None:
    assert read_column("1\tNguyễn Văn Đạt\tHTT") == (("HTT", Grade.GOOD),)


def test_what_is_no_grade_is_kept_in_its_words() -> None:
    assert read_column("chưa xếp loại") == (("chưa xếp loại", None),)
