"""The window: pages by key, nothing of one person left for the next, progress, places remembered."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import UserError
from app.ui.background import Background
from app.ui.parts.labels import Label
from app.ui.preferences import Preferences
from app.ui.shell import PageSpec, Shell
from app.ui.theme import apply_theme

KEYS = ("gaps", "members", "pledges")


class Page(QWidget):
    """A page that tells what was asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: dict[str, str] = {}
        self.went_back = 0
        QVBoxLayout(self).addWidget(QPushButton("Việc"))

    def show_place(self, **place: str) -> None:
        self.shown = place

    def place(self) -> dict[str, str]:
        return self.shown

    def go_back(self) -> bool:
        self.went_back += 1
        return True


@pytest.fixture
def made() -> list[Page]:
    return []


@pytest.fixture
def shell(
    qtbot: QtBot, background: Background, preferences: Preferences, made: list[Page]
) -> Iterator[Shell]:
    window = Shell(background, preferences)
    qtbot.addWidget(window)

    def make() -> QWidget:
        made.append(Page())
        return made[-1]

    window.set_pages(tuple(PageSpec(key, key.title(), key, "users", make) for key in KEYS))
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.close()


def test_a_page_is_made_when_first_shown_and_kept(shell: Shell, made: list[Page]) -> None:
    first = shell.show_page("gaps")
    shell.show_page("members")

    assert shell.show_page("gaps") is first
    assert len(made) == 2


def test_ctrl_and_a_number_show_the_page(shell: Shell, qtbot: QtBot) -> None:
    shell.show_page("gaps")

    qtbot.keyClick(shell, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)

    assert shell.current_key == "pledges"
    assert shell.sidebar is not None
    assert shell.sidebar.entries["pledges"].isChecked()


@pytest.mark.parametrize(
    ("key", "modifier", "signal"),
    [
        (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier, "handover_requested"),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier, "help_requested"),
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier, "scale_step_requested"),
        (Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier, "scale_step_requested"),
        (Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier, "scale_step_requested"),
    ],
)
def test_keys_of_the_window(
    shell: Shell, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, signal: str
) -> None:
    shell.show_page("gaps")

    with qtbot.waitSignal(getattr(shell, signal), timeout=500):
        qtbot.keyClick(shell, key, modifier)


def test_escape_goes_back_inside_the_page_first(shell: Shell, qtbot: QtBot, made: list[Page]) -> None:
    shell.show_page("gaps")

    with qtbot.assertNotEmitted(shell.back_requested):
        qtbot.keyClick(shell, Qt.Key.Key_Escape)

    assert made[0].went_back == 1


def test_handing_over_leaves_no_page_of_the_last_person(shell: Shell, made: list[Page], qtbot: QtBot) -> None:
    shell.show_page("members")
    gone = made[0]

    with qtbot.waitSignal(gone.destroyed, timeout=1000):
        shell.show_single(QWidget())

    assert shell.sidebar is None
    assert shell.page("members") is None


def test_a_page_laid_over_another_comes_off_again(shell: Shell) -> None:
    below = shell.show_page("members")

    shell.push(Page())
    shell.pop()

    assert shell.stack.currentWidget() is below


