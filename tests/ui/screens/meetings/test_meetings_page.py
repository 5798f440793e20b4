"""Meetings on screen: begun, attendance by keyboard, minutes offered, kept as draft, deleted and back."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.dates import Month
from app.domain.meeting import MeetingKind, Presence, Standing, TellerPost
from app.domain.member import DatedStatus, StatusKind
from app.domain.monthly import CellMark
from app.domain.voting import RoundKind
from app.services.drafts import find_draft
from app.services.meetings import list_meetings, open_meeting
from app.services.members import add_status
from app.services.months import comment_month
from app.services.votes import add_round, save_round
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.screens.meetings.meeting_editor import MeetingEditor
from app.ui.screens.meetings.meetings_page import MeetingsPage
from app.ui.shell import Shell
from tests.book_fixtures import People
from tests.builders import add_member, handed_in, lock_year, passed_pledge
from tests.services.test_meetings import counted, held
from tests.ui.screens.meetings.conftest import OpenMeetings
from tests.ui.scripted_dialogs import ScriptedDialogs
from tests.ui.typing_keys import commit, press, type_text


def begun(page: MeetingsPage, background: Background, kind: MeetingKind, month: int = 0) -> MeetingEditor:
    """A new meeting's editor."""
    page.list_page.panel.begun.emit(kind.value, month)
    background.wait_idle()
    assert page.editor is not None
    return page.editor


def test_an_empty_year_says_so_and_leads_to_the_first_meeting(
    qtbot: QtBot, open_meetings: OpenMeetings, secretary_ws: Workspace, background: Background
) -> None:
    page = open_meetings(secretary_ws)
    listed = page.list_page
    assert listed.empty.title.text() == "Năm 2025 chưa ghi buổi họp nào"

    listed.first.click()
    listed.panel.begin_button.click()
    assert listed.panel.problem.text() == "Chưa chọn loại buổi họp." or listed.panel.kinds.choice()
    listed.panel.kinds.set_choice(MeetingKind.MONTHLY.value)
    listed.panel.month.set_value("11")
    listed.panel.begin_button.click()
    qtbot.waitUntil(lambda: page.editor is not None and background.idle())

    assert page.editor is not None
    assert page.editor.header.title.text() == "Sinh hoạt thường kỳ tháng 11"
    assert page.editor.header.facts.text() == "Chưa ghi ngày · chưa lưu vào sổ"


def test_a_meeting_is_written_part_by_part_and_saved(
    qtbot: QtBot, open_meetings: OpenMeetings, secretary_ws: Workspace, people: People, background: Background
) -> None:
    page = open_meetings(secretary_ws)
    editor = begun(page, background, MeetingKind.REVIEW)
    facts = editor.parts.facts
    facts.day.set_text("12/12/2025")
    type_text(facts.started, "7h30")
    commit(facts.place, "Nhà văn hóa thôn")
    facts.chair.set_value(people.secretary)
    editor.parts.show_part("attendance")
    editor.parts.attendance.everybody.click()

    editor.save_button.click()
    qtbot.waitUntil(lambda: editor.meeting_id != "" and background.idle())

    saved = open_meeting(secretary_ws, editor.meeting_id).meeting
    assert (saved.held_on, saved.started_at, saved.place) == (date(2025, 12, 12), "07:30", "Nhà văn hóa thôn")
    assert saved.chair_id == people.secretary
    assert {line.presence for line in saved.attendance} == {Presence.PRESENT}
    assert editor.header.facts.text() == "Thứ Sáu 12/12/2025"


def test_what_cannot_be_saved_is_said_at_its_field(
    open_meetings: OpenMeetings, secretary_ws: Workspace, background: Background
) -> None:
    editor = begun(open_meetings(secretary_ws), background, MeetingKind.THEMATIC)
    editor.parts.show_part("minutes")
    type_text(editor.parts.facts.started, "25h")

    editor.save()

    assert editor.parts.part == "facts"
    assert editor.parts.facts.fields["held_on"].error == "Chưa ghi ngày họp."
    assert "không phải giờ" in editor.parts.facts.fields["started_at"].error
    assert list_meetings(secretary_ws, 2025).lines == ()


