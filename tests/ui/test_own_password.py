"""A plain member who holds a password of the book changes it from their own page."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.db.key_slots import KdfCost
from app.domain.member import CellRole
from app.services.books import create_book, open_book
from app.services.desks import take_first_seat
from app.services.key_holders import add_holder
from app.services.keys import keys_of, new_keys, unlock
from app.ui.background import Background
from app.ui.main_window import MainWindow
from app.ui.parts.buttons import Button
from app.ui.preferences import Preferences
from app.ui.screens.keys.unlock_page import UnlockPage
from app.ui.screens.own.own_page import OwnPage
from app.ui.screens.settings.key_forms import ChangeForm
from app.ui.screens.settings.own_password_page import OwnPasswordPage
from tests.book_fixtures import FakeClock
from tests.builders import a_book, add_member
from tests.ui.conftest import PHRASE
from tests.ui.scripted_dialogs import ScriptedDialogs
from tests.ui.typing_keys import press, type_text

OWN_PHRASE, NEW_PHRASE = "nước chảy đá mòn nhé", "gió lùa qua mái đình"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Opened by the secretary or by a plain member, each by a password of their own."""
    clock = FakeClock()
    keys = new_keys(PHRASE, clock.now(), KdfCost())
    ws = create_book(tmp_path / "so.neuguong", a_book(), keys, clock)
    secretary = add_member(ws, "Trần Thị Bình", CellRole.SECRETARY)
    plain = add_member(ws, "Nguyễn Văn Đạt")
    ws.close()
    ws = open_book(tmp_path / "so.neuguong", unlocked=unlock(keys_of(ws.folder), PHRASE), clock=clock)
    add_holder(take_first_seat(ws, secretary).ws, plain, "", OWN_PHRASE)
    ws.close()
    return ws.folder


def offered(page: OwnPasswordPage) -> list[Button]:
    return [button for button in page.panel.findChildren(Button) if button.isVisible()]


def test_a_plain_member_changes_the_password_they_hold(
    qtbot: QtBot, background: Background, preferences: Preferences, book: Path
) -> None:
    window = MainWindow(background, preferences)
    qtbot.addWidget(window)
    window.start(ScriptedDialogs(None, preferences), book)
    window.resize(1366, 768)
    window.show()
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), UnlockPage))
    unlocking = window.stack.currentWidget()
    assert isinstance(unlocking, UnlockPage)
    type_text(unlocking.password.line, OWN_PHRASE)
    press(unlocking.password.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), OwnPage), timeout=10_000)
    own = window.stack.currentWidget()
    assert isinstance(own, OwnPage)
    qtbot.waitUntil(lambda: not own.password_way.isHidden())

    own.password_way.click()
    page = window.stack.currentWidget()
    assert isinstance(page, OwnPasswordPage)
    qtbot.waitUntil(lambda: [button.text() for button in offered(page)] == ["Đổi mật khẩu của tôi"])
    offered(page)[0].click()
    form = page.panel.form
    assert isinstance(form, ChangeForm)
    type_text(form.old.line, OWN_PHRASE)
    type_text(form.form.password.line, NEW_PHRASE)
    type_text(form.form.again.line, NEW_PHRASE)
    form.act()
    qtbot.waitUntil(lambda: "Đã đổi mật khẩu" in window.done_bar.text, timeout=10_000)

    assert unlock(keys_of(book), NEW_PHRASE)
    page.go_back()
    assert window.stack.currentWidget() is own
    window.close()
