"""What is typed is in the book within two seconds, whatever becomes of the page, and is tried again."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QElapsedTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from app.services.drafts import find_draft
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.desk import Desk, DeskPage
from app.ui.draft_keeper import DraftKeeper
from app.ui.parts.layout import Column
from app.ui.preferences import Preferences
from tests.ui.scripted_dialogs import ScriptedDialogs
from tests.ui.typing_keys import type_text

_FULL = (
    "CREATE TRIGGER full BEFORE INSERT ON draft BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
)


class NotePage(DeskPage):
    """A page with one field."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.field = QLineEdit()
        Column(self).addWidget(self.field)
        self.keeper = DraftKeeper(self, "note", self._typed)
        self.keeper.begin("one")
        self.field.textEdited.connect(lambda _text: self.keeper.touch())

    def _typed(self) -> dict[str, str] | None:
        return {"text": self.field.text()} if self.field.text() else None

    def put_text(self, words: str) -> None:
        self.field.setText(words)
        self.keeper.touch()


@pytest.fixture
def page(qtbot: QtBot, background: Background, preferences: Preferences, ws: Workspace) -> Iterator[NotePage]:
    shown = NotePage(Desk(ws, background, ScriptedDialogs([], preferences), preferences, (2026,)))
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    background.wait_idle()


def stored(ws: Workspace, key: str = "one") -> str:
    draft = find_draft(ws, "note", key)
    return draft.payload["text"] if draft else ""


def test_who_types_without_a_pause_is_kept_within_two_seconds(
    qtbot: QtBot, page: NotePage, ws: Workspace
) -> None:
    clock = QElapsedTimer()
    clock.start()
    with qtbot.waitSignal(page.keeper.kept, timeout=2000):
        while not page.keeper.is_waiting or clock.elapsed() < 1400:
            type_text(page.field, "a")
            QApplication.processEvents()
        type_text(page.field, "b")

    assert stored(ws).startswith("a")


def test_leaving_the_page_keeps_the_last_letter(page: NotePage, ws: Workspace) -> None:
    page.put_text("Vừa gõ")
    page.hide()
    page.desk.background.wait_idle()

    assert stored(ws) == "Vừa gõ"


def test_closing_the_window_keeps_the_last_letter(page: NotePage, ws: Workspace) -> None:
    page.put_text("Vừa gõ")
    QApplication.sendEvent(page.window(), QCloseEvent())
    page.desk.background.wait_idle()

    assert stored(ws) == "Vừa gõ"


def test_what_was_given_up_is_not_brought_back(page: NotePage, ws: Workspace) -> None:
    page.put_text("Bỏ đi")
    page.keeper.flush()
    page.keeper.forget()
    page.desk.background.wait_idle()

    assert find_draft(ws, "note", "one") is None


def test_a_page_emptied_again_has_no_draft(page: NotePage, ws: Workspace) -> None:
    page.put_text("Gõ nhầm")
    page.keeper.flush()
    page.put_text("")
    page.keeper.flush()
    page.desk.background.wait_idle()

    assert find_draft(ws, "note", "one") is None


def test_a_draft_the_disk_refused_is_said_and_stored_at_the_next_occasion(
    page: NotePage, ws: Workspace
) -> None:
    said: list[str] = []
    page.desk.background.failed.connect(said.append)
    with ws.engine.begin() as connection:
        connection.execute(text(_FULL))
    page.put_text("Đĩa đầy")
    page.keeper.flush()
    page.desk.background.wait_idle()
    assert len(said) == 1
    assert stored(ws) == ""

    # By now another record is on the page.
    page.keeper.begin("two")
    page.put_text("Người khác")
    with ws.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER full"))
    page.keeper.flush()
    page.desk.background.wait_idle()

    assert (stored(ws), stored(ws, "two")) == ("Đĩa đầy", "Người khác")


def test_going_on_waits_for_the_draft_and_a_full_disk_keeps_the_page(page: NotePage, ws: Workspace) -> None:
    gone: list[str] = []
    page.keeper.after_kept(lambda: gone.append("nothing typed"))
    assert gone == ["nothing typed"]
    with ws.engine.begin() as connection:
        connection.execute(text(_FULL))
    page.put_text("Đĩa đầy")
    page.keeper.after_kept(lambda: gone.append("too early"))
    page.desk.background.wait_idle()
    with ws.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER full"))
    page.keeper.after_kept(lambda: gone.append("kept"))
    page.desk.background.wait_idle()

    assert gone == ["nothing typed", "kept"]
    assert stored(ws) == "Đĩa đầy"
