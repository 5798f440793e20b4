"""The disk is full while somebody writes: nothing typed goes, whichever way they try to leave."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import text

from app.services.pledges import open_pledge
from app.services.workspace import Workspace
from app.ui.screens.months.comment_page import CommentPage
from app.ui.screens.months.month_editor import MonthEditor
from app.ui.screens.own.own_page import OwnPage
from app.ui.screens.pledges.pledge_editor import PledgeEditor
from tests.book_fixtures import FakeClock, People
from tests.builders import passed_pledge
from tests.flows.at_the_pc import AtThePc
from tests.flows.conftest import Started
from tests.ui.typing_keys import commit

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

WORDS = "Đã giúp một hộ. " * 1000
NO_LIMIT = 1 << 30


def let_grow(pc: AtThePc, pages: int) -> None:
    """SQLite itself then says that the disk is full; the limit is a connection's, and the book has two."""
    with pc.seated.engine.connect() as one, pc.seated.engine.connect() as other:
        for connection in (one, other):
            connection.execute(text(f"PRAGMA max_page_count = {pages}"))


def test_words_stay_until_they_are_kept(
    started: Started, secretary_ws: Workspace, people: People, clock: FakeClock
) -> None:
    passed_pledge(secretary_ws, people.plain)
    secretary_ws.close()
    pc = started(clock, [False], secretary_ws.folder)
    pc.sits_down("dat")
    pc.page(OwnPage)
    pc.press(Qt.Key.Key_Return)
    editor = pc.page(MonthEditor)
    let_grow(pc, 1)
    commit(pc.focused(), WORDS)

    pc.press(Qt.Key.Key_Escape)
    assert "Ổ đĩa chứa sổ đã đầy" in pc.words()
    pc.window.hand_over()
    pc.settle()
    assert not pc.window.close()
    assert pc.dialogs.asked[0][0] == "Đóng cửa sổ khi chưa lưu được?"
    assert pc.page(MonthEditor) is editor
    assert editor.view.form.cards[0].result.value() == WORDS

    let_grow(pc, NO_LIMIT)
    editor.view.form.cards[0].result.setFocus()
    pc.press(Qt.Key.Key_Escape)
    pc.page(OwnPage)
    pc.press(Qt.Key.Key_Return)
    assert pc.page(MonthEditor) is not editor
    assert pc.page(MonthEditor).view.form.cards[0].result.value() == WORDS


def test_words_stay_when_another_place_of_the_same_page_is_asked_for(
    started: Started, secretary_ws: Workspace, people: People, clock: FakeClock
) -> None:
    passed_pledge(secretary_ws, people.plain)
    secretary_ws.close()
    pc = started(clock, [], secretary_ws.folder)
    pc.sits_down("binh")
    pc.window.show_page("months", member=people.plain, month="2026-03", act="type")
    month = pc.page(MonthEditor)
    let_grow(pc, 1)
    commit(pc.focused(), WORDS)

    pc.window.show_page("months", member=people.deputy, month="2026-03", act="open")
    pc.settle()
    assert pc.page(MonthEditor) is month
    assert month.view.form.cards[0].result.value() == WORDS
    let_grow(pc, NO_LIMIT)
    pc.window.show_page("months", member=people.deputy, month="2026-03", act="open")
    pc.settle()
    assert pc.page(CommentPage).view.header.title.text() == "Tháng 3 của Lê Văn Cường"

    pc.window.show_page("pledges", member=people.deputy)
    pledge = pc.page(PledgeEditor)
    pc.press_for("Thêm việc", Qt.Key.Key_N)
    let_grow(pc, 1)
    commit(pledge.view.card.action, WORDS)
    pc.window.show_page("pledges", member=people.committee)
    pc.settle()
    assert pc.page(PledgeEditor) is pledge
    assert pledge.bench.items.items()[0].action.strip() == WORDS.strip()
    let_grow(pc, NO_LIMIT)
    pc.window.show_page("pledges", member=people.committee)
    pc.settle()
    assert pc.page(PledgeEditor).member_id == people.committee
    assert open_pledge(pc.seated, people.deputy, 2026).pledge.items[0].action == WORDS.strip()
