"""The PC's clock stands weeks back: it is said once, over whatever page is open, and work goes on."""

from datetime import date

import pytest

from app.services.members import list_members
from app.services.workspace import Workspace
from app.ui.clock_watch import ClockWatch
from tests.book_fixtures import FakeClock
from tests.builders import add_member
from tests.flows.conftest import Started

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_a_clock_set_back_is_said_once_and_saving_goes_on(
    started: Started, secretary_ws: Workspace, clock: FakeClock
) -> None:
    secretary_ws.close()
    clock.day = date(2026, 2, 1)
    pc = started(clock, [], secretary_ws.folder)

    pc.sits_down("binh")
    assert "Đồng hồ máy đang chỉ 08:30 ngày 01/02/2026" in pc.words()
    pc.window.message.close_message()
    pc.window.findChild(ClockWatch).look()
    pc.settle()
    assert "Đồng hồ máy" not in pc.words()

    add_member(pc.seated, "Lý Thị Hoa", admitted_on=date(2010, 5, 19))
    assert "Lý Thị Hoa" in [member.name for member in list_members(pc.seated)]
