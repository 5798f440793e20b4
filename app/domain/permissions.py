"""Who may do what: the roles at the PC, what the table of rights says, a sentence for each refusal."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from app.domain.acts import Act
from app.domain.rights_table import STATES_OF, TABLE, Effect, Row
from app.domain.roles import ActorRole, State, Whose

__all__ = ["Act", "ActorRole", "Reader", "State", "Verdict", "Whose", "allowed", "combinations", "pages_for"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether somebody may do something, and if not the sentence that says why and what to do."""

    is_allowed: bool
    why_not: str = ""


_LETTERS = dict(zip(ActorRole, "SDCTMR", strict=True))
_ROWS = {row.act: row for row in TABLE}
_YES = Verdict(is_allowed=True)
_OTHERS_PAGE = "Trang này của đảng viên khác. Đồng chí chỉ mở được trang của mình."
_ONLY_READS = "Người xem của cấp trên chỉ đọc và in, không ghi vào sổ. Xin bấm Giao máy để đổi người."
_LOCKED = "Năm này đã khóa nên không sửa được. Muốn sửa, bí thư mở lại năm và ghi lý do."
_OWN_CONFIRMED = "Không ai tự xác nhận tháng của mình. Xin phó bí thư hoặc chi ủy viên xác nhận."

# What the state of a record keeps from being done, and the way out.
_WHY_STATE = {
    State.NONE: ("chưa có trong sổ", "Xin mở trang ấy và ghi trước."),
    State.PRIVATE: (
        "đang được chính đồng chí ấy soạn, chưa gửi",
        "Xin nhờ đồng chí ấy bấm Gửi; trước khi gửi không ai khác đọc được.",
    ),
    State.TYPED: ("đang soạn, chưa gửi", "Xin gửi trước."),
    State.SUBMITTED: ("đã gửi cho chi bộ", "Muốn sửa, xin bí thư trả lại để ghi thêm."),
    State.PASSED: ("đã được chi bộ thông qua", "Muốn đổi một việc, xin bấm Thay đổi và ghi lý do."),
    State.CONFIRMED: ("đã được chi bộ xác nhận", "Muốn sửa, bí thư mở lại tháng và ghi lý do."),
    State.EXCUSED: ("đã ghi nghỉ có lý do", "Muốn sửa, bí thư mở lại tháng và ghi lý do."),
    State.CLOSED: ("đã khóa", "Muốn sửa, bí thư mở lại bản kiểm điểm và ghi lý do."),
}

_PAGES = {
    ActorRole.TYPIST: ("pledges", "months", "reviews", "papers"),
    ActorRole.MEMBER: (),
    ActorRole.READER: ("months", "reviews", "papers", "reports"),
}
_LEADING_PAGES = ("members", "pledges", "months", "meetings", "reviews", "papers", "reports", "settings")


def pages_for(role: ActorRole) -> tuple[str, ...]:
    """The pages in the sidebar of who sits at the PC; a member has a page of their own instead."""
    return _PAGES.get(role, _LEADING_PAGES)


@cache
def allowed(role: ActorRole, act: Act, whose: Whose = Whose.CELL, state: State = State.ANY) -> Verdict:
    """What the table says of a role doing something to a record of its own, of others or of the cell."""
    row = _ROWS[act]
    if not _is_granted(row, role, whose, State.ANY):
        return Verdict(False, _why_not_role(row, role, whose))
    if state is State.LOCKED_YEAR:
        return Verdict(False, _LOCKED) if row.effect is Effect.WRITES_YEAR else _YES
    if not _is_granted(row, role, whose, state):
        stands, way_out = _WHY_STATE[state]
        return Verdict(False, f"Việc {act} chưa làm được: trang này {stands}. {way_out}")
    return _YES


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at a record: the role at the PC, and which member that is, if one."""

    role: ActorRole
    member_id: str | None

    def verdict(self, act: Act, owner_id: str | None, state: State) -> Verdict:
        """What the table says of this person and a record of ``owner_id``; None: the cell's."""
        whose = Whose.CELL
        if owner_id is not None:
            whose = Whose.OWN if owner_id == self.member_id else Whose.OTHERS
        return allowed(self.role, act, whose, state)

    def may(self, act: Act, owner_id: str | None, state: State) -> bool:
        """Whether this person may."""
        return self.verdict(act, owner_id, state).is_allowed


def _is_granted(row: Row, role: ActorRole, whose: Whose, state: State) -> bool:
    return any(grant.covers(_LETTERS[role], whose, state) for grant in row.grants)


def _why_not_role(row: Row, role: ActorRole, whose: Whose) -> str:
    if row.act is Act.CONFIRM_MONTH and whose is Whose.OWN and role.leads:
        return _OWN_CONFIRMED
    if role is ActorRole.MEMBER and whose is Whose.OTHERS:
        return _OTHERS_PAGE
    if role is ActorRole.READER and row.effect is not Effect.LOOKS:
        return _ONLY_READS
    who = "bí thư, phó bí thư hoặc chi ủy viên"
    if not _is_granted(row, ActorRole.COMMITTEE_MEMBER, whose, State.ANY):
        who = "bí thư hoặc phó bí thư"
    return f"Việc {row.act} do {who} làm. Xin bấm Giao máy để đổi người."


def combinations() -> Iterator[tuple[ActorRole, Act, Whose, State]]:
    """Every role × act × whose record × state the table knows: all of them are tested."""
    for row in TABLE:
        for whose in dict.fromkeys(grant.whose for grant in row.grants):
            for role, state in product(ActorRole, sorted(_states_of(row, whose))):
                yield role, row.act, whose, state


def _states_of(row: Row, whose: Whose) -> frozenset[State]:
    states = STATES_OF.get(row.act, frozenset({State.ANY}))
    if whose is Whose.CELL:
        has_states = row.act in (Act.OPEN_REVIEW, Act.READ_REVIEW_WORDS) or any(
            grant.states for grant in row.grants if grant.whose is whose
        )
        states = states - {State.PRIVATE} if has_states else frozenset({State.ANY})
    return states | {State.LOCKED_YEAR} if row.effect is Effect.WRITES_YEAR else states


def count_combinations() -> int:
    """How many cells the table of rights has."""
    return sum(1 for _ in combinations())
