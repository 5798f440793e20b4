"""A locked year: meetings, votes, opinions, decisions are refused too, and no writer forgets to ask."""

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from app.domain.decision import Complaint
from app.domain.discipline import Discipline, DisciplineForm
from app.domain.eligibility import Duty
from app.domain.errors import NotAllowed
from app.domain.grade import Grade
from app.domain.issued_document import CellTerm, IssuedDocument
from app.domain.meeting import MeetingKind
from app.domain.opinion import Opinion, OpinionKind, RaisedPoint
from app.domain.review import GradeStage, ReviewKey, StageGrade
from app.domain.rights_table import TABLE, Effect
from app.domain.rule_set import PeriodKind
from app.domain.voting import RoundKind
from app.domain.year_end_setting import YearEndSetting
from app.services.appraisal import set_committee_view
from app.services.cap_settings import assign_cap_groups, save_cap
from app.services.collectives import note_draft_sent
from app.services.decisions import (
    DecisionPaper,
    enter_decisions,
    notify,
    propose_all,
    propose_one,
    restore_grades,
)
from app.services.disciplines import add_discipline, change_discipline, remove_discipline
from app.services.eligibility import overrule_duty, withdraw_overrule
from app.services.issued_documents import change_document, give_number, save_term, take_back
from app.services.meetings import delete_meeting, new_meeting, restore_meeting, save_meeting
from app.services.opinions import (
    enter_opinion,
    excuse_opinion,
    put_back_opinions,
    request_opinions,
    take_back_opinion,
)
from app.services.quarters import leave_unrated, period_key
from app.services.raised_points import bring_back_raised_point, remove_raised_point, save_raised_point
from app.services.reratings import (
    answer_complaint,
    note_complaint,
    remove_complaint,
    rerate,
    take_back_rerating,
)
from app.services.reviews import open_review, set_grade, submit_review, with_self_grade
from app.services.votes import add_round, delete_last_round, record_results, save_round, set_voting
from app.services.workspace import Workspace
from tests.architecture.source_tree import modules, tree
from tests.book_fixtures import FakeClock, People
from tests.builders import lock_year

DAY = date(2027, 1, 10)
HELD = date(2026, 12, 12)


class Kept:
    """2026 with one of everything the year-end keeps; then it is locked."""

    def __init__(self, ws: Workspace, people: People) -> None:
        self.ws, self.people = ws, people
        key = self.key = ReviewKey(people.plain, 2026)
        submit_review(ws, with_self_grade(open_review(ws, key).review, Grade.GOOD))
        set_grade(ws, key, StageGrade(GradeStage.DECIDED, Grade.GOOD, HELD, "QĐ 7"))
        page = new_meeting(ws, MeetingKind.REVIEW, 2026)
        self.meeting = save_meeting(ws, replace(page.meeting, held_on=HELD))
        self.round = add_round(ws, self.meeting.id, RoundKind.FOUR_GRADES, [people.plain]).rounds[-1]
        blank = Opinion(people.plain, 2026, OpinionKind.RESIDENCE)
        self.opinion = request_opinions(ws, [blank], HELD, None)[0]
        self.point = RaisedPoint(people.plain, 2026, 1, "CV 5", HELD, "Làm rõ")
        self.point_id = save_raised_point(ws, self.point)
        self.complaint = Complaint(
            key.subject_id, HELD, "xin xem lại", id=note_complaint(ws, key, HELD, "xin")
        )
        self.before = propose_all(ws, 2026, {people.plain: Grade.GOOD}, HELD, "họp")
        self.rerated = rerate(ws, key, Grade.SATISFACTORY, "QĐ 8", HELD, "sai")
        self.discipline_id = add_discipline(ws, self.discipline())
        save_term(ws, CellTerm("2025–2027", date(2025, 1, 1), date(2027, 12, 31)))
        self.document: IssuedDocument = give_number(ws, "BC", 2026, "cell_report", "Báo cáo", HELD)

    def discipline(self, record_id: str = "") -> Discipline:
        return Discipline(self.people.plain, DisciplineForm.REPRIMAND, HELD, id=record_id, version=1)


