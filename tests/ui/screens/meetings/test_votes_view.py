"""Counting votes on screen: typed by keyboard, checked at once, recorded when confirmed, voted again."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.grade import Grade
from app.domain.meeting import Meeting, Presence
from app.domain.review import CELL_SUBJECT, COMMITTEE_SUBJECT, GradeStage, ReviewKey
from app.domain.rule_set import MajorityBase
from app.domain.voting import Answer, RoundKind
from app.services.drafts import find_draft
from app.services.meetings import open_meeting, save_meeting
from app.services.reviews import open_review, save_review
from app.services.votes import add_round, open_votes, save_round
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.screens.meetings.votes_view import VotesView
from app.ui.screens.meetings.votes_words import counted_words
from app.ui.shell import Shell
from tests.book_fixtures import People
from tests.builders import lock_year
from tests.services.test_meetings import counted, held
from tests.ui.screens.meetings.conftest import OpenMeetings
from tests.ui.typing_keys import type_text


@pytest.fixture
def meeting(secretary_ws: Workspace) -> Meeting:
    """The review meeting of 2025, all four present."""
    return held(secretary_ws)


@pytest.fixture
def open_votes_of(qtbot: QtBot, open_meetings: OpenMeetings, background: Background) -> Any:
    """The page of a meeting's votes."""

    def open_it(ws: Workspace, meeting: Meeting) -> VotesView:
        page = open_meetings(ws)
        page.open_votes(meeting.id)
        assert page.votes is not None
        view = page.votes
        qtbot.waitUntil(lambda: view.page is not None and background.idle())
        view.keep_alive = page  # type: ignore[attr-defined]  # qtbot keeps only weak references
        return view

    return open_it


def begin(view: VotesView, qtbot: QtBot, background: Background) -> None:
    """The first round."""
    view.body.first.click()
    qtbot.waitUntil(lambda: view.votes is not None and background.idle())


def type_totals(view: VotesView, *numbers: int) -> None:
    """The four totals, field by field."""
    for line, number in zip(view.body.totals.lines.values(), numbers, strict=True):
        line.clear()
        type_text(line, str(number))


def type_row(view: VotesView, row: int, *numbers: int) -> None:
    """A row's numbers, each followed by Enter."""
    table = view.body.table
    table.go_to(row, table.votes.first_number)
    for number in numbers:
        QTest.keyClicks(table, str(number))
        QTest.keyClick(table, Qt.Key.Key_Return)


def test_the_first_round_asks_about_everybody_to_be_rated_and_starts_empty(
    qtbot: QtBot, open_votes_of: Any, secretary_ws: Workspace, meeting: Meeting, background: Background
) -> None:
    view = open_votes_of(secretary_ws, meeting)
    assert view.body.empty.title.text() == "Chưa có vòng bỏ phiếu nào"

    begin(view, qtbot, background)

    table = view.body.table.votes
    assert [row.name for row in table.rows] == [
        "Trần Thị Bình",
        "Lê Văn Cường",
        "Phạm Thị Dung",
        "Nguyễn Văn Đạt",
    ]
    assert {table.words(row, column) for row in range(4) for column in range(2, 7)} == {""}
    assert {row.line.verdict_text for row in table.rows} == {"Chưa nhập"}
    assert (view.body.totals.convened.text(), view.body.totals.present.text()) == ("4", "4")
    assert view.body.bar.majority.text() == (
        "Quá nửa là từ 3 phiếu. Tính trên 4 đảng viên chính thức được triệu tập."
    )
    assert view.body.bar.working.text().startswith("4 chính thức. Chỉ lưu tổng số")
    assert not view.body.record.isEnabled()
    assert view.focusWidget() is view.body.totals.lines["issued"]


def test_numbers_are_typed_with_enter_and_results_follow(
    qtbot: QtBot, open_votes_of: Any, secretary_ws: Workspace, meeting: Meeting, background: Background
) -> None:
    view = open_votes_of(secretary_ws, meeting)
    begin(view, qtbot, background)

    type_totals(view, 4, 4, 3, 1)
    type_row(view, 0, 0, 3, 0, 0, 0)

    rows = view.body.table.votes.rows
    assert rows[0].line.verdict_text == "Hoàn thành tốt 3/4"
    assert view.body.table.currentIndex().row() == 1, "Enter goes on to the next row"
    assert [check.words.text() for check in view.body.totals.checks] == [
        "",
        "Phát ra 4 = thu về 4",
        "Hợp lệ 3 + không hợp lệ 1 = 4",
    ]
    assert view.body.record.isEnabled()
    assert view.body.wrong.text == ""


