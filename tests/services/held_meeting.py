"""A review meeting that was held and counted, written with the program's own services; papers made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.grade import Grade
from app.domain.meeting import Meeting, MeetingKind, MeetingNote, Presence, TellerPost
from app.domain.paper import Letterhead, Paper, SignatureBlock, Table, TitleBlock
from app.domain.review import GradeStage, ReviewKey, StageGrade
from app.domain.sheets.kinds import PaperKind
from app.domain.voting import RoundKind, VoteCount, VoteRound
from app.services.meetings import new_meeting, save_meeting
from app.services.paper_gathering import gather_year
from app.services.paper_makers import MAKERS
from app.services.paper_sheets import NoSheet, Sheet, SheetOrder
from app.services.reviews import open_review, set_grade, submit_review, with_self_grade
from app.services.votes import add_round, save_round
from app.services.workspace import Workspace

YEAR = 2025
HELD_ON = date(2025, 12, 12)
TEXTS = {
    "started_at": "19:30",
    "ended_at": "22:05",
    "place": "Nhà văn hóa thôn Đồng Tiến",
    "from_above": "Đồng chí Nguyễn Thị Thu Hà, Đảng ủy viên",
    "purpose": "Kiểm điểm theo Quy định 366-QĐ/TW.",
    "report": "Bí thư trình bày báo cáo.",
    "discussion": "Các ý kiến nhất trí.",
    "conclusion": "Thống nhất kết quả bỏ phiếu.",
    "tasks": "Gửi hồ sơ trước 20/12/2025.",
}


def hold(
    ws: Workspace,
    away: Mapping[str, tuple[Presence, str]] | None = None,
    tellers: Sequence[str] = (),
    notes: Sequence[MeetingNote] = (),
    **changes: Any,
) -> Meeting:
    """The review meeting of 12/12/2025: everybody came but those away; the first teller leads."""
    page = new_meeting(ws, MeetingKind.REVIEW, YEAR)
    posts = {member: TellerPost.HEAD if not n else TellerPost.MEMBER for n, member in enumerate(tellers)}
    lines = tuple(
        replace(
            line,
            presence=(away or {}).get(line.member_id, (Presence.PRESENT, ""))[0],
            reason=(away or {}).get(line.member_id, (Presence.PRESENT, ""))[1],
            teller=posts.get(line.member_id, TellerPost.NONE),
        )
        for line in page.meeting.attendance
    )
    meeting = replace(page.meeting, held_on=HELD_ON, attendance=lines, notes=tuple(notes), **TEXTS)
    return save_meeting(ws, replace(meeting, **changes))


def voted(
    ws: Workspace, meeting: Meeting, kind: RoundKind, counts: Sequence[VoteCount], **totals: int
) -> VoteRound:
    """A round of ballots with its numbers."""
    page = add_round(ws, meeting.id, kind, [count.subject_id for count in counts])
    return save_round(ws, replace(page.rounds[-1], counts=tuple(counts), **totals))


def rate(ws: Workspace, member: str, own: Grade = Grade.GOOD, **stages: Grade) -> None:
    """A sheet handed in with the member's own grade, and the grades of these stages."""
    key = ReviewKey(member, YEAR)
    submit_review(ws, with_self_grade(open_review(ws, key).review, own))
    for name, grade in stages.items():
        set_grade(ws, key, StageGrade(GradeStage(name), grade, date(2025, 12, 15), "Biên bản họp"))


def made(ws: Workspace, kind: PaperKind, *members: str, **order: Any) -> list[Sheet | NoSheet]:
    """What comes of an order for one kind of paper."""
    gathered = gather_year(ws, order.pop("year", YEAR))
    people = tuple(each for each in gathered.members if not members or each.id in members)
    if order.get("nameless"):
        order, people = {"blank": True, **order}, ()
    return list(MAKERS[kind](SheetOrder(kind, gathered, people, **order)))


def papers(ws: Workspace, kind: PaperKind, *members: str, **order: Any) -> list[Paper]:
    """The papers of an order."""
    return [each.build() for each in made(ws, kind, *members, **order) if isinstance(each, Sheet)]


def reasons(ws: Workspace, kind: PaperKind, *members: str, **order: Any) -> list[str]:
    """Why there is none, or what is said of it."""
    return [each.reason for each in made(ws, kind, *members, **order) if isinstance(each, NoSheet)]


def title(paper: Paper) -> tuple[str, ...]:
    """The lines of a paper's title with its abstract."""
    block = next(block for block in paper.blocks if isinstance(block, TitleBlock))
    return (*block.lines, *block.abstract)


def letterhead(paper: Paper) -> Letterhead:
    """A paper's head."""
    return next(block for block in paper.blocks if isinstance(block, Letterhead))


def columns(paper: Paper, at: int = 0) -> list[str]:
    """The headings of a table."""
    return [column.title for column in _table(paper, at).columns]


def rows(paper: Paper, at: int = 0) -> list[list[str]]:
    """The cells of a table as they are read."""
    return [["".join(run.text for run in cell.text) for cell in row] for row in _table(paper, at).rows]


def _table(paper: Paper, at: int) -> Table:
    return [block for block in paper.blocks if isinstance(block, Table)][at]


def receivers(paper: Paper) -> tuple[str, ...]:
    """Who receives a paper."""
    return next(block for block in paper.blocks if isinstance(block, SignatureBlock)).receivers
