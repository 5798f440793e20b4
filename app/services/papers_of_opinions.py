"""Letters before the review: requests for opinions, slips to fill in, points raised, the invitation."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from app.domain.dates import citation_date, weekday_name
from app.domain.form_template import FormTemplate
from app.domain.meeting import Meeting
from app.domain.member import Member, StatusKind
from app.domain.needed_opinions import WantedOpinion
from app.domain.opinion import OpinionKind, RaisedPoint
from app.domain.paper import Paper
from app.domain.review import COLLECTIVES
from app.domain.sheets.document import DocumentContent, document_paper
from app.domain.sheets.facts import SheetFacts
from app.domain.sheets.kinds import PaperKind
from app.domain.sheets.organs import cell_in_text
from app.domain.situations import moved_in_during, spans_in
from app.services.eligibility import duties_of_records
from app.services.opinions import opinions_wanted
from app.services.paper_gathering import YearGathering
from app.services.paper_sheets import Maker, NoSheet, Sheet, SheetOrder

_REQUEST, _RAISED, _INVITATION = "P_213_REQ", "P_PROMPT", "P_INVITE"
_ASKED_ABOUT = frozenset(kind.value for kind in OpinionKind)


@dataclass(frozen=True, slots=True)
class _Slip:
    """A slip the other side fills in: for which opinion, on which form."""

    kind: OpinionKind
    form: str
    none: str


_SLIPS = {
    PaperKind.OPINION_RESIDENCE: _Slip(
        OpinionKind.RESIDENCE, "P_213", "không phải lấy nhận xét của cấp ủy nơi cư trú"
    ),
    PaperKind.OPINION_TEMPORARY: _Slip(
        OpinionKind.TEMPORARY_CELL, "P_TEMP", "không sinh hoạt tạm thời nơi khác trong năm"
    ),
    PaperKind.OPINION_OLD_UNIT: _Slip(OpinionKind.OLD_UNIT, "P_MOVED", "không phải lấy ý kiến của đơn vị cũ"),
}


def opinion_requests(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """A letter for every opinion not in yet; without a name one letter for each kind of opinion."""
    year, form = order.year, order.form(_REQUEST)
    if order.nameless:
        for kind in OpinionKind:
            content = DocumentContent(omit=_ASKED_ABOUT - {kind.value}, blank=True)
            yield order.sheet(form, partial(document_paper, form, year.facts(None), content))
        return
    wanted, is_empty = _wanted(year), True
    for member in order.people:
        mine = wanted.get(member.id, [])
        missing = [each for each in mine if each.state(year.today).is_missing]
        is_empty = is_empty and not missing
        for each in missing:
            unknown = () if each.from_whom else ("tên nơi nhận xét",)
            yield order.sheet(form, partial(_request, form, year, each), member, unknown)
        if not missing and _is_asked_for(order):
            yield NoSheet(member, "ý kiến đã về đủ" if mine else "không phải xin ý kiến nơi nào")
    if is_empty and not _is_asked_for(order):
        yield NoSheet(None, f"năm {year.year} không còn ý kiến nào phải xin")


def _is_asked_for(order: SheetOrder) -> bool:
    """Whether one member was asked for by name; of everybody most are not concerned, which needs no word."""
    return len(order.people) == 1


def _request(form: FormTemplate, year: YearGathering, wanted: WantedOpinion) -> Paper:
    opinion = wanted.opinion
    values = {
        "from_whom": wanted.from_whom,
        "from_whom_in_text": wanted.from_whom,
        "period": f"Năm {year.year}",
        "due_on": citation_date(opinion.due_on) if opinion.due_on else "",
    }
    content = DocumentContent(values=values, omit=_ASKED_ABOUT - {wanted.kind.value})
    return document_paper(form, year.facts(wanted.member, opinion.requested_on), content)


def slips(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """The slip that goes with a request, with the member's particulars, for the other side to fill in."""
    year, slip = order.year, _SLIPS[order.kind]
    form = order.form(slip.form)
    blank = DocumentContent(blank=True)
    if order.nameless:
        yield order.sheet(form, partial(document_paper, form, _without_cell(year.facts(None)), blank))
        return
    wanted, is_empty = _wanted(year), True
    for member in order.people:
        mine = [each for each in wanted.get(member.id, []) if each.kind is slip.kind]
        missing = [each for each in mine if each.state(year.today).is_missing]
        is_empty = is_empty and not missing
        for each in missing:
            content = replace(blank, values=_slip_values(year, each))
            facts = _without_cell(year.facts(member))
            yield order.sheet(form, partial(document_paper, form, facts, content), member)
        if not missing and _is_asked_for(order):
            yield NoSheet(member, "ý kiến đã về" if mine else slip.none)
    if is_empty and not _is_asked_for(order):
        yield NoSheet(None, f"năm {year.year} không còn đồng chí nào chờ phiếu này")


def _slip_values(year: YearGathering, wanted: WantedOpinion) -> dict[str, str]:
    cell = year.facts(wanted.member).cell
    whose = wanted.from_whom if wanted.kind is not OpinionKind.RESIDENCE else ""
    return {
        "life_cell": cell_in_text(cell.own),
        "reviewer": re.sub(r"^chi bộ\s+", "", whose, flags=re.IGNORECASE),
        "stay": _stay(wanted.member, wanted, year.year),
    }


def _without_cell(facts: SheetFacts) -> SheetFacts:
    """The other side signs at its own place: the cell's place is not printed before their date."""
    return replace(facts, cell=replace(facts.cell, place=""))


