"""A place at the PC: whose it is, as what they sit there, and what they are asked for first."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.dates import BirthDate
from app.domain.permissions import ActorRole

LEAST_IDLE_MINUTES, MOST_IDLE_MINUTES = 1, 60
ACCOUNT_ROLES = {
    ActorRole.TYPIST: "Người nhập giúp",
    ActorRole.READER: "Người xem của cấp trên",
}


class SeatSecret(StrEnum):
    """What a person is asked for when they sit down.

    NOTHING: the cell goes without PINs. PASSWORD: a password holder without a PIN.
    MISSING: no PIN yet; the secretary gives one.
    """

    NOTHING = "nothing"
    PIN = "pin"
    PASSWORD = "password"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Seat:
    """One name to choose; ``id`` is the member's or the account's, "" for the book's keeper."""

    id: str
    name: str
    role: ActorRole
    post: str
    secret: SeatSecret
    pin_length: int = 0
    is_starting: bool = False
    may_use_password: bool = False
    birth: BirthDate | None = None
    search_key: str = ""


@dataclass(frozen=True, slots=True)
class Security:
    """How the cell guards its turns at the PC; minutes without anybody there until the screen is locked."""

    pins_required: bool = False
    member_idle_minutes: int = 5
    lead_idle_minutes: int = 15
    version: int = 1

    def idle_minutes(self, role: ActorRole) -> int:
        """For who sits there."""
        return self.lead_idle_minutes if role.leads else self.member_idle_minutes
