"""Putting other values into the text of a data file, leaving every other letter and comment as it was."""

import json
from collections.abc import Mapping

from app.domain.toml_places import nearest_place, places_in

TomlValue = str | int | bool


def with_values(text: str, values: Mapping[str, TomlValue]) -> str:
    """The text with values put in at their paths; a key its table lacks is added under the heading."""
    for path, value in values.items():
        place = places_in(text).get(path)
        if place is not None:
            text = text[: place.start] + written(value) + text[place.end :]
        else:
            text = _added(text, path, value)
    return text


def _added(text: str, path: str, value: TomlValue) -> str:
    table, _, key = path.rpartition(".")
    spot = nearest_place(places_in(text), table) if table else None
    entry = f"{key} = {written(value)}"
    if spot is None:
        return f"{entry}\n{text}"
    if text[spot.start] == "{":
        comma = "" if text[spot.start + 1 : spot.end - 1].strip() == "" else ", "
        return f"{text[: spot.end - 1].rstrip()}{comma}{entry} {text[spot.end - 1 :]}"
    line_end = text.find("\n", spot.end)
    line_end = len(text) if line_end < 0 else line_end
    return f"{text[:line_end]}\n{entry}{text[line_end:]}"


def written(value: TomlValue) -> str:
    """A value as data files write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
