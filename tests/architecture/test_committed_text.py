"""Nothing in the checkout ties it to one machine or one package server, and every resource can be read."""

import tomllib

import pytest

from tests.architecture.source_tree import ROOT, place, text_files

# Written in pieces, or this file would name them itself.
FORBIDDEN = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "registry." + "npmjs",
    "deb." + "debian.org",
    "/work" + "/",
    "../" + "shared",
    "/root" + "/",
    "C:\\" + "Users\\",
)


@pytest.mark.parametrize("words", FORBIDDEN)
def test_no_text_names_a_package_server_or_a_machine(words: str) -> None:
    assert [place(path) for path in text_files() if words in path.read_text(encoding="utf-8")] == []


def test_every_toml_resource_parses() -> None:
    broken = {}
    for path in sorted((ROOT / "resources").rglob("*.toml")):
        try:
            tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            broken[place(path)] = str(error)

    assert broken == {}
