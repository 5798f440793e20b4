"""What one file of rules says otherwise than another: field by field, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any

from app.domain.rule_words import enum_words, field_label, value_words

_NAMED_BY = ("code", "key", "id", "kind", "number", "test", "label", "text")


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One difference: where, what was said, what is said now; "" for something that is not there."""

    place: str
    old: str
    new: str


def changes_between(old: object, new: object) -> tuple[RuleChange, ...]:
    """Everything a newer rule set, profile, content set or form says otherwise; of one kind both."""
    return tuple(_differences("", "", old, new))


def _differences(place: str, table: str, old: Any, new: Any) -> Iterator[RuleChange]:
    if old == new:
        return
    if is_dataclass(old) and is_dataclass(new):
        for field in fields(new):
            label = field_label(field.name, table)
            inner = f"{place} · {label}" if place else label
            yield from _differences(
                inner, field.name, getattr(old, field.name, None), getattr(new, field.name)
            )
    elif _is_list(old) or _is_list(new):
        yield from _in_lists(place, table, old or (), new or ())
    else:
        yield RuleChange(place, _words(old), _words(new))


def _is_list(value: object) -> bool:
    """A list of parts, not of plain words; an identity line is a list of lists."""
    return (
        isinstance(value, tuple) and bool(value) and (is_dataclass(value[0]) or isinstance(value[0], tuple))
    )


def _in_lists(place: str, table: str, old: tuple[Any, ...], new: tuple[Any, ...]) -> Iterator[RuleChange]:
    before, after = _by_name(old), _by_name(new)
    for name in (*before, *(name for name in after if name not in before)):
        inner = f"{place} · {name}"
        if name not in after:
            yield RuleChange(inner, _words(before[name]), "")
        elif name not in before:
            yield RuleChange(inner, "", _words(after[name]))
        else:
            yield from _differences(inner, table, before[name], after[name])
    kept = [name for name in before if name in after]
    if kept != [name for name in after if name in before]:
        yield RuleChange(f"{place} · Thứ tự", "; ".join(before), "; ".join(after))


def _by_name(parts: tuple[Any, ...]) -> Mapping[str, Any]:
    named: dict[str, Any] = {}
    for number, part in enumerate(parts, start=1):
        name = _name(part) or f"dòng {number}"
        named[f"{name} ({number})" if name in named else name] = part
    return named


def _name(part: Any) -> str:
    if isinstance(part, tuple):
        return "; ".join(_name(each) for each in part)
    if hasattr(part, "grade"):
        kinds = getattr(part, "kinds", ())
        return " · ".join((part.grade.short, *(kind.short for kind in kinds)))
    for field in _NAMED_BY:
        value = getattr(part, field, "")
        if isinstance(value, StrEnum):
            return enum_words(value)
        if value:
            return str(value)
    return ""


def _words(value: Any) -> str:
    """A part told by what makes it known to a reader, a plain value by itself."""
    if not is_dataclass(value):
        return value_words(value)
    for field in ("text", "heading", "treatment", "label", "title", "name"):
        words = getattr(value, field, "")
        if words:
            return value_words(words)
    if formula := getattr(value, "formula", ()):
        return value_words(formula)
    return _name(value) or "có"
