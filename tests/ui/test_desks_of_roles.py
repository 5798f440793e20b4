"""The window of who types for others, and of a reader from above: their pages work, no more is offered."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.dates import Month
from app.domain.member import CellRole
from app.domain.permissions import ActorRole, pages_for
from app.services.accounts import add_account
from app.services.books import open_book
from app.services.desks import take_seat
from app.ui.background import Background
from app.ui.main_window import MainWindow
from app.ui.preferences import Preferences
from app.ui.screens.months.month_editor import MonthEditor
from app.ui.screens.months.months_page import MonthsPage
from app.ui.screens.people.choose_page import ChoosePersonPage
from app.ui.screens.pledges.pledges_page import PledgesPage
from app.ui.screens.year_end.reviews_page import ReviewsPage
from tests.builders import add_member, handed_in, passed_pledge
from tests.ui.scripted_dialogs import ScriptedDialogs
from tests.ui.typing_keys import press, type_text

TYPIST, READER = "Vũ Thị Gõ", "Lê Văn Trên"
LAST = Month.of(date.today()).previous()


@pytest.fixture
def cell_book(empty_book: Path) -> Path:
    """A closed book: a secretary, a member whose last month is handed in, one without, a typist, a reader."""
    ws = open_book(empty_book)
    secretary = add_member(ws, "Trần Thị Bình", CellRole.SECRETARY)
    plain, other = add_member(ws, "Nguyễn Văn Đạt"), add_member(ws, "Hoàng Thị Em")
    leading = take_seat(ws, secretary).ws
    for member_id in (plain, other):
        pledge = passed_pledge(leading, member_id, LAST.year)
        if member_id == plain:
            handed_in(leading, pledge, LAST)
    add_account(leading, TYPIST, ActorRole.TYPIST)
    add_account(leading, READER, ActorRole.READER)
    ws.close()
    return empty_book


Seat = Callable[[str], MainWindow]


@pytest.fixture
def seat(qtbot: QtBot, background: Background, preferences: Preferences, cell_book: Path) -> Iterator[Seat]:
    windows: list[MainWindow] = []

    def start(name: str) -> MainWindow:
        window = MainWindow(background, preferences)
        window.start(ScriptedDialogs([], preferences), cell_book)
        window.resize(1366, 768)
        window.show()
        windows.append(window)
        qtbot.waitUntil(background.idle)
        page = window.stack.currentWidget()
        assert isinstance(page, ChoosePersonPage)
        type_text(page.search_field, name)
        press(page.search_field, Qt.Key.Key_Return)
        qtbot.waitUntil(background.idle)
        return window

    yield start
    for window in windows:
        window.close()


def shown_words(page: QWidget) -> set[str]:
    """What the buttons say that can be pressed on a page."""
    buttons = page.findChildren(QAbstractButton)
    return {
        button.text() for button in buttons if button.isVisible() and button.isEnabled() and button.text()
    }


@pytest.mark.parametrize(("name", "role"), [(TYPIST, ActorRole.TYPIST), (READER, ActorRole.READER)])
def test_every_page_of_theirs_opens_without_a_refusal(
    seat: Seat, qtbot: QtBot, background: Background, name: str, role: ActorRole
) -> None:
    window = seat(name)

    assert tuple(window.stack.specs) == pages_for(role)
    for key in pages_for(role):
        window.show_page(key)
        qtbot.waitUntil(background.idle)
        assert window.current_key == key
        assert "Giao máy để đổi người" not in window.message.text


def test_who_types_writes_a_month_from_paper_and_is_offered_nothing_of_the_cells(
    seat: Seat, qtbot: QtBot, background: Background
) -> None:
    window = seat(TYPIST)
    window.show_page("months")
    qtbot.waitUntil(background.idle)
    page = window.stack.currentWidget()
    assert isinstance(page, MonthsPage)

    words = " ".join(shown_words(page))
    assert "Xác nhận" not in words
    assert "nghỉ có lý do" not in words

    model = page.board.table.model_
    people = [model.row_at(number) for number in range(model.rowCount())]
    member_id = next(row.member_id for row in people if row.name == "Hoàng Thị Em")
    page.type_month(member_id, LAST)
    qtbot.waitUntil(background.idle)
    editor = page.editor
    assert isinstance(editor, MonthEditor)
    assert "Gửi" in " ".join(shown_words(editor))

    window.show_page("pledges")
    qtbot.waitUntil(background.idle)
    pledges = window.stack.currentWidget()
    assert isinstance(pledges, PledgesPage)
    assert "Chi bộ thông qua" not in " ".join(shown_words(pledges))


def test_a_reader_from_above_is_offered_no_writing(seat: Seat, qtbot: QtBot, background: Background) -> None:
    window = seat(READER)
    for key in pages_for(ActorRole.READER):
        window.show_page(key)
        qtbot.waitUntil(background.idle)
        page = window.stack.currentWidget()
        assert page is not None
        words = " ".join(shown_words(page))
        for act in ("Xác nhận", "Ghi ", "Nhập", "Sửa", "Bỏ", "Thêm", "Mở lại"):
            assert act not in words, (key, words)


def test_who_types_writes_a_years_sheet_from_paper_without_the_steps_of_the_year_end(
    seat: Seat, qtbot: QtBot, background: Background
) -> None:
    window = seat(TYPIST)
    page = window.show_page("reviews")
    qtbot.waitUntil(background.idle)
    assert isinstance(page, ReviewsPage)
    row = next(row for row in page.table.records.shown if row.member.name == "Nguyễn Văn Đạt")

    page.open_row(row)
    qtbot.waitUntil(background.idle)

    assert page.editor is not None
    sheet = page.editor.sheet
    assert sheet is not None
    assert sheet.may_write
    page.editor.open_section(sheet.sections[-1].key)
    words = " ".join(shown_words(page.editor))
    assert "Gửi cho chi bộ" in words
    assert "Danh sách" in words
    assert "Khóa" not in words
    assert not window.message.text


def test_everybody_comes_back_to_their_own_last_place_and_not_to_another_persons(
    seat: Seat, qtbot: QtBot, background: Background
) -> None:
    window = seat("Trần Thị Bình")
    window.show_page("papers")

    def next_one(name: str) -> None:
        window.hand_over()
        qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), ChoosePersonPage))
        page = window.stack.currentWidget()
        assert isinstance(page, ChoosePersonPage)
        type_text(page.search_field, name)
        press(page.search_field, Qt.Key.Key_Return)
        qtbot.waitUntil(background.idle)

    next_one(READER)
    assert window.current_key == "months"

    next_one("Trần Thị Bình")
    assert window.current_key == "papers"