def test_what_was_taken_back_can_be_done_again_by_ctrl_y_only(shell: Shell, qtbot: QtBot) -> None:
    shell.show_page("gaps")
    done: list[bool] = []
    shell.show_done("Đã hoàn tác: xác nhận tháng 5/2026 cho 4 đảng viên.", lambda: done.append(True))
    assert shell.done_bar.undo.text() == "Làm lại"

    qtbot.keyClick(shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert done == []
    qtbot.keyClick(shell, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)

    assert done == [True]
    shell.show_done("Đã xác nhận.", lambda: None)
    assert shell.done_bar.undo.text() == "Hoàn tác"


def test_what_was_done_can_be_taken_back_by_ctrl_z(shell: Shell, qtbot: QtBot) -> None:
    shell.show_page("gaps")
    undone: list[bool] = []
    shell.show_done("Đã xác nhận tháng 11 cho 27 đồng chí.", lambda: undone.append(True))

    qtbot.keyClick(shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert undone == [True]
    assert shell.done_bar.text == ""


def test_an_error_no_page_took_is_said_in_the_window(
    shell: Shell, background: Background, qtbot: QtBot
) -> None:
    shell.show_page("gaps")

    def fail() -> None:
        raise UserError("Ổ D: đã đầy, chưa lưu được.")

    background.read(shell, fail, print)
    qtbot.waitUntil(background.idle)

    assert shell.message.text == "Ổ D: đã đầy, chưa lưu được."


def test_a_page_begins_at_the_window_s_edge_while_nothing_is_said(shell: Shell) -> None:
    shell.show_page("members")
    top = shell.stack.mapTo(shell, QPoint(0, 0)).y()

    shell.show_error("Ổ D: đã đầy, chưa lưu được.")
    QApplication.processEvents()
    pushed_down = shell.stack.mapTo(shell, QPoint(0, 0)).y()
    shell.message.close_message()
    QApplication.processEvents()

    assert top == 0
    assert pushed_down > shell.message.height()
    assert shell.stack.mapTo(shell, QPoint(0, 0)).y() == 0


def test_long_work_shows_progress_and_escape_stops_it(
    shell: Shell, background: Background, qtbot: QtBot
) -> None:
    shell.show_page("gaps")
    may_end = threading.Event()
    task = background.long(
        shell, lambda progress: (may_end.wait(5), progress.step(1, 2, "Trang 1")), title="In", on_done=print
    )
    qtbot.waitUntil(shell.progress.isVisible)

    qtbot.keyClick(shell, Qt.Key.Key_Escape)
    may_end.set()
    qtbot.waitUntil(background.idle)

    assert task.is_cancelled
    assert not shell.progress.isVisible()


@pytest.mark.parametrize(
    ("width", "scale", "layout"),
    [
        (1366, 1.0, "words"),
        (1280, 1.0, "words"),
        (1366, 1.5, "rail"),
        (1366, 2.0, "Mục lục"),
        (1920, 2.0, "rail"),
    ],
)
def test_the_sidebar_gives_way_on_narrow_windows(
    shell: Shell, qapp: QApplication, width: int, scale: float, layout: str
) -> None:
    apply_theme(qapp, scale)
    shell.resize(width, 768)
    shell.show_page("gaps")

    assert shell.sidebar is not None
    assert shell.sidebar.isVisible() is (layout != "Mục lục")
    assert shell.contents.isVisible() is (layout == "Mục lục")
    assert shell.sidebar.is_rail is (layout != "words")


def test_the_book_opens_where_it_was_left(
    shell: Shell, background: Background, preferences: Preferences, qtbot: QtBot, made: list[Page]
) -> None:
    shell.set_book("so-chi-bo")
    shell.show_page("members", person="ba-lanh")
    shell.close()
    again = Shell(background, preferences)
    qtbot.addWidget(again)
    again.set_pages(tuple(PageSpec(key, key, key, "users", Page) for key in KEYS))
    again.set_book("so-chi-bo")

    again.restore_place("gaps")

    page = again.page("members")
    assert isinstance(page, Page)
    assert page.shown == {"person": "ba-lanh"}


def test_a_window_left_on_a_screen_that_is_gone_comes_back_in_sight(
    background: Background, preferences: Preferences, qtbot: QtBot
) -> None:
    first = Shell(background, preferences)
    qtbot.addWidget(first)
    first.setGeometry(QRect(QPoint(9000, 9000), first.minimumSize()))
    preferences.remember_window(first)
    second = Shell(background, preferences)
    qtbot.addWidget(second)

    second.restore()

    assert QGuiApplication.primaryScreen().availableGeometry().contains(second.geometry())


def test_the_cells_name_keeps_clear_of_the_margin_line(shell: Shell, qtbot: QtBot) -> None:
    shell.resize(1366, 768)
    shell.show_page("gaps")
    shell.set_cell("ĐẢNG BỘ XÃ SƠN TÂY", "CHI BỘ THÔN ĐỒNG TIẾN")

    assert shell.sidebar is not None
    label = next(each for each in shell.sidebar.findChildren(Label) if each.text().startswith("CHI BỘ"))
    right = label.mapTo(shell.sidebar, QPoint(label.contentsRect().right(), 0)).x()
    assert shell.sidebar.width() - right >= 12
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))


@pytest.mark.parametrize("width", [1366, 700])
def test_long_words_on_what_was_done_stay_inside_the_window_with_their_undo(shell: Shell, width: int) -> None:
    shell.resize(width, 700)
    said = "Đã nạp Mẫu 02C-HD KĐ.ĐG 2025 – Bản kiểm điểm, tự đánh giá, xếp loại của đảng viên " * 3

    shell.show_done("Đã lưu.", lambda: None)
    short = shell.done_bar.size()
    shell.show_done(said, lambda: None)
    QApplication.processEvents()

    bar = shell.done_bar
    right = bar.undo.mapTo(shell, QPoint(bar.undo.width(), 0)).x()
    words = bar.findChild(Label)
    assert words is not None
    assert right <= shell.width()
    assert words.height() >= words.heightForWidth(words.width())
    assert short.width() < shell.width() / 2
    assert short.height() < 1.5 * bar.undo.height()
