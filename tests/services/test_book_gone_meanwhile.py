"""The book's folder goes away and comes back while somebody works: nothing is lost, nothing starts anew."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.errors import BookInUse, BookUnavailable
from app.services.books import open_book
from app.services.drafts import find_draft, store_draft
from app.services.members import list_members
from app.services.workspace import Workspace
from tests.builders import add_member


def names(ws: Workspace) -> list[str]:
    return [member.name for member in list_members(ws)]


def away(ws: Workspace) -> Path:
    return ws.folder.with_name("nơi khác")


def test_saving_into_a_folder_that_is_gone_says_so_and_goes_on_when_it_is_back(ws: Workspace) -> None:
    add_member(ws, "Nguyễn Văn An")
    ws.folder.rename(away(ws))

    with pytest.raises(BookUnavailable, match=r"USB bị rút.*còn trên màn hình"):
        add_member(ws, "Trần Thị Bình")
    with pytest.raises(BookUnavailable, match="cắm lại USB"):
        store_draft(ws, "month", "x", {"a": "b"})
    away(ws).rename(ws.folder)

    add_member(ws, "Trần Thị Bình")
    store_draft(ws, "month", "x", {"a": "b"})
    assert names(ws) == ["Nguyễn Văn An", "Trần Thị Bình"]
    assert find_draft(ws, "month", "x") is not None


def test_a_stick_plugged_in_again_is_written_and_held_as_before(ws: Workspace) -> None:
    add_member(ws, "Nguyễn Văn An")
    ws.engine.dispose()
    ws.folder.rename(away(ws))
    shutil.copytree(away(ws), ws.folder)  # the same files, but none of them is the one opened before

    add_member(ws, "Trần Thị Bình")

    with pytest.raises(BookInUse):
        open_book(ws.folder)
    looking = open_book(ws.folder, read_only=True)
    assert names(looking) == ["Nguyễn Văn An", "Trần Thị Bình"]
    looking.close()


def test_a_book_another_window_took_meanwhile_is_not_written_over(ws: Workspace) -> None:
    ws.engine.dispose()
    ws.folder.rename(away(ws))
    shutil.copytree(away(ws), ws.folder)
    other = open_book(ws.folder, clock=ws.clock)

    for _again in range(2):
        with pytest.raises(BookInUse):
            add_member(ws, "Trần Thị Bình")

    other.close()
    add_member(ws, "Trần Thị Bình")
    assert names(ws) == ["Trần Thị Bình"]


def test_after_a_fault_the_next_connection_is_a_new_one(ws: Workspace) -> None:
    with ws.engine.connect() as one, ws.engine.connect() as two:
        for connection in (one, two):
            connection.execute(text("PRAGMA query_only = ON"))  # what a stick's write protection answers

    with pytest.raises(BookUnavailable, match="chỗ chỉ đọc"):
        add_member(ws, "Trần Thị Bình")

    add_member(ws, "Trần Thị Bình")
    assert names(ws) == ["Trần Thị Bình"]
