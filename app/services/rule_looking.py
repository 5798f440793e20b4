"""Looking at a file of rules before it is kept: what it is, what it changes, what is wrong with it.

Nothing is written here; ``rule_files`` keeps what was looked at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from app.db import rule_file_queries
from app.db.transactions import ReadTransaction
from app.domain.errors import FileUnreadable, NoRules
from app.domain.form_template import FormTemplate
from app.domain.rule_changes import RuleChange, changes_between
from app.domain.rule_checks import KnownRules, problems_beside
from app.domain.rule_file import RuleFile, RuleFileKind
from app.domain.rule_file_reading import ReadRules, RuleContent, read_rules, text_of
from app.domain.rule_set import RuleSet
from app.domain.scoring import ScoringProfile
from app.domain.template_fields import TemplateField, fields_of
from app.domain.toml_reading import DataFile, DataFileInvalid
from app.services.cells import cell_in, closed_years_in
from app.services.content_sets import own_sets_in
from app.services.rule_book import KeptFile, RuleBook, rule_book_in
from app.services.rule_bundle import SUFFIX, Bundle, BundledFile, read_bundle

WORD_SUFFIX = ".docx"
_MAX_WORD_BYTES = 10 << 20


@dataclass(frozen=True, slots=True)
class RuleFileView:
    """A file of rules as looked at before keeping.

    ``changes`` are against what is used now, ``is_new`` when nothing is. ``problems`` forbid keeping,
    ``warnings`` do not. ``kept`` are the versions of the same rule in the book; ``touched`` counts by year
    the reviews written under what is used now. ``fields`` are those a Word template uses; while it has
    problems, those it may use.
    """

    origin: str
    data: bytes
    kind: RuleFileKind
    key: str = ""
    title: str = ""
    source: str = ""
    years_text: str = ""
    unverified: int = 0
    is_new: bool = False
    changes: tuple[RuleChange, ...] = ()
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    first_year: int = 0
    last_year: int | None = None
    proposed_year: int = 0
    kept: tuple[RuleFile, ...] = ()
    touched: tuple[tuple[int, int], ...] = ()
    fields: tuple[TemplateField, ...] = ()
    content: RuleContent | None = None

    @property
    def digest(self) -> str:
        """The SHA-256 of the file's bytes."""
        return sha256(self.data).hexdigest()

    def known_in(self, year: int) -> RuleFile | None:
        """The version used in a year when it is this very file."""
        return same_in_use(self.kept, self.digest, year)

    @property
    def says_more(self) -> bool:
        """Whether it says anything else than what is used now."""
        return self.is_new or bool(self.changes) or self.kind is RuleFileKind.TEMPLATE

    def can_be_kept(self, year: int) -> bool:
        """Whether the file could be used from a year on, and would change something."""
        return not self.problems and self.known_in(max(year, self.first_year)) is None


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """A kept file this version of the program does not take any more, and why."""

    file: RuleFile
    reason: str


@dataclass(frozen=True, slots=True)
class RuleLook:
    """What a chosen file holds: one file, or the parts of a package with who made it and when."""

    origin: str
    files: tuple[RuleFileView, ...]
    made_by: str = ""
    made_on: date | None = None

    @property
    def is_bundle(self) -> bool:
        """Whether a package was looked at."""
        return self.made_on is not None

    def usable(self, year: int) -> tuple[RuleFileView, ...]:
        """The files that can be kept from a year on; of a package only those that change something."""
        usable = tuple(view for view in self.files if view.can_be_kept(year))
        return tuple(view for view in usable if view.says_more) if self.is_bundle else usable


def same_in_use(kept: Iterable[RuleFile], digest: str, year: int) -> RuleFile | None:
    """Of the versions of one rule that used in a year, when it has the same bytes."""
    begun = [file for file in kept if file.from_year <= year]
    latest = max(begun, key=lambda file: file.from_year, default=None)
    return latest if latest is not None and latest.digest == digest else None


def sound_part(book: RuleBook) -> tuple[RuleBook, tuple[BrokenFile, ...]]:
    """The rules without kept files that cannot be read any more, so that those can be replaced or dropped."""
    broken = []
    for kept in book.kept:
        try:
            if kept.file.kind is not RuleFileKind.TEMPLATE:
                read_rules(text_of(kept.data, kept.file.origin), kept.file.origin)
        except DataFileInvalid as error:
            broken.append(BrokenFile(kept.file, str(error)))
    gone = {each.file.id for each in broken}
    return RuleBook(tuple(kept for kept in book.kept if kept.file.id not in gone)), tuple(broken)


