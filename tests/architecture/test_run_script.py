"""run.py is the first thing people run: it must answer on any Python and agree with the project."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT, imported_by

SCRIPT = ROOT / "run.py"


PROGRAM = """
import os, sys
print(sys.prefix, *sys.argv[1:], os.getcwd(), sep="|")
sys.exit(len(sys.argv))
"""


def run(*words: str, script: Path = SCRIPT, folder: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(script), *words],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout, with accents and a space in its path, of a program that needs no library; set up once."""
    folder = tmp_path_factory.mktemp("checkout") / "Chi bộ Hội"
    (folder / "app").mkdir(parents=True)
    (folder / "app" / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    (folder / "requirements").mkdir()
    (folder / "requirements" / "run.txt").write_text("", encoding="utf-8")
    (folder / "run.py").write_bytes(SCRIPT.read_bytes())
    first = run("first", script=folder / "run.py", folder=folder)
    assert "Đã chuẩn bị xong" in first.stderr, first.stderr
    return folder


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


def test_the_program_gets_the_words_the_folder_and_gives_its_status(checkout: Path, tmp_path: Path) -> None:
    done = run("print", "--year", "2025", script=checkout / "run.py", folder=tmp_path)

    assert done.stdout.strip() == "|".join(
        [str(checkout / ".venv"), "print", "--year", "2025", str(tmp_path)]
    )
    assert done.returncode == 4


def test_a_second_start_goes_straight_to_the_program(checkout: Path) -> None:
    assert run("x", script=checkout / "run.py").stderr == ""


def test_modules_are_compiled_even_where_python_is_told_not_to(checkout: Path) -> None:
    main = checkout / "app" / "__main__.py"
    later = main.stat().st_mtime + 60
    os.utime(main, (later, later))

    run("x", script=checkout / "run.py")

    (compiled,) = (checkout / "app" / "__pycache__").glob("__main__.*.pyc")
    assert int.from_bytes(compiled.read_bytes()[8:12], "little") == int(later)


def test_an_unfinished_set_up_is_made_again(checkout: Path) -> None:
    (checkout / ".venv" / "run.json").unlink()
    rest = checkout / ".venv" / "half-written"
    rest.mkdir()

    done = run("x", script=checkout / "run.py")

    assert "Đã chuẩn bị xong" in done.stderr
    assert done.returncode == 2
    assert not rest.exists()