def test_attendance_is_ticked_from_the_keyboard(
    open_meetings: OpenMeetings, secretary_ws: Workspace, people: People, background: Background
) -> None:
    editor = begun(open_meetings(secretary_ws), background, MeetingKind.REVIEW)
    editor.parts.show_part("attendance")
    part = editor.parts.attendance
    part.table.setFocus()

    QTest.keyClick(part.table, Qt.Key.Key_C)
    QTest.keyClick(part.table, Qt.Key.Key_V)
    assert part.window().focusWidget() is part.side.reason
    type_text(part.side.reason, "ốm")
    QTest.keyClick(part.side.reason, Qt.Key.Key_Return)
    assert part.window().focusWidget() is part.table
    QTest.keyClick(part.table, Qt.Key.Key_K)
    QTest.keyClick(part.table, Qt.Key.Key_Space)
    QTest.keyClick(part.table, Qt.Key.Key_Return)
    assert part.window().focusWidget() is part.table, "who is present is asked for no reason"

    assert [line.presence for line in part.lines] == [
        Presence.PRESENT,
        Presence.EXCUSED,
        Presence.ABSENT,
        Presence.PRESENT,
    ]
    assert part.counts.text() == "4 đồng chí. 2 có mặt, 1 vắng có lý do, 1 vắng không lý do."
    part.table.choose(people.deputy)
    assert part.side.name.text() == "Lê Văn Cường"
    assert part.side.reason.value() == "ốm"
    assert [line.reason for line in part.lines] == ["", "ốm", "", ""]


def test_the_denominator_follows_the_standing_and_there_is_one_head_of_tellers(
    open_meetings: OpenMeetings, secretary_ws: Workspace, people: People, background: Background
) -> None:
    add_status(secretary_ws, people.plain, DatedStatus(StatusKind.TEMPORARY_OUT, date(2025, 1, 1)))
    editor = begun(open_meetings(secretary_ws), background, MeetingKind.REVIEW)
    part = editor.parts.attendance
    editor.parts.show_part("attendance")
    part.everybody.click()
    assert part.working.text() == (
        "Tính quá nửa trên 3 đảng viên chính thức được triệu tập: "
        "4 chính thức, trừ 1 sinh hoạt tạm thời nơi khác."
    )

    part.table.choose(people.committee)
    part.side.standing.set_value(Standing.PROSECUTED.value)
    part.side.standing.chosen.emit(Standing.PROSECUTED.value)
    assert "2 đảng viên chính thức được triệu tập" in part.working.text()
    for member_id in (people.secretary, people.deputy):
        part.table.choose(member_id)
        part.side.teller.set_choice(TellerPost.HEAD.value)
        part.side.teller.chosen.emit(TellerPost.HEAD.value)

    assert [line.teller for line in part.lines[:2]] == [TellerPost.MEMBER, TellerPost.HEAD]
    assert any("nên là số lẻ" in words for words in part.cautions.words)


def test_typing_another_day_finds_the_standings_of_that_day(
    qtbot: QtBot, open_meetings: OpenMeetings, secretary_ws: Workspace, people: People, background: Background
) -> None:
    gone = DatedStatus(StatusKind.EXEMPT, date(2025, 12, 20), detail="age_health")
    add_status(secretary_ws, people.plain, gone)
    editor = begun(open_meetings(secretary_ws), background, MeetingKind.REVIEW)
    part = editor.parts.attendance
    assert part.lines[-1].standing is Standing.EXEMPT, "the year's last day stands for the day not known yet"

    editor.parts.facts.day.set_text("12/12/2025")
    editor.parts.facts.day.left.emit()
    qtbot.waitUntil(lambda: part.lines[-1].standing is Standing.OFFICIAL)


