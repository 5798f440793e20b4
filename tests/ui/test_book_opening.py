"""A locked book opened in the real window: its password, its sheet, a book of before, lost writes."""

import shutil
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.db.side_database import PLAIN_TO_DESTROY, PLAIN_TO_KEEP
from app.db.witness import Mark, Witness
from app.domain.errors import WrongSecret
from app.domain.member import CellRole
from app.services.books import create_book, open_book
from app.services.key_holders import prove_recovery_sheet
from app.services.keys import demo_keys, keys_of, unlock
from app.ui.background import Background
from app.ui.main_window import MainWindow
from app.ui.parts.labels import Label
from app.ui.preferences import Preferences
from app.ui.screens.keys.convert_page import ConvertPage
from app.ui.screens.keys.recovery_page import RecoveryPage
from app.ui.screens.keys.renew_page import RenewPage
from app.ui.screens.keys.replace_page import ReplaceKeyPage
from app.ui.screens.keys.trouble_page import TroublePage
from app.ui.screens.keys.unlock_page import UnlockPage
from app.ui.screens.people.choose_page import ChoosePersonPage
from app.ui.screens.start.start_page import StartPage
from tests.builders import a_book, add_member
from tests.services.plain_books import make_plain
from tests.ui.conftest import PHRASE, LockedBook
from tests.ui.scripted_dialogs import Answer, ScriptedDialogs
from tests.ui.typing_keys import press, type_text

Started = Callable[..., MainWindow]
NEW_PHRASE = "gió lùa qua mái đình"


@pytest.fixture
def started(qtbot: QtBot, background: Background, preferences: Preferences) -> Iterator[Started]:
    """Start the window on a book, with what the person answers."""
    windows: list[MainWindow] = []

    def start(book: Path, answers: list[Answer] | None = None) -> MainWindow:
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


def page_of(window: MainWindow) -> QWidget:
    page = window.stack.currentWidget()
    assert page is not None
    return page


def unlock_page(window: MainWindow) -> UnlockPage:
    page = page_of(window)
    assert isinstance(page, UnlockPage)
    return page


def give(window: MainWindow, qtbot: QtBot, password: str) -> None:
    page = unlock_page(window)
    type_text(page.password.line, password)
    press(page.password.line, Qt.Key.Key_Return)
    qtbot.waitUntil(window.background.idle)


