"""The locked dependencies are exact, verifiable, and the same in all three sets."""

import re
import tomllib

import pytest

from tests.architecture.source_tree import ROOT

SETS = ("run", "test", "bench")


def text_of(kind: str) -> str:
    return (ROOT / "requirements" / f"{kind}.txt").read_text(encoding="utf-8")


def pins_of(kind: str) -> dict[str, str]:
    """Name -> version, marker and hashes of every locked package."""
    entries = text_of(kind).replace("\\\n", "").splitlines()
    return dict(entry.split("==", 1) for entry in entries if entry.strip())


@pytest.mark.parametrize("kind", SETS)
def test_every_locked_package_has_hashes(kind: str) -> None:
    pins = pins_of(kind)

    assert pins
    assert [
        name for name, pin in pins.items() if not re.match(r"\S+ .*--hash=sha256:[0-9a-f]{64}", pin)
    ] == []


@pytest.mark.parametrize("kind", SETS)
def test_no_index_address_is_locked(kind: str) -> None:
    assert not re.search(r"http|index-url|find-links|file:", text_of(kind))


@pytest.mark.parametrize(("smaller", "larger"), [("run", "test"), ("test", "bench")])
def test_each_set_holds_the_one_before_it_unchanged(smaller: str, larger: str) -> None:
    assert pins_of(smaller).items() <= pins_of(larger).items()


@pytest.mark.parametrize(("kind", "group"), [("run", None), ("test", "test"), ("bench", "bench")])
def test_every_declared_dependency_is_locked(kind: str, group: str | None) -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = declared["dependency-groups"][group] if group else declared["project"]["dependencies"]
    names = {re.split(r"[<>=!~ ]", line)[0] for line in wanted if isinstance(line, str)}

    assert {name.lower().replace("_", "-") for name in names} <= pins_of(kind).keys()
