"""The recovery sheet as it comes out of the printer."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from app.db.key_slots import KdfCost
from app.domain.errors import FileUnwritable, NotAllowed
from app.domain.recovery_code import typed_code
from app.printing.preview import PageImages, texts
from app.services.books import create_book
from app.services.keys import NewKeys, new_keys
from app.services.recovery_sheet import recovery_sheet, save_recovery_sheet, sheet_name
from app.services.seats import sit_down
from app.services.workspace import Workspace
from tests.book_fixtures import FakeClock
from tests.builders import a_book, add_member


@pytest.fixture
def keys() -> NewKeys:
    return new_keys("trâu ra bờ giếng", datetime(2026, 3, 20, 8, 0), KdfCost())


@pytest.fixture
def locked(tmp_path: Path, keys: NewKeys, clock: FakeClock) -> Iterator[Workspace]:
    made = create_book(tmp_path / "dong-tien", a_book(), keys, clock)
    yield made
    made.close()


def test_the_sheet_says_whose_book_where_when_and_the_code(
    locked: Workspace, keys: NewKeys, tmp_path: Path
) -> None:
    target = tmp_path / "phieu.pdf"
    save_recovery_sheet(locked, keys.recovery_code, target)

    (page,) = texts(target)

    words = " ".join(page.split())
    for wanted in ("CHI BỘ THÔN ĐỒNG TIẾN", "dong-tien", "20/03/2026", "phong bì dán kín", "Quên mật khẩu"):
        assert wanted in words
    between = page[page.index("4, 5, 6.") + len("4, 5, 6.") : page.index("Cách dùng")]
    read = typed_code(between)
    assert read.code == keys.recovery_code


def test_a_long_name_and_place_still_take_one_page(tmp_path: Path, keys: NewKeys, clock: FakeClock) -> None:
    deep = tmp_path / ("thư mục rất sâu " * 5) / ("thư mục rất sâu " * 5)
    book = a_book(own="Chi bộ Trường Trung học cơ sở bán trú dân tộc thiểu số xã Hòa Sơn " * 2)
    ws = create_book(deep / "sổ của chi bộ trường", book, keys, clock)
    try:
        with PageImages(recovery_sheet(ws, keys.recovery_code)) as pages:
            assert pages.page_count == 1
    finally:
        ws.close()


def test_the_name_of_the_file_and_of_the_print_job_tells_nothing(locked: Workspace) -> None:
    assert sheet_name(locked) == "Phiếu khôi phục sổ 20-03-2026"


def test_a_member_prints_no_sheet(locked: Workspace, keys: NewKeys) -> None:
    plain = sit_down(locked, add_member(locked, "Nguyễn Văn An"))

    with pytest.raises(NotAllowed):
        recovery_sheet(plain, keys.recovery_code)


def test_a_place_that_is_not_there_is_said(locked: Workspace, keys: NewKeys, tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable):
        save_recovery_sheet(locked, keys.recovery_code, tmp_path / "không có" / "phieu.pdf")
