"""Turns at the PC through the real window: PINs, the first sitting, the locked screen, handing over."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.db import tables
from app.db.key_slots import KdfCost
from app.domain.dates import Month
from app.domain.member import CellRole
from app.domain.permissions import ActorRole, pages_for
from app.domain.progress import Progress
from app.domain.seat import Security
from app.services.accounts import add_account, read_security, save_security
from app.services.books import create_book, open_book
from app.services.desks import take_first_seat
from app.services.keys import keys_of, new_keys, unlock
from app.services.seat_pins import give_starting_pins, set_own_pin
from app.services.seats import list_seats, sit_down
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.dialogs import Dialogs
from app.ui.main_window import _LOOKING_ONLY, MainWindow
from app.ui.parts.fields import TextArea
from app.ui.preferences import Preferences
from app.ui.screens.backups.restore_page import RestorePage
from app.ui.screens.keys.replace_page import ReplaceKeyPage
from app.ui.screens.own.own_page import OwnPage
from app.ui.screens.people.change_pin_page import ChangePinPage
from app.ui.screens.people.choose_page import ChoosePersonPage
from app.ui.screens.people.lock_page import LockPage
from app.ui.screens.settings.users_panel import UsersPanel
from tests.builders import a_book, add_member, passed_pledge
from tests.ui.scripted_dialogs import ScriptedDialogs
from tests.ui.typing_keys import press, type_text

SECRET_WORDS = "Đã học hai chuyên đề riêng của tôi"
PINS = {"Trần Thị Bình": "2580", "Nguyễn Văn Đạt": "1379"}

Started = Callable[..., MainWindow]


@pytest.fixture
def started(
    qtbot: QtBot, background: Background, preferences: Preferences, turns_book: Path
) -> Iterator[Started]:
    """Start the window on a book."""
    windows: list[MainWindow] = []

    def start(book: Path | None = None) -> MainWindow:
        window = MainWindow(background, preferences)
        window.start(ScriptedDialogs(None, preferences), book or turns_book)
        window.resize(1366, 768)
        window.show()
        windows.append(window)
        qtbot.waitUntil(background.idle)
        return window

    yield start
    for window in windows:
        window.close()


@pytest.fixture
def starting() -> dict[str, str]:
    """The starting PINs the secretary gave."""
    return {}


@pytest.fixture
def turns_book(empty_book: Path, starting: dict[str, str]) -> Path:
    """A closed book with PINs: the secretary, a member, one with a starting PIN, one without, a typist."""
    ws = open_book(empty_book)
    ids = {"Trần Thị Bình": add_member(ws, "Trần Thị Bình", CellRole.SECRETARY)}
    for name in ("Nguyễn Văn Đạt", "Phạm Thị Dung", "Lê Văn Cường"):
        ids[name] = add_member(ws, name)
    secretary = sit_down(ws, ids["Trần Thị Bình"])
    passed_pledge(secretary, ids["Nguyễn Văn Đạt"], date.today().year)
    save_security(secretary, Security(pins_required=True))
    for name, pin in PINS.items():
        set_own_pin(sit_down(ws, ids[name]), "", pin, pin)
    typist = add_account(secretary, "Đỗ Thị Hiền", ActorRole.TYPIST)
    for given in give_starting_pins(secretary, [ids["Phạm Thị Dung"], typist]):
        starting[given.name] = given.pin
    ws.close()
    return empty_book


def page_of(window: MainWindow) -> QWidget:
    page = window.stack.currentWidget()
    assert page is not None
    return page


def choosing(window: MainWindow) -> ChoosePersonPage:
    page = page_of(window)
    assert isinstance(page, ChoosePersonPage)
    return page


def choose(window: MainWindow, qtbot: QtBot, letters: str) -> ChoosePersonPage:
    page = choosing(window)
    page.names.search_field.clear()
    type_text(page.search_field, letters)
    press(page.search_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.asked is not None)
    return page


def seat(window: MainWindow, qtbot: QtBot, background: Background, name: str, pin: str = "") -> None:
    """Two or three letters, Enter, the PIN: no other key."""
    page = choose(window, qtbot, name)
    type_text(page.card.pin, pin or PINS[name])
    qtbot.waitUntil(lambda: not isinstance(page_of(window), ChoosePersonPage))
    qtbot.waitUntil(background.idle)


def lock_of(window: MainWindow) -> LockPage:
    (page,) = window.findChildren(LockPage)
    return page


def seen_words(window: QWidget) -> str:
    """Every word of the window's visible widgets, its title and its accessible names."""
    found = [window.windowTitle(), window.accessibleName()]
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel | QPushButton | QLineEdit):
            found.append(widget.text())
        if isinstance(widget, QPlainTextEdit):
            found.append(widget.toPlainText())
    return "\n".join(found)


