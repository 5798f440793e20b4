"""The table of rights against the services: every role × act × whose record × state, on a real book."""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.db import cell_tables
from app.domain.acts import Act
from app.domain.errors import NotAllowed, NotFound, UserError
from app.domain.permissions import ActorRole, State, Whose, allowed, combinations
from app.domain.review import ReviewKey
from app.domain.rights_table import TABLE, Effect
from app.domain.sheets.kinds import PaperKind
from app.services.books import open_book
from app.services.history import HistoryQuery, action_changes, list_actions
from app.services.months import open_month
from app.services.paper_gathering import gather_year
from app.services.paper_jobs import PaperRequest, paper_job
from app.services.pledges import open_pledge
from app.services.reviews import open_review
from app.services.seats import sit_down
from tests.book_fixtures import FakeClock, People
from tests.services.rights_book import DAY, LOCKED, MONTH, OPEN, RightsBook, Try, phrases_of, seated
from tests.services.rights_calls import CALLS, MONTH_CALLS, PLEDGE_CALLS, REVIEW_CALLS

LOOKS = {row.act for row in TABLE if row.effect is Effect.LOOKS}

# Tried on records of their own, each where its service is tested.
ELSEWHERE = {Act.CHANGE_OWN_PIN, Act.RESTORE_BOOK, Act.UNDO}
# These answer with nothing instead of refusing: what a person may not see or do is not in it.
ANSWER_NOTHING = {
    Act.LIST_MEMBERS,
    Act.LIST_REVIEWS,
    Act.READ_PLEDGE_WORDS,
    Act.READ_MONTH_WORDS,
    Act.READ_REVIEW_WORDS,
    Act.CONFIRM_MONTH,
    Act.PASS_PLEDGE,
    Act.SCORE_FOR_CELL,
}
WORDS = {Act.READ_PLEDGE_WORDS, Act.READ_MONTH_WORDS, Act.READ_REVIEW_WORDS}
# Allowed, these still find no file to read or no folder to write to.
NO_SUCH_PLACE = {Act.IMPORT_MEMBERS, Act.COPY_MEMBER_DATA, Act.TRANSFER_MEMBER}


@pytest.fixture(scope="module")
def book(
    template_cell: tuple[Path, People], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RightsBook]:
    folder, people = template_cell
    copy = Path(shutil.copytree(folder, tmp_path_factory.mktemp("rights") / folder.name))
    workspace = open_book(copy, clock=FakeClock(DAY))
    try:
        yield RightsBook(sit_down(workspace, people.secretary), people)
    finally:
        workspace.close()


def _owner(book: RightsBook, act: Act, state: State) -> str | None:
    owners = next(
        (
            kept
            for calls, kept in (
                (PLEDGE_CALLS, book.pledges),
                (MONTH_CALLS, book.months),
                (REVIEW_CALLS, book.reviews),
            )
            if act in calls
        ),
        {},
    )
    return owners.get(state.value) or owners.get("submitted")


def _try(book: RightsBook, role: ActorRole, act: Act, whose: Whose, state: State) -> Try:
    member_id = None
    if whose is Whose.OWN:
        member_id = _owner(book, act, state) or book.outsider
    if act is Act.SCORE_FOR_CELL and role is ActorRole.MEMBER:
        member_id = book.reviews["typed"]
    return Try(book, seated(book, role, member_id), whose, state)


def _fault(book: RightsBook, act: Act, one: Try, *, may: bool) -> str:
    """What the service does otherwise than the table says, or ""."""
    before = book.head()
    try:
        answer = CALLS[act](one)
    except NotAllowed as error:
        return f"refused: {error}" if may else ""
    except UserError as error:
        if may:
            return "" if act in NO_SUCH_PLACE else f"{type(error).__name__}: {error}"
        return "" if isinstance(error, NotFound) and one.state is State.NONE else f"not refused: {error!r}"
    if may:
        is_dumb = act in WORDS and one.state in (State.PRIVATE, State.TYPED, State.SUBMITTED)
        return "tells nothing" if is_dumb and not answer else ""
    if act not in ANSWER_NOTHING or answer:
        return f"not refused: {answer!r}"[:120]
    return "" if act is Act.SCORE_FOR_CELL or book.head()[1] == before[1] else "changed something"


def test_every_service_does_what_the_table_says_for_every_role_and_state(book: RightsBook) -> None:
    by_file: dict[str, list[tuple[ActorRole, Act, Whose, State]]] = defaultdict(list)
    for one in combinations():
        if one[1] not in ELSEWHERE:
            is_locked = one[3] is State.LOCKED_YEAR or one[1] is Act.REOPEN_YEAR
            by_file[LOCKED if is_locked else OPEN].append(one)
    faults = []
    for name, tries in by_file.items():
        book.back_to(name)
        kept = book.head()
        for role, act, whose, state in tries:
            fault = _fault(
                book,
                act,
                _try(book, role, act, whose, state),
                may=allowed(role, act, whose, state).is_allowed,
            )
            if fault:
                faults.append((role.value, act.name, whose.value, state.value, fault))
            if act not in LOOKS and book.head() != kept:
                book.back_to(name)

    assert faults == []


def _readings(book: RightsBook, role: ActorRole) -> Iterator[object]:
    """Everything the services tell somebody of this role: acts that look, pages, papers, history."""
    ws = seated(book, role, None)
    owners = {*book.pledges.values(), *book.months.values(), *book.reviews.values()}
    for act, call in CALLS.items():
        if act in LOOKS:
            for whose in Whose:
                yield from _told(lambda call=call, whose=whose: call(Try(book, ws, whose, State.ANY)))
    for owner in sorted(owners):
        yield from _told(lambda owner=owner: open_pledge(ws, owner, 2026))
        yield from _told(lambda owner=owner: open_pledge(ws, owner, 2027))  # what it brings over
        yield from _told(lambda owner=owner: open_month(ws, owner, MONTH))
        yield from _told(lambda owner=owner: open_month(ws, owner, MONTH.next()))
        yield from _told(lambda owner=owner: open_review(ws, ReviewKey(owner, 2026)))
        yield from _told(lambda owner=owner: list_actions(ws, 50, HistoryQuery(about_id=owner)))
    yield from _told(lambda: gather_year(ws, 2026))
    for kind in PaperKind:
        request = PaperRequest((kind,), 2026)
        yield from _told(lambda request=request: [sheet.build() for sheet in paper_job(ws, request).sheets])
    with book.ws.read() as tx:
        actions = [row.id for row in tx.rows(select(cell_tables.action.c.id))]
    for action in actions:
        yield from _told(lambda action=action: action_changes(ws, action))


def _told(read: Callable[[], object]) -> Iterator[object]:
    """What a reading gives, or nothing where it is refused."""
    try:
        yield read()
    except UserError:
        return


@pytest.mark.parametrize("role", ActorRole)
def test_nobody_is_told_a_word_of_a_draft_that_is_not_theirs_to_read(
    book: RightsBook, role: ActorRole
) -> None:
    book.back_to(OPEN)
    unread = phrases_of("private")
    if role in (ActorRole.MEMBER, ActorRole.READER):
        unread += phrases_of("typed")
    if role is ActorRole.MEMBER:
        unread += (
            phrases_of("submitted") + phrases_of("passed") + phrases_of("confirmed") + phrases_of("closed")
        )

    told = "\n".join(repr(each) for each in _readings(book, role))

    assert [phrase for phrase in unread if phrase in told] == []
    if role is not ActorRole.MEMBER:
        assert all(phrase in told for phrase in (phrases_of("passed")[0], phrases_of("confirmed")[6]))
