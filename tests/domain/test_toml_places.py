"""Places in data files: the letters found for a key are the letters of its value."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.toml_places import nearest_place, places_in
from app.locations import resource

SHIPPED = sorted(resource().rglob("*.toml"))


def values(found: object, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(found, dict):
        for key, value in found.items():
            yield from values(value, f"{path}.{key}" if path else key)
    elif isinstance(found, list):
        for position, value in enumerate(found, 1):
            yield from values(value, f"{path}[{position}]")
    else:
        yield path, found


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_value_of_every_shipped_file_is_found_where_it_stands(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    places = places_in(text)

    for key, value in values(tomllib.loads(text)):
        place = places[key]
        assert tomllib.loads(f"x = {text[place.start : place.end]}")["x"] == value
        assert text.count("\n", 0, place.start) + 1 == place.line


ODD = (
    '''"khóa lạ".'hai'.ba = 1 # lời ghi = 2
dài = """
[không phải bảng]
cuối có dấu nháy\\""""""
thẳng = 'C:\\thư mục'
[cha]
[[cha.con]]
a = [[1, 2], # hai
  [3]]
[cha.con.chau]
b = { c = { d = "}" }, e = "[" }
[[cha.con]]
a = []
'''.replace("khóa lạ", "khoa la")
    .replace("dài", "dai")
    .replace("thẳng", "thang")
)


def test_odd_writing_is_followed_too() -> None:
    places = places_in(ODD)

    for key, value in values(tomllib.loads(ODD)):
        place = places[key]
        assert tomllib.loads(f"x = {ODD[place.start : place.end]}")["x"] == value
    assert places["cha.con[2]"].line == 12


def test_something_missing_is_told_at_the_table_it_is_missing_from() -> None:
    places = places_in(ODD)

    assert nearest_place(places, "cha.con[2].khac").line == 12
    assert nearest_place(places, "cha.con").line == 7
    assert nearest_place(places, "khac").line == 1
