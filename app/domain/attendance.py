"""Who is convened to a meeting and who came: standings on the day, counts, the majority's denominator."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.meeting import Attendance, Presence, Standing
from app.domain.member import CellRole, Member, StatusKind
from app.domain.rule_set import MajorityBase

# Members never counted in a majority: đảng viên dự bị (Điều lệ Đảng, điều 3) and members in temporary party
# life at this cell (QĐ 294-QĐ/TW pt 6.3.2b).
WITHOUT_VOTE = frozenset({Standing.PROBATIONARY, Standing.TEMPORARY_HERE})
# Who may take a ballot once they have come; an exempt member who came votes and is counted (pt 9.3.2).
_WITH_VOTE = frozenset({Standing.OFFICIAL, Standing.EXEMPT})
# Official members taken out of the number convened, in the words of its working.
_TAKEN_OUT = {
    Standing.TEMPORARY_AWAY: "sinh hoạt tạm thời nơi khác",
    Standing.EXEMPT: "được miễn vắng mặt",
    Standing.SUSPENDED: "bị đình chỉ sinh hoạt",
    Standing.PROSECUTED: "bị khởi tố, truy tố, tạm giam",
}
_LEADERS = (CellRole.SECRETARY, CellRole.DEPUTY_SECRETARY, CellRole.COMMITTEE_MEMBER)


def standing_on(member: Member, day: date) -> Standing | None:
    """What a member is to a meeting on its day, from dated facts; None: not of the cell that day.

    "Đang bị khởi tố, truy tố, tạm giam" is no dated fact of the book: the secretary sets it on the line.
    """
    if not _is_of_cell(member, day):
        return None
    holding = {status.kind for status in member.statuses if status.holds_on(day)}
    if StatusKind.TEMPORARY_IN in holding:
        return Standing.TEMPORARY_HERE
    if member.is_probationary(day):
        return Standing.PROBATIONARY
    if StatusKind.SUSPENDED in holding:
        return Standing.SUSPENDED
    if StatusKind.TEMPORARY_OUT in holding:
        return Standing.TEMPORARY_AWAY
    return Standing.EXEMPT if StatusKind.EXEMPT in holding else Standing.OFFICIAL


def _is_of_cell(member: Member, day: date) -> bool:
    admitted = member.record.admitted_on
    if member.has_left(day) or (admitted is not None and admitted > day):
        return False
    arrivals = [s.valid_from or date.min for s in member.statuses if s.kind is StatusKind.MOVED_IN]
    departures = [s.valid_from or date.min for s in member.statuses if s.kind is StatusKind.LEFT]
    visits = [s for s in member.statuses if s.kind is StatusKind.TEMPORARY_IN]
    if visits and not any(visit.holds_on(day) for visit in visits):
        return bool(arrivals) and min(arrivals) <= day
    # Moved in for the first time only after the day: not yet of the cell.
    return not arrivals or min(arrivals) <= day or any(left < min(arrivals) for left in departures)


def standings(members: Iterable[Member], day: date) -> dict[str, Standing]:
    """Everybody of the cell on a day with what they are to a meeting, in the order of review."""
    found = {}
    for member in order_of_review(members, day):
        standing = standing_on(member, day)
        if standing is not None:
            found[member.id] = standing
    return found


def order_of_review(members: Iterable[Member], day: date) -> list[Member]:
    """Bí thư, phó bí thư, chi ủy viên, then everybody in Vietnamese order (QĐ 366-QĐ/TW art. 7 k. 3)."""

    def place(member: Member) -> tuple[int, str]:
        role = member.role_on(day)
        return (_LEADERS.index(role) if role in _LEADERS else len(_LEADERS), member.sort_key)

    return sorted(members, key=place)


def attendance_for(
    members: Sequence[Member],
    day: date,
    known: Sequence[Attendance] = (),
    known_day: date | None = None,
) -> tuple[Attendance, ...]:
    """The lines of a meeting on a day. What was ticked on ``known`` lines stays.

    A standing the secretary set otherwise than the facts of ``known_day`` say stays too. Somebody not of the
    cell on the day keeps a line only where something was ticked on it.
    """
    facts = standings(members, day)
    before = standings(members, known_day or day)
    lines = {line.member_id: line for line in known}
    built = []
    for member_id, standing in facts.items():
        line = lines.pop(member_id, None)
        if line is None:
            built.append(Attendance(member_id, standing))
        else:
            is_by_hand = line.standing is not before.get(member_id, line.standing)
            built.append(line if is_by_hand else replace(line, standing=standing))
    built += [line for line in lines.values() if line.presence is not Presence.UNKNOWN]
    return tuple(built)


@dataclass(frozen=True, slots=True)
class AttendanceCounts:
    """How many were convened and came. ``convened`` is the majority's denominator; temporary guests apart."""

    members: int
    official: int
    probationary: int
    temporary_here: int
    temporary_away: int
    exempt: int
    suspended: int
    prosecuted: int
    present: int
    excused: int
    absent: int
    unknown: int
    with_vote: int
    convened: int


