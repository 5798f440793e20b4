"""Khóa sổ: what will be done, what becomes of the unlocked original."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.db.key_slots import KdfCost
from app.services.book_locking import LockedBook, lock_book
from app.ui.background import Background
from app.ui.preferences import Preferences
from app.ui.screens.keys.convert_page import ConvertPage
from tests.book_fixtures import FakeClock
from tests.services.plain_books import make_plain
from tests.ui.conftest import PHRASE
from tests.ui.scripted_dialogs import ScriptedDialogs
from tests.ui.typing_keys import type_text

Shown = Callable[..., ConvertPage]


@pytest.fixture
def plain(empty_book: Path, tmp_path: Path) -> Path:
    return make_plain(empty_book, tmp_path / "cu" / "so-cu.neuguong")


@pytest.fixture
def dialogs(preferences: Preferences) -> ScriptedDialogs:
    return ScriptedDialogs(preferences=preferences)


@pytest.fixture
def page(
    qtbot: QtBot, background: Background, preferences: Preferences, dialogs: ScriptedDialogs, plain: Path
) -> ConvertPage:
    lock = partial(lock_book, cost=KdfCost())
    page = ConvertPage(background, preferences, dialogs, plain, FakeClock(), lock)
    qtbot.addWidget(page)
    page.resize(1280, 720)
    page.show()
    return page


def give(page: ConvertPage, password: str, again: str = "") -> None:
    type_text(page.form.password.line, password)
    type_text(page.form.again.line, again or password)


def locked(qtbot: QtBot, page: ConvertPage) -> LockedBook:
    with qtbot.waitSignal(page.locked, timeout=20_000) as done:
        page.lock_button.click()
    done.args[0].begun.ws.close()
    return done.args[0]


def test_original_is_destroyed_unless_the_person_says_otherwise(
    qtbot: QtBot, page: ConvertPage, plain: Path
) -> None:
    give(page, PHRASE)
    assert "SSD" in page.original_field.hint.text()

    done = locked(qtbot, page)

    assert not done.trouble
    assert not any(b"SQLite format" in each.read_bytes()[:16] for each in plain.iterdir())


def test_original_is_moved_where_the_person_says(
    qtbot: QtBot, page: ConvertPage, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    place = tmp_path / "usb"
    place.mkdir()
    dialogs.answers = [place]
    page.original.word_button("keep").click()
    assert "đọc được cả sổ" in page.original_field.hint.text()
    give(page, PHRASE)

    locked(qtbot, page)

    assert [each.read_bytes()[:15] for each in place.glob("*/so.db")] == [b"SQLite format 3"]


def test_no_place_chosen_leaves_it_at_destroying(page: ConvertPage, dialogs: ScriptedDialogs) -> None:
    dialogs.answers = [None]
    page.original.word_button("keep").click()

    assert page.original.choice() == "destroy"


def test_weak_password_locks_nothing(qtbot: QtBot, page: ConvertPage, plain: Path) -> None:
    give(page, "12345678901")
    page.lock_button.click()

    assert "chỉ có số" in page.form.password_field.error
    assert (plain / "so.db").read_bytes()[:15] == b"SQLite format 3"


def test_book_in_use_stays_as_it_is_and_says_so(
    qtbot: QtBot, background: Background, page: ConvertPage, plain: Path
) -> None:
    from app.db.book_folder import BookLock

    held = BookLock(plain)
    give(page, PHRASE)
    page.lock_button.click()
    qtbot.waitUntil(background.idle)
    held.release()

    assert page.message.text
    assert page.lock_button.isEnabled()
    assert (plain / "so.db").read_bytes()[:15] == b"SQLite format 3"
