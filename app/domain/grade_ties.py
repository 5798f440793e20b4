"""What a grade does not agree with: the collective's, the quarters', the office's; a warning, never a lock.

QĐ 366-QĐ/TW art. 3; HD 02-HD/BTCTW 22/5/2026 (not compared with the original); data of the rule set.
"""

from collections.abc import Callable

from app.domain.grade import Grade
from app.domain.grade_links import GradeLink, LinkTest
from app.domain.grading_facts import GradingFacts
from app.domain.member import CellRole
from app.domain.rule_set import RuleSet
from app.domain.text import plain_words
from app.domain.year_task import task_share


def link_warnings(rule_set: RuleSet, facts: GradingFacts, grade: Grade | None) -> tuple[str, ...]:
    """What a grade, proposed or given, is tied to and does not agree with; each with its source.

    A head's grade with the collective's, quarters with the year, the office's with the Party's (Điều 3).
    """
    if grade is None:
        return ()
    found = []
    for link in rule_set.links:
        if (broken := _LINK_TESTS[link.test](link, facts, grade)) is not None:
            found.append(f"{plain_words(link.text)} ({link.source}): {broken}.")
    return tuple(found)


def _head_above_collective(_link: GradeLink, facts: GradingFacts, grade: Grade) -> str | None:
    given = facts.collective_grade
    if facts.role is not CellRole.SECRETARY or given is None or grade.rank <= given.rank:
        return None
    return f"tập thể được xếp loại {given.label}"


def _collective_below(link: GradeLink, facts: GradingFacts) -> str | None:
    tasks = facts.collective_tasks
    if tasks is None or tasks.assigned == 0 or tasks.done * 100 >= link.percent * tasks.assigned:
        return None
    return f"tập thể hoàn thành {task_share(tasks.done, tasks.assigned)}"


def _head_of_weak_collective(link: GradeLink, facts: GradingFacts, grade: Grade) -> str | None:
    concerns = facts.role is CellRole.SECRETARY and grade is not Grade.UNSATISFACTORY
    return _collective_below(link, facts) if concerns else None


def _deputy_of_weak_collective(link: GradeLink, facts: GradingFacts, grade: Grade) -> str | None:
    concerns = facts.role is CellRole.DEPUTY_SECRETARY and grade is Grade.EXCELLENT
    return _collective_below(link, facts) if concerns else None


def _unsatisfactory_quarter(_link: GradeLink, facts: GradingFacts, grade: Grade) -> str | None:
    count = facts.quarter_grades.count(Grade.UNSATISFACTORY)
    return f"năm nay có {count} quý như vậy" if count and grade is Grade.EXCELLENT else None


def _above_civil_servant(_link: GradeLink, facts: GradingFacts, grade: Grade) -> str | None:
    given = facts.civil_servant_grade
    return f"nơi công tác xếp loại {given.label}" if given is not None and given.rank < grade.rank else None


_LINK_TESTS: dict[LinkTest, Callable[[GradeLink, GradingFacts, Grade], str | None]] = {
    LinkTest.HEAD_ABOVE_COLLECTIVE: _head_above_collective,
    LinkTest.HEAD_COLLECTIVE_DONE_BELOW: _head_of_weak_collective,
    LinkTest.DEPUTY_COLLECTIVE_DONE_BELOW: _deputy_of_weak_collective,
    LinkTest.UNSATISFACTORY_QUARTER: _unsatisfactory_quarter,
    LinkTest.ABOVE_CIVIL_SERVANT: _above_civil_servant,
}
