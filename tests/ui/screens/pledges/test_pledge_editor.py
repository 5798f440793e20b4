"""One member's pledge on screen: written, kept, handed in, changed with a reason."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.dates import Month
from app.domain.pledge import Origin, Outcome, Pledge, PledgeItem, PledgeState
from app.domain.review import ReviewKey, SectionText
from app.services.drafts import find_draft
from app.services.months import save_month
from app.services.pledges import open_pledge, return_pledge, save_pledge, submit_pledge
from app.services.reviews import open_review, save_review
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.screens.pledges.pledge_editor import PledgeEditor
from app.ui.shell import Shell
from app.ui.theme import apply_theme
from tests.book_fixtures import People
from tests.builders import a_month, a_pledge, an_item, lock_year, passed_pledge
from tests.ui.screens.pledges.conftest import OpenEditor
from tests.ui.scripted_dialogs import ScriptedDialogs
from tests.ui.typing_keys import commit, press, type_text

CTRL = Qt.KeyboardModifier.ControlModifier


def stored(ws: Workspace, member_id: str, year: int = 2026) -> Pledge:
    """The pledge as the book has it."""
    return open_pledge(ws, member_id, year).pledge


def keys(editor: PledgeEditor, key: Qt.Key, modifiers: Qt.KeyboardModifier = CTRL) -> None:
    """A shortcut of the page; a button it presses acts at once."""
    QTest.keyClick(editor.window(), key, modifiers)
    QTest.qWait(150)


def add_by_keyboard(editor: PledgeEditor, action: str) -> None:
    """Ctrl+N, then the words of the new item."""
    keys(editor, Qt.Key.Key_N)
    commit(editor.view.card.action, action)


def test_items_written_by_keyboard_are_handed_in(
    open_editor: OpenEditor, plain_ws: Workspace, people: People, background: Background, window: Shell
) -> None:
    editor = open_editor(plain_ws, people.plain)
    add_by_keyboard(editor, "Giúp hai hộ nghèo")
    content = editor.view.card.content
    type_text(content.line, "tu phe binh")
    press(content._list, Qt.Key.Key_Return)
    add_by_keyboard(editor, "Học đủ chuyên đề")
    keys(editor, Qt.Key.Key_Return)
    background.wait_idle()

    pledge = stored(plain_ws, people.plain)
    assert pledge.state is PledgeState.SUBMITTED
    assert [(item.action, item.content_code) for item in pledge.items] == [
        ("Giúp hai hộ nghèo", "Q101.3"),
        ("Học đủ chuyên đề", ""),
    ]
    assert window.done_bar.text == "Đã gửi đăng ký năm 2026 cho chi bộ. Cảm ơn đồng chí."
    assert editor.view.card.action.isReadOnly()


def test_empty_pledge_says_how_to_begin(open_editor: OpenEditor, plain_ws: Workspace, people: People) -> None:
    editor = open_editor(plain_ws, people.plain)

    assert editor.view.empty_state.title.text() == "Đồng chí chưa đăng ký việc nào cho năm 2026"
    assert not editor.view.submit.isVisible()
    assert editor.first_focus() is editor.view.add


def test_draft_comes_back_after_the_page_is_gone(
    open_editor: OpenEditor, plain_ws: Workspace, people: People, background: Background, qtbot: QtBot
) -> None:
    editor = open_editor(plain_ws, people.plain)
    add_by_keyboard(editor, "Chưa kịp gửi")
    qtbot.waitUntil(lambda: "Đã lưu nháp lúc" in editor.view.bar._saved.text(), timeout=3000)
    editor.hide()
    editor.deleteLater()
    QApplication.processEvents()

    again = open_editor(plain_ws, people.plain)

    assert again.view.card.action.value() == "Chưa kịp gửi"
    assert again.view.message.text.startswith("Đây là bản nháp đồng chí viết lúc 08:30 ngày 20/03/2026")
    assert stored(plain_ws, people.plain).items == ()


def test_draft_can_be_given_up(
    open_editor: OpenEditor, plain_ws: Workspace, people: People, background: Background
) -> None:
    save_pledge(plain_ws, a_pledge(people.plain))
    editor = open_editor(plain_ws, people.plain)
    commit(editor.view.card.note, "bỏ đi")
    editor.keeper.flush()
    background.wait_idle()
    again = open_editor(plain_ws, people.plain)
    assert again.view.card.note.value() == "bỏ đi"

    assert again.view.message.button is not None
    again.view.message.button.click()
    background.wait_idle()

    assert again.view.card.note.value() == ""
    assert find_draft(plain_ws, "pledge", f"{people.plain}:2026") is None


def test_going_back_saves_what_was_written_as_being_written(
    open_editor: OpenEditor, plain_ws: Workspace, people: People, background: Background, qtbot: QtBot
) -> None:
    editor = open_editor(plain_ws, people.plain)
    add_by_keyboard(editor, "Còn viết tiếp")

    with qtbot.waitSignal(editor.closed):
        keys(editor, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)

    pledge = stored(plain_ws, people.plain)
    assert (pledge.state, pledge.items[0].action) == (PledgeState.DRAFT, "Còn viết tiếp")
    assert find_draft(plain_ws, "pledge", f"{people.plain}:2026") is None


def test_handing_in_an_item_without_words_leads_to_its_field(
    open_editor: OpenEditor, plain_ws: Workspace, people: People
) -> None:
    save_pledge(plain_ws, a_pledge(people.plain, items=(an_item(), an_item(action=""), an_item(target=""))))
    editor = open_editor(plain_ws, people.plain)

    keys(editor, Qt.Key.Key_Return)

    assert editor.view.card.title.text() == "Việc 2/3"
    assert editor.view.card.action.hasFocus()
    assert editor.view.card.fields["action"].error == "Chưa ghi việc làm cụ thể."
    assert editor.view.problems.isVisible()
    assert stored(plain_ws, people.plain).state is PledgeState.DRAFT


def test_date_that_does_not_exist_is_a_problem_when_handing_in_and_its_words_stay(
    open_editor: OpenEditor, plain_ws: Workspace, people: People
) -> None:
    save_pledge(plain_ws, a_pledge(people.plain, items=(an_item(), an_item())))
    editor = open_editor(plain_ws, people.plain)
    due = editor.view.card.due
    due.kind.set_value("day")
    due.kind.chosen.emit("day")
    type_text(due.day.line, "31/02/2026")
    editor.bench.go_to(1)

    keys(editor, Qt.Key.Key_Return)

    assert editor.view.card.title.text() == "Việc 1/2"
    assert due.day.text() == "31/02/2026"
    assert "Không có ngày 31/02" in editor.view.card.fields["due_on"].error.capitalize()


def test_month_as_deadline_is_its_last_day(
    open_editor: OpenEditor, plain_ws: Workspace, people: People, background: Background
) -> None:
    save_pledge(plain_ws, a_pledge(people.plain))
    editor = open_editor(plain_ws, people.plain)
    editor.view.card.due.kind.set_value("5")
    editor.view.card.due.kind.chosen.emit("5")
    editor.go_back()
    background.wait_idle()

    assert stored(plain_ws, people.plain).items[0].due_on == date(2026, 5, 31)


def test_unfinished_items_of_last_year_are_brought_over(
    open_editor: OpenEditor, secretary_ws: Workspace, people: People, background: Background
) -> None:
    passed_pledge(secretary_ws, people.plain, 2025)
    editor = open_editor(secretary_ws, people.plain)

    editor.view.carry.click()
    assert [box.accessibleName() for box in editor.view.pick.boxes] == [
        "Học đủ các chuyên đề trong năm",
        "Giúp hai hộ nghèo trong thôn",
    ]
    editor.view.pick.boxes[0].click()
    editor.view.pick.take.click()
    editor.go_back()
    background.wait_idle()

    item = stored(secretary_ws, people.plain).items[0]
    assert (item.action, item.origin) == ("Giúp hai hộ nghèo trong thôn", Origin.CARRIED_OVER)
    assert item.carried_from


def test_shortcoming_of_last_review_becomes_an_item(
    open_editor: OpenEditor, secretary_ws: Workspace, people: People, background: Background
) -> None:
    review = open_review(secretary_ws, ReviewKey(people.plain, 2025)).review
    shortcomings = "Chậm báo cáo.\nÍt phát biểu"
    save_review(secretary_ws, replace(review, sections=(SectionText("II.1", shortcomings),)))
    editor = open_editor(secretary_ws, people.plain)

    editor.view.faults.click()
    assert not editor.view.pick.take.isEnabled()
    editor.view.pick.boxes[1].click()
    editor.view.pick.take.click()
    assert editor.view.faults.isVisible()
    editor.go_back()
    background.wait_idle()

    items = stored(secretary_ws, people.plain).items
    assert [(item.action, item.origin) for item in items] == [
        ("Khắc phục: Ít phát biểu", Origin.FROM_LAST_REVIEW)
    ]


def test_after_deleting_the_neighbour_is_shown(
    open_editor: OpenEditor, plain_ws: Workspace, people: People
) -> None:
    items = tuple(an_item(action=f"Việc số {number}") for number in range(1, 5))
    save_pledge(plain_ws, a_pledge(people.plain, items=items))
    editor = open_editor(plain_ws, people.plain)
    editor.bench.go_to(2)

    editor.view.card.remove.click()

    assert editor.view.card.action.value() == "Việc số 4"
    row = editor.view.table.current_record()
    assert row is not None
    assert row.number == 3


def test_problem_goes_when_it_is_put_right(
    open_editor: OpenEditor, plain_ws: Workspace, people: People
) -> None:
    save_pledge(plain_ws, a_pledge(people.plain, items=(an_item(action=""),)))
    editor = open_editor(plain_ws, people.plain)
    keys(editor, Qt.Key.Key_Return)
    assert editor.view.problems.isVisible()

    commit(editor.view.card.action, "Đã ghi")

    assert not editor.view.problems.isVisible()
    assert editor.view.card.fields["action"].error == ""


def test_deleted_item_comes_back_with_undo(
    open_editor: OpenEditor, plain_ws: Workspace, people: People, window: Shell
) -> None:
    save_pledge(plain_ws, a_pledge(people.plain))
    editor = open_editor(plain_ws, people.plain)
    before = editor.bench.items.items()

    editor.view.card.remove.click()
    assert window.done_bar.text == "Đã xóa việc 1."
    assert len(editor.bench.items.items()) == 1
    editor.view.table.setFocus()
    keys(editor, Qt.Key.Key_Z)

    assert editor.bench.items.items() == before


def test_item_with_months_stands_there_again_when_the_book_refuses_to_drop_it(
    open_editor: OpenEditor, plain_ws: Workspace, people: People, background: Background
) -> None:
    saved = save_pledge(plain_ws, a_pledge(people.plain))
    save_month(plain_ws, a_month(people.plain, Month(2026, 1), saved.items))
    editor = open_editor(plain_ws, people.plain)

    editor.view.card.remove.click()
    editor.go_back()
    background.wait_idle()

    assert [item.id for item in editor.bench.items.items()] == [item.id for item in saved.items]
    assert "đã có tự đánh giá tháng" in editor.view.message.text


def test_items_change_places(
    open_editor: OpenEditor, plain_ws: Workspace, people: People, background: Background
) -> None:
    saved = save_pledge(plain_ws, a_pledge(people.plain))
    editor = open_editor(plain_ws, people.plain)

    editor.view.card.down.click()
    editor.go_back()
    background.wait_idle()

    assert [item.id for item in stored(plain_ws, people.plain).items] == [
        saved.items[1].id,
        saved.items[0].id,
    ]


def test_decomposed_typing_is_stored_composed_and_not_touched_meanwhile(
    open_editor: OpenEditor, plain_ws: Workspace, people: People, background: Background
) -> None:
    editor = open_editor(plain_ws, people.plain)
    typed = unicodedata.normalize("NFD", "Giữ gìn đoàn kết ở thôn")
    keys(editor, Qt.Key.Key_N)
    editor.view.card.action.setFocus()
    commit(editor.view.card.action, typed)
    assert editor.view.card.action.toPlainText() == typed

    editor.go_back()
    background.wait_idle()

    assert stored(plain_ws, people.plain).items[0].action == unicodedata.normalize("NFC", typed)


def test_warnings_say_what_is_soft_and_hinder_nothing(
    open_editor: OpenEditor, plain_ws: Workspace, people: People, background: Background, qtbot: QtBot
) -> None:
    save_pledge(plain_ws, a_pledge(people.plain, items=(an_item(target=""),)))
    editor = open_editor(plain_ws, people.plain)
    qtbot.waitUntil(lambda: "Việc 1 chưa có chỉ tiêu" in editor.view.warnings.text)

    keys(editor, Qt.Key.Key_Return)
    background.wait_idle()

    assert stored(plain_ws, people.plain).state is PledgeState.SUBMITTED


def test_pledge_handed_in_is_written_again_when_asked(
    open_editor: OpenEditor, plain_ws: Workspace, people: People, background: Background
) -> None:
    submit_pledge(plain_ws, a_pledge(people.plain))
    editor = open_editor(plain_ws, people.plain)
    assert "chờ chi bộ thông qua" in editor.view.message.text
    assert editor.view.card.action.isReadOnly()

    assert editor.view.message.button is not None
    editor.view.message.button.click()
    background.wait_idle()

    assert not editor.view.card.action.isReadOnly()
    assert stored(plain_ws, people.plain).state is PledgeState.DRAFT


def test_words_of_the_committee_stand_above_a_returned_pledge(
    open_editor: OpenEditor, secretary_ws: Workspace, people: People
) -> None:
    submit_pledge(secretary_ws, a_pledge(people.plain))
    return_pledge(secretary_ws, people.plain, 2026, "Việc 2 ghi rõ mấy hộ")

    editor = open_editor(secretary_ws, people.plain)

    assert editor.view.message.text == "Chi ủy trả lại để ghi thêm: Việc 2 ghi rõ mấy hộ"
    assert "nhập thay" in editor.view.header.facts.text()


def test_change_of_a_passed_item_asks_why_and_keeps_the_old_words(
    open_editor: OpenEditor,
    secretary_ws: Workspace,
    people: People,
    dialogs: ScriptedDialogs,
    background: Background,
) -> None:
    passed_pledge(secretary_ws, people.plain)
    editor = open_editor(secretary_ws, people.plain)
    assert editor.view.card.action.isReadOnly()
    dialogs.answers = ["Chuyển việc từ tháng 3"]

    editor.view.card.revise.click()
    assert editor.view.submit.text() == "Lưu thay đổi"
    editor.view.card.action.replace_text("Học thêm hai chuyên đề")
    keys(editor, Qt.Key.Key_Return)
    background.wait_idle()

    item = stored(secretary_ws, people.plain).items[0]
    assert (item.action, item.revisions[0].action) == (
        "Học thêm hai chuyên đề",
        "Học đủ các chuyên đề trong năm",
    )
    shown = editor.view.card._earlier.itemAt(0).widget().text()
    assert shown.startswith("Trước 20/03/2026: Học đủ các chuyên đề trong năm; 4 chuyên đề; Cả năm")
    assert shown.endswith("Lý do: Chuyển việc từ tháng 3")
    assert editor.view.card.action.isReadOnly()


def test_change_left_unsaved_comes_back_with_its_reason(
    open_editor: OpenEditor,
    secretary_ws: Workspace,
    people: People,
    dialogs: ScriptedDialogs,
    background: Background,
) -> None:
    passed_pledge(secretary_ws, people.plain)
    editor = open_editor(secretary_ws, people.plain)
    dialogs.answers = ["Chuyển việc"]
    editor.bench.go_to(1)
    editor.view.card.revise.click()
    editor.view.card.action.replace_text("Viết dở")
    editor.go_back()
    background.wait_idle()

    again = open_editor(secretary_ws, people.plain)

    assert (again.view.card.title.text(), again.view.card.action.value()) == ("Việc 2/2", "Viết dở")
    assert again.view.card.reason.text() == "Lý do: Chuyển việc"
    assert not again.view.card.action.isReadOnly()


def test_change_given_up_can_be_taken_up_again(
    open_editor: OpenEditor, secretary_ws: Workspace, people: People, dialogs: ScriptedDialogs, window: Shell
) -> None:
    passed_pledge(secretary_ws, people.plain)
    editor = open_editor(secretary_ws, people.plain)
    dialogs.answers = ["Chuyển việc"]
    editor.view.card.revise.click()
    editor.view.card.action.replace_text("Nghĩ lại")

    editor.view.card.give_up.click()
    assert editor.view.card.action.value() == "Học đủ các chuyên đề trong năm"
    window.done_bar.take_back()

    assert editor.view.card.action.value() == "Nghĩ lại"
    assert not editor.view.card.action.isReadOnly()


def test_item_added_to_a_passed_pledge_carries_its_reason(
    open_editor: OpenEditor,
    secretary_ws: Workspace,
    people: People,
    dialogs: ScriptedDialogs,
    background: Background,
) -> None:
    passed_pledge(secretary_ws, people.plain)
    editor = open_editor(secretary_ws, people.plain)
    dialogs.answers = ["Chi bộ giao tháng 3"]

    add_by_keyboard(editor, "Trực chốt dân quân")
    keys(editor, Qt.Key.Key_Return)
    background.wait_idle()

    item = stored(secretary_ws, people.plain).items[2]
    assert (item.action, "Chi bộ giao tháng 3" in item.note) == ("Trực chốt dân quân", True)


def test_outcome_is_recorded_with_its_day_and_taken_back(
    open_editor: OpenEditor,
    secretary_ws: Workspace,
    people: People,
    background: Background,
    window: Shell,
) -> None:
    passed_pledge(secretary_ws, people.plain)
    editor = open_editor(secretary_ws, people.plain)
    row = editor.view.card.outcome
    row.outcome.word_button("done").click()
    type_text(row.day.line, "10/03/2026")
    row.save.click()
    background.wait_idle()
    item = stored(secretary_ws, people.plain).items[0]
    assert (item.outcome, item.finished_on) == (Outcome.DONE, date(2026, 3, 10))

    window.done_bar.take_back()
    background.wait_idle()

    assert stored(secretary_ws, people.plain).items[0].outcome is Outcome.IN_PROGRESS


def test_outcome_with_a_day_to_come_is_refused_beside_the_day(
    open_editor: OpenEditor, secretary_ws: Workspace, people: People, background: Background
) -> None:
    passed_pledge(secretary_ws, people.plain)
    editor = open_editor(secretary_ws, people.plain)
    row = editor.view.card.outcome
    row.outcome.word_button("not_done").click()
    type_text(row.day.line, "10/12/2026")
    row.save.click()
    background.wait_idle()

    assert row.day_field.error == "Ngày 10/12/2026 chưa tới."


def test_closed_year_is_only_looked_at(
    open_editor: OpenEditor, secretary_ws: Workspace, people: People
) -> None:
    passed_pledge(secretary_ws, people.plain, 2025)
    lock_year(secretary_ws, 2025, date(2026, 1, 31))

    editor = open_editor(secretary_ws, people.plain, 2025)

    view = editor.view
    assert view.locked.isVisible()
    assert view.card.action.isReadOnly()
    for button in (view.add, view.submit, view.card.revise, view.card.remove, view.card.outcome.save):
        assert not button.isVisible()


def test_another_persons_save_is_not_overwritten_and_the_draft_is_kept(
    open_editor: OpenEditor, secretary_ws: Workspace, people: People, background: Background
) -> None:
    saved = save_pledge(secretary_ws, a_pledge(people.plain))
    editor = open_editor(secretary_ws, people.plain)
    commit(editor.view.card.note, "của tôi")
    save_pledge(secretary_ws, replace(saved, items=(*saved.items, PledgeItem(action="Của người khác"))))

    editor.go_back()
    background.wait_idle()

    assert editor.view.message.text
    assert len(stored(secretary_ws, people.plain).items) == 3
    draft = find_draft(secretary_ws, "pledge", f"{people.plain}:2026")
    assert draft is not None
    assert draft.payload["items"][0]["note"] == "của tôi"


@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_narrow_window_shows_one_item_at_a_time(
    open_editor: OpenEditor,
    plain_ws: Workspace,
    people: People,
    window: Shell,
    qapp: QApplication,
    scale: float,
) -> None:
    save_pledge(plain_ws, a_pledge(people.plain))
    editor = open_editor(plain_ws, people.plain)
    window.resize(1280, 720)
    apply_theme(qapp, scale)
    QApplication.processEvents()

    assert not editor.view.table.isVisible()
    editor.view.card.after.click()
    assert editor.view.card.title.text() == "Việc 2/2"
    assert editor.view.area.inner.width() <= editor.view.area.viewport().width()


def test_arrows_walk_the_contents_from_the_first_on(
    open_editor: OpenEditor, plain_ws: Workspace, people: People
) -> None:
    editor = open_editor(plain_ws, people.plain)
    add_by_keyboard(editor, "Giúp hai hộ nghèo")
    content = editor.view.card.content

    press(content.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    press(content._list, Qt.Key.Key_Down)
    press(content._list, Qt.Key.Key_Return)

    assert content.value() == content.offered()[1]
