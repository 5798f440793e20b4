"""Qt's own buttons, menus and dialogs speak Vietnamese."""

import pytest
from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import (
    QCalendarWidget,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

ENGLISH = {"ok", "cancel", "yes", "no", "save", "open", "close", "discard", "apply", "help", "undo", "redo"}
ENGLISH |= {
    "cut",
    "copy",
    "paste",
    "delete",
    "select all",
    "look in:",
    "file name:",
    "files of type:",
    "name",
}


def shown(words: str) -> str:
    return words.split("\t")[0].replace("&", "").strip().lower()


@pytest.mark.parametrize("button", list(QDialogButtonBox.StandardButton)[1:], ids=lambda b: b.name)
def test_every_standard_button_is_vietnamese(qtbot: QtBot, button: QDialogButtonBox.StandardButton) -> None:
    box = QDialogButtonBox(button)
    qtbot.addWidget(box)

    for made in box.buttons():
        assert shown(made.text()) not in ENGLISH


def test_a_question_by_qt_itself_is_answered_in_vietnamese(qtbot: QtBot) -> None:
    kinds = QMessageBox.StandardButton
    box = QMessageBox(QMessageBox.Icon.Question, "", "Ghi đè?", kinds.Yes | kinds.No | kinds.Cancel)
    qtbot.addWidget(box)

    assert {shown(box.button(kind).text()) for kind in (kinds.Yes, kinds.No, kinds.Cancel)} == {
        "đồng ý",
        "không",
        "thôi",
    }


@pytest.mark.parametrize("make", [QLineEdit, QPlainTextEdit])
def test_the_menu_of_a_text_field_is_vietnamese(
    qtbot: QtBot, make: type[QLineEdit] | type[QPlainTextEdit]
) -> None:
    field = make("chữ")
    qtbot.addWidget(field)

    menu = field.createStandardContextMenu()
    words = [shown(action.text()) for action in menu.actions() if action.text()]
    menu.deleteLater()

    assert words == ["hoàn tác", "làm lại", "cắt", "sao chép", "dán", "xóa", "chọn tất cả"]


def test_the_file_dialog_is_vietnamese(qtbot: QtBot, tmp_path: object) -> None:
    dialog = QFileDialog(None, "Chọn tệp", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()

    words = {shown(label.text()) for label in dialog.findChildren(QLabel)}
    words |= {shown(button.text()) for button in dialog.findChildren(QPushButton)}
    words |= {shown(button.toolTip()) for button in dialog.findChildren(QToolButton)}

    assert not words & ENGLISH
    assert {"xem trong:", "tên tệp:", "loại tệp:", "mở", "thôi", "thư mục trên"} <= words


def test_the_calendar_is_vietnamese_and_begins_on_monday(qtbot: QtBot) -> None:
    calendar = QCalendarWidget()
    qtbot.addWidget(calendar)
    calendar.setSelectedDate(QDate(2025, 12, 3))
    calendar.show()

    month = calendar.findChild(QToolButton, "qt_calendar_monthbutton")
    table = calendar.findChild(QTableView)

    assert month is not None
    assert month.text() == "Tháng 12"
    assert table is not None
    assert calendar.firstDayOfWeek().name == "Monday"
    assert QLocale().name() == "vi_VN"


def test_words_of_the_program_itself_are_left_alone(qtbot: QtBot) -> None:
    label = QLabel("Save")
    holder = QWidget()
    qtbot.addWidget(label)
    qtbot.addWidget(holder)

    assert label.text() == "Save"
    assert holder.tr("Chữ không có trong bảng") == "Chữ không có trong bảng"