def _grade(stage: GradeStage) -> StageGrade:
    return StageGrade(stage, Grade.GOOD, HELD, "họp")


WRITES: dict[str, Callable[[Kept], object]] = {
    "save_meeting": lambda k: save_meeting(k.ws, k.meeting),
    "delete_meeting": lambda k: delete_meeting(k.ws, k.meeting.id),
    "set_voting": lambda k: set_voting(
        k.ws, k.meeting.id, base=None, rounds=2, secret=True, recuse_self=False
    ),
    "add_round": lambda k: add_round(k.ws, k.meeting.id, RoundKind.EXCELLENT, [k.people.plain]),
    "delete_last_round": lambda k: delete_last_round(k.ws, k.meeting.id),
    "save_round": lambda k: save_round(k.ws, k.round),
    "record_results": lambda k: record_results(k.ws, k.meeting.id),
    "request_opinions": lambda k: request_opinions(k.ws, [k.opinion], DAY, None),
    "enter_opinion": lambda k: enter_opinion(
        k.ws, Opinion(k.people.plain, 2026, OpinionKind.RESIDENCE, received_on=DAY, content="tốt")
    ),
    "excuse_opinion": lambda k: excuse_opinion(k.ws, k.opinion, "ở doanh trại"),
    "take_back_opinion": lambda k: take_back_opinion(k.ws, k.opinion),
    "save_raised_point": lambda k: save_raised_point(k.ws, k.point),
    "remove_raised_point": lambda k: remove_raised_point(k.ws, k.point_id, 2026),
    "bring_back_raised_point": lambda k: bring_back_raised_point(k.ws, k.point),
    "overrule_duty": lambda k: overrule_duty(k.ws, k.people.plain, 2026, Duty.PENDING, "ốm"),
    "withdraw_overrule": lambda k: withdraw_overrule(k.ws, k.people.plain, 2026),
    "set_committee_view": lambda k: set_committee_view(k.ws, k.key, Grade.GOOD, "tốt", HELD),
    "save_cap": lambda k: save_cap(k.ws, YearEndSetting(2026, 25, cap_ground="HD 1")),
    "assign_cap_groups": lambda k: assign_cap_groups(k.ws, 2026, {k.people.plain: "x"}),
    "note_draft_sent": lambda k: note_draft_sent(k.ws, 2026, HELD),
    "propose_all": lambda k: propose_all(k.ws, 2026, {k.people.plain: Grade.GOOD}, HELD, "họp"),
    "propose_one": lambda k: propose_one(k.ws, k.key, _grade(GradeStage.PROPOSED)),
    "enter_decisions": lambda k: enter_decisions(
        k.ws, 2026, DecisionPaper("7-QĐ/ĐU", HELD, "Đảng ủy"), {k.people.plain: Grade.GOOD}
    ),
    "notify": lambda k: notify(k.ws, 2026, {k.people.plain: HELD}),
    "rerate": lambda k: rerate(k.ws, k.key, Grade.SATISFACTORY, "QĐ 9", HELD, "sai"),
    "note_complaint": lambda k: note_complaint(k.ws, k.key, HELD, "x"),
    "answer_complaint": lambda k: answer_complaint(k.ws, k.key, k.complaint, DAY, "x"),
    "remove_complaint": lambda k: remove_complaint(k.ws, k.key, k.complaint),
    "add_discipline": lambda k: add_discipline(k.ws, k.discipline()),
    "change_discipline": lambda k: change_discipline(k.ws, k.discipline(k.discipline_id)),
    "remove_discipline": lambda k: remove_discipline(k.ws, k.discipline(k.discipline_id)),
    "give_number": lambda k: give_number(k.ws, "BC", 2026, "cell_report", "Báo cáo", HELD),
    "take_back": lambda k: take_back(k.ws, k.document.id),
    "change_document": lambda k: change_document(k.ws, replace(k.document, title="Báo cáo khác")),
    "put_back_opinions": lambda k: put_back_opinions(k.ws, {k.opinion.id: k.opinion}),
    "restore_grades": lambda k: restore_grades(k.ws, k.before),
    "take_back_rerating": lambda k: take_back_rerating(k.ws, k.rerated),
    "leave_unrated": lambda k: leave_unrated(
        k.ws, period_key(k.people.deputy, 2026, PeriodKind.QUARTER, "1"), "nghỉ ốm"
    ),
    # Through a copy that says another year: the year of the record itself decides.
    "save_raised_point of 2027": lambda k: save_raised_point(
        k.ws, replace(k.point, id=k.point_id, year=2027, version=1)
    ),
    "remove_raised_point of 2027": lambda k: remove_raised_point(k.ws, k.point_id, 2027),
    "remove_discipline of 2027": lambda k: remove_discipline(
        k.ws, replace(k.discipline(k.discipline_id), decided_on=DAY)
    ),
    "enter_opinion of 2027": lambda k: enter_opinion(
        k.ws, replace(k.opinion, year=2027, received_on=DAY, content="tốt")
    ),
    "take_back_opinion of 2027": lambda k: take_back_opinion(k.ws, replace(k.opinion, year=2027)),
    "put_back_opinions of 2027": lambda k: put_back_opinions(
        k.ws, {k.opinion.id: replace(k.opinion, year=2027)}
    ),
}


