"""Nhật ký: who did what, before and after, and what stays the writer's own."""

from dataclasses import replace

import pytest

from app.domain.dates import Month
from app.domain.errors import NotAllowed
from app.services.cells import get_cell, save_settings
from app.services.history import action_changes, list_actions
from app.services.members import get_member, save_member
from app.services.months import save_month, submit_month
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.builders import a_member, a_month, passed_pledge


def test_the_newest_action_comes_first_with_who_did_it(secretary_ws: Workspace) -> None:
    cell = get_cell(secretary_ws)
    save_settings(secretary_ws, 5, cell.level_scale, cell.content_set, cell.version)

    line = list_actions(secretary_ws, 10)[0]

    assert (line.name, line.who, line.change_count) == ("Sửa thiết lập của chi bộ", "Trần Thị Bình", 1)


def test_changes_are_told_before_and_after(secretary_ws: Workspace) -> None:
    cell = get_cell(secretary_ws)
    save_settings(secretary_ws, 5, cell.level_scale, cell.content_set, cell.version)

    (change,) = action_changes(secretary_ws, list_actions(secretary_ws, 1)[0].id)

    assert (change.record, change.field, change.old, change.new) == (
        "Thiết lập của chi bộ",
        "ngày hạn gửi",
        "3",
        "5",
    )


def test_work_for_somebody_else_names_both(secretary_ws: Workspace, people: People) -> None:
    pledge = passed_pledge(secretary_ws, people.plain)
    submit_month(secretary_ws, a_month(people.plain, Month(2026, 1), pledge.items))

    line = list_actions(secretary_ws, 1)[0]

    assert (line.who, line.on_behalf) == ("Trần Thị Bình", "Nguyễn Văn Đạt")


def test_drafts_of_others_are_left_out_and_words_are_never_repeated(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    pledge = passed_pledge(secretary_ws, people.plain)
    month = a_month(people.plain, Month(2026, 1), pledge.items)
    save_month(plain_ws, month)

    assert list_actions(secretary_ws, 1)[0].name.startswith("Chi bộ thông qua")
    submit_month(plain_ws, month)
    told = action_changes(secretary_ws, list_actions(secretary_ws, 1)[0].id)

    assert not any("chuyên đề" in change.old + change.new for change in told)


def test_one_members_actions_are_those_by_and_for_them(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    pledge = passed_pledge(secretary_ws, people.plain)
    submit_month(plain_ws, a_month(people.plain, Month(2026, 1), pledge.items))

    names = [line.name for line in list_actions(secretary_ws, 50, people.plain)]

    assert names == ["Gửi tự đánh giá tháng 1/2026", "Gửi đăng ký năm 2026"]


def test_card_numbers_are_masked_and_dates_readable(secretary_ws: Workspace) -> None:
    member_id = save_member(secretary_ws, a_member(full_name="Vi Thị Chiêm", card_number="012345678901"))
    draft = get_member(secretary_ws, member_id).record
    save_member(secretary_ws, replace(draft, card_number="012345678902"), member_id)

    added = action_changes(secretary_ws, list_actions(secretary_ws, 2)[1].id)

    by_field = {change.field: change.new for change in added}
    assert "5678" not in by_field["số thẻ"]
    assert by_field["ngày vào Đảng"] == "19/05/2010"


def test_a_plain_member_does_not_read_the_history(plain_ws: Workspace) -> None:
    with pytest.raises(NotAllowed):
        list_actions(plain_ws, 10)