def own_month(window: MainWindow, qtbot: QtBot, background: Background) -> TextArea:
    """The member's month of now, open to be written in."""
    own = page_of(window)
    assert isinstance(own, OwnPage)
    own.month_requested.emit(Month.of(date.today()).iso)
    qtbot.waitUntil(background.idle)
    return page_of(window).findChildren(TextArea)[0]


def test_letters_enter_and_the_pin_lead_to_ones_own_page(
    started: Started, qtbot: QtBot, background: Background
) -> None:
    window = started()

    seat(window, qtbot, background, "Nguyễn Văn Đạt")

    assert isinstance(page_of(window), OwnPage)
    assert window.desk is not None
    assert window.desk.ws.actor.name == "Nguyễn Văn Đạt"


def test_a_wrong_pin_says_how_many_tries_are_left_and_then_counts_the_seconds(
    started: Started, qtbot: QtBot
) -> None:
    window = started()
    page = choose(window, qtbot, "dat")

    for left in (2, 1):
        type_text(page.card.pin, "9998")
        qtbot.waitUntil(lambda left=left: f"Còn {left} lần" in page.card.words.text())
        assert page.card.pin.text() == ""
    type_text(page.card.pin, "9998")
    qtbot.waitUntil(lambda: "Xin đợi 5 giây" in page.card.words.text())

    assert page.card.pin.isReadOnly()
    qtbot.waitUntil(lambda: "Xin đợi 4 giây" in page.card.words.text())
    assert window.desk is None


def test_a_forgotten_pin_and_a_missing_one_lead_to_the_secretary(started: Started, qtbot: QtBot) -> None:
    window = started()
    page = choose(window, qtbot, "dat")
    page.card.forgotten.click()
    assert "Nhờ bí thư đặt mã mới" in page.card.way_out.text()
    assert page.go_back()
    page = choose(window, qtbot, "cuong")

    assert "chưa có mã PIN" in page.card.prompt.text()
    assert not page.card.pin.isVisible()


def test_the_pad_of_digits_does_for_the_mouse(started: Started, qtbot: QtBot, background: Background) -> None:
    window = started()
    page = choose(window, qtbot, "dat")
    keys = {key.text(): key for key in page.card.keys.findChildren(QPushButton)}

    for digit in ("1", "9", "Xóa", "3", "7", "9"):
        qtbot.mouseClick(keys[digit], Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: isinstance(page_of(window), OwnPage))


def test_letters_typed_into_a_pin_are_no_digits(started: Started, qtbot: QtBot) -> None:
    page = choose(started(), qtbot, "dat")

    type_text(page.card.pin, "1a3đ")

    assert page.card.pin.text() == "13"


