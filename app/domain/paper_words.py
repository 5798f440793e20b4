"""What the blocks of a paper say in words, the same for every reader: PDF, Word, Excel."""

from collections.abc import Sequence

from app.domain.monthly import Shown
from app.domain.paper import Labelled, Text

RECEIVERS_HEAD = "Nơi nhận:"
EMPTY_BOX, TICKED_BOX = "☐", "☒"
_MONTH_LETTERS = {
    Shown.NOT_SUBMITTED: "C",
    Shown.SUBMITTED: "G",
    Shown.CONFIRMED: "X",
    Shown.LATE: "T",
    Shown.EXCUSED: "P",
    Shown.NOT_REQUIRED: "–",
    Shown.FUTURE: "",
}


def field_words(field: Labelled) -> str:
    """A field as it is read: its label, one colon, its value as far as there is one."""
    label = field.label.strip()
    colon = "" if not label or label.endswith(":") else ":"
    return f"{label}{colon} {field.value or ''}".strip()


def receiver_words(receivers: Sequence[str]) -> list[str]:
    """Who receives a paper, a line each."""
    return [f"- {receiver}" for receiver in receivers]


def month_letter(mark: str) -> str:
    """The letter of a month's drawn mark, where marks are not drawn."""
    return _MONTH_LETTERS[Shown(mark)]


def words_of(text: Text) -> str:
    """A text without its styles."""
    return "".join(run.text for run in text)
