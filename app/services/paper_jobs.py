"""What a request for papers comes to: its sheets in printing order, and who has none and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.errors import NotFound
from app.domain.member import CellRole, Member
from app.domain.sheets.kinds import PaperKind
from app.services.paper_foot import footed, month_seals_in, with_seals
from app.services.paper_gathering import YearGathering, gather_year
from app.services.paper_makers import MAKERS
from app.services.paper_sheets import NoSheet, Sheet, SheetMaker, SheetOrder
from app.services.workspace import Act, Workspace

_ANYBODY = ""  # no member's id: somebody else, whoever it is


@dataclass(frozen=True, slots=True)
class PaperRequest:
    """What to print. ``member_ids`` None: everybody; with ``blank`` an empty tuple: sheets without a name.

    ``blank`` keeps name, birth date and posts of the members asked for and leaves the rest to the pen.
    ``seals`` puts the seals of the year or its months at the foot.
    """

    kinds: tuple[PaperKind, ...]
    year: int
    member_ids: tuple[str, ...] | None = None
    blank: bool = False
    leaders_first: bool = False
    annexes: bool = True
    seals: bool = False


@dataclass(frozen=True, slots=True)
class PersonNote:
    """A member and, in words, why their paper is not printed or what is still open on it."""

    kind: PaperKind
    member_id: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class PaperJob:
    """The sheets of a request, in printing order, with those there is nothing to print of."""

    request: PaperRequest
    year: YearGathering
    sheets: tuple[Sheet, ...]
    skipped: tuple[PersonNote, ...]
    title: str


def job_with_sheets(ws: Workspace, request: PaperRequest) -> PaperJob:
    """The job of a request with something to print. Raises ``NotFound`` with the first reason where not."""
    ws.must(Act.PRINT_SHEETS)
    job = paper_job(ws, request)
    if job.sheets:
        return job
    reasons = list(dict.fromkeys(f"{note.name}: {note.reason}" for note in job.skipped))
    more = f" (và {len(reasons) - 1} trường hợp nữa)" if len(reasons) > 1 else ""
    told = f" {reasons[0]}{more}." if reasons else ""
    raise NotFound(
        f"Chưa có giấy tờ nào của năm {request.year} để in.{told} "
        "Đồng chí chọn người khác, hoặc in mẫu trắng để viết tay."
    )


def paper_job(ws: Workspace, request: PaperRequest, gathered: YearGathering | None = None) -> PaperJob:
    """The sheets of a request; none is built yet. Raises ``NoRules`` for a review of a year without rules."""
    ws.must(Act.PRINT_SHEETS)
    wanted = _wanted_ids(ws, request)
    year = gathered or gather_year(ws, request.year)
    rule_set = year.rules.rules_of(request.year) if PaperKind.REVIEW in request.kinds else None
    people = people_of(year, request, wanted)
    is_nameless = request.blank and request.member_ids == ()
    sheets: list[Sheet] = []
    skipped: list[PersonNote] = []
    for kind in request.kinds:
        if kind in MAKERS:
            for one in _ordered(ws, request, kind, year, () if is_nameless else people):
                if isinstance(one, Sheet):
                    sheets.append(one)
                else:
                    skipped.append(_no_sheet(kind, one))
            continue
        maker = SheetMaker(kind, year, rule_set, request.blank, request.annexes)
        if kind.is_of_cell:
            ws.must(Act.PRINT_OF_CELL)
            sheets.append(maker.matrix(() if is_nameless else people_of(year, request, None)))
        elif is_nameless:
            sheets += maker.nameless()
        else:
            for member in people:
                made = maker.of_member(member)
                if isinstance(made, Sheet):
                    sheets.append(made)
                elif made:
                    skipped.append(PersonNote(kind, member.id, member.name, made))
    kinds = ", ".join(kind.label for kind in request.kinds)
    return PaperJob(
        request, year, _with_feet(ws, request, sheets, year), tuple(skipped), f"{kinds} {request.year}"
    )


def _with_feet(
    ws: Workspace, request: PaperRequest, sheets: Iterable[Sheet], year: YearGathering
) -> tuple[Sheet, ...]:
    feet = footed(sheets, year)
    if not request.seals or request.blank:
        return feet
    with ws.read() as tx:
        return with_seals(feet, year, month_seals_in(tx, request.year))


def _ordered(
    ws: Workspace, request: PaperRequest, kind: PaperKind, year: YearGathering, people: tuple[Member, ...]
) -> Iterable[Sheet | NoSheet]:
    if kind.is_of_cell:
        ws.must(Act.PRINT_OF_CELL)
    nameless = request.blank and request.member_ids == ()
    return MAKERS[kind](SheetOrder(kind, year, people, request.blank, nameless, request.annexes))


def _no_sheet(kind: PaperKind, one: NoSheet) -> PersonNote:
    if one.member is None:
        return PersonNote(kind, "", "Chi bộ", one.reason)
    return PersonNote(kind, one.member.id, one.member.name, one.reason)


def _wanted_ids(ws: Workspace, request: PaperRequest) -> tuple[str, ...] | None:
    """Whose papers: everybody's for who may print them, for others their own and nobody else's."""
    rights = {
        Act.PRINT_YEAR_END if kind in MAKERS else Act.PRINT_SHEETS
        for kind in request.kinds
        if not kind.is_of_cell
    }
    own_id = ws.actor.member_id
    for right in rights:
        for member_id in request.member_ids or ():
            ws.must(right, member_id)
        if request.member_ids is None and not ws.may(right, _ANYBODY):
            ws.must(right, own_id or _ANYBODY)
            return (own_id or "",)
    return request.member_ids


def people_of(year: YearGathering, request: PaperRequest, wanted: Sequence[str] | None) -> tuple[Member, ...]:
    """The members of a year asked for (None: everybody), in printing order."""
    if wanted is None:
        people = [m for m in year.members if year.has_data_of(m) or year.was_here(m)]
    else:
        by_id = {member.id: member for member in year.members}
        if any(member_id not in by_id for member_id in wanted):
            raise NotFound("Không còn đảng viên này trong sổ. Xin mở lại danh sách.")
        chosen = set(wanted)
        people = [member for member in year.members if member.id in chosen]
    if request.leaders_first:
        day = year.facts(None).as_of
        order = [*CellRole, None]
        people.sort(key=lambda member: order.index(member.role_on(day)))
    return tuple(people)
