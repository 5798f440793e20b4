"""Người dùng và mã PIN: giving PINs, ending waits, switching PINs on, accounts, one's own PIN."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import PinRefused
from app.domain.permissions import ActorRole
from app.domain.seat import SeatSecret
from app.services.accounts import list_accounts, read_security, save_security
from app.services.desks import take_seat
from app.services.seat_pins import set_own_pin
from app.services.seats import find_seat, list_seats, sit_down
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.parts.layout import ScrollBody
from app.ui.parts.printers import Printers
from app.ui.preferences import Preferences
from app.ui.screens.settings.users_panel import UsersPanel
from tests.book_fixtures import People
from tests.ui.scripted_dialogs import Answer, ScriptedDialogs
from tests.ui.typing_keys import type_text

Shown = Callable[..., UsersPanel]


class NoPrinters(Printers):
    """A PC without a printer."""

    def are_there(self) -> bool:
        return False


class OnePrinter(Printers):
    """A printer the person thinks better of."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def are_there(self) -> bool:
        return True

    def choose(
        self, window: QWidget, title: str, pages: int, *, two_sided: bool, lying: bool
    ) -> QPrinter | None:
        self.asked.append(pages)
        return None


@pytest.fixture
def pins_ws(secretary_ws: Workspace) -> Workspace:
    save_security(secretary_ws, replace(read_security(secretary_ws), pins_required=True))
    return secretary_ws


@pytest.fixture
def shown(qtbot: QtBot, background: Background, preferences: Preferences) -> Shown:
    panels: list[tuple[Desk, UsersPanel]] = []

    def show(
        ws: Workspace, answers: list[Answer] | None = None, printers: Printers | None = None
    ) -> UsersPanel:
        desk = Desk(ws, background, ScriptedDialogs(answers, preferences), preferences, (2025, 2026))
        panel = UsersPanel(desk, printers or NoPrinters())
        panels.append((desk, panel))
        qtbot.addWidget(panel)
        panel.resize(1140, 700)
        panel.show()
        qtbot.waitUntil(background.idle)
        return panel

    return show


def tick(panel: UsersPanel, *ids: str) -> None:
    panel.table.records.set_ticked(set(ids))


def test_one_pin_is_shown_once_and_works(
    shown: Shown, qtbot: QtBot, pins_ws: Workspace, people: People
) -> None:
    panel = shown(pins_ws)
    tick(panel, people.plain)

    panel.give.click()
    qtbot.waitUntil(lambda: "Mã PIN lần đầu của Nguyễn Văn Đạt" in panel.slips.message.text)

    pin = panel.slips.message.text.partition(": ")[2][:4]
    assert take_seat(pins_ws, people.plain, pin).must_change_pin


def test_the_digits_come_into_view_wherever_the_panel_was_scrolled_to(
    shown: Shown, qtbot: QtBot, background: Background, pins_ws: Workspace, people: People
) -> None:
    panel = shown(pins_ws)
    panel.resize(1140, 300)
    tick(panel, people.plain)
    bar = panel.findChild(ScrollBody).verticalScrollBar()
    bar.setValue(bar.maximum())

    panel.give.click()
    qtbot.waitUntil(lambda: "Nguyễn Văn Đạt" in panel.slips.message.text)

    assert not panel.slips.message.visibleRegion().isEmpty()


def test_a_pin_in_use_is_replaced_only_when_asked(
    shown: Shown, qtbot: QtBot, background: Background, pins_ws: Workspace, people: People
) -> None:
    set_own_pin(sit_down(pins_ws, people.plain), "", "1379", "1379")
    panel = shown(pins_ws, [False, True])
    tick(panel, people.plain)

    panel.give.click()
    qtbot.waitUntil(background.idle)
    assert take_seat(pins_ws, people.plain, "1379")
    panel.give.click()
    qtbot.waitUntil(lambda: "Nguyễn Văn Đạt" in panel.slips.message.text)

    with pytest.raises(PinRefused):
        take_seat(pins_ws, people.plain, "1379")
    assert "hết dùng ngay" in panel.desk.dialogs.asked[0][1]


def test_while_pins_are_made_a_second_press_does_not_make_others(
    shown: Shown, qtbot: QtBot, background: Background, pins_ws: Workspace, people: People
) -> None:
    panel = shown(pins_ws)
    tick(panel, people.plain, people.deputy)

    panel.give.click()
    assert not panel.give.isEnabled()
    assert panel.give.text() == "Đang tạo mã PIN…"
    tick(panel, people.plain)
    assert not panel.give.isEnabled()

    qtbot.waitUntil(background.idle)
    tick(panel, people.plain)
    assert panel.give.isEnabled()


