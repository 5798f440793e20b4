"""Writing one review on screen: sections, proposal, points, grades, drafts, closing."""

import unicodedata
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.grade import FourLevel, Grade
from app.domain.pledge import Pledge
from app.domain.review import (
    GradeStage,
    RemedyStatus,
    Review,
    ReviewKey,
    ReviewState,
    SectionText,
    StageGrade,
)
from app.services.reviews import open_review, save_review, set_grade, submit_review, with_self_grade
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.parts.buttons import Button
from app.ui.parts.fields import LineField
from app.ui.parts.labels import Label
from app.ui.screens.year_end.grade_section import GradeSection
from app.ui.screens.year_end.review_editor import ReviewEditor
from app.ui.screens.year_end.review_sheet import SectionMark
from app.ui.screens.year_end.row_sections import RowsSection
from app.ui.screens.year_end.score_section import ScoreSection
from app.ui.screens.year_end.section_editor import TextSection
from tests.book_fixtures import People
from tests.builders import lock_year
from tests.ui.screens.year_end.conftest import OpenSheet
from tests.ui.typing_keys import commit, press, type_text

CTRL = Qt.KeyboardModifier.ControlModifier


def stored(ws: Workspace, member_id: str, year: int = 2025) -> Review:
    return open_review(ws, ReviewKey(member_id, year)).review


def text_section(editor: ReviewEditor, key: str) -> TextSection:
    editor.open_section(key)
    assert isinstance(editor.view.editor, TextSection)
    return editor.view.editor


def score_section(editor: ReviewEditor) -> ScoreSection:
    editor.open_section("B.I")
    assert isinstance(editor.view.editor, ScoreSection)
    return editor.view.editor


def grade_section(editor: ReviewEditor, key: str = "B.II") -> GradeSection:
    editor.open_section(key)
    assert isinstance(editor.view.editor, GradeSection)
    return editor.view.editor


def rows_section(editor: ReviewEditor, key: str) -> RowsSection[Any]:
    editor.open_section(key)
    assert isinstance(editor.view.editor, RowsSection)
    return editor.view.editor


def fill(field: QWidget, text: str) -> None:
    assert isinstance(field, LineField)
    field.setFocus()
    field.selectAll()
    if text:
        type_text(field, text)
    else:
        press(field, Qt.Key.Key_Delete)


def fill_all_points(section: ScoreSection) -> None:
    for row in section.rows.values():
        fill(row.own, str(row.item.max))


# Sections


def test_the_editor_shows_the_official_heading_and_the_list_short_labels(
    secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)

    text_section(editor, "A.I.3")

    assert editor.view.heading.text() == (
        "3. Việc thực hiện cam kết tu dưỡng, rèn luyện, phấn đấu của cá nhân theo quy định."
    )
    assert "cam kết" in editor.view.list.lines["A.I.3"].text()
    assert editor.header.facts.text().startswith("Mẫu 2C")


