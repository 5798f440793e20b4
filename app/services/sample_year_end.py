"""The year-ends of the sample book: opinions, discipline, points from above, meeting, votes, decisions."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from app.domain.dates import Month
from app.domain.discipline import AroseAt, Discipline, DisciplineForm, DutyRelated
from app.domain.grade import FourLevel, Grade
from app.domain.issued_document import CellTerm
from app.domain.meeting import Attendance, Meeting, MeetingKind, MeetingNote, Presence, Standing, TellerPost
from app.domain.opinion import RaisedPoint
from app.domain.review import (
    CELL_SUBJECT,
    COMMITTEE_SUBJECT,
    GradeStage,
    ItemScore,
    PromptAnswer,
    Review,
    ReviewKey,
    SectionText,
    StageGrade,
    YearTasks,
)
from app.domain.sample_reviews import ReviewDays, spread
from app.domain.sample_votes import sample_count, split_count
from app.domain.scoring import ScorePart
from app.domain.sheets.kinds import PaperKind
from app.domain.voting import RoundKind, VoteCount, VoteRound
from app.services import (
    collectives,
    decisions,
    disciplines,
    issued_documents,
    meetings,
    opinions,
    raised_points,
    reviews,
    votes,
)
from app.services.decisions import DecisionPaper
from app.services.sample_months import NO_MEETING
from app.services.sample_stage import OPENING, Stage
from app.services.workspace import Workspace

_ORGAN = "Đảng ủy xã Hòa Sơn"
_NUMBERED = (
    ("BB", PaperKind.REVIEW_MINUTES, "Biên bản họp kiểm điểm, xếp loại năm {year}"),
    ("BC", PaperKind.CELL_REPORT, "Báo cáo kết quả kiểm điểm, xếp loại năm {year}"),
    ("TTr", PaperKind.PROPOSAL, "Tờ trình đề nghị công nhận xếp loại, khen thưởng năm {year}"),
)
_GENERAL, _TASKS = Decimal(27), Decimal(61)


def plan_year_end(stage: Stage, year: int, days: ReviewDays) -> None:
    """Plan what the cell does around the reviews of one year; the sheets themselves are planned apart."""
    told = stage.story.year_end
    for row in told["disciplines"]:
        if row["year"] == year:
            stage.at(row["day"], 5, partial(_discipline, stage, row))
    for row in told["raised"]:
        if row["year"] == year:
            stage.at(row["day"], 5, partial(_raise_point, stage, row))
    stage.at(date(year, 11, 6), 5, partial(_request, stage, year))
    stage.at(date(year, 12, 2), 5, partial(_receive, stage, year, 1))
    stage.at(date(year, 12, 5), 5, partial(_draft, stage, year))
    stage.at(days.meeting, 8, partial(_meet, stage, year))
    stage.at(days.proposed, 8, partial(_propose, stage, year))
    stage.at(days.decided, 4, partial(_decide, stage, year, days))
    for symbol, paper, title in _NUMBERED:
        day = days.meeting if symbol == "BB" else days.proposed
        stage.at(day, 9, partial(_number, stage, symbol, paper, title.format(year=year)))
    _plan_months(stage, year)


def plan_term(stage: Stage) -> None:
    """Plan the term the cell's documents are numbered in."""
    stage.at(OPENING, 3, partial(_begin_term, stage))


def _begin_term(stage: Stage) -> None:
    term = CellTerm("2022–2027", date(2022, 5, 3), date(2027, 5, 2))
    issued_documents.save_term(_lead(stage), term)


def _number(stage: Stage, symbol: str, paper: PaperKind, title: str) -> None:
    day = stage.clock.today()
    issued_documents.give_number(_lead(stage), symbol, day.year, paper.value, title, day)


def plan_running_year(stage: Stage, year: int) -> None:
    """Plan the year the sample ends in: its monthly meetings, opinions asked for and half of them come."""
    stage.at(date(year, 11, 6), 5, partial(_request, stage, year))
    stage.at(date(year, 11, 20), 5, partial(_receive, stage, year, 2))
    _plan_months(stage, year)


def _plan_months(stage: Stage, year: int) -> None:
    for number in range(1, 13):
        month = Month(year, number)
        if month.iso not in NO_MEETING:
            held_on = month.next().first_day.replace(day=3)
            stage.at(held_on, 8, partial(_monthly, stage, year, number))


def _lead(stage: Stage) -> Workspace:
    return stage.seat("loc")


def _discipline(stage: Stage, row: Mapping[str, Any]) -> None:
    disciplines.add_discipline(
        _lead(stage),
        Discipline(
            stage.ids[row["member"]],
            DisciplineForm(row["form"]),
            row["day"],
            row["ref"],
            row["content"],
            DutyRelated(row["duty_related"]),
            AroseAt(row["arose_at"]),
        ),
    )


