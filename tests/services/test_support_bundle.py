"""The support bundle after a day's work: what helps is in it, no name, place or sentence of anybody is."""

import getpass
import logging
import zipfile
from pathlib import Path

import pytest

from app.domain.dates import Month
from app.domain.errors import FileUnwritable
from app.program_log import FILE, ProgramLog
from app.services import support_bundle
from app.services.drafts import store_draft
from app.services.members import save_member
from app.services.months import confirm_months
from app.services.support_bundle import save_bundle, support_parts
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.builders import a_member, handed_in, passed_pledge


@pytest.fixture
def phrases(
    deputy_ws: Workspace, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """A day's work with a log, and what of it must not be told to anybody."""
    monkeypatch.setattr(support_bundle, "user_data", lambda: tmp_path)
    log = ProgramLog(tmp_path / FILE)
    handed_in(deputy_ws, passed_pledge(deputy_ws, people.plain), Month(2026, 2))
    confirm_months(deputy_ws, Month(2026, 2), [people.plain], deputy_ws.today())
    save_member(deputy_ws, a_member(full_name="Nguyễn Văn Đạt", phone="0912345678"), alike=True)
    store_draft(deputy_ws, "month", "2026-03", {"text": "nợ quỹ khuyến học"})
    log.handle(logging.LogRecord("app", logging.INFO, "", 0, "about %s", ("Nguyễn Văn Đạt",), None))
    return [
        "Nguyễn", "Đạt", "Trần Thị Bình", "Đồng Tiến", "ĐỒNG TIẾN", "Hòa Sơn", "0912345678", "chuyên đề",
        "hộ nghèo", "quỹ khuyến học", "Nông dân", "1985", str(deputy_ws.folder), deputy_ws.folder.name,
        str(tmp_path), people.plain, deputy_ws.cell_id, f"/{getpass.getuser()}/",
    ]  # fmt: skip


def test_the_bundle_tells_of_the_program_and_of_nobody(deputy_ws: Workspace, phrases: list[str]) -> None:
    parts = support_parts(deputy_ws, {"text scale": "1.25", "where": "C:/Người dùng/Đạt"})
    whole = "\n".join(f"{part.name} {part.title} {part.text}" for part in parts)

    assert [phrase for phrase in phrases if phrase in whole] == []
    for known in (
        "program: ",
        "sqlcipher: 4",
        "text scale: 1.25",
        "member: 5",
        "members_alike: 1",
        "key slots: 1 demo",
    ):
        assert known in whole
    assert "about (words left out)" not in whole
    assert "(words left out)" in whole


def test_the_file_holds_exactly_what_was_shown(
    deputy_ws: Workspace, phrases: list[str], tmp_path: Path
) -> None:
    parts = support_parts(deputy_ws, {})

    with zipfile.ZipFile(save_bundle(parts, tmp_path / "goi.zip")) as archive:
        held = {name: archive.read(name).decode() for name in archive.namelist()}

    assert held == {part.name: part.text for part in parts}


def test_a_place_that_takes_no_file_is_told(deputy_ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable, match="chọn chỗ khác"):
        save_bundle((), tmp_path / "không có" / "goi.zip")
