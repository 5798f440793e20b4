"""The first page: recent books, a new book, a book elsewhere."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from app.services.books import open_book, pack_book
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.preferences import Preferences
from app.ui.screens.start.start_page import StartPage
from tests.ui.conftest import LockedBook
from tests.ui.scripted_dialogs import ScriptedDialogs
from tests.ui.typing_keys import type_text


@pytest.fixture
def dialogs(preferences: Preferences) -> ScriptedDialogs:
    return ScriptedDialogs(preferences=preferences)


def shown(
    qtbot: QtBot, background: Background, preferences: Preferences, dialogs: ScriptedDialogs
) -> StartPage:
    page = StartPage(background, preferences, dialogs)
    qtbot.addWidget(page)
    page.resize(1280, 720)
    page.show()
    qtbot.waitUntil(background.idle)
    return page


def test_pc_without_books_offers_to_make_one(qtbot, background, preferences, dialogs) -> None:
    page = shown(qtbot, background, preferences, dialogs)

    assert page.first_book.isVisible()
    assert page.first_focus() is page.first_book


def test_recent_book_says_whose_it_is_and_opens(
    qtbot, background, preferences, dialogs, empty_book: Path
) -> None:
    preferences.remember_book(empty_book)
    page = shown(qtbot, background, preferences, dialogs)
    card = page.recent.cards[0]

    with qtbot.waitSignal(page.book_chosen) as chosen:
        qtbot.mouseClick(card.open_button, Qt.MouseButton.LeftButton)

    assert card.title.text() == "CHI BỘ THÔN ĐỒNG TIẾN"
    assert "chưa có đảng viên" in card.facts.text()
    assert chosen.args == [empty_book]


def test_locked_book_shows_only_where_it_is(
    qtbot, background, preferences, dialogs, locked_book: LockedBook
) -> None:
    preferences.remember_book(locked_book.folder)
    page = shown(qtbot, background, preferences, dialogs)
    card = page.recent.cards[0]

    assert card.title.text() == "dong-tien"
    assert card.facts.text() == f"Có khóa · {locked_book.folder.parent}"
    assert card.open_button.accessibleName() == "Mở dong-tien, có khóa"


def test_book_on_a_missing_stick_stays_listed_until_taken_out(
    qtbot, background, preferences, dialogs, tmp_path: Path
) -> None:
    preferences.remember_book(tmp_path / "usb" / "so-cu.neuguong")
    page = shown(qtbot, background, preferences, dialogs)
    card = page.recent.cards[0]

    assert "cắm USB rồi bấm Mở" in card.facts.text()
    qtbot.mouseClick(card.forget, Qt.MouseButton.LeftButton)

    assert preferences.recent_books() == ()
    assert page.first_book.isVisible()


def test_missing_lines_are_named_beside_their_fields(qtbot, background, preferences, dialogs) -> None:
    page = shown(qtbot, background, preferences, dialogs)
    page.show_new_book()
    form = page.new_page
    assert form is not None

    form.make_button.click()
    qtbot.waitUntil(background.idle)

    assert "Chưa ghi tên chi bộ" in form.own_field.error
    assert "Chưa ghi địa danh" in form.place_field.error
    assert form.make_button.isEnabled()


def test_back_and_again_keeps_the_words(qtbot, background, preferences, dialogs) -> None:
    page = shown(qtbot, background, preferences, dialogs)
    page.show_new_book()
    assert page.new_page is not None
    type_text(page.new_page.own, "Chi bộ Hai")

    assert page.go_back()
    page.show_new_book()

    assert page.new_page.own.text() == "Chi bộ Hai"


def test_packed_book_is_asked_where_to_go_and_then_opened(
    qtbot, background, preferences, dialogs, ws: Workspace, tmp_path: Path
) -> None:
    packed = pack_book(ws, tmp_path / "ban-chep.neuguong.zip")
    place = tmp_path / "moi"
    place.mkdir()
    dialogs.answers = [packed, place]
    page = shown(qtbot, background, preferences, dialogs)

    with qtbot.waitSignal(page.book_chosen) as chosen:
        page.packed_way.click()

    copy = open_book(chosen.args[0])
    copy.close()
    assert chosen.args[0].parent == place


def test_folder_around_the_book_is_taken_for_the_book(
    qtbot, background, preferences, dialogs, empty_book: Path
) -> None:
    dialogs.answers = [empty_book.parent]
    page = shown(qtbot, background, preferences, dialogs)

    with qtbot.waitSignal(page.book_chosen) as chosen:
        page.elsewhere_way.click()

    assert chosen.args == [empty_book]


def test_book_folder_dropped_on_the_page_opens(
    qtbot, background, preferences, dialogs, empty_book: Path
) -> None:
    page = shown(qtbot, background, preferences, dialogs)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(empty_book))])
    drop = QDropEvent(
        QPoint(50, 50).toPointF(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )

    with qtbot.waitSignal(page.book_chosen) as chosen:
        page.dropEvent(drop)

    assert chosen.args == [empty_book]
