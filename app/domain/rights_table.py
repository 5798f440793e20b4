"""Who may do what, in one table: act × role × whose record × how far the record is.

The secretary does everything; the deputy acts for the secretary, for nobody knows when the secretary is
away. Committee members enter, comment, confirm and pass (nobody confirms their own month), but do not reach
what changes how the book works: settings, rules, posts (they decide who has which role), locking and
reopening, keys, accounts, restoring. Who types for others (người nhập giúp) writes pledges, months and
sheets that are not handed in, hands in what was typed, and reads nothing but what is handed in or typed;
never confirms, passes, closes, decides or speaks for the cell. A member has their own pages. A reader from
the level above reads what is handed in and what the cell keeps of it, prints it, and writes nothing. The
person setting up a book before it has a secretary counts as one.

What a member writes and has not handed in is theirs: nobody else reads its words, the secretary neither.
"""

from dataclasses import dataclass
from enum import Enum

from app.domain.acts import Act
from app.domain.roles import State, Whose


class Effect(Enum):
    """What an act does to the book: nothing, changes to a year (refused once locked), other changes."""

    LOOKS = 0
    WRITES_YEAR = 1
    WRITES = 2


@dataclass(frozen=True, slots=True)
class Grant:
    """Who may: a letter for each role; in which states of the record (none named: it has none, or in all)."""

    whose: Whose
    letters: str
    states: frozenset[State] = frozenset()

    def covers(self, letter: str, whose: Whose, state: State) -> bool:
        """Whether this grant is for the role with this letter, whose record, and the state it is in."""
        if whose is not self.whose or letter not in self.letters:
            return False
        return state is State.ANY or not self.states or state in self.states


@dataclass(frozen=True, slots=True)
class Row:
    """One act's line of the table."""

    act: Act
    effect: Effect
    grants: tuple[Grant, ...]


def _states(names: str) -> frozenset[State]:
    return frozenset(State(name) for name in names.split())


def _cell(letters: str, states: str = "") -> Grant:
    return Grant(Whose.CELL, letters, _states(states))


def _others(letters: str, states: str = "") -> Grant:
    return Grant(Whose.OTHERS, letters, _states(states))


def _own(letters: str, states: str = "") -> Grant:
    return Grant(Whose.OWN, letters, _states(states))


def _looks(act: Act, *grants: Grant) -> Row:
    return Row(act, Effect.LOOKS, grants)


def _year(act: Act, *grants: Grant) -> Row:
    return Row(act, Effect.WRITES_YEAR, grants)


def _writes(act: Act, *grants: Grant) -> Row:
    return Row(act, Effect.WRITES, grants)


_BEGUN = "private typed submitted"
_UNSENT = "none private typed"
_ALL, _LEADS, _HEADS = "SDCTMR", "SDC...", "SD...."

