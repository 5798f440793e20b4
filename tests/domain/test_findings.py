"""What a check of the book finds in its content: each contradiction once, and nothing where all fits."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.cap import CapParams, GroupCounts, cap_of
from app.domain.dates import BirthDate, Month
from app.domain.finding import Finding, Part
from app.domain.grade import Grade
from app.domain.issued_document import CellTerm, IssuedDocument
from app.domain.meeting import Attendance, Meeting, MeetingKind, Presence, Standing
from app.domain.member import CellRole, DatedStatus, Member, MemberDraft, Post, Sphere, StatusKind
from app.domain.member_findings import draft_findings, member_findings
from app.domain.monthly import MonthState
from app.domain.pledge import PledgeState
from app.domain.record_findings import MonthMark, PledgeMark, month_findings, pledge_findings
from app.domain.review import GradeStage, StageGrade
from app.domain.rule_set import CapBase, CapRounding
from app.domain.voting import RoundKind, VoteCount, VoteRound
from app.domain.year_end_findings import (
    SheetMark,
    cap_findings,
    document_findings,
    grade_findings,
    meeting_findings,
)

TODAY = date(2026, 3, 20)
RECORD = MemberDraft(
    "Nguyễn Văn An",
    birth=BirthDate(1985, 4, 12),
    admitted_on=date(2010, 5, 19),
    confirmed_on=date(2011, 5, 19),
)


def a_member(member_id: str = "an", **changes: object) -> Member:
    name = str(changes.pop("name", RECORD.full_name))
    posts, statuses = changes.pop("posts", ()), changes.pop("statuses", ())
    record = replace(RECORD, full_name=name, **changes)  # type: ignore[arg-type]
    return Member(member_id, 1, record, name, name.lower(), posts, statuses)  # type: ignore[arg-type]


def secretary(since: date | None, until: date | None = None) -> Post:
    return Post(Sphere.PARTY, "", CellRole.SECRETARY, since, until)


def codes(found: object) -> list[str]:
    return [finding.code for finding in found]  # type: ignore[attr-defined]


MEMBERS = [
    ([a_member(admitted_on=date(2027, 1, 1), confirmed_on=None)], ["member_record"]),
    ([a_member(), a_member("ba")], ["members_alike"]),
    ([a_member(), a_member("ba", birth=BirthDate(1990))], []),
    ([a_member(card_number="012 345"), a_member("ba", birth=None, card_number="012345")], ["card_twice"]),
    ([a_member(confirmed_on=None, admitted_on=date(2025, 2, 1))], ["probation_over"]),
    ([a_member(confirmed_on=None, admitted_on=date(2025, 3, 1))], []),
    (
        [
            a_member(
                confirmed_on=None, statuses=(DatedStatus(StatusKind.LEFT, date(2011, 1, 1), detail="died"),)
            )
        ],
        [],
    ),
    ([a_member(posts=(secretary(None), secretary(date(2025, 1, 1))))], ["posts_overlap"]),
    (
        [
            a_member(posts=(secretary(date(2020, 1, 1), date(2025, 6, 1)),)),
            a_member("ba", birth=None, posts=(secretary(date(2025, 6, 1)),)),
        ],
        ["two_secretaries"],
    ),
    (
        [
            a_member(posts=(secretary(date(2020, 1, 1), date(2025, 5, 31)),)),
            a_member("ba", birth=None, posts=(secretary(date(2025, 6, 1)),)),
        ],
        [],
    ),
    (
        [
            a_member(
                statuses=(
                    DatedStatus(StatusKind.SICK, date(2025, 1, 1), date(2025, 3, 1)),
                    DatedStatus(StatusKind.SICK, date(2025, 2, 1)),
                )
            )
        ],
        ["statuses_overlap"],
    ),
    (
        [a_member(statuses=(DatedStatus(StatusKind.SICK, date(2025, 2, 1), date(2025, 1, 1)),))],
        ["status_dates"],
    ),
]


@pytest.mark.parametrize(("members", "expected"), MEMBERS)
def test_members_records_that_contradict_themselves_or_each_other(
    members: list[Member], expected: list[str]
) -> None:
    assert codes(member_findings(members, TODAY)) == expected


LEFT = DatedStatus(StatusKind.LEFT, date(2025, 6, 15), detail="moved")


def a_month(month: Month, state: MonthState = MonthState.CONFIRMED, **changes: object) -> MonthMark:
    mark = MonthMark("an", month, state, date(2025, 6, 3), has_no_meeting_reason=False)
    return replace(mark, **changes)  # type: ignore[arg-type]


MONTHS = [
    (a_month(Month(2025, 5)), []),
    (a_month(Month(2010, 4)), ["month_before_admission", "month_without_pledge"]),
    (a_month(Month(2025, 6), MonthState.SUBMITTED), []),
    (a_month(Month(2025, 7), MonthState.SUBMITTED), ["month_after_leaving"]),
    (a_month(Month(2025, 7), MonthState.EXCUSED), []),
    (a_month(Month(2025, 5), meeting_date=None), ["confirmed_without_meeting"]),
    (a_month(Month(2025, 5), meeting_date=None, has_no_meeting_reason=True), []),
    (a_month(Month(2026, 4), MonthState.SUBMITTED), ["month_after_leaving", "month_ahead"]),
    (a_month(Month(2024, 5)), ["month_without_pledge"]),
]


@pytest.mark.parametrize(("mark", "expected"), MONTHS)
def test_months_that_cannot_be_or_stand_on_no_ground(mark: MonthMark, expected: list[str]) -> None:
    found = list(month_findings([mark], {"an": a_member(statuses=(LEFT,))}, {("an", 2025)}, TODAY))

    assert codes(found) == expected
    assert all(finding.part is Part.CONTENT and finding.place for finding in found)


def test_one_wrong_date_of_a_record_is_said_once_however_many_months_it_hits() -> None:
    months = [a_month(Month(2010, month), MonthState.SUBMITTED) for month in (2, 3, 4)]

    (found,) = month_findings(months, {"an": a_member()}, set(), TODAY)

    assert "3 tháng, từ tháng 2/2010 đến tháng 4/2010, trước ngày vào Đảng" in found.sentence
    assert found.place is not None
    assert found.place.page == "members"


@pytest.mark.parametrize(
    ("submitted_at", "passed_on", "state", "expected"),
    [
        ("2026-01-05 08:00:00", date(2026, 1, 5), PledgeState.PASSED, []),
        ("2026-01-06 08:00:00", date(2026, 1, 5), PledgeState.PASSED, ["passed_before_submitted"]),
        ("2026-01-06 08:00:00", None, PledgeState.PASSED, ["passed_without_meeting"]),
        ("2026-01-06 08:00:00", date(2026, 4, 5), PledgeState.PASSED, ["date_ahead"]),
        ("2026-01-06 08:00:00", None, PledgeState.SUBMITTED, []),
    ],
)
def test_pledges_passed_at_a_time_that_cannot_be(
    submitted_at: str, passed_on: date | None, state: PledgeState, expected: list[str]
) -> None:
    mark = PledgeMark("an", 2026, state, submitted_at, passed_on)

    assert codes(pledge_findings([mark], {"an": a_member()}, TODAY)) == expected


def a_meeting(**changes: object) -> Meeting:
    came = tuple(Attendance(who, Standing.OFFICIAL, Presence.PRESENT) for who in ("an", "ba", "ca"))
    meeting = Meeting(MeetingKind.REVIEW, 2025, held_on=date(2025, 12, 12), attendance=came, id="họp")
    return replace(meeting, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("meeting", "expected"),
    [
        (a_meeting(), []),
        (a_meeting(started_at="20:00", ended_at="19:00"), ["meeting_record"]),
        (a_meeting(held_on=date(2026, 12, 12)), ["date_ahead"]),
        (a_meeting(held_on=date(2026, 12, 12), attendance=()), []),
    ],
)
def test_meetings_that_cannot_have_been(meeting: Meeting, expected: list[str]) -> None:
    assert codes(meeting_findings([meeting], {}, {}, TODAY)) == expected


@pytest.mark.parametrize(
    ("issued", "returned", "valid", "invalid", "good", "count"),
    [(3, 3, 3, 0, 3, 0), (4, 3, 3, 0, 3, 1), (3, 3, 3, 1, 3, 1), (3, 3, 2, 1, 3, 1), (3, 4, 4, 0, 4, 1)],
)
def test_votes_that_cannot_be(
    issued: int, returned: int, valid: int, invalid: int, good: int, count: int
) -> None:
    counts = (VoteCount("an", excellent=0, good=good, satisfactory=0, unsatisfactory=0, blank=0),)
    votes = VoteRound(
        "họp", 1, RoundKind.FOUR_GRADES, "", issued, returned, valid, invalid, None, counts, "v"
    )

    found = list(meeting_findings([a_meeting()], {"họp": [votes]}, {"an": "Nguyễn Văn An"}, TODAY))

    assert codes(found) == ["votes_impossible"] * count
    assert all(dict(finding.place.spot)["part"] == "votes" for finding in found if finding.place)


def a_sheet(*grades: StageGrade, **changes: object) -> SheetMark:
    sheet = SheetMark("an", "Nguyễn Văn An", 2025, "Năm 2025", True, None, None, grades)
    return replace(sheet, **changes)  # type: ignore[arg-type]


def a_grade(stage: GradeStage, day: date | None = None) -> StageGrade:
    return StageGrade(stage, Grade.GOOD, day)


VOTE = a_grade(GradeStage.VOTE, date(2025, 12, 12))
DECIDED = a_grade(GradeStage.DECIDED, date(2025, 12, 25))


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (a_sheet(VOTE, DECIDED, notified_on=date(2025, 12, 26)), []),
        (a_sheet(DECIDED), ["grade_without_vote"]),
        (a_sheet(DECIDED, is_whole_year=False), []),
        (a_sheet(VOTE, a_grade(GradeStage.DECIDED, date(2025, 12, 1))), ["grades_out_of_order"]),
        (a_sheet(VOTE, DECIDED, notified_on=date(2025, 12, 20)), ["notice_before_decision"]),
        (a_sheet(dated_on=date(2026, 12, 1)), ["date_ahead"]),
    ],
)
def test_grades_without_their_vote_or_in_an_order_that_cannot_be(
    sheet: SheetMark, expected: list[str]
) -> None:
    assert codes(grade_findings([sheet], TODAY)) == expected


def test_more_top_grades_than_the_cap_allows() -> None:
    params = CapParams(20, CapBase.GOOD, CapRounding.FLOOR)
    counts = [cap_of("Đảng viên", GroupCounts(3, 10), params), cap_of("Lãnh đạo", GroupCounts(1, 5), params)]

    assert [finding.key for finding in cap_findings(2025, counts)] == ["2025:Đảng viên"]


TERM = CellTerm("2025-2030", date(2025, 1, 1), id="t")


def a_document(number: int, day: date | None = date(2026, 1, 5)) -> IssuedDocument:
    return IssuedDocument("BC", "t", number, day, 2026, id=f"d{number}")


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ([a_document(1), a_document(2)], []),
        ([a_document(2), a_document(4)], ["document_numbers_missing"]),
        ([a_document(1), a_document(1)], ["document_number_twice"]),
        ([a_document(1), a_document(2, date(2026, 1, 4))], ["document_days_backward"]),
        ([a_document(1, date(2026, 5, 1))], ["date_ahead"]),
        ([a_document(1, date(2024, 5, 1))], ["document_outside_term"]),
    ],
)
def test_numbers_and_days_of_documents_that_do_not_follow(
    documents: list[IssuedDocument], expected: list[str]
) -> None:
    assert codes(document_findings(documents, [TERM], TODAY)) == expected


def test_drafts_of_who_left_are_named_by_their_author_and_not_read() -> None:
    members = [a_member(statuses=(LEFT,)), a_member("ba", name="Trần Thị Ba")]
    drafts = [("an", "2025-06-01 10:00:00"), ("an", "2025-06-02 10:00:00"), ("ba", "2026-01-01 10:00:00")]

    found = list(draft_findings(members, drafts, TODAY))

    assert [(finding.code, finding.about) for finding in found] == [("drafts_left", "Nguyễn Văn An")]
    assert "2 bản nháp" in found[0].sentence


def test_every_sentence_ends_and_every_key_fits_the_list_of_what_is_left_out() -> None:
    long = a_member("a" * 32, statuses=(LEFT,), name="Nguyễn Văn An")
    twin = a_member("b" * 32, name="Nguyễn Văn An")
    found: list[Finding] = [*member_findings([long, twin], TODAY)]
    found += month_findings([a_month(Month(2025, 9), member_id="a" * 32)], {"a" * 32: long}, set(), TODAY)

    assert codes(found) == ["members_alike", "month_after_leaving", "month_without_pledge"]
    assert all(len(finding.key) <= 80 and finding.sentence.endswith(".") for finding in found)
