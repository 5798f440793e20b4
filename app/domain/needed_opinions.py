"""Which opinions on a member are heard before a review, why, from whom; and for whom none is asked.

QĐ 213-QĐ/TW 02/01/2020 and HD 33-HD/BTCTW 30/10/2020 for the residence; HD 43-HD/BTCTW pt 7.6 for the
temporary cell. What the rules name is data of the rule set (its situations); a set that does not name an
opinion asks for none, and the secretary may ask for any all the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.domain.cell import CellName
from app.domain.eligibility import Duty, DutyFinding
from app.domain.grade import SubjectKind
from app.domain.member import STATUS_DETAILS, DatedStatus, Member, Sphere, StatusKind
from app.domain.opinion import Opinion, OpinionKind
from app.domain.rule_set import RuleSet
from app.domain.situations import HALF_YEAR_MONTHS, moved_in_during, spans_in
from app.domain.text import lower_first, nfc


@dataclass(frozen=True, slots=True)
class NeededOpinion:
    """One opinion the rules want heard. ``excuse``: why this member's is not asked for, or ""."""

    kind: OpinionKind
    reason: str
    source: str
    verified: bool
    from_whom: str = ""
    excuse: str = ""


@dataclass(frozen=True, slots=True)
class OpinionFrame:
    """What decides for all members alike: the rules, the year, where the cell's members meet."""

    rules: RuleSet
    year: int
    lives_by_residence: bool


def lives_by_residence(name: CellName) -> bool:
    """Whether a cell is one of a village or street, where members hold party life at home; by its name."""
    words = nfc(name.own).upper().split()
    own = " ".join(words[2:] if words[:2] == ["CHI", "BỘ"] else words).removeprefix("LIÊN ")
    return own.startswith(_PLACES) or any(place in own for place in _STREETS)


_PLACES = (
    "THÔN ",
    "XÓM ",
    "ẤP ",
    "BẢN ",
    "BUÔN ",
    "LÀNG ",
    "PLEI ",
    "KHÓM ",
    "TIỂU KHU ",
    "KHU VỰC ",
    "TDP ",
)
_STREETS = ("TỔ DÂN PHỐ", "KHU PHỐ", "KHU DÂN CƯ")


def needed_opinions(member: Member, frame: OpinionFrame, duty: DutyFinding) -> tuple[NeededOpinion, ...]:
    """The opinions to be heard on a member who is reviewed; none on anybody else."""
    if duty.duty is not Duty.REVIEW:
        return ()
    return tuple(_Needs(member, frame).all())


@dataclass(frozen=True, slots=True)
class _Needs:
    member: Member
    frame: OpinionFrame

    def all(self) -> Iterator[NeededOpinion]:
        yield from self._residence()
        yield from self._temporary_cell()
        yield from self._old_unit()
        yield from self._employer()
        yield from self._mass_organisations()

    def _residence(self) -> Iterator[NeededOpinion]:
        """Whoever holds party life at work keeps in touch with the Party and people where they live."""
        if self.frame.lives_by_residence or not self._is_in_the_system():
            return
        residence = self.member.record.residence
        from_whom = f"Chi ủy (chi bộ) nơi cư trú ({residence})" if residence else ""
        spans = spans_in(self.member, StatusKind.NO_RESIDENCE_OPINION, self.frame.year)
        excuse = ""
        if spans:
            details = STATUS_DETAILS[StatusKind.NO_RESIDENCE_OPINION]
            rule = self._rule("RESIDENCE_EXCUSED")
            ground = f" ({rule[1]})" if rule else ""
            excuse = f"{details.get(spans[-1].detail, spans[-1].note)}{ground}"
        yield from self._asked(OpinionKind.RESIDENCE, "RESIDENCE_OPINION", from_whom, excuse=excuse)

    def _temporary_cell(self) -> Iterator[NeededOpinion]:
        for span in spans_in(self.member, StatusKind.TEMPORARY_OUT, self.frame.year):
            yield from self._asked(OpinionKind.TEMPORARY_CELL, "TEMP_TRANSFER", span.place)

    def _old_unit(self) -> Iterator[NeededOpinion]:
        moved = moved_in_during(self.member, self.frame.year)
        if moved is not None and _was_there_half_a_year(moved, self.frame.year):
            yield from self._asked(OpinionKind.OLD_UNIT, "MOVED", moved.place)

    def _employer(self) -> Iterator[NeededOpinion]:
        workplace = self.member.record.workplace
        if self.frame.lives_by_residence and workplace and self._is_in_the_system():
            yield from self._asked(OpinionKind.EMPLOYER, "EMPLOYER_OPINION", workplace)

    def _mass_organisations(self) -> Iterator[NeededOpinion]:
        posts = self.member.posts_on(date(self.frame.year, 12, 31), Sphere.MASS)
        if titles := ", ".join(dict.fromkeys(post.title for post in posts if post.title)):
            yield from self._asked(OpinionKind.MASS_ORGANISATION, "MASS_OPINION", "", words=titles)

    def _asked(
        self, kind: OpinionKind, code: str, from_whom: str, *, excuse: str = "", words: str = ""
    ) -> Iterator[NeededOpinion]:
        rule = self._rule(code)
        if rule is not None:
            reason, source, verified = rule
            reason = f"{words}: {lower_first(reason)}" if words else reason
            yield NeededOpinion(kind, reason, source, verified, from_whom, excuse)

    def _rule(self, code: str) -> tuple[str, str, bool] | None:
        """The situation's label with its source; nothing where the rule set does not name it."""
        found = self.frame.rules.situation(code)
        return (found.label, found.source, found.verified) if found else None

    def _is_in_the_system(self) -> bool:
        return self.member.kind_for(self.frame.year) in (SubjectKind.LEADER, SubjectKind.NON_LEADER)


