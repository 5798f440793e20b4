"""The table of rights: what each role may, and what a refusal says."""

import pytest

from app.domain.acts import Act
from app.domain.permissions import (
    ActorRole,
    Reader,
    State,
    Whose,
    allowed,
    combinations,
    count_combinations,
    pages_for,
)
from app.domain.rights_table import TABLE, Effect

SECRETARY, DEPUTY, COMMITTEE, TYPIST, MEMBER, READER = ActorRole
WORDS = (Act.READ_PLEDGE_WORDS, Act.READ_MONTH_WORDS, Act.READ_REVIEW_WORDS)


def may(role: ActorRole, act: Act, whose: Whose = Whose.CELL, state: State = State.ANY) -> bool:
    return allowed(role, act, whose, state).is_allowed


def test_every_cell_of_the_table_answers_and_every_refusal_is_a_sentence() -> None:
    verdicts = {one: allowed(*one) for one in combinations()}

    assert len(verdicts) == count_combinations() > 2000
    refusals = {verdict.why_not for verdict in verdicts.values() if not verdict.is_allowed}
    assert all(said[0].isupper() and said.endswith(".") and "!" not in said for said in refusals)
    assert all(not verdict.why_not for verdict in verdicts.values() if verdict.is_allowed)


@pytest.mark.parametrize("act", WORDS)
@pytest.mark.parametrize("role", ActorRole)
def test_a_private_draft_is_read_by_its_member_alone(role: ActorRole, act: Act) -> None:
    assert may(role, act, Whose.OWN, State.PRIVATE)
    assert not may(role, act, Whose.OTHERS, State.PRIVATE)


@pytest.mark.parametrize("act", WORDS)
def test_a_draft_typed_for_a_member_is_read_by_who_types_and_leads_not_by_the_level_above(act: Act) -> None:
    readers = {role for role in ActorRole if may(role, act, Whose.OTHERS, State.TYPED)}

    assert readers == {SECRETARY, DEPUTY, COMMITTEE, TYPIST}


def test_a_reader_from_above_writes_nothing_but_their_own_pin_and_password() -> None:
    # Backing up is the program's work, whoever sits there.
    written = {one[1] for one in combinations() if one[0] is READER and allowed(*one).is_allowed}
    effects = {row.act: row.effect for row in TABLE}

    own = {Act.CHANGE_OWN_PIN, Act.CHANGE_OWN_PASSWORD, Act.BACK_UP}
    assert {act for act in written if effects[act] is not Effect.LOOKS} == own
    assert not written & {Act.READ_HISTORY, Act.MANAGE_KEYS, Act.READ_BIN}


def test_who_types_for_others_never_confirms_passes_closes_decides_or_speaks_for_the_cell() -> None:
    theirs = {one[1] for one in combinations() if one[0] is TYPIST and allowed(*one).is_allowed}

    assert not theirs & {
        Act.CONFIRM_MONTH,
        Act.PASS_PLEDGE,
        Act.COMMENT_MONTH,
        Act.CLOSE_REVIEW,
        Act.CLOSE_YEAR,
        Act.SET_GRADE,
        Act.ENTER_DECISIONS,
        Act.KEEP_VOTES,
        Act.APPRAISE,
        Act.KEEP_POSTS,
        Act.READ_HISTORY,
        Act.MANAGE_KEYS,
        Act.READ_OPINIONS,
    }
    assert may(TYPIST, Act.SAVE_MONTH, Whose.OTHERS, State.NONE)
    assert may(TYPIST, Act.SUBMIT_MONTH, Whose.OTHERS, State.TYPED)
    assert not may(TYPIST, Act.SUBMIT_MONTH, Whose.OTHERS, State.PRIVATE)
    assert not may(TYPIST, Act.SAVE_MONTH, Whose.OTHERS, State.SUBMITTED)


