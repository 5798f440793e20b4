"""The open book and who sits at it."""

import pytest

from app.domain.errors import NotAllowed
from app.services.seats import sit_down
from app.services.workspace import ActorRole, Workspace
from tests.book_fixtures import People


def test_each_person_sits_down_with_their_post_of_today(secretary_ws: Workspace, people: People) -> None:
    roles = {
        name: sit_down(secretary_ws, getattr(people, name)).actor.role
        for name in ("secretary", "deputy", "committee", "plain")
    }

    assert roles == {
        "secretary": ActorRole.SECRETARY,
        "deputy": ActorRole.DEPUTY_SECRETARY,
        "committee": ActorRole.COMMITTEE_MEMBER,
        "plain": ActorRole.MEMBER,
    }


def test_keeper_may_sit_only_while_the_cell_has_no_secretary(ws: Workspace, secretary_ws: Workspace) -> None:
    assert sit_down(ws, None).actor.member_id is None
    with pytest.raises(NotAllowed, match="đã có bí thư"):
        sit_down(secretary_ws, None)
