"""Opinions on members: which are needed and how far each is; requested for many at once, entered, excused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from app.db import member_queries, tables, year_end_queries
from app.db.transactions import ReadTransaction, WriteTransaction
from app.domain.cell import Cell
from app.domain.dates import format_date
from app.domain.eligibility import YearDuties
from app.domain.errors import Problem, ValidationFailed
from app.domain.member import Member
from app.domain.needed_opinions import (
    OpinionFrame,
    OpinionState,
    WantedOpinion,
    lives_by_residence,
    wanted_opinions,
)
from app.domain.opinion import Opinion
from app.domain.text import clean_line, nfc
from app.services.cells import cell_in, closed_years_in
from app.services.eligibility import year_duties_in
from app.services.members import one_member
from app.services.rule_book import rule_book_in
from app.services.workspace import Act, Workspace
from app.services.year_guard import must_be_open


@dataclass(frozen=True, slots=True)
class OpinionList:
    """Every opinion of a year, needed or asked besides, with the day its states are told of."""

    year: int
    rows: tuple[WantedOpinion, ...]
    people: tuple[Member, ...]
    today: date
    is_closed: bool

    def count(self, *states: OpinionState) -> int:
        """How many are in one of these states."""
        return sum(row.state(self.today) in states for row in self.rows)


def list_opinions(ws: Workspace, year: int) -> OpinionList:
    """The opinions of a year: those the rules want of who is reviewed, and those asked besides."""
    ws.must(Act.READ_OPINIONS)
    with ws.read() as tx:
        duties = year_duties_in(tx, rule_book_in(tx).rules_of(year), year)
        members = member_queries.members(tx)
        people = tuple(member for member in members if member.was_here_in(year))
        kept = year_end_queries.opinions(tx, year)
        rows = opinions_wanted(members, duties, cell_in(tx), kept)
        return OpinionList(year, rows, people, ws.today(), year in closed_years_in(tx))


def opinions_wanted(
    members: Sequence[Member], duties: YearDuties, cell: Cell, kept: Sequence[Opinion]
) -> tuple[WantedOpinion, ...]:
    """What is wanted on each member, as the cell stands on the day of the review."""
    name = cell.name_on(duties.review_day)
    frame = OpinionFrame(duties.rule_set, duties.year, lives_by_residence(name))
    by_member: dict[str, list[Opinion]] = {}
    for opinion in kept:
        by_member.setdefault(opinion.member_id, []).append(opinion)
    return tuple(
        wanted
        for member in members
        if member.id in by_member or member.was_here_in(duties.year)
        for wanted in wanted_opinions(member, frame, duties.of(member), by_member.get(member.id, ()))
    )


def request_opinions(
    ws: Workspace, wanted: Sequence[Opinion], requested_on: date, due_on: date | None
) -> tuple[Opinion, ...]:
    """Record that opinions were asked for, many at once, with the day they are wanted back."""
    ws.must(Act.REQUEST_OPINIONS)
    _must_fit(requested_on, due_on, ws.today())
    year = wanted[0].year if wanted else 0
    with ws.write(f"Xin {len(wanted)} ý kiến nhận xét năm {year}") as tx:
        asked = [replace(each, requested_on=requested_on, due_on=due_on, not_needed="") for each in wanted]
        return tuple(_put(tx, each) for each in asked)


def _must_fit(requested_on: date, due_on: date | None, today: date) -> None:
    found = []
    if requested_on > today:
        found.append(Problem("requested_on", f"Ngày {format_date(requested_on)} chưa tới."))
    if due_on is not None and due_on < requested_on:
        found.append(Problem("due_on", "Hạn gửi lại sớm hơn ngày xin."))
    if found:
        raise ValidationFailed(tuple(found))


def enter_opinion(ws: Workspace, opinion: Opinion) -> Opinion:
    """Keep an opinion that arrived: the day, what it says, the mark in its own words."""
    ws.must(Act.ENTER_OPINION)
    found = []
    if opinion.received_on is None:
        found.append(Problem("received_on", "Chưa ghi ngày nhận."))
    elif opinion.received_on > ws.today():
        found.append(Problem("received_on", f"Ngày {format_date(opinion.received_on)} chưa tới."))
    elif opinion.requested_on is not None and opinion.received_on < opinion.requested_on:
        found.append(Problem("received_on", "Ngày nhận sớm hơn ngày xin."))
    if not opinion.content.strip() and not opinion.level.strip():
        found.append(Problem("content", "Chưa ghi nội dung hoặc mức nhận xét."))
    if found:
        raise ValidationFailed(tuple(found))
    return _written(ws, replace(opinion, not_needed=""), f"Nhập ý kiến của {opinion.kind.label.lower()}")


def excuse_opinion(ws: Workspace, opinion: Opinion, reason: str) -> Opinion:
    """Record why an opinion is not waited for."""
    ws.must(Act.EXCUSE_OPINION)
    if not reason.strip():
        raise ValidationFailed((Problem("not_needed", "Chưa ghi vì sao không cần ý kiến này."),))
    excused = replace(opinion, not_needed=reason, requested_on=None, due_on=None)
    return _written(ws, excused, f"Ghi không cần ý kiến của {opinion.kind.label.lower()}")


def take_back_opinion(ws: Workspace, opinion: Opinion) -> None:
    """Take back the last step of an opinion: what came, else the excuse or the request; history keeps it."""
    ws.must(Act.TAKE_BACK_OPINION)
    act = f"Bỏ bước ghi nhầm về ý kiến của {opinion.kind.label.lower()}"
    with ws.write(act, opinion.member_id) as tx:
        must_be_open(tx, tx.get(tables.opinion, opinion.id, "ý kiến").year)
        if opinion.received_on is not None and opinion.requested_on is not None:
            values = {**_values(opinion), "received_on": None, "content": "", "level": ""}
            tx.update(tables.opinion, opinion.id, values, version=opinion.version)
        else:
            tx.delete(tables.opinion, opinion.id)


def put_back_opinions(ws: Workspace, before: Mapping[str, Opinion]) -> None:
    """Undo: opinions by id as they were; one without an id of its own was not kept then and goes away."""
    ws.must(Act.TAKE_BACK_OPINION)
    with ws.write("Hoàn tác việc ghi ý kiến nhận xét") as tx:
        for opinion_id, opinion in before.items():
            must_be_open(tx, opinion.year)
            kept = tx.first(select(tables.opinion.c.year).where(tables.opinion.c.id == opinion_id))
            if kept is not None:
                must_be_open(tx, kept.year)
            if not opinion.id:
                tx.delete(tables.opinion, opinion_id)
            elif kept is not None:
                tx.update(tables.opinion, opinion_id, _values(opinion))
            else:
                _insert(tx, opinion, {"id": opinion_id})


def _written(ws: Workspace, opinion: Opinion, act: str) -> Opinion:
    with ws.write(f"{act} năm {opinion.year}", opinion.member_id) as tx:
        return _put(tx, opinion)


def _put(tx: WriteTransaction, opinion: Opinion) -> Opinion:
    must_be_open(tx, opinion.year)
    opinion = _cleaned(opinion)
    if opinion.id:
        must_be_open(tx, tx.get(tables.opinion, opinion.id, "ý kiến").year)
        tx.update(tables.opinion, opinion.id, _values(opinion), version=opinion.version)
        return _kept(tx, opinion.id, opinion)
    one_member(tx, opinion.member_id)
    return _kept(tx, _insert(tx, opinion, {}), opinion)


def _insert(tx: WriteTransaction, opinion: Opinion, more: dict[str, Any]) -> str:
    fixed = {"member_id": opinion.member_id, "year": opinion.year, "kind": opinion.kind.value}
    return tx.insert(tables.opinion, {**more, **fixed, **_values(opinion)})


def _kept(tx: ReadTransaction, opinion_id: str, opinion: Opinion) -> Opinion:
    row = tx.get(tables.opinion, opinion_id, "ý kiến")
    return replace(opinion, id=opinion_id, version=row.version)


def _cleaned(opinion: Opinion) -> Opinion:
    return replace(
        opinion,
        from_whom=clean_line(opinion.from_whom),
        content=nfc(opinion.content).strip(),
        level=clean_line(opinion.level),
        not_needed=nfc(opinion.not_needed).strip(),
    )


def _values(opinion: Opinion) -> dict[str, Any]:
    names = ("from_whom", "requested_on", "due_on", "received_on", "content", "level", "not_needed")
    return {name: getattr(opinion, name) for name in names}