def count_attendance(lines: Iterable[Attendance]) -> AttendanceCounts:
    """Every count the minutes and the tally state; ``official`` are all official members, also those away."""
    lines = tuple(lines)
    by_standing = Counter(line.standing for line in lines)
    by_presence = Counter(line.presence for line in lines)
    return AttendanceCounts(
        members=len(lines),
        official=sum(line.standing not in WITHOUT_VOTE for line in lines),
        probationary=by_standing[Standing.PROBATIONARY],
        temporary_here=by_standing[Standing.TEMPORARY_HERE],
        temporary_away=by_standing[Standing.TEMPORARY_AWAY],
        exempt=by_standing[Standing.EXEMPT],
        suspended=by_standing[Standing.SUSPENDED],
        prosecuted=by_standing[Standing.PROSECUTED],
        present=by_presence[Presence.PRESENT],
        excused=by_presence[Presence.EXCUSED],
        absent=by_presence[Presence.ABSENT],
        unknown=by_presence[Presence.UNKNOWN],
        with_vote=present_with_vote(lines),
        convened=sum(_is_convened(line) for line in lines),
    )


def has_vote(line: Attendance) -> bool:
    """Whether a member took part in the vote: came, and is official (QĐ 294-QĐ/TW pt 9.3.2)."""
    return line.presence is Presence.PRESENT and line.standing in _WITH_VOTE


def present_with_vote(lines: Iterable[Attendance]) -> int:
    """For how many a ballot is printed: exactly those present who have a vote."""
    return sum(has_vote(line) for line in lines)


def voters_at_most(lines: Iterable[Attendance]) -> int:
    """The most ballots there can be: those present with a vote, and those nobody ticked yet."""
    came = (Presence.PRESENT, Presence.UNKNOWN)
    return sum(line.standing in _WITH_VOTE and line.presence in came for line in lines)


def _is_convened(line: Attendance) -> bool:
    if line.standing is Standing.EXEMPT:
        return line.presence is Presence.PRESENT
    return line.standing is Standing.OFFICIAL


@dataclass(frozen=True, slots=True)
class Denominator:
    """The number a majority and every percentage are counted on, with how it came about.

    ``working`` is one sentence: "41 chính thức, trừ 2 sinh hoạt tạm thời nơi khác, 1 được miễn vắng mặt."
    """

    count: int
    working: str
    base: MajorityBase

    @property
    def name(self) -> str:
        """The number with whose it is: "38 đảng viên chính thức được triệu tập"."""
        return f"{self.count} {_BASE_NAMES[self.base]}"


_BASE_NAMES = {
    MajorityBase.CONVENED: "đảng viên chính thức được triệu tập",
    MajorityBase.PRESENT: "đảng viên có mặt có quyền biểu quyết",
    MajorityBase.VALID: "phiếu hợp lệ",
}


def denominator(
    lines: Iterable[Attendance], base: MajorityBase, valid_ballots: int | None = None
) -> Denominator:
    """Whose majority decides; of members convened unless the rule or the meeting says otherwise.

    QĐ 294-QĐ/TW pt 9.3.2: official members convened, minus those in temporary party life elsewhere, exempt
    members who did not come (counted where present and voting), suspended, prosecuted. ``valid_ballots`` of
    the round are needed only where the meeting counts on valid ballots.
    """
    lines = tuple(lines)
    if base is MajorityBase.VALID:
        return Denominator(valid_ballots or 0, "Tính trên số phiếu hợp lệ của vòng này.", base)
    if base is MajorityBase.PRESENT:
        counts = count_attendance(lines)
        return Denominator(counts.with_vote, _present_working(counts), base)
    official = sum(line.standing not in WITHOUT_VOTE for line in lines)
    out = Counter(line.standing for line in lines if line.standing in _TAKEN_OUT and not _is_convened(line))
    taken = ", ".join(f"{out[standing]} {words}" for standing, words in _TAKEN_OUT.items() if out[standing])
    working = f"{official} chính thức" + (f", trừ {taken}" if taken else "") + "."
    return Denominator(official - out.total(), working, base)


def _present_working(counts: AttendanceCounts) -> str:
    others = counts.present - counts.with_vote
    words = f"{counts.present} có mặt"
    return f"{words}, trừ {others} không có quyền biểu quyết." if others else f"{words}."
