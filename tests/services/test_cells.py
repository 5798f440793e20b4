"""The cell's settings and its dated names."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.cell import CellName, LevelScale
from app.domain.errors import Conflict, NotAllowed, ValidationFailed
from app.services.cells import get_cell, save_name, save_settings
from app.services.workspace import Workspace

RENAMED = CellName("ĐẢNG BỘ  XÃ HÒA SƠN", "CHI BỘ SỐ 4", "Hòa Sơn", valid_from=date(2026, 7, 1))


def test_settings_are_kept(secretary_ws: Workspace) -> None:
    save_settings(secretary_ws, 5, LevelScale.TWO, "Q144", 1)

    cell = get_cell(secretary_ws)
    assert (cell.due_day, cell.level_scale, cell.content_set, cell.version) == (5, LevelScale.TWO, "Q144", 2)


def test_settings_changed_meanwhile_are_not_overwritten(secretary_ws: Workspace) -> None:
    save_settings(secretary_ws, 5, LevelScale.TWO, "Q144", 1)

    with pytest.raises(Conflict):
        save_settings(secretary_ws, 10, LevelScale.TEN, "Q101", 1)

    assert get_cell(secretary_ws).due_day == 5


@pytest.mark.parametrize("day", [0, 29, 31])
def test_due_day_no_month_is_without_is_asked_for(secretary_ws: Workspace, day: int) -> None:
    with pytest.raises(ValidationFailed, match="từ 1 đến 28"):
        save_settings(secretary_ws, day, LevelScale.FOUR, "Q101", 1)


def test_new_name_leaves_older_papers_theirs(secretary_ws: Workspace) -> None:
    name_id = save_name(secretary_ws, RENAMED)

    cell = get_cell(secretary_ws)
    assert cell.name_on(date(2026, 6, 30)).own == "CHI BỘ THÔN ĐỒNG TIẾN"
    assert cell.name_on(date(2026, 7, 1)) == replace(RENAMED, upper="ĐẢNG BỘ XÃ HÒA SƠN", id=name_id)


def test_name_is_corrected_in_place(secretary_ws: Workspace) -> None:
    name_id = save_name(secretary_ws, RENAMED)

    assert save_name(secretary_ws, replace(RENAMED, id=name_id, own="CHI BỘ SỐ 5")) == name_id

    assert [name.own for name in get_cell(secretary_ws).names] == ["CHI BỘ SỐ 5", "CHI BỘ THÔN ĐỒNG TIẾN"]


def test_name_that_is_not_whole_is_refused(secretary_ws: Workspace) -> None:
    with pytest.raises(ValidationFailed):
        save_name(secretary_ws, replace(RENAMED, own=" "))

    assert len(get_cell(secretary_ws).names) == 1


def test_member_changes_neither_settings_nor_name(plain_ws: Workspace) -> None:
    with pytest.raises(NotAllowed):
        save_settings(plain_ws, 5, LevelScale.TWO, "Q144", 1)
    with pytest.raises(NotAllowed):
        save_name(plain_ws, RENAMED)
