"""Papers: what can be printed of a year, for whom and why not; to a PDF file or for looking at."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.errors import NoRules, NotAllowed, NotFound
from app.domain.member import CellRole, Member
from app.domain.paper import Paper
from app.domain.progress import NoProgress, Progress
from app.domain.sheets.kinds import PaperKind as PaperKind
from app.services.paper_gathering import YearGathering, gather_year
from app.services.paper_makers import MAKERS
from app.services.paper_makers import offered_kinds as offered_kinds
from app.services.paper_sheets import NoSheet, Sheet, SheetMaker, SheetOrder
from app.services.workspace import Workspace

PREVIEW_PAGES = 300


@dataclass(frozen=True, slots=True)
class PaperRequest:
    """What to print. ``member_ids`` None: everybody; with ``blank`` an empty tuple: sheets without a name.

    ``blank`` keeps name, birth date and posts of the members asked for and leaves the rest to the pen.
    """

    kinds: tuple[PaperKind, ...]
    year: int
    member_ids: tuple[str, ...] | None = None
    blank: bool = False
    leaders_first: bool = False
    annexes: bool = True


@dataclass(frozen=True, slots=True)
class PersonNote:
    """A member and, in words, why their paper is not printed or what is still open on it."""

    kind: PaperKind
    member_id: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class KindPlan:
    """One kind of paper: how many sheets, what is open on some, who has none and why."""

    kind: PaperKind
    sheet_count: int
    incomplete: tuple[PersonNote, ...]
    skipped: tuple[PersonNote, ...]


@dataclass(frozen=True, slots=True)
class PaperPlan:
    """What a request comes to before anything is drawn."""

    year: int
    kinds: tuple[KindPlan, ...]

    @property
    def sheet_count(self) -> int:
        """How many sheets in all."""
        return sum(kind.sheet_count for kind in self.kinds)

    @property
    def skipped(self) -> tuple[PersonNote, ...]:
        """Everybody without a paper, with the reason."""
        return tuple(note for kind in self.kinds for note in kind.skipped)


@dataclass(frozen=True, slots=True)
class PaperPerson:
    """Somebody papers of a year can be printed for; ``post`` is the post in the cell, mostly empty."""

    member_id: str
    name: str
    post: str


@dataclass(frozen=True, slots=True)
class PaperOffer:
    """What can be printed of a year: every kind of paper with its plan, and the people of that year.

    ``refused`` says by kind why there is none at all, for example a year without rules.
    """

    year: int
    people: tuple[PaperPerson, ...]
    plans: tuple[KindPlan, ...]
    refused: Mapping[PaperKind, str]


@dataclass(frozen=True, slots=True)
class PrintedBook:
    """A PDF file that was written."""

    path: Path
    page_count: int
    sheet_count: int
    skipped: tuple[PersonNote, ...]


@dataclass(frozen=True, slots=True)
class SheetStart:
    """Where a sheet starts in a preview; pages count from 0."""

    kind: PaperKind
    member_id: str | None
    label: str
    first_page: int
    page_count: int


@dataclass(frozen=True, slots=True)
class PreviewBook:
    """The pages as they will be printed, in memory.

    ``page_count`` and ``starts`` are of everything; only the first ``shown_pages`` stand in ``pdf``, and
    ``left_out`` sheets were too many to show at once.
    """

    pdf: bytes
    page_count: int
    shown_pages: int
    starts: tuple[SheetStart, ...]
    left_out: int
    skipped: tuple[PersonNote, ...]

    def pages_of(self, kind: PaperKind) -> int:
        """How many pages the sheets of a kind take."""
        return sum(start.page_count for start in self.starts if start.kind is kind)

    def printing_order(self, first: int, last: int, *, two_sided: bool) -> tuple[int | None, ...]:
        """The pages from ``first`` to ``last`` (counted from 0) as a printer takes them.

        None is an empty page: on both sides of the paper every sheet begins on a leaf of its own.
        """
        order: list[int | None] = []
        for start in self.starts:
            end = start.first_page + start.page_count
            order += range(max(first, start.first_page), min(last + 1, end))
            if two_sided and len(order) % 2:
                order.append(None)
        return tuple(order)


@dataclass(frozen=True, slots=True)
class _Job:
    """The sheets of a request, in printing order, with those there is nothing to print of."""

    request: PaperRequest
    sheets: tuple[Sheet, ...]
    skipped: tuple[PersonNote, ...]
    title: str


def file_name(request: PaperRequest, names: Mapping[str, str]) -> str:
    """The name offered for a PDF: the paper, the one person it is for, the year; fit for any file system."""
    kinds = request.kinds
    words = kinds[0].label if len(kinds) == 1 else "Giấy tờ"
    words += " (trống)" if request.blank else ""
    ids = request.member_ids or ()
    who = f" - {names[ids[0]]}" if len(ids) == 1 and ids[0] in names else ""
    return "".join(char for char in f"{words} {request.year}{who}.pdf" if char not in '\\/:*?"<>|')


def plan_papers(ws: Workspace, request: PaperRequest) -> PaperPlan:
    """How many sheets a request comes to, whose are incomplete, who has none and why."""
    job = _job(ws, request)
    return PaperPlan(request.year, tuple(_kind_plan(kind, job) for kind in request.kinds))


def offer_papers(ws: Workspace, request: PaperRequest) -> PaperOffer:
    """Every kind of paper of the request's year for the request's people, and who those can be."""
    year = gather_year(ws, request.year)
    plans: list[KindPlan] = []
    refused: dict[PaperKind, str] = {}
    for kind in request.kinds:
        try:
            job = _job(ws, replace(request, kinds=(kind,)), year)
            plans.append(_kind_plan(kind, job))
        except (NoRules, NotAllowed) as error:
            plans.append(KindPlan(kind, 0, (), ()))
            refused[kind] = str(error)
    everybody = _people(year, request, None)
    day = year.facts(None).as_of
    people = tuple(
        PaperPerson(m.id, m.name, role.label if (role := m.role_on(day)) else "") for m in everybody
    )
    return PaperOffer(request.year, people, tuple(plans), refused)


def _kind_plan(kind: PaperKind, job: _Job) -> KindPlan:
    sheets = [sheet for sheet in job.sheets if sheet.kind is kind]
    incomplete = tuple(
        PersonNote(kind, sheet.member.id, sheet.member.name, f"còn trống: {', '.join(sheet.missing)}")
        for sheet in sheets
        if sheet.member and sheet.missing
    )
    skipped = tuple(note for note in job.skipped if note.kind is kind)
    return KindPlan(kind, len(sheets), incomplete, skipped)


def save_pdf(
    ws: Workspace, request: PaperRequest, target: Path, progress: Progress | None = None
) -> PrintedBook:
    """Print to a PDF file, whole or not at all; members without data come back in ``skipped``.

    Raises ``NotFound`` when there is nothing to print, ``NoRules`` for a review of a year without rules,
    ``FileUnwritable`` when the file cannot be written (open elsewhere, disk full), ``Cancelled``.
    """
    from app.printing.pdf import write_pdf

    job = _job_with_sheets(ws, request)
    papers = (sheet.build() for sheet in job.sheets)
    pages = write_pdf(papers, target, title=job.title, progress=progress, total=len(job.sheets))
    return PrintedBook(target, pages, len(job.sheets), job.skipped)


def preview_pdf(
    ws: Workspace, request: PaperRequest, progress: Progress | None = None, *, whole: bool = False
) -> PreviewBook:
    """The same pages in memory; after ``PREVIEW_PAGES`` pages the remaining sheets are only counted.

    ``whole`` keeps every page: for sending all of them to a printer.
    """
    from app.printing.pdf import count_pages, pdf_bytes

    job = _job_with_sheets(ws, request)
    counting = _Counting(job.sheets, progress or NoProgress())

    def papers() -> Iterator[Paper]:
        for sheet in job.sheets:
            if counting.page >= PREVIEW_PAGES and not whole:
                return
            yield sheet.build()

    pdf = pdf_bytes(papers(), job.title, counting.took)
    shown_sheets, shown_pages = len(counting.starts), counting.page
    for sheet in job.sheets[shown_sheets:]:
        counting.took(count_pages(sheet.build()))
    left_out = len(job.sheets) - shown_sheets
    return PreviewBook(pdf, counting.page, shown_pages, tuple(counting.starts), left_out, job.skipped)


class _Counting:
    """Notes where each sheet starts, one after the other, and tells how far the work is."""

    def __init__(self, sheets: Sequence[Sheet], watch: Progress) -> None:
        self.page = 0
        self.starts: list[SheetStart] = []
        self._sheets = sheets
        self._watch = watch

    def took(self, pages: int) -> None:
        """The next sheet took so many pages."""
        sheet = self._sheets[len(self.starts)]
        member_id = sheet.member.id if sheet.member else None
        self.starts.append(SheetStart(sheet.kind, member_id, sheet.label, self.page, pages))
        self.page += pages
        self._watch.step(len(self.starts), len(self._sheets), sheet.label)


def _job_with_sheets(ws: Workspace, request: PaperRequest) -> _Job:
    job = _job(ws, request)
    if job.sheets:
        return job
    reasons = list(dict.fromkeys(f"{note.name}: {note.reason}" for note in job.skipped))
    more = f" (và {len(reasons) - 1} đồng chí nữa)" if len(reasons) > 1 else ""
    told = f" {reasons[0]}{more}." if reasons else ""
    raise NotFound(
        f"Chưa có giấy tờ nào của năm {request.year} để in.{told} "
        "Đồng chí chọn người khác, hoặc in mẫu trắng để viết tay."
    )


def _job(ws: Workspace, request: PaperRequest, gathered: YearGathering | None = None) -> _Job:
    wanted = _wanted_ids(ws, request)
    year = gathered or gather_year(ws, request.year)
    rule_set = year.rules.rules_of(request.year) if PaperKind.REVIEW in request.kinds else None
    people = _people(year, request, wanted)
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
            ws.must_lead("in bảng tháng của chi bộ")
            sheets.append(maker.matrix(() if is_nameless else _people(year, request, None)))
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
    return _Job(request, tuple(sheets), tuple(skipped), f"{kinds} {request.year}")


def _ordered(
    ws: Workspace, request: PaperRequest, kind: PaperKind, year: YearGathering, people: tuple[Member, ...]
) -> Iterable[Sheet | NoSheet]:
    if kind.is_of_cell:
        ws.must_lead(f"in {kind.label.lower()}")
    nameless = request.blank and request.member_ids == ()
    return MAKERS[kind](SheetOrder(kind, year, people, request.blank, nameless, request.annexes))


def _no_sheet(kind: PaperKind, one: NoSheet) -> PersonNote:
    if one.member is None:
        return PersonNote(kind, "", "Chi bộ", one.reason)
    return PersonNote(kind, one.member.id, one.member.name, one.reason)


def _wanted_ids(ws: Workspace, request: PaperRequest) -> tuple[str, ...] | None:
    """Whose papers: everybody's for those who lead, for others their own and nobody else's."""
    for member_id in request.member_ids or ():
        ws.must_be_own(member_id)
    if request.member_ids is None and not ws.actor.role.leads:
        return (ws.actor.member_id or "",)
    return request.member_ids


def _people(year: YearGathering, request: PaperRequest, wanted: Sequence[str] | None) -> tuple[Member, ...]:
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
