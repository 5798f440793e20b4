"""What a file of rules may not say beside what the book knows: names nobody has, lost signatures."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from app.domain.content_set import ContentSet
from app.domain.form_template import FormTemplate
from app.domain.rule_file_reading import ReadRules
from app.domain.rule_set import RuleSet
from app.domain.scoring import ScoringProfile
from app.domain.toml_reading import DataFile, toml_values

_NAMED = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class KnownRules:
    """What a file may name: forms, profiles, groups of exempt members, contents, and the cell's own sets."""

    forms: Mapping[str, FormTemplate]
    profiles: Mapping[str, ScoringProfile]
    content_sets: tuple[ContentSet, ...]
    own_codes: frozenset[str]
    exempt_codes: frozenset[str]


def problems_beside(read: ReadRules, file: DataFile, known: KnownRules) -> tuple[str, ...]:
    """Every reason why a file that reads well can still not be used, each with its line."""
    content = read.content
    if isinstance(content, RuleSet):
        found = _of_rule_set(content, known)
    elif isinstance(content, FormTemplate):
        found = _of_form(content, file, known)
    elif isinstance(content, ContentSet):
        found = _of_content_set(content, known)
    else:
        found = iter(())
    return tuple(file.problem(path, reason) for path, reason in found)


Found = Iterator[tuple[str, str]]


def _of_rule_set(rule_set: RuleSet, known: KnownRules) -> Found:
    for number, subject in enumerate(rule_set.subjects, start=1):
        if subject.form and subject.form not in known.forms:
            usable = (each.code for each in known.forms.values() if subject.kind in each.subject_kinds)
            yield f"subjects[{number}].form", _nobody("mẫu giấy tờ", subject.form, usable)
        form = known.forms.get(subject.form or "")
        if form and form.subject_kinds and subject.kind not in form.subject_kinds:
            reason = f"mẫu “{form.code}” không dành cho đối tượng “{subject.kind.label}”"
            yield f"subjects[{number}].form", reason
        if subject.profile and subject.profile not in known.profiles:
            usable = (each.id for each in known.profiles.values() if each.subject_kind is subject.kind)
            reason = _nobody("bảng điểm", subject.profile, usable)
            yield f"subjects[{number}].profile", f"{reason}; bảng điểm mới thì nạp tệp bảng điểm trước"
        profile = known.profiles.get(subject.profile or "")
        if profile and profile.subject_kind is not subject.kind:
            reason = f"bảng điểm “{profile.id}” dành cho đối tượng “{profile.subject_kind.label}”"
            yield f"subjects[{number}].profile", reason
    for number, group in enumerate(rule_set.exempt_groups, start=1):
        if group.code not in known.exempt_codes:
            yield f"exempt_groups[{number}].code", _nobody("nhóm đảng viên", group.code, known.exempt_codes)


def _of_content_set(content_set: ContentSet, known: KnownRules) -> Found:
    if content_set.code in known.own_codes:
        yield "code", f"“{content_set.code}” là mã của bộ nội dung chi bộ tự lập; đặt mã khác"
    taken = {
        item.code: each.code
        for each in known.content_sets
        if each.code != content_set.code
        for item in each.items
    }
    for number, item in enumerate(content_set.items, start=1):
        if item.code in taken:
            yield f"items[{number}].code", f"mã “{item.code}” đã là của bộ nội dung “{taken[item.code]}”"


def _of_form(form: FormTemplate, file: DataFile, known: KnownRules) -> Found:
    used = known.forms.get(form.code)
    if used is None and not form.subject_kinds:
        yield "code", _nobody("mẫu giấy tờ", form.code, known.forms) + "; mẫu mới phải ghi subject_kinds"
    if not form.signatures and (form.subject_kinds or (used and used.signatures)):
        yield "signatures", "mẫu chưa có chỗ ký nào, viết mỗi chỗ ký trong một bảng [[signatures]]"
    alike = [used] if used else [each for each in known.forms.values() if each.subject_kinds]
    yield from _of_tables(form, alike)
    yield from _of_places(form, tuple(known.forms.values()))
    said = {name for each in alike for name in _names_in(each)} | {"year", "grounds"}
    for path, text in _texts(toml_values(file.text, file.origin)):
        for name in _NAMED.findall(text):
            if name not in said:
                yield path, _nobody("chỗ điền", f"{{{name}}}", (f"{{{each}}}" for each in said))


def _of_tables(form: FormTemplate, alike: Iterable[FormTemplate]) -> Found:
    columns: dict[str, set[str]] = {}
    for each in alike:
        for section in each.sections:
            if section.columns:
                columns.setdefault(section.rows, set()).update(column.key for column in section.columns)
    for number, section in enumerate(form.sections, start=1):
        if not section.columns:
            continue
        if section.rows not in columns:
            yield f"sections[{number}].rows", _nobody("nguồn dòng", section.rows, columns)
            continue
        for place, column in enumerate(section.columns, start=1):
            if column.key not in columns[section.rows]:
                path = f"sections[{number}].columns[{place}].key"
                yield path, _nobody("cột", column.key, columns[section.rows])


def _of_places(form: FormTemplate, forms: tuple[FormTemplate, ...]) -> Found:
    """Places filled by the program: identity, grades, lines above a signature."""
    identity = {field.key for each in forms for line in each.identity for field in line}
    for row, line in enumerate(form.identity, start=1):
        for place, field in enumerate(line, start=1):
            if field.key not in identity:
                yield f"identity[{row}].fields[{place}].key", _nobody("ô thông tin", field.key, identity)
    grades = {choice.key for each in forms for section in each.sections for choice in section.grades}
    for number, section in enumerate(form.sections, start=1):
        for place, choice in enumerate(section.grades, start=1):
            if choice.key not in grades:
                yield f"sections[{number}].grades[{place}].key", _nobody("dòng mức", choice.key, grades)
    above = {line.key for each in forms for sign in each.signatures for line in sign.lines_above}
    for number, sign in enumerate(form.signatures, start=1):
        for place, words in enumerate(sign.lines_above, start=1):
            if words.key not in above:
                path = f"signatures[{number}].lines_above[{place}].key"
                yield path, _nobody("dòng trên chỗ ký", words.key, above)


def _nobody(what: str, name: str, known: Iterable[str]) -> str:
    return f"không có {what} “{name}”; chỉ nhận: {', '.join(sorted(known)) or '(chưa có)'}"


def _names_in(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield from _NAMED.findall(part)
    elif isinstance(part, tuple):
        for each in part:
            yield from _names_in(each)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _names_in(getattr(part, field.name))


def _texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            yield from _texts(inner, f"{path}[{number}]")
    elif isinstance(value, str):
        yield path, value
