"""Rule sets, forms, content sets and scoring profiles: those shipped, and an office's own beside them.

Each kind is read once, when first asked for; a single form or profile is read without its neighbours.
Files kept in a book come as ``extra``: one with the key of a shipped file stands in its place.
"""

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from app.domain.content_set import ContentSet, parse_content_set
from app.domain.errors import NotFound
from app.domain.form_file import parse_form
from app.domain.form_template import FormTemplate
from app.domain.grade import SubjectKind
from app.domain.rule_set import RuleSet, rule_set_for_year
from app.domain.rule_set_file import parse_rule_set
from app.domain.scoring import ScoringProfile, parse_scoring_profile
from app.locations import resource

T = TypeVar("T")


class OwnFile(NamedTuple):
    """A data file an office keeps in its book: its name for messages, and its text."""

    origin: str
    text: str


@cache
def shipped_rule_sets() -> tuple[RuleSet, ...]:
    """The rule sets shipped with the program, oldest first."""
    return _read_folder("rule_sets", parse_rule_set)


@cache
def shipped_content_sets() -> tuple[ContentSet, ...]:
    """The content sets shipped with the program; the default one first, then by code."""
    content_sets = _read_folder("content_sets", parse_content_set)
    return tuple(sorted(content_sets, key=lambda each: not each.is_default))


@cache
def shipped_scoring_profiles() -> tuple[ScoringProfile, ...]:
    """The scoring profiles shipped with the program."""
    return _read_folder("scoring", parse_scoring_profile)


@cache
def shipped_forms() -> tuple[FormTemplate, ...]:
    """All forms shipped with the program; to use one, ``shipped_form`` is quicker."""
    return tuple(shipped_form(path.stem) for path in _files("forms"))


@cache
def shipped_form(code: str) -> FormTemplate:
    """One shipped form by its code, for example "F25_2C" or "REGISTER"."""
    path = resource("forms", f"{code}.toml")
    if not path.is_file():
        raise NotFound(
            f"Chương trình không có mẫu giấy tờ mã “{code}”. "
            "Đồng chí chọn mẫu khác, hoặc nạp mẫu này ở Thiết lập, mục Mẫu giấy tờ."
        )
    return _read(path, parse_form)


def rule_sets(extra: Iterable[OwnFile] = ()) -> tuple[RuleSet, ...]:
    """The shipped rule sets with an office's own added or standing in their place."""
    return _merged(shipped_rule_sets(), extra, parse_rule_set, lambda rule_set: rule_set.key)


def rules_of(year: int, extra: Iterable[OwnFile] = ()) -> RuleSet:
    """The rules of a rating year."""
    return rule_set_for_year(rule_sets(extra), year)


def content_sets(extra: Iterable[OwnFile] = ()) -> tuple[ContentSet, ...]:
    """The shipped content sets with an office's own added or standing in their place."""
    return _merged(shipped_content_sets(), extra, parse_content_set, lambda each: each.code)


def scoring_profiles(extra: Iterable[OwnFile] = ()) -> tuple[ScoringProfile, ...]:
    """The shipped scoring profiles with an office's own added or standing in their place."""
    return _merged(shipped_scoring_profiles(), extra, parse_scoring_profile, lambda profile: profile.id)


def form_for(rule_set: RuleSet, kind: SubjectKind, extra: Iterable[OwnFile] = ()) -> FormTemplate:
    """The review form of a kind of subject under a rule set; never chosen by the form's letter."""
    subject = rule_set.subject(kind)
    if subject is None or subject.form is None:
        raise NotFound(
            f"Bộ quy định {rule_set.key} ({rule_set.title}) chưa có mẫu bản kiểm điểm cho đối tượng "
            f"“{kind.label}”. Đồng chí nạp mẫu ở Thiết lập, mục Mẫu giấy tờ."
        )
    return form_of(subject.form, extra)


def form_of(code: str, extra: Iterable[OwnFile] = ()) -> FormTemplate:
    """A form by its code: an office's own, else the shipped one."""
    for own in extra:
        form = _parsed_form(own)
        if form.code == code:
            return form
    return shipped_form(code)


def forms(extra: Iterable[OwnFile] = ()) -> tuple[FormTemplate, ...]:
    """The shipped forms with an office's own added or standing in their place."""
    by_code = {form.code: form for form in shipped_forms()}
    by_code |= {form.code: form for form in map(_parsed_form, extra)}
    return tuple(by_code.values())


@lru_cache(maxsize=64)
def _parsed_form(own: OwnFile) -> FormTemplate:
    return parse_form(own.text, own.origin)


def shipped_text(folder: str, name: str) -> OwnFile | None:
    """A shipped data file as it is written, to start an own one from; nothing when there is none."""
    path = next((each for each in _files(folder) if each.stem == name), None)
    return None if path is None else OwnFile(path.name, path.read_text(encoding="utf-8"))


def profile_for(rule_set: RuleSet, kind: SubjectKind, extra: Iterable[OwnFile] = ()) -> ScoringProfile | None:
    """The usual scoring profile of a kind of subject; nothing where the rule set knows no points."""
    subject = rule_set.subject(kind)
    if subject is None or subject.profile is None:
        return None
    return next((each for each in scoring_profiles(extra) if each.id == subject.profile), None)


def _files(folder: str) -> list[Path]:
    return sorted(resource(folder).glob("*.toml"))


def _read_folder(folder: str, parse: Callable[[str, str], T]) -> tuple[T, ...]:
    return tuple(_read(path, parse) for path in _files(folder))


def _read(path: Path, parse: Callable[[str, str], T]) -> T:
    return parse(path.read_text(encoding="utf-8"), path.name)


def _merged(
    shipped: tuple[T, ...],
    extra: Iterable[OwnFile],
    parse: Callable[[str, str], T],
    key: Callable[[T], str],
) -> tuple[T, ...]:
    by_key = {key(each): each for each in shipped}
    for own in extra:
        parsed = _parsed(parse, own)
        by_key.pop(key(parsed), None)
        by_key[key(parsed)] = parsed
    return tuple(by_key.values())


@lru_cache(maxsize=64)
def _parsed(parse: Callable[[str, str], T], own: OwnFile) -> T:
    return parse(own.text, own.origin)
