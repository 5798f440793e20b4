"""Facts of rule sets: each is listed once, with words, and a value put in stands in the file read again."""

from typing import Any

import pytest

from app.domain.rule_facts import FactInput, facts_of, unverified_facts
from app.domain.rule_set import CapRounding, RuleSet
from app.domain.rule_set_file import parse_rule_set
from app.domain.toml_edit import TomlValue, with_values
from app.locations import resource
from app.services.rules import shipped_rule_sets

SETS = shipped_rule_sets()
RULES_2025 = resource("rule_sets", "2025.toml").read_text(encoding="utf-8")


def count_unverified(text: str) -> int:
    return sum(line.startswith("verified = false") for line in text.splitlines())


@pytest.mark.parametrize("rule_set", SETS, ids=lambda each: each.key)
def test_every_fact_not_compared_yet_is_listed_once(rule_set: RuleSet) -> None:
    text = resource("rule_sets", f"{rule_set.key}.toml").read_text(encoding="utf-8")
    facts = unverified_facts(rule_set)

    assert len({fact.id for fact in facts_of(rule_set)}) == len(facts_of(rule_set))
    plain = [fact for fact in facts if fact.group not in ("Tỉ lệ hoàn thành xuất sắc", "Biểu quyết")]
    in_cap_and_vote = (not rule_set.cap.verified) + (not rule_set.vote.verified) + (not rule_set.verified)
    assert len(plain) == count_unverified(text) - in_cap_and_vote


@pytest.mark.parametrize("rule_set", SETS, ids=lambda each: each.key)
def test_each_value_can_be_put_in_where_its_fact_says(rule_set: RuleSet) -> None:
    text = resource("rule_sets", f"{rule_set.key}.toml").read_text(encoding="utf-8")
    for fact in facts_of(rule_set):
        values: dict[str, TomlValue] = {fact.verified_path: True}
        if fact.source_path:
            values[fact.source_path] = "Văn bản 01"
        for value in fact.values:
            if value.value:
                typed: TomlValue = int(value.value) if value.input is FactInput.WHOLE else value.value
                values[value.path] = typed if value.value not in ("true", "false") else value.value == "true"
        if fact.values and fact.values[0].path.endswith("rounds"):
            values["vote.rounds"] = 1
        again = parse_rule_set(with_values(text, values), "thu.toml")
        found = next(each for each in facts_of(again) if each.id == fact.id)
        assert found.verified
        assert found.words == fact.words
        assert not fact.source_path or found.source == "Văn bản 01"


def test_one_correction_leaves_the_rest_of_the_file_alone() -> None:
    new = with_values(RULES_2025, {"cap.rounding": "half_up", "cap.rounding_source": 'CV "5"\\x'})
    read = parse_rule_set(new, "sua.toml")

    assert read.cap.rounding is CapRounding.HALF_UP
    assert read.cap.rounding_source == 'CV "5"\\x'
    assert len(set(new.splitlines()) ^ set(RULES_2025.splitlines())) == 3


@pytest.mark.parametrize(
    ("text", "values", "wanted"),
    [
        ("a = { b = 1 }\n", {"a.c": 2}, {"a": {"b": 1, "c": 2}}),
        ("a = {}", {"a.c": "x"}, {"a": {"c": "x"}}),
        ("[a] # lời ghi\nb = 1", {"a.c": True}, {"a": {"c": True, "b": 1}}),
        ("[a]\nb = 1", {"c": 3}, {"c": 3, "a": {"b": 1}}),
        ("[a]", {"a.b": "hai\ndòng"}, {"a": {"b": "hai\ndòng"}}),
    ],
)
def test_a_key_its_table_lacks_is_added(text: str, values: dict[str, TomlValue], wanted: Any) -> None:
    import tomllib

    assert tomllib.loads(with_values(text, values)) == wanted