def _stay(member: Member, wanted: WantedOpinion, year: int) -> str:
    if wanted.kind is OpinionKind.OLD_UNIT:
        moved = moved_in_during(member, year)
        return f"đến ngày {citation_date(moved.valid_from)}" if moved and moved.valid_from else ""
    spans = spans_in(member, StatusKind.TEMPORARY_OUT, year)
    named = [each for each in spans if each.place == wanted.from_whom] or list(spans)
    if not named or named[-1].valid_from is None:
        return ""
    begun, ended = named[-1].valid_from, named[-1].valid_to
    return f"từ ngày {citation_date(begun)} đến {'ngày ' + citation_date(ended) if ended else 'nay'}"


def raised_points(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """The points raised to each, one sheet for each document they came by; the collectives' first."""
    year, form = order.year, order.form(_RAISED)
    if order.nameless or order.blank:
        content = DocumentContent(blank=True)
        for member in [None] if order.nameless else order.people:
            yield order.sheet(form, partial(document_paper, form, year.facts(member), content), member)
        return
    if not _is_asked_for(order):
        if not any(
            year.year_end.points_raised_to(each) for each in (*COLLECTIVES, *(m.id for m in order.people))
        ):
            yield NoSheet(None, f"năm {year.year} chưa ghi gợi ý kiểm điểm nào")
        for subject_id, name in COLLECTIVES.items():
            for points in _by_document(year.year_end.points_raised_to(subject_id)):
                yield order.sheet(form, partial(_raised, form, year, None, name, points))
    for member in order.people:
        found = year.year_end.points_raised_to(member.id)
        for points in _by_document(found):
            yield order.sheet(form, partial(_raised, form, year, member, "", points), member)
        if not found and _is_asked_for(order):
            yield NoSheet(member, "không có gợi ý kiểm điểm")


def _by_document(points: Sequence[RaisedPoint]) -> list[list[RaisedPoint]]:
    found: dict[tuple[str, date | None], list[RaisedPoint]] = {}
    for point in points:
        found.setdefault((point.document, point.document_on), []).append(point)
    return list(found.values())


def _raised(
    form: FormTemplate, year: YearGathering, member: Member | None, name: str, points: Sequence[RaisedPoint]
) -> Paper:
    document_on = points[0].document_on
    facts = year.facts(member, document_on) if member else year.cell_facts(document_on)
    cell = cell_in_text(facts.cell.own)
    subject = f"đồng chí {member.name}" if member else _collective(name, cell)
    days = [point.due_on for point in points if point.due_on]
    ground = f", ngày {citation_date(document_on)}" if document_on else ""
    values = {
        "subject_in_text": subject,
        "addressee": subject[:1].upper() + subject[1:],
        "document": f"{points[0].document}{ground}",
        "due_on": citation_date(min(days)) if days else "",
    }
    rows = [{"point": each.point, "ground": each.ground, "demand": each.demand} for each in points]
    return document_paper(form, facts, DocumentContent(values=values, rows={"points": rows}))


def _collective(name: str, cell: str) -> str:
    """The cell or its committee in a sentence: "tập thể chi ủy Chi bộ thôn Đồng Tiến"."""
    return f"tập thể {cell}" if name == COLLECTIVES["cell"] else f"tập thể {name.lower()} {cell}"


def invitations(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """The invitation to the review meeting; one to be copied, or for whoever is asked to come by name."""
    year, form = order.year, order.form(_INVITATION)
    meeting = None if order.nameless or order.blank else year.year_end.review_meeting
    facts = year.facts(None) if order.nameless else year.cell_facts()
    if meeting is None:
        words = {"content": _meeting_content(year)}
        content = DocumentContent(values={} if order.nameless else words, blank=True)
        yield order.sheet(form, partial(document_paper, form, facts, content))
        return
    values = _invitation_values(year, meeting)
    missing = tuple(
        words
        for key, words in (("starts", "ngày giờ họp"), ("meeting_place", "địa điểm họp"))
        if not values[key]
    )
    content = DocumentContent(values=values)
    yield order.sheet(form, partial(document_paper, form, facts, content), None, missing)


def _meeting_content(year: YearGathering) -> str:
    return f"Kiểm điểm, đánh giá, xếp loại chất lượng đảng viên và chi bộ năm {year.year}"


def _invitation_values(year: YearGathering, meeting: Meeting) -> dict[str, str]:
    chair = next((member for member in year.members if member.id == meeting.chair_id), None)
    return {
        "addressee": meeting.from_above,
        "content": _meeting_content(year),
        "starts": _starts(meeting),
        "meeting_place": meeting.place,
        "chair": f"đồng chí {chair.name}" if chair else "",
    }


def _starts(meeting: Meeting) -> str:
    if meeting.held_on is None:
        return ""
    day = f"{weekday_name(meeting.held_on)}, ngày {citation_date(meeting.held_on)}"
    if not meeting.started_at:
        return day
    hour, _, minute = meeting.started_at.partition(":")
    return f"{int(hour)} giờ {minute}, {day}" if hour.isdigit() else f"{meeting.started_at}, {day}"


def _wanted(year: YearGathering) -> dict[str, list[WantedOpinion]]:
    duties = duties_of_records(year.rules.rules_of(year.year), year.year, year.year_end)
    found: dict[str, list[WantedOpinion]] = {}
    for each in opinions_wanted(year.members, duties, year.cell, year.year_end.opinions):
        found.setdefault(each.member.id, []).append(each)
    return found


MAKERS: dict[PaperKind, Maker] = {
    PaperKind.OPINION_REQUEST: opinion_requests,
    **dict.fromkeys(_SLIPS, slips),
    PaperKind.RAISED_POINTS: raised_points,
    PaperKind.INVITATION: invitations,
}
