"""What does not fit in meetings, votes, grades and decisions, and in the register of documents."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from app.domain.attendance import voters_at_most
from app.domain.cap import CapCount
from app.domain.dates import format_date
from app.domain.finding import Finding, Place, place
from app.domain.issued_document import CellTerm, IssuedDocument
from app.domain.meeting import Meeting, Presence
from app.domain.meeting_checks import problems_in_meeting
from app.domain.review import GradeStage, StageGrade
from app.domain.voting import VoteRound, problems_in_round


@dataclass(frozen=True, slots=True)
class SheetMark:
    """What the check needs to know of a review: whose, of what, its grades and days; none of its words."""

    subject_id: str
    name: str
    year: int
    words: str
    is_whole_year: bool
    dated_on: date | None
    notified_on: date | None
    grades: tuple[StageGrade, ...]

    @property
    def key(self) -> str:
        """Names the review in the list of findings to leave out."""
        return f"{self.subject_id}:{self.words}"[:80]

    def given(self, stage: GradeStage) -> StageGrade | None:
        """The grade of a stage, if given."""
        return next((each for each in self.grades if each.stage is stage), None)


def meeting_findings(
    meetings: Sequence[Meeting],
    rounds: Mapping[str, Sequence[VoteRound]],
    names: Mapping[str, str],
    today: date,
) -> Iterator[Finding]:
    """Meetings with impossible times, held on a day to come, with votes that cannot be."""
    for meeting in meetings:
        about = f"{meeting.kind.label} {_when(meeting)}"
        where = place("meetings", meeting=meeting.id, year=str(meeting.year))
        for problem in problems_in_meeting(meeting):
            said = f"{problem.message} Biên bản in theo số liệu này; xin sửa lại buổi họp."
            yield Finding("meeting_record", about, said, f"{meeting.id}:{problem.field}", where)
        came = any(line.presence is Presence.PRESENT for line in meeting.attendance)
        if meeting.held_on and meeting.held_on > today and came:
            said = f"Đã điểm danh mà ngày họp {format_date(meeting.held_on)} chưa tới. Xin xem lại ngày họp."
            yield Finding("date_ahead", about, said, f"{meeting.id}:held_on", where)
        at_votes = place("meetings", meeting=meeting.id, year=str(meeting.year), part="votes")
        for votes in rounds.get(meeting.id, ()):
            for problem in problems_in_round(votes, voters_at_most(meeting.attendance), names):
                said = (
                    f"{votes.title}: {problem.message} Kết quả biểu quyết và biên bản kiểm phiếu tính theo "
                    "các số này; xin đối chiếu với phiếu."
                )
                key = f"{votes.id}:{problem.field}"[:80]
                yield Finding("votes_impossible", about, said, key, at_votes)


def _when(meeting: Meeting) -> str:
    if meeting.held_on:
        return format_date(meeting.held_on)
    return f"tháng {meeting.month}/{meeting.year}" if meeting.month else f"năm {meeting.year}"


_ORDER = (GradeStage.SELF, GradeStage.COMMITTEE, GradeStage.VOTE, GradeStage.PROPOSED, GradeStage.DECIDED)


def grade_findings(sheets: Sequence[SheetMark], today: date) -> Iterator[Finding]:
    """Grades without the vote they rest on, or in an order that cannot be (QĐ 366-QĐ/TW, điều 12)."""
    unvoted: dict[int, list[SheetMark]] = defaultdict(list)
    for sheet in sheets:
        yield from _order_of(sheet)
        yield from _days_of(sheet, today)
        settled = sheet.given(GradeStage.PROPOSED) or sheet.given(GradeStage.DECIDED)
        if sheet.is_whole_year and settled and not sheet.given(GradeStage.VOTE):
            unvoted[sheet.year].append(sheet)
    for year, without in unvoted.items():
        said = (
            "Có mức chi bộ đề xuất hoặc cấp trên quyết định mà chưa có kết quả biểu quyết; mức đề xuất phải "
            "dựa vào biểu quyết. Xin nhập phiếu ở buổi họp kiểm điểm rồi ghi kết quả; việc do cấp trên "
            "bỏ phiếu thì bỏ qua điều này."
        )
        where = place("reviews", step="proposal", year=str(year))
        for sheet in without:
            yield Finding("grade_without_vote", sheet.name, f"Năm {year}: {said}", sheet.key, where)


def _order_of(sheet: SheetMark) -> Iterator[Finding]:
    dated = [
        (stage, day)
        for stage in _ORDER
        if (given := sheet.given(stage)) and (day := given.dated_on) is not None
    ]
    where = _place_of(sheet)
    for (earlier, first), (later, second) in pairwise(dated):
        if second < first:
            said = (
                f"{sheet.words}: “{later.label}” ghi ngày {format_date(second)}, trước “{earlier.label}” "
                f"({format_date(first)}). Trình tự xếp loại không thể ngược; xin xem lại hai ngày này."
            )
            yield Finding("grades_out_of_order", sheet.name, said, sheet.key, where)


def _days_of(sheet: SheetMark, today: date) -> Iterator[Finding]:
    decided, where = sheet.given(GradeStage.DECIDED), _place_of(sheet)
    if sheet.notified_on and decided and decided.dated_on and decided.dated_on > sheet.notified_on:
        said = (
            f"{sheet.words}: thông báo ngày {format_date(sheet.notified_on)}, trước ngày quyết định "
            f"{format_date(decided.dated_on)}. Chỉ thông báo sau khi có quyết định; xin xem lại hai ngày này."
        )
        yield Finding("notice_before_decision", sheet.name, said, sheet.key, where)
    days = [sheet.dated_on, sheet.notified_on, *(given.dated_on for given in sheet.grades)]
    ahead = max((day for day in days if day is not None), default=date.min)
    if ahead > today:
        said = f"{sheet.words}: có ngày {format_date(ahead)} chưa tới. Xin xem lại các ngày của bản này."
        yield Finding("date_ahead", sheet.name, said, sheet.key, where)


def _place_of(sheet: SheetMark) -> Place:
    if not sheet.is_whole_year:
        return place("reviews", year=str(sheet.year))
    return place("reviews", step="decisions", member=sheet.subject_id, year=str(sheet.year))


def cap_findings(year: int, counts: Sequence[CapCount]) -> Iterator[Finding]:
    """More top grades than the cap allows (QĐ 366-QĐ/TW, điều 11 điểm 1.5)."""
    for count in counts:
        if count.over:
            said = (
                f"{count.group}: {count.counts.excellent} người hoàn thành xuất sắc, {count.over_words}. "
                "Cấp trên có thể trả lại; xin chi bộ xem lại mức đề xuất, hoặc ghi căn cứ được vượt."
            )
            where = place("reviews", step="proposal", year=str(year))
            yield Finding("cap_over", f"Năm {year}", said, f"{year}:{count.group}"[:80], where)


def document_findings(
    documents: Sequence[IssuedDocument], terms: Sequence[CellTerm], today: date
) -> Iterator[Finding]:
    """Numbers left out or given twice, later numbers with earlier days, days outside the term."""
    names = {term.id: term for term in terms}
    series: dict[tuple[str, str], list[IssuedDocument]] = defaultdict(list)
    for document in documents:
        series[document.term_id, document.symbol].append(document)
    where = place("settings", panel="documents")
    for (term_id, symbol), issued in series.items():
        issued.sort(key=lambda each: each.number)
        about, key = f"Văn bản {symbol}, nhiệm kỳ {names[term_id].name}", f"{term_id}:{symbol}"
        missing = sorted(set(range(1, issued[-1].number)) - {each.number for each in issued})
        if missing:
            numbers = ", ".join(f"{number:02d}" for number in missing[:10])
            said = (
                f"Thiếu số {numbers}{'…' if missing[10:] else ''}. Số văn bản phải liền nhau; xin ghi văn "
                "bản ấy vào sổ nếu đã ban hành ngoài chương trình, hoặc bỏ qua nếu số bị hủy."
            )
            yield Finding("document_numbers_missing", about, said, key, where)
        for first, second in pairwise(issued):
            if first.number == second.number:
                said = f"{first.number_text} được cấp hai lần. Xin sửa lại một văn bản."
                yield Finding("document_number_twice", about, said, f"{key}:{first.number}", where)
            if first.dated_on and second.dated_on and second.dated_on < first.dated_on:
                said = (
                    f"{second.number_text} ghi ngày {format_date(second.dated_on)}, trước "
                    f"{first.number_text} ({format_date(first.dated_on)}). Số sau phải ban hành sau."
                )
                yield Finding("document_days_backward", about, said, f"{key}:{second.number}", where)
        for each in issued:
            yield from _day_of(each, names[term_id], today)


def _day_of(document: IssuedDocument, term: CellTerm, today: date) -> Iterator[Finding]:
    day, where = document.dated_on, place("settings", panel="documents")
    if day is not None and day > today:
        said = f"Ghi ngày {format_date(day)}, ngày chưa tới. Xin xem lại ngày của văn bản."
        yield Finding("date_ahead", document.number_text, said, f"{document.id}:dated_on", where)
    elif day is not None and not term.holds_on(day):
        said = f"Ghi ngày {format_date(day)}, ngoài nhiệm kỳ {term.name}. Xin xem lại ngày hoặc nhiệm kỳ."
        yield Finding("document_outside_term", document.number_text, said, document.id, where)
