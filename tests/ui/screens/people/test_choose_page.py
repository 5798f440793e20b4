"""Choosing a name: letters, Enter, the keeper, going back."""

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.dates import BirthDate
from app.services.accounts import read_security, save_security
from app.services.seat_pins import set_own_pin
from app.services.seats import find_seat, list_seats, sit_down
from app.services.workspace import Workspace
from app.ui.preferences import Preferences
from app.ui.screens.people.choose_page import ChoosePersonPage
from tests.book_fixtures import People
from tests.builders import add_member
from tests.ui.typing_keys import press, type_text


def shown(qtbot: QtBot, ws: Workspace, preferences: Preferences) -> ChoosePersonPage:
    page = ChoosePersonPage(list_seats(ws), preferences)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    qtbot.waitUntil(lambda: bool(page.buttons))
    return page


def names(page: ChoosePersonPage) -> list[str]:
    return [button.text() for button in page.buttons]


def test_everybody_is_listed_and_nobody_chosen(
    qtbot: QtBot, secretary_ws: Workspace, preferences: Preferences
) -> None:
    page = shown(qtbot, secretary_ws, preferences)

    assert names(page) == ["Trần Thị Bình", "Lê Văn Cường", "Phạm Thị Dung", "Nguyễn Văn Đạt"]
    assert not any(button.isChecked() for button in page.buttons)


def test_letters_without_marks_and_enter_take_the_marked_name(
    qtbot: QtBot, secretary_ws: Workspace, people: People, preferences: Preferences
) -> None:
    page = shown(qtbot, secretary_ws, preferences)

    type_text(page.search_field, "dat")
    qtbot.waitUntil(lambda: names(page) == ["Nguyễn Văn Đạt"])
    with qtbot.waitSignal(page.person_chosen) as chosen:
        press(page.search_field, Qt.Key.Key_Return)

    assert chosen.args == [people.plain]


def test_enter_without_letters_opens_nobodys_page(
    qtbot: QtBot, secretary_ws: Workspace, preferences: Preferences
) -> None:
    page = shown(qtbot, secretary_ws, preferences)

    with qtbot.assertNotEmitted(page.person_chosen, wait=150):
        press(page.search_field, Qt.Key.Key_Return)


def test_given_name_is_found_before_family_name(
    qtbot: QtBot, secretary_ws: Workspace, preferences: Preferences
) -> None:
    add_member(secretary_ws, "Đạt Văn Xuân")
    page = shown(qtbot, secretary_ws, preferences)

    type_text(page.search_field, "đạt")
    qtbot.waitUntil(lambda: len(page.buttons) == 2)

    assert names(page) == ["Nguyễn Văn Đạt", "Đạt Văn Xuân"]


def test_two_alike_are_told_apart_by_birth(qtbot: QtBot, ws: Workspace, preferences: Preferences) -> None:
    add_member(ws, "Nguyễn Văn An", birth=BirthDate(1970), card_number="")
    add_member(ws, "Nguyễn Văn An", birth=BirthDate(1985), card_number="")
    page = shown(qtbot, ws, preferences)

    assert sorted(names(page)) == ["Nguyễn Văn An (sinh 1970)", "Nguyễn Văn An (sinh 1985)"]


def test_keeper_goes_on_while_there_is_no_secretary(
    qtbot: QtBot, ws: Workspace, preferences: Preferences
) -> None:
    add_member(ws, "Nguyễn Văn An")
    page = shown(qtbot, ws, preferences)

    with qtbot.waitSignal(page.person_chosen) as chosen:
        qtbot.mouseClick(page.keep_button, Qt.MouseButton.LeftButton)

    assert chosen.args == [""]


def test_nobody_found_says_what_to_try(
    qtbot: QtBot, secretary_ws: Workspace, preferences: Preferences
) -> None:
    page = shown(qtbot, secretary_ws, preferences)

    type_text(page.search_field, "zzz")
    qtbot.waitUntil(lambda: not page.buttons)

    assert "Không tìm thấy “zzz”" in page.names.more.text()


def test_six_digits_have_room_beside_the_names(
    qtbot: QtBot, secretary_ws: Workspace, people: People, preferences: Preferences
) -> None:
    save_security(secretary_ws, replace(read_security(secretary_ws), pins_required=True))
    set_own_pin(sit_down(secretary_ws, people.plain), "", "482615", "482615")
    page = shown(qtbot, secretary_ws, preferences)
    page.resize(1340, 740)

    page.choose(find_seat(secretary_ws, people.plain))
    qtbot.waitUntil(page.card.pin.isVisible)

    pin = page.card.pin
    assert pin.mapTo(page.card, pin.rect().topRight()).x() < page.card.width()
    assert page.card.mapTo(page, page.card.rect().topRight()).x() < page.width()
    assert pin.visibleRegion().boundingRect() == pin.rect()


def test_an_empty_list_does_not_say_that_nobody_was_found(
    qtbot: QtBot, ws: Workspace, preferences: Preferences
) -> None:
    page = ChoosePersonPage(list_seats(ws), preferences)
    qtbot.addWidget(page)
    page.show()

    qtbot.waitUntil(lambda: page.names.more.text() == "Sổ chưa có tên ai.")


def test_many_names_turn_pages(qtbot: QtBot, ws: Workspace, preferences: Preferences) -> None:
    for number in range(60):
        add_member(ws, f"Nguyễn Văn {chr(ord('A') + number % 26)}{'abcdefgh'[number // 26]}")
    page = shown(qtbot, ws, preferences)
    first = names(page)

    qtbot.mouseClick(page.names.next, Qt.MouseButton.LeftButton)

    assert names(page)
    assert not set(names(page)) & set(first)
