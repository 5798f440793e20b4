"""A bug is logged, told once, and its report holds no words of any person."""

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.crash import CrashReporter, report_text
from app.ui.crash_box import CrashBox
from tests.ui.scripted_dialogs import ScriptedDialogs

SECRET = "Bùi Thị Lành nợ quỹ khuyến học"


def failure() -> Exception:
    try:
        try:
            {}[SECRET]
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError as error:
        return error


@pytest.fixture
def told() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def reporter(qtbot: QtBot, tmp_path: Path, told: list[tuple[str, str]]) -> CrashReporter:
    return CrashReporter(lambda sentence, report: told.append((sentence, report)), tmp_path / "su-co.log")


@pytest.fixture
def _hooks_put_back() -> Iterator[None]:
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    notes = logging.getLogger("app")
    handlers = list(notes.handlers)
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = before
    notes.setLevel(logging.NOTSET)
    for handler in set(notes.handlers) - set(handlers):
        notes.removeHandler(handler)


def test_the_report_says_where_but_never_what_was_written() -> None:
    text = report_text(failure())

    assert SECRET not in text
    assert "Lành" not in text
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "ui/test_crash.py" in text


@pytest.mark.usefixtures("_hooks_put_back")
def test_what_the_program_notes_stands_in_the_log(reporter: CrashReporter, tmp_path: Path) -> None:
    reporter.install()

    logging.getLogger("app.db.database").info("damaged book: %s", "page 7")

    assert "damaged book: page 7" in (tmp_path / "su-co.log").read_text(encoding="utf-8")


def test_a_bug_is_logged_and_told(
    reporter: CrashReporter, told: list[tuple[str, str]], qtbot: QtBot, tmp_path: Path
) -> None:
    reporter.note_saved()

    reporter.report(failure())
    qtbot.waitUntil(lambda: bool(told))

    assert told[0][0].startswith("Mọi việc và bản nháp đã lưu đến ")
    assert "builtins.ValueError" in (tmp_path / "su-co.log").read_text(encoding="utf-8")


@pytest.mark.usefixtures("_hooks_put_back")
def test_a_bug_in_another_thread_is_told_in_the_window(
    reporter: CrashReporter, told: list[tuple[str, str]], qtbot: QtBot
) -> None:
    reporter.install()

    def fail() -> None:
        raise ValueError(SECRET)

    worker = threading.Thread(target=fail)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(told))

    assert SECRET not in told[0][1]


def test_a_log_that_cannot_be_written_does_not_hide_the_bug(
    qtbot: QtBot, tmp_path: Path, told: list[tuple[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    reporter = CrashReporter(lambda *words: told.append(words), tmp_path / "không có" / "su-co.log")

    reporter.report(failure())
    qtbot.waitUntil(lambda: bool(told))

    assert "builtins.ValueError" in capsys.readouterr().err


@pytest.fixture
def box(qtbot: QtBot) -> Iterator[CrashBox]:
    shown = CrashBox(ScriptedDialogs(), "Đã lưu đến 16:40:05.", "nơi xảy ra")
    shown.show()
    yield shown
    shown.close()
    shown.deleteLater()


def test_the_window_says_sorry_what_was_kept_and_shows_the_report(box: CrashBox) -> None:
    assert "Xin lỗi đồng chí" in box.consequence.text()
    assert "Đã lưu đến 16:40:05." in box.consequence.text()
    assert box.report.value() == "nơi xảy ra"


def test_the_report_is_copied(box: CrashBox, qapp: QApplication) -> None:
    box.copy_button.click()

    assert qapp.clipboard().text() == "nơi xảy ra"
    assert "Đã chép" in box.said.text()


def test_the_report_goes_where_the_person_says(qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "bao-cao.txt"
    box = CrashBox(ScriptedDialogs([target]), "", "nơi xảy ra")
    qtbot.addWidget(box)

    box.save_button.click()

    assert target.read_text(encoding="utf-8") == "nơi xảy ra\n"


def test_a_report_that_cannot_be_saved_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    box = CrashBox(ScriptedDialogs([tmp_path / "không có" / "bao-cao.txt"]), "", "nơi xảy ra")
    qtbot.addWidget(box)

    box.save_button.click()

    assert "Không ghi được" in box.said.text()
