"""The cell: its dated name on papers, its scale of levels, what a new book needs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.cell import (
    Cell,
    CellKind,
    CellName,
    LevelScale,
    cleaned_name,
    problems_in_book,
    problems_in_name,
)
from tests.builders import a_book

OLD = CellName("ĐẢNG BỘ XÃ THÁI HÒA", "CHI BỘ THÔN ĐỒNG TIẾN", "Thái Hòa")
NEW = CellName("ĐẢNG BỘ XÃ HÒA SƠN", "CHI BỘ THÔN ĐỒNG TIẾN", "Hòa Sơn", valid_from=date(2025, 7, 1))


def a_cell(*names: CellName) -> Cell:
    return Cell("c", CellKind.SUBORDINATE, 3, LevelScale.FOUR, "Q101", 2024, False, names)


def test_paper_takes_the_name_of_its_own_date() -> None:
    cell = a_cell(NEW, OLD)

    assert cell.name_on(date(2025, 6, 30)) is OLD
    assert cell.name_on(date(2025, 7, 1)) is NEW


def test_date_before_every_name_takes_the_oldest() -> None:
    cell = a_cell(NEW, CellName("A", "B", "C", valid_from=date(2024, 1, 1), valid_to=date(2025, 6, 30)))

    assert cell.name_on(date(2020, 1, 1)).upper == "A"


@given(st.lists(st.dates(date(2018, 1, 1), date(2030, 1, 1)), min_size=1, max_size=5, unique=True))
def test_every_renaming_changes_the_name_on_its_first_day_and_not_before(starts: list[date]) -> None:
    names = [CellName(str(day), "own", "place", valid_from=day) for day in sorted(starts, reverse=True)]
    cell = a_cell(*names, CellName("first", "own", "place"))

    for newer, older in zip(cell.names, cell.names[1:], strict=False):
        assert newer.valid_from is not None
        assert cell.name_on(newer.valid_from) is newer
        assert cell.name_on(newer.valid_from - timedelta(days=1)) is older


def test_name_needs_both_header_lines_and_a_place() -> None:
    fields = [problem.field for problem in problems_in_name(CellName(" ", "", "\t"))]

    assert sorted(fields) == ["own", "place", "upper"]
    assert problems_in_name(OLD) == ()


def test_name_does_not_end_before_it_begins() -> None:
    for end, fields in ((date(2025, 6, 30), ["valid_to"]), (date(2025, 7, 1), [])):
        name = CellName("A", "B", "C", valid_from=date(2025, 7, 1), valid_to=end)
        assert [problem.field for problem in problems_in_name(name)] == fields


def test_name_is_tidied_and_keeps_its_case() -> None:
    assert cleaned_name(CellName(" Đảng bộ  xã ", "Chi bộ\u00a0thôn", "Hòa Sơn ")) == CellName(
        "Đảng bộ xã", "Chi bộ thôn", "Hòa Sơn"
    )


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"year": 2018}, []),
        ({"year": 2017}, ["year"]),
        ({"year": 2027}, []),
        ({"year": 2028}, ["year"]),
        ({"due_day": 28}, []),
        ({"due_day": 29}, ["due_day"]),
        ({"due_day": 0}, ["due_day"]),
        ({"own": ""}, ["own"]),
    ],
)
def test_new_book_needs_a_possible_year_and_due_day(changes: dict[str, object], fields: list[str]) -> None:
    assert [p.field for p in problems_in_book(a_book(**changes), date(2026, 3, 20))] == fields


def test_scales_go_from_best_to_worst() -> None:
    assert LevelScale.FOUR.levels[0] == "Tốt"
    assert LevelScale.TWO.levels == ("Đạt", "Chưa đạt")
    assert LevelScale.TEN.levels == tuple(str(points) for points in range(10, -1, -1))
