"""After the decision: a published grade changed or cancelled (Mẫu 03), complaints and their answers."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.db import review_queries, tables
from app.db.transactions import WriteTransaction
from app.domain.dates import format_date
from app.domain.decision import Complaint, cited_decision
from app.domain.errors import NotAllowed, NotFound, Problem, ValidationFailed
from app.domain.grade import Grade
from app.domain.review import GradeStage, Review, ReviewKey, StageGrade
from app.domain.text import nfc
from app.services.decisions import drop_grade
from app.services.review_parts import put_grade
from app.services.workspace import Act, Workspace
from app.services.year_guard import must_be_open


@dataclass(frozen=True, slots=True)
class RerateUndo:
    """What takes a re-rating back: its id, and the decided grade that stood before."""

    key: ReviewKey
    rerating_id: str
    before: StageGrade


def rerate(
    ws: Workspace,
    key: ReviewKey,
    new_grade: Grade | None,
    decision: str,
    decided_on: date | None,
    reason: str,
) -> RerateUndo:
    """Change or cancel (``new_grade`` None) a decided grade; the old one is kept with its decision.

    QĐ 366-QĐ/TW art. 15 k. 3, Mẫu 03. A sheet already locked is re-rated all the same; a locked year is not.
    """
    ws.must(Act.RERATE)
    _check_rerating(ws, decision, decided_on, reason)
    assert decided_on is not None
    act = "Hủy mức đã quyết định" if new_grade is None else f"Xếp loại lại: {new_grade.short}"
    with ws.write(f"{act}, {key.period_in_text}", key.member_id) as tx:
        must_be_open(tx, key.year)
        review = _decided(tx, key)
        old = review.given(GradeStage.DECIDED)
        assert old is not None
        if old.grade is new_grade:
            raise ValidationFailed(
                (Problem("new_grade", f"Mức đang có đã là {old.grade.short}. Đồng chí chọn mức khác."),)
            )
        rerating_id = tx.insert(
            tables.rerating,
            {
                "review_id": review.id,
                "old_grade": old.grade.value,
                "new_grade": new_grade.value if new_grade else "",
                "old_decision": cited_decision(old.source, old.dated_on),
                "decision": nfc(decision).strip(),
                "decided_on": decided_on,
                "reason": nfc(reason).strip(),
            },
        )
        if new_grade is None:
            drop_grade(tx, review.id, GradeStage.DECIDED)
        else:
            put_grade(
                tx, review.id, StageGrade(GradeStage.DECIDED, new_grade, decided_on, nfc(decision).strip())
            )
        tx.update(tables.review, review.id, {"notified_on": None})
    return RerateUndo(key, rerating_id, old)


def take_back_rerating(ws: Workspace, undo: RerateUndo) -> None:
    """Take back a re-rating entered by mistake: the grade stands as before; the history keeps both."""
    ws.must(Act.TAKE_BACK_RERATING)
    with ws.write(f"Bỏ xếp loại lại {undo.key.period_in_text}", undo.key.member_id) as tx:
        must_be_open(tx, undo.key.year)
        review = _review(tx, undo.key)
        table = tables.rerating
        rows = tx.rows(select(table).where(table.c.review_id == review.id))
        if undo.rerating_id not in {row.id for row in rows}:
            raise NotFound("Quyết định xếp loại lại này không còn trong sổ. Xin mở lại trang.")
        tx.delete(table, undo.rerating_id)
        put_grade(tx, review.id, undo.before)


def note_complaint(ws: Workspace, key: ReviewKey, received_on: date | None, content: str) -> str:
    """Keep a complaint about a grade: when it came and what it says; returns its id."""
    ws.must(Act.NOTE_COMPLAINT)
    problems = _past_day(ws, "received_on", received_on)
    if not content.strip():
        problems.append(Problem("content", "Chưa ghi nội dung khiếu nại, kiến nghị."))
    if problems:
        raise ValidationFailed(tuple(problems))
    with ws.write(f"Ghi khiếu nại, kiến nghị về mức xếp loại {key.period_in_text}", key.member_id) as tx:
        must_be_open(tx, key.year)
        values = {"review_id": _review(tx, key).id, "received_on": received_on}
        return tx.insert(tables.complaint, {**values, "content": nfc(content).strip()})


def answer_complaint(
    ws: Workspace, key: ReviewKey, complaint: Complaint, answered_on: date | None, answer: str
) -> None:
    """Keep the answer given to a complaint; both empty takes the answer back."""
    ws.must(Act.ANSWER_COMPLAINT)
    problems: list[Problem] = []
    if answered_on is not None or answer.strip():
        problems = _past_day(ws, "answered_on", answered_on)
        if answered_on is not None and answered_on < complaint.received_on:
            problems.append(Problem("answered_on", "Ngày trả lời có trước ngày nhận."))
        if not answer.strip():
            problems.append(Problem("answer", "Chưa ghi nội dung trả lời."))
    if problems:
        raise ValidationFailed(tuple(problems))
    with ws.write(f"Ghi trả lời khiếu nại, kiến nghị {key.period_in_text}", key.member_id) as tx:
        must_be_open(tx, key.year)
        values = {"answered_on": answered_on, "answer": nfc(answer).strip()}
        tx.update(tables.complaint, complaint.id, values, version=complaint.version)


def remove_complaint(ws: Workspace, key: ReviewKey, complaint: Complaint) -> None:
    """Take away a complaint entered by mistake; the history keeps it."""
    ws.must(Act.REMOVE_COMPLAINT)
    with ws.write(f"Bỏ khiếu nại ghi nhầm {key.period_in_text}", key.member_id) as tx:
        must_be_open(tx, key.year)
        tx.delete(tables.complaint, complaint.id)


def _check_rerating(ws: Workspace, decision: str, decided_on: date | None, reason: str) -> None:
    problems = _past_day(ws, "decided_on", decided_on)
    if not decision.strip():
        problems.append(Problem("decision", "Chưa ghi số quyết định xếp loại lại."))
    if not reason.strip():
        problems.append(Problem("reason", "Chưa ghi lý do xếp loại lại."))
    if problems:
        raise ValidationFailed(tuple(problems))


def _past_day(ws: Workspace, field: str, day: date | None) -> list[Problem]:
    if day is None:
        return [Problem(field, "Chưa ghi ngày.")]
    return [Problem(field, f"Ngày {format_date(day)} chưa tới.")] if day > ws.today() else []


def _review(tx: WriteTransaction, key: ReviewKey) -> Review:
    review = review_queries.review_of(tx, key)
    if review is None:
        raise NotFound(f"Trong sổ chưa có bản kiểm điểm {key.period_in_text}.")
    return review


def _decided(tx: WriteTransaction, key: ReviewKey) -> Review:
    review = _review(tx, key)
    if review.grade_at(GradeStage.DECIDED) is None:
        raise NotAllowed("Chưa có mức được quyết định nên chưa xếp loại lại được.")
    return review
