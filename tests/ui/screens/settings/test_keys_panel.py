"""Mật khẩu và phiếu khôi phục: the secretary changes, adds, resets and takes away what opens the book."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import WrongSecret
from app.services.books import open_book
from app.services.desks import take_first_seat
from app.services.key_holders import add_holder, list_holders
from app.services.keys import keys_of, unlock
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.parts.buttons import Button
from app.ui.preferences import Preferences
from app.ui.screens.settings.key_forms import AddForm, ChangeForm, KeyForm
from app.ui.screens.settings.keys_panel import KeysPanel
from tests.book_fixtures import FakeClock
from tests.ui.conftest import PHRASE, LockedBook
from tests.ui.scripted_dialogs import ScriptedDialogs
from tests.ui.typing_keys import type_text

NEW_PHRASE = "gió lùa qua mái đình"


@pytest.fixture
def locked_ws(locked_book: LockedBook) -> Iterator[Workspace]:
    """The book opened by its secretary, who sits at the PC."""
    unlocked = unlock(keys_of(locked_book.folder), PHRASE)
    ws = open_book(locked_book.folder, unlocked=unlocked, clock=FakeClock())
    yield take_first_seat(ws, locked_book.secretary).ws
    ws.close()


@pytest.fixture
def dialogs(preferences: Preferences) -> ScriptedDialogs:
    return ScriptedDialogs(preferences=preferences)


def shown(
    ws: Workspace, qtbot: QtBot, background: Background, preferences: Preferences, dialogs: ScriptedDialogs
) -> KeysPanel:
    panel = KeysPanel(Desk(ws, background, dialogs, preferences, (2025, 2026)))
    qtbot.addWidget(panel)
    panel.resize(1280, 720)
    panel.show()
    qtbot.waitUntil(background.idle)
    return panel


@pytest.fixture
def panel(
    locked_ws: Workspace,
    qtbot: QtBot,
    background: Background,
    preferences: Preferences,
    dialogs: ScriptedDialogs,
) -> KeysPanel:
    return shown(locked_ws, qtbot, background, preferences, dialogs)


def button(panel: QWidget, name: str) -> Button:
    return next(each for each in panel.findChildren(Button) if each.accessibleName() == name)


def hand_in(panel: KeysPanel, qtbot: QtBot, password: str) -> None:
    form = panel.form
    assert form is not None
    for field in (form.form.password, form.form.again):
        type_text(field.line, password)
    form.act_button.click()
    qtbot.waitUntil(panel.desk.background.idle)


def form_of(panel: KeysPanel) -> KeyForm:
    assert panel.form is not None
    return panel.form


def test_own_password_is_changed_with_the_old_one(
    panel: KeysPanel, qtbot: QtBot, locked_book: LockedBook
) -> None:
    button(panel, "Đổi mật khẩu của tôi: Trần Thị Bình").click()
    form = form_of(panel)
    assert isinstance(form, ChangeForm)
    type_text(form.old.line, PHRASE)

    hand_in(panel, qtbot, NEW_PHRASE)

    assert panel.form is None
    assert unlock(keys_of(locked_book.folder), NEW_PHRASE)


def test_wrong_old_password_is_said_beside_it(panel: KeysPanel, qtbot: QtBot) -> None:
    button(panel, "Đổi mật khẩu của tôi: Trần Thị Bình").click()
    form = form_of(panel)
    assert isinstance(form, ChangeForm)
    type_text(form.old.line, "không phải")

    hand_in(panel, qtbot, NEW_PHRASE)

    assert "chưa đúng" in form.old_field.error
    assert form.form.value() == NEW_PHRASE


def test_member_is_added_as_a_holder(
    panel: KeysPanel, qtbot: QtBot, locked_ws: Workspace, locked_book: LockedBook
) -> None:
    panel.add_button.click()
    form = form_of(panel)
    assert isinstance(form, AddForm)
    assert panel.focusWidget() is form.who
    assert not panel.holders_card.isVisible()
    offered = [form.who.itemText(index) for index in range(form.who.count())]
    assert offered == ["Lê Văn Cường", "Người khác, không ở chi bộ"]
    form.who.setCurrentIndex(0)

    hand_in(panel, qtbot, NEW_PHRASE)

    assert "Lê Văn Cường" in [holder.name for holder in list_holders(locked_ws)]
    assert unlock(keys_of(locked_book.folder), NEW_PHRASE)


def test_nobody_chosen_and_no_name_are_said(panel: KeysPanel, qtbot: QtBot) -> None:
    panel.add_button.click()
    form = form_of(panel)
    assert isinstance(form, AddForm)
    hand_in(panel, qtbot, NEW_PHRASE)
    assert "Chưa chọn" in form.who_field.error

    form.who.setCurrentIndex(1)
    form.who.activated.emit(1)
    form.act_button.click()

    assert "Chưa ghi họ và tên" in form.name_field.error


def test_holder_who_forgot_gets_a_new_password(
    panel: KeysPanel, qtbot: QtBot, locked_ws: Workspace, locked_book: LockedBook
) -> None:
    add_holder(locked_ws, None, "Đỗ Thị Hiền", "con đò sang bến bên kia")
    panel.refresh()
    qtbot.waitUntil(panel.desk.background.idle)
    button(panel, "Đặt lại mật khẩu: Đỗ Thị Hiền").click()

    hand_in(panel, qtbot, NEW_PHRASE)

    ring = keys_of(locked_book.folder)
    assert unlock(ring, NEW_PHRASE)
    with pytest.raises(WrongSecret):
        unlock(ring, "con đò sang bến bên kia")


def test_holder_is_taken_away_after_a_question_and_a_new_data_key_is_offered(
    panel: KeysPanel, qtbot: QtBot, dialogs: ScriptedDialogs, locked_ws: Workspace
) -> None:
    add_holder(locked_ws, None, "Đỗ Thị Hiền", "con đò sang bến bên kia")
    panel.refresh()
    qtbot.waitUntil(panel.desk.background.idle)
    dialogs.answers = [True]
    button(panel, "Bỏ người giữ: Đỗ Thị Hiền").click()
    qtbot.waitUntil(panel.desk.background.idle)

    assert "Đỗ Thị Hiền" not in [holder.name for holder in list_holders(locked_ws)]
    assert panel.message.button is not None
    with qtbot.waitSignal(panel.desk.new_data_key_wanted):
        panel.message.button.click()


def test_last_password_has_no_way_to_be_taken_away(panel: KeysPanel) -> None:
    names = [each.accessibleName() for each in panel.findChildren(Button)]

    assert not any(name.startswith("Bỏ người giữ") for name in names)


def test_new_sheet_is_typed_back_and_the_old_one_opens_no_more(
    panel: KeysPanel, qtbot: QtBot, dialogs: ScriptedDialogs, locked_ws: Workspace, locked_book: LockedBook
) -> None:
    assert "chưa gõ lại" in panel.sheet_words.text()
    dialogs.answers = [True]
    panel.sheet_button.click()
    qtbot.waitUntil(lambda: panel.recovery is not None)
    assert panel.recovery is not None
    code = "-".join(group.letters.text() for group in panel.recovery.shown.groups)
    type_text(panel.recovery.code.line, code)
    panel.recovery.done_button.click()
    qtbot.waitUntil(lambda: panel.recovery is None)
    qtbot.waitUntil(panel.desk.background.idle)

    assert "đã gõ lại đúng" in panel.sheet_words.text()
    assert unlock(keys_of(locked_book.folder), code).kind.value == "recovery"
    with pytest.raises(WrongSecret):
        unlock(keys_of(locked_book.folder), locked_book.code)


def test_escape_on_a_new_sheet_asks_and_on_a_form_closes_it(
    panel: KeysPanel, qtbot: QtBot, dialogs: ScriptedDialogs
) -> None:
    panel.add_button.click()
    assert panel.go_back()
    assert panel.form is None

    dialogs.answers = [True, False]
    panel.sheet_button.click()
    qtbot.waitUntil(lambda: panel.recovery is not None)
    assert panel.go_back()

    assert panel.recovery is not None
    assert not dialogs.answers


def test_sample_book_says_its_password_and_offers_nothing(
    secretary_ws: Workspace,
    qtbot: QtBot,
    background: Background,
    preferences: Preferences,
    dialogs: ScriptedDialogs,
) -> None:
    panel = shown(secretary_ws, qtbot, background, preferences, dialogs)

    assert "so-mau" in panel.message.text
    assert not panel.sheet_card.isVisible()
    assert not panel.holders_card.isVisible()


def test_a_form_comes_into_view_though_the_panel_was_scrolled(qtbot: QtBot, panel: KeysPanel) -> None:
    panel.resize(700, 260)
    bar = panel._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 60)
    bar.setValue(60)

    panel.add_button.click()

    assert panel.form is not None
    assert bar.value() == 0