def test_the_minutes_offer_what_the_cell_marked_and_take_it_on_request(
    open_meetings: OpenMeetings, secretary_ws: Workspace, people: People, background: Background
) -> None:
    handed_in(secretary_ws, passed_pledge(secretary_ws, people.plain), Month(2026, 2))
    comment_month(secretary_ws, people.plain, Month(2026, 2), "Gương mẫu", CellMark.PRAISE)
    editor = begun(open_meetings(secretary_ws, 2026), background, MeetingKind.MONTHLY, 2)
    editor.parts.show_part("minutes")
    minutes = editor.parts.minutes
    assert minutes.areas["praise"].value() == ""
    assert minutes.offers["praise"].words.text() == "Đồng chí Nguyễn Văn Đạt: Gương mẫu."

    minutes.offers["praise"].take.click()

    assert minutes.areas["praise"].value() == "Đồng chí Nguyễn Văn Đạt: Gương mẫu."
    assert minutes.offers["praise"].isHidden()
    assert minutes.offers["reminders"].isHidden()


def test_notes_are_kept_for_each_subject_in_order_of_review(
    qtbot: QtBot, open_meetings: OpenMeetings, secretary_ws: Workspace, people: People, background: Background
) -> None:
    page = open_meetings(secretary_ws)
    page.open_meeting(held(secretary_ws).id, "notes")
    qtbot.waitUntil(lambda: page.editor is not None and background.idle())
    editor = page.editor
    assert editor is not None
    notes = editor.parts.notes
    assert [row.subject.name for row in notes.table.records.records][:3] == [
        "Chi ủy",
        "Chi bộ",
        "Trần Thị Bình",
    ]

    notes.table.choose(people.deputy)
    commit(notes.areas["opinions"], "Cần sâu sát hơn")
    notes.table.choose(people.plain)
    assert notes.areas["opinions"].value() == ""
    editor.save()
    background.wait_idle()

    (note,) = open_meeting(secretary_ws, editor.meeting_id).meeting.notes
    assert (note.subject_id, note.opinions) == (people.deputy, "Cần sâu sát hơn")


def test_leaving_saves_what_can_be_saved_and_keeps_the_rest_as_a_draft(
    qtbot: QtBot, open_meetings: OpenMeetings, secretary_ws: Workspace, background: Background, window: Shell
) -> None:
    page = open_meetings(secretary_ws)
    editor = begun(page, background, MeetingKind.THEMATIC)
    commit(editor.parts.facts.place, "Nhà văn hóa")

    QTest.keyClick(window, Qt.Key.Key_Escape)
    page.go_back()
    qtbot.waitUntil(lambda: page.editor is None and background.idle())
    assert list_meetings(secretary_ws, 2025).lines == ()
    again = begun(page, background, MeetingKind.THEMATIC)
    assert again.parts.facts.place.value() == "Nhà văn hóa"
    assert "gõ dở" in again.message.text

    again.parts.facts.day.set_text("05/11/2025")
    again.parts.facts.edited.emit()
    page.go_back()
    qtbot.waitUntil(lambda: page.editor is None and background.idle())

    (line,) = list_meetings(secretary_ws, 2025).lines
    assert line.meeting.place == "Nhà văn hóa"
    assert find_draft(secretary_ws, "meeting", "new/thematic/2025/0") is None
    assert page.list_page.table.current_record() is not None


def test_a_draft_can_be_given_up(
    qtbot: QtBot, open_meetings: OpenMeetings, secretary_ws: Workspace, background: Background
) -> None:
    page = open_meetings(secretary_ws)
    editor = begun(page, background, MeetingKind.THEMATIC)
    commit(editor.parts.facts.place, "Nhà văn hóa")
    page.go_back()
    qtbot.waitUntil(lambda: page.editor is None and background.idle())
    again = begun(page, background, MeetingKind.THEMATIC)

    assert again.message.button is not None
    again.message.button.click()
    qtbot.waitUntil(lambda: again.parts.facts.place.value() == "" and background.idle())

    assert again.message.text == ""
    assert find_draft(secretary_ws, "meeting", "new/thematic/2025/0") is None


