"""A member's own data in a folder: everything of theirs, nothing of others', no draft but one's own."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.domain.dates import Month
from app.domain.errors import FileUnwritable, NotAllowed
from app.services.member_files import MemberFileKind, save_member_file
from app.services.months import save_month
from app.services.workspace import Workspace
from tests.book_fixtures import FakeClock, People
from tests.builders import a_month, handed_in, passed_pledge


def _told(folder: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8-sig") for path in folder.glob("*.json"))


def test_member_takes_along_papers_and_data_of_their_own(
    secretary_ws: Workspace, plain_ws: Workspace, people: People, tmp_path: Path
) -> None:
    mine = passed_pledge(secretary_ws, people.plain)
    passed_pledge(secretary_ws, people.deputy)
    handed_in(plain_ws, mine, Month(2026, 2))

    saved = save_member_file(plain_ws, people.plain, MemberFileKind.OWN_COPY, tmp_path)

    data = json.loads((saved.folder / "du-lieu.json").read_text(encoding="utf-8"))
    assert [row["full_name"] for row in data["member"]] == ["Nguyễn Văn Đạt"]
    assert len(data["pledge"]) == len(data["monthly"]) == 1
    assert {row["pledge_id"] for row in data["pledge_item"]} == {data["pledge"][0]["id"]}
    assert (saved.folder / "2026 Sổ đăng ký nêu gương.pdf").read_bytes().startswith(b"%PDF")
    assert "KHÔNG có khóa" in (saved.folder / "XIN DOC TRUOC.txt").read_text(encoding="utf-8-sig")


def test_nobody_takes_along_the_data_of_another_member(
    plain_ws: Workspace, people: People, tmp_path: Path
) -> None:
    with pytest.raises(NotAllowed):
        save_member_file(plain_ws, people.deputy, MemberFileKind.OWN_COPY, tmp_path)
    with pytest.raises(NotAllowed):
        save_member_file(plain_ws, people.plain, MemberFileKind.TRANSFER, tmp_path)
    assert list(tmp_path.glob("*trích*")) == []


def test_draft_goes_along_with_its_author_alone(
    secretary_ws: Workspace, plain_ws: Workspace, people: People, tmp_path: Path
) -> None:
    mine = passed_pledge(secretary_ws, people.plain)
    month = a_month(people.plain, Month(2026, 2), mine.items)
    words = tuple(replace(entry, result="Chưa muốn ai đọc câu này") for entry in month.entries)
    save_month(plain_ws, replace(month, entries=words))

    own = save_member_file(plain_ws, people.plain, MemberFileKind.OWN_COPY, tmp_path)
    assert "Chưa muốn ai đọc" in _told(own.folder)

    by_secretary = save_member_file(secretary_ws, people.plain, MemberFileKind.TRANSFER, tmp_path)
    assert "Chưa muốn ai đọc" not in _told(by_secretary.folder)


def test_file_of_one_who_leaves_holds_the_last_three_years(
    secretary_ws: Workspace, people: People, tmp_path: Path, clock: FakeClock
) -> None:
    for year in (2025, 2026):
        passed_pledge(secretary_ws, people.plain, year)
    clock.day = date(2029, 3, 20)

    saved = save_member_file(secretary_ws, people.plain, MemberFileKind.TRANSFER, tmp_path)

    data = json.loads((saved.folder / "du-lieu.json").read_text(encoding="utf-8"))
    assert [row["year"] for row in data["pledge"]] == [2026]
    assert {row["pledge_id"] for row in data["pledge_item"]} == {data["pledge"][0]["id"]}
    assert saved.years == (2026,)


def test_place_that_is_gone_is_named_and_nothing_is_left(
    secretary_ws: Workspace, people: People, tmp_path: Path
) -> None:
    with pytest.raises(FileUnwritable, match="Không còn thư mục"):
        save_member_file(secretary_ws, people.plain, MemberFileKind.OWN_COPY, tmp_path / "usb")
