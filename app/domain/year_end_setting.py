"""What a cell settles for one year-end: how the cap is counted and when the collective's draft went out."""

from dataclasses import dataclass
from datetime import date

from app.domain.rule_set import CapBase, CapRounding


@dataclass(frozen=True, slots=True)
class YearEndSetting:
    """None and "" mean: as the rule set says. ``cap_ground`` is the document that allows the choice."""

    year: int
    cap_percent: int | None = None
    cap_base: CapBase | None = None
    cap_rounding: CapRounding | None = None
    cap_excludes_head: bool = False
    cap_ground: str = ""
    draft_sent_on: date | None = None
    id: str = ""
    version: int = 0