def test_a_row_with_too_many_votes_is_tinted_named_and_led_to(
    qtbot: QtBot, open_votes_of: Any, secretary_ws: Workspace, meeting: Meeting, background: Background
) -> None:
    view = open_votes_of(secretary_ws, meeting)
    begin(view, qtbot, background)
    type_totals(view, 4, 4, 3, 1)

    type_row(view, 1, 0, 3, 1)

    assert view.body.wrong.text == (
        "Lê Văn Cường: cộng 4 phiếu, nhiều hơn 3 phiếu hợp lệ. Đồng chí kiểm lại dòng này."
    )
    assert view.body.table.votes.rows[1].wrong == {"total", "satisfactory"}
    assert not view.body.record.isEnabled()
    view.body.totals.lines["issued"].setFocus()
    QTest.keyClick(view, Qt.Key.Key_F8)
    index = view.body.table.currentIndex()
    assert (index.row(), view.body.table.votes.answer_at(index.column())) == (1, Answer.SATISFACTORY)
    QTest.keyClick(view.body.table, Qt.Key.Key_0)
    assert view.body.wrong.text == ""


def test_more_ballots_than_people_present_are_refused_and_kept_as_a_draft(
    qtbot: QtBot, open_votes_of: Any, secretary_ws: Workspace, meeting: Meeting, background: Background
) -> None:
    view = open_votes_of(secretary_ws, meeting)
    begin(view, qtbot, background)
    type_totals(view, 5, 4, 4, 0)
    assert "Phát ra 5 phiếu, nhiều hơn 4 đồng chí có mặt" in view.body.wrong.text

    view.flush()
    background.wait_idle()

    (votes,) = open_votes(secretary_ws, meeting.id).rounds
    assert votes.is_empty
    assert find_draft(secretary_ws, "votes", votes.id) is not None
    again = open_votes_of(secretary_ws, meeting)
    assert again.body.totals.lines["issued"].text() == "5"
    assert again.body.message.text.startswith("Đã lấy lại số đồng chí nhập dở lúc")
    again.body.message.button.click()
    qtbot.waitUntil(lambda: again.body.totals.lines["issued"].text() == "" and background.idle())
    assert find_draft(secretary_ws, "votes", votes.id) is None
    assert again.body.message.text == ""


def test_leaving_puts_right_numbers_into_the_book(
    qtbot: QtBot, open_votes_of: Any, secretary_ws: Workspace, meeting: Meeting, background: Background
) -> None:
    view = open_votes_of(secretary_ws, meeting)
    begin(view, qtbot, background)
    type_totals(view, 4, 4, 4, 0)
    type_row(view, 3, 1, 3, 0, 0, 0)

    with qtbot.waitSignal(view.closed):
        view.go_back()

    (votes,) = open_votes(secretary_ws, meeting.id).rounds
    assert (votes.issued, votes.valid, votes.counted_on) == (4, 4, date(2025, 12, 12))
    assert votes.counts[3].of(Answer.GOOD) == 3
    assert find_draft(secretary_ws, "votes", votes.id) is None


def test_a_column_is_pasted_from_excel(
    qtbot: QtBot,
    open_votes_of: Any,
    secretary_ws: Workspace,
    meeting: Meeting,
    background: Background,
    window: Shell,
) -> None:
    view = open_votes_of(secretary_ws, meeting)
    begin(view, qtbot, background)
    table = view.body.table
    QGuiApplication.clipboard().setText("3\t0\r\n2\t1\r\n\t2\r\n4\t0\r\n9\t9\r\n")
    table.go_to(0, table.votes.first_number + 1)

    QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert [count.of(Answer.GOOD) for count in table.votes.counts()] == [3, 2, None, 4]
    assert [count.of(Answer.SATISFACTORY) for count in table.votes.counts()] == [0, 1, 2, 0]
    assert window.done_bar.text == "Đã dán 7 số vào bảng. Bỏ qua 2 ô không phải số phiếu hoặc nằm ngoài bảng."
    window.done_bar.take_back()
    assert {count.good for count in table.votes.counts()} == {None}
    QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[1].split("\t")[:4] == [
        "1",
        "Trần Thị Bình",
        "",
        "3",
    ]


def test_arrows_tab_backspace_and_delete_work_as_in_a_sheet(
    qtbot: QtBot, open_votes_of: Any, secretary_ws: Workspace, meeting: Meeting, background: Background
) -> None:
    view = open_votes_of(secretary_ws, meeting)
    begin(view, qtbot, background)
    table = view.body.table
    table.setFocus()
    table.go_to(0, table.votes.first_number)

    QTest.keyClicks(table, "12")
    QTest.keyClick(table, Qt.Key.Key_Backspace)
    QTest.keyClick(table, Qt.Key.Key_Tab)
    QTest.keyClicks(table, "2")
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClicks(table, "3")
    QTest.keyClick(table, Qt.Key.Key_Up)
    QTest.keyClicks(table, "4")
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Delete)

    counts = table.votes.counts()
    assert (counts[0].excellent, counts[0].good, counts[1].good) == (1, 4, None)
    last = len(table.votes.rows) - 1
    table.go_to(last, table.votes.total_column - 1)
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert not table.hasFocus(), "Tab leaves the table at its end"