# S bí thư, D phó bí thư, C chi ủy viên, T người nhập giúp, M đảng viên, R người xem của cấp trên.
# fmt: off
TABLE: tuple[Row, ...] = (
    _looks(Act.LOOK, _cell(_ALL)),
    _writes(Act.KEEP_DRAFT, _cell("SDCTM.")),
    _looks(Act.OPEN_OWN_DESK, _own(_ALL)),
    # Members
    _looks(Act.LIST_MEMBERS, _cell("SDCT.R")),
    _looks(Act.READ_MEMBER, _others("SDCT.R"), _own(_ALL)),
    _looks(Act.OPEN_MEMBER, _cell(_LEADS)),
    _writes(Act.KEEP_MEMBER, _cell(_LEADS)),
    _writes(Act.ADD_STATUS, _cell(_LEADS)),
    _writes(Act.CHANGE_STATUS, _cell(_LEADS)),
    _writes(Act.REMOVE_STATUS, _cell(_LEADS)),
    _writes(Act.RETURN_MEMBER, _cell(_LEADS)),
    _writes(Act.KEEP_POSTS, _cell(_HEADS)),
    _year(Act.CHOOSE_KINDS, _cell(_LEADS)),
    _writes(Act.IMPORT_MEMBERS, _cell(_HEADS)),
    _looks(Act.READ_DISCIPLINE, _cell(_LEADS)),
    _year(Act.ADD_DISCIPLINE, _cell(_LEADS)),
    _year(Act.CHANGE_DISCIPLINE, _cell(_LEADS)),
    _year(Act.REMOVE_DISCIPLINE, _cell(_LEADS)),
    _looks(Act.COPY_MEMBER_DATA, _others(_LEADS), _own(_ALL)),
    _looks(Act.TRANSFER_MEMBER, _cell(_LEADS)),
    # Pledges
    _looks(Act.LIST_PLEDGES, _cell("SDCT.R")),
    _looks(Act.OPEN_PLEDGE, _others("SDCT.R"), _own(_ALL)),
    _looks(Act.READ_PLEDGE_WORDS, _own(_ALL), _others("SDCT..", "none typed submitted passed"),
           _others(".....R", "none submitted passed")),
    _year(Act.SAVE_PLEDGE, _own("SDCTM.", _UNSENT + " submitted"), _others(_LEADS, "none typed submitted"),
          _others("...T..", "none typed")),
    _year(Act.SUBMIT_PLEDGE, _own("SDCTM.", _UNSENT + " submitted"), _others(_LEADS, "none typed submitted"),
          _others("...T..", "none typed")),
    _year(Act.RETURN_PLEDGE, _own(_LEADS, "submitted"), _others(_LEADS, "submitted")),
    _year(Act.PASS_PLEDGE, _own(_LEADS, "submitted"), _others(_LEADS, "submitted"), _cell(_LEADS)),
    _year(Act.REVISE_PLEDGE, _own("SDCTM.", "passed"), _others(_LEADS, "passed")),
    _year(Act.SET_OUTCOME, _own("SDCTM.", _BEGUN + " passed"), _others(_LEADS, "typed submitted passed"),
          _others("...T..", "typed")),
    # Months
    _looks(Act.READ_BOARD, _cell("SDCT.R")),
    _looks(Act.OPEN_MONTH, _others("SDCT.R"), _own(_ALL)),
    _looks(Act.READ_MONTH_WORDS, _own(_ALL), _others("SDCT..", "none typed submitted confirmed excused"),
           _others(".....R", "none submitted confirmed excused")),
    _year(Act.SAVE_MONTH, _own("SDCTM.", _UNSENT + " submitted excused"),
          _others(_LEADS, _UNSENT + " submitted excused"), _others("...T..", _UNSENT)),
    _year(Act.SUBMIT_MONTH, _own("SDCTM.", _UNSENT + " submitted excused"),
          _others(_LEADS, _UNSENT + " submitted excused"), _others("...T..", "none typed")),
    _year(Act.COMMENT_MONTH, _own(_LEADS, "submitted confirmed excused"),
          _others(_LEADS, "submitted confirmed excused")),
    _year(Act.CONFIRM_MONTH, _others(_LEADS, "submitted"), _cell(_LEADS)),
    _year(Act.EXCUSE_MONTH, _own(_LEADS, _UNSENT + " submitted excused"),
          _others(_LEADS, _UNSENT + " submitted excused")),
    _year(Act.RETURN_MONTH, _own(_LEADS, "submitted"), _others(_LEADS, "submitted")),
    _year(Act.REOPEN_MONTH, _own(_HEADS, "confirmed excused"), _others(_HEADS, "confirmed excused")),
    _looks(Act.READ_MONTHS_TO_CONFIRM, _cell("SDC..R")),
    # Reviews
    _looks(Act.LIST_REVIEWS, _cell("SDCT.R")),
    _looks(Act.OPEN_REVIEW, _others("SDCT.R"), _own(_ALL), _cell("SDC..R")),
    _looks(Act.READ_REVIEW_WORDS, _own(_ALL), _others("SDCT..", "none typed submitted closed"),
           _others(".....R", "none submitted closed"),
           _cell(_LEADS), _cell(".....R", "none submitted closed")),
    _year(Act.SAVE_REVIEW, _own("SDCTM.", _UNSENT + " submitted"), _others(_LEADS, _UNSENT + " submitted"),
          _others("...T..", _UNSENT), _cell(_LEADS, "none typed submitted")),
    _year(Act.SUBMIT_REVIEW, _own("SDCTM.", _UNSENT + " submitted"), _others(_LEADS, _UNSENT + " submitted"),
          _others("...T..", "none typed"), _cell(_LEADS, "none typed submitted")),
    _year(Act.SCORE_FOR_CELL, _cell(_LEADS)),
    _year(Act.SET_GRADE, _own(_LEADS, _BEGUN), _others(_LEADS, _BEGUN), _cell(_LEADS, "typed submitted")),
    _year(Act.CLEAR_GRADE, _own(_LEADS, _BEGUN), _others(_LEADS, _BEGUN), _cell(_LEADS, "typed submitted")),
    _year(Act.CLOSE_REVIEW, _own(_LEADS, "typed submitted"), _others(_LEADS, "typed submitted"),
          _cell(_LEADS, "typed submitted")),
    _year(Act.REOPEN_REVIEW, _own(_HEADS, _BEGUN + " closed"), _others(_HEADS, _BEGUN + " closed"),
          _cell(_HEADS, "typed submitted closed")),
    _looks(Act.READ_QUARTERS, _cell("SDC..R")),
    _year(Act.LEAVE_UNRATED, _cell(_LEADS)),
    _looks(Act.OPEN_COLLECTIVES, _cell("SDC..R")),
    _year(Act.NOTE_DRAFT_SENT, _cell(_LEADS)),
    # The year's end
    _looks(Act.OPEN_YEAR_END, _cell("SDC..R")),
    _looks(Act.READ_DUTIES, _cell("SDC..R")),
    _year(Act.OVERRULE_DUTY, _cell(_LEADS)),
    _looks(Act.READ_OPINIONS, _cell("SDC..R")),
    _year(Act.REQUEST_OPINIONS, _cell(_LEADS)),
    _year(Act.ENTER_OPINION, _cell(_LEADS)),
    _year(Act.EXCUSE_OPINION, _cell(_LEADS)),
    _year(Act.TAKE_BACK_OPINION, _cell(_LEADS)),
    _looks(Act.READ_RAISED_POINTS, _cell("SDC..R")),
    _year(Act.RAISE_POINT, _cell(_LEADS)),
    _year(Act.REMOVE_POINT, _cell(_LEADS)),
    _looks(Act.READ_APPRAISALS, _cell("SDC..R")),
    _year(Act.APPRAISE, _cell(_LEADS)),
    _looks(Act.READ_CAP, _cell("SDC..R")),
    _year(Act.CHANGE_CAP, _cell(_HEADS)),
    _year(Act.GROUP_FOR_CAP, _cell(_LEADS)),
    _looks(Act.READ_GRADES, _cell("SDC..R")),
    _year(Act.PROPOSE, _cell(_LEADS)),
    _year(Act.ENTER_DECISIONS, _cell(_LEADS)),
    _year(Act.RESTORE_GRADES, _cell(_LEADS)),
    _year(Act.NOTIFY, _cell(_LEADS)),
    _year(Act.RERATE, _cell(_LEADS)),
    _year(Act.TAKE_BACK_RERATING, _cell(_LEADS)),
    _year(Act.NOTE_COMPLAINT, _cell(_LEADS)),
    _year(Act.ANSWER_COMPLAINT, _cell(_LEADS)),
    _year(Act.REMOVE_COMPLAINT, _cell(_LEADS)),
    _looks(Act.READ_STATISTICS, _cell("SDC..R")),
    _looks(Act.READ_YEAR_FILES, _cell("SDC..R")),
    _looks(Act.READ_OPEN_ITEMS, _cell(_LEADS)),
    _year(Act.CLOSE_YEAR, _cell(_HEADS)),
    _writes(Act.REOPEN_YEAR, _cell(_HEADS)),
    # Meetings and votes
    _looks(Act.READ_MEETINGS, _cell("SDC..R")),
    _looks(Act.OPEN_MEETING, _cell("SDC..R")),
    _year(Act.KEEP_MEETING, _cell(_LEADS)),
    _year(Act.DELETE_MEETING, _cell(_LEADS)),
    _year(Act.RESTORE_MEETING, _cell(_LEADS)),
    _looks(Act.READ_VOTES, _cell("SDC..R")),
    _year(Act.CHOOSE_VOTING, _cell(_LEADS)),
    _year(Act.ADD_ROUND, _cell(_LEADS)),
    _year(Act.DELETE_ROUND, _cell(_LEADS)),
    _year(Act.KEEP_VOTES, _cell(_LEADS)),
    _year(Act.RECORD_RESULTS, _cell(_LEADS)),
    # Papers and documents
    _looks(Act.PRINT_SHEETS, _others("SDCT.R"), _own(_ALL), _cell(_ALL)),
    _looks(Act.PRINT_YEAR_END, _others("SDC..R"), _own(_ALL), _cell(_ALL)),
    _looks(Act.PRINT_OF_CELL, _cell("SDC..R")),
    _looks(Act.READ_DOCUMENTS, _cell(_LEADS)),
    _year(Act.GIVE_NUMBER, _cell(_LEADS)),
    _year(Act.CHANGE_DOCUMENT, _cell(_LEADS)),
    _year(Act.TAKE_BACK_NUMBER, _cell(_LEADS)),
    _writes(Act.KEEP_TERM, _cell(_LEADS)),
    _writes(Act.REMOVE_TERM, _cell(_LEADS)),
    # What the cell sets for itself
    _writes(Act.CHANGE_SETTINGS, _cell(_HEADS)),
    _writes(Act.CHANGE_NAME, _cell(_HEADS)),
    _writes(Act.CHANGE_CONTENT, _cell(_HEADS)),
    _writes(Act.REMOVE_CONTENT, _cell(_HEADS)),
    _writes(Act.KEEP_RULES, _cell(_HEADS)),
    _writes(Act.DROP_RULES, _cell(_HEADS)),
    _writes(Act.CORRECT_RULES, _cell(_HEADS)),
    _looks(Act.BUNDLE_RULES, _cell(_LEADS)),
    # Keys, seats, history, copies
    _writes(Act.MANAGE_KEYS, _cell(_HEADS)),
    _writes(Act.CHANGE_OWN_PASSWORD, _cell(_ALL)),
    _writes(Act.MANAGE_ACCOUNTS, _cell(_HEADS)),
    _writes(Act.CHANGE_OWN_PIN, _cell(_ALL)),
    _looks(Act.READ_HISTORY, _cell(_LEADS)),
    _writes(Act.UNDO, _others(_LEADS), _own("SDCTM.")),
    _looks(Act.READ_BIN, _cell(_LEADS)),
    _writes(Act.RESTORE_DELETED, _cell(_LEADS)),
    _writes(Act.BACK_UP, _cell(_ALL)),
    _writes(Act.RESTORE_BOOK, _cell(_HEADS)),
    _looks(Act.PACK_BOOK, _cell(_LEADS)),
    _looks(Act.CHECK_BOOK, _cell(_LEADS)),
    _writes(Act.IGNORE_FINDING, _cell(_HEADS)),
    _looks(Act.SUPPORT_BUNDLE, _cell(_LEADS)),
)
# fmt: on

# Which states the record of an act can be in; acts not named here are about records without states.
_OF_PLEDGES = "OPEN_PLEDGE READ_PLEDGE_WORDS SAVE_PLEDGE SUBMIT_PLEDGE RETURN_PLEDGE PASS_PLEDGE"
_OF_MONTHS = "OPEN_MONTH READ_MONTH_WORDS SAVE_MONTH SUBMIT_MONTH COMMENT_MONTH CONFIRM_MONTH EXCUSE_MONTH"
_OF_REVIEWS = "OPEN_REVIEW READ_REVIEW_WORDS SAVE_REVIEW SUBMIT_REVIEW SET_GRADE CLEAR_GRADE CLOSE_REVIEW"
STATES_OF: dict[Act, frozenset[State]] = {
    Act[name]: _states(_UNSENT + more)
    for names, more in (
        (_OF_PLEDGES + " REVISE_PLEDGE SET_OUTCOME", " submitted passed"),
        (_OF_MONTHS + " RETURN_MONTH REOPEN_MONTH", " submitted confirmed excused"),
        (_OF_REVIEWS + " REOPEN_REVIEW", " submitted closed"),
    )
    for name in names.split()
}