def test_slips_for_several_are_printed(
    shown: Shown, qtbot: QtBot, pins_ws: Workspace, people: People
) -> None:
    printers = OnePrinter()
    panel = shown(pins_ws, printers=printers)
    tick(panel, people.plain, people.deputy, people.secretary)
    assert panel.give.text() == "Cấp mã PIN cho 2 người"

    panel.give.click()
    qtbot.waitUntil(lambda: "cho 2 người" in panel.slips.message.text)
    button = panel.slips.message.button
    assert button is not None
    button.click()

    qtbot.waitUntil(lambda: printers.asked == [1])
    assert find_seat(pins_ws, people.secretary).secret is SeatSecret.PASSWORD


def test_without_a_printer_slips_are_saved(
    shown: Shown, qtbot: QtBot, pins_ws: Workspace, people: People, tmp_path: Path
) -> None:
    target = tmp_path / "phieu.pdf"
    panel = shown(pins_ws, [target])
    tick(panel, people.plain)
    panel.give.click()
    qtbot.waitUntil(lambda: panel.slips.message.button is not None)

    panel.slips.message.button.click()

    qtbot.waitUntil(target.exists)


def test_somebody_who_waits_may_try_again(
    shown: Shown, qtbot: QtBot, pins_ws: Workspace, people: People
) -> None:
    set_own_pin(sit_down(pins_ws, people.plain), "", "1379", "1379")
    for _ in range(3):
        with pytest.raises(PinRefused):
            take_seat(pins_ws, people.plain, "0000")
    panel = shown(pins_ws)
    tick(panel, people.plain)
    assert panel.lift.isVisible()

    panel.lift.click()

    qtbot.waitUntil(lambda: not panel.lift.isVisible())
    assert take_seat(pins_ws, people.plain, "1379")


def test_switching_pins_on_offers_pins_for_who_has_none(
    shown: Shown, qtbot: QtBot, secretary_ws: Workspace, people: People
) -> None:
    panel = shown(secretary_ws)
    assert panel.turns.way.choice() == "none"

    panel.turns.way.word_button("pins").click()
    qtbot.waitUntil(lambda: "3 người chưa có mã" in panel.slips.message.text)
    button = panel.slips.message.button
    assert button is not None
    button.click()

    qtbot.waitUntil(lambda: "cho 3 người" in panel.slips.message.text)
    assert find_seat(secretary_ws, people.plain).is_starting


def test_minutes_are_kept_at_once(shown: Shown, qtbot: QtBot, pins_ws: Workspace) -> None:
    panel = shown(pins_ws)

    panel.turns.member_minutes.set_value("2")
    panel.turns.member_minutes.chosen.emit("2")

    qtbot.waitUntil(lambda: read_security(pins_ws).member_idle_minutes == 2)
    assert read_security(pins_ws).pins_required


def test_accounts_come_and_go(shown: Shown, qtbot: QtBot, background: Background, pins_ws: Workspace) -> None:
    panel = shown(pins_ws)
    panel.others.add.click()
    qtbot.waitUntil(lambda: "Chưa ghi họ và tên" in panel.others.name_field.error)
    type_text(panel.others.name, "Đỗ Thị Hiền")
    panel.others.add.click()
    qtbot.waitUntil(lambda: [seat.name for seat in list_seats(pins_ws).others] == ["Đỗ Thị Hiền"])
    qtbot.waitUntil(background.idle)

    account = next(user for user in panel._users if user.is_account)
    assert account.seat.role is ActorRole.TYPIST
    panel.others.stop_wished.emit(list_accounts(pins_ws)[0])
    qtbot.waitUntil(lambda: list_seats(pins_ws).others == ())


def test_ones_own_pin_is_set_here_too(shown: Shown, qtbot: QtBot, pins_ws: Workspace, people: People) -> None:
    panel = shown(pins_ws)
    panel.own.open_button.click()
    for field in (panel.own.form.new, panel.own.form.again):
        type_text(field, "71394")

    panel.own.form.send()

    qtbot.waitUntil(panel.own.form.isHidden)
    assert take_seat(pins_ws, people.secretary, "71394")


def test_who_may_not_manage_finds_only_their_own_pin(
    shown: Shown, qtbot: QtBot, pins_ws: Workspace, people: People
) -> None:
    panel = shown(sit_down(pins_ws, people.committee))

    assert not panel.table.isVisible()
    assert not panel.turns.isVisible()
    assert not panel.others.isVisible()
    assert panel.own.isVisible()