def test_collectives_are_not_counted_among_comrades() -> None:
    assert counted_words(["m1", "m2", CELL_SUBJECT, COMMITTEE_SUBJECT]) == "2 đồng chí và 2 tập thể"
    assert counted_words([CELL_SUBJECT]) == "1 tập thể"
    assert counted_words(["m1"]) == "1 đồng chí"


def test_results_are_recorded_after_a_confirmation_that_names_who_is_left(
    qtbot: QtBot,
    open_votes_of: Any,
    secretary_ws: Workspace,
    people: People,
    meeting: Meeting,
    background: Background,
) -> None:
    save_review(secretary_ws, open_review(secretary_ws, ReviewKey(people.plain, 2025)).review)
    view = open_votes_of(secretary_ws, meeting)
    begin(view, qtbot, background)
    type_totals(view, 4, 4, 4, 0)
    type_row(view, 2, 0, 2, 2, 0, 0)
    type_row(view, 3, 3, 1, 0, 0, 0)
    window, dialogs = view.window(), view.desk.dialogs
    dialogs.answers = [True]

    view.body.record.click()
    qtbot.waitUntil(lambda: window.done_bar.text != "" and background.idle())

    question, consequence = dialogs.asked[0]
    assert question == "Ghi kết quả biểu quyết của 1 đồng chí?"
    assert consequence.startswith("Xuất sắc 1. Để lại 3: Trần Thị Bình (chưa nhập đủ)")
    assert "Phạm Thị Dung (không mức nào quá nửa)" in consequence
    assert "chưa phải mức đề xuất hay quyết định" in consequence
    assert window.done_bar.text == "Đã ghi kết quả biểu quyết cho 1 đồng chí, họp 12/12/2025."
    review = open_review(secretary_ws, ReviewKey(people.plain, 2025)).review
    assert review.grade_at(GradeStage.VOTE) is Grade.EXCELLENT
    assert view.body.message.text.startswith("Để lại 3:")


def test_no_majority_and_a_tie_are_said(
    qtbot: QtBot, open_votes_of: Any, secretary_ws: Workspace, meeting: Meeting, background: Background
) -> None:
    view = open_votes_of(secretary_ws, meeting)
    begin(view, qtbot, background)
    type_totals(view, 4, 4, 4, 0)

    type_row(view, 0, 0, 2, 2, 0, 0)

    assert view.body.cautions.words[0] == (
        "Trần Thị Bình (ngang phiếu): không mức nào quá nửa. "
        "Đồng chí có thể bỏ phiếu lại, hoặc báo cả hai kết quả lên trên."
    )


def test_a_revote_is_offered_for_those_without_a_majority_and_rounds_are_switched(
    qtbot: QtBot,
    open_votes_of: Any,
    secretary_ws: Workspace,
    people: People,
    meeting: Meeting,
    background: Background,
) -> None:
    view = open_votes_of(secretary_ws, meeting)
    begin(view, qtbot, background)
    type_totals(view, 4, 4, 4, 0)
    for row, good in enumerate((4, 2, 4, 4)):
        type_row(view, row, 0, good, 4 - good, 0, 0)

    view.body.more.click()
    panel = view.body.round_panel
    assert panel.subjects() == (people.deputy,)
    assert panel.begin_button.text() == "Thêm vòng 2 cho 1 đồng chí"
    panel.begin_button.click()
    qtbot.waitUntil(lambda: view.votes is not None and view.votes.number == 2 and background.idle())
    assert view.votes is not None
    assert view.votes.title == "Vòng 2: bốn mức (bỏ phiếu lại)"
    type_totals(view, 4, 4, 4, 0)
    type_row(view, 0, 0, 3, 1, 0, 0)
    results = view.results()
    assert results is not None
    final = results.final_of(people.deputy)
    assert final is not None
    assert (final.grade, final.round_number) == (Grade.GOOD, 2)

    view.body.rounds.chosen.emit("0")
    qtbot.waitUntil(lambda: view.votes is not None and view.votes.number == 1 and background.idle())
    first, second = open_votes(secretary_ws, meeting.id).rounds
    assert first.counts[1].of(Answer.GOOD) == 2
    assert second.counts[0].of(Answer.GOOD) == 3
    assert not view.body.take_back.isVisible()


