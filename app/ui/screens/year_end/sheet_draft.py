"""A review on the screen as a draft keeps it, and back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.domain.grade import FourLevel, Grade
from app.domain.raised_points import with_raised_points
from app.domain.review import (
    CivilGrade,
    FaultRemedy,
    GradeStage,
    ItemScore,
    PromptAnswer,
    RemedyStatus,
    SectionText,
    YearTasks,
)
from app.domain.year_task import AssignedTask, TaskQuality
from app.services.reviews import with_self_grade
from app.ui.screens.year_end.review_sheet import GradeEntry, ReviewSheet

# A draft holds plain JSON; whatever the book knows better (state, cell's grades) is not in it.


def draft_payload(sheet: ReviewSheet) -> dict[str, Any]:
    """Everything typed on the sheet, as a draft keeps it."""
    review = sheet.review
    own = review.grade_at(GradeStage.SELF)
    tasks, civil = review.tasks, review.civil
    return {
        "sections": [
            [text.key, text.text, text.level.value if text.level else "", text.proposed]
            for text in sorted(review.sections, key=lambda text: text.key)
            if text.text.strip() or text.level
        ],
        "scores": [
            [
                score.code,
                _plain(score.self_score),
                _plain(score.appraised_score),
                score.ground,
                score.appraised_ground,
            ]
            for score in sorted(review.scores, key=lambda score: score.code)
            if score != ItemScore(score.code)
        ],
        "faults": [
            [f.fault, f.status.value if f.status else "", f.progress, f.difficulty, f.responsibility]
            for f in review.faults
        ],
        "prompts": [[p.point, p.cause, p.responsibility, p.raised_id] for p in review.prompts],
        "tasks": [tasks.assigned, tasks.done, tasks.late, tasks.beyond, tasks.failed],
        "task_list": [_task_payload(task) for task in review.task_list],
        "profile": review.profile,
        "civil": [civil.grade.value if civil.grade else "", _iso(civil.dated_on), civil.decision],
        "self_grade": own.value if own else "",
        "dated_on": _iso(review.dated_on),
        "block_cases": list(review.block_cases),
        "typed_scores": dict(sheet.typed_scores),
        "entries": {s.value: [e.grade, e.day, e.source] for s, e in sheet.entries.items()},
    }


def take_draft(sheet: ReviewSheet, payload: Mapping[str, Any]) -> None:
    """Bring back what a draft holds."""
    grade, day, decision = payload["civil"]
    review = replace(
        sheet.review,
        sections=tuple(
            SectionText(key, text, FourLevel(level) if level else None, proposed)
            for key, text, level, proposed in payload["sections"]
        ),
        scores=tuple(
            ItemScore(code, _points(own), _points(appraised), *grounds)
            for code, own, appraised, *grounds in payload["scores"]
        ),
        faults=tuple(
            FaultRemedy(fault, RemedyStatus(status) if status else None, *rest)
            for fault, status, *rest in payload["faults"]
        ),
        prompts=tuple(PromptAnswer(*answer) for answer in payload["prompts"]),
        tasks=YearTasks(*payload["tasks"]),
        task_list=tuple(_task(kept) for kept in payload.get("task_list", ())),
        profile=payload.get("profile", sheet.review.profile),
        civil=CivilGrade(Grade(grade) if grade else None, _day(day), decision),
        dated_on=_day(payload["dated_on"]),
        block_cases=tuple(payload["block_cases"]),
    )
    own = payload["self_grade"]
    review = with_raised_points(review, sheet.page.raised)
    sheet.review = with_self_grade(review, Grade(own) if own else None)
    sheet.typed_scores = dict(payload["typed_scores"])
    sheet.entries = {GradeStage(stage): GradeEntry(*entry) for stage, entry in payload["entries"].items()}


def _plain(points: Decimal | None) -> str:
    return "" if points is None else format(points, "f")


def _points(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _task_payload(task: AssignedTask) -> dict[str, Any]:
    return {
        "title": task.title,
        "product": task.product,
        "assigned_on": _iso(task.assigned_on),
        "due_on": _iso(task.due_on),
        "done_on": _iso(task.done_on),
        "quality": task.quality.value if task.quality else "",
        "beyond": task.beyond,
        "beyond_ground": task.beyond_ground,
        "failed": task.failed,
        "not_applicable": task.not_applicable,
        "evidence": task.evidence,
        "max_points": _plain(task.max_points),
        "self_points": _plain(task.self_points),
    }


def _task(kept: Mapping[str, Any]) -> AssignedTask:
    return AssignedTask(
        title=kept["title"],
        product=kept["product"],
        assigned_on=_day(kept["assigned_on"]),
        due_on=_day(kept["due_on"]),
        done_on=_day(kept["done_on"]),
        quality=TaskQuality(kept["quality"]) if kept["quality"] else None,
        beyond=kept["beyond"],
        beyond_ground=kept["beyond_ground"],
        failed=kept["failed"],
        not_applicable=kept["not_applicable"],
        evidence=kept["evidence"],
        max_points=_points(kept["max_points"]),
        self_points=_points(kept["self_points"]),
    )