def test_a_meeting_is_deleted_and_taken_back(
    qtbot: QtBot,
    open_meetings: OpenMeetings,
    secretary_ws: Workspace,
    people: People,
    window: Shell,
    dialogs: ScriptedDialogs,
) -> None:
    meeting = held(secretary_ws)
    votes = add_round(secretary_ws, meeting.id, RoundKind.FOUR_GRADES, [people.plain])
    save_round(secretary_ws, counted(votes, 1, {people.plain: (0, 4, 0, 0, 0)}))
    page = open_meetings(secretary_ws)
    dialogs.answers = [True]

    press(page.list_page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.list_page.table.records.records == ())
    assert "1 vòng kiểm phiếu" in dialogs.asked[0][1]
    assert window.done_bar.text == "Đã xóa họp kiểm điểm, xếp loại năm 2025."
    window.done_bar.take_back()
    qtbot.waitUntil(lambda: len(page.list_page.table.records.records) == 1)

    assert list_meetings(secretary_ws, 2025).lines[0].round_count == 1


def test_a_locked_year_is_read_only(
    qtbot: QtBot, open_meetings: OpenMeetings, secretary_ws: Workspace, background: Background
) -> None:
    meeting = held(secretary_ws)
    lock_year(secretary_ws, 2025, date(2026, 1, 5))
    page = open_meetings(secretary_ws)
    assert page.list_page.new.isHidden()
    assert page.list_page.delete.isHidden()
    assert not page.list_page.locked.isHidden()

    page.open_meeting(meeting.id, "attendance")
    qtbot.waitUntil(lambda: page.editor is not None and background.idle())

    assert page.editor is not None
    assert page.editor.bar.isHidden()
    assert page.editor.parts.attendance.everybody.isHidden()
    QTest.keyClick(page.editor.parts.attendance.table, Qt.Key.Key_K)
    assert {line.presence for line in page.editor.parts.attendance.lines} == {Presence.PRESENT}


def test_a_place_leads_to_a_meeting_its_votes_or_a_new_review_meeting(
    qtbot: QtBot, open_meetings: OpenMeetings, secretary_ws: Workspace, background: Background
) -> None:
    meeting = held(secretary_ws)
    page = open_meetings(secretary_ws, 2026)

    page.show_place(meeting=meeting.id, year="2025")
    qtbot.waitUntil(lambda: page.editor is not None and background.idle())
    assert page.place() == {"meeting": meeting.id}
    page.show_place(meeting=meeting.id, part="votes")
    qtbot.waitUntil(lambda: page.votes is not None and background.idle())
    assert page.place() == {"meeting": meeting.id, "part": "votes"}
    page.go_back()
    qtbot.waitUntil(lambda: page.votes is None and page.editor is not None and background.idle())
    page.show_place(kind="review")
    qtbot.waitUntil(lambda: page.editor is not None and page.editor.meeting_id == meeting.id)
    page.show_place(kind="thematic")
    qtbot.waitUntil(lambda: page.editor is not None and page.editor.meeting_id == "" and background.idle())


def test_long_names_and_many_members_fit(
    open_meetings: OpenMeetings, secretary_ws: Workspace, background: Background
) -> None:
    for number in range(38):
        add_member(secretary_ws, f"Tôn Nữ Hoàng Khánh Ly Phương Anh {number}")
    editor = begun(open_meetings(secretary_ws), background, MeetingKind.REVIEW)
    editor.parts.show_part("attendance")

    table = editor.parts.attendance.table
    background.wait_idle()
    assert table.records.rowCount() == 42
    assert not table.horizontalScrollBar().isVisible()