def test_an_empty_round_is_taken_back(
    qtbot: QtBot, open_votes_of: Any, secretary_ws: Workspace, meeting: Meeting, background: Background
) -> None:
    view = open_votes_of(secretary_ws, meeting)
    begin(view, qtbot, background)
    assert view.body.take_back.isVisible()

    view.body.take_back.click()
    qtbot.waitUntil(lambda: view.votes is None and background.idle())

    assert view.body.empty.isVisible()
    assert open_votes(secretary_ws, meeting.id).rounds == ()


def test_two_rounds_go_on_to_the_top_grade_for_whom_the_first_found_good(
    qtbot: QtBot,
    open_votes_of: Any,
    secretary_ws: Workspace,
    people: People,
    meeting: Meeting,
    background: Background,
) -> None:
    view = open_votes_of(secretary_ws, meeting)
    view.body.first_way.click()
    view.body.voting.rounds.set_value("2")
    view.body.voting.base.set_value(MajorityBase.PRESENT.value)
    view.body.voting.chosen.emit()
    qtbot.waitUntil(lambda: view.page is not None and view.page.meeting.rounds == 2 and background.idle())
    assert "hai vòng" in view.body.header.facts.text()
    begin(view, qtbot, background)
    assert view.votes is not None
    assert view.votes.kind is RoundKind.LOWER_GRADES
    type_totals(view, 4, 4, 4, 0)
    type_row(view, 0, 4, 0, 0, 0)
    type_row(view, 1, 1, 3, 0, 0)

    view.body.more.click()

    panel = view.body.round_panel
    assert panel.kind is RoundKind.EXCELLENT
    assert panel.subjects() == (people.secretary,)
    panel.begin_button.click()
    qtbot.waitUntil(lambda: view.votes is not None and view.votes.number == 2 and background.idle())
    assert view.body.bar.majority.text() == (
        "Quá nửa là từ 3 phiếu. Tính trên 4 đảng viên có mặt có quyền biểu quyết."
    )
    heads = [view.body.table.votes.headerData(n, Qt.Orientation.Horizontal) for n in range(2, 5)]
    assert heads == ["Đồng ý", "Không đồng ý", "Trắng"]
    table, measured = view.body.table, view.body.table.horizontalHeader().fontMetrics()
    assert all(measured.horizontalAdvance(head) <= table.columnWidth(2 + n) for n, head in enumerate(heads))


def test_without_attendance_the_page_leads_to_it(
    qtbot: QtBot, open_votes_of: Any, secretary_ws: Workspace, meeting: Meeting, background: Background
) -> None:
    blank = tuple(replace(line, presence=Presence.UNKNOWN) for line in meeting.attendance)
    save_meeting(secretary_ws, replace(open_meeting(secretary_ws, meeting.id).meeting, attendance=blank))
    view = open_votes_of(secretary_ws, meeting)
    assert view.body.message.text == "Chưa điểm danh buổi họp nên chưa biết phát bao nhiêu phiếu."
    page = view.keep_alive

    view.body.message.button.click()
    qtbot.waitUntil(lambda: page.editor is not None and background.idle())

    assert page.editor.parts.part == "attendance"


def test_a_locked_year_shows_votes_and_takes_none(
    qtbot: QtBot,
    open_votes_of: Any,
    secretary_ws: Workspace,
    people: People,
    meeting: Meeting,
    background: Background,
) -> None:
    page = add_round(secretary_ws, meeting.id, RoundKind.FOUR_GRADES, [people.plain])
    save_round(secretary_ws, counted(page, 1, {people.plain: (0, 4, 0, 0, 0)}))
    lock_year(secretary_ws, 2025, date(2026, 1, 5))
    view = open_votes_of(secretary_ws, meeting)
    table = view.body.table
    table.go_to(0, table.votes.first_number)

    QTest.keyClicks(table, "9")

    assert table.votes.words(0, 2) == "0"
    assert view.body.record.isHidden()
    assert view.body.more.isHidden()
    assert view.body.totals.lines["issued"].isReadOnly()
    assert not view.body.locked.isHidden()


def test_the_print_buttons_ask_for_the_papers_of_the_round(
    qtbot: QtBot, open_votes_of: Any, secretary_ws: Workspace, meeting: Meeting, background: Background
) -> None:
    view = open_votes_of(secretary_ws, meeting)
    begin(view, qtbot, background)
    asked: list[tuple[str, dict[str, str]]] = []
    view.desk.go.connect(lambda key, place: asked.append((key, place)))

    view.body.ballots.click()
    view.body.minutes.click()
    qtbot.waitUntil(lambda: len(asked) == 2 and background.idle())

    assert asked == [("papers", {"paper": "ballot_grade4"}), ("papers", {"paper": "tally"})]
