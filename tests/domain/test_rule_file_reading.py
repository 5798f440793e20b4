"""Files of rules: told apart by what they say; whatever stands in one, it is read or refused by line."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.rule_file import RuleFileKind
from app.domain.rule_file_reading import read_rules, text_of
from app.domain.toml_reading import DataFileInvalid
from app.locations import resource

FOLDERS = {
    "rule_sets": RuleFileKind.RULE_SET,
    "scoring": RuleFileKind.SCORING,
    "content_sets": RuleFileKind.CONTENT_SET,
    "forms": RuleFileKind.FORM,
}
SHIPPED = [
    (path, kind) for folder, kind in FOLDERS.items() for path in sorted(resource(folder).glob("*.toml"))
]
SMALL = [
    resource(*place).read_text(encoding="utf-8")
    for place in (
        ("scoring", "P5.toml"),
        ("content_sets", "G.toml"),
        ("forms", "F25_2C.toml"),
        ("rule_sets", "2018.toml"),
    )
]
ODD = ("nan", "-1", "[]", "{}", '""', "true", "2025-01-01", '"\\u0000"', "[{a = 1}]", "1e400")


@pytest.mark.parametrize(("path", "kind"), SHIPPED, ids=lambda each: getattr(each, "stem", ""))
def test_every_shipped_file_is_known_for_what_it_is(path: Path, kind: RuleFileKind) -> None:
    read = read_rules(path.read_text(encoding="utf-8"), path.name)

    assert (read.kind, read.key.replace(".", "_")) == (kind, path.stem)
    assert read.title
    assert read.unverified >= 0


def refusal(text: str) -> str | None:
    try:
        read_rules(text, "thu.toml")
    except DataFileInvalid as error:
        return str(error)
    return None


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_a_file_with_any_line_changed_is_read_or_refused_with_a_line(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(SMALL)).splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    key, is_value, _value = lines[at].partition(" = ")
    change = data.draw(st.sampled_from(("drop", "twice", *(ODD if is_value else ()))))
    lines[at : at + 1] = {"drop": [], "twice": [lines[at]] * 2}.get(change, [f"{key} = {change}"])

    said = refusal("\n".join(lines))

    assert said is None or "dòng" in said


def test_text_of_another_encoding_names_the_line() -> None:
    with pytest.raises(DataFileInvalid, match="dòng 2: chữ không ở bảng mã UTF-8"):
        text_of(b'a = "x"\nb = "\xff"\n', "cu.toml")
