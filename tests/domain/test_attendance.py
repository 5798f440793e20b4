"""Who is convened and came: standings on a day, the denominator with its working, the order of review."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.attendance import (
    attendance_for,
    count_attendance,
    denominator,
    order_of_review,
    present_with_vote,
    standing_on,
    standings,
    voters_at_most,
)
from app.domain.grade import Grade
from app.domain.meeting import Attendance, Meeting, MeetingKind, Presence, Standing, TellerPost
from app.domain.meeting_checks import (
    cautions_in_meeting,
    clock_time,
    problems_in_meeting,
)
from app.domain.member import CellRole, DatedStatus, Member, Post, Sphere, StatusKind
from app.domain.rule_set import MajorityBase
from app.domain.text import sort_key
from app.domain.vote_results import votes_of_meeting
from app.domain.voting import RoundKind, VoteCount, VoteRound
from app.services.rules import rules_of
from tests.builders import a_member

DAY = date(2025, 12, 12)
MEETING = Meeting(MeetingKind.REVIEW, 2025, held_on=DAY)


def member(name: str, *statuses: DatedStatus, role: CellRole | None = None, **record: Any) -> Member:
    posts = (Post(Sphere.PARTY, "", role),) if role else ()
    return Member(name, 1, a_member(full_name=name, **record), sort_key(name), "", posts, statuses)


def lines(standing: Standing, presence: Presence, count: int) -> list[Attendance]:
    return [Attendance(f"{standing}-{presence}-{n}", standing, presence) for n in range(count)]


PICTURE = [
    *lines(Standing.OFFICIAL, Presence.PRESENT, 36),
    *lines(Standing.OFFICIAL, Presence.EXCUSED, 2),
    *lines(Standing.TEMPORARY_AWAY, Presence.EXCUSED, 2),
    *lines(Standing.EXEMPT, Presence.EXCUSED, 1),
    *lines(Standing.PROBATIONARY, Presence.PRESENT, 1),
]


def test_the_majority_is_counted_on_those_convened_with_its_working() -> None:
    base = denominator(PICTURE, MajorityBase.CONVENED)

    assert base.count == 38
    assert base.working == "41 chính thức, trừ 2 sinh hoạt tạm thời nơi khác, 1 được miễn vắng mặt."
    assert base.name == "38 đảng viên chính thức được triệu tập"


def test_an_exempt_member_who_came_and_votes_is_counted() -> None:
    came = [*PICTURE, *lines(Standing.EXEMPT, Presence.PRESENT, 1)]

    assert denominator(came, MajorityBase.CONVENED).count == 39
    assert present_with_vote(came) == 37


def test_suspended_and_prosecuted_members_are_taken_out() -> None:
    more = [
        *PICTURE,
        *lines(Standing.SUSPENDED, Presence.ABSENT, 1),
        *lines(Standing.PROSECUTED, Presence.ABSENT, 2),
    ]

    base = denominator(more, MajorityBase.CONVENED)

    assert base.count == 38
    assert "1 bị đình chỉ sinh hoạt, 2 bị khởi tố, truy tố, tạm giam" in base.working


def test_other_bases_count_those_present_or_the_valid_ballots() -> None:
    present = denominator(PICTURE, MajorityBase.PRESENT)

    assert (present.count, present.working) == (36, "37 có mặt, trừ 1 không có quyền biểu quyết.")
    assert denominator(PICTURE, MajorityBase.VALID, 35).name == "35 phiếu hợp lệ"


def test_a_standing_comes_from_dated_facts() -> None:
    def standing(*kinds: StatusKind, **record: Any) -> Standing | None:
        return standing_on(member("An", *(DatedStatus(k, date(2025, 6, 1)) for k in kinds), **record), DAY)

    assert standing() is Standing.OFFICIAL
    assert standing(confirmed_on=None) is Standing.PROBATIONARY
    assert standing(StatusKind.EXEMPT) is Standing.EXEMPT
    assert standing(StatusKind.EXEMPT, confirmed_on=None) is Standing.PROBATIONARY
    assert standing(StatusKind.TEMPORARY_OUT) is Standing.TEMPORARY_AWAY
    assert standing(StatusKind.SUSPENDED, StatusKind.EXEMPT) is Standing.SUSPENDED
    assert standing(StatusKind.TEMPORARY_IN) is Standing.TEMPORARY_HERE
    assert standing(StatusKind.LEFT) is None
    assert standing(StatusKind.MOVED_IN) is Standing.OFFICIAL
    assert standing(admitted_on=date(2026, 1, 1), confirmed_on=None) is None


def test_who_comes_or_ends_a_visit_after_the_day_is_not_of_the_cell() -> None:
    later = DatedStatus(StatusKind.MOVED_IN, date(2026, 1, 5))
    visit = DatedStatus(StatusKind.TEMPORARY_IN, date(2025, 2, 1), date(2025, 8, 1))

    assert standing_on(member("An", later), DAY) is None
    assert standing_on(member("An", visit), DAY) is None
    assert (
        standing_on(member("An", visit, replace(later, valid_from=date(2025, 9, 1))), DAY)
        is Standing.OFFICIAL
    )


def test_leaders_are_reviewed_first_then_everybody_in_vietnamese_order() -> None:
    people = [
        member("Đỗ Văn Ánh"),
        member("Nguyễn Văn An"),
        member("Lê Thị Yến", role=CellRole.COMMITTEE_MEMBER),
        member("Trần Văn Bình", role=CellRole.SECRETARY),
        member("Vũ Thị Hoa", role=CellRole.DEPUTY_SECRETARY),
        member("Bùi Văn Tổ", role=CellRole.GROUP_LEADER),
    ]

    assert [one.name for one in order_of_review(people, DAY)] == [
        "Trần Văn Bình",
        "Vũ Thị Hoa",
        "Lê Thị Yến",
        "Nguyễn Văn An",
        "Đỗ Văn Ánh",
        "Bùi Văn Tổ",
    ]
    assert next(iter(standings(people, DAY))) == "Trần Văn Bình"


def test_moving_the_day_keeps_what_was_ticked_and_what_was_set_by_hand() -> None:
    exempt = DatedStatus(StatusKind.EXEMPT, date(2025, 12, 20))
    people = [member("An", exempt), member("Bình"), member("Cường")]
    known = [
        Attendance("An", Standing.OFFICIAL, Presence.PRESENT),
        Attendance("Bình", Standing.PROSECUTED, Presence.ABSENT),
        Attendance("Gone", Standing.OFFICIAL, Presence.PRESENT),
        Attendance("Never", Standing.OFFICIAL),
    ]

    built = attendance_for(people, date(2025, 12, 22), known, DAY)

    assert [(line.member_id, line.standing, line.presence) for line in built] == [
        ("An", Standing.EXEMPT, Presence.PRESENT),
        ("Bình", Standing.PROSECUTED, Presence.ABSENT),
        ("Cường", Standing.OFFICIAL, Presence.UNKNOWN),
        ("Gone", Standing.OFFICIAL, Presence.PRESENT),
    ]


any_line = st.builds(Attendance, st.uuids().map(str), st.sampled_from(Standing), st.sampled_from(Presence))


@given(st.lists(any_line, max_size=12))
def test_counts_add_up_whoever_came(attendance: list[Attendance]) -> None:
    counts = count_attendance(attendance)

    assert counts.present + counts.excused + counts.absent + counts.unknown == counts.members
    assert counts.official + counts.probationary + counts.temporary_here == counts.members
    assert counts.with_vote <= counts.convened <= counts.official
    assert counts.with_vote <= counts.present
    assert counts.convened == denominator(attendance, MajorityBase.CONVENED).count
    assert voters_at_most(attendance) >= counts.with_vote


def test_times_are_read_as_people_write_them() -> None:
    written = ("19:30", "19h30", "7g", "19 giờ 30", "19 giờ", "8", "", "19h", "19.30", "19 giờ 30 phút")

    assert [clock_time(each) for each in written] == [
        "19:30", "19:30", "07:00", "19:30", "19:00", "08:00", "", "19:00", "19:30", "19:30",
    ]  # fmt: skip
    assert [clock_time(each) for each in ("25:00", "19:75", "tối")] == [None, None, None]


def test_a_meeting_that_ends_before_it_starts_is_refused() -> None:
    wrong = replace(MEETING, started_at="19h30", ended_at="19:00")

    assert [problem.field for problem in problems_in_meeting(wrong)] == ["ended_at"]
    assert [problem.field for problem in problems_in_meeting(replace(MEETING, started_at="99"))] == [
        "started_at"
    ]
    assert [p.field for p in problems_in_meeting(Meeting(MeetingKind.MONTHLY, 2025))] == ["month"]


def test_what_is_unusual_is_said_with_names() -> None:
    attendance = (
        Attendance("a", Standing.OFFICIAL, Presence.ABSENT, teller=TellerPost.MEMBER),
        Attendance("b", Standing.OFFICIAL, Presence.EXCUSED),
        Attendance("c", Standing.TEMPORARY_AWAY, Presence.PRESENT),
        Attendance("d", Standing.PROBATIONARY, Presence.PRESENT, teller=TellerPost.MEMBER),
    )
    meeting = replace(MEETING, attendance=attendance, chair_id="a", held_on=date(2024, 12, 1))

    said = [each.message for each in cautions_in_meeting(meeting, {"a": "An", "c": "Chi", "d": "Đạt"})]

    assert said == [
        "Ngày họp 01/12/2024 không thuộc năm 2025.",
        "Chủ trì An đang được ghi là vắng không lý do.",
        "Có mặt 0/2 đảng viên được tính, chưa quá nửa: biểu quyết không thể đạt quá nửa số được triệu tập.",
        ": vắng có lý do nhưng chưa ghi lý do.",
        "Chi: sinh hoạt tạm thời nơi khác mà có mặt, không được tính vào mẫu số và không nhận phiếu. "
        "Nếu khác, đồng chí sửa tư cách dự họp.",
        "Tổ kiểm phiếu có 2 người; nên là số lẻ, từ 3 người.",
        "Tổ kiểm phiếu chưa có tổ trưởng.",
        "An kiểm phiếu nhưng được ghi là vắng mặt.",
        "Đạt kiểm phiếu nhưng không có quyền biểu quyết.",
    ]


def test_the_votes_of_a_meeting_are_counted_on_the_base_it_chose() -> None:
    meeting = replace(MEETING, attendance=tuple(PICTURE))
    votes = VoteRound(
        "m", 1, RoundKind.FOUR_GRADES, issued=36, returned=36, valid=34, invalid=2,
        counts=(VoteCount("a", 0, 18, 16, 0, blank=0),),
    )  # fmt: skip
    rule = rules_of(2025).vote

    by_rule = votes_of_meeting(meeting, [votes], rule)
    by_valid = votes_of_meeting(replace(meeting, majority_base=MajorityBase.VALID), [votes], rule)

    assert by_rule.base is MajorityBase.CONVENED
    assert by_rule.finals[0].no_majority
    final = by_valid.final_of("a")
    assert final is not None
    assert (final.grade, final.out_of) == (Grade.GOOD, 34)
