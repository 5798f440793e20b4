"""Files of rules an office keeps in its book: a newer rule set, profile, content set, form, template."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RuleFileKind(StrEnum):
    """What a kept file is."""

    RULE_SET = "rule_set"
    SCORING = "scoring"
    CONTENT_SET = "content_set"
    FORM = "form"
    TEMPLATE = "template"

    @property
    def label(self) -> str:
        """The kind in the field's words."""
        return {
            "rule_set": "Bộ quy định",
            "scoring": "Bộ tiêu chí chấm điểm",
            "content_set": "Bộ nội dung nêu gương",
            "form": "Mẫu giấy tờ",
            "template": "Mẫu Word của cơ quan",
        }[self.value]


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One kept file: used for rating years from ``from_year`` on, in place of what was used before.

    ``source`` is the document it comes from, ``origin`` the file's name, ``digest`` its SHA-256.
    ``kept_order`` tells which of two files kept on one day came later.
    """

    kind: RuleFileKind
    key: str
    from_year: int
    title: str
    source: str
    origin: str
    digest: str
    added_on: date
    id: str = ""
    version: int = 0
    kept_order: int = 0
