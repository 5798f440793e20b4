"""A form as a blank sheet of paper, for looking at before it is used."""

from collections.abc import Iterator
from dataclasses import replace

from app.domain.errors import UserError
from app.domain.form_template import FormTemplate
from app.domain.paper import Paper
from app.domain.sheets.kinds import PaperKind
from app.domain.sheets.review import review_paper
from app.services.paper_gathering import YearGathering, gather_year
from app.services.paper_makers import MAKERS, offered_kinds
from app.services.paper_sheets import Sheet, SheetMaker, SheetOrder
from app.services.rule_looking import RuleFileView, kept_file
from app.services.workspace import Act, Workspace

_OF_FIRST_PAPERS = {"REGISTER": PaperKind.REGISTER, "PLEDGE": PaperKind.PLEDGE, "EXTRACT": PaperKind.EXTRACT}


def blank_pdf(ws: Workspace, code: str, year: int, view: RuleFileView | None = None) -> bytes | None:
    """A form's blank sheet as PDF, with the file looked at in use if one is given; None when none is printed.

    The head is the cell's own, everything else is left to the pen.
    """
    ws.must(Act.LOOK)
    from app.printing.pdf import pdf_bytes

    gathered = gather_year(ws, year)
    if view is not None:
        rules = gathered.rules.with_file(kept_file(view, year, ws.today()))
        gathered = replace(gathered, rules=rules)
    paper = _blank_paper(gathered, gathered.rules.form(code, year))
    return None if paper is None else pdf_bytes((paper,), code)


def _blank_paper(year: YearGathering, form: FormTemplate) -> Paper | None:
    if form.subject_kinds:
        return review_paper(form, year.facts(None))
    if form.code == "MATRIX":
        return SheetMaker(PaperKind.MATRIX, year, None, blank=True, annexes=False).matrix(()).build()
    if kind := _OF_FIRST_PAPERS.get(form.code):
        return SheetMaker(kind, year, None, blank=True, annexes=False).nameless()[0].build()
    return next((sheet.build() for sheet in _blank_sheets(year) if sheet.form.code == form.code), None)


def _blank_sheets(year: YearGathering) -> Iterator[Sheet]:
    for kind in offered_kinds():
        if kind not in MAKERS:
            continue
        try:
            made = tuple(MAKERS[kind](SheetOrder(kind, year, (), blank=True, nameless=True)))
        except UserError:
            continue  # a paper the year has no rules for
        yield from (each for each in made if isinstance(each, Sheet))
