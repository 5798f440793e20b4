"""What a rule set states, fact by fact: words, source, whether it was compared with the original.

Whatever in a rule set carries a source and ``verified`` is a fact; a new kind of rule is listed by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum, StrEnum, auto
from typing import Any

from app.domain.rule_set import CapBase, CapRounding, Deadline, MajorityBase, RuleSet
from app.domain.rule_words import enum_words, field_label, value_words


class FactInput(Enum):
    """How a value is put in."""

    TEXT = auto()
    WHOLE = auto()
    CHOICE = auto()


@dataclass(frozen=True, slots=True)
class FactValue:
    """One value of a fact: where it stands in the file, its name, what it is, the choices if closed."""

    path: str
    label: str
    input: FactInput
    value: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RuleFact:
    """One statement of a rule set. ``group`` is the heading it stands under, ``words`` what it says."""

    group: str
    label: str
    words: str
    values: tuple[FactValue, ...]
    source: str
    verified: bool
    source_path: str
    verified_path: str

    @property
    def id(self) -> str:
        """What tells it from the other facts of the set."""
        return self.verified_path + self.label


_ORDER = (
    "deadlines",
    "exempt_groups",
    "subjects",
    "conditions",
    "block_cases",
    "discipline",
    "links",
    "situations",
    "exemption_kinds",
    "sources",
)
_FIXED = frozenset(
    {"code", "verified", "source", "test", "kind", "kinds", "grade", "effect", "cases", "tickable"}
)
_HALF = 50
_YES_NO = (("true", "Có"), ("false", "Không"))


def facts_of(rule_set: RuleSet) -> tuple[RuleFact, ...]:
    """Every fact of a rule set; first what a cell looks for, the cap and the vote."""
    listed = set(_ORDER) | {"cap", "vote"}
    rest = [field.name for field in fields(rule_set) if field.name not in listed]
    return (
        *_cap_facts(rule_set),
        *_vote_facts(rule_set),
        *(fact for name in (*_ORDER, *rest) for fact in _facts_under(name, getattr(rule_set, name))),
    )


def unverified_facts(rule_set: RuleSet) -> tuple[RuleFact, ...]:
    """The facts nobody compared with the original document yet."""
    return tuple(fact for fact in facts_of(rule_set) if not fact.verified)


def _cap_facts(rule_set: RuleSet) -> Iterator[RuleFact]:
    cap, group = rule_set.cap, field_label("cap")
    share = FactValue("cap.percent", "Mức tối đa (%)", FactInput.WHOLE, str(cap.percent))
    allowed = FactValue(
        "cap.percent_exceptional",
        "Mức khi được cho phép (%)",
        FactInput.WHOLE,
        "" if cap.percent_exceptional is None else str(cap.percent_exceptional),
    )
    words = f"{cap.percent}%" + (f", {cap.percent_exceptional}% khi được cho phép" if allowed.value else "")
    yield RuleFact(
        group, "Mức tối đa", words, (share, allowed), cap.source, cap.verified, "cap.source", "cap.verified"
    )
    yield _chosen(group, "cap.base", cap.base, cap.base_source or cap.source, verified=cap.base_verified)
    yield _chosen(
        group,
        "cap.rounding",
        cap.rounding,
        cap.rounding_source or "Bỏ phần lẻ thì không bao giờ vượt quy định",
        verified=cap.rounding_verified,
    )


def _vote_facts(rule_set: RuleSet) -> Iterator[RuleFact]:
    vote, group = rule_set.vote, field_label("vote")
    base = _chosen(group, "vote.majority_base", vote.majority_base, vote.source, verified=vote.verified)
    share = FactValue(
        "vote.threshold_percent",
        field_label("threshold_percent"),
        FactInput.WHOLE,
        str(vote.threshold_percent),
    )
    words = base.words if vote.threshold_percent == _HALF else f"{base.words}, quá {vote.threshold_percent}%"
    yield replace(
        base,
        words=words,
        values=(*base.values, share),
        source_path="vote.source",
        verified_path="vote.verified",
    )
    secret = "Phiếu kín" if vote.secret else "Giơ tay"
    options = (("true", "Phiếu kín"), ("false", "Giơ tay"))
    form = FactValue("vote.secret", "Hình thức", FactInput.CHOICE, str(vote.secret).lower(), options)
    form_source = vote.form_source or "Hội nghị chọn; thường bỏ phiếu kín"
    yield RuleFact(
        group,
        "Hình thức",
        secret,
        (form,),
        form_source,
        vote.form_verified,
        "vote.form_source",
        "vote.form_verified",
    )
    numbers = (("1", "Một vòng"), ("2", "Hai vòng"))
    rounds = FactValue("vote.rounds", "Số vòng", FactInput.CHOICE, str(vote.rounds), numbers)
    yield RuleFact(
        group,
        "Số vòng",
        dict(numbers)[rounds.value],
        (rounds,),
        vote.rounds_source or "Hai vòng: bình chọn riêng mức xuất sắc",
        vote.rounds_verified,
        "vote.rounds_source",
        "vote.rounds_verified",
    )


def _chosen(
    group: str, path: str, value: CapBase | CapRounding | MajorityBase, source: str, *, verified: bool
) -> RuleFact:
    label = field_label(path.rpartition(".")[2])
    options = tuple((each.value, enum_words(each)) for each in type(value))
    one = FactValue(path, label, FactInput.CHOICE, value.value, options)
    return RuleFact(
        group, label, enum_words(value), (one,), source, verified, f"{path}_source", f"{path}_verified"
    )


def _facts_under(name: str, found: Any) -> Iterator[RuleFact]:
    if is_dataclass(found):
        found, paths = (found,), [name]
    elif isinstance(found, tuple):
        paths = [f"{name}[{number}]" for number in range(1, len(found) + 1)]
    else:
        return
    for each, path in zip(found, paths, strict=True):
        if hasattr(each, "verified"):
            yield _fact(name, path, each)


def _fact(name: str, path: str, stated: Any) -> RuleFact:
    values = tuple(
        value
        for field in fields(stated)
        if field.name not in _FIXED
        and (value := _value(name, f"{path}.{field.name}", getattr(stated, field.name)))
    )
    return RuleFact(
        field_label(name),
        _label(stated),
        _words(stated, tuple(value for value in values if value.path != f"{path}.label")),
        values,
        getattr(stated, "source", "") or value_words(getattr(stated, "issued_on", None)),
        stated.verified,
        f"{path}.source" if hasattr(stated, "source") else "",
        f"{path}.verified",
    )


def _words(stated: Any, values: tuple[FactValue, ...]) -> str:
    if isinstance(stated, Deadline):
        return f"trước ngày {stated.day:02d}/{stated.month:02d}" + (" năm sau" if stated.next_year else "")
    if text := getattr(stated, "text", ""):
        return str(text)
    return "; ".join(
        f"{value.label}: {_shown(value)}" if len(values) > 1 else _shown(value) for value in values
    )


def _label(stated: Any) -> str:
    kinds = ", ".join(kind.short for kind in getattr(stated, "kinds", ()))
    if hasattr(stated, "grade"):
        return f"{stated.grade.short} · {kinds}"
    if hasattr(stated, "label"):
        return f"{stated.label} ({kinds})" if kinds else str(stated.label)
    for field in ("number", "test", "kind"):
        value = getattr(stated, field, "")
        if isinstance(value, StrEnum):
            return str(getattr(value, "short", "") or enum_words(value))
        if value:
            return str(value)
    return field_label("discipline")


def _value(table: str, path: str, value: Any) -> FactValue | None:
    label = field_label(path.rpartition(".")[2], table)
    if isinstance(value, bool):
        return FactValue(path, label, FactInput.CHOICE, str(value).lower(), _YES_NO) if value else None
    if isinstance(value, int):
        return FactValue(path, label, FactInput.WHOLE, str(value)) if value else None
    if isinstance(value, StrEnum):
        options = tuple((each.value, enum_words(each)) for each in type(value))
        return FactValue(path, label, FactInput.CHOICE, value.value, options)
    if isinstance(value, str) and value:
        return FactValue(path, label, FactInput.TEXT, value)
    return None


def _shown(value: FactValue) -> str:
    return dict(value.options).get(value.value, value.value)
