"""Correcting one fact of a rule set on screen: a version of its own, with the document that says so."""

import re
from collections.abc import Mapping
from dataclasses import replace

from app.domain.errors import Problem, ValidationFailed
from app.domain.rule_facts import FactInput, FactValue, RuleFact
from app.domain.rule_file import RuleFileKind
from app.domain.rule_set_file import parse_rule_set
from app.domain.text import clean_line
from app.domain.toml_edit import TomlValue, with_values
from app.services.rule_book import rule_book_in
from app.services.rule_files import KeptNow, RuleTarget, current_file, keep_rule_file
from app.services.rule_looking import look_at_text
from app.services.workspace import Act, Workspace

_REASON = re.compile(r"khóa “(.+?)”: (.+?)\. Đồng chí sửa khóa")


def correct_fact(
    ws: Workspace, key: str, fact: RuleFact, values: Mapping[str, str], source: str, from_year: int
) -> KeptNow:
    """Put other values in for a fact, compared with ``source``; earlier years keep what they had.

    Raises ``ValidationFailed`` naming the value by its path in the file.
    """
    ws.must(Act.CORRECT_RULES)
    source = clean_line(source)
    typed, problems = _typed(fact, values)
    if not source:
        problems.append(
            Problem("source", "Chưa ghi văn bản đã đối chiếu, ví dụ Hướng dẫn 43-HD/BTCTW, điểm 7.2.")
        )
    if problems:
        raise ValidationFailed(tuple(problems))
    with ws.read() as tx:
        target = RuleTarget(RuleFileKind.RULE_SET, key)
        origin, data = current_file(rule_book_in(tx), target, from_year)
        marks: dict[str, TomlValue] = {fact.verified_path: True}
        if fact.source_path:
            marks[fact.source_path] = source
        text = _with_marks_of_the_rest(data.decode("utf-8-sig"), origin, {**typed, **marks})
        view = look_at_text(tx, ws.today(), f"{key}-sua.toml", text)
    if view.problems:
        raise ValidationFailed(tuple(_at_its_value(problem) for problem in view.problems))
    return keep_rule_file(ws, replace(view, source=source), from_year, replaces=True)


def _at_its_value(problem: str) -> Problem:
    """What is wrong in the made text, told at the value the person typed; its lines nobody has seen."""
    found = _REASON.search(problem)
    return Problem(found[1], f"Chưa ghi được: {found[2]}.") if found else Problem("values", problem)


def _with_marks_of_the_rest(text: str, origin: str, values: Mapping[str, TomlValue]) -> str:
    """Base and rounds fall back on another mark in the file: write theirs down before that one changes."""
    rule_set = parse_rule_set(text, origin)
    resting = {
        "cap.base_verified": ("cap.verified", rule_set.cap.base_verified),
        "vote.rounds_verified": ("vote.form_verified", rule_set.vote.rounds_verified),
    }
    kept: dict[str, TomlValue] = {
        path: mark for path, (rests_on, mark) in resting.items() if rests_on in values and path not in values
    }
    if "cap.source" in values and not rule_set.cap.base_source:
        kept["cap.base_source"] = rule_set.cap.source
    return with_values(text, {**kept, **values})


def _typed(fact: RuleFact, values: Mapping[str, str]) -> tuple[dict[str, TomlValue], list[Problem]]:
    typed: dict[str, TomlValue] = {}
    problems: list[Problem] = []
    for value in fact.values:
        given = clean_line(values.get(value.path, value.value))
        if given == value.value:
            continue
        if not given or (value.input is FactInput.WHOLE and not given.isdecimal()):
            problems.append(Problem(value.path, _reason(value)))
        else:
            typed[value.path] = _toml_value(value, given)
    return typed, problems


def _toml_value(value: FactValue, given: str) -> TomlValue:
    if value.input is FactInput.WHOLE or all(key.isdecimal() for key, _word in value.options or (("", ""),)):
        return int(given)
    if given in ("true", "false"):
        return given == "true"
    return given


def _reason(value: FactValue) -> str:
    if value.input is FactInput.WHOLE:
        return f"{value.label}: xin ghi một số nguyên."
    return f"{value.label}: không để trống được."
