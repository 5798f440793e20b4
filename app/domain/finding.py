"""What a check of the book finds: a sentence for people, how grave it is, where to put it right."""

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How much a finding matters: the file itself is hurt, or something is to be looked at."""

    BROKEN = "broken"
    QUESTION = "question"


class Part(StrEnum):
    """The two parts of the check: the file is sound, its content makes sense."""

    FILE = "file"
    CONTENT = "content"

    @property
    def label(self) -> str:
        """The part as its heading."""
        return {"file": "Tệp sổ", "content": "Nội dung sổ"}[self.value]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the window a finding is put right: a page and the spot on it."""

    page: str
    spot: tuple[tuple[str, str], ...] = ()


def place(page: str, **spot: str) -> Place:
    """A page of the window and the spot on it."""
    return Place(page, tuple(sorted(spot.items())))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. ``about`` names it for people, ``key`` for the list of findings to leave out.

    ``sentence`` says what is so, why it matters and what to do.
    """

    code: str
    about: str
    sentence: str
    key: str = ""
    place: Place | None = None
    part: Part = Part.CONTENT
    weight: Weight = Weight.QUESTION

    @property
    def can_be_ignored(self) -> bool:
        """Whether it may be looked at and let be: content may be right as it stands, a hurt file never."""
        return self.part is Part.CONTENT
