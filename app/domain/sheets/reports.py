"""What the cell's reports and proposals say; numbers come from the statistics, the votes and the cap."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.domain.attendance import AttendanceCounts
from app.domain.dates import citation_date, format_date
from app.domain.grade import Grade
from app.domain.member import Member
from app.domain.monthly import MonthlySelfAssessment, MonthState
from app.domain.needed_opinions import OpinionState, WantedOpinion
from app.domain.pledge import Pledge
from app.domain.review import GradeStage, Review, YearSummary
from app.domain.rule_set import RuleSet
from app.domain.sheets.frame import Row
from app.domain.sheets.minutes import short_verdict
from app.domain.statistics import GradeCounts, share_text
from app.domain.vote_results import MeetingVotes

_TASK_SECTIONS = ("A.I.2", "I.2")
_LIMIT_SECTIONS = ("A.II", "II")
_STRENGTH_SECTIONS = ("A.I.", "I.")
_HANDED_IN = (MonthState.SUBMITTED, MonthState.CONFIRMED)


def rules_in_text(rule_set: RuleSet) -> str:
    """The documents of a rating year as a sentence cites them."""
    cited = [source for source in rule_set.sources if source.role in ("Quy định", "Hướng dẫn")]
    return "; ".join(
        f"{source.role} số {source.number}, ngày {citation_date(source.issued_on)} của {source.issuer}"
        for source in cited
    )


def count_values(counts: GradeCounts) -> dict[str, str]:
    """The counts of a year for a report's sentences; nothing while nobody has a grade."""
    values = {name: str(getattr(counts, name)) for name in ("present", "exempt", "not_rated", "rated")}
    return {
        **values,
        "check": counts.check_text,
        "good_or_better": str(counts.good_or_better),
        "share_good_or_better": share_text(counts.share_good_or_better),
        "share_excellent": share_text(counts.share_excellent_in_good),
    }


def attendance_values(counts: AttendanceCounts) -> dict[str, str]:
    """Who was convened and came, for a report."""
    return {"convened": str(counts.convened), "present_at_meeting": str(counts.present)}


def opinion_values(opinions: Iterable[WantedOpinion], today: date) -> dict[str, str]:
    """How many opinions were waited for and came; those excused are not waited for."""
    states = [each.state(today) for each in opinions]
    wanted = len(states) - states.count(OpinionState.NOT_NEEDED)
    return {"opinions_wanted": str(wanted), "opinions_received": str(states.count(OpinionState.RECEIVED))}


def collective_values(review: Review | None) -> dict[str, str]:
    """The cell's own grade: as it rates itself, and as the meeting proposes."""
    stages = {"cell_self": GradeStage.SELF, "cell_proposed": GradeStage.PROPOSED}
    grades = {name: review.grade_at(stage) if review else None for name, stage in stages.items()}
    return {name: grade.label if grade else "" for name, grade in grades.items()}


def limits_told(review: Review | None) -> str:
    """The faults and causes as the collective's own report tells them."""
    texts = [review.text_of(key).text for key in _LIMIT_SECTIONS] if review else []
    return next((text for text in texts if text.strip()), "")


def strengths_told(review: Review | None) -> str:
    """What was reached, as the collective's own report tells it part by part."""
    texts = review.sections if review else ()
    found = [text.text.strip() for text in texts if text.key.startswith(_STRENGTH_SECTIONS)]
    return "\n".join(text for text in found if text)


def proposal_row(member: Member, posts: str, review: Review | None, votes: MeetingVotes | None) -> Row:
    """One line of the list sent upward: own grade, what the votes came to, what the cell proposes."""
    final = votes.final_of(member.id) if votes else None
    told = short_verdict(final.grade, final.votes, final.out_of, final.text) if final else ""
    return {
        "full_name": member.name,
        "posts": posts,
        "self": _short(review, GradeStage.SELF),
        "votes": told,
        "proposed": _short(review, GradeStage.PROPOSED),
    }


def _short(review: Review | None, stage: GradeStage) -> str:
    grade = review.grade_at(stage) if review else None
    return grade.short if grade else ""


def grade_in_force(
    review: Review | None, stages: Sequence[GradeStage] = (GradeStage.DECIDED, GradeStage.PROPOSED)
) -> Grade | None:
    """The grade that counts: the decided one, before the decision the one the cell proposes."""
    grades = (review.grade_at(stage) for stage in stages) if review else ()
    return next((grade for grade in grades if grade is not None), None)


def is_excellent(review: Review | None, stages: Sequence[GradeStage]) -> bool:
    """Whether the grade in force at these stages is "hoàn thành xuất sắc nhiệm vụ"."""
    return grade_in_force(review, stages) is Grade.EXCELLENT


def achievement_values(member: Member, review: Review | None) -> dict[str, str]:
    """A member's dates and grade for the report on achievements."""
    record, grade = member.record, grade_in_force(review)
    return {
        "admitted": format_date(record.admitted_on) if record.admitted_on else "",
        "confirmed": format_date(record.confirmed_on) if record.confirmed_on else "",
        "grade": grade.label if grade else "",
    }


def achievement_texts(
    year: int,
    review: Review | None,
    pledge: Pledge | None,
    months: Sequence[MonthlySelfAssessment],
    summary: YearSummary,
) -> Mapping[str, str]:
    """What the book knows of a year's achievements: the sheet on duties, the pledge book, praises."""
    duties = [review.text_of(key).text for key in _TASK_SECTIONS] if review else []
    handed_in = [month for month in months if month.state in _HANDED_IN]
    praised = ", ".join(str(month) for month in summary.praised)
    return {
        "tasks": next((text for text in duties if text.strip()), ""),
        "example": _kept(pledge, handed_in, summary),
        "rewards": f"Năm {year} được chi bộ biểu dương: tháng {praised}." if praised else "",
    }


def _kept(pledge: Pledge | None, months: Sequence[MonthlySelfAssessment], summary: YearSummary) -> str:
    """What was pledged and done, item by item with its last result."""
    if pledge is None or not pledge.items:
        return ""
    lines = [f"Đăng ký {summary.registered} việc, đã thực hiện {summary.done} việc:"]
    for item in pledge.items:
        results = [(m.month.month, m.entry_for(item.id).result.strip()) for m in months]
        told = [f"tháng {month}: {result.rstrip('.')}" for month, result in results if result]
        target = f" (chỉ tiêu: {item.target.strip().rstrip('.')})" if item.target.strip() else ""
        last = f"; {told[-1]}" if told else ""
        lines.append(f"- {item.action.strip().rstrip('.')}{target}: {item.outcome.label.lower()}{last}.")
    return "\n".join(lines)


def article_words(decisions: Iterable[str]) -> str:
    """The decisions grades come from, each once."""
    return "; ".join(dict.fromkeys(words for words in decisions if words))
