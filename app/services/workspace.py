"""The open book, who sits at the PC, and the clock: what every service is handed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Engine

from app.db.book_folder import BookLock
from app.db.database import reading, writing
from app.db.transactions import ActionLabel, ReadTransaction, WriteTransaction
from app.db.witness import Witness
from app.domain.acts import Act
from app.domain.errors import BookUnavailable, NotAllowed
from app.domain.roles import ActorRole, State

if TYPE_CHECKING:
    from app.domain.permissions import Reader, Verdict

__all__ = ["KEEPER", "Act", "Actor", "ActorRole", "Clock", "State", "SystemClock", "Workspace"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who sits at the PC; ``member_id`` is None for the person setting up a book and for who is no member.

    ``account_id``: the account of somebody who sits here by one (``seat_account``).
    """

    member_id: str | None
    name: str
    role: ActorRole
    account_id: str = ""

    @property
    def seat_id(self) -> str:
        """What this person's drafts and PIN are kept under; "" for the book's keeper."""
        return self.member_id or self.account_id

    @property
    def reader(self) -> "Reader":
        """This person as the table of rights knows them."""
        from app.domain.permissions import Reader  # the table is not asked before the names stand

        return Reader(self.role, self.member_id)


KEEPER = Actor(None, "Người lập sổ", ActorRole.SECRETARY)


class Clock(Protocol):
    """Where today and now come from."""

    def today(self) -> date:
        """The calendar day."""

    def now(self) -> datetime:
        """Local time with seconds."""


class SystemClock:
    """The PC's own clock."""

    def today(self) -> date:
        """The calendar day on this PC."""
        return date.today()

    def now(self) -> datetime:
        """Local time on this PC."""
        return datetime.now().replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open book with the person using it. Passed to every service; never global.

    ``key``: the book's data key; ``slot_id``: the slot that opened it ("" for the sample's own).
    """

    folder: Path
    engine: Engine
    cell_id: str
    actor: Actor
    clock: Clock
    lock: BookLock | None
    key: bytes | None = field(default=None, repr=False)
    slot_id: str = ""

    @property
    def witness(self) -> Witness:
        """Where the count of this book's writes is kept beside it."""
        return Witness(self.folder)

    @property
    def read_only(self) -> bool:
        """Whether this window may only look."""
        return self.lock is None

    @property
    def looks_only(self) -> bool:
        """Whether the person at the PC only looks: this window does, or they write nothing anywhere."""
        return self.read_only or not self.may(Act.KEEP_DRAFT)

    def seated(self, actor: Actor) -> "Workspace":
        """The same open book with somebody else at the PC."""
        return replace(self, actor=actor)

    def today(self) -> date:
        """Today by this workspace's clock."""
        return self.clock.today()

    def now(self) -> str:
        """Now as stored in records: local ISO time to the second."""
        return self.clock.now().isoformat(sep=" ", timespec="seconds")

    @contextmanager
    def read(self) -> Iterator[ReadTransaction]:
        """One consistent look into the book."""
        with reading(self.engine) as connection:
            yield ReadTransaction(connection, self.cell_id)

    @contextmanager
    def write(
        self, action: str, behalf_of: str | None = None, *, undo_of: str | None = None
    ) -> Iterator[WriteTransaction]:
        """One action: named for the history in the past tense, all of it kept or none.

        ``behalf_of`` is the member whose page it is when somebody else types it in ("nhập thay");
        ``undo_of`` the action this one takes back.
        """
        self.must_be_writable()
        behalf = None if behalf_of == self.actor.member_id else behalf_of
        actor = self.actor
        role = actor.role.value
        label = ActionLabel(action, actor.member_id, actor.name, behalf, self.now(), role, undo_of)
        with writing(self.engine, self.witness) as connection:
            tx = WriteTransaction(connection, self.cell_id, label)
            yield tx
            tx.write_history()

    def must_be_writable(self) -> None:
        """Refuse to write in a window that only looks, or into a book that is gone at the moment."""
        if self.lock is None:
            raise BookUnavailable("Sổ đang mở ở chế độ chỉ xem nên chưa ghi được.")
        if self.lock.renew():
            # What is connected still holds the files that went away.
            self.engine.dispose()

    def verdict(self, act: Act, member_id: str | None = None, state: State = State.ANY) -> "Verdict":
        """What the table of rights says of the person at the PC doing this to a member's record.

        Without ``member_id`` it is the cell's; ``state`` is how far the record is, once that is known.
        """
        return self.actor.reader.verdict(act, member_id, state)

    def may(self, act: Act, member_id: str | None = None, state: State = State.ANY) -> bool:
        """Whether the person at the PC may do this."""
        return self.verdict(act, member_id, state).is_allowed

    def must(
        self, act: Act, member_id: str | None = None, state: State = State.ANY, *, said: str = ""
    ) -> None:
        """Refuse what is not theirs, or what the record's state forbids; ``said`` says that more exactly."""
        verdict = self.verdict(act, member_id, state)
        if not verdict.is_allowed:
            raise NotAllowed(said or verdict.why_not)

    def close(self) -> None:
        """Close the book; the next window may write."""
        self.engine.dispose()
        if self.lock is not None:
            self.lock.release()
