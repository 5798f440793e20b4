"""A member's month: written by the member, or typed in for them."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.domain.dates import Month
from app.domain.monthly import MonthlyEntry, MonthState
from app.domain.pledge import Outcome, Pledge
from app.services.drafts import find_draft
from app.services.months import confirm_months, excuse_month, open_month, return_month, submit_month
from app.services.workspace import Workspace
from app.ui.screens.months.month_editor import DRAFT_FORM
from tests.book_fixtures import FakeClock, People
from tests.builders import a_month, handed_in
from tests.ui.screens.months.sitting import ALT, CONTROL, FEBRUARY, MARCH, EditorSitting, stored
from tests.ui.typing_keys import commit, type_text


@pytest.fixture
def february(plain_ws: Workspace, pledges: dict[str, Pledge], people: People) -> Pledge:
    """The plain member handed February in."""
    handed_in(plain_ws, pledges[people.plain], FEBRUARY)
    return pledges[people.plain]


def test_nothing_is_filled_in_or_chosen(own: EditorSitting, people: People, february: Pledge) -> None:
    own.write(people.plain, MARCH)

    assert [card.entry() for card in own.editor.view.form.cards] == [
        MonthlyEntry(item.id) for item in february.items
    ]
    assert own.focused() is own.card(1).result


def test_as_last_month_copies_the_words_with_a_tag_and_never_the_level(
    own: EditorSitting, people: People, february: Pledge
) -> None:
    own.write(people.plain, MARCH)
    own.press(Qt.Key.Key_D, CONTROL)

    entry = own.card(1).entry()
    assert (entry.result, entry.self_level) == ("Đã học xong chuyên đề quý I", "")
    assert own.card(1).copied.isVisible()
    assert own.card(1).copied.spec.word == "Chép từ tháng 2"
    assert own.card(2).entry().result == ""


def test_the_tag_goes_when_the_words_are_touched(
    own: EditorSitting, people: People, february: Pledge
) -> None:
    own.write(people.plain, MARCH)
    own.press(Qt.Key.Key_D, CONTROL)
    type_text(own.card(1).result, "!")

    assert not own.card(1).copied.isVisible()
    assert own.card(1).entry().copied_from == ""


def test_alt_0_copies_all_but_keeps_what_was_typed(
    own: EditorSitting, people: People, february: Pledge
) -> None:
    own.write(people.plain, MARCH)
    type_text(own.card(2).result, "Việc mới")
    own.press_button_key(Qt.Key.Key_0, ALT, own.editor.view.form.copy_all)

    assert own.card(1).entry().result == "Đã học xong chuyên đề quý I"
    assert own.card(2).entry().result == "Việc mới"


def test_ctrl_z_takes_a_copy_back(own: EditorSitting, people: People, february: Pledge) -> None:
    own.write(people.plain, MARCH)
    type_text(own.card(1).result, "Của tháng này")
    own.press(Qt.Key.Key_D, CONTROL)
    own.press(Qt.Key.Key_Z, CONTROL)

    assert own.card(1).entry().result == "Của tháng này"
    assert own.card(1).entry().copied_from == ""


def test_the_whole_month_by_keyboard(
    own: EditorSitting, people: People, february: Pledge, plain_ws: Workspace
) -> None:
    own.write(people.plain, MARCH)
    own.press_button_key(Qt.Key.Key_0, ALT, own.editor.view.form.copy_all)
    own.press(Qt.Key.Key_2, ALT)
    type_text(own.focused(), "Giúp một hộ")
    own.press(Qt.Key.Key_1, ALT)
    for digit in "21":
        own.press(Qt.Key.Key_Tab)
        type_text(own.focused(), digit)
    own.press_button_key(Qt.Key.Key_Return, CONTROL, own.editor.view.send)

    month = stored(plain_ws, people.plain, MARCH)
    entries = [month.entry_for(item.id) for item in february.items]
    assert month.state is MonthState.SUBMITTED
    assert [(entry.result, entry.self_level) for entry in entries] == [
        ("Đã học xong chuyên đề quý I", "Khá"),
        ("Giúp một hộ", "Tốt"),
    ]
    assert [entry.copied_from for entry in entries] == ["2026-02", ""]
    assert own.editor.view.message.text == "Đã gửi tháng 3 cho chi bộ. Cảm ơn đồng chí."


def test_a_digit_in_a_level_goes_on_to_the_next_item_and_then_to_sending(
    own: EditorSitting, people: People
) -> None:
    own.write(people.plain, MARCH)
    own.press(Qt.Key.Key_Tab)
    type_text(own.focused(), "3")
    assert own.focused() is own.card(2).result

    own.press(Qt.Key.Key_Tab)
    type_text(own.focused(), "1")
    assert own.focused() is own.editor.view.send


def test_arrows_in_a_level_stay_there(own: EditorSitting, people: People) -> None:
    own.write(people.plain, MARCH)
    own.press(Qt.Key.Key_Tab)
    own.press(Qt.Key.Key_Right)

    assert own.card(1).isAncestorOf(own.focused())
    assert own.card(1).entry().self_level == "Tốt"


def test_going_to_an_item_selects_its_words(own: EditorSitting, people: People, february: Pledge) -> None:
    own.write(people.plain, MARCH)
    own.press_button_key(Qt.Key.Key_0, ALT, own.editor.view.form.copy_all)
    own.press(Qt.Key.Key_2, ALT)

    assert own.card(2).result.textCursor().selectedText() == "Đã học xong chuyên đề quý I"


def test_problems_are_listed_and_lead_to_their_fields(own: EditorSitting, people: People) -> None:
    own.write(people.plain, MARCH)
    type_text(own.card(1).result, "Đã họp")
    own.press_button_key(Qt.Key.Key_Return, CONTROL, own.editor.view.send)

    assert own.editor.view.problems.isVisible()
    assert own.card(1).fields["self_level"].error == "Chưa chọn mức tự đánh giá."
    assert own.card(1).level.isAncestorOf(own.focused())
    own.press(Qt.Key.Key_F8)
    assert own.focused() is own.card(2).result
    assert stored(own.desk.ws, people.plain, MARCH).id == ""


def test_what_is_missing_stands_beside_the_button(own: EditorSitting, people: People) -> None:
    own.write(people.plain, MARCH)
    type_text(own.card(1).result, "Đã họp")
    own.card(1).level.words.choose_number(1)

    assert "Còn việc 2 chưa đủ" in own.said_in_bar()


def test_typing_is_kept_by_itself_and_comes_back_after_the_page_is_gone(
    own: EditorSitting, people: People
) -> None:
    own.write(people.plain, MARCH)
    type_text(own.card(1).result, "Đang viết dở")
    own.card(1).level.words.choose_number(2)
    own.go_away()

    own.write(people.plain, MARCH)
    entry = own.card(1).entry()
    assert (entry.result, entry.self_level) == ("Đang viết dở", "Khá")
    assert "08:30 ngày 20/03/2026" in own.editor.view.draft_message.text


def test_within_two_seconds_the_page_says_that_it_is_kept(own: EditorSitting, people: People) -> None:
    own.write(people.plain, MARCH)
    type_text(own.card(1).result, "Đang viết dở")

    kept = "Đã lưu nháp lúc 08:30. Chỉ đồng chí đọc được bản nháp."
    own.qtbot.waitUntil(lambda: kept in own.said_in_bar(), timeout=2000)


def test_leaving_keeps_the_month_being_written_for_its_member_only(
    own: EditorSitting, people: People, secretary_ws: Workspace
) -> None:
    own.write(people.plain, MARCH)
    type_text(own.card(1).result, "Đang viết dở")
    own.editor.go_back()
    own.settle()

    month = stored(own.desk.ws, people.plain, MARCH)
    assert (month.state, month.entries[0].result) == (MonthState.DRAFT, "Đang viết dở")
    assert stored(secretary_ws, people.plain, MARCH).entries == ()


def test_another_month_is_opened_from_the_strip_with_everything_kept(
    own: EditorSitting, people: People
) -> None:
    own.write(people.plain, MARCH)
    type_text(own.card(1).result, "Của tháng 3")
    own.press(Qt.Key.Key_PageUp, CONTROL)
    assert own.editor.view.header.title.text() == "Tự đánh giá tháng 2/2026"
    assert own.card(1).entry().result == ""

    own.press(Qt.Key.Key_PageDown, CONTROL)
    assert own.card(1).entry().result == "Của tháng 3"


def test_decomposed_words_are_kept_in_one_form(
    own: EditorSitting, people: People, plain_ws: Workspace
) -> None:
    own.write(people.plain, MARCH)
    commit(own.card(1).result, "Ho\u0323c nghi\u0323 quyê\u0301t")
    own.editor.go_back()
    own.settle()

    assert stored(plain_ws, people.plain, MARCH).entries[0].result == "Học nghị quyết"


def test_limits_open_two_fields_and_evidence_one(own: EditorSitting, people: People) -> None:
    own.write(people.plain, MARCH)
    assert not own.card(1).limits.isVisible()
    own.card(1).more.click()
    assert own.focused() is own.card(1).limits
    assert own.card(1).fix.isVisible()

    own.card(1).prove.click()
    assert own.focused() is own.card(1).evidence


def test_a_finished_item_is_not_asked_for_later_and_can_be_taken_back(
    own: EditorSitting, people: People, clock: FakeClock
) -> None:
    own.write(people.plain, FEBRUARY)
    type_text(own.card(2).result, "Đã giúp đủ")
    own.card(1).finish.click()
    own.settle()
    assert own.said == ["Việc 1: đã xong."]
    assert own.card(2).entry().result == "Đã giúp đủ"
    assert [n for n, _item in open_month(own.desk.ws, people.plain, MARCH).open_items] == [2]

    undo = own.undos[-1]
    assert undo is not None
    undo()
    own.settle()
    item = open_month(own.desk.ws, people.plain, MARCH).open_items[0][1]
    assert (item.outcome, item.finished_on) == (Outcome.IN_PROGRESS, None)


def test_last_months_level_stands_beside_as_a_word(
    own: EditorSitting, people: People, february: Pledge
) -> None:
    own.write(people.plain, MARCH)

    words = [label.text() for label in own.card(1).findChildren(type(own.editor.view.place_words))]
    assert "Tháng 2: Khá" in words


def test_a_confirmed_month_is_read_only(
    own: EditorSitting, people: People, february: Pledge, secretary_ws: Workspace
) -> None:
    confirm_months(secretary_ws, FEBRUARY, [people.plain], date(2026, 3, 3))
    own.write(people.plain, FEBRUARY)

    assert own.card(1).result.isReadOnly()
    assert not own.editor.view.send.isVisible()
    assert own.editor.view.message.text.startswith("Chi bộ đã xác nhận tháng này")


def test_a_handed_in_month_can_be_sent_again_until_it_is_confirmed(
    own: EditorSitting, people: People, february: Pledge
) -> None:
    own.write(people.plain, FEBRUARY)
    assert own.editor.view.send.text() == "Gửi lại cho chi bộ"

    type_text(own.card(1).result, "Thêm ")
    own.editor.go_back()
    own.settle()
    assert stored(own.desk.ws, people.plain, FEBRUARY).state is MonthState.SUBMITTED


def test_a_month_handed_back_says_what_is_wanted(
    own: EditorSitting, people: People, february: Pledge, secretary_ws: Workspace
) -> None:
    return_month(secretary_ws, people.plain, FEBRUARY, "Ghi rõ mấy hộ")
    own.write(people.plain, FEBRUARY)

    assert own.editor.view.message.text == "Chi bộ trả lại để ghi thêm: “Ghi rõ mấy hộ”"


def test_a_month_to_come_says_so(own: EditorSitting, people: People) -> None:
    own.write(people.plain, Month(2026, 9))

    assert own.editor.view.empty.title.text() == "Chưa tới tháng 9/2026"
    assert not own.editor.view.bar.isVisible()


def test_an_excused_month_says_why(own: EditorSitting, people: People, secretary_ws: Workspace) -> None:
    excuse_month(secretary_ws, people.plain, MARCH, "ốm")
    own.write(people.plain, MARCH)

    assert own.editor.view.empty.words.text() == "Lý do: ốm."


def test_without_a_pledge_the_way_leads_to_it(typist: EditorSitting, people: People) -> None:
    typist.write(people.plain, Month(2025, 12))
    typist.editor.view.to_pledge.click()

    assert typist.gone == [("pledges", {"member": people.plain, "year": "2025"})]


def test_typing_for_somebody_is_said_and_remembered(
    typist: EditorSitting, people: People, secretary_ws: Workspace
) -> None:
    typist.write(people.plain, MARCH)
    assert typist.editor.view.header.title.text() == "Nhập thay Nguyễn Văn Đạt, tháng 3/2026"
    for card in typist.editor.view.form.cards:
        type_text(card.result, "Theo phiếu")
        card.level.words.choose_number(1)
    typist.editor.view.send.click()
    typist.settle()

    month = stored(secretary_ws, people.plain, MARCH)
    assert (month.state, month.entered_by) == (MonthState.SUBMITTED, people.secretary)
    assert typist.editor.view.message.text == "Đã gửi tháng 3 thay Nguyễn Văn Đạt."


def test_a_narrow_window_shows_one_item_at_a_time(own: EditorSitting, people: People) -> None:
    own.write(people.plain, MARCH, width=900)
    assert own.shown_cards() == [1]
    assert own.editor.view.place_words.text() == "Việc 1 trong 2"

    own.editor.view.after.click()
    assert own.shown_cards() == [2]
    assert own.focused() is own.card(2).result


def test_a_narrow_window_leads_to_the_hidden_item_with_a_problem(own: EditorSitting, people: People) -> None:
    own.write(people.plain, MARCH, width=900)
    type_text(own.card(1).result, "Đã họp")
    own.card(1).level.words.choose_number(1)
    own.editor.view.send.click()

    assert own.shown_cards() == [2]
    assert own.focused() is own.card(2).result


def test_words_changed_elsewhere_meanwhile_do_not_wipe_what_is_being_typed(
    own: EditorSitting, people: People, pledges: dict[str, Pledge], secretary_ws: Workspace
) -> None:
    own.write(people.plain, MARCH)
    type_text(own.card(1).result, "Đang viết")
    month = a_month(people.plain, MARCH, pledges[people.plain].items)
    submit_month(secretary_ws, replace(month, version=0))
    own.editor.refresh()
    own.settle()

    assert own.card(1).entry().result == "Đang viết"


def test_closing_the_window_keeps_what_was_typed_a_moment_ago(
    own: EditorSitting, people: People, plain_ws: Workspace
) -> None:
    own.write(people.plain, MARCH)
    type_text(own.card(1).result, "Vừa gõ")
    own.editor.close()
    own.settle()

    own.write(people.plain, MARCH)
    assert own.card(1).entry().result == "Vừa gõ"


def test_a_save_that_fails_on_leaving_keeps_the_draft(
    own: EditorSitting, people: People, pledges: dict[str, Pledge], secretary_ws: Workspace
) -> None:
    own.write(people.plain, MARCH)
    type_text(own.card(1).result, "Chưa lưu được")
    submit_month(secretary_ws, a_month(people.plain, MARCH, pledges[people.plain].items))
    confirm_months(secretary_ws, MARCH, [people.plain], date(2026, 3, 20))
    own.editor.go_back()
    own.settle()

    assert "Chi bộ đã xác nhận tháng 3/2026" in own.errors[0]
    draft = find_draft(own.desk.ws, DRAFT_FORM, f"{people.plain}:{MARCH.iso}")
    assert draft is not None
    assert "Chưa lưu được" in str(draft.payload)
