"""The roles at the PC, and what the table of rights asks of a record: whose it is, how far it is."""

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

    def reaches(self, earlier: str) -> bool:
        """Whether somebody in this role may take back what was done in an earlier one; "": not known."""
        heads = (ActorRole.SECRETARY, ActorRole.DEPUTY_SECRETARY)
        if self in heads or earlier == self.value:
            return True
        return self.leads and earlier not in (*heads, "")

    @property
    def label(self) -> str:
        """The role in the field's words."""
        return {
            "secretary": "Bí thư",
            "deputy_secretary": "Phó bí thư",
            "committee_member": "Chi ủy viên",
            "typist": "Người nhập giúp",
            "member": "Đảng viên",
            "reader": "Người xem của cấp trên",
        }[self.value]


class Whose(StrEnum):
    """Whose record: one's own, another member's, or the cell's."""

    OWN = "own"
    OTHERS = "others"
    CELL = "cell"


class State(StrEnum):
    """How far a record is. ANY: it has no states, or nobody has looked yet."""

    ANY = "any"
    NONE = "none"
    PRIVATE = "private"  # being written by its own member
    TYPED = "typed"  # being written by somebody for its member
    SUBMITTED = "submitted"
    PASSED = "passed"
    CONFIRMED = "confirmed"
    EXCUSED = "excused"
    CLOSED = "closed"
    LOCKED_YEAR = "locked_year"
