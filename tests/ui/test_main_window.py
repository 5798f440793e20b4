"""From nothing to a book, from person to person, and back again, through the real window."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.dates import Month
from app.domain.member import CellRole
from app.services.books import open_book
from app.services.desks import take_seat
from app.services.members import list_members
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.main_window import MainWindow
from app.ui.parts.fields import TextArea
from app.ui.preferences import Preferences
from app.ui.screens.keys.recovery_page import RecoveryPage
from app.ui.screens.keys.trouble_page import TroublePage
from app.ui.screens.keys.unlock_page import UnlockPage
from app.ui.screens.months.item_card import ItemCard
from app.ui.screens.months.month_editor import MonthEditor
from app.ui.screens.own.own_page import OwnPage
from app.ui.screens.people.choose_page import ChoosePersonPage
from app.ui.screens.start.start_page import StartPage
from tests.builders import add_member, passed_pledge
from tests.ui.conftest import PHRASE
from tests.ui.scripted_dialogs import Answer, ScriptedDialogs
from tests.ui.typing_keys import commit, press, type_text

Started = Callable[..., MainWindow]


@pytest.fixture
def started(qtbot: QtBot, background: Background, preferences: Preferences) -> Iterator[Started]:
    """Start the window, with a book or without, and with what the person answers."""
    windows: list[MainWindow] = []

    def start(book: Path | None = None, answers: list[Answer] | None = None) -> MainWindow:
        window = MainWindow(background, preferences)
        window.start(ScriptedDialogs(answers, preferences), book)
        window.resize(1366, 768)
        window.show()
        windows.append(window)
        qtbot.waitUntil(background.idle)
        return window

    yield start
    for window in windows:
        window.close()


@pytest.fixture
def cell_book(empty_book: Path) -> Path:
    """A closed book with a secretary and a plain member whose pledge of this year is passed."""
    ws = open_book(empty_book)
    secretary = add_member(ws, "Trần Thị Bình", CellRole.SECRETARY)
    plain = add_member(ws, "Nguyễn Văn Đạt")
    passed_pledge(take_seat(ws, secretary).ws, plain, date.today().year)
    ws.close()
    return empty_book


def page_of(window: MainWindow) -> QWidget:
    page = window.stack.currentWidget()
    assert page is not None
    return page


def trouble_of(window: MainWindow) -> str:
    page = page_of(window)
    assert isinstance(page, TroublePage)
    return page.sentence.text()


def sit_down(window: MainWindow, qtbot: QtBot, background: Background, name: str) -> None:
    page = page_of(window)
    assert isinstance(page, ChoosePersonPage)
    type_text(page.search_field, name)
    press(page.search_field, Qt.Key.Key_Return)
    qtbot.waitUntil(background.idle)


def test_from_a_new_book_to_its_first_member_and_back(
    started: Started, qtbot: QtBot, background: Background, preferences: Preferences, tmp_path: Path
) -> None:
    window = started(answers=[tmp_path])
    start = page_of(window)
    assert isinstance(start, StartPage)
    start.first_book.click()
    form = start.new_page
    assert form is not None
    type_text(form.upper, "ĐẢNG BỘ XÃ HÒA SƠN")
    type_text(form.own, "CHI BỘ THÔN ĐỒNG TIẾN")
    type_text(form.place, "Hòa Sơn")
    form.choose_folder.click()
    form.pins.ways.word_button("no").click()
    for field in (form.password.password, form.password.again):
        type_text(field.line, PHRASE)
    form.make_button.click()
    qtbot.waitUntil(lambda: isinstance(page_of(window), RecoveryPage), timeout=30_000)
    sheet = page_of(window)
    assert isinstance(sheet, RecoveryPage)
    type_text(sheet.form.code.line, sheet.code)
    press(sheet.form.code.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current_key == "members", timeout=30_000)
    assert window.desk is not None
    add_member(window.desk.ws, "Trần Thị Bình", CellRole.SECRETARY)

    window.hand_over()
    qtbot.waitUntil(lambda: isinstance(page_of(window), ChoosePersonPage))
    sit_down(window, qtbot, background, "binh")
    assert window.desk.ws.actor.name == "Trần Thị Bình"
    window.show_start()
    qtbot.waitUntil(background.idle)
    again = page_of(window)
    assert isinstance(again, StartPage)
    again.recent.cards[0].open_button.click()
    qtbot.waitUntil(lambda: isinstance(page_of(window), UnlockPage))
    unlock = page_of(window)
    assert isinstance(unlock, UnlockPage)
    type_text(unlock.password.line, PHRASE)
    press(unlock.password.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(page_of(window), ChoosePersonPage), timeout=30_000)

    assert preferences.recent_books() == (tmp_path / "chi-bo-thon-dong-tien.neuguong",)


def test_plain_member_gets_only_their_own_page(
    started: Started, qtbot: QtBot, background: Background, cell_book: Path
) -> None:
    window = started(cell_book)

    sit_down(window, qtbot, background, "dat")

    assert isinstance(page_of(window), OwnPage)
    assert window.sidebar is None
    assert "Đạt" not in window.windowTitle()


def test_handing_over_leaves_nothing_of_the_last_person(
    started: Started, qtbot: QtBot, background: Background, cell_book: Path
) -> None:
    window = started(cell_book)
    sit_down(window, qtbot, background, "binh")

    window.hand_over()
    qtbot.waitUntil(lambda: isinstance(page_of(window), ChoosePersonPage))

    assert window.desk is None
    assert window.sidebar is None
    assert window.stack.count() == 1


def test_words_typed_before_handing_over_are_there_again(
    started: Started, qtbot: QtBot, background: Background, cell_book: Path
) -> None:
    window = started(cell_book)
    sit_down(window, qtbot, background, "dat")
    own = page_of(window)
    assert isinstance(own, OwnPage)
    own.month_requested.emit(Month.of(date.today()).iso)
    qtbot.waitUntil(background.idle)
    type_text(page_of(window).findChildren(TextArea)[0], "Đã học hai chuyên đề")
    window.hand_over()
    qtbot.waitUntil(lambda: isinstance(page_of(window), ChoosePersonPage))

    sit_down(window, qtbot, background, "dat")
    own = page_of(window)
    assert isinstance(own, OwnPage)
    own.month_requested.emit(Month.of(date.today()).iso)
    qtbot.waitUntil(background.idle)

    assert page_of(window).findChildren(TextArea)[0].value() == "Đã học hai chuyên đề"


def test_escape_leads_from_an_editor_back_to_the_own_page(
    started: Started, qtbot: QtBot, background: Background, cell_book: Path
) -> None:
    window = started(cell_book)
    sit_down(window, qtbot, background, "dat")
    own = page_of(window)
    assert isinstance(own, OwnPage)

    own.pledge_requested.emit(date.today().year)
    qtbot.waitUntil(background.idle)
    assert page_of(window) is not own
    window._go_back()

    qtbot.waitUntil(lambda: page_of(window) is own)


def test_a_month_handed_in_leads_straight_to_the_thanks_and_the_next_person(
    started: Started, qtbot: QtBot, background: Background, cell_book: Path
) -> None:
    window = started(cell_book)
    sit_down(window, qtbot, background, "dat")
    own = page_of(window)
    assert isinstance(own, OwnPage)
    own.month_requested.emit(Month.of(date.today()).iso)
    qtbot.waitUntil(background.idle)
    editor = page_of(window)
    assert isinstance(editor, MonthEditor)
    for card in editor.findChildren(ItemCard):
        commit(card.result, "Đã học hai chuyên đề")
        assert card.level.words is not None
        card.level.words.word_button("Khá").click()

    editor.view.send.click()

    qtbot.waitUntil(lambda: own.stack.currentWidget() is own.sent)
    assert page_of(window) is own
    assert own.sent.title.text().startswith("Đã gửi tháng")
    qtbot.waitUntil(own.sent.handover.hasFocus)
    own.sent.handover.click()
    qtbot.waitUntil(lambda: isinstance(page_of(window), ChoosePersonPage))


def test_book_open_elsewhere_is_offered_to_look_at(
    started: Started, qtbot: QtBot, background: Background, cell_book: Path
) -> None:
    held = open_book(cell_book)
    window = started(cell_book, answers=[True])
    sit_down(window, qtbot, background, "binh")
    held.close()

    assert window.desk is not None
    assert window.desk.ws.read_only
    assert "chưa ghi được" in window.message.text


def test_a_book_to_look_at_says_so_on_every_page(
    started: Started, qtbot: QtBot, background: Background, cell_book: Path
) -> None:
    held = open_book(cell_book)
    window = started(cell_book, answers=[True])
    sit_down(window, qtbot, background, "binh")

    for key in ("pledges", "reviews", "months"):
        window.show_page(key)
        qtbot.waitUntil(background.idle)
        assert "chưa ghi được" in window.message.text
        assert window.message.mapTo(window, QPoint(0, 0)).y() > 0

    window.hand_over()
    qtbot.waitUntil(lambda: isinstance(page_of(window), ChoosePersonPage))
    sit_down(window, qtbot, background, "dat")
    own = page_of(window)
    assert isinstance(own, OwnPage)
    assert window.message.text == ""
    own.print_requested.emit()
    assert "chưa ghi được" in window.message.text
    held.close()


def test_book_open_elsewhere_and_left_alone_leads_to_the_start_page(
    started: Started, qtbot: QtBot, cell_book: Path
) -> None:
    held = open_book(cell_book)
    window = started(cell_book, answers=[False])
    held.close()

    assert isinstance(page_of(window), StartPage)


def test_half_a_book_says_what_is_missing(started: Started, cell_book: Path) -> None:
    (cell_book / "so.db").unlink()

    window = started(cell_book)

    assert "thiếu tệp so.db" in trouble_of(window)


def test_damaged_file_shows_nobodys_page(started: Started, qtbot: QtBot, cell_book: Path) -> None:
    database = cell_book / "so.db"
    content = bytearray(database.read_bytes())
    content[-40_000:-20_000] = bytes(20_000)
    database.write_bytes(content)

    window = started(cell_book)

    # Damage where nothing is read at first is found by the check that follows the first page.
    qtbot.waitUntil(lambda: isinstance(page_of(window), TroublePage))
    assert "hỏng" in trouble_of(window)
    assert window.desk is None


def test_name_chosen_at_once_still_waits_for_the_look_at_the_file(
    started: Started, qtbot: QtBot, background: Background, cell_book: Path
) -> None:
    ws = open_book(cell_book)
    with ws.engine.connect() as connection:
        # Leaves the items behind, which only the look at the file sees.
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("delete from pledge")
        raw.commit()
    ws.close()
    window = started(cell_book)

    sit_down(window, qtbot, background, "binh")

    assert "hỏng" in trouble_of(window)
    assert window.desk is None


def test_window_comes_up_with_its_first_page(
    qtbot: QtBot, background: Background, preferences: Preferences, cell_book: Path
) -> None:
    window = MainWindow(background, preferences)
    window.start(ScriptedDialogs(preferences=preferences), cell_book)
    window.show_with_page()
    assert not window.isVisible()

    qtbot.waitUntil(window.isVisible)

    assert isinstance(page_of(window), ChoosePersonPage)
    window.close()


def test_closing_the_window_lets_the_next_one_write(
    started: Started, qtbot: QtBot, background: Background, cell_book: Path
) -> None:
    window = started(cell_book)
    sit_down(window, qtbot, background, "binh")

    window.close()

    ws: Workspace = open_book(cell_book)
    assert len(list_members(ws)) == 2
    ws.close()


def test_help_opens_beside_the_page_and_escape_closes_it(started: Started) -> None:
    window = started()

    window.show_help("start")
    help_panel = window._help
    assert help_panel is not None
    assert help_panel.isVisible()
    assert help_panel.title.text() == "Trang mở đầu"
    window._go_back()

    assert not help_panel.isVisible()


def test_every_page_of_the_sidebar_has_its_help(started: Started) -> None:
    window = started()

    for topic in (
        "start",
        "people",
        "own",
        "members",
        "pledges",
        "months",
        "month",
        "reviews",
        "papers",
        "year_end",
        "reports",
    ):
        window.show_help(topic)
        assert window._help is not None
        assert window._help.title.text()
        window.show_help(topic)
