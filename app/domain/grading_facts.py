"""What a grade is proposed from, and what of the figures cannot be right."""

from dataclasses import dataclass
from decimal import Decimal

from app.domain.discipline import Discipline
from app.domain.errors import Problem
from app.domain.grade import FourLevel, Grade
from app.domain.member import CellRole
from app.domain.year_task import TaskCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingFacts:
    """What is known of a subject's year. ``None`` means not entered yet, never zero.

    ``disciplines`` are those decided in the year; for a collective those of its leadership's members.
    ``role`` with ``collective_grade`` and ``collective_tasks`` tie a head's grade to the collective's.
    """

    points: Decimal | None = None
    tasks: TaskCounts | None = None
    faults_pointed_out: int = 0
    faults_fixed: int = 0
    block_cases: frozenset[str] = frozenset()
    member_disciplined: bool = False
    task_levels: tuple[FourLevel, ...] = ()
    other_levels: tuple[FourLevel, ...] = ()
    civil_servant_grade: Grade | None = None
    disciplines: tuple[Discipline, ...] = ()
    role: CellRole | None = None
    collective_grade: Grade | None = None
    collective_tasks: TaskCounts | None = None
    quarter_grades: tuple[Grade, ...] = ()


def count_problems(facts: GradingFacts) -> tuple[Problem, ...]:
    """Counts that contradict each other; the field of a problem is the count's name."""
    found = []
    tasks = facts.tasks
    if tasks is not None:
        if tasks.done > tasks.assigned:
            found.append(Problem("done", "Số nhiệm vụ hoàn thành nhiều hơn số được giao."))
        if tasks.done + tasks.failed > tasks.assigned:
            found.append(
                Problem("failed", "Số hoàn thành và không hoàn thành cộng lại nhiều hơn số được giao.")
            )
        for field, count, label in (
            ("late", tasks.late, "chậm"),
            ("beyond", tasks.beyond, "vượt yêu cầu"),
            ("below_quality", tasks.below_quality, "chưa đạt chất lượng"),
        ):
            if count > tasks.done:
                found.append(Problem(field, f"Số nhiệm vụ {label} nhiều hơn số hoàn thành."))
    if facts.faults_fixed > facts.faults_pointed_out:
        found.append(Problem("faults_fixed", "Số khuyết điểm đã khắc phục nhiều hơn số được chỉ ra."))
    return tuple(found)
