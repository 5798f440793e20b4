"""From the vote to the decision: proposals taken over at once, decided grades from above, notices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.db import review_queries, tables
from app.db.transactions import WriteTransaction
from app.domain.dates import format_date
from app.domain.errors import NotAllowed, Problem, ValidationFailed
from app.domain.grade import Grade
from app.domain.review import COLLECTIVES, GradeStage, ReviewKey, ReviewState, StageGrade
from app.domain.text import nfc
from app.services.members import one_member
from app.services.review_parts import put_grade, rows_of
from app.services.reviews import ensured_review
from app.services.workspace import Act, Workspace
from app.services.year_guard import must_be_open


@dataclass(frozen=True, slots=True)
class DecisionPaper:
    """The paper a decided grade comes on: its number, its day, who issued it."""

    number: str
    dated_on: date | None
    organ: str

    @property
    def words(self) -> str:
        """How it is cited beside a grade: "Quyết định số 45-QĐ/ĐU của Đảng ủy xã Hòa Sơn"."""
        number = nfc(self.number).strip()
        if not number.lower().startswith("quyết định"):
            number = f"Quyết định số {number}"
        return f"{number} của {nfc(self.organ).strip()}"


@dataclass(frozen=True, slots=True)
class GradesBefore:
    """What stood at one stage before a change for many at once; gives everything back with one act.

    ``begun`` are subjects whose sheet was only begun by that change.
    """

    year: int
    stage: GradeStage
    grades: tuple[tuple[str, StageGrade | None], ...]
    begun: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many grades were changed."""
        return len(self.grades)


def propose_all(
    ws: Workspace, year: int, grades: Mapping[str, Grade], dated_on: date | None, source: str
) -> GradesBefore:
    """The cell's proposals for many subjects at once, usually as the vote came out; one day, one source."""
    ws.must(Act.PROPOSE)
    problems = _day_problems(ws, dated_on)
    if not source.strip():
        problems.append(Problem("source", "Chưa ghi căn cứ, ví dụ biên bản kiểm phiếu ngày họp."))
    _raise(problems, grades)
    given = {
        subject: StageGrade(GradeStage.PROPOSED, grade, dated_on, source) for subject, grade in grades.items()
    }
    return _put_all(ws, year, given, f"Ghi mức chi bộ đề xuất năm {year} cho {len(given)} dòng")


def propose_one(ws: Workspace, key: ReviewKey, given: StageGrade) -> GradesBefore:
    """One proposal changed by itself; other than the vote's result it says why."""
    ws.must(Act.PROPOSE)
    problems = _day_problems(ws, given.dated_on)
    with ws.read() as tx:
        review = review_queries.review_of(tx, key)
    vote = review.grade_at(GradeStage.VOTE) if review else None
    if vote is not None and vote is not given.grade and not given.note.strip():
        problems.append(
            Problem("note", f"Khác kết quả biểu quyết ({vote.short}). Đồng chí ghi lý do vào ô ghi chú.")
        )
    _raise(problems, {key.subject_id: given.grade})
    act = f"Ghi mức chi bộ đề xuất {key.period_in_text}: {given.grade.short}"
    return _put_all(ws, key.year, {key.subject_id: given}, act)


def enter_decisions(
    ws: Workspace, year: int, paper: DecisionPaper, grades: Mapping[str, Grade]
) -> GradesBefore:
    """The decided grades of one paper from above, for everybody on its list at once."""
    ws.must(Act.ENTER_DECISIONS)
    problems = _day_problems(ws, paper.dated_on)
    if not paper.number.strip():
        problems.append(Problem("number", "Chưa ghi số quyết định."))
    if not paper.organ.strip():
        problems.append(Problem("organ", "Chưa ghi cơ quan ban hành quyết định."))
    _raise(problems, grades)
    given = {
        subject: StageGrade(GradeStage.DECIDED, grade, paper.dated_on, paper.words)
        for subject, grade in grades.items()
    }
    return _put_all(ws, year, given, f"Nhập mức được quyết định năm {year} cho {len(given)} dòng")


