"""What else a grade is tied to, as data of a rule set: discipline, the collective's grade, the quarters."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.toml_reading import TomlTable


class DisciplineEffect(StrEnum):
    """What a discipline of the rating year does: it falls under a case by itself, or people are asked."""

    BLOCKS = "blocks"
    ASKS = "asks"


class LinkTest(StrEnum):
    """What is compared with the grade; each only warns, the competent level decides."""

    HEAD_ABOVE_COLLECTIVE = "head_above_collective"
    HEAD_COLLECTIVE_DONE_BELOW = "head_collective_done_below"
    DEPUTY_COLLECTIVE_DONE_BELOW = "deputy_collective_done_below"
    UNSATISFACTORY_QUARTER = "unsatisfactory_quarter"
    ABOVE_CIVIL_SERVANT = "above_civil_servant"


@dataclass(frozen=True, slots=True)
class DisciplineRule:
    """How a discipline weighs in the year it is decided in.

    ``cases`` are the codes of the cases of "không hoàn thành" it may fall under. ``remedied_relieves``: one
    whose fault was self-detected and fully remedied does not fall under them by itself.
    ``unrelated`` is what to ask when the fault does not concern the duty, ``unrelated_cases`` are the cases
    such a fault may still fall under.
    """

    effect: DisciplineEffect
    cases: tuple[str, ...]
    remedied_relieves: bool
    text: str
    unrelated: str
    source: str
    verified: bool
    unrelated_cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GradeLink:
    """One tie of a grade to something else, with its words and source."""

    test: LinkTest
    text: str
    percent: int
    source: str
    verified: bool


def read_discipline_rule(table: TomlTable) -> DisciplineRule:
    """Read the rule on discipline from its table."""
    return DisciplineRule(
        effect=table.choice("effect", DisciplineEffect),
        cases=table.texts("cases"),
        remedied_relieves=table.flag("remedied_relieves"),
        text=table.text("text"),
        unrelated=table.text("unrelated", ""),
        source=table.text("source"),
        verified=table.flag("verified"),
        unrelated_cases=table.texts("unrelated_cases"),
    )


def read_grade_link(table: TomlTable) -> GradeLink:
    """Read one tie of a grade from its table."""
    link = GradeLink(
        test=table.choice("test", LinkTest),
        text=table.text("text"),
        percent=table.whole("percent", 0),
        source=table.text("source"),
        verified=table.flag("verified"),
    )
    if not 0 <= link.percent <= 100:
        table.fail("percent", "tỉ lệ phải từ 0 đến 100")
    return link
