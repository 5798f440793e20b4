"""The stick with the book is pulled while somebody types, and plugged in again: nobody starts anew."""

import pytest
from PySide6.QtCore import Qt

from app.services.workspace import Workspace
from app.ui.screens.months.month_editor import MonthEditor
from app.ui.screens.own.own_page import OwnPage
from tests.book_fixtures import FakeClock, People
from tests.builders import passed_pledge
from tests.flows.conftest import Started
from tests.ui.typing_keys import commit

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

WORDS = "Đã giúp một hộ sửa nhà"


def test_words_stay_on_the_page_until_the_stick_is_back(
    started: Started, secretary_ws: Workspace, people: People, clock: FakeClock
) -> None:
    passed_pledge(secretary_ws, people.plain)
    secretary_ws.close()
    book, away = secretary_ws.folder, secretary_ws.folder.with_name("rút rồi")
    pc = started(clock, [False], book)
    pc.sits_down("dat")
    pc.page(OwnPage)
    pc.press(Qt.Key.Key_Return)
    editor = pc.page(MonthEditor)
    book.rename(away)
    commit(pc.focused(), WORDS)

    pc.press(Qt.Key.Key_Escape)
    assert "USB bị rút" in pc.words()
    assert not pc.window.close()
    assert pc.page(MonthEditor) is editor
    assert editor.view.form.cards[0].result.value() == WORDS

    away.rename(book)
    editor.view.form.cards[0].result.setFocus()
    pc.press(Qt.Key.Key_Escape)
    pc.page(OwnPage)
    pc.press(Qt.Key.Key_Return)
    assert pc.page(MonthEditor).view.form.cards[0].result.value() == WORDS