@pytest.mark.parametrize("name", WRITES)
def test_every_write_of_the_year_end_into_a_locked_year_is_refused(
    secretary_ws: Workspace, people: People, clock: FakeClock, name: str
) -> None:
    clock.day = DAY
    kept = Kept(secretary_ws, people)
    lock_year(secretary_ws, 2026, DAY)

    with pytest.raises(NotAllowed, match="Năm 2026 đã khóa"):
        WRITES[name](kept)


def test_a_deleted_meeting_is_not_brought_back_into_a_locked_year(
    secretary_ws: Workspace, people: People, clock: FakeClock
) -> None:
    clock.day = DAY
    kept = Kept(secretary_ws, people)
    delete_last_round(secretary_ws, kept.meeting.id)
    deleted = delete_meeting(secretary_ws, kept.meeting.id)
    lock_year(secretary_ws, 2026, DAY)

    with pytest.raises(NotAllowed, match="Năm 2026 đã khóa"):
        restore_meeting(secretary_ws, deleted)


# Writers that ask for no act which writes a year, or ask for the year in a way of their own.
OTHERWISE = {
    "books.py": {"_go_on_without"},  # the program itself, at opening
    "desks.py": {"_own_the_slot"},  # whose password it was
    "key_holders.py": {"_change", "_settle_rows", "prove_recovery_sheet"},
    "opinions.py": {"_written", "request_opinions"},  # through a helper that asks
    "undo.py": {"undo_action"},  # compares the seals of the locked years before and after
    "year_closing.py": {"close_year"},
}


def _writes_a_year(function: ast.FunctionDef) -> bool:
    """Whether the acts a function asks for write a year; a function that names none may."""
    named = {
        node.attr
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Act"
    }
    effects = {row.effect for row in TABLE if row.act.name in named}
    return not effects or Effect.WRITES_YEAR in effects


def test_no_service_that_writes_forgets_to_ask_whether_the_year_is_open() -> None:
    forgetful = {
        f"{path.name}: {node.name}"
        for path in modules("app/services")
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef)
        and "ws.write(" in ast.unparse(node)
        and "must_be_open(" not in ast.unparse(node)
        and _writes_a_year(node)
        and node.name not in OTHERWISE.get(path.name, set())
    }

    assert sorted(forgetful) == []
