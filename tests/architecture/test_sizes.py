"""Files and classes stay small enough to read in one sitting; every module says its role."""

import ast

import pytest

from tests.architecture.source_tree import ROOT, modules, place, tree

FILE_LINES = 400
CLASS_LINES = 250
SOURCES = [ROOT / "run.py", *modules("app", "benchmarks")]


def test_no_file_is_too_long() -> None:
    lengths = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}

    assert {path: lines for path, lines in lengths.items() if lines > FILE_LINES} == {}


def test_no_class_is_too_long() -> None:
    lengths = {
        f"{place(path)}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
    }

    assert {name: lines for name, lines in lengths.items() if lines > CLASS_LINES} == {}


def test_every_module_says_its_role() -> None:
    every = [*SOURCES, *modules("migrations", "tests")]

    assert [place(path) for path in every if not ast.get_docstring(tree(path))] == []


@pytest.mark.parametrize("folder", ["domain", "services"])
def test_everything_public_that_people_build_on_is_described(folder: str) -> None:
    silent = [
        f"{place(path)}: {node.name}"
        for path in modules(f"app/{folder}")
        for node in tree(path).body
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]

    assert silent == []