def test_the_first_sitting_begins_with_a_pin_of_ones_own(
    started: Started, qtbot: QtBot, background: Background, starting: dict[str, str]
) -> None:
    window = started()
    seat(window, qtbot, background, "Phạm Thị Dung", starting["Phạm Thị Dung"])
    page = page_of(window)
    assert isinstance(page, ChangePinPage)
    assert window.desk is None

    type_text(page.form.new, "1111")
    type_text(page.form.again, "1111")
    press(page.form.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "dễ đoán" in page.form.fields["new"].error)
    for field in (page.form.new, page.form.again):
        field.clear()
        type_text(field, "71394")
    press(page.form.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(page_of(window), OwnPage))

    window.hand_over()
    qtbot.waitUntil(lambda: isinstance(page_of(window), ChoosePersonPage))
    seat(window, qtbot, background, "Phạm Thị Dung", "71394")
    assert isinstance(page_of(window), OwnPage)


def test_a_first_pin_left_half_chosen_is_nobody_elses_to_choose(
    started: Started, qtbot: QtBot, background: Background, starting: dict[str, str]
) -> None:
    window = started()
    seat(window, qtbot, background, "Phạm Thị Dung", starting["Phạm Thị Dung"])
    assert isinstance(page_of(window), ChangePinPage)
    idle = window._seating._idle
    assert idle is not None
    assert idle.is_watching

    idle.lock_wanted.emit(5)

    qtbot.waitUntil(lambda: isinstance(page_of(window), ChoosePersonPage))
    assert "sau 5 phút" in seen_words(window)
    assert not idle.is_watching


def test_ones_own_pin_is_changed_from_ones_own_page(
    started: Started, qtbot: QtBot, background: Background
) -> None:
    window = started()
    seat(window, qtbot, background, "Nguyễn Văn Đạt")
    own = page_of(window)
    assert isinstance(own, OwnPage)
    own.pin_way.click()
    page = page_of(window)
    assert isinstance(page, ChangePinPage)

    type_text(page.form.old, "0000")
    for field in (page.form.new, page.form.again):
        type_text(field, "71394")
    page.form.send()
    qtbot.waitUntil(lambda: "chưa đúng" in page.form.fields["old"].error)
    page.form.old.clear()
    type_text(page.form.old, "1379")
    page.form.send()

    qtbot.waitUntil(lambda: page_of(window) is own)
    assert "Đã đổi mã PIN" in window.done_bar.text


def test_others_sit_by_account(
    started: Started, qtbot: QtBot, background: Background, starting: dict[str, str]
) -> None:
    window = started()
    page = choosing(window)
    (button,) = page.names.other_buttons
    assert button.text() == "Đỗ Thị Hiền (người nhập giúp)"

    button.click()
    type_text(page.card.pin, starting["Đỗ Thị Hiền"])

    qtbot.waitUntil(lambda: isinstance(page_of(window), ChangePinPage))


def test_the_secretary_comes_in_by_the_password_too(started: Started, qtbot: QtBot) -> None:
    window = started()
    page = choose(window, qtbot, "binh")
    page.card.use_password.click()
    type_text(page.card.password, "so-mau")
    press(page.card.password, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: window.desk is not None)
    assert window.desk is not None
    assert window.desk.ws.actor.name == "Trần Thị Bình"


def test_a_locked_screen_shows_nothing_of_the_page_under_it(
    started: Started, qtbot: QtBot, background: Background
) -> None:
    window = started()
    seat(window, qtbot, background, "Nguyễn Văn Đạt")
    area = own_month(window, qtbot, background)
    type_text(area, SECRET_WORDS)
    assert SECRET_WORDS in seen_words(window)
    assert "chuyên đề" in seen_words(window)

    window.lock_requested.emit()
    first = window.grab().toImage()

    words = seen_words(window)
    assert "chuyên đề" not in words
    assert "tháng" not in words.lower()
    assert window.windowTitle() == "Sổ đăng ký nêu gương"
    assert "Nguyễn Văn Đạt" in words
    # The very pixels do not depend on what lies behind.
    type_text(lock_of(window).card.pin, "1379")
    qtbot.waitUntil(
        lambda: not window.findChildren(LockPage) or not window.findChildren(LockPage)[0].isVisible()
    )
    window._go_back()
    qtbot.waitUntil(background.idle)
    qtbot.waitUntil(lambda: not window.findChildren(LockPage))
    window.lock_requested.emit()
    assert window.grab().toImage() == first


