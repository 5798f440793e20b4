"""What the architecture tests look at: our modules, and the text files of the checkout."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOPS = ("app", "benchmarks", "migrations")
NOT_OURS = {"__pycache__", "out", "build", "dist"}
TEXT = {".py", ".toml", ".md", ".txt", ".mako", ".svg", ".ini", ".cfg", ".yml", ".yaml", ".json", ""}


def modules(*tops: str) -> list[Path]:
    """Every Python file of ours under these folders, or under all of them."""
    return [path for top in tops or TOPS for path in sorted((ROOT / top).rglob("*.py"))]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported_by(path: Path) -> set[str]:
    """The full names of the modules a file imports."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def place(path: Path) -> str:
    """The path as people name it, the same on every system."""
    return path.relative_to(ROOT).as_posix()


def text_files() -> Iterator[Path]:
    """Every text file that belongs to the checkout."""
    for path in sorted(ROOT.iterdir()):
        if path.name in NOT_OURS or (path.name.startswith(".") and path.name != ".ci"):
            continue
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            inner = set(file.relative_to(ROOT).parts)
            if file.is_file() and file.suffix in TEXT and not inner & NOT_OURS:
                yield file
