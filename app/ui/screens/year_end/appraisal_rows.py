"""Step 4 as rows, without widgets: points, what the rules allow in short, the committee's view."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.domain.grading import GradeProposal
from app.domain.review import GradeStage, ReviewState
from app.domain.scoring import point_text
from app.services.appraisal import Appraisal


@dataclass(slots=True)
class ViewEntry:
    """What is being written of a member and not recorded yet."""

    grade: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AppraisalRow:
    """One line of the list; ``entry`` is what waits to be recorded."""

    line: Appraisal
    entry: ViewEntry | None = None

    @property
    def id(self) -> str:
        """The member's id: one line per member."""
        return self.line.member.id

    @property
    def grade(self) -> str:
        """The committee's grade as it stands: typed, else recorded."""
        if self.entry is not None:
            return self.entry.grade
        return self.line.view.grade.value if self.line.view else ""

    @property
    def note(self) -> str:
        """The committee's words as they stand."""
        if self.entry is not None:
            return self.entry.note
        return self.line.view.note if self.line.view else ""

    @property
    def self_grade(self) -> str:
        """The member's own grade in short."""
        review = self.line.review
        grade = review.grade_at(GradeStage.SELF) if review else None
        return grade.short if grade else ""

    @property
    def standing(self) -> str:
        """What keeps the sheet from being appraised, or ""."""
        review = self.line.review
        if review is None:
            return "Chưa viết bản kiểm điểm"
        return "Đang viết, chưa gửi" if review.state is ReviewState.DRAFT else ""

    @property
    def differs(self) -> bool:
        """Whether the committee's points are others than the member's."""
        appraised = self.line.appraised_points
        return appraised is not None and appraised != self.line.own_points


def points_words(points: Decimal | None) -> str:
    """Points in a cell of the list."""
    return "" if points is None else point_text(points)


def proposal_words(proposal: GradeProposal | None) -> str:
    """What the rules allow, in a word or two."""
    if proposal is None:
        return ""
    if proposal.missing:
        return f"thiếu {proposal.missing[0]}"
    if proposal.grade is None:
        return "không mức nào khớp"
    return f"{proposal.grade.short}, cần xem xét" if proposal.needs_competent_level else proposal.grade.short


def entries_kept(entries: Mapping[str, ViewEntry]) -> dict[str, list[str]]:
    """What waits to be recorded, as a draft keeps it."""
    return {owner: [entry.grade, entry.note] for owner, entry in entries.items()}


def entries_of(kept: Mapping[str, Sequence[str]]) -> dict[str, ViewEntry]:
    """What a draft brings back."""
    return {owner: ViewEntry(grade, note) for owner, (grade, note) in kept.items()}
