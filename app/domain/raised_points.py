"""Points raised from above (gợi ý kiểm điểm) inside a review: they become rows of part IV to be answered."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.errors import Problem
from app.domain.opinion import RaisedPoint
from app.domain.review import PromptAnswer, Review, ReviewState


def with_raised_points(review: Review, points: Sequence[RaisedPoint]) -> Review:
    """The review with a row for every point raised to its subject; a closed one stays as it was closed.

    A row kept from a point that was taken back stays only if something was answered in it.
    """
    if review.state is ReviewState.CLOSED:
        return review
    raised = {point.id: point for point in points}
    rows = [
        replace(row, point=raised[row.raised_id].point) if row.raised_id in raised else row
        for row in review.prompts
        if not row.raised_id or row.raised_id in raised or _is_begun(row)
    ]
    known = {row.raised_id for row in rows}
    rows += [PromptAnswer(point.point, raised_id=point.id) for point in points if point.id not in known]
    return review if tuple(rows) == review.prompts else replace(review, prompts=tuple(rows))


def unanswered_points(review: Review) -> tuple[str, ...]:
    """The points raised from above that have no cause or no responsibility beside them yet."""
    return tuple(row.point for row in review.prompts if row.raised_id and not _is_answered(row))


def _is_begun(row: PromptAnswer) -> bool:
    return bool(row.cause.strip() or row.responsibility.strip())


def _is_answered(row: PromptAnswer) -> bool:
    return bool(row.cause.strip() and row.responsibility.strip())


def problems_in_raised_point(point: RaisedPoint) -> tuple[Problem, ...]:
    """What must be put right before a point can be kept."""
    found = []
    if not point.point.strip():
        found.append(Problem("point", "Chưa ghi vấn đề được gợi ý."))
    if not point.document.strip():
        found.append(Problem("document", "Chưa ghi văn bản gợi ý, ví dụ Công văn 12-CV/ĐU."))
    if point.due_on and point.document_on and point.due_on < point.document_on:
        found.append(Problem("due_on", "Hạn trả lời sớm hơn ngày của văn bản gợi ý."))
    return tuple(found)