def test_unlocking_leads_back_to_the_very_place_with_every_letter(
    started: Started, qtbot: QtBot, background: Background
) -> None:
    window = started()
    seat(window, qtbot, background, "Nguyễn Văn Đạt")
    area = own_month(window, qtbot, background)
    editor = page_of(window)
    type_text(area, SECRET_WORDS)

    window.lock_requested.emit()
    assert window.desk is not None
    with window.desk.ws.read() as tx:
        (kept,) = tx.rows(select(tables.draft))
    assert SECRET_WORDS in kept.payload
    card = lock_of(window).card
    type_text(card.pin, "9998")
    qtbot.waitUntil(lambda: "Còn 2 lần" in card.words.text())
    assert not area.isVisible()
    type_text(card.pin, "1379")

    qtbot.waitUntil(area.isVisible)
    assert page_of(window) is editor
    assert area.value() == SECRET_WORDS


def test_the_keys_of_the_window_lead_nowhere_while_it_is_locked(
    started: Started, qtbot: QtBot, background: Background
) -> None:
    window = started()
    seat(window, qtbot, background, "Trần Thị Bình")
    window.show_page("months")
    qtbot.waitUntil(background.idle)
    window.lock_requested.emit()

    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_Z):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.keyClick(window, Qt.Key.Key_F1)

    assert window.current_key == "months"
    assert lock_of(window).isVisible()
    assert not window.contents.isVisible()


def test_questions_and_menus_of_the_desk_go_when_it_is_locked(
    started: Started, qtbot: QtBot, background: Background, preferences: Preferences
) -> None:
    from app.ui.dialogs import Dialogs

    window = started()
    seat(window, qtbot, background, "Trần Thị Bình")
    QTimer.singleShot(50, window, lambda: window._seating.lock_by_itself(15))

    taken = Dialogs(window, preferences).ask("Xác nhận tháng 11?", "Hà Văn Thiện", act_label="Xác nhận")

    assert not taken
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window]
    assert not any("Hà Văn Thiện" in seen_words(widget) for widget in shown)
    assert lock_of(window).isVisible()


def test_a_desk_asks_nothing_over_the_locked_screen(
    started: Started, qtbot: QtBot, background: Background, preferences: Preferences
) -> None:
    window = started()
    dialogs = Dialogs(window, preferences)
    window.start(dialogs, None)
    window.open_book(preferences.recent_books()[0])
    qtbot.waitUntil(background.idle)
    qtbot.waitUntil(lambda: isinstance(page_of(window), ChoosePersonPage))
    seat(window, qtbot, background, "binh", PINS["Trần Thị Bình"])
    QTimer.singleShot(300, window, lambda: [box.reject() for box in window.findChildren(QDialog)])
    window._seating.lock()

    answers = dialogs.ask("Trùng với Nguyễn Văn Đạt?", SECRET_WORDS, act_label="Lưu")
    place = dialogs.choose_folder("Chọn nơi", purpose="print")

    assert (answers, place) == (False, None)
    assert not any(box.isVisible() for box in window.findChildren(QDialog))


def test_work_that_was_begun_goes_on_behind_the_lock(
    started: Started, qtbot: QtBot, background: Background
) -> None:
    window = started()
    seat(window, qtbot, background, "Trần Thị Bình")
    import threading

    go_on, done = threading.Event(), []

    def work(progress: Progress) -> str:
        go_on.wait(20)
        progress.step(1, 1, "xong")
        return "149 trang"

    background.long(window, work, title="In 149 trang", on_done=done.append)
    QTimer.singleShot(200, go_on.set)
    window.lock_requested.emit()

    qtbot.waitUntil(lambda: done == ["149 trang"])
    assert lock_of(window).isVisible()
    assert not window.progress.isVisible()


