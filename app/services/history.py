"""Nhật ký: who did what, when and about whom, found by words, people, part of the book and days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from app.db import tables
from app.db.transactions import ReadTransaction
from app.domain.dates import format_date
from app.domain.history_words import tables_of
from app.domain.permissions import Act, ActorRole
from app.domain.text import fold, matches, nfc
from app.services.history_lines import ChangeLine as ChangeLine
from app.services.history_lines import HistoryNames, Readers, lines_of_action
from app.services.member_records import actions_about
from app.services.workspace import Workspace

# What a member does to their own page before handing it in; taken back and done again it is theirs still.
DRAFTING = ("Lưu ", "Hoàn tác: lưu ", "Làm lại: lưu ")
_TYPING = ("Lưu ", "Gửi ")
_MANY = 200
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One thing somebody did: when, who, about whose page if not their own, what, how much it changed.

    ``is_typed``: what the member writes was typed in by somebody else ("nhập thay").
    """

    id: str
    at: str
    who: str
    on_behalf: str
    name: str
    change_count: int
    seq: int = 0
    is_typed: bool = False

    @property
    def day_and_time(self) -> str:
        """When, as it is written in Vietnam."""
        return f"{format_date(date.fromisoformat(self.at[:10]))} {self.at[11:16]}"

    @property
    def about(self) -> str:
        """Whose page it was, if somebody else's: typed for them, or about them."""
        if not self.on_behalf:
            return ""
        return f"{'nhập thay cho' if self.is_typed else 'về'} {self.on_behalf}"

    @property
    def begins(self) -> str:
        """How a sentence about it begins: when and who."""
        return f"{self.day_and_time}, {self.who}" + (f" ({self.about})" if self.on_behalf else "")

    @property
    def sentence(self) -> str:
        """The whole action in one sentence."""
        return f"{self.begins}: {self.name[:1].lower()}{self.name[1:]}."


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """What is looked for: words (marks or not), who did it, whom it is about, part of the book, days."""

    words: str = ""
    by_id: str = ""
    about_id: str = ""
    part: str = ""
    first_day: date | None = None
    last_day: date | None = None


EVERYTHING = HistoryQuery()


def list_actions(
    ws: Workspace, limit: int, wanted: HistoryQuery = EVERYTHING, before: int = 0
) -> tuple[ActionLine, ...]:
    """The last actions that are looked for, the newest first; ``before``: only older than this ``seq``.

    What others save while they are still writing is left out: to everybody else it is not sent yet.
    """
    ws.must(Act.READ_HISTORY)
    where = [*_conditions(wanted), ~others_drafts(ws)]
    if before:
        where.append(tables.action.c.seq < before)
    words = nfc(wanted.words).strip()
    with ws.read() as tx:
        if words:
            where = [tables.action.c.seq.in_(_with_words(tx, where, words, limit))]
        newest = action_query().where(*where).order_by(tables.action.c.seq.desc()).limit(limit)
        return tuple(line_of(row) for row in tx.rows(newest))


def _has_numbers(words: str, told: str) -> bool:
    """Whether the numbers looked for begin a number there: 5 is not 35, and of one or two digits not 51."""
    return all(
        re.search(rf"(?<!\d){word}" + (r"(?!\d)" if len(word) <= 2 else ""), told)
        for word in words.split()
        if word.isdecimal() and word.isascii()
    )


def _with_words(tx: ReadTransaction, where: list[ColumnElement[bool]], words: str, limit: int) -> list[int]:
    """The newest actions in whose words and names the words are found; alike ones are compared once."""
    action, member = tables.action.c, tables.member.c
    query = (
        select(action.seq, action.name, action.actor_name, member.full_name)
        .outerjoin(tables.member, member.id == action.behalf_id)
        .where(*where)
        .order_by(action.seq.desc())
    )
    known: dict[tuple[str, str, str | None], bool] = {}
    found: list[int] = []
    result = tx.connection.execute(query.execution_options(yield_per=_AT_ONCE))
    for seq, *said in result:
        key = tuple(said)
        if key not in known:
            told = " ".join(filter(None, said))
            known[key] = matches(words, told.lower(), fold(told)) and _has_numbers(words, told)
        if known[key]:
            found.append(seq)
            if len(found) == limit:
                break
    result.close()
    return found


def action_query() -> Select[Any]:
    """Actions with the name of the member whose page it was."""
    action, member, change = tables.action.c, tables.member.c, tables.change.c
    count = select(func.count()).where(change.action_id == action.id).scalar_subquery()
    return select(*tables.action.columns, member.full_name, count.label("n")).outerjoin(
        tables.member, member.id == action.behalf_id
    )


def line_of(row: Any) -> ActionLine:
    """An action as the history shows it."""
    typed = bool(row.behalf_id) and (row.name.startswith(_TYPING) or row.actor_role == ActorRole.TYPIST.value)
    return ActionLine(
        row.id, row.at, row.actor_name, row.full_name or "", row.name, row.n, row.seq, is_typed=typed
    )


def others_drafts(ws: Workspace) -> ColumnElement[bool]:
    """What somebody else saved while still writing their own page."""
    action = tables.action.c
    return and_(
        or_(*(action.name.startswith(words) for words in DRAFTING)),
        action.behalf_id.is_(None),
        action.actor_id.is_distinct_from(ws.actor.member_id),
    )


def _conditions(wanted: HistoryQuery) -> Iterator[ColumnElement[bool]]:
    action, change = tables.action.c, tables.change.c
    if wanted.by_id:
        yield action.actor_id == wanted.by_id
    if wanted.about_id:
        about = wanted.about_id
        mine = and_(action.actor_id == about, action.behalf_id.is_(None))
        yield or_(mine, action.behalf_id == about, action.id.in_(actions_about(about)))
    if wanted.part:
        yield exists().where(change.action_id == action.id, change.table_name.in_(tables_of(wanted.part)))
    if wanted.first_day is not None:
        yield action.at >= wanted.first_day.isoformat()
    if wanted.last_day is not None:
        yield action.at < (wanted.last_day + timedelta(days=1)).isoformat()


def action_changes(ws: Workspace, action_id: str, limit: int = _MANY) -> tuple[ChangeLine, ...]:
    """What one action changed, field by field, as far as it can be said in words."""
    ws.must(Act.READ_HISTORY)
    with ws.read() as tx:
        return lines_of_action(tx, HistoryNames(tx), action_id, Readers(ws.actor.member_id), limit)