def _raise_point(stage: Stage, row: Mapping[str, Any]) -> None:
    subject = {"cell": CELL_SUBJECT, "committee": COMMITTEE_SUBJECT}.get(row["subject"])
    point = RaisedPoint(
        subject or stage.ids[row["subject"]],
        row["year"],
        1,
        row["document"],
        row["day"],
        row["point"],
        row["ground"],
        row["demand"],
        row["due"],
    )
    raised_points.save_raised_point(_lead(stage), point)


def _request(stage: Stage, year: int) -> None:
    ws = _lead(stage)
    wanted = [
        replace(row.opinion, from_whom=row.from_whom)
        for row in opinions.list_opinions(ws, year).rows
        if not row.excuse
    ]
    if wanted:
        opinions.request_opinions(ws, wanted, stage.clock.today(), date(year, 11, 30))


def _receive(stage: Stage, year: int, every: int) -> None:
    """Enter the opinions that came: every one, or every second of them."""
    ws, today = _lead(stage), stage.clock.today()
    words, levels = stage.story.year_end["opinions"], stage.story.year_end["opinions"]["levels"]
    for number, row in enumerate(opinions.list_opinions(ws, year).rows):
        if row.opinion.requested_on is None or number % every:
            continue
        bank = words[row.kind.value]
        came = replace(
            row.opinion,
            received_on=today - timedelta(days=number % 10),
            content=bank[number % len(bank)],
            level=levels[number % len(levels)],
        )
        opinions.enter_opinion(ws, came)


def _draft(stage: Stage, year: int) -> None:
    """The collectives' reports are written and sent to who takes part."""
    ws = _lead(stage)
    for line in collectives.open_collectives(ws, year).lines:
        if line.form is None:
            continue
        page = reviews.open_review(ws, line.key)
        reviews.submit_review(ws, _report(stage, page, line.key, year))
    collectives.note_draft_sent(ws, year, stage.clock.today())


def _report(stage: Stage, page: reviews.ReviewPage, key: ReviewKey, year: int) -> Review:
    told = stage.story.year_end["collective"][key.subject_id if year > 2024 else "old"]
    sections = tuple(
        SectionText(
            section.key,
            str(told.get(section.key, "")),
            FourLevel.GOOD_LEVEL if section.four_levels else None,
        )
        for section in page.form.sections
        if told.get(section.key) or section.four_levels
    )
    scores: list[ItemScore] = []
    for part, sought in ((ScorePart.GENERAL, _GENERAL), (ScorePart.TASKS, _TASKS)):
        items = [item for item in page.profile.items if item.part is part] if page.profile else []
        split = spread([item.max for item in items], sought) if items else []
        scores += [ItemScore(item.code, score) for item, score in zip(items, split, strict=True)]
    prompts = tuple(
        replace(prompt, cause=row["cause"], responsibility=row["responsibility"])
        for prompt in page.review.prompts
        for row in stage.story.year_end["raised"]
        if row["point"] == prompt.point
    )
    return replace(
        page.review,
        dated_on=stage.clock.today(),
        sections=sections,
        scores=tuple(scores),
        prompts=prompts or tuple[PromptAnswer, ...](page.review.prompts),
        tasks=YearTasks(8, 8, 0, 2, 0),
        grades=(StageGrade(GradeStage.SELF, Grade.GOOD),),
    )


def _monthly(stage: Stage, year: int, month: int) -> None:
    """The monthly meeting in the book: who came, the month's result, who is praised and reminded."""
    ws = _lead(stage)
    page = meetings.new_meeting(ws, MeetingKind.MONTHLY, year, month)
    lines = tuple(replace(line, presence=_came(line)) for line in page.meeting.attendance)
    meeting = replace(
        page.meeting,
        held_on=stage.clock.today(),
        started_at="19:30",
        ended_at="20:45",
        place="Nhà văn hóa thôn Đồng Tiến",
        chair_id=stage.ids["loc"],
        minutes_by=stage.ids["hue"],
        attendance=lines,
        report=page.proposed.report,
        praise=page.proposed.praise,
        reminders=page.proposed.reminders,
    )
    meetings.save_meeting(ws, meeting)


def _meet(stage: Stage, year: int) -> None:
    ws, told = _lead(stage), stage.story.year_end["meeting"][str(year)]
    blank = meetings.new_meeting(ws, MeetingKind.REVIEW, year).meeting
    meeting = meetings.save_meeting(ws, _minutes(stage, blank, told, year))
    meetings_votes = _first_rounds(stage, meeting, told["rounds"])
    _count(stage, meeting, meetings_votes)
    votes.record_results(ws, meeting.id)