def read_file(path: Path) -> bytes:
    """The bytes of a chosen file. Raises ``FileUnreadable``."""
    try:
        if path.stat().st_size > _MAX_WORD_BYTES:
            raise FileUnreadable(f"Tệp “{path.name}” lớn hơn 10 MB, không phải tệp quy định hay mẫu giấy tờ.")
        return path.read_bytes()
    except OSError as error:
        raise FileUnreadable(
            f"Chưa đọc được tệp “{path.name}”: tệp không còn ở đó hoặc đang bị chương trình khác giữ. "
            "Đồng chí chọn lại tệp."
        ) from error


def look_at(tx: ReadTransaction, today: date, path: Path, form_code: str = "") -> RuleLook:
    """Look at a chosen file: data file, Word template (for ``form_code``) or package."""
    looking = _Looking(tx, today)
    if path.suffix.lower() == SUFFIX:
        bundle = read_bundle(path)
        return RuleLook(path.name, looking.bundle(bundle), bundle.made_by, bundle.made_on)
    data = read_file(path)
    if path.suffix.lower() == WORD_SUFFIX:
        return RuleLook(path.name, (looking.template(path.name, data, form_code),))
    return RuleLook(path.name, (looking.data_file(path.name, data),))


def look_at_text(tx: ReadTransaction, today: date, origin: str, text: str) -> RuleFileView:
    """The same for a text made on screen."""
    return _Looking(tx, today).data_file(origin, text.encode())


class _Looking:
    """What the book knows, read once for all parts of a package."""

    def __init__(self, tx: ReadTransaction, today: date) -> None:
        self._book, _broken = sound_part(rule_book_in(tx))
        self._files = rule_file_queries.rule_files(tx)
        self._own_codes = frozenset(each.code for each in own_sets_in(tx))
        self._first_open = max(max(closed_years_in(tx), default=0) + 1, cell_in(tx).first_year)
        self._reviews = rule_file_queries.reviews_by_rules(tx)
        self._today = today

    def bundle(self, bundle: Bundle) -> tuple[RuleFileView, ...]:
        """Every part; a rule set may name the forms and profiles that come with it."""
        beside: list[RuleContent] = []
        for file in bundle.files:
            if file.kind is not RuleFileKind.TEMPLATE:
                try:
                    beside.append(read_rules(text_of(file.data, file.name), file.name).content)
                except DataFileInvalid:
                    continue  # told below, at the file's own place
        return tuple(self._bundled(file, beside) for file in bundle.files)

    def _bundled(self, file: BundledFile, beside: Sequence[RuleContent]) -> RuleFileView:
        if file.kind is RuleFileKind.TEMPLATE:
            return self.template(file.name, file.data, file.key, file.from_year)
        return self.data_file(file.name, file.data, beside, file.from_year)

    def data_file(
        self, origin: str, data: bytes, beside: Sequence[RuleContent] = (), meant_from: int = 0
    ) -> RuleFileView:
        """A rule set, scoring profile, content set or form; what cannot be read comes back as a problem."""
        try:
            text = text_of(data, origin)
            read = read_rules(text, origin)
        except DataFileInvalid as error:
            return RuleFileView(origin, data, RuleFileKind.RULE_SET, problems=(str(error),))
        first = max(self._first_open, read.first_year or 0)
        year = self._proposed(first, read.last_year, meant_from)
        used = _content(self._book, read.kind, read.key, year)
        return RuleFileView(
            origin,
            data,
            read.kind,
            read.key,
            read.title,
            read.source,
            read.years_text,
            read.unverified,
            is_new=used is None,
            changes=changes_between(used, read.content) if used is not None else (),
            problems=(
                *problems_beside(read, DataFile(origin, text), self._known(year, beside)),
                *self._years_gone(read, first),
            ),
            warnings=(*_lost_parts(used, read.content), *self._other_sets(read, year)),
            first_year=first,
            last_year=read.last_year,
            proposed_year=year,
            kept=self._versions(read.kind, read.key),
            touched=self._touched(read, first),
            content=read.content,
        )

    def template(self, origin: str, data: bytes, form_code: str, meant_from: int = 0) -> RuleFileView:
        """An office's own Word template for one form."""
        from app.services.word_templates import fields_in_template, problems_in_template

        first = self._first_open
        year = self._proposed(first, None, meant_from)
        form = _content(self._book, RuleFileKind.FORM, form_code, year)
        name = f" cho {form.name}" if isinstance(form, FormTemplate) else ""
        fields: tuple[TemplateField, ...] = ()
        if isinstance(form, FormTemplate):
            problems = problems_in_template(data, origin, form)
            fields = fields_in_template(data, form) if not problems else fields_of(form)
        else:
            problems = ("Đồng chí chọn giấy tờ dùng mẫu Word này.",)
        return RuleFileView(
            origin,
            data,
            RuleFileKind.TEMPLATE,
            form_code,
            f"Mẫu Word{name}",
            is_new=self._book.template(form_code, year) is None,
            problems=problems,
            first_year=first,
            proposed_year=year,
            kept=self._versions(RuleFileKind.TEMPLATE, form_code),
            fields=fields,
        )

    def _proposed(self, first: int, last: int | None, meant_from: int) -> int:
        year = max(first, meant_from or self._today.year)
        return year if last is None else max(first, min(year, last))

    def _known(self, year: int, beside: Sequence[RuleContent]) -> KnownRules:
        book = self._book
        forms = {form.code: form for form in book.forms(year)}
        profiles = {profile.id: profile for profile in book.profiles(year)}
        for each in beside:
            if isinstance(each, FormTemplate):
                forms.setdefault(each.code, each)
            elif isinstance(each, ScoringProfile):
                profiles[each.id] = each
        groups = {group.code for rule_set in book.rule_sets(year) for group in rule_set.exempt_groups}
        return KnownRules(forms, profiles, book.content_sets(year), self._own_codes, frozenset(groups))

    def _years_gone(self, read: ReadRules, first: int) -> tuple[str, ...]:
        if read.last_year is None or read.last_year >= first:
            return ()
        return (
            f"Tệp này dùng cho {read.years_text}, các năm đó đã qua hoặc đã khóa và giữ nguyên quy định của "
            f"mình. Sổ nhận quy định mới từ năm {self._first_open}.",
        )

    def _versions(self, kind: RuleFileKind, key: str) -> tuple[RuleFile, ...]:
        return tuple(file for file in self._files if file.kind is kind and file.key == key)

    def _other_sets(self, read: ReadRules, year: int) -> tuple[str, ...]:
        """Another set rules the year under another key: sheets begun under it stay with it."""
        try:
            ruling = self._book.rules_of(year)
        except NoRules:
            return ()
        if not isinstance(read.content, RuleSet) or ruling.key == read.key:
            return ()
        return (
            f"Từ năm {year}, bộ này dùng thay bộ “{ruling.key}” cho bản kiểm điểm lập mới; "
            f"bản đã lập vẫn theo bộ “{ruling.key}”.",
        )

    def _touched(self, read: ReadRules, first: int) -> tuple[tuple[int, int], ...]:
        counts: dict[int, int] = {}
        for line in self._reviews:
            if line.year >= first and line.uses(read.kind, read.key):
                counts[line.year] = counts.get(line.year, 0) + line.count
        return tuple(sorted(counts.items()))


