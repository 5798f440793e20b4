"""The story of the sample book as data: its invented people, what they pledge, what they say of each month.

The texts are TOML files under resources/sample; nothing here opens a file.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.dates import BirthDate
from app.domain.grade import SubjectKind
from app.domain.member import CellRole, DatedStatus, MemberDraft, Post, Sphere, StatusKind
from app.domain.monthly import CellMark


@dataclass(frozen=True, slots=True)
class WorkKind:
    """A kind of pledged work with the sentences people write about it."""

    key: str
    name: str
    code: str
    actions: tuple[str, ...]
    targets: tuple[str, ...]
    measures: tuple[str, ...]
    totals: tuple[int, ...]
    good: tuple[str, ...]
    weak: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldItem:
    """A pledged item told word for word; ``work`` is the kind its untold months are composed from."""

    work: str
    code: str
    action: str
    target: str
    measure: str
    due: date | None
    finished: date | None
    origin: str


@dataclass(frozen=True, slots=True)
class ToldMonth:
    """A month told word for word, with what the cell said of it."""

    month: int
    item: int
    result: str
    level: str
    limits: str
    fix: str
    say: str
    mark: CellMark | None


@dataclass(frozen=True, slots=True)
class Told:
    """What one member pledged and wrote in 2025, told word for word."""

    items: tuple[ToldItem, ...]
    months: tuple[ToldMonth, ...]


@dataclass(frozen=True, slots=True)
class SampleMember:
    """One invented member; ``hand`` is who types for them, ``words`` everything said in the reviews."""

    key: str
    draft: MemberDraft
    kind: SubjectKind
    posts: tuple[Post, ...]
    statuses: tuple[DatedStatus, ...]
    hand: str
    voice: str
    works: Mapping[int, tuple[str, ...]]
    words: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened once: a month given back or reopened, a pledged item changed."""

    act: str
    member: str
    words: str
    month: str = ""
    day: date | None = None
    item: int = 0
    action: str = ""


@dataclass(frozen=True, slots=True)
class Banks:
    """Names, places and the cell's usual remarks, to be put into sentences."""

    people: tuple[str, ...]
    places: tuple[str, ...]
    times: tuple[str, ...]
    tails: tuple[str, ...]
    praise: tuple[str, ...]
    remind: tuple[str, ...]
    plain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SampleStory:
    """Everything the sample book is made from."""

    members: tuple[SampleMember, ...]
    kinds: Mapping[str, WorkKind]
    told: Mapping[str, Told]
    banks: Banks
    excused: Mapping[tuple[str, str], str]
    happenings: tuple[Happening, ...]
    reviews: Mapping[str, Any]
    year_end: Mapping[str, Any]

    def member(self, key: str) -> SampleMember:
        """One member by key."""
        return next(member for member in self.members if member.key == key)


def read_story(texts: Mapping[str, str]) -> SampleStory:
    """The story from the texts of its files, by file name without ending."""
    files = {name: tomllib.loads(text) for name, text in texts.items()}
    remarks = files["remarks"]
    happenings = [Happening(e["act"], e["key"], e["words"], e["month"]) for e in remarks["events"]]
    happenings += [
        Happening("change", c["key"], c["reason"], day=c["day"], item=c["item"], action=c["action"])
        for c in remarks["changes"]
    ]
    return SampleStory(
        tuple(_member(number, row) for number, row in enumerate(files["members"]["members"], 1)),
        {row["key"]: _kind(row) for row in files["pledge_kinds"]["kinds"]},
        {row["key"]: _told(row) for row in files["stories"]["stories"]},
        Banks(**{name: tuple(remarks[name]) for name in Banks.__slots__}),
        {(row["key"], row["month"]): row["reason"] for row in remarks["excused"]},
        tuple(happenings),
        files["reviews"],
        files["year_end"],
    )


def _kind(row: Mapping[str, Any]) -> WorkKind:
    lists = ("action", "target", "measure", "totals", "good", "weak", "evidence")
    return WorkKind(row["key"], row["name"], row["code"], *(tuple(row[name]) for name in lists))


def _told(row: Mapping[str, Any]) -> Told:
    items = tuple(
        ToldItem(
            item["work"],
            item["code"],
            item["action"],
            item["target"],
            item["measure"],
            item.get("due"),
            item.get("finished"),
            item.get("origin", "personal"),
        )
        for item in row["items"]
    )
    months = tuple(
        ToldMonth(
            month["m"],
            month.get("item", 1),
            month["result"],
            month["level"],
            month.get("limits", ""),
            month.get("fix", ""),
            month.get("say", ""),
            CellMark(month["mark"]) if "mark" in month else None,
        )
        for month in row.get("months", ())
    )
    return Told(items, months)


def _member(number: int, row: Mapping[str, Any]) -> SampleMember:
    draft = MemberDraft(
        full_name=row["name"],
        gender=row["gender"],
        birth=BirthDate.parse(row["birth"]),
        card_number=f"9000000{number:05d}",
        file_number=f"{104220 + number}-TA",
        phone=f"0900 000 {100 + number * 7:03d}",
        ethnicity=row.get("ethnicity", "Kinh"),
        occupation=row["job"],
        workplace=row["work"],
        residence=f"{row['home']}, thôn Đồng Tiến, xã Hòa Sơn",
        admission_decision_on=row.get("decided"),
        admitted_on=row["admitted"],
        confirmed_on=row.get("official"),
    )
    works = {2000 + year: tuple(row.get(f"do{year}", ())) for year in (24, 25, 26)}
    return SampleMember(
        row["key"],
        draft,
        SubjectKind(row["kind"]),
        tuple(_post(post) for post in row.get("posts", ())),
        tuple(_status(status) for status in row.get("statuses", ())),
        row.get("hand", ""),
        row.get("voice", "plain"),
        works,
        row,
    )


def _post(row: Mapping[str, Any]) -> Post:
    role = CellRole(row["role"]) if "role" in row else None
    return Post(Sphere(row["sphere"]), row["title"], role, row["from"], row.get("to"))


def _status(row: Mapping[str, Any]) -> DatedStatus:
    return DatedStatus(
        StatusKind(row["kind"]),
        row["from"],
        row.get("to"),
        row.get("detail", ""),
        row.get("decision", ""),
        row.get("place", ""),
        row.get("note", ""),
    )
