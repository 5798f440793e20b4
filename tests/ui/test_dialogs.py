"""A dialog asks for a decision; the safe answer is one key away and never the destroying one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.ui.dialogs import Dialogs, QuestionBox
from app.ui.parts.fields import FormField, TextArea
from app.ui.preferences import Preferences
from tests.ui.typing_keys import press, type_text


@pytest.fixture
def dialogs(qtbot: QtBot, preferences: Preferences) -> Dialogs:
    return Dialogs(None, preferences)


def meanwhile(act: Callable[[QuestionBox], object]) -> None:
    """Do something in the box that is about to open."""

    def run() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QuestionBox)
        act(box)

    QTimer.singleShot(0, run)


def test_enter_takes_the_act_and_escape_keeps(dialogs: Dialogs) -> None:
    answers = []
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        meanwhile(lambda box, key=key: press(box, key))
        answers.append(dialogs.ask("Xác nhận 27 người?", "Có thể hoàn tác.", act_label="Xác nhận"))

    assert answers == [True, False]


def test_enter_keeps_when_data_would_go(dialogs: Dialogs) -> None:
    meanwhile(lambda box: press(box, Qt.Key.Key_Return))

    taken = dialogs.ask(
        "Bỏ bản đang viết?", "Giữ 30 ngày.", act_label="Bỏ bản này", keep_label="Giữ lại", dangerous=True
    )

    assert taken is False


def test_closing_the_box_keeps(dialogs: Dialogs) -> None:
    meanwhile(lambda box: box.close())

    assert dialogs.ask("Xác nhận?", "", act_label="Xác nhận") is False


def test_a_reason_is_required_and_comes_back_composed(dialogs: Dialogs) -> None:
    said: list[str] = []

    def answer(box: QuestionBox) -> None:
        area, field = box.findChild(TextArea), box.findChild(FormField)
        assert area is not None
        assert field is not None
        box.act.click()
        said.append(field.error)
        type_text(area, "Ghi nha\u0302\u0300m")
        box.act.click()

    meanwhile(answer)

    assert dialogs.ask_text("Mở lại tháng 9?", "Lý do sẽ in.", act_label="Mở lại") == "Ghi nhầm"
    assert said == ["Đồng chí chưa ghi lý do."]


def test_dropping_a_reason_gives_none(dialogs: Dialogs) -> None:
    meanwhile(lambda box: press(box, Qt.Key.Key_Escape))

    assert dialogs.ask_text("Mở lại tháng 9?", "", act_label="Mở lại") is None


def test_the_folder_chosen_last_is_offered_next_time(
    dialogs: Dialogs, preferences: Preferences, tmp_path: Path
) -> None:
    target = tmp_path / "danh-sach.xlsx"
    target.write_bytes(b"")
    preferences.remember_folder("nhap", tmp_path)

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        assert Path(dialog.directory().absolutePath()) == tmp_path
        dialog.selectFile(str(target))
        dialog.accept()

    QTimer.singleShot(0, choose)

    assert dialogs.choose_open_file("Chọn danh sách", "Tệp Excel (*.xlsx)", purpose="nhap") == target
