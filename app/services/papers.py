"""Papers: what can be printed of a year, for whom and why not; to a PDF file or for looking at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.errors import NoRules, NotAllowed
from app.domain.paper import Paper
from app.domain.progress import NoProgress, Progress
from app.domain.sheets.kinds import PaperKind as PaperKind
from app.services.paper_files import file_name as file_name
from app.services.paper_gathering import YearGathering, gather_year
from app.services.paper_jobs import PaperJob, job_with_sheets, paper_job, people_of
from app.services.paper_jobs import PaperRequest as PaperRequest
from app.services.paper_jobs import PersonNote as PersonNote
from app.services.paper_makers import offered_kinds as offered_kinds
from app.services.paper_sheets import Sheet
from app.services.workspace import Act, Workspace

PREVIEW_PAGES = 300
_BEFORE_VOTE = (PaperKind.REVIEW, PaperKind.COLLECTIVE)
_ONE_ROUND = (PaperKind.BALLOT_GRADE4,)
_TWO_ROUNDS = (PaperKind.BALLOT_GRADE, PaperKind.BALLOT_EXCELLENT)
_AFTER_VOTE = (PaperKind.BALLOT_CELL, PaperKind.TALLY, PaperKind.REVIEW_MINUTES)


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

    ``refused`` says by kind why there is none at all, for example a year without rules. ``for_meeting`` are
    the papers of the review meeting, in the order they are signed.
    """

    year: int
    people: tuple[PaperPerson, ...]
    plans: tuple[KindPlan, ...]
    refused: Mapping[PaperKind, str]
    for_meeting: tuple[PaperKind, ...] = ()


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


def plan_papers(ws: Workspace, request: PaperRequest) -> PaperPlan:
    """How many sheets a request comes to, whose are incomplete, who has none and why."""
    ws.must(Act.PRINT_SHEETS)
    job = paper_job(ws, request)
    return PaperPlan(request.year, tuple(_kind_plan(kind, job) for kind in request.kinds))


def offer_papers(ws: Workspace, request: PaperRequest) -> PaperOffer:
    """Every kind of paper of the request's year for the request's people, and who those can be."""
    ws.must(Act.PRINT_SHEETS)
    year = gather_year(ws, request.year)
    plans: list[KindPlan] = []
    refused: dict[PaperKind, str] = {}
    for kind in request.kinds:
        try:
            job = paper_job(ws, replace(request, kinds=(kind,)), year)
            plans.append(_kind_plan(kind, job))
        except (NoRules, NotAllowed) as error:
            plans.append(KindPlan(kind, 0, (), ()))
            refused[kind] = str(error)
    sees_all, own_id = ws.may(Act.LIST_MEMBERS), ws.actor.member_id
    everybody = people_of(year, request, None if sees_all or own_id is None else (own_id,))
    day = year.facts(None).as_of
    people = tuple(
        PaperPerson(m.id, m.name, role.label if (role := m.role_on(day)) else "") for m in everybody
    )
    return PaperOffer(request.year, people, tuple(plans), refused, _for_meeting(year, request.kinds))


def _for_meeting(year: YearGathering, kinds: Sequence[PaperKind]) -> tuple[PaperKind, ...]:
    """Reviews, ballots of the rounds this meeting votes in, minutes; of ``kinds``, as signed."""
    meeting = year.year_end.review_meeting
    try:
        rounds = meeting.rounds if meeting else year.rules.rules_of(year.year).vote.rounds
    except NoRules:
        rounds = 1
    ballots = _TWO_ROUNDS if rounds > 1 else _ONE_ROUND
    return tuple(kind for kind in (*_BEFORE_VOTE, *ballots, *_AFTER_VOTE) if kind in kinds)


def _kind_plan(kind: PaperKind, job: PaperJob) -> KindPlan:
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

    ws.must(Act.PRINT_SHEETS)
    job = job_with_sheets(ws, request)
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

    ws.must(Act.PRINT_SHEETS)
    job = job_with_sheets(ws, request)
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
