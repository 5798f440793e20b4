"""The collective's draft report: sent to who takes part so many working days before the review meeting."""

from dataclasses import dataclass
from datetime import date

from app.domain.dates import format_date
from app.domain.rule_set import RuleSet, Situation
from app.domain.working_days import working_days_before, working_days_between


@dataclass(frozen=True, slots=True)
class DraftSending:
    """When the draft goes out and went out. ``rule``: what the year's rules ask (HD 43-HD/BTCTW pt 2.1a).

    ``rule`` None: the rules of the year ask nothing of it; there is no last day and nothing is missed.
    """

    meeting_on: date | None = None
    sent_on: date | None = None
    rule: Situation | None = None

    @property
    def days(self) -> int:
        """How many working days there must be before the meeting; 0 where the rules name none."""
        return self.rule.working_days if self.rule else 0

    @property
    def latest_on(self) -> date | None:
        """The last day for sending; unknown while the meeting has no day."""
        return working_days_before(self.meeting_on, self.days) if self.meeting_on and self.days else None

    @property
    def is_short(self) -> bool:
        """Whether it was sent with fewer working days to read it than the rules ask."""
        if self.meeting_on is None or self.sent_on is None or not self.days:
            return False
        return working_days_between(self.sent_on, self.meeting_on) < self.days

    def sentence(self) -> str:
        """How it stands, with the dates."""
        sent = f"Đã gửi ngày {format_date(self.sent_on)}" if self.sent_on else "Chưa ghi ngày gửi dự thảo"
        if not self.days:
            return f"{sent}; bộ quy định của năm không nói hạn gửi."
        meeting, latest = self.meeting_on, self.latest_on
        if meeting is None or latest is None:
            return (
                "Chưa ghi ngày họp kiểm điểm nên chưa tính được hạn gửi dự thảo "
                f"(trước {self.days:02d} ngày làm việc)."
            )
        held = format_date(meeting)
        due = f"hạn gửi {format_date(latest)}, trước ngày họp {held} {self.days:02d} ngày làm việc"
        if self.sent_on is not None and self.is_short:
            left = working_days_between(self.sent_on, meeting)
            words = f"chỉ còn {left:02d} ngày làm việc" if left else "không còn ngày làm việc nào"
            return f"Gửi ngày {format_date(self.sent_on)} thì {words} trước ngày họp; {due}."
        return f"{sent}; {due}."


def draft_sending(rules: RuleSet, meeting_on: date | None, sent_on: date | None) -> DraftSending:
    """The sending of a year's draft held against the rules of the year."""
    return DraftSending(meeting_on, sent_on, rules.situation("DRAFT_REPORT"))
