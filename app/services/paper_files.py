"""Papers into files: PDF, Word or Excel; all in one file, or a folder with a file for each member."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

from app.domain.errors import FileUnreadable, FileUnwritable, NotAllowed, NotFound
from app.domain.paper import Paper
from app.domain.progress import NoProgress, Progress
from app.domain.sheets.kinds import PaperKind
from app.domain.template_fields import template_values
from app.services.paper_jobs import PaperJob, PaperRequest, PersonNote, job_with_sheets
from app.services.paper_sheets import Sheet
from app.services.rule_book import KeptFile
from app.services.workspace import Act, Workspace

_OF_CELL = "Chi bộ"
_NOT_IN_NAMES = '\\/:*?"<>|'
_LONGEST_NAME = 100
_PORTS = (f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10))
_NAMES_OF_DEVICES = frozenset(("con", "prn", "aux", "nul", *_PORTS))


class FileFormat(StrEnum):
    """What a file of papers is; the value is the end of its name."""

    PDF = "pdf"
    WORD = "docx"
    EXCEL = "xlsx"

    @property
    def label(self) -> str:
        """The format in the field's words."""
        return {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}[self.value]

    @property
    def use(self) -> str:
        """What it is good for."""
        return {
            "pdf": "Để in và gửi, không sửa được",
            "docx": "Để sửa thêm trong Word",
            "xlsx": "Chỉ các bảng, để tính tiếp trong Excel",
        }[self.value]


class NeedsFolder(NotAllowed):
    """An office's own template is filled in sheet by sheet, so the sheets cannot stand in one file."""


@dataclass(frozen=True, slots=True)
class SavedPapers:
    """What was written: the file or folder, how many files, sheets and (in PDF) pages; who was left out.

    ``without_tables`` are kinds of paper that have nothing for Excel, ``templates`` the office's own
    templates that were filled in.
    """

    path: Path
    file_count: int
    sheet_count: int
    page_count: int = 0
    skipped: tuple[PersonNote, ...] = ()
    without_tables: tuple[PaperKind, ...] = ()
    templates: tuple[str, ...] = ()


def file_name(
    request: PaperRequest, names: Mapping[str, str], file_format: FileFormat = FileFormat.PDF
) -> str:
    """The name offered for a file: the paper, the one person it is for, the year; fit for any file system."""
    return f"{folder_name(request, names)}.{file_format}"


def folder_name(request: PaperRequest, names: Mapping[str, str]) -> str:
    """The same without an ending, for a folder."""
    kinds = request.kinds
    words = kinds[0].label if len(kinds) == 1 else "Giấy tờ"
    words += " (trống)" if request.blank else ""
    ids = request.member_ids or ()
    who = f" - {names[ids[0]]}" if len(ids) == 1 and ids[0] in names else ""
    return safe_name(f"{words} {request.year}{who}")


def safe_name(words: str) -> str:
    """Words as a name Windows and Linux take, Vietnamese letters kept."""
    plain = "".join(" " if char in _NOT_IN_NAMES or not char.isprintable() else char for char in words)
    name = " ".join(plain.split())[:_LONGEST_NAME].strip(" .") or "Giấy tờ"
    return f"{name} -" if name.lower() in _NAMES_OF_DEVICES else name


