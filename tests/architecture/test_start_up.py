"""Starting is quick because heavy libraries wait until someone needs them; PySide keeps count of None."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT, modules, place

HEAVY = ("PySide6", "alembic", "reportlab", "openpyxl", "pypdfium2", "uharfbuzz", "PIL")


def heavy_after(statements: str) -> set[str]:
    """What a fresh interpreter has loaded of the heavy libraries once it ran these statements."""
    script = f"{statements}\nimport sys\nprint('LOADED', *sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    loaded = done.stdout.rpartition("LOADED")[2].split()
    return set(loaded) & set(HEAVY)


def imports_of(paths: list[Path]) -> str:
    names = [place(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in paths]
    return "\n".join(f"import {name}" for name in names)


def running(*words: str) -> str:
    """Run the program as `python -m app` does, but stay to be asked what was loaded."""
    return (
        "import runpy, sys, contextlib\n"
        f"sys.argv = ['app', *{words!r}]\n"
        "with contextlib.suppress(SystemExit):\n"
        "    runpy.run_module('app', run_name='__main__', alter_sys=True)"
    )


LIGHT = {layer: imports_of(modules(f"app/{layer}")) for layer in ("domain", "services", "cli")}
if (ROOT / "app" / "__main__.py").exists():
    LIGHT["start"] = "import app.__main__"
    LIGHT["version"] = running("--version")
    LIGHT["help"] = running("--help")


@pytest.mark.parametrize("action", LIGHT)
def test_what_needs_nothing_heavy_loads_nothing_heavy(action: str) -> None:
    assert heavy_after(LIGHT[action]) == set()


def test_a_reference_to_none_is_never_lost_in_qt(qtbot: object) -> None:
    """PySide 6.12.0 lost one at every call that returns nothing and then aborted on Python 3.11."""
    widgets = importlib.import_module("PySide6.QtWidgets")
    label = widgets.QLabel()
    before = sys.getrefcount(None)

    for number in range(10_000):
        label.setText("Sổ đăng ký")
        label.resize(100 + number % 2, 20)

    assert sys.getrefcount(None) > before - 1_000
