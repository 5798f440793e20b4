"""What the page of a pledge reads from the book in one go."""

from dataclasses import dataclass

from app.domain.content_set import ContentSet
from app.domain.permissions import Act, State
from app.domain.pledge import PledgeState
from app.domain.record_states import pledge_state
from app.services.cells import get_cell
from app.services.content_sets import list_content_sets
from app.services.drafts import StoredDraft, find_draft
from app.services.pledges import PledgePage, open_pledge
from app.services.workspace import Workspace

DRAFT_FORM = "pledge"


@dataclass(frozen=True, slots=True)
class LoadedPledge:
    """A member's pledge with the contents to choose from and what was left unsaved."""

    page: PledgePage
    sets: tuple[ContentSet, ...]
    draft: StoredDraft | None
    may_write: bool

    @property
    def mode(self) -> str:
        """What can be done: look, write, sent (waiting for the cell), passed (changed with a reason)."""
        if not self.may_write:
            return "look"
        state = self.page.pledge.state
        return {PledgeState.DRAFT: "write", PledgeState.SUBMITTED: "sent"}.get(state, "passed")


def draft_key(member_id: str, year: int) -> str:
    """What a draft of a pledge is known by."""
    return f"{member_id}:{year}"


def read_pledge(ws: Workspace, member_id: str, year: int) -> LoadedPledge:
    """Read all the page needs."""
    page = open_pledge(ws, member_id, year)
    draft = find_draft(ws, DRAFT_FORM, draft_key(member_id, year))
    usual = get_cell(ws).content_set
    # The cell's usual set comes first, the ethics of single trades last.
    known = list_content_sets(ws, year=year)
    sets = sorted(known, key=lambda each: (each.code != usual, each.code.startswith("E")))
    state = pledge_state(page.pledge)
    right = Act.REVISE_PLEDGE if state is State.PASSED else Act.SAVE_PLEDGE
    may_write = ws.may(right, member_id, state) and not (page.is_closed or ws.looks_only)
    return LoadedPledge(page, tuple(sets), draft, may_write)
