"""What is typed stays as typed; it gets its one form when the field is left."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.dates import BirthDate
from app.ui.parts.date_field import BirthDateField, DateField
from app.ui.parts.fields import Choice, FormField, LineField, SearchField, TextArea
from app.ui.theme import apply_theme, theme
from tests.ui.typing_keys import commit, press, retype, type_text

DECOMPOSED = "Nguye\u0302\u0303n"


OnPage = Callable[..., QWidget]


@pytest.fixture
def on_page(qtbot: QtBot) -> OnPage:
    """A page with the fields and one more to go to."""
    pages = []

    def lay(*fields: QWidget) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        for field in (*fields, LineField()):
            layout.addWidget(field)
        qtbot.addWidget(page)
        pages.append(page)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    return lay


def leave(page: QWidget) -> None:
    others = page.findChildren(LineField)
    others[-1].setFocus(Qt.FocusReason.TabFocusReason)


@pytest.mark.parametrize("make", [LineField, TextArea])
def test_nothing_is_rewritten_while_one_types(
    on_page: OnPage, make: type[LineField] | type[TextArea]
) -> None:
    field = make()
    on_page(field)
    field.setFocus()

    type_text(field, DECOMPOSED)
    written = field.text() if isinstance(field, LineField) else field.toPlainText()

    assert written == DECOMPOSED
    assert field.value() == "Nguyễn"


@pytest.mark.parametrize("make", [LineField, TextArea])
def test_text_is_composed_when_the_field_is_left(
    on_page: OnPage, make: type[LineField] | type[TextArea]
) -> None:
    field = make()
    page = on_page(field)
    field.setFocus()
    type_text(field, DECOMPOSED)

    leave(page)

    assert (field.text() if isinstance(field, LineField) else field.toPlainText()) == "Nguyễn"


@pytest.mark.parametrize("make", [LineField, TextArea])
def test_backspace_bursts_and_commits_of_input_methods_arrive_whole(
    on_page: OnPage, make: type[LineField] | type[TextArea]
) -> None:
    field = make()
    on_page(field)
    field.setFocus()

    type_text(field, "Nguyen")
    retype(field, 2, "ễn")
    commit(field, " Thị")
    commit(field, " Ái")

    assert field.value() == "Nguyễn Thị Ái"


@pytest.mark.parametrize("reason", [Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason])
def test_a_menu_or_another_window_is_not_leaving(on_page: OnPage, reason: Qt.FocusReason) -> None:
    field = LineField()
    page = on_page(field)
    field.setFocus()
    type_text(field, "Nguyễn ")

    page.findChildren(LineField)[-1].setFocus(reason)

    assert field.text() == "Nguyễn "


def test_showing_a_text_is_not_an_edit(qtbot: QtBot) -> None:
    area, told = TextArea(), []
    qtbot.addWidget(area)
    area.edited.connect(lambda: told.append("sửa"))

    area.set_value("Đã thăm 4 hộ.")

    assert told == []


def test_a_text_longer_than_its_field_is_shown_from_its_beginning() -> None:
    field = LineField()

    field.set_value("Công ty Cổ phần Chế biến Nông sản Lâm Khê")

    assert field.cursorPosition() == 0


def test_tab_goes_on_and_enter_is_a_new_line_in_a_text_area(on_page: OnPage) -> None:
    area = TextArea()
    page = on_page(area)
    area.setFocus()

    type_text(area, "một")
    press(area, Qt.Key.Key_Return)
    type_text(area, "hai")
    press(area, Qt.Key.Key_Tab)

    assert area.value() == "một\nhai"
    assert page.focusWidget() is not area


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_text_area_grows_with_its_text_without_a_scroll_bar(
    qtbot: QtBot, on_page: OnPage, scale: float, qapp: object
) -> None:
    apply_theme(qapp, scale)  # type: ignore[arg-type]
    area = TextArea(max_lines=8)
    on_page(area)
    before = area.height()

    area.set_value("\n".join(f"dòng {number}" for number in range(6)))
    qtbot.waitUntil(lambda: area.height() > before)

    assert area.verticalScrollBar().maximum() == 0
    assert theme.scale == scale


def test_copied_words_can_be_undone(qtbot: QtBot) -> None:
    area = TextArea("Chữ của tôi")
    qtbot.addWidget(area)

    area.replace_text("Chữ tháng trước")
    area.undo()

    assert area.value() == "Chữ của tôi"


def test_a_stock_phrase_never_replaces_what_is_written(qtbot: QtBot) -> None:
    area = TextArea("Đã rõ việc.")
    qtbot.addWidget(area)
    area.selectAll()

    area.insert_phrase("Tháng sau ghi tên hộ còn vắng.")

    assert area.value() == "Đã rõ việc. Tháng sau ghi tên hộ còn vắng."


def test_a_date_is_written_in_full_only_when_the_field_is_left(on_page: OnPage) -> None:
    field = DateField()
    page = on_page(field)
    field.setFocus()

    type_text(field.line, "3/2/2026")
    typed = field.text()
    leave(page)

    assert typed == "3/2/2026"
    assert field.text() == "03/02/2026"
    assert field.value() == date(2026, 2, 3)


def test_a_wrong_date_stays_as_typed_and_says_why_below(on_page: OnPage) -> None:
    field = DateField()
    form = FormField("Ngày sinh", field)
    page = on_page(form)
    field.setFocus()

    type_text(field.line, "31/02/1970")
    leave(page)

    assert field.text() == "31/02/1970"
    assert form.error == "Không có ngày 31/02. Tháng 02 năm 1970 có 28 ngày."
    assert field.line.accessibleDescription() == form.error


def test_the_error_goes_as_soon_as_one_types_again(on_page: OnPage) -> None:
    field = DateField()
    form = FormField("Ngày sinh", field)
    page = on_page(form)
    field.setFocus()
    type_text(field.line, "31/02/1970")
    leave(page)

    field.setFocus()
    press(field.line, Qt.Key.Key_Backspace)

    assert form.error == ""


def test_an_empty_date_is_no_problem_by_itself(qtbot: QtBot) -> None:
    field = DateField()
    qtbot.addWidget(field)

    assert (field.value(), field.problem()) == (None, "")


def test_a_birth_date_may_be_a_year_alone(on_page: OnPage) -> None:
    field = BirthDateField()
    page = on_page(field)
    field.setFocus()

    type_text(field.line, "1956")
    leave(page)

    assert field.birth_value() == BirthDate(1956)
    assert field.problem() == ""


def test_the_calendar_opens_by_key_and_gives_its_day(on_page: OnPage) -> None:
    field = DateField(date(2025, 12, 3))
    on_page(field)
    field.setFocus()

    press(field.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = field.calendar()
    assert calendar is not None
    press(calendar.focusWidget() or calendar, Qt.Key.Key_Right)
    calendar.activated.emit(calendar.selectedDate())

    assert field.value() == date(2025, 12, 4)


def test_a_label_is_the_buddy_and_the_name_of_its_field(qtbot: QtBot) -> None:
    line = LineField()
    form = FormField("Nơi ở", line, hint="Thôn, xã")
    qtbot.addWidget(form)

    assert form.label.buddy() is line
    assert line.accessibleName() == "Nơi ở"
    assert line.accessibleDescription() == "Thôn, xã"


def test_search_waits_for_a_pause_and_escape_empties_it(qtbot: QtBot, on_page: OnPage) -> None:
    field, asked = SearchField(), []
    on_page(field)
    field.search.connect(asked.append)
    field.setFocus()

    type_text(field, "lành")
    qtbot.waitUntil(lambda: bool(asked))
    press(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(asked) == 2)

    assert asked == ["lành", ""]


def test_a_choice_with_a_placeholder_starts_empty(qtbot: QtBot) -> None:
    choice = Choice((("year", "Cả năm"), ("quarter", "Quý I")), placeholder="Chưa chọn")
    qtbot.addWidget(choice)

    assert choice.value() == ""
    choice.set_value("quarter")
    assert choice.value() == "quarter"


def test_fields_that_only_show_look_alike(qtbot: QtBot, on_page: OnPage) -> None:
    line, area, choice = LineField("Có"), TextArea("Có"), Choice((("yes", "Có"),))
    on_page(line, area, choice)

    def ground(field: QWidget) -> str:
        return field.grab().toImage().pixelColor(field.width() // 2, 5).name()

    assert {ground(line), ground(area), ground(choice)} == {theme.color("sheet").name()}

    line.setReadOnly(True)
    area.setReadOnly(True)
    choice.setEnabled(False)
    assert {ground(line), ground(area), ground(choice)} == {theme.color("sunken").name()}

    area.setReadOnly(False)
    assert ground(area) == theme.color("sheet").name()


def test_a_narrow_choice_opens_as_wide_as_its_longest_words(qtbot: QtBot, on_page: OnPage) -> None:
    longest = "Bốn mức: Tốt, Khá, Trung bình, Chưa đạt, và chưa tới lúc đánh giá"
    choice = Choice((("two", "Đạt"), ("four", longest)))
    page = on_page(choice)
    page.resize(200, 120)

    choice.showPopup()

    view = choice.view()
    assert view.viewport().width() >= view.fontMetrics().horizontalAdvance(longest)
    choice.hidePopup()
