"""Lập sổ mới: the head, the password twice, PINs or none."""

import unicodedata
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.db.key_slots import KdfCost
from app.services.books import open_book
from app.services.keys import keys_of, unlock
from app.services.new_books import BegunBook, begin_book
from app.services.seats import list_seats
from app.ui.background import Background
from app.ui.preferences import Preferences
from app.ui.screens.start.new_book_page import NewBookPage
from tests.book_fixtures import FakeClock
from tests.ui.conftest import PHRASE
from tests.ui.scripted_dialogs import ScriptedDialogs
from tests.ui.typing_keys import commit, type_text


@pytest.fixture
def dialogs(preferences: Preferences, tmp_path: Path) -> ScriptedDialogs:
    return ScriptedDialogs([tmp_path], preferences)


@pytest.fixture
def form(qtbot: QtBot, background: Background, dialogs: ScriptedDialogs) -> NewBookPage:
    """The page with everything written but the password."""
    form = NewBookPage(background, dialogs, FakeClock(), partial(begin_book, cost=KdfCost()))
    qtbot.addWidget(form)
    form.resize(1280, 720)
    form.show()
    qtbot.waitUntil(background.idle)
    commit(form.upper, "ĐẢNG BỘ XÃ HÒA SƠN")
    type_text(form.own, "CHI BỘ THÔN ĐỒNG TIẾN")
    type_text(form.place, "Hòa Sơn")
    form.choose_folder.click()
    return form


def test_book_is_made_locked_and_its_code_handed_on(qtbot: QtBot, form: NewBookPage, tmp_path: Path) -> None:
    type_text(form.password.password.line, PHRASE)
    type_text(form.password.again.line, unicodedata.normalize("NFD", PHRASE))

    with qtbot.waitSignal(form.book_made) as made:
        form.make_button.click()
    begun: BegunBook = made.args[0]
    begun.ws.close()

    assert begun.ws.folder == tmp_path / "chi-bo-thon-dong-tien.neuguong"
    ring = keys_of(begun.ws.folder)
    assert unlock(ring, PHRASE).kind.value == "password"
    assert unlock(ring, begun.recovery_code).kind.value == "recovery"
    assert form.password.value() == ""


def test_going_without_pins_is_said_and_kept(qtbot: QtBot, form: NewBookPage) -> None:
    for field in (form.password.password, form.password.again):
        type_text(field.line, PHRASE)
    form.pins.ways.word_button("no").click()
    assert "cũng mở được trang của người khác" in form.pins.hint.text()

    with qtbot.waitSignal(form.book_made) as made:
        form.make_button.click()
    ws = made.args[0].ws

    assert not list_seats(ws).pins_required
    ws.close()


def test_password_too_short_is_named_beside_its_field(
    qtbot: QtBot, background: Background, form: NewBookPage
) -> None:
    type_text(form.password.password.line, "hoa sen")
    form.make_button.click()
    qtbot.waitUntil(background.idle)

    assert "từ 10 ký tự" in form.password.password_field.error
    assert form.make_button.isEnabled()
    assert form.own.text() == "CHI BỘ THÔN ĐỒNG TIẾN"


def test_two_typings_that_differ_are_named_beside_the_second(
    qtbot: QtBot, background: Background, form: NewBookPage
) -> None:
    type_text(form.password.password.line, PHRASE)
    type_text(form.password.again.line, PHRASE + "!")
    form.make_button.click()
    qtbot.waitUntil(background.idle)

    assert "chưa giống nhau" in form.password.again_field.error


def test_name_already_taken_is_said_and_nothing_typed_is_lost(
    qtbot: QtBot, background: Background, form: NewBookPage, tmp_path: Path
) -> None:
    (tmp_path / "chi-bo-thon-dong-tien.neuguong").mkdir()
    for field in (form.password.password, form.password.again):
        type_text(field.line, PHRASE)
    form.make_button.click()
    qtbot.waitUntil(background.idle)

    assert "đã có" in form.message.text
    assert form.own.text() == "CHI BỘ THÔN ĐỒNG TIẾN"
    assert form.password.value() == PHRASE


def test_book_made_can_be_opened_again_by_its_password_only(qtbot: QtBot, form: NewBookPage) -> None:
    for field in (form.password.password, form.password.again):
        type_text(field.line, PHRASE)
    with qtbot.waitSignal(form.book_made) as made:
        form.make_button.click()
    folder = made.args[0].ws.folder
    made.args[0].ws.close()

    again = open_book(folder, unlocked=unlock(keys_of(folder), PHRASE), clock=FakeClock())
    again.close()

    assert b"SQLite format" not in (folder / "so.db").read_bytes()[:100]
