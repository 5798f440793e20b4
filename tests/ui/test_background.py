"""Work leaves the window's thread and its answer comes back there, or is dropped when nobody wants it."""

import threading
import time

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.domain.errors import Conflict, UserError
from app.domain.progress import Progress
from app.ui.background import Background
from app.ui.changes import Topic


def test_work_runs_elsewhere_and_the_answer_comes_in_the_window_thread(
    qtbot: QtBot, background: Background
) -> None:
    owner, seen = QObject(), []

    background.read(owner, threading.get_ident, lambda where: seen.append((where, threading.get_ident())))
    qtbot.waitUntil(background.idle)

    (worked_in, answered_in) = seen[0]
    assert answered_in == threading.get_ident() != worked_in


def test_writes_keep_the_order_they_were_asked_in(qtbot: QtBot, background: Background) -> None:
    owner, order = QObject(), []

    for number in range(20):
        background.write(owner, lambda number=number: number, changes=set(), on_done=order.append)
    qtbot.waitUntil(background.idle)

    assert order == list(range(20))


def test_a_later_read_makes_the_earlier_answer_stale(qtbot: QtBot, background: Background) -> None:
    owner, answers = QObject(), []

    background.read(owner, lambda: "cũ", answers.append)
    background.read(owner, lambda: "mới", answers.append)
    qtbot.waitUntil(background.idle)

    assert answers == ["mới"]


def test_reads_of_different_keys_do_not_disturb_each_other(qtbot: QtBot, background: Background) -> None:
    owner, answers = QObject(), []

    background.read(owner, lambda: "danh sách", answers.append, key="list")
    background.read(owner, lambda: "một người", answers.append, key="one")
    qtbot.waitUntil(background.idle)

    assert answers == ["danh sách", "một người"]


def test_an_answer_for_a_page_that_is_gone_is_dropped(qtbot: QtBot, background: Background) -> None:
    owner, answers = QObject(), []
    may_go_on = threading.Event()

    background.read(owner, may_go_on.wait, answers.append)
    owner.deleteLater()
    qtbot.waitSignal(owner.destroyed, timeout=1000).wait()
    may_go_on.set()
    qtbot.waitUntil(background.idle)

    assert answers == []


def refuse() -> None:
    raise Conflict("Tháng này vừa có người sửa.")


def test_an_error_goes_to_the_page_that_takes_it(qtbot: QtBot, background: Background) -> None:
    owner, taken, channel = QObject(), [], []
    background.failed.connect(channel.append)

    background.write(owner, refuse, changes={Topic.MONTHS}, on_done=print, on_error=taken.append)
    qtbot.waitUntil(background.idle)

    assert [str(error) for error in taken] == ["Tháng này vừa có người sửa."]
    assert channel == []


@pytest.mark.parametrize("lane", ["read", "write", "long"])
def test_an_error_nobody_takes_goes_to_the_one_channel(
    qtbot: QtBot, background: Background, lane: str
) -> None:
    owner, channel = QObject(), []
    background.failed.connect(channel.append)

    if lane == "read":
        background.read(owner, refuse, print)
    elif lane == "write":
        background.write(owner, refuse, changes=set(), on_done=print)
    else:
        background.long(owner, lambda _progress: refuse(), title="In", on_done=print)
    qtbot.waitUntil(background.idle)

    assert channel == ["Tháng này vừa có người sửa."]


def test_a_bug_is_a_crash_and_never_a_message(qtbot: QtBot, background: Background) -> None:
    owner, crashes, channel = QObject(), [], []
    background.crashed.connect(crashes.append)
    background.failed.connect(channel.append)

    background.read(owner, lambda: {}["không có"], print)
    qtbot.waitUntil(background.idle)

    assert [type(crash) for crash in crashes] == [KeyError]
    assert channel == []


def test_after_a_bug_in_long_work_the_page_waits_no_longer(qtbot: QtBot, background: Background) -> None:
    owner, story = QObject(), []
    background.crashed.connect(lambda error: story.append(type(error).__name__))

    background.long(
        owner,
        lambda _progress: {}["không có"],
        title="Sao lưu",
        on_done=print,
        on_cancelled=lambda: story.append("thôi đợi"),
    )
    qtbot.waitUntil(background.idle)

    assert story == ["thôi đợi", "KeyError"]


def test_a_bug_in_the_page_that_takes_the_answer_is_a_crash_too(qtbot: QtBot, background: Background) -> None:
    owner, crashes = QObject(), []
    background.crashed.connect(crashes.append)

    background.read(owner, lambda: "x", lambda text: text + 1)
    qtbot.waitUntil(background.idle)

    assert [type(crash) for crash in crashes] == [TypeError]


def test_a_save_tells_what_changed_after_the_page_has_its_answer(
    qtbot: QtBot, background: Background
) -> None:
    owner, story = QObject(), []
    background.changes.changed.connect(lambda topics, by: story.append((topics, by is owner)))

    background.write(owner, lambda: 1, changes={Topic.MEMBERS}, on_done=story.append)
    qtbot.waitUntil(background.idle)

    assert story == [1, (frozenset({Topic.MEMBERS}), True)]


def test_a_failed_save_changes_nothing(qtbot: QtBot, background: Background) -> None:
    owner, story = QObject(), []
    background.changes.changed.connect(lambda *told: story.append(told))
    background.saved.connect(lambda: story.append("saved"))

    background.write(owner, refuse, changes={Topic.MEMBERS}, on_done=print)
    qtbot.waitUntil(background.idle)

    assert story == []


def count_up(progress: Progress) -> int:
    for number in range(10_000):
        progress.step(number, 10_000, "Trang")
        time.sleep(0.001)
    return 10_000


def test_long_work_can_be_stopped_and_says_so(qtbot: QtBot, background: Background) -> None:
    owner, results, stopped, channel = QObject(), [], [], []
    background.failed.connect(channel.append)

    task = background.long(
        owner, count_up, title="In", on_done=results.append, on_cancelled=lambda: stopped.append(1)
    )
    with qtbot.waitSignal(task.progressed, timeout=2000):
        pass
    task.cancel()
    qtbot.waitUntil(background.idle)

    assert (results, stopped, channel) == ([], [1], [])


def test_reading_goes_on_while_long_work_runs(qtbot: QtBot, background: Background) -> None:
    owner, answers = QObject(), []
    may_end = threading.Event()

    background.long(owner, lambda _progress: may_end.wait(5), title="In", on_done=answers.append)
    background.read(owner, lambda: "đọc xong", answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    may_end.set()
    qtbot.waitUntil(background.idle)

    assert answers == ["đọc xong", True]


def test_closing_waits_for_the_last_save(qtbot: QtBot, background: Background) -> None:
    owner, written = QObject(), []

    def save() -> None:
        time.sleep(0.05)
        written.append("đã ghi")

    background.write(owner, save, changes=set(), on_done=lambda _result: None)
    background.shutdown()

    assert written == ["đã ghi"]


def test_waiting_lets_the_answers_arrive(background: Background) -> None:
    owner, answers = QObject(), []

    background.read(owner, lambda: time.sleep(0.02), answers.append)

    assert background.wait_idle(2000)
    assert answers == [None]


def test_user_errors_carry_the_sentence_itself() -> None:
    assert str(UserError("Ổ D: đã đầy.")) == "Ổ D: đã đầy."
