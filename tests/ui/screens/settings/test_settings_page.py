"""Thiết lập: names, own rules, own content sets, the book and its years, the look, the history."""

from datetime import date
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.domain.cell import LevelScale
from app.locations import resource
from app.services.books import open_book, unpack_book
from app.services.cells import closed_years, get_cell
from app.services.content_sets import own_set_codes
from app.services.drafts import find_draft
from app.services.workspace import Workspace
from app.ui.desk import Desk
from app.ui.parts.buttons import Button
from app.ui.preferences import Preferences
from app.ui.screens.settings.book_panel import BookPanel
from app.ui.screens.settings.cell_panel import CellPanel
from app.ui.screens.settings.contents_panel import ContentsPanel
from app.ui.screens.settings.history_panel import HistoryPanel
from app.ui.screens.settings.look_panel import LookPanel
from app.ui.screens.settings.settings_page import PANELS, SettingsPage
from app.ui.theme import theme
from tests.builders import lock_year
from tests.ui.scripted_dialogs import ScriptedDialogs
from tests.ui.typing_keys import type_text


def panel(page: SettingsPage, key: str, qtbot: QtBot) -> object:
    page.show_panel(key)
    qtbot.waitUntil(page.desk.background.idle)
    return page.panels[key]


def test_a_new_name_is_added_from_a_day_on_and_the_old_one_stays(
    qtbot: QtBot, page: SettingsPage, secretary_ws: Workspace
) -> None:
    cell = panel(page, "cell", qtbot)
    assert isinstance(cell, CellPanel)
    cell.add_button.click()
    cell.form.own.clear()
    type_text(cell.form.own, "CHI BỘ THÔN MỚI")
    cell.form.save()
    assert "ngày bắt đầu" in cell.form._fields["valid_from"].error
    cell.form.valid_from.line.setText("01/07/2025")
    cell.form.save()
    qtbot.waitUntil(page.desk.background.idle)

    names = [name.own for name in get_cell(secretary_ws).names]

    assert names == ["CHI BỘ THÔN MỚI", "CHI BỘ THÔN ĐỒNG TIẾN"]
    assert cell.form.isHidden()


def test_own_rules_are_saved_when_chosen_and_can_be_taken_back(
    qtbot: QtBot, page: SettingsPage, secretary_ws: Workspace
) -> None:
    cell = panel(page, "cell", qtbot)
    assert isinstance(cell, CellPanel)
    cell.scale.set_value(LevelScale.TWO.value)
    with qtbot.waitSignal(page.desk.done) as done:
        cell.scale.chosen.emit(LevelScale.TWO.value)
    qtbot.waitUntil(page.desk.background.idle)
    assert get_cell(secretary_ws).level_scale is LevelScale.TWO

    done.args[1]()
    qtbot.waitUntil(page.desk.background.idle)

    assert get_cell(secretary_ws).level_scale is LevelScale.FOUR
    assert cell.scale.value() == "four"


def test_the_cell_makes_changes_and_removes_its_own_content_set(
    qtbot: QtBot, page: SettingsPage, secretary_ws: Workspace
) -> None:
    contents = panel(page, "contents", qtbot)
    assert isinstance(contents, ContentsPanel)
    contents.add_button.click()
    type_text(contents.code, "cb")
    type_text(contents.name, "Việc của thôn")
    contents.lines.set_value("Giữ đường sạch\nGiúp hộ khó khăn")
    contents.save_button.click()
    qtbot.waitUntil(page.desk.background.idle)
    assert own_set_codes(secretary_ws) == {"CB"}
    assert contents.code.isReadOnly()

    with qtbot.waitSignal(page.desk.done) as done:
        contents.remove_button.click()
    assert own_set_codes(secretary_ws) == frozenset()
    done.args[1]()
    qtbot.waitUntil(page.desk.background.idle)

    assert own_set_codes(secretary_ws) == {"CB"}


def test_an_unfinished_content_set_says_what_is_missing(qtbot: QtBot, page: SettingsPage) -> None:
    contents = panel(page, "contents", qtbot)
    assert isinstance(contents, ContentsPanel)
    contents.add_button.click()
    contents.save_button.click()
    qtbot.waitUntil(page.desk.background.idle)

    assert "Mỗi dòng một nội dung" in contents._fields["items"].error


def test_words_not_saved_yet_come_back_after_handing_over(
    qtbot: QtBot, page: SettingsPage, desk: Desk
) -> None:
    contents = panel(page, "contents", qtbot)
    assert isinstance(contents, ContentsPanel)
    contents.add_button.click()
    type_text(contents.lines, "Giữ đường sạch")
    contents.flush()
    qtbot.waitUntil(desk.background.idle)

    later = SettingsPage(desk)
    qtbot.addWidget(later)
    later.show()
    again = panel(later, "contents", qtbot)
    assert isinstance(again, ContentsPanel)
    again.add_button.click()

    assert again.lines.value() == "Giữ đường sạch"
    assert "chưa lưu vào sổ" in again.message.text