def restore_grades(ws: Workspace, before: GradesBefore) -> None:
    """Take back a change for many at once: everybody has again what stood there before."""
    ws.must(Act.RESTORE_GRADES)
    with ws.write(f"Hoàn tác {before.stage.label.lower()} năm {before.year}") as tx:
        must_be_open(tx, before.year)
        for subject, given in before.grades:
            review = review_queries.review_of(tx, ReviewKey(subject, before.year))
            if review is None:
                continue
            if given is not None:
                put_grade(tx, review.id, given)
            elif subject in before.begun and review.version == 1 and len(review.grades) == 1:
                tx.delete(tables.review, review.id)
            else:
                drop_grade(tx, review.id, before.stage)


def drop_grade(tx: WriteTransaction, review_id: str, stage: GradeStage) -> None:
    """Take the grade of one stage off a review, if there is one."""
    table = tables.review_grade
    row = tx.first(rows_of(table, review_id).where(table.c.stage == stage.value))
    if row is not None:
        tx.delete(table, row.id)


def notify(ws: Workspace, year: int, days: Mapping[str, date | None]) -> dict[str, date | None]:
    """Note when each was told the decided grade (QĐ 366-QĐ/TW art. 15 k. 2).

    Returns what was noted before, to take it back.
    """
    ws.must(Act.NOTIFY)
    for day in days.values():
        _raise([] if day is None else _day_problems(ws, day), days)
    before: dict[str, date | None] = {}
    with ws.write(f"Ghi thông báo kết quả xếp loại năm {year} cho {len(days)} dòng") as tx:
        must_be_open(tx, year)
        for subject, day in days.items():
            review = review_queries.review_of(tx, ReviewKey(subject, year))
            if review is None or review.grade_at(GradeStage.DECIDED) is None:
                raise NotAllowed("Có dòng chưa có mức được quyết định nên chưa ghi thông báo được.")
            before[subject] = review.notified_on
            tx.update(tables.review, review.id, {"notified_on": day})
    return before


def _put_all(ws: Workspace, year: int, given: Mapping[str, StageGrade], act: str) -> GradesBefore:
    """Write one stage for many. What already stands so, also on a locked sheet, is left as it is."""
    before: list[tuple[str, StageGrade | None]] = []
    begun: list[str] = []
    stage = next(iter(given.values())).stage
    behalf = next(iter(given)) if len(given) == 1 else None
    with ws.write(act, ReviewKey(behalf, year).member_id if behalf else None) as tx:
        must_be_open(tx, year)
        for subject, one in given.items():
            key = ReviewKey(subject, year)
            stored = review_queries.review_of(tx, key)
            known = stored.given(stage) if stored else None
            if known is not None and _same(known, one):
                continue
            if stored is not None and stored.state is ReviewState.CLOSED:
                raise NotAllowed(_locked_words(tx, key))
            review = ensured_review(tx, ws, key)
            put_grade(tx, review.id, one)
            before.append((subject, known))
            if stored is None:
                begun.append(subject)
    return GradesBefore(year, stage, tuple(before), tuple(begun))


def _locked_words(tx: WriteTransaction, key: ReviewKey) -> str:
    name = one_member(tx, key.subject_id).name if key.member_id else COLLECTIVES[key.subject_id]
    return (
        f"Bản kiểm điểm {key.period_in_text} của {name} đã khóa nên không ghi mức khác được; "
        "chưa ghi cho ai. Đồng chí mở lại bản đó, hoặc bỏ dòng này ra."
    )


def _same(known: StageGrade, wanted: StageGrade) -> bool:
    return (known.grade, known.dated_on, known.source, known.note) == (
        wanted.grade,
        wanted.dated_on,
        nfc(wanted.source).strip(),
        nfc(wanted.note).strip(),
    )


def _day_problems(ws: Workspace, day: date | None) -> list[Problem]:
    if day is None:
        return [Problem("dated_on", "Chưa ghi ngày.")]
    if day > ws.today():
        return [Problem("dated_on", f"Ngày {format_date(day)} chưa tới.")]
    return []


def _raise(problems: list[Problem], grades: Mapping[str, object]) -> None:
    if not grades:
        problems.append(Problem("grades", "Chưa chọn mức cho ai."))
    if problems:
        raise ValidationFailed(tuple(problems))
