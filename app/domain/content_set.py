"""Content sets: the lists a pledge item or a self-check is chosen from, kept as data files."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.toml_edit import written
from app.domain.toml_reading import TomlTable, read_toml


class ContentKind(StrEnum):
    """What a content set is for."""

    PLEDGE = "pledge"
    DEGRADATION_SIGNS = "degradation_signs"
    PROHIBITED_ACTS = "prohibited_acts"


@dataclass(frozen=True, slots=True)
class ContentItem:
    """One content a pledge can be about; ``group`` is the heading it stands under, if any."""

    code: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class ContentSet:
    """A regulation's (or the cell's own) list of exemplary contents, with its source and dates."""

    code: str
    title: str
    kind: ContentKind
    issuer: str
    number: str
    issued_on: date | None
    valid_from: date | None
    valid_to: date | None
    source: str
    verified: bool
    is_default: bool
    note: str
    items: tuple[ContentItem, ...]

    def label_of(self, code: str) -> str | None:
        """The wording of a content code, or nothing when the code is not of this set."""
        return next((item.label for item in self.items if item.code == code), None)


def parse_content_set(text: str, origin: str) -> ContentSet:
    """Read a content set from the text of its file; ``origin`` names the file in messages."""
    return read_toml(text, origin, _read_set)


def content_set_text(content_set: ContentSet) -> str:
    """The data file of a set made on screen, for handing it to other cells."""
    head = {"code": content_set.code, "title": content_set.title, "source": content_set.source}
    lines = [f"{key} = {written(value)}" for key, value in head.items()]
    lines += [f"verified = {written(content_set.verified)}"]
    for item in content_set.items:
        lines += ["", "[[items]]", f"code = {written(item.code)}", f"label = {written(item.label)}"]
    return "\n".join(lines) + "\n"


def _read_set(table: TomlTable) -> ContentSet:
    content_set = ContentSet(
        code=table.text("code"),
        title=table.text("title"),
        kind=table.choice("kind", ContentKind, ContentKind.PLEDGE),
        issuer=table.text("issuer", ""),
        number=table.text("number", ""),
        issued_on=table.day_if_any("issued_on"),
        valid_from=table.day_if_any("valid_from"),
        valid_to=table.day_if_any("valid_to"),
        source=table.text("source", ""),
        verified=table.flag("verified"),
        is_default=table.flag("default"),
        note=table.text("note", ""),
        items=table.each("items", _read_item),
    )
    if not content_set.items:
        table.fail("items", "bộ nội dung phải có ít nhất một nội dung")
    table.each_once("items", (item.code for item in content_set.items), "code")
    if content_set.valid_from and content_set.valid_to and content_set.valid_to < content_set.valid_from:
        table.fail("valid_to", "ngày hết hiệu lực sớm hơn ngày có hiệu lực")
    return content_set


def _read_item(table: TomlTable) -> ContentItem:
    return ContentItem(code=table.text("code"), label=table.text("label"), group=table.text("group", ""))