def test_the_book_goes_into_one_file_that_opens_elsewhere(
    qtbot: QtBot, page: SettingsPage, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    book = panel(page, "book", qtbot)
    assert isinstance(book, BookPanel)
    target = tmp_path / "ban-chep.neuguong.zip"
    dialogs.answers = [target]

    with qtbot.waitSignal(page.desk.done) as done:
        book.pack_button.click()

    copy = open_book(unpack_book(target, tmp_path / "may-khac"))
    copy.close()
    assert "đọc tốt" in done.args[0]


def test_locking_a_year_leads_to_its_last_step_and_reopening_asks_for_a_reason(
    qtbot: QtBot, page: SettingsPage, secretary_ws: Workspace, dialogs: ScriptedDialogs
) -> None:
    book = panel(page, "book", qtbot)
    assert isinstance(book, BookPanel)
    dialogs.answers = ["Ghi thiếu một phiếu"]
    went = []
    page.desk.go.connect(lambda key, place: went.append((key, place)))

    book._close(2025)
    assert went == [("reviews", {"step": "close"})]
    assert page.desk.year == 2025
    lock_year(secretary_ws, 2025, date(2026, 1, 10))
    book._reopen(2025)
    qtbot.waitUntil(page.desk.background.idle)

    assert closed_years(secretary_ws) == frozenset()


def test_what_is_typed_is_in_the_book_as_soon_as_the_page_is_left(
    qtbot: QtBot, page: SettingsPage, secretary_ws: Workspace
) -> None:
    contents, cell = panel(page, "contents", qtbot), panel(page, "cell", qtbot)
    assert isinstance(contents, ContentsPanel)
    assert isinstance(cell, CellPanel)
    page.show_panel("contents")
    contents.add_button.click()
    type_text(contents.code, "cb")
    page.show_panel("cell")
    cell.add_button.click()
    cell.form.own.clear()
    type_text(cell.form.own, "CHI BỘ THÔN MỚI")

    page.hide()
    qtbot.waitUntil(page.desk.background.idle)

    sets = find_draft(secretary_ws, "content_set", "all")
    names = find_draft(secretary_ws, "cell_name", "all")
    assert sets is not None
    assert sets.payload[""]["code"] == "cb"
    assert names is not None
    assert names.payload[""]["own"] == "CHI BỘ THÔN MỚI"


def test_a_year_to_come_is_not_offered_to_be_locked(qtbot: QtBot, page: SettingsPage) -> None:
    book = panel(page, "book", qtbot)
    assert isinstance(book, BookPanel)

    offered = [
        button.accessibleName()
        for button in book.findChildren(Button)
        if button.accessibleName().startswith("Khóa năm") and not button.isHidden()
    ]

    assert offered == ["Khóa năm 2026", "Khóa năm 2025"]


def test_the_look_takes_hold_at_once_and_is_remembered(
    qtbot: QtBot, page: SettingsPage, preferences: Preferences
) -> None:
    look = panel(page, "look", qtbot)
    assert isinstance(look, LookPanel)

    look.text_size.word_button("1.5").click()
    look.theme.word_button("dark").click()

    assert (theme.scale, theme.dark) == (1.5, True)
    assert (preferences.text_scale, preferences.theme) == (1.5, "dark")


def test_the_history_tells_what_an_action_changed(qtbot: QtBot, page: SettingsPage) -> None:
    history = panel(page, "history", qtbot)
    assert isinstance(history, HistoryPanel)
    newest = history.deeds.table.records.shown[0]

    history.deeds.table.choose(newest.id)
    qtbot.waitUntil(lambda: history.deeds.side.title.text() == newest.name)


def test_the_page_comes_back_to_its_panel(qtbot: QtBot, page: SettingsPage) -> None:
    page.show_place(panel="look")

    assert page.place() == {"panel": "look"}
    assert set(page.panels) <= {key for key, _word in PANELS}


def test_f1_opens_the_help_of_the_panel_that_is_shown(qtbot: QtBot, page: SettingsPage) -> None:
    topics = {}
    for key, _label in PANELS:
        panel(page, key, qtbot)
        topics[key] = page.help_topic
    assert topics["history"] == "history"
    assert topics["keys"] == "keys"
    assert topics["cell"] == "settings"
    assert all(resource("help", f"{topic}.md").is_file() for topic in topics.values())


def test_on_a_low_window_the_panels_are_a_list_of_one_line(qtbot: QtBot, page: SettingsPage) -> None:
    assert page.list.isHidden()
    page.resize(1366, 512)

    assert page.first_focus() is page.list
    assert page.choice.isHidden()
    page.list.chosen.emit("look")

    assert page.place() == {"panel": "look"}
    page.show_place(panel="keys")
    assert page.list.value() == "keys"