def test_the_deputy_acts_for_the_secretary_in_everything() -> None:
    for one in combinations():
        if one[0] is SECRETARY:
            assert allowed(*one).is_allowed == allowed(DEPUTY, *one[1:]).is_allowed


@pytest.mark.parametrize(
    "act",
    [
        Act.MANAGE_KEYS,
        Act.MANAGE_ACCOUNTS,
        Act.RESTORE_BOOK,
        Act.CLOSE_YEAR,
        Act.REOPEN_YEAR,
        Act.KEEP_RULES,
        Act.KEEP_POSTS,
    ],
)
def test_how_the_book_works_is_for_the_secretary_and_the_deputy(act: Act) -> None:
    assert {role for role in ActorRole if may(role, act)} == {SECRETARY, DEPUTY}


def test_a_member_does_nothing_to_anothers_record() -> None:
    others = {one for one in combinations() if one[0] is MEMBER and one[2] is Whose.OTHERS}

    assert not any(allowed(*one).is_allowed for one in others)
    assert allowed(MEMBER, Act.OPEN_MONTH, Whose.OTHERS).why_not.startswith("Trang này của đảng viên khác.")


def test_nobody_confirms_their_own_month() -> None:
    assert not any(may(role, Act.CONFIRM_MONTH, Whose.OWN, State.SUBMITTED) for role in ActorRole)
    assert "Không ai tự xác nhận" in allowed(SECRETARY, Act.CONFIRM_MONTH, Whose.OWN).why_not


def test_a_locked_year_takes_no_writing_and_is_read_as_before() -> None:
    for row in TABLE:
        for role in ActorRole:
            for grant in row.grants:
                verdict = allowed(role, row.act, grant.whose, State.LOCKED_YEAR)
                if row.effect is Effect.WRITES_YEAR:
                    assert not verdict.is_allowed
    assert may(SECRETARY, Act.OPEN_MONTH, Whose.OTHERS, State.LOCKED_YEAR)


@pytest.mark.parametrize(
    ("role", "act", "state", "words"),
    [
        (MEMBER, Act.KEEP_MEETING, State.ANY, "do bí thư, phó bí thư hoặc chi ủy viên làm. Xin bấm Giao máy"),
        (COMMITTEE, Act.CLOSE_YEAR, State.ANY, "Việc khóa năm do bí thư hoặc phó bí thư làm."),
        (READER, Act.KEEP_MEETING, State.ANY, "chỉ đọc và in"),
        (SECRETARY, Act.KEEP_MEETING, State.LOCKED_YEAR, "bí thư mở lại năm"),
    ],
)
def test_a_refusal_says_who_may_or_what_to_do(role: ActorRole, act: Act, state: State, words: str) -> None:
    assert words in allowed(role, act, Whose.CELL, state).why_not


def test_a_refused_state_says_how_the_record_stands_and_the_way_out() -> None:
    said = allowed(SECRETARY, Act.SAVE_MONTH, Whose.OTHERS, State.CONFIRMED).why_not
    private = allowed(SECRETARY, Act.SAVE_PLEDGE, Whose.OTHERS, State.PRIVATE).why_not

    assert "đã được chi bộ xác nhận" in said
    assert "bí thư mở lại tháng" in said
    assert "đang được chính đồng chí ấy soạn" in private


def test_a_reader_of_a_record_is_its_owner_somebody_else_or_of_the_cell() -> None:
    me = Reader(MEMBER, "m1")

    assert me.may(Act.OPEN_MONTH, "m1", State.ANY)
    assert not me.may(Act.OPEN_MONTH, "m2", State.ANY)
    assert not me.may(Act.OPEN_REVIEW, None, State.ANY)


def test_each_role_has_its_pages() -> None:
    assert pages_for(SECRETARY) == pages_for(COMMITTEE)
    assert "settings" in pages_for(SECRETARY)
    assert pages_for(MEMBER) == ()
    assert "settings" not in (*pages_for(TYPIST), *pages_for(READER))