def _minutes(stage: Stage, meeting: Meeting, told: Mapping[str, Any], year: int) -> Meeting:
    away = {stage.ids[key]: str(reason) for key, reason in told["absent"].items() if key in stage.ids}
    tellers = [stage.ids[key] for key in told["tellers"]]
    lines = []
    for line in meeting.attendance:
        here = Presence.EXCUSED if line.member_id in away else _came(line)
        post = TellerPost.NONE
        if line.member_id in tellers:
            post = TellerPost.HEAD if line.member_id == tellers[0] else TellerPost.MEMBER
        lines.append(replace(line, presence=here, reason=away.get(line.member_id, ""), teller=post))
    notes = tuple(
        MeetingNote(
            stage.ids[row["member"]],
            opinions=row["opinions"],
            accepted=row["accepted"],
            conclusion=row["conclusion"],
        )
        for row in stage.story.year_end["note"]
        if row["year"] == year and row["member"] in stage.ids
    )
    words = ("place", "from_above", "purpose", "report", "discussion", "tasks", "conclusion")
    return replace(
        meeting,
        held_on=told["day"],
        started_at=told["started"],
        ended_at=told["ended"],
        chair_id=stage.ids["loc"],
        minutes_by=stage.ids[told["minutes_by"]],
        rounds=told["rounds"],
        attendance=tuple(lines),
        notes=notes,
        **{name: told[name] for name in words},
    )


def _came(line: Attendance) -> Presence:
    """Everybody comes but who is excused from meetings or holds party life elsewhere."""
    stays_away = line.standing in (Standing.EXEMPT, Standing.TEMPORARY_AWAY)
    return Presence.EXCUSED if stays_away else Presence.PRESENT


def _first_rounds(stage: Stage, meeting: Meeting, rounds: int) -> tuple[RoundKind, ...]:
    kind = RoundKind.FOUR_GRADES if rounds == 1 else RoundKind.LOWER_GRADES
    return (kind, RoundKind.COLLECTIVE) if rounds == 1 else (kind, RoundKind.EXCELLENT, RoundKind.COLLECTIVE)


def _count(stage: Stage, meeting: Meeting, kinds: tuple[RoundKind, ...]) -> None:
    """Vote round by round as the committee saw it; who gets no majority is voted on once more."""
    ws = _lead(stage)
    wanted = {**_views(ws, meeting.year), CELL_SUBJECT: Grade.GOOD, COMMITTEE_SUBJECT: Grade.GOOD}
    keys = {member_id: key for key, member_id in stage.ids.items()}
    for kind in kinds:
        page = votes.open_votes(ws, meeting.id)
        subjects = [s for s in page.default_subjects(kind) if s in wanted]
        if kind is RoundKind.EXCELLENT:
            subjects = [s for s in subjects if wanted[s] is Grade.EXCELLENT]
        if not subjects:
            continue
        valid = page.voters - 1
        counts = [
            sample_count(s, kind, wanted[s], valid, f"{keys.get(s, s)}/{meeting.year}") for s in subjects
        ]
        unsure = stage.ids.get("nhung", "") if meeting.year == 2025 and kind is RoundKind.FOUR_GRADES else ""
        counts = [split_count(c.subject_id, valid) if c.subject_id == unsure else c for c in counts]
        _save(ws, votes.add_round(ws, meeting.id, kind, subjects), counts)
        if unsure in subjects:
            again = [sample_count(unsure, kind, wanted[unsure], valid, "nhung/again")]
            _save(ws, votes.add_round(ws, meeting.id, kind, [unsure], "Biểu quyết lại"), again)


def _views(ws: Workspace, year: int) -> dict[str, Grade]:
    found = {}
    for line in reviews.list_reviews(ws, year):
        view = line.review.grade_at(GradeStage.COMMITTEE) if line.review else None
        if view is not None:
            found[line.member.id] = view
    return found


def _save(ws: Workspace, page: votes.VotesPage, counts: list[VoteCount]) -> None:
    begun: VoteRound = page.rounds[-1]
    here = page.voters
    votes.save_round(
        ws, replace(begun, issued=here, returned=here, valid=here - 1, invalid=1, counts=tuple(counts))
    )


def _voted(ws: Workspace, year: int) -> dict[str, Grade]:
    lines = [(line.member.id, line.review) for line in reviews.list_reviews(ws, year)]
    lines += [(each.key.subject_id, each.review) for each in collectives.open_collectives(ws, year).lines]
    found = {}
    for subject, review in lines:
        grade = review.grade_at(GradeStage.VOTE) if review else None
        if grade is not None:
            found[subject] = grade
    return found


def _propose(stage: Stage, year: int) -> None:
    ws = _lead(stage)
    decisions.propose_all(
        ws, year, _voted(ws, year), stage.clock.today(), "Biên bản kiểm phiếu, nghị quyết chi bộ"
    )


def _decide(stage: Stage, year: int, days: ReviewDays) -> None:
    ws = _lead(stage)
    grades = _voted(ws, year)
    paper = DecisionPaper(days.decision, days.decided, _ORGAN if year > 2024 else "Đảng ủy xã Lâm Bình")
    decisions.enter_decisions(ws, year, paper, grades)
    decisions.notify(ws, year, {subject: stage.clock.today() for subject in grades})
