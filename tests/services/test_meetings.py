"""Meetings and votes in the book: attendance by standing, minutes, rounds kept, results beside the grades."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.db import tables
from app.domain.dates import Month
from app.domain.errors import Conflict, NotAllowed, NotFound, ValidationFailed
from app.domain.grade import Grade
from app.domain.meeting import Meeting, MeetingKind, MeetingNote, Presence, Standing, TellerPost
from app.domain.member import DatedStatus, StatusKind
from app.domain.monthly import CellMark
from app.domain.review import CELL_SUBJECT, COMMITTEE_SUBJECT, GradeStage, ReviewKey, StageGrade
from app.domain.rule_set import MajorityBase
from app.domain.voting import Answer, RoundKind, VoteCount, VoteRound
from app.services.history import action_changes, list_actions
from app.services.meetings import (
    attendance_on,
    delete_meeting,
    list_meetings,
    new_meeting,
    open_meeting,
    restore_meeting,
    save_meeting,
)
from app.services.members import add_status
from app.services.months import comment_month, confirm_months
from app.services.reviews import open_review, save_review, set_grade, submit_review, with_self_grade
from app.services.votes import (
    VotesPage,
    add_round,
    delete_last_round,
    open_votes,
    record_results,
    save_round,
    set_voting,
)
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.builders import add_member, handed_in, lock_year, passed_pledge

DAY = date(2025, 12, 12)


def held(ws: Workspace, **changes: object) -> Meeting:
    """The review meeting of 2025, everybody present."""
    meeting = replace(new_meeting(ws, MeetingKind.REVIEW, 2025).meeting, held_on=DAY)
    came = tuple(replace(line, presence=Presence.PRESENT) for line in meeting.attendance)
    return save_meeting(ws, replace(meeting, attendance=came, **changes))  # type: ignore[arg-type]


def begun(ws: Workspace, member_id: str) -> None:
    """A blank sheet of 2025 in the book."""
    save_review(ws, open_review(ws, ReviewKey(member_id, 2025)).review)


def counted(page: VotesPage, number: int, rows: Mapping[str, tuple[int, ...]], valid: int = 4) -> VoteRound:
    """A round with these numbers, row by row; rows not named are all for good."""
    votes = page.rounds[number - 1]
    counts = []
    for count in votes.counts:
        numbers = rows.get(count.subject_id, ())
        for answer, amount in zip(votes.kind.answers, numbers, strict=bool(numbers)):
            count = count.with_number(answer, amount)
        counts.append(count)
    return replace(votes, issued=valid, returned=valid, valid=valid, invalid=0, counts=tuple(counts))


def test_a_new_meeting_has_everybody_of_the_cell_leaders_first(
    secretary_ws: Workspace, people: People
) -> None:
    newcomer = add_member(secretary_ws, "Bùi Thị An", confirmed_on=None)

    page = new_meeting(secretary_ws, MeetingKind.MONTHLY, 2026, 3)

    assert [line.member_id for line in page.meeting.attendance] == [
        people.secretary,
        people.deputy,
        people.committee,
        newcomer,
        people.plain,
    ]
    line = page.meeting.line_of(newcomer)
    assert line is not None
    assert (line.standing, line.presence) == (Standing.PROBATIONARY, Presence.UNKNOWN)
    assert page.posts[people.deputy] == "Phó Bí thư"


def test_everything_written_of_a_meeting_comes_back(secretary_ws: Workspace, people: People) -> None:
    written = held(
        secretary_ws,
        started_at="7 giờ 30",
        ended_at="11h",
        place=" Nhà văn hóa  thôn ",
        chair_id=people.secretary,
        minutes_by=people.deputy,
        from_above="Đồng chí Hà Văn Thiện",
        report="Báo cáo\nhai dòng",
        notes=(MeetingNote(people.plain, opinions="Cần sâu sát"), MeetingNote(people.deputy)),
        majority_base=MajorityBase.PRESENT,
        recuse_self=True,
    )

    page = open_meeting(secretary_ws, written.id)

    assert page.meeting == written
    assert (written.started_at, written.ended_at, written.place) == ("07:30", "11:00", "Nhà văn hóa thôn")
    assert written.notes == (MeetingNote(people.plain, opinions="Cần sâu sát"),)
    (line,) = list_meetings(secretary_ws, 2025).lines
    assert (line.counts.present, line.counts.convened) == (4, 4)


def test_only_what_changed_is_written_in_the_history(secretary_ws: Workspace, people: People) -> None:
    meeting = held(secretary_ws)
    with secretary_ws.read() as tx:
        before = len(tx.rows(select(tables.change)))
    again = save_meeting(secretary_ws, meeting)
    absent = tuple(
        replace(line, presence=Presence.EXCUSED, reason="ốm") if line.member_id == people.plain else line
        for line in again.attendance
    )
    saved = save_meeting(secretary_ws, replace(again, attendance=absent))

    with secretary_ws.read() as tx:
        changes = tx.rows(select(tables.change))[before:]
    assert [row.table_name for row in changes] == ["attendance"]
    assert (again.version, saved.version) == (meeting.version, meeting.version + 1)
    with pytest.raises(Conflict):
        save_meeting(secretary_ws, replace(meeting, place="Nơi khác"))


def test_a_meeting_needs_its_day_and_times_that_can_be(secretary_ws: Workspace) -> None:
    meeting = new_meeting(secretary_ws, MeetingKind.THEMATIC, 2025).meeting

    with pytest.raises(ValidationFailed) as failed:
        save_meeting(secretary_ws, replace(meeting, started_at="19:00", ended_at="18:00"))

    assert [problem.field for problem in failed.value.problems] == ["held_on", "ended_at"]


def test_moving_the_day_finds_standings_again(secretary_ws: Workspace, people: People) -> None:
    meeting = held(secretary_ws)
    away = DatedStatus(StatusKind.TEMPORARY_OUT, date(2025, 12, 20))
    add_status(secretary_ws, people.plain, away)

    lines = attendance_on(secretary_ws, meeting, date(2025, 12, 22), meeting.attendance)

    assert {line.member_id: line.standing for line in lines}[people.plain] is Standing.TEMPORARY_AWAY
    assert all(line.presence is Presence.PRESENT for line in lines)


def test_the_minutes_of_a_month_are_offered_from_what_the_cell_marked(
    secretary_ws: Workspace, deputy_ws: Workspace, people: People
) -> None:
    month = Month(2026, 2)
    for member_id, mark, words in (
        (people.plain, CellMark.PRAISE, "Giúp hai hộ nghèo sửa nhà."),
        (people.deputy, CellMark.REMINDER, "Chưa học chuyên đề"),
    ):
        handed_in(secretary_ws, passed_pledge(secretary_ws, member_id), month)
        comment_month(secretary_ws, member_id, month, words, mark)
    confirm_months(secretary_ws, month, [people.plain], date(2026, 3, 5))

    proposed = new_meeting(secretary_ws, MeetingKind.MONTHLY, 2026, 2).proposed

    assert proposed.praise == "Đồng chí Nguyễn Văn Đạt: Giúp hai hộ nghèo sửa nhà."
    assert proposed.reminders == "Đồng chí Lê Văn Cường: Chưa học chuyên đề."
    assert proposed.report.startswith("Tháng 2/2026: 2/4 đồng chí đã gửi bản tự đánh giá, chi bộ xác nhận 1")
    assert "Chưa gửi: Trần Thị Bình, Phạm Thị Dung." in proposed.report
    assert new_meeting(secretary_ws, MeetingKind.THEMATIC, 2026).proposed.report == ""


def test_the_review_meeting_speaks_of_the_collective_then_of_leaders_then_of_everybody(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    review = with_self_grade(open_review(plain_ws, ReviewKey(people.plain, 2025)).review, Grade.EXCELLENT)
    save_review(plain_ws, review)
    meeting = held(secretary_ws)
    view = StageGrade(GradeStage.COMMITTEE, Grade.GOOD, DAY, note="Cần sâu sát hơn")
    set_grade(secretary_ws, ReviewKey(people.plain, 2025), view)

    def last() -> tuple[Grade | None, StageGrade | None]:
        subject = open_meeting(secretary_ws, meeting.id).subjects[-1]
        return subject.self_grade, subject.committee

    subjects = open_meeting(secretary_ws, meeting.id).subjects
    assert [each.subject_id for each in subjects] == [
        COMMITTEE_SUBJECT,
        CELL_SUBJECT,
        people.secretary,
        people.deputy,
        people.committee,
        people.plain,
    ]
    assert last() == (None, view), "a draft's own grade is its member's alone"
    submit_review(plain_ws, open_review(plain_ws, ReviewKey(people.plain, 2025)).review)
    assert last() == (Grade.EXCELLENT, view)


def test_a_deleted_meeting_comes_back_with_its_votes(secretary_ws: Workspace, people: People) -> None:
    meeting = held(secretary_ws, chair_id=people.secretary)
    page = add_round(secretary_ws, meeting.id, RoundKind.FOUR_GRADES, [people.plain])
    save_round(secretary_ws, counted(page, 1, {people.plain: (0, 3, 1, 0, 0)}))
    before = open_votes(secretary_ws, meeting.id).rounds

    deleted = delete_meeting(secretary_ws, meeting.id)
    with pytest.raises(NotFound):
        open_meeting(secretary_ws, meeting.id)
    restored = restore_meeting(secretary_ws, deleted)

    assert replace(restored, version=0) == replace(meeting, version=0)
    after = open_votes(secretary_ws, meeting.id).rounds
    assert [replace(each, version=0) for each in after] == [replace(each, version=0) for each in before]


def test_a_round_asks_about_those_to_be_rated_and_is_kept_as_counted(
    secretary_ws: Workspace, people: People
) -> None:
    exempt = DatedStatus(StatusKind.EXEMPT, date(2024, 1, 1), detail="age_health")
    add_status(secretary_ws, people.plain, exempt)
    meeting = held(secretary_ws)
    page = open_votes(secretary_ws, meeting.id)
    assert page.default_subjects(RoundKind.FOUR_GRADES) == (
        people.secretary,
        people.deputy,
        people.committee,
    )

    page = add_round(
        secretary_ws, meeting.id, RoundKind.FOUR_GRADES, page.default_subjects(RoundKind.FOUR_GRADES)
    )
    rows = {people.secretary: (1, 2, 0, 0, 0), people.deputy: (0, 3, 0, 0, 0)}
    saved = save_round(secretary_ws, counted(page, 1, rows, valid=3))

    assert saved.counted_on == DAY
    assert open_votes(secretary_ws, meeting.id).rounds == (saved,)
    assert saved.counts[0] == VoteCount(people.secretary, 1, 2, 0, 0, blank=0)


def test_numbers_that_cannot_be_are_refused_with_the_row_named(
    secretary_ws: Workspace, people: People
) -> None:
    meeting = held(secretary_ws)
    page = add_round(secretary_ws, meeting.id, RoundKind.FOUR_GRADES, [people.plain])

    with pytest.raises(ValidationFailed) as failed:
        save_round(secretary_ws, counted(page, 1, {people.plain: (0, 3, 2, 0, 0)}))
    assert str(failed.value) == (
        "Nguyễn Văn Đạt: cộng 5 phiếu, nhiều hơn 4 phiếu hợp lệ. Đồng chí kiểm lại dòng này."
    )
    with pytest.raises(ValidationFailed, match="Phát ra 5 phiếu, nhiều hơn 4 đồng chí có mặt"):
        save_round(secretary_ws, counted(page, 1, {}, valid=5))
    assert open_votes(secretary_ws, meeting.id).rounds[0].is_empty


def test_only_an_empty_last_round_can_be_taken_back(secretary_ws: Workspace, people: People) -> None:
    meeting = held(secretary_ws)
    page = add_round(secretary_ws, meeting.id, RoundKind.FOUR_GRADES, [people.plain])
    save_round(secretary_ws, counted(page, 1, {people.plain: (0, 2, 2, 0, 0)}))
    add_round(secretary_ws, meeting.id, RoundKind.FOUR_GRADES, [people.plain], "bỏ phiếu lại")

    assert len(delete_last_round(secretary_ws, meeting.id).rounds) == 1
    with pytest.raises(NotAllowed, match="đã có số liệu nên được giữ lại"):
        delete_last_round(secretary_ws, meeting.id)
    with pytest.raises(ValidationFailed, match="Chưa chọn đồng chí nào"):
        add_round(secretary_ws, meeting.id, RoundKind.FOUR_GRADES, [])


def test_results_are_written_beside_the_grades_with_date_and_source(
    secretary_ws: Workspace, people: People
) -> None:
    meeting = held(secretary_ws)
    for member_id in (people.plain, people.deputy):
        begun(secretary_ws, member_id)
    everybody = [people.secretary, people.deputy, people.plain]
    page = add_round(secretary_ws, meeting.id, RoundKind.FOUR_GRADES, everybody)
    rows = {
        people.secretary: (0, 4, 0, 0, 0),
        people.deputy: (0, 2, 2, 0, 0),
        people.plain: (1, 3, 0, 0, 0),
    }
    save_round(secretary_ws, counted(page, 1, rows))

    recorded = record_results(secretary_ws, meeting.id)

    assert recorded.count == 1
    assert recorded.left == (
        ("Trần Thị Bình", "chưa có bản kiểm điểm trong sổ"),
        ("Lê Văn Cường", "ngang phiếu"),
    )
    (given,) = open_review(secretary_ws, ReviewKey(people.plain, 2025)).review.grades
    assert given == StageGrade(GradeStage.VOTE, Grade.GOOD, DAY, "3/4, vòng 1, họp 12/12/2025")


def test_a_revote_replaces_the_result_and_no_majority_takes_it_back(
    secretary_ws: Workspace, people: People
) -> None:
    meeting = held(secretary_ws)
    begun(secretary_ws, people.plain)
    key = ReviewKey(people.plain, 2025)
    page = add_round(secretary_ws, meeting.id, RoundKind.FOUR_GRADES, [people.plain])
    save_round(secretary_ws, counted(page, 1, {people.plain: (0, 3, 1, 0, 0)}))
    record_results(secretary_ws, meeting.id)

    page = add_round(secretary_ws, meeting.id, RoundKind.FOUR_GRADES, [people.plain], "bỏ phiếu lại")
    assert record_results(secretary_ws, meeting.id).left == (("Nguyễn Văn Đạt", "vòng 2 chưa nhập đủ"),)
    assert open_review(secretary_ws, key).review.grade_at(GradeStage.VOTE) is Grade.GOOD
    save_round(secretary_ws, counted(page, 2, {people.plain: (0, 2, 2, 0, 0)}))
    record_results(secretary_ws, meeting.id)

    assert open_review(secretary_ws, key).review.grade_at(GradeStage.VOTE) is None
    assert len(open_votes(secretary_ws, meeting.id).rounds) == 2


def test_two_rounds_ask_about_excellent_only_of_whom_the_first_found_good(
    secretary_ws: Workspace, people: People
) -> None:
    meeting = held(secretary_ws)
    page = add_round(secretary_ws, meeting.id, RoundKind.LOWER_GRADES, [people.deputy, people.plain])
    save_round(secretary_ws, counted(page, 1, {people.deputy: (4, 0, 0, 0), people.plain: (1, 3, 0, 0)}))
    page = open_votes(secretary_ws, meeting.id)
    assert page.default_subjects(RoundKind.EXCELLENT) == (people.deputy,)

    page = add_round(
        secretary_ws, meeting.id, RoundKind.EXCELLENT, page.default_subjects(RoundKind.EXCELLENT)
    )
    saved = save_round(secretary_ws, counted(page, 2, {people.deputy: (3, 1, 0)}))

    assert saved.counts[0].of(Answer.AGREE) == 3
    final = open_votes(secretary_ws, meeting.id).results().final_of(people.deputy)
    assert final is not None
    assert (final.grade, final.round_number) == (Grade.EXCELLENT, 2)


def test_the_way_of_voting_is_the_meetings_own(secretary_ws: Workspace, people: People) -> None:
    meeting = held(secretary_ws)

    page = set_voting(
        secretary_ws, meeting.id, base=MajorityBase.VALID, rounds=2, secret=False, recuse_self=True
    )

    assert (page.meeting.majority_base, page.meeting.rounds, page.meeting.secret) == (
        MajorityBase.VALID,
        2,
        False,
    )
    assert page.results().base is MajorityBase.VALID


def test_results_wait_for_the_meetings_day(secretary_ws: Workspace) -> None:
    meeting = held(secretary_ws)
    save_meeting(secretary_ws, replace(meeting, held_on=date(2026, 12, 1)))

    with pytest.raises(ValidationFailed, match=r"Ngày họp 01/12/2026 chưa tới\."):
        record_results(secretary_ws, meeting.id)


def test_a_locked_year_takes_no_meeting_and_no_votes(secretary_ws: Workspace, people: People) -> None:
    meeting = held(secretary_ws)
    page = add_round(secretary_ws, meeting.id, RoundKind.FOUR_GRADES, [people.plain])
    deleted = delete_meeting(secretary_ws, held(secretary_ws).id)
    lock_year(secretary_ws, 2025, date(2026, 1, 5))

    for act in (
        lambda: save_meeting(secretary_ws, meeting),
        lambda: delete_meeting(secretary_ws, meeting.id),
        lambda: restore_meeting(secretary_ws, deleted),
        lambda: add_round(secretary_ws, meeting.id, RoundKind.FOUR_GRADES, [people.plain]),
        lambda: delete_last_round(secretary_ws, meeting.id),
        lambda: save_round(secretary_ws, page.rounds[0]),
        lambda: record_results(secretary_ws, meeting.id),
        lambda: set_voting(secretary_ws, meeting.id, base=None, rounds=1, secret=True, recuse_self=False),
    ):
        with pytest.raises(NotAllowed, match="Năm 2025 đã khóa"):
            act()
    assert list_meetings(secretary_ws, 2025).is_closed


def test_meetings_and_votes_are_the_leaders_work(secretary_ws: Workspace, plain_ws: Workspace) -> None:
    meeting = held(secretary_ws)

    for act in (
        lambda: list_meetings(plain_ws, 2025),
        lambda: new_meeting(plain_ws, MeetingKind.REVIEW, 2025),
        lambda: open_meeting(plain_ws, meeting.id),
        lambda: save_meeting(plain_ws, meeting),
        lambda: open_votes(plain_ws, meeting.id),
        lambda: record_results(plain_ws, meeting.id),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_two_heads_of_the_tellers_are_refused(secretary_ws: Workspace) -> None:
    meeting = held(secretary_ws)
    heads = tuple(replace(line, teller=TellerPost.HEAD) for line in meeting.attendance)

    with pytest.raises(ValidationFailed, match="hai tổ trưởng"):
        save_meeting(secretary_ws, replace(meeting, attendance=heads))


def test_the_history_says_what_changed_in_words(secretary_ws: Workspace, people: People) -> None:
    meeting = held(secretary_ws)
    absent = [replace(line, presence=Presence.ABSENT) for line in meeting.attendance[:1]]
    save_meeting(secretary_ws, replace(meeting, attendance=(*absent, *meeting.attendance[1:])))

    (last, *_) = list_actions(secretary_ws, 1)
    (change,) = action_changes(secretary_ws, last.id)

    assert last.name == "Ghi buổi họp ngày 12/12/2025: kiểm điểm, đánh giá, xếp loại"
    assert (change.field, change.old, change.new) == ("điểm danh", "có mặt", "vắng không lý do")
    assert change.record == "Điểm danh của Trần Thị Bình, buổi họp ngày 12/12/2025"
