"""Who may do what: the roles at the PC."""

from enum import StrEnum


class ActorRole(StrEnum):
    """What the person at the PC is in the cell; decides which actions are theirs."""

    SECRETARY = "secretary"
    DEPUTY_SECRETARY = "deputy_secretary"
    COMMITTEE_MEMBER = "committee_member"
    TYPIST = "typist"
    MEMBER = "member"
    READER = "reader"

    @property
    def leads(self) -> bool:
        """Whether this person works with everybody's pages, not only their own."""
        return self in (ActorRole.SECRETARY, ActorRole.DEPUTY_SECRETARY, ActorRole.COMMITTEE_MEMBER)