def sit_down_first(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    assert isinstance(page, ChoosePersonPage)
    type_text(page.search_field, "binh")
    press(page.search_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.desk is not None)
    qtbot.waitUntil(window.background.idle)


def test_password_opens_the_book_however_its_letters_are_composed(
    started: Started, qtbot: QtBot, locked_book: LockedBook
) -> None:
    window = started(locked_book.folder)
    assert unlock_page(window).first_focus() is unlock_page(window).password.line

    give(window, qtbot, unicodedata.normalize("NFD", PHRASE))

    assert isinstance(page_of(window), ChoosePersonPage)


def test_wrong_password_is_said_and_typed_over(
    started: Started, qtbot: QtBot, locked_book: LockedBook
) -> None:
    window = started(locked_book.folder)

    give(window, qtbot, "trâu ra bờ ao")
    page = unlock_page(window)

    assert "chưa đúng" in page.password_field.error
    assert page.password.secret.selectedText() != ""
    assert page.open_button.isEnabled()
    give(window, qtbot, PHRASE)
    assert isinstance(page_of(window), ChoosePersonPage)


def test_page_says_what_opens_the_book_and_that_there_is_no_back_door(
    started: Started, locked_book: LockedBook
) -> None:
    said = " ".join(label.text() for label in started(locked_book.folder).findChildren(Label))

    assert "Mật khẩu đặt ngày 20/03/2026." in said
    assert "Phiếu khôi phục in ngày 20/03/2026." in said
    assert "không có cửa sau" in said


def test_escape_leads_back_to_the_start_page(started: Started, qtbot: QtBot, locked_book: LockedBook) -> None:
    window = started(locked_book.folder)

    unlock_page(window).other_way.click()
    assert unlock_page(window).is_by_code
    assert unlock_page(window).go_back()
    assert not unlock_page(window).is_by_code
    unlock_page(window).go_back()

    qtbot.waitUntil(lambda: isinstance(page_of(window), StartPage))


def test_forgotten_password_is_set_anew_by_the_sheet(
    started: Started, qtbot: QtBot, locked_book: LockedBook
) -> None:
    window = started(locked_book.folder)
    page = unlock_page(window)
    page.other_way.click()
    type_text(page.code.line, locked_book.code.lower().replace("-", " "))
    press(page.code.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(page_of(window), RenewPage))
    qtbot.waitUntil(window.background.idle)
    renew = page_of(window)
    assert isinstance(renew, RenewPage)
    for field in (renew.form.password, renew.form.again):
        type_text(field.line, NEW_PHRASE)
    renew.renew_button.click()
    qtbot.waitUntil(lambda: isinstance(page_of(window), ChoosePersonPage))

    ring = keys_of(locked_book.folder)
    assert unlock(ring, NEW_PHRASE).kind.value == "password"
    with pytest.raises(WrongSecret):
        unlock(ring, PHRASE)


def test_new_password_may_wait(started: Started, qtbot: QtBot, locked_book: LockedBook) -> None:
    window = started(locked_book.folder)
    page = unlock_page(window)
    page.other_way.click()
    type_text(page.code.line, locked_book.code)
    page.open_button.click()
    qtbot.waitUntil(lambda: isinstance(page_of(window), RenewPage))

    window.stack.currentWidget().later_button.click()

    qtbot.waitUntil(lambda: isinstance(page_of(window), ChoosePersonPage))
    assert unlock(keys_of(locked_book.folder), PHRASE)


def test_mistyped_group_of_the_sheet_is_named_at_once(started: Started, locked_book: LockedBook) -> None:
    page = unlock_page(started(locked_book.folder))
    page.other_way.click()
    type_text(page.code.line, locked_book.code[:-6])
    page.open_button.click()

    assert page.code_field.error == "Còn thiếu nhóm 6."


def test_locked_book_in_use_elsewhere_can_be_looked_at_with_the_password(
    started: Started, qtbot: QtBot, locked_book: LockedBook
) -> None:
    held = open_book(locked_book.folder, unlocked=unlock(keys_of(locked_book.folder), PHRASE))
    window = started(locked_book.folder, [True])
    give(window, qtbot, PHRASE)
    qtbot.waitUntil(lambda: isinstance(page_of(window), ChoosePersonPage))
    held.close()


def test_locked_book_in_use_elsewhere_and_let_be_can_be_tried_again(
    started: Started, qtbot: QtBot, locked_book: LockedBook
) -> None:
    held = open_book(locked_book.folder, unlocked=unlock(keys_of(locked_book.folder), PHRASE))
    window = started(locked_book.folder, [False])
    give(window, qtbot, PHRASE)
    qtbot.waitUntil(lambda: unlock_page(window).open_button.isEnabled())
    held.close()

    unlock_page(window).open_button.click()

    qtbot.waitUntil(lambda: isinstance(page_of(window), ChoosePersonPage))


def test_book_of_an_earlier_version_is_locked_before_it_is_used(
    started: Started, qtbot: QtBot, background: Background, empty_book: Path, tmp_path: Path
) -> None:
    plain = make_plain(empty_book, tmp_path / "cu" / "so-cu.neuguong")
    window = started(plain)
    page = page_of(window)
    assert isinstance(page, ConvertPage)
    for field in (page.form.password, page.form.again):
        type_text(field.line, PHRASE)
    page.lock_button.click()
    qtbot.waitUntil(lambda: isinstance(page_of(window), RecoveryPage), timeout=30_000)
    sheet = page_of(window)
    assert isinstance(sheet, RecoveryPage)
    assert "đã có khóa" in sheet.message.text
    type_text(sheet.form.code.line, sheet.code)
    sheet.form.done_button.click()
    qtbot.waitUntil(lambda: window.current_key == "members", timeout=30_000)

    assert b"SQLite format" not in (plain / "so.db").read_bytes()[:100]


def test_lost_writes_are_gone_on_without_only_when_the_person_says_so(
    started: Started, qtbot: QtBot, empty_book: Path
) -> None:
    witness = Witness(empty_book)
    mark = witness.read()
    assert mark is not None
    witness.note(Mark(mark.writes + 3, mark.head))
    window = started(empty_book, [False, True])
    page = page_of(window)
    assert isinstance(page, TroublePage)
    assert "thiếu 3 lần ghi" in page.sentence.text()
    way = next(way for way in page.ways if "phần còn lại" in way.title.text())

    way.click()
    assert page_of(window) is page
    way.click()

    qtbot.waitUntil(lambda: window.current_key == "members")


def test_book_whose_keys_are_both_gone_says_so(started: Started, locked_book: LockedBook) -> None:
    for name in ("khoa-1.json", "khoa-2.json"):
        (locked_book.folder / name).write_text("{}")

    page = page_of(started(locked_book.folder))

    assert isinstance(page, TroublePage)
    assert "tệp khóa" in page.sentence.text()


def test_damaged_book_can_be_tried_again_once_it_is_copied_back(
    started: Started, qtbot: QtBot, empty_book: Path, tmp_path: Path
) -> None:
    shutil.copy(empty_book / "so.db", tmp_path / "so.db")
    (empty_book / "so.db").write_bytes(b"")
    window = started(empty_book)
    page = page_of(window)
    assert isinstance(page, TroublePage)
    shutil.copy(tmp_path / "so.db", empty_book / "so.db")

    next(way for way in page.ways if "Thử mở lại" in way.title.text()).click()

    qtbot.waitUntil(lambda: window.current_key == "members")


def test_sheet_never_typed_back_is_asked_for_at_each_opening(
    started: Started, qtbot: QtBot, locked_book: LockedBook
) -> None:
    window = started(locked_book.folder)
    give(window, qtbot, PHRASE)
    sit_down_first(window, qtbot)

    assert "Phiếu khôi phục" in window.message.text
    assert window.message.button is not None
    window.message.button.click()
    assert window.current_key == "settings"


def test_proved_sheet_is_asked_for_no_more(started: Started, qtbot: QtBot, locked_book: LockedBook) -> None:
    ws = open_book(locked_book.folder, unlocked=unlock(keys_of(locked_book.folder), PHRASE))
    prove_recovery_sheet(ws, locked_book.code)
    ws.close()
    window = started(locked_book.folder)
    give(window, qtbot, PHRASE)
    sit_down_first(window, qtbot)

    assert "Phiếu khôi phục" not in window.message.text


def test_new_data_key_reaches_the_book_and_the_same_password_opens_it(
    started: Started, qtbot: QtBot, locked_book: LockedBook
) -> None:
    before = (locked_book.folder / "so.db").read_bytes()
    window = started(locked_book.folder)
    give(window, qtbot, PHRASE)
    sit_down_first(window, qtbot)
    assert window.desk is not None
    window.desk.new_data_key_wanted.emit()
    page = page_of(window)
    assert isinstance(page, ReplaceKeyPage)
    page.replace_button.click()
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), ChoosePersonPage))
    sit_down_first(window, qtbot)
    window.show_start()

    ws = open_book(locked_book.folder, unlocked=unlock(keys_of(locked_book.folder), PHRASE))
    ws.close()
    assert (locked_book.folder / "so.db").read_bytes()[:16] != before[:16]


