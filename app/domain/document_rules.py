"""How the Party's own documents are laid out, by the day of the document: the rule in force then.

A paper of an earlier year keeps the margins of its time when it is printed again.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """One rule on the form of documents: margins in millimetres, sizes in points, while it is in force."""

    key: str
    source: str
    valid_from: date
    valid_to: date | None
    right: float
    type_size: float
    verified: bool


DOCUMENT_RULES = (
    DocumentRule(
        key="DOC2018",
        source="Quy định 66-QĐ/TW, ngày 06/02/2017; Hướng dẫn 36-HD/VPTW, ngày 03/4/2018",
        valid_from=date(2017, 2, 6),
        valid_to=date(2026, 1, 8),
        right=20.0,
        type_size=16.0,
        verified=False,
    ),
    DocumentRule(
        key="DOC2026",
        source="Quy định 399-QĐ/TW, ngày 09/01/2026; Hướng dẫn 05-HD/VPTW, ngày 27/5/2026",
        valid_from=date(2026, 1, 9),
        valid_to=None,
        right=15.0,
        type_size=16.0,
        verified=False,
    ),
)


def document_rule_on(day: date) -> DocumentRule:
    """The rule of a day; before the first known one, the first."""
    begun = [rule for rule in DOCUMENT_RULES if rule.valid_from <= day]
    return begun[-1] if begun else DOCUMENT_RULES[0]