def save_paper_files(
    ws: Workspace,
    request: PaperRequest,
    target: Path,
    file_format: FileFormat,
    *,
    per_member: bool = False,
    progress: Progress | None = None,
) -> SavedPapers:
    """Save papers; ``target`` is the file, or with ``per_member`` the folder, whole or not at all.

    In Word an office's own template stands in for ours where the book keeps one. Raises ``NotFound`` with
    nothing to save, ``NoRules``, ``NeedsFolder``, ``FileUnwritable``, ``FileUnreadable`` (a template that
    cannot be filled in), ``Cancelled``.
    """
    ws.must(Act.PRINT_SHEETS)
    job = job_with_sheets(ws, request)
    writing = _Writing(job, file_format, progress or NoProgress())
    if not per_member:
        writing.write_all(target)
    else:
        with new_folder(target) as folder:
            writing.write_each(folder)
    return writing.saved(target)


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder that takes its place when all in it is written; only then files already there are replaced."""
    if target.exists() and not target.is_dir():
        raise FileUnwritable(f"Ở đó đã có một tệp tên “{target.name}”. Đồng chí chọn tên thư mục khác.")
    if not target.parent.is_dir():
        raise FileUnwritable(
            f"Không còn thư mục “{target.parent.name}” để lưu “{target.name}”. Đồng chí chọn chỗ khác."
        )
    unfinished = target.with_name(f".{target.name[:60]}.{uuid4().hex[:8]}.tam")
    try:
        unfinished.mkdir()
        yield unfinished
        if target.exists():
            for each in sorted(unfinished.iterdir()):
                each.replace(target / each.name)
        else:
            unfinished.rename(target)
    except FileUnwritable as error:
        words = str(error).replace(str(unfinished), str(target)).replace(unfinished.name, target.name)
        raise FileUnwritable(words) from error
    except OSError as error:
        raise FileUnwritable(
            f"Không ghi được vào thư mục “{target.name}”: {error.strerror or error}. "
            "Đồng chí đóng các tệp đang mở trong thư mục đó, hoặc chọn thư mục khác."
        ) from error
    finally:
        with suppress(OSError):
            rmtree(unfinished)


@dataclass(slots=True)
class _Writing:
    """Writes the sheets of a job and counts; it is told of every sheet, so work can be stopped between."""

    job: PaperJob
    file_format: FileFormat
    progress: Progress
    files: int = 0
    sheets: int = 0
    pages: int = 0
    bare: dict[PaperKind, None] = field(default_factory=dict)
    templates: dict[str, None] = field(default_factory=dict)

    def step(self, _done: int, _total: int, label: str) -> None:
        """A sheet more, of all files."""
        self.sheets += 1
        self.progress.step(self.sheets, len(self.job.sheets), label)

    def saved(self, path: Path) -> SavedPapers:
        """What came of it."""
        return SavedPapers(
            path,
            self.files,
            self.sheets,
            self.pages,
            self.job.skipped,
            tuple(self.bare),
            tuple(self.templates),
        )

    def write_all(self, target: Path) -> None:
        """One file of everything."""
        sheets = self.job.sheets
        kept = [template for sheet in sheets if (template := self._template(sheet))]
        if kept and len(sheets) > 1:
            raise NeedsFolder(
                f"Mẫu Word của cơ quan “{kept[0].file.title}” được điền cho từng bản, không ghép vào một tệp "
                "được. Đồng chí chọn mỗi người một tệp."
            )
        if kept:
            self._fill(sheets[0], kept[0], target)
        elif not self._write(sheets, target, self.job.title):
            raise self._nothing_for_excel()

    def write_each(self, folder: Path) -> None:
        """A file for each member and one for what is the cell's; a filled-in template is its own file."""
        names: set[str] = set()
        for who, sheets in self._by_owner():
            own = [sheet for sheet in sheets if not self._template(sheet)]
            if own:
                words = who if len(self.job.request.kinds) > 1 else f"{who} - {own[0].kind.label}"
                target = folder / self._free_name(words, names)
                self._write(own, target, f"{who} {self.job.request.year}")
            for sheet in sheets:
                if template := self._template(sheet):
                    name = self._free_name(f"{who} - {sheet.kind.label}", names)
                    self._fill(sheet, template, folder / name)
        if not self.files:
            raise self._nothing_for_excel()

    def _nothing_for_excel(self) -> NotFound:
        return NotFound(
            f"{self.job.title}: không có bảng nào để đưa sang Excel. Đồng chí lưu thành Word hoặc PDF."
        )

    def _by_owner(self) -> Iterator[tuple[str, list[Sheet]]]:
        by_owner: dict[str, list[Sheet]] = {}
        for sheet in self.job.sheets:
            by_owner.setdefault(sheet.member.id if sheet.member else "", []).append(sheet)
        for sheets in by_owner.values():
            member = sheets[0].member
            yield member.name if member else _OF_CELL, sheets

    def _free_name(self, words: str, taken: set[str]) -> str:
        name = safe_name(f"{words} {self.job.request.year}")
        number, free = 1, name
        while free.casefold() in taken:
            number += 1
            free = f"{name} ({number})"
        taken.add(free.casefold())
        return f"{free}.{self.file_format}"

    def _write(self, sheets: Sequence[Sheet], target: Path, title: str) -> bool:
        """Our own form of sheets into one file; False where Excel has nothing to hold."""
        from app.office.docx_paper import write_docx
        from app.office.xlsx_paper import write_xlsx
        from app.printing.pdf import write_pdf

        count = len(sheets)
        if self.file_format is FileFormat.PDF:
            papers = (sheet.build() for sheet in sheets)
            self.pages += write_pdf(papers, target, title=title, progress=self, total=count)
        elif self.file_format is FileFormat.WORD:
            write_docx((s.build() for s in sheets), target, title=title, progress=self, total=count)
        else:
            # Thirty ballots alike are thirty pages, but one table.
            tabled = dict.fromkeys(paper for sheet in sheets if (paper := self._with_table(sheet)))
            if not tabled:
                return False
            write_xlsx(tabled, target, title=title, progress=self)
        self.files += 1
        return True

    def _with_table(self, sheet: Sheet) -> Paper | None:
        from app.office.xlsx_paper import has_tables

        paper = sheet.build()
        if has_tables(paper):
            return paper
        self.bare[sheet.kind] = None
        self.progress.step(self.sheets, len(self.job.sheets), sheet.label)
        return None

    def _template(self, sheet: Sheet) -> KeptFile | None:
        if self.file_format is not FileFormat.WORD:
            return None
        return self.job.year.rules.template(sheet.form.code, self.job.year.year)

    def _fill(self, sheet: Sheet, template: KeptFile, target: Path) -> None:
        """An office's own template filled in with what our form would say."""
        from app.office.word_template import fill_template

        year, member = self.job.year, sheet.member
        review = year.reviews.get(member.id) if member and not self.job.request.blank else None
        of_review = review if sheet.kind is PaperKind.REVIEW else None
        dated_on = of_review.dated_on if of_review else None
        facts = year.facts(member, dated_on) if member else year.cell_facts()
        profile = year.rules.profile(review.profile, year.year) if review else None
        try:
            fill_template(
                template.data, template_values(sheet.form, facts, sheet.build(), review, profile), target
            )
        except FileUnreadable as error:
            raise FileUnreadable(f"Mẫu Word “{template.file.title}”: {error}") from error
        self.templates[template.file.title] = None
        self.files += 1
        self.step(0, 0, sheet.label)