def test_unlocked_original_left_by_a_crash_is_destroyed_at_the_next_opening(
    started: Started, qtbot: QtBot, locked_book: LockedBook
) -> None:
    original = locked_book.folder / PLAIN_TO_DESTROY
    original.write_bytes(b"SQLite format 3\0" + bytes(100))
    window = started(locked_book.folder)

    give(window, qtbot, PHRASE)

    qtbot.waitUntil(lambda: not original.exists(), timeout=20_000)


def test_unlocked_original_that_was_to_be_kept_is_moved_where_the_person_says(
    started: Started, qtbot: QtBot, locked_book: LockedBook, tmp_path: Path
) -> None:
    original = locked_book.folder / PLAIN_TO_KEEP
    original.write_bytes(b"SQLite format 3\0" + bytes(100))
    place = tmp_path / "usb"
    place.mkdir()
    window = started(locked_book.folder, [place])
    give(window, qtbot, PHRASE)
    sit_down_first(window, qtbot)
    assert window.message.button is not None

    window.message.button.click()

    qtbot.waitUntil(lambda: not original.exists())
    assert len(list(place.glob("*/so.db"))) == 1


def test_sample_book_says_the_password_everybody_knows(
    started: Started, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "mau.neuguong"
    ws = create_book(folder, a_book(is_sample=True), demo_keys())
    add_member(ws, "Trần Thị Bình", CellRole.SECRETARY)
    ws.close()

    page = page_of(started(folder))

    assert isinstance(page, ChoosePersonPage)
    assert any("so-mau" in label.text() for label in page.findChildren(Label))
