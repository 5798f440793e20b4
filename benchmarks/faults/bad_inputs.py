"""Spoiled files given to the import of members, to the rules, to Word templates and to packed books.

A file may be taken or refused with a sentence; anything else is a crash. A refused one leaves the book's
history and its count of writes as they were.
"""

import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from app import locations
from app.db.witness import mark_in
from app.domain.errors import NotAllowed, UserError
from app.domain.rule_file import RuleFileKind
from app.services.books import pack_book, unpack_book
from app.services.member_import import apply_member_import, preview_member_import
from app.services.rule_files import (
    RuleTarget,
    keep_rule_files,
    look_at_rule_file,
    look_at_rules,
    save_bundle,
    stop_using,
)
from app.services.word_templates import save_starting_template
from app.services.workspace import Workspace
from benchmarks.faults import mutation
from benchmarks.faults.cell import YEAR, cast_of, make_cell, opened, seated
from benchmarks.faults.outcome import Line, Plan, summed
from benchmarks.faults.session import make_lists

FULL = 2000
_TEMPLATE_FOR = "PLEDGE"
_RULES = ("rule_sets", "scoring", "content_sets", "forms")
Spoil = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True, slots=True)
class _Kind:
    """One way in: sound files to start from, how they are spoiled, and what the person does with them."""

    name: str
    suffix: str
    sound: tuple[bytes, ...]
    spoils: tuple[Spoil, ...]
    take: Callable[[Workspace, Path], None]


def run(plan: Plan) -> Line:
    """Give so many spoiled files, by turns of every kind."""
    begun = time.perf_counter()
    place = plan.folder("bad-inputs")
    make_lists(plan.folder("lists"))
    files = plan.times(FULL)
    problems: list[str] = []
    came_to: Counter[str] = Counter()
    with closing(opened(make_cell(place))) as opened_ws:
        ws = seated(opened_ws, cast_of(opened_ws))
        kinds = _kinds(ws, place, plan.folder("lists"))
        for number in range(files):
            kind = kinds[number % len(kinds)]
            result = _give(ws, place, kind, random.Random(plan.seed * 100_000 + number))
            came_to["nhận" if not result else "từ chối bằng một câu" if result == "refused" else "sập"] += 1
            if result not in ("", "refused"):
                problems.append(f"{kind.name}, tệp {number}: {result}")
    return Line(
        "bad_inputs",
        f"Tệp hỏng hoặc lạ: {', '.join(kind.name for kind in kinds)}",
        files,
        "lần sập, hoặc bị từ chối mà đã ghi dở",
        str(len(problems)),
        not problems,
        time.perf_counter() - begun,
        (", ".join(f"{word}: {count}" for word, count in came_to.items()), *summed(problems)),
    )


def _kinds(ws: Workspace, place: Path, lists: Path) -> tuple[_Kind, ...]:
    both: tuple[Spoil, ...] = (mutation.spoiled_bytes, mutation.spoiled_package)
    text: tuple[Spoil, ...] = (mutation.spoiled_text, mutation.spoiled_text, mutation.spoiled_bytes)
    rules = tuple(
        path.read_bytes() for folder in _RULES for path in sorted(locations.resource(folder).glob("*.toml"))
    )
    listed = tuple(path.read_bytes() for path in sorted(lists.glob("*.xlsx")))
    template = save_starting_template(ws, _TEMPLATE_FOR, YEAR, place / "mau.docx").read_bytes()
    targets = (RuleTarget(RuleFileKind.FORM, "PLEDGE"), RuleTarget(RuleFileKind.RULE_SET, "2025"))
    bundle = save_bundle(ws, targets, YEAR, place / "goi").read_bytes()
    packed = pack_book(ws, place / "so").read_bytes()
    return (
        _Kind(
            "danh sách Excel",
            ".xlsx",
            listed,
            (*both, lambda _data, chance: mutation.odd_sheet(chance)),
            _list,
        ),
        _Kind("tệp quy định", ".toml", rules, text, _rules),
        _Kind("gói quy định", ".goiquydinh", (bundle,), both, _rules),
        _Kind("mẫu Word", ".docx", (template,), both, _template),
        _Kind("bản sao, sổ chép thành một tệp", ".neuguong.zip", (packed,), both, _packed),
    )


def _give(ws: Workspace, place: Path, kind: _Kind, chance: random.Random) -> str:
    """Nothing when the file was taken, "refused" when it was refused well, else what went wrong."""
    path = place / f"tep{kind.suffix}"
    path.write_bytes(chance.choice(kind.spoils)(chance.choice(kind.sound), chance))
    before = _mark(ws)
    try:
        kind.take(ws, path)
    except UserError as error:
        if _mark(ws) != before:
            return "từ chối nhưng sổ đã bị ghi"
        return "refused" if str(error).strip() else "từ chối mà không nói gì"
    except Exception as error:  # noqa: BLE001 - whatever is no sentence is what is looked for
        return f"{type(error).__name__}: {str(error)[:200]}"
    return ""


def _mark(ws: Workspace) -> object:
    with ws.read() as tx:
        return mark_in(tx.connection)


def _list(ws: Workspace, path: Path) -> None:
    looked_at = preview_member_import(ws, path)
    rows = [line.row for line in looked_at.preview.lines if not line.problems]
    apply_member_import(ws, looked_at, rows, looked_at.preview.accepted_by_default())


def _rules(ws: Workspace, path: Path) -> None:
    _keep(ws, path, "")


def _template(ws: Workspace, path: Path) -> None:
    _keep(ws, path, _TEMPLATE_FOR)


def _keep(ws: Workspace, path: Path, form: str) -> None:
    """Look, keep what can be kept, look at all rules, and drop it again where nothing relies on it yet."""
    views = look_at_rule_file(ws, path, form).usable(YEAR)
    if not views:
        return
    kept = keep_rule_files(ws, views, YEAR, replaces=True)
    look_at_rules(ws)
    for each in kept:
        with suppress(NotAllowed):
            stop_using(ws, each.file.id)


def _packed(_ws: Workspace, path: Path) -> None:
    into = path.parent / "ra"
    try:
        opened(unpack_book(path, into)).close()
    finally:
        shutil.rmtree(into, ignore_errors=True)