def test_ctrl_page_down_saves_the_section_and_goes_to_the_next(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    first = text_section(editor, "A.I.1")
    commit(first.area, "Sống đúng điều lệ, nghe nghị quyết.")

    qtbot.keyClick(first.area, Qt.Key.Key_PageDown, CTRL)
    qtbot.waitUntil(background.idle)

    assert editor.view.heading.text().startswith("2.")
    assert stored(secretary_ws, people.plain).text_of("A.I.1").text == "Sống đúng điều lệ, nghe nghị quyết."
    assert editor.sheet is not None
    assert editor.sheet.mark(editor.sheet.sections[0]) is SectionMark.DONE


def test_progress_counts_what_is_written(
    secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    assert editor.bar.progress.text() == "Xong 0/8 mục"

    commit(text_section(editor, "A.II.1").area, "Nghe hơi kém.")

    assert editor.bar.progress.text() == "Xong 1/8 mục"


def test_arrows_walk_through_the_sections(
    qtbot: QtBot, secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    line = editor.view.list.lines["A.I.1"]
    qtbot.waitUntil(line.isVisible)
    line.setFocus()

    qtbot.keyClick(line, Qt.Key.Key_Down)

    assert editor.view.list.lines["A.I.2"].hasFocus()
    assert editor.view.heading.text().startswith("2.")


# The pledge section and the months


def test_the_pledge_section_comes_with_text_from_the_months_labelled_as_such(
    qtbot: QtBot,
    background: Background,
    secretary_ws: Workspace,
    people: People,
    open_sheet: OpenSheet,
    pledged: Pledge,
) -> None:
    editor = open_sheet(secretary_ws, people.plain)

    section = text_section(editor, "A.I.3")

    assert "tháng 8: Giúp hộ ông Bảy lợp lại mái" in section.area.value()
    assert section.note.text == "Gợi ý ghép từ 2 tháng. Đồng chí đọc lại và sửa theo lời của mình."
    editor.keeper.flush()
    qtbot.waitUntil(background.idle)
    assert stored(secretary_ws, people.plain).id == "", "only looking writes nothing"


def test_the_proposed_text_is_the_persons_own_once_edited(
    qtbot: QtBot,
    background: Background,
    secretary_ws: Workspace,
    people: People,
    open_sheet: OpenSheet,
    pledged: Pledge,
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    section = text_section(editor, "A.I.3")
    commit(text_section(editor, "A.I.1").area, "Giữ nếp.")
    editor.keeper.flush()
    qtbot.waitUntil(background.idle)
    assert stored(secretary_ws, people.plain).text_of("A.I.3").proposed

    section = text_section(editor, "A.I.3")
    commit(section.area, "Tôi thấy: ")
    editor.keeper.flush()
    qtbot.waitUntil(background.idle)

    kept = stored(secretary_ws, people.plain).text_of("A.I.3")
    assert kept.text.startswith("Tôi thấy: Năm 2025")
    assert not kept.proposed
    assert not section.note.text.startswith("Gợi ý")


def test_assembling_again_asks_before_it_replaces_edited_words_and_can_be_undone(
    secretary_ws: Workspace, people: People, open_sheet: OpenSheet, pledged: Pledge
) -> None:
    editor = open_sheet(secretary_ws, people.plain, answers=[False, True])
    section = text_section(editor, "A.I.3")
    commit(section.area, "Lời riêng. ")
    edited = section.area.value()

    section.assemble_again()
    assert section.area.value() == edited

    section.assemble_again()
    assert section.area.value().startswith("Năm 2025")
    section.area.undo()
    assert section.area.value() == edited


def test_a_month_is_copied_in_at_the_cursor_and_never_replaces(
    qtbot: QtBot, secretary_ws: Workspace, people: People, open_sheet: OpenSheet, pledged: Pledge
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    section = text_section(editor, "A.I.2")
    commit(section.area, "Đầu. ")

    editor.view.months.choice.choose_number(2)
    qtbot.mouseClick(editor.view.months.copy_buttons[8], Qt.MouseButton.LeftButton)

    assert section.area.value() == "Đầu. Tháng 8: Giúp hộ ông Bảy lợp lại mái."
    assert section.area.hasFocus()


# Points


def test_points_add_up_by_themselves_and_name_their_range(
    secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    section = score_section(editor)

    fill_all_points(section)

    assert [section.sums[part].text() for part in ("general", "tasks", "total")] == [
        "30/30",
        "70/70",
        "100/100",
    ]
    assert section.range.text() == "100 điểm thuộc khung Hoàn thành xuất sắc nhiệm vụ."


@pytest.mark.parametrize(
    ("taken_off", "words"),
    [
        (10, "90 điểm thuộc khung Hoàn thành xuất sắc nhiệm vụ."),
        (10.5, "89,5 điểm thuộc khung Hoàn thành tốt nhiệm vụ."),
        (30, "70 điểm thuộc khung Hoàn thành tốt nhiệm vụ."),
        (30.5, "69,5 điểm thuộc khung Hoàn thành nhiệm vụ."),
        (50, "50 điểm thuộc khung Hoàn thành nhiệm vụ."),
        (50.5, "49,5 điểm thuộc khung Không hoàn thành nhiệm vụ."),
    ],
)
def test_the_range_turns_at_ninety_seventy_and_fifty(
    secretary_ws: Workspace, people: People, open_sheet: OpenSheet, taken_off: float, words: str
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    section = score_section(editor)
    left = taken_off
    for row in section.rows.values():
        off = min(left, float(row.item.max))
        left -= off
        fill(row.own, f"{float(row.item.max) - off:g}".replace(".", ","))

    assert section.range.text() == words


def test_points_the_table_does_not_allow_are_said_under_the_row_and_not_taken(
    secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    section = score_section(editor)
    code, row = next(iter(section.rows.items()))

    fill(row.own, "99")
    row.appraised.setFocus()

    assert row.problem.text() == f"Mục {code}: điểm phải từ 0 đến {row.max.text()}."
    assert section.sums["general"].text() == "0/30"
    assert editor.sheet is not None
    assert editor.sheet.score_of(code).self_score is None


def test_enter_goes_down_the_column(secretary_ws: Workspace, people: People, open_sheet: OpenSheet) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    first, second = list(score_section(editor).rows.values())[:2]
    first.own.setFocus()

    press(first.own, Qt.Key.Key_Return)

    assert second.own.hasFocus()


def test_arrows_go_up_and_down_the_points(
    secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    first, second = list(score_section(editor).rows.values())[:2]
    first.appraised.setFocus()

    press(first.appraised, Qt.Key.Key_Down)
    assert second.appraised.hasFocus()
    press(second.appraised, Qt.Key.Key_Up)
    assert first.appraised.hasFocus()
    press(first.appraised, Qt.Key.Key_Up)
    assert first.appraised.hasFocus()


def test_figures_that_contradict_each_other_are_said(
    secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    counts = score_section(editor).counts

    fill(counts.fields["assigned"].field, "4")
    fill(counts.fields["done"].field, "5")
    fill(counts.fields["late"].field, "hai")
    counts.fields["beyond"].focus_field()

    assert counts.fields["done"].error == "Số nhiệm vụ hoàn thành nhiều hơn số được giao."
    assert counts.fields["late"].error == "Chỉ ghi số."


def test_enter_goes_on_from_figure_to_figure(
    secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    fields = score_section(editor).counts.fields
    fields["assigned"].field.setFocus()

    press(fields["assigned"].field, Qt.Key.Key_Return)

    assert fields["done"].field.hasFocus()


# Rows


def test_faults_are_written_row_by_row_and_taking_one_out_can_be_undone(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    undo: list[Any] = []
    editor.desk.done.connect(lambda _words, back: undo.append(back))
    section = rows_section(editor, "A.III")
    section.add.click()
    commit(section.cards[0].areas[0], "Chậm báo cáo")
    qtbot.keyClick(section.cards[0].status.word_button("remedied"), Qt.Key.Key_2)
    section.add.click()
    commit(section.cards[1].areas[0], "Ít xuống thôn xa")

    section.cards[0].remove.click()
    assert [card.value().fault for card in section.cards] == ["Ít xuống thôn xa"]
    undo[-1]()
    editor.keeper.flush()
    qtbot.waitUntil(background.idle)

    faults = stored(secretary_ws, people.plain).faults
    assert [fault.fault for fault in faults] == ["Chậm báo cáo", "Ít xuống thôn xa"]
    assert faults[0].status is RemedyStatus.IN_PROGRESS


# The forms of 2023


def test_the_sheets_of_2023_have_four_levels_with_nothing_chosen(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain, year=2024)
    section = text_section(editor, "I.1")
    assert section.level.choice() == ""
    boxes = [section.level.word_button(level.value) for level in FourLevel]
    assert len({box.y() for box in boxes}) == 1, "the four boxes stand on one line"
    commit(section.area, "Giữ vững lập trường.")
    assert editor.sheet is not None
    assert editor.sheet.mark(section.section) is SectionMark.EMPTY, "the box is still empty"

    section.level.setFocus()
    qtbot.keyClick(section.level.word_button("excellent_level"), Qt.Key.Key_2)
    editor.keeper.flush()
    qtbot.waitUntil(background.idle)

    assert stored(secretary_ws, people.plain, 2024).text_of("I.1").level is FourLevel.GOOD_LEVEL
    assert editor.sheet.mark(section.section) is SectionMark.DONE


def test_the_sheets_of_2023_never_speak_of_points(
    secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain, year=2024)
    grades = grade_section(editor, "VII")

    said = [label.text() for label in grades.findChildren(Label)]

    assert "Mức mà điều kiện cho phép" in said
    assert not [words for words in said if "điểm và điều kiện" in words]


def test_a_year_without_a_form_is_said_in_a_note_of_its_own_height(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain, year=2018)
    qtbot.waitUntil(background.idle)
    QApplication.processEvents()

    assert "chưa có mẫu bản kiểm điểm" in editor.message.text
    assert editor.message.height() < editor.height() / 4
    assert editor.header.height() < editor.height() / 4


# Drafts


def test_what_was_typed_comes_back_after_the_window_was_lost(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    commit(text_section(editor, "A.I.1").area, "Đang gõ dở")
    qtbot.waitUntil(lambda: "Đã lưu nháp lúc 08:30" in editor.bar._saved.text(), timeout=4000)
    assert stored(secretary_ws, people.plain).id == ""
    editor.keeper.sheet = None  # the power went before the section was left

    again = open_sheet(secretary_ws, people.plain)

    assert text_section(again, "A.I.1").area.value() == "Đang gõ dở"
    assert again.message.text == "Đã lấy lại những gì đồng chí gõ dở lúc 08:30 ngày 20/03/2026."


def test_closing_the_window_keeps_the_last_letter(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    commit(text_section(editor, "A.I.1").area, "Vừa gõ xong")

    QApplication.sendEvent(editor.window(), QCloseEvent())
    qtbot.waitUntil(background.idle)

    assert stored(secretary_ws, people.plain).text_of("A.I.1").text == "Vừa gõ xong"


def test_a_member_who_handed_in_edits_a_draft_until_it_is_handed_in_again(
    qtbot: QtBot, background: Background, plain_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    submit_review(plain_ws, with_self_grade(stored(plain_ws, people.plain), Grade.GOOD))
    editor = open_sheet(plain_ws, people.plain)
    commit(text_section(editor, "A.I.1").area, "Bổ sung")
    editor.keeper.flush()
    qtbot.waitUntil(background.idle)
    assert stored(plain_ws, people.plain).text_of("A.I.1").text == ""

    grade_section(editor)
    editor.bar.submit.click()
    qtbot.waitUntil(background.idle)

    assert stored(plain_ws, people.plain).text_of("A.I.1").text == "Bổ sung"
    assert stored(plain_ws, people.plain).state is ReviewState.SUBMITTED


# Handing in and the grades


def test_handing_in_without_the_own_grade_leads_to_it(
    qtbot: QtBot, plain_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(plain_ws, people.plain)
    section = grade_section(editor)
    assert section.own.choice() == ""

    qtbot.keyClick(section.own.word_button("excellent"), Qt.Key.Key_Return, CTRL)

    assert section.own_problem.text() == "Chưa tự nhận mức xếp loại."
    assert editor.problems.isVisible()


def test_ctrl_enter_on_the_last_section_hands_the_sheet_in(
    qtbot: QtBot, background: Background, plain_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(plain_ws, people.plain)
    told: list[str] = []
    editor.desk.done.connect(lambda words, _undo: told.append(words))
    section = grade_section(editor)
    qtbot.keyClick(section.own.word_button("excellent"), Qt.Key.Key_2)

    qtbot.keyClick(section.own.word_button("good"), Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(background.idle)

    sent = stored(plain_ws, people.plain)
    assert (sent.state, sent.grade_at(GradeStage.SELF)) == (ReviewState.SUBMITTED, Grade.GOOD)
    assert told == ["Đã gửi bản kiểm điểm năm 2025 cho chi bộ."]


def test_the_grade_the_rules_allow_is_shown_with_its_reason_and_source_mark(
    secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    scores = score_section(editor)
    fill_all_points(scores)
    for name, count in {"assigned": "10", "done": "10", "late": "0", "beyond": "2", "failed": "0"}.items():
        fill(scores.counts.fields[name].field, count)

    section = grade_section(editor)

    assert section.reason.text().startswith("100 điểm thuộc khung Hoàn thành xuất sắc nhiệm vụ")
    assert "vượt yêu cầu 2/10" in section.reason.text()
    assert section.own.choice() == "", "a proposal never fills in the own grade"
    assert section.rows.rows[GradeStage.PROPOSED].grade.value() == ""


def test_a_case_ticked_by_the_cell_leads_to_not_fulfilled_with_its_relief(
    secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    section = grade_section(editor)

    next(iter(section.ticks.values())).click()

    assert section.proposed.text() == Grade.UNSATISFACTORY.label


def test_the_cells_grade_is_recorded_with_date_and_source_and_taken_back(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    undo: list[Any] = []
    editor.desk.done.connect(lambda _words, back: undo.append(back))
    row = grade_section(editor).rows.rows[GradeStage.PROPOSED]
    row.grade.setCurrentIndex(row.grade.findData("good"))
    row.grade.chosen.emit("good")
    row.record.click()
    qtbot.waitUntil(background.idle)
    assert row.day_field.error == "Chưa ghi ngày của mức xếp loại này."

    fill(row.day.line, "12/12/2025")
    fill(row.source, "Nghị quyết họp tháng 12")
    row.record.click()
    qtbot.waitUntil(background.idle)

    recorded = StageGrade(GradeStage.PROPOSED, Grade.GOOD, date(2025, 12, 12), "Nghị quyết họp tháng 12")
    assert stored(secretary_ws, people.plain).grades == (recorded,)
    assert row.words.text() == "Hoàn thành tốt nhiệm vụ, ngày 12/12/2025, Nghị quyết họp tháng 12"

    row.clear.click()
    qtbot.waitUntil(background.idle)
    assert stored(secretary_ws, people.plain).grades == ()
    undo[-1]()
    qtbot.waitUntil(background.idle)
    assert stored(secretary_ws, people.plain).grades == (recorded,)


def test_a_grade_typed_and_not_recorded_comes_back(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    row = grade_section(editor).rows.rows[GradeStage.VOTE]
    fill(row.source, "Biên bản kiểm phiếu")
    editor.go_back()
    qtbot.waitUntil(background.idle)

    again = open_sheet(secretary_ws, people.plain)

    assert grade_section(again).rows.rows[GradeStage.VOTE].source.value() == "Biên bản kiểm phiếu"


def test_a_plain_member_reads_the_cells_grades_and_cannot_set_them(
    secretary_ws: Workspace, plain_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    save_review(plain_ws, with_self_grade(stored(plain_ws, people.plain), Grade.GOOD))
    set_grade(
        secretary_ws,
        ReviewKey(people.plain, 2025),
        StageGrade(GradeStage.COMMITTEE, Grade.GOOD, date(2025, 12, 8)),
    )

    section = grade_section(open_sheet(plain_ws, people.plain))

    assert section.rows.rows == {}
    assert section.ticks == {}
    assert section.close_sheet.isHidden()


# Closed


def test_a_closed_year_is_read_only_and_reopened_with_a_reason(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    save_review(secretary_ws, with_self_grade(stored(secretary_ws, people.plain), Grade.GOOD))
    lock_year(secretary_ws, 2025, date(2026, 1, 10))
    editor = open_sheet(secretary_ws, people.plain, answers=["sót một bản"])
    assert text_section(editor, "A.I.1").area.isReadOnly()
    assert not grade_section(editor).own.isEnabled()
    assert editor.bar.submit.isHidden()
    assert editor.message.text == "Năm 2025 đã khóa nên bản này chỉ để xem."

    assert editor.message.button is not None
    editor.message.button.click()
    qtbot.waitUntil(background.idle)

    assert not text_section(editor, "A.I.1").area.isReadOnly()


def test_a_closed_sheet_shows_nothing_to_change(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    ws, key = secretary_ws, ReviewKey(people.plain, 2025)
    save_review(ws, with_self_grade(stored(ws, people.plain), Grade.GOOD))
    set_grade(ws, key, StageGrade(GradeStage.DECIDED, Grade.GOOD, date(2025, 12, 30), "QĐ 5"))
    editor = open_sheet(ws, people.plain, answers=[True])

    grade_section(editor).close_sheet.click()
    qtbot.waitUntil(background.idle)

    assert stored(ws, people.plain).state is ReviewState.CLOSED
    assert text_section(editor, "A.I.1").area.isReadOnly()
    assert grade_section(editor).rows.rows == {}


def test_a_sheet_only_to_look_at_offers_no_month_to_copy(
    secretary_ws: Workspace, people: People, open_sheet: OpenSheet, pledged: Pledge
) -> None:
    editor = open_sheet(replace(secretary_ws, lock=None), people.plain)
    text_section(editor, "A.I.2")

    words = [label.text() for label in editor.view.months.findChildren(Label)]
    buttons = [button.text() for button in editor.view.months.findChildren(Button)]

    assert "Tháng 8" in words
    assert "Chép vào bài" not in buttons


def test_printing_goes_to_the_papers_with_this_member(
    qtbot: QtBot, secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    asked: list[tuple[str, object]] = []
    editor.desk.go.connect(lambda page, place: asked.append((page, place)))

    qtbot.keyClick(editor, Qt.Key.Key_P, CTRL)

    expected = [("papers", {"paper": "review", "member": people.plain})]
    qtbot.waitUntil(lambda: asked == expected)


def test_the_longest_sheet_is_written_and_read_back_letter_for_letter(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    words = (
        "Tôi tiếp tục tin vào mục tiêu độc lập dân tộc; nghe H'Linh Niê, Y Bhơm Ayŭn góp ý <b>thẳng</b>. "
        * 60
    )
    area = text_section(editor, "A.I.1").area

    commit(area, unicodedata.normalize("NFD", words))
    editor.keeper.flush()
    qtbot.waitUntil(background.idle)

    assert stored(secretary_ws, people.plain).text_of("A.I.1").text == words.strip()


def test_a_book_opened_to_look_at_takes_no_typing(
    secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(replace(secretary_ws, lock=None), people.plain)

    assert text_section(editor, "A.I.1").area.isReadOnly()


# A sheet its member is writing


def test_the_secretary_sees_that_a_member_is_writing_and_none_of_the_words(
    secretary_ws: Workspace, plain_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    writing = replace(stored(plain_ws, people.plain), sections=(SectionText("A.I.1", "Lời của tôi"),))
    save_review(plain_ws, writing)

    editor = open_sheet(secretary_ws, people.plain)

    assert text_section(editor, "A.I.1").area.value() == ""
    assert "đang viết bản này và chưa gửi" in editor.message.text
    assert editor.header.facts.text().endswith("đang viết")


@pytest.mark.parametrize("goes_on", [True, False])
def test_handing_in_for_a_member_who_is_writing_is_asked_first(
    qtbot: QtBot,
    secretary_ws: Workspace,
    plain_ws: Workspace,
    people: People,
    open_sheet: OpenSheet,
    goes_on: bool,
) -> None:
    writing = replace(stored(plain_ws, people.plain), sections=(SectionText("A.I.1", "Lời của tôi"),))
    save_review(plain_ws, writing)
    editor = open_sheet(secretary_ws, people.plain, answers=[goes_on])
    section = grade_section(editor)
    qtbot.keyClick(section.own.word_button("excellent"), Qt.Key.Key_2)

    editor.bar.submit.click()
    qtbot.waitUntil(editor.desk.background.idle)

    state = ReviewState.SUBMITTED if goes_on else ReviewState.DRAFT
    assert stored(plain_ws, people.plain).state is state
    assert stored(plain_ws, people.plain).text_of("A.I.1").text == ("" if goes_on else "Lời của tôi")
