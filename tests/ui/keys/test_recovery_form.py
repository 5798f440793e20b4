"""The code of a new sheet: on paper, typed back, or left for later knowingly."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.recovery_code import new_recovery_code
from app.services.books import open_book
from app.services.key_holders import list_holders
from app.services.keys import keys_of, unlock
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.keys.recovery_form import RecoveryForm
from app.ui.preferences import Preferences
from tests.book_fixtures import FakeClock
from tests.ui.conftest import PHRASE, LockedBook
from tests.ui.scripted_dialogs import ScriptedDialogs
from tests.ui.typing_keys import press, type_text


@pytest.fixture
def locked_ws(locked_book: LockedBook) -> Iterator[Workspace]:
    unlocked = unlock(keys_of(locked_book.folder), PHRASE)
    ws = open_book(locked_book.folder, unlocked=unlocked, clock=FakeClock())
    yield ws
    ws.close()


@pytest.fixture
def dialogs(preferences: Preferences) -> ScriptedDialogs:
    return ScriptedDialogs(preferences=preferences)


@pytest.fixture
def form(
    qtbot: QtBot,
    background: Background,
    dialogs: ScriptedDialogs,
    locked_ws: Workspace,
    locked_book: LockedBook,
) -> RecoveryForm:
    form = RecoveryForm(background, dialogs, locked_ws, locked_book.code)
    qtbot.addWidget(form)
    form.show()
    return form


def test_code_typed_back_from_paper_is_noted_in_the_book(
    qtbot: QtBot, form: RecoveryForm, locked_ws: Workspace, locked_book: LockedBook
) -> None:
    type_text(form.code.line, locked_book.code.lower())

    with qtbot.waitSignal(form.proved):
        press(form.code.line, Qt.Key.Key_Return)

    assert list_holders(locked_ws)[-1].proved_at == "2026-03-20 08:30:00"


def test_code_is_out_of_sight_while_it_is_typed_back(form: RecoveryForm, locked_book: LockedBook) -> None:
    first = form.shown.groups[0].letters
    assert first.text() == locked_book.code[:5]

    type_text(form.code.line, "A")
    assert first.text() == "•••••"

    form.show_button.click()
    assert first.text() == locked_book.code[:5]
    assert form.code.typing.text() == ""


def test_mistyped_group_is_named_and_nothing_is_noted(
    qtbot: QtBot, background: Background, form: RecoveryForm, locked_ws: Workspace, locked_book: LockedBook
) -> None:
    type_text(form.code.line, locked_book.code[:-1] + ("2" if locked_book.code[-1] != "2" else "3"))
    form.done_button.click()

    assert "Nhóm 6" in form.field.error
    assert list_holders(locked_ws)[-1].proved_at is None


def test_code_of_another_book_is_refused(
    qtbot: QtBot, background: Background, dialogs: ScriptedDialogs, form: RecoveryForm
) -> None:
    type_text(form.code.line, new_recovery_code(secrets.randbelow))
    form.done_button.click()
    qtbot.waitUntil(background.idle)

    assert "phiếu khác" in form.field.error


def test_leaving_it_for_later_says_what_that_costs(
    qtbot: QtBot, dialogs: ScriptedDialogs, form: RecoveryForm
) -> None:
    dialogs.answers = [False, True]
    form.later_button.click()
    with qtbot.waitSignal(form.skipped):
        form.later_button.click()

    assert "không ai mở được sổ nữa" in dialogs.asked[0][1]


def test_sheet_is_saved_where_the_person_says(
    qtbot: QtBot, background: Background, dialogs: ScriptedDialogs, form: RecoveryForm, tmp_path: Path
) -> None:
    target = tmp_path / "phieu.pdf"
    dialogs.answers = [target]
    form.save_button.click()
    qtbot.waitUntil(background.idle)

    assert target.read_bytes().startswith(b"%PDF")
    assert "xóa tệp này đi" in form.message.text


def test_without_a_printer_saving_is_offered(form: RecoveryForm) -> None:
    form.print_button.click()

    assert "Không thấy máy in" in form.message.text
    assert form.message.button is not None