def _content(book: RuleBook, kind: RuleFileKind, key: str, year: int) -> RuleContent | None:
    """What is used now under a key; a new rule set is seen beside the one that rules its year."""
    found: Sequence[tuple[str, RuleContent]]
    if kind is RuleFileKind.RULE_SET:
        found = [(each.key, each) for each in book.rule_sets(year)]
        if key not in dict(found):
            key = _ruling_key(book, year)
    elif kind is RuleFileKind.SCORING:
        found = [(each.id, each) for each in book.profiles(year)]
    elif kind is RuleFileKind.CONTENT_SET:
        found = [(each.code, each) for each in book.content_sets(year)]
    else:
        found = [(each.code, each) for each in book.forms(year)]
    return dict(found).get(key)


def _ruling_key(book: RuleBook, year: int) -> str:
    try:
        return book.rules_of(year).key
    except NoRules:
        return ""


def _lost_parts(used: RuleContent | None, new: RuleContent) -> tuple[str, ...]:
    if not isinstance(used, FormTemplate) or not isinstance(new, FormTemplate):
        return ()
    lost = [section for section in used.written_sections if new.section(section.key) is None]
    if not lost:
        return ()
    names = "; ".join(section.short or section.heading for section in lost)
    return (
        f"Mẫu mới không còn phần: {names}. Lời đã viết ở phần đó của năm bắt đầu dùng vẫn giữ trong sổ "
        "nhưng không in ra.",
    )


def kept_file(view: RuleFileView, year: int, today: date) -> KeptFile:
    """A file looked at, as it would stand in the book."""
    file = RuleFile(view.kind, view.key, year, view.title, view.source, view.origin, view.digest, today)
    return KeptFile(file, view.data)
