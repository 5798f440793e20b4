"""Nobody at the PC: by the PC's own count, by this window's, after sleep."""

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.idle import Clocks, IdleWatch
from app.ui.pc_events import says_away


class FakePc:
    """A PC whose clocks the test moves."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.wall = 5_000_000.0
        self.idle: float | None = None

    def clocks(self) -> Clocks:
        """What the watch reads."""
        return Clocks(lambda: self.seconds, lambda: self.wall, lambda: self.idle)


class Heard:
    """What the watch said, in order."""

    def __init__(self, watch: IdleWatch) -> None:
        self.said: list[object] = []
        watch.lock_wanted.connect(self.said.append)
        watch.warned.connect(lambda: self.said.append("warned"))
        watch.active.connect(lambda: self.said.append("active"))


@pytest.fixture
def pc() -> FakePc:
    return FakePc()


@pytest.fixture
def watch(qapp: QObject, pc: FakePc) -> IdleWatch:
    found = IdleWatch(qapp, pc.clocks())
    found.start(5)
    yield found
    found.stop()


def passes(pc: FakePc, watch: IdleWatch, seconds: int) -> None:
    """Time goes by, five seconds a look."""
    for _ in range(seconds // 5):
        pc.seconds += 5
        pc.wall += 5
        watch.tick()


def test_warns_before_it_locks_and_a_key_keeps_the_desk_open(pc: FakePc, watch: IdleWatch) -> None:
    heard = Heard(watch)

    passes(pc, watch, 265)
    assert heard.said == []
    passes(pc, watch, 10)
    assert heard.said == ["warned"]
    watch.note_activity()
    assert heard.said == ["warned", "active"]
    passes(pc, watch, 295)
    assert heard.said == ["warned", "active", "warned"]
    passes(pc, watch, 5)

    assert heard.said[-1] == 5


def test_what_the_pc_says_counts_before_what_the_window_saw(pc: FakePc, watch: IdleWatch) -> None:
    heard = Heard(watch)

    pc.idle = 3.0
    passes(pc, watch, 600)
    assert heard.said == []
    pc.idle = 301.0
    passes(pc, watch, 5)

    assert heard.said == [5]


def test_a_pc_that_slept_is_locked_at_once(pc: FakePc, watch: IdleWatch) -> None:
    heard = Heard(watch)

    # Some PCs stop the one clock while they sleep, some none.
    pc.wall += 3600
    watch.tick()
    assert heard.said == [0]
    pc.seconds += 120
    pc.wall += 120
    watch.tick()
    assert heard.said == [0, 0]


def test_a_clock_set_back_locks_nobody_out(pc: FakePc, watch: IdleWatch) -> None:
    heard = Heard(watch)

    pc.wall -= 86_400
    watch.tick()

    assert heard.said == []


def test_keys_and_mouse_in_the_window_are_activity(qtbot: QtBot, pc: FakePc) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    handle = field.windowHandle()
    assert handle is not None
    watch = IdleWatch(field, pc.clocks())
    watch.start(1)
    watch._watch_window(handle)
    heard = Heard(watch)
    passes(pc, watch, 40)
    assert heard.said == ["warned"]

    qtbot.keyClick(handle, Qt.Key.Key_A)

    assert heard.said == ["warned", "active"]
    watch.stop()
    assert not watch.is_watching


def test_windows_says_when_it_sleeps_and_when_its_screen_is_locked() -> None:
    assert says_away(0x0218, 0x0004)
    assert says_away(0x02B1, 0x7)
    assert not says_away(0x02B1, 0x8)
    assert not says_away(0x0218, 0x0012)
    assert not says_away(0x0100, 0x0004)
