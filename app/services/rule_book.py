"""The rules as one book knows them: those shipped, and the office's own files from their first year on.

A file kept for 2026 leaves 2025 and earlier as they were: an old year opens, computes and prints as it did.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from app.db import rule_file_queries
from app.db.transactions import ReadTransaction
from app.domain.content_set import ContentSet
from app.domain.errors import NoRules, NotFound
from app.domain.form_template import FormTemplate
from app.domain.grade import SubjectKind
from app.domain.rule_file import RuleFile, RuleFileKind
from app.domain.rule_set import RuleSet
from app.domain.scoring import ScoringProfile
from app.services import rules
from app.services.rules import OwnFile
from app.services.workspace import Act, Workspace


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of rules with its bytes."""

    file: RuleFile
    data: bytes

    def as_text(self) -> OwnFile:
        """The file as the readers of rules take it."""
        return OwnFile(self.file.origin, self.data.decode("utf-8-sig"))


@dataclass(frozen=True, slots=True)
class RuleSetUse:
    """A rule set and the years it rules; ``last_year`` None: it goes on; ``file`` when it is an own one."""

    rule_set: RuleSet
    first_year: int
    last_year: int | None
    file: RuleFile | None

    @property
    def years_text(self) -> str:
        """The years ruled, in words."""
        if self.last_year is None:
            return f"Năm {self.first_year} trở đi"
        years = self.first_year, self.last_year
        return f"Năm {years[0]}" if years[0] == years[1] else f"Năm {years[0]}–{years[1]}"


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Rules, forms, profiles and contents by rating year. ``kept`` are the office's own files."""

    kept: tuple[KeptFile, ...] = ()

    def rules_of(self, year: int) -> RuleSet:
        """The rule set of a rating year. Raises ``NoRules``."""
        return rules.rules_of(year, self._own(RuleFileKind.RULE_SET, year))

    def rule_set(self, key: str, year: int) -> RuleSet:
        """The set a record of a year remembers by its key. Raises ``NotFound``."""
        known = rules.rule_sets(self._own(RuleFileKind.RULE_SET, year))
        found = next((each for each in known if each.key == key), None)
        if found is None:
            raise NotFound(
                f"Sổ không còn bộ quy định “{key}” dùng cho năm {year}. "
                "Đồng chí nạp lại tệp bộ quy định đó ở Thiết lập, mục Quy định."
            )
        return found

    def form(self, code: str, year: int) -> FormTemplate:
        """A form by its code as used for a year. Raises ``NotFound``."""
        return rules.form_of(code, self._own(RuleFileKind.FORM, year))

    def form_for(self, rule_set: RuleSet, kind: SubjectKind, year: int) -> FormTemplate:
        """The review form of a kind of subject; never chosen by the form's letter. Raises ``NotFound``."""
        return rules.form_for(rule_set, kind, self._own(RuleFileKind.FORM, year))

    def profiles(self, year: int) -> tuple[ScoringProfile, ...]:
        """Every scoring profile usable for a year."""
        return rules.scoring_profiles(self._own(RuleFileKind.SCORING, year))

    def profile(self, profile_id: str, year: int) -> ScoringProfile | None:
        """A scoring profile by its id as used for a year."""
        return next((each for each in self.profiles(year) if each.id == profile_id), None)

    def profile_for(self, rule_set: RuleSet, kind: SubjectKind, year: int) -> ScoringProfile | None:
        """The usual profile of a kind of subject; nothing where the rule set knows no points.

        An office that keeps a profile of its own for the kind means it to be used.
        """
        subject = rule_set.subject(kind)
        if subject is None or subject.profile is None:
            return None
        kept = sorted(self._of(RuleFileKind.SCORING, year), key=lambda each: each.file.from_year)
        own = [profile for each in kept if (profile := self.profile(each.file.key, year))]
        usable = [profile for profile in own if profile.subject_kind is kind]
        if usable:
            return next((each for each in usable if each.id == subject.profile), usable[-1])
        return rules.profile_for(rule_set, kind, self._own(RuleFileKind.SCORING, year))

    def content_sets(self, year: int) -> tuple[ContentSet, ...]:
        """Every content set shipped or kept from a file, usable for a year."""
        return rules.content_sets(self._own(RuleFileKind.CONTENT_SET, year))

    def template(self, form_code: str, year: int) -> KeptFile | None:
        """The office's own Word template for a form, if one is kept."""
        templates = self._of(RuleFileKind.TEMPLATE, year)
        return next((each for each in templates if each.file.key == form_code), None)

    def forms(self, year: int) -> tuple[FormTemplate, ...]:
        """Every form usable for a year, the office's own in place of the shipped ones."""
        return rules.forms(self._own(RuleFileKind.FORM, year))

    def rule_sets(self, year: int) -> tuple[RuleSet, ...]:
        """Every rule set known for a year; which one rules it, ``rules_of`` says."""
        return rules.rule_sets(self._own(RuleFileKind.RULE_SET, year))

    def sets_in_use(self, this_year: int) -> tuple[RuleSetUse, ...]:
        """Which set rules which years, newest first; looked at up to the last year anything changes."""
        last = max((this_year + 1, *(each.file.from_year + 1 for each in self.kept)))
        uses: list[RuleSetUse] = []
        for year in range(min(each.year_from for each in self.rule_sets(this_year)), last + 1):
            try:
                ruling = self.rules_of(year)
            except NoRules:
                continue
            if uses and uses[-1].rule_set == ruling and uses[-1].last_year == year - 1:
                uses[-1] = replace(uses[-1], last_year=year)
            else:
                kept = self.file_in_use(RuleFileKind.RULE_SET, ruling.key, year)
                uses.append(RuleSetUse(ruling, year, year, kept.file if kept else None))
        if uses and uses[-1].last_year == last:
            uses[-1] = replace(uses[-1], last_year=uses[-1].rule_set.year_to)
        return tuple(reversed(uses))

    def file_in_use(self, kind: RuleFileKind, key: str, year: int) -> KeptFile | None:
        """The office's own file used for a year, nothing while the shipped one is."""
        return next((each for each in self._of(kind, year) if each.file.key == key), None)

    def with_file(self, kept: KeptFile) -> "RuleBook":
        """The rules as they would be with one more file, for a look before it is kept."""
        same = (kept.file.kind, kept.file.key, kept.file.from_year)
        others = [each for each in self.kept if (each.file.kind, each.file.key, each.file.from_year) != same]
        return RuleBook(tuple(sorted((*others, kept), key=lambda each: each.file.from_year)))

    def _own(self, kind: RuleFileKind, year: int) -> tuple[OwnFile, ...]:
        return tuple(each.as_text() for each in self._of(kind, year))

    def _of(self, kind: RuleFileKind, year: int) -> Iterator[KeptFile]:
        latest: dict[str, KeptFile] = {}
        for each in self.kept:  # by key, then by first year: the latest that has begun stays
            if each.file.kind is kind and each.file.from_year <= year:
                latest[each.file.key] = each
        # Of two rule sets ruling one year the later is used: the one begun, then the one kept, later.
        yield from sorted(
            latest.values(),
            key=lambda each: (each.file.from_year, each.file.added_on, each.file.kept_order),
        )


SHIPPED = RuleBook()


def rule_book_in(tx: ReadTransaction) -> RuleBook:
    """The rules of the open book; nothing but one small select while the office keeps no files."""
    files = rule_file_queries.rule_files(tx)
    if not files:
        return SHIPPED
    return RuleBook(tuple(KeptFile(each, _content(tx, each)) for each in files))


def open_rule_book(ws: Workspace) -> RuleBook:
    """The rules as this book knows them, for showing them."""
    ws.must(Act.LOOK)
    with ws.read() as tx:
        return rule_book_in(tx)


def _content(tx: ReadTransaction, file: RuleFile) -> bytes:
    known = _contents().get(file.digest)
    if known is None:
        data = rule_file_queries.file_content(tx, file.digest)
        if data is None:
            raise NotFound(f"Tệp “{file.origin}” không còn trong sổ. Đồng chí nạp lại tệp này ở Thiết lập.")
        known = _contents()[file.digest] = data
    return known


@lru_cache(maxsize=1)
def _contents() -> dict[str, bytes]:
    """Contents read once: under one digest they never change."""
    return {}