def _was_there_half_a_year(moved: DatedStatus, year: int) -> bool:
    return moved.valid_from is not None and moved.valid_from > date(year, HALF_YEAR_MONTHS, 30)


class OpinionState(StrEnum):
    """How far an opinion is."""

    RECEIVED = "received"
    NOT_NEEDED = "not_needed"
    OVERDUE = "overdue"
    REQUESTED = "requested"
    OPEN = "open"

    @property
    def label(self) -> str:
        """The state in words."""
        return {
            "received": "Đã về",
            "not_needed": "Không cần",
            "overdue": "Quá hạn",
            "requested": "Đã xin",
            "open": "Chưa xin",
        }[self.value]

    @property
    def is_missing(self) -> bool:
        """Whether the review still waits for it."""
        return self in (OpinionState.OVERDUE, OpinionState.REQUESTED, OpinionState.OPEN)


@dataclass(frozen=True, slots=True)
class WantedOpinion:
    """One line of the year's opinions: what the rules want (None: the secretary's own wish), what is kept."""

    member: Member
    kind: OpinionKind
    needed: NeededOpinion | None
    opinion: Opinion

    @property
    def id(self) -> str:
        """What names the line: the opinion kept, else member and kind."""
        return self.opinion.id or f"{self.member.id}:{self.kind}"

    @property
    def from_whom(self) -> str:
        """Who is asked, as written or as the member's facts have it."""
        return self.opinion.from_whom or (self.needed.from_whom if self.needed else "")

    @property
    def excuse(self) -> str:
        """Why no opinion is waited for, or ""."""
        return self.opinion.not_needed or (self.needed.excuse if self.needed else "")

    @property
    def reason(self) -> str:
        """Why it is asked for."""
        return self.needed.reason if self.needed else "Bí thư đề nghị lấy thêm"

    def state(self, today: date) -> OpinionState:
        """How far it is; what came counts whatever was said before."""
        kept = self.opinion
        if kept.received_on is not None:
            return OpinionState.RECEIVED
        if self.excuse and (kept.not_needed or kept.requested_on is None):
            return OpinionState.NOT_NEEDED
        if kept.due_on is not None and kept.due_on < today:
            return OpinionState.OVERDUE
        return OpinionState.OPEN if kept.requested_on is None else OpinionState.REQUESTED


def wanted_opinions(
    member: Member, frame: OpinionFrame, duty: DutyFinding, kept: Sequence[Opinion]
) -> tuple[WantedOpinion, ...]:
    """Every opinion on a member: those the rules want, with what is kept of them, and those asked besides."""
    wanted = needed_opinions(member, frame, duty)
    matched: dict[int, Opinion] = {}
    rest = list(kept)
    for is_exact in (True, False):  # who was asked by name keeps their line, the others share what is left
        for number, needed in enumerate(wanted):
            fits = (each for each in rest if each.kind is needed.kind)
            found = next((e for e in fits if not is_exact or e.from_whom == needed.from_whom), None)
            if number not in matched and found is not None:
                matched[number] = found
                rest.remove(found)
    blank = Opinion(member.id, frame.year, OpinionKind.RESIDENCE)
    lines = [
        WantedOpinion(
            member,
            needed.kind,
            needed,
            matched.get(number) or replace(blank, kind=needed.kind, from_whom=needed.from_whom),
        )
        for number, needed in enumerate(wanted)
    ]
    return (*lines, *(WantedOpinion(member, each.kind, None, each) for each in rest))