def test_somebody_else_at_the_locked_screen_gets_the_names_and_nothing_of_the_last_person(
    started: Started, qtbot: QtBot, background: Background
) -> None:
    window = started()
    seat(window, qtbot, background, "Nguyễn Văn Đạt")
    type_text(own_month(window, qtbot, background), SECRET_WORDS)
    window.lock_requested.emit()

    lock_of(window).hand_over.click()
    qtbot.waitUntil(lambda: isinstance(page_of(window), ChoosePersonPage))
    qtbot.waitUntil(lambda: window.stack.count() == 1)
    qtbot.waitUntil(lambda: not window.findChildren(TextArea) and not window.findChildren(LockPage))

    everything = "\n".join(
        widget.text() for kind in (QLabel, QPushButton, QLineEdit) for widget in window.findChildren(kind)
    )
    assert "chuyên đề" not in everything
    assert "Năm" not in window.windowTitle()
    assert window.desk is None
    seat(window, qtbot, background, "Nguyễn Văn Đạt")
    assert own_month(window, qtbot, background).value() == SECRET_WORDS


def test_idle_minutes_follow_the_person_and_end_with_the_sitting(
    started: Started, qtbot: QtBot, background: Background
) -> None:
    window = started()
    seat(window, qtbot, background, "Nguyễn Văn Đạt")
    idle = window._seating._idle
    assert idle is not None
    assert (idle.is_watching, idle._minutes) == (True, 5)
    idle.warned.emit()
    assert "tự khóa sau 30 giây" in window.message.text
    idle.active.emit()
    assert window.message.text == ""

    idle.lock_wanted.emit(5)
    assert "Máy đã tự khóa sau 5 phút." in seen_words(window)
    assert not idle.is_watching
    window.hand_over()
    qtbot.waitUntil(lambda: isinstance(page_of(window), ChoosePersonPage))
    seat(window, qtbot, background, "Trần Thị Bình")
    assert (idle.is_watching, idle._minutes) == (True, 15)


def test_minutes_chosen_now_count_for_who_chose_them(
    started: Started, qtbot: QtBot, background: Background
) -> None:
    window = started()
    seat(window, qtbot, background, "Trần Thị Bình")
    window.show_page("settings", panel="users")
    qtbot.waitUntil(background.idle)
    panel = window.findChild(UsersPanel)
    assert panel is not None
    security = read_security(panel.desk.ws)

    panel.turns.wished.emit(replace(security, lead_idle_minutes=1))
    qtbot.waitUntil(background.idle)

    idle = window._seating._idle
    assert idle is not None
    assert (idle.is_watching, idle._minutes) == (True, 1)


def test_a_cell_without_pins_says_so_and_locks_to_the_names(
    started: Started, qtbot: QtBot, background: Background, turns_book: Path
) -> None:
    ws = open_book(turns_book)
    secretary = next(s for s in list_seats(ws).people if s.role is ActorRole.SECRETARY)
    save_security(sit_down(ws, secretary.id), replace(read_security(ws), pins_required=False))
    ws.close()
    window = started()
    assert "không dùng mã PIN" in seen_words(window)
    page = choosing(window)
    type_text(page.search_field, "dat")
    press(page.search_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(page_of(window), OwnPage))
    type_text(own_month(window, qtbot, background), SECRET_WORDS)

    window._seating.lock_by_itself(5)
    qtbot.waitUntil(lambda: isinstance(page_of(window), ChoosePersonPage))

    assert choosing(window).note.text == "Máy đã tự khóa sau 5 phút. Những gì đồng chí gõ đã được lưu."
    assert SECRET_WORDS not in seen_words(window)


