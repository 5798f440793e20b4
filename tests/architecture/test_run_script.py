"""run.py is the first thing people run: it must answer on any Python and agree with the project."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT, imported_by

SCRIPT = ROOT / "run.py"


def run(*words: str, script: Path = SCRIPT) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(script), *words], capture_output=True, encoding="utf-8", check=False, timeout=60
    )


def test_an_old_python_can_read_it_as_far_as_the_sentence_about_versions() -> None:
    source = SCRIPT.read_text(encoding="utf-8")

    assert ast.parse(source, feature_version=(3, 7))


def test_it_accepts_the_pythons_the_project_declares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    first, last = re.findall(r"\(3, (\d+)\)", SCRIPT.read_text(encoding="utf-8"))[:2]

    assert project["requires-python"] == f">=3.{first},<3.{int(last) + 1}"


def test_it_imports_nothing_but_the_standard_library() -> None:
    imported = {name.split(".")[0] for name in imported_by(SCRIPT)}

    assert imported <= sys.stdlib_module_names


def test_help_lists_its_own_words_without_setting_anything_up(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_bytes(SCRIPT.read_bytes())

    shown = run("help", script=script)

    assert shown.returncode == 0
    assert all(word in shown.stdout for word in ("run.py test", "run.py bench", "run.py help"))
    assert not (tmp_path / ".venv").exists()


def test_a_set_up_that_fails_says_so_and_leaves_no_stamp(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_bytes(SCRIPT.read_bytes())

    done = run("--version", script=script)

    assert done.returncode == 1
    assert "Không" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / ".venv" / "run.json").exists()


@pytest.mark.parametrize("stamp", ["", "[]", '{"python": "cpython 2.7 1"}'])
def test_a_stamp_of_another_make_is_not_trusted(tmp_path: Path, stamp: str) -> None:
    script = tmp_path / "run.py"
    script.write_bytes(SCRIPT.read_bytes())
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "run.json").write_text(stamp, encoding="utf-8")

    done = run("--version", script=script)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
