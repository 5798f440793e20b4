"""What the minutes of a meeting and of a count say; every number comes from the votes' own results."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.attendance import count_attendance, has_vote
from app.domain.dates import long_date
from app.domain.grade import Grade
from app.domain.meeting import Meeting, MeetingKind, Presence, Standing, TellerPost
from app.domain.opinion import Opinion
from app.domain.review import COLLECTIVES, GradeStage, Review
from app.domain.sheets.frame import Row
from app.domain.vote_results import NOT_ENTERED, LineResult, MeetingVotes, RoundResult
from app.domain.voting import Answer, RoundKind, VoteRound

_AWAY = (Presence.EXCUSED, Presence.ABSENT)
NO_BASE = "Tỉ lệ % và quá nửa tính trên ……… đảng viên chính thức được triệu tập; quá nửa là từ ……… phiếu."


@dataclass(frozen=True, slots=True)
class MeetingPeople:
    """Names, posts and roles in the cell of everybody papers of a meeting may name, by member id."""

    names: Mapping[str, str]
    posts: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)

    def name(self, subject_id: str | None) -> str:
        """A member or a collective by name; "" for nobody."""
        return COLLECTIVES.get(subject_id or "") or self.names.get(subject_id or "", "")

    def names_of(self, ids: Iterable[str]) -> str:
        """Several names in a sentence."""
        return ", ".join(name for each in ids if (name := self.name(each)))


def meeting_values(meeting: Meeting, people: MeetingPeople) -> dict[str, str]:
    """The labelled values of the minutes; a meeting nobody was ticked at leaves the counts open."""
    values = {
        "meeting_name": meeting_name(meeting),
        "started": _started(meeting),
        "ended": hour_words(meeting.ended_at),
        "meeting_place": meeting.place,
        "chair": people.name(meeting.chair_id),
        "minutes_by": people.name(meeting.minutes_by),
        "from_above": meeting.from_above or "Không có",
        "vote_form": _vote_form(meeting),
        **_tellers(meeting, people),
    }
    if any(line.presence is not Presence.UNKNOWN for line in meeting.attendance):
        counts = count_attendance(meeting.attendance)
        # Guests of other cells are counted there (QĐ 294-QĐ/TW pt 6.3.2), and stand on a line of their own.
        values["members"] = str(counts.official + counts.probationary)
        standing = ("official", "probationary", "temporary_here", "temporary_away", "exempt")
        came = ("suspended", "present", "excused", "absent", "with_vote", "convened")
        values |= {name: str(getattr(counts, name)) for name in (*standing, *came)}
    return values


def meeting_name(meeting: Meeting) -> str:
    """What a monthly meeting is called in its abstract: "thường kỳ tháng 10 năm 2025"."""
    what = "chuyên đề" if meeting.kind is MeetingKind.THEMATIC else "thường kỳ"
    if not meeting.month:
        return f"{what} năm {meeting.year}"
    month = f"{meeting.month:02}" if meeting.month < 3 else str(meeting.month)
    return f"{what} tháng {month} năm {meeting.year}"


def hour_words(time: str) -> str:
    """A time as minutes write it: "19 giờ 30"; "" for none."""
    hour, _, minute = time.partition(":")
    if not hour:
        return ""
    return f"{int(hour)} giờ {minute}" if minute.strip("0") else f"{int(hour)} giờ"


def _started(meeting: Meeting) -> str:
    parts = [hour_words(meeting.started_at)]
    if meeting.held_on:
        parts.append(long_date("", meeting.held_on).partition(", ")[2])
    return ", ".join(part for part in parts if part)


def _vote_form(meeting: Meeting) -> str:
    how = "bỏ phiếu kín" if meeting.secret else "biểu quyết công khai"
    return f"{how}, {meeting.rounds} vòng"


def _tellers(meeting: Meeting, people: MeetingPeople) -> dict[str, str]:
    def of(post: TellerPost) -> str:
        return people.names_of(line.member_id for line in meeting.attendance if line.teller is post)

    return {"teller_head": of(TellerPost.HEAD), "teller_members": of(TellerPost.MEMBER)}


def away_rows(meeting: Meeting, people: MeetingPeople) -> list[Row] | None:
    """Who stayed away and why; None while nobody was ticked."""
    if all(line.presence is Presence.UNKNOWN for line in meeting.attendance):
        return None
    return [
        {"full_name": people.name(line.member_id), "kind": line.presence.label, "reason": line.reason}
        for line in meeting.attendance
        if line.presence in _AWAY
    ]


def ballot_attendance_values(meeting: Meeting, people: MeetingPeople) -> dict[str, str]:
    """Who was convened to the vote and came, for the minutes of the count."""
    lines = meeting.attendance
    if all(line.presence is Presence.UNKNOWN for line in lines):
        return {}
    counts = count_attendance(lines)
    away = [line for line in lines if line.presence in _AWAY and line.standing is Standing.OFFICIAL]
    reasons = "; ".join(
        f"{people.name(line.member_id)}: {line.reason or line.presence.label.lower()}" for line in away
    )
    return {
        "convened": str(counts.convened),
        "with_vote": str(sum(has_vote(line) for line in lines)),
        "away": str(len(away)),
        "away_reasons": reasons or "Không",
    }


def round_values(result: RoundResult, meeting: Meeting | None) -> dict[str, str]:
    """The totals of a round and whose shares its percentages are."""
    votes = result.votes
    totals = {name: getattr(votes, name) for name in ("issued", "returned", "valid", "invalid")}
    has_base = result.denominator.count > 0
    counted = votes.counted_on or (meeting.held_on if meeting else None)
    return {
        "round": _round_name(votes),
        "about": "chi bộ" if votes.kind is RoundKind.COLLECTIVE else "đảng viên",
        "counted_on": long_date("", counted).partition(", ngày ")[2] if counted else "",
        "base_text": f"{result.base_text} {result.majority_words} là từ {result.needed} phiếu."
        if has_base
        else NO_BASE,
        **{name: "" if number is None else str(number) for name, number in totals.items()},
    }


def _round_name(votes: VoteRound) -> str:
    """The round in the brackets under the title: a remark stands behind a comma, not in more brackets."""
    return replace(votes, note="").title + (
        f", {votes.note[0].lower()}{votes.note[1:]}" if votes.note else ""
    )


def round_rows(result: RoundResult, people: MeetingPeople) -> list[Row]:
    """A row for everybody a round asked about, each number with its share."""
    return [
        {
            "full_name": people.name(line.subject_id),
            "post": people.posts.get(line.subject_id, ""),
            **{each.answer.value: _votes(line, each.answer) for each in line.votes},
            "note": short_verdict(
                line.verdict, line.verdict_votes, result.denominator.count, line.verdict_text
            ),
        }
        for line in result.lines
    ]


def _votes(line: LineResult, answer: Answer) -> str:
    votes = line.votes_for(answer)
    if votes.count is None:
        return ""
    return f"{votes.count}\n{votes.percent}" if votes.percent else str(votes.count)


def ballot_rows(votes: MeetingVotes | None) -> list[Row] | None:
    """The rounds with their totals; None where none was held."""
    if votes is None or not votes.rounds:
        return None
    rows: list[Row] = []
    for result in votes.rounds:
        numbers = {name: getattr(result.votes, name) for name in ("issued", "returned", "valid", "invalid")}
        rows.append(
            {
                "name": result.votes.title,
                **{name: "" if number is None else str(number) for name, number in numbers.items()},
                "base": result.denominator.name if result.denominator.count else "",
            }
        )
    return rows


def result_rows(
    subjects: Sequence[str], votes: MeetingVotes | None, reviews: Mapping[str, Review], people: MeetingPeople
) -> list[Row]:
    """For each subject the last count of every mark, what the rounds come to, and the grade proposed."""
    return [
        {
            "full_name": people.name(subject),
            **(_last_votes(subject, votes) if votes else {}),
            "proposed": _proposed(reviews.get(subject)),
            "verdict": _verdict(subject, votes),
        }
        for subject in subjects
    ]


def _last_votes(subject: str, votes: MeetingVotes) -> dict[str, str]:
    """Every mark from the last round that asked for it; "đồng ý" stands under the top grade."""
    told: dict[str, str] = {}
    for result in votes.rounds:
        line = result.line_of(subject)
        for each in line.votes if line else ():
            key = Answer.EXCELLENT if each.answer is Answer.AGREE else each.answer
            told[key.value] = _votes(line, each.answer) if line else ""
    return told


def _verdict(subject: str, votes: MeetingVotes | None) -> str:
    final = votes.final_of(subject) if votes else None
    return "" if final is None else short_verdict(final.grade, final.votes, final.out_of, final.text)


def short_verdict(grade: Grade | None, votes: int | None, out_of: int, text: str) -> str:
    """What a count comes to, short enough for one line of a column: "HTT 34/37"; else its own words."""
    if grade is None or votes is None:
        return "" if text == NOT_ENTERED else text
    return f"{grade.short} {votes}/{out_of}"


def _proposed(review: Review | None) -> str:
    grade = review.grade_at(GradeStage.PROPOSED) if review else None
    return grade.short if grade else ""


def said_row(
    subject: str,
    meeting: Meeting,
    review: Review | None,
    opinions: Sequence[Opinion] = (),
) -> dict[str, str]:
    """What the minutes tell of one member's review."""
    note = meeting.note_on(subject)
    own = review.grade_at(GradeStage.SELF) if review else None
    committee = next((g for g in review.grades if g.stage is GradeStage.COMMITTEE), None) if review else None
    words = [committee.note, f"đề xuất mức {committee.grade.label}"] if committee else []
    view = "; ".join(part.strip().rstrip(".") for part in words if part)
    return {
        "summary": note.summary,
        "opinions": note.opinions,
        "from_others": "\n".join(_heard(opinion) for opinion in opinions if opinion.received_on),
        "accepted": note.accepted,
        "conclusion": note.conclusion,
        "self_grade": own.label if own else "",
        "committee": f"{view}." if view else "",
    }


def _heard(opinion: Opinion) -> str:
    whose = f"{opinion.kind.label} ({opinion.from_whom})" if opinion.from_whom else opinion.kind.label
    level = f"mức: {opinion.level}" if opinion.level else ""
    told = "; ".join(part for part in (opinion.content.strip().rstrip("."), level) if part)
    return f"{whose}: {told}." if told else f"{whose}: đã gửi nhận xét."


def collective_texts(meeting: Meeting) -> dict[str, str]:
    """What was said on the reports of the cell and its committee, with the meeting's own texts."""
    notes = [meeting.note_on(subject) for subject in COLLECTIVES]
    named = [(COLLECTIVES[note.subject_id], note) for note in notes]
    return {
        "report": _joined(meeting.report, [(name, note.summary) for name, note in named]),
        "collective_opinions": _joined(meeting.discussion, [(name, note.opinions) for name, note in named]),
        "collective_conclusion": _joined("", [(name, note.conclusion) for name, note in named]),
    }


def _joined(first: str, more: Sequence[tuple[str, str]]) -> str:
    told = [first.strip(), *(f"{name}: {text.strip()}" for name, text in more if text.strip())]
    return "\n".join(part for part in told if part)