def test_who_opens_the_book_by_their_own_password_sits_down_at_once(
    started: Started, qtbot: QtBot, background: Background, tmp_path: Path
) -> None:
    password = "cửa sổ mở ra đồng lúa"
    keys = new_keys(password, datetime.now(), KdfCost())
    ws = create_book(tmp_path / "khoa", a_book(pins_required=True), keys)
    add_member(ws, "Trần Thị Bình", CellRole.SECRETARY)
    ws.close()

    def opened() -> Workspace:
        return open_book(ws.folder, unlocked=unlock(keys_of(ws.folder), password))

    window = started()
    window._book_opened(opened())
    qtbot.waitUntil(background.idle)
    choosing(window).buttons[0].click()
    qtbot.waitUntil(lambda: window.desk is not None)
    window.hand_over()
    qtbot.waitUntil(lambda: isinstance(page_of(window), ChoosePersonPage))
    # The password is the secretary's by now, and once handed over it is asked for again.
    choosing(window).buttons[0].click()
    card = choosing(window).card
    assert card.password.isVisible()
    type_text(card.password, password)
    press(card.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.desk is not None)
    qtbot.waitUntil(background.idle)
    window.show_start()

    window._book_opened(opened())

    qtbot.waitUntil(lambda: window.desk is not None)
    assert window.desk is not None
    assert window.desk.ws.actor.name == "Trần Thị Bình"


def test_the_mornings_password_seats_nobody_when_the_book_is_given_back(
    started: Started, qtbot: QtBot, background: Background, tmp_path: Path
) -> None:
    password = "cửa sổ mở ra đồng lúa"
    ws = create_book(
        tmp_path / "khoa", a_book(pins_required=True), new_keys(password, datetime.now(), KdfCost())
    )
    secretary = add_member(ws, "Trần Thị Bình", CellRole.SECRETARY)
    deputy = add_member(ws, "Lê Văn Cường", CellRole.DEPUTY_SECRETARY)
    take_first_seat(ws, secretary)
    set_own_pin(sit_down(ws, deputy), "", "1379", "1379")
    window = started()
    window._book_opened(ws)
    qtbot.waitUntil(lambda: window.desk is not None)
    window.hand_over()
    qtbot.waitUntil(lambda: isinstance(page_of(window), ChoosePersonPage))
    for leave in ("restore_wanted", "new_data_key_wanted"):
        seat(window, qtbot, background, "cuong", "1379")
        qtbot.waitUntil(lambda: window.desk is not None)
        assert window.desk is not None
        getattr(window.desk, leave).emit()
        page = page_of(window)
        assert isinstance(page, RestorePage | ReplaceKeyPage)
        qtbot.waitUntil(background.idle)

        page.go_back()
        qtbot.waitUntil(lambda: window.desk is not None or isinstance(page_of(window), ChoosePersonPage))

        assert window.desk is None
        choosing(window).buttons[0].click()
        assert window.desk is None


def test_typists_and_readers_get_the_pages_that_are_theirs(
    started: Started, qtbot: QtBot, background: Background, turns_book: Path
) -> None:
    ws = open_book(turns_book)
    secretary = sit_down(ws, next(s.id for s in list_seats(ws).people if s.role is ActorRole.SECRETARY))
    reader = add_account(secretary, "Lê Thu Trang", ActorRole.READER)
    typist = next(seat.id for seat in list_seats(ws).others if seat.role is ActorRole.TYPIST)
    save_security(secretary, replace(read_security(secretary), pins_required=False))
    ws.close()
    window = started()

    for seat_id, role in ((typist, ActorRole.TYPIST), (reader, ActorRole.READER)):
        qtbot.waitUntil(lambda: isinstance(page_of(window), ChoosePersonPage))
        choosing(window).person_chosen.emit(seat_id)
        qtbot.waitUntil(lambda: window.desk is not None)
        qtbot.waitUntil(background.idle)
        assert tuple(window.stack.specs) == pages_for(role)
        for key in pages_for(role):
            window.show_page(key)
            qtbot.waitUntil(background.idle)
            assert window.message.text in ("", _LOOKING_ONLY), (role, key)
        window.hand_over()
