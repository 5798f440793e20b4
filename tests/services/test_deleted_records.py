"""Mục đã xóa: what was taken out of the book is listed by name and put back whole."""

from datetime import date

import pytest

from app.domain.errors import NotAllowed
from app.domain.member import DatedStatus, StatusKind
from app.domain.voting import RoundKind
from app.services.deleted_records import list_deleted, restore_deleted
from app.services.history import list_actions
from app.services.meetings import delete_meeting, open_meeting, restore_meeting
from app.services.members import add_status, get_member, remove_status, save_posts
from app.services.undo import can_undo, undo_action
from app.services.votes import add_round
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.services.deeds import stored, told
from tests.services.held_meeting import hold

SICK = DatedStatus(StatusKind.SICK, date(2026, 3, 2))


def test_what_was_taken_out_is_told_by_name_with_who_and_when(
    secretary_ws: Workspace, people: People
) -> None:
    assert list_deleted(secretary_ws) == ()

    remove_status(secretary_ws, add_status(secretary_ws, people.plain, SICK))

    (found,) = list_deleted(secretary_ws)
    assert (found.name, found.line.who) == ("Tình trạng của Nguyễn Văn Đạt", "Trần Thị Bình")
    assert found.facts == "tình trạng “nghỉ ốm”; từ ngày “02/03/2026”"
    assert list_deleted(secretary_ws, "nghi om dat") == (found,)
    assert list_deleted(secretary_ws, "bình minh") == ()


def test_record_put_back_is_as_it_was_and_leaves_the_list(secretary_ws: Workspace, people: People) -> None:
    status_id = add_status(secretary_ws, people.plain, SICK)
    before = get_member(secretary_ws, people.plain).statuses
    remove_status(secretary_ws, status_id)
    (found,) = list_deleted(secretary_ws)

    line = restore_deleted(secretary_ws, found.line.id, found.id)

    assert line.name == "Lấy lại tình trạng của Nguyễn Văn Đạt"
    assert get_member(secretary_ws, people.plain).statuses == before
    assert list_deleted(secretary_ws) == ()
    with pytest.raises(NotAllowed, match="đã được lấy lại rồi"):
        restore_deleted(secretary_ws, found.line.id, found.id)


def test_taking_out_what_was_put_back_by_its_own_page_needs_no_undoing(
    secretary_ws: Workspace, people: People
) -> None:
    deleted = delete_meeting(secretary_ws, hold(secretary_ws).id)
    (taking_out,) = list_actions(secretary_ws, 1)

    restore_meeting(secretary_ws, deleted)

    assert can_undo(secretary_ws, taking_out.id) == "Buổi họp ngày 12/12/2025 đã được lấy lại rồi."


def test_meeting_comes_back_with_attendance_notes_and_votes(secretary_ws: Workspace, people: People) -> None:
    meeting = hold(secretary_ws)
    add_round(secretary_ws, meeting.id, RoundKind.FOUR_GRADES, [people.plain, people.deputy])
    before = {key: told(record) for key, record in stored(secretary_ws).items()}
    delete_meeting(secretary_ws, meeting.id)

    (found,) = list_deleted(secretary_ws)
    assert found.name == "Buổi họp ngày 12/12/2025"
    restore_deleted(secretary_ws, found.line.id, found.id)

    assert {key: told(record) for key, record in stored(secretary_ws).items()} == before
    assert open_meeting(secretary_ws, meeting.id)


def test_what_was_undone_is_no_longer_in_the_list(secretary_ws: Workspace, people: People) -> None:
    remove_status(secretary_ws, add_status(secretary_ws, people.plain, SICK))

    undo_action(secretary_ws, list_actions(secretary_ws, 1)[0].id)

    assert list_deleted(secretary_ws) == ()


def test_posts_written_anew_are_no_deletion(secretary_ws: Workspace, people: People) -> None:
    save_posts(secretary_ws, people.deputy, [])

    assert list_deleted(secretary_ws) == ()


def test_member_does_not_see_what_was_taken_out(plain_ws: Workspace) -> None:
    with pytest.raises(NotAllowed):
        list_deleted(plain_ws)
