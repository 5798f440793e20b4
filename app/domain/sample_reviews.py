"""What the people of the sample book write in their reviews: sections, faults, points, the five grades."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from app.domain.dates import citation_date
from app.domain.form_template import FormTemplate, SectionKind
from app.domain.grade import FourLevel, Grade, SubjectKind
from app.domain.member import CellRole
from app.domain.review import (
    CivilGrade,
    FaultRemedy,
    GradeStage,
    ItemScore,
    PromptAnswer,
    RemedyStatus,
    Review,
    SectionText,
    StageGrade,
    YearTasks,
)
from app.domain.sample_story import SampleMember, SampleStory
from app.domain.scoring import ScorePart, ScoringProfile

_HALF = Decimal("0.5")
_WELL = Decimal("0.85")


@dataclass(frozen=True, slots=True)
class ReviewDays:
    """The days of one year's review: the cell's meeting, what it proposes, the decision from above."""

    civil: date
    meeting: date
    proposed: date
    decided: date
    decision: str


class ReviewWriter:
    """Fills one member's review of a year; whoever has words of their own keeps them."""

    def __init__(self, story: SampleStory, member: SampleMember, year: int) -> None:
        self._banks: Mapping[str, Any] = story.reviews
        self._member = member
        self._year = year
        self._place = [each.key for each in story.members].index(member.key)
        self._told: Mapping[str, Any] = story.reviews["told"].get(member.key, {}) if year == 2025 else {}

    def fill(
        self,
        review: Review,
        form: FormTemplate,
        profile: ScoringProfile | None,
        proposed: str,
        civil_on: date,
    ) -> Review:
        """The review as the member hands it in: ``proposed`` is the text assembled from the months."""
        told = self._told.get("sections", {})
        sections = []
        for section in form.sections:
            key = section.key.removeprefix("A.")
            text, from_months = str(told.get(key) or self._section(key)), False
            if section.from_months and key not in told:
                text, from_months = proposed, True
            level = self._level(key) if section.four_levels else None
            if (section.kind is SectionKind.TEXT and text) or level:
                sections.append(SectionText(section.key, text, level, from_months))
        inside = review.subject_kind is not SubjectKind.OUTSIDE
        if inside:
            sections.append(SectionText("office_view", self._turn("office", 1)))
        civil = Grade(self._member.words.get(f"civil{self._year % 100}", "good"))
        return replace(
            review,
            dated_on=civil_on.replace(day=10),
            sections=tuple(sections),
            scores=self._scores(profile) if profile else (),
            faults=self._faults(),
            prompts=tuple(PromptAnswer(*prompt) for prompt in self._told.get("prompts", ())),
            tasks=self._tasks(),
            civil=CivilGrade(civil, civil_on, self._civil_decision(civil_on)) if inside else CivilGrade(),
            grades=(StageGrade(GradeStage.SELF, self._own_grade()),),
        )

    def committee_view(self) -> StageGrade:
        """What the committee says of the member: the grade it sees, and its words."""
        return StageGrade(GradeStage.COMMITTEE, self._final_grade(), note=self._view())

    def block_cases(self) -> tuple[str, ...]:
        """The case of "không hoàn thành" that holds, if any."""
        return ("KN1",) if self._final_grade() is Grade.UNSATISFACTORY else ()

    def _dice(self, *words: object) -> Random:
        return Random("/".join(map(str, (self._member.key, self._year, *words))))

    def _turn(self, bank: str, step: int) -> str:
        """A sentence of a bank, a different one for each neighbour in the list and for each year."""
        sentences: Sequence[str] = self._banks[bank]
        return sentences[(self._place * step + (self._year - 2024) * 5) % len(sentences)]

    def _section(self, key: str) -> str:
        words, short_year = self._member.words, self._year % 100
        if key == "I.1":
            parts = [self._turn("politics", 1), self._turn("ethics", 1), self._turn("discipline", 1)]
            return " ".join([*parts[: 2 if self._member.voice == "short" else 3], self._turn("signs", 1)])
        if key == "I.2":
            return str(words.get(f"task{short_year}", ""))
        if key in ("I.3", "I.4", "I.5") and self._member.kind is SubjectKind.LEADER:
            bank = "lead" + key[-1]
            own = words.get(bank) if self._year == 2025 else None
            return str(own or self._turn(bank, 1).format(unit=words["unit"]))
        if key == "II.1":
            return _sentence(str(words.get(f"lack{short_year}", "")))
        if key == "II.2":
            return str(words["why"]) if self._year == 2025 and "why" in words else self._turn("causes", 1)
        if key == "VI":
            return str(words["plan"]) if self._year == 2025 and "plan" in words else self._turn("plans", 3)
        if key == "V" and any(post.role in _COMMITTEE for post in self._member.posts):
            return self._turn("committee_part", 1)
        return ""

    def _level(self, key: str) -> FourLevel:
        luck = self._dice(key).random()
        if key == "III":
            return FourLevel.GOOD_LEVEL
        if luck < 0.12:
            return FourLevel.EXCELLENT_LEVEL
        return FourLevel.AVERAGE_LEVEL if luck > 0.93 else FourLevel.GOOD_LEVEL

    def _faults(self) -> tuple[FaultRemedy, ...]:
        if "faults" in self._told:
            return tuple(
                FaultRemedy(fault, RemedyStatus(status), progress, difficulty, responsibility)
                for fault, status, progress, difficulty, responsibility in self._told["faults"]
            )
        fault = str(self._member.words.get(f"lack{self._year % 100 - 1}", ""))
        if not fault:
            return ()
        done = self._own_grade() is Grade.EXCELLENT or self._dice("fault").random() < 0.65
        status = RemedyStatus.REMEDIED if done else RemedyStatus.IN_PROGRESS
        progress = self._dice("progress").choice(self._banks["progress" if done else "halfway"])
        return (FaultRemedy(_sentence(fault).rstrip("."), status, progress),)

    def _tasks(self) -> YearTasks:
        assigned, done, late, beyond = self._told.get("tasks") or self._member.words.get(
            f"tasks{self._year % 100}", (5, 5, 0, 0)
        )
        return YearTasks(assigned, done, late, beyond, assigned - done)

    def _scores(self, profile: ScoringProfile) -> tuple[ItemScore, ...]:
        total = Decimal(str(self._member.words.get("total25", 84)))
        general = (total * Decimal("0.31") * 2).to_integral_value() / 2
        points = self._told.get("points")
        wanted = {
            ScorePart.GENERAL: Decimal(str(points[0])) if points else min(general, Decimal(29)),
            ScorePart.TASKS: Decimal(str(points[1])) if points else total - min(general, Decimal(29)),
        }
        scores: list[ItemScore] = []
        for part, sought in wanted.items():
            items = [item for item in profile.items if item.part is part]
            split = spread([item.max for item in items], sought)
            scores += [ItemScore(item.code, score) for item, score in zip(items, split, strict=True)]
        return tuple(scores)

    def _own_grade(self) -> Grade:
        if self._year == 2025:
            return Grade(self._told.get("grade") or self._member.words.get("grade25", "good"))
        return Grade.EXCELLENT if self._member.key in ("dat", "hue", "chau") else Grade.GOOD

    def _final_grade(self) -> Grade:
        if self._year == 2025 and self._member.key == "trang":
            return Grade.UNSATISFACTORY
        if self._year == 2025 and self._member.key == "nhung":
            return Grade.SATISFACTORY
        own = self._own_grade()
        return Grade.GOOD if (self._year, self._member.key) == (2024, "chau") else own

    def _view(self) -> str:
        if self._year == 2025 and self._member.key == "trang":
            return "Khiển trách liên quan công vụ; đã có ý kiến bằng văn bản của Ủy ban Kiểm tra Đảng ủy xã."
        if self._year == 2025 and self._member.key == "nhung":
            return "Đã bị cảnh cáo, sửa chữa nghiêm túc; chưa có kết luận nào khác của cấp trên."
        return str(self._dice("view").choice(self._banks["view"]))

    def _civil_decision(self, day: date) -> str:
        return f"Thông báo số {self._dice('civil').randint(31, 79)}-TB, ngày {citation_date(day)}"


_COMMITTEE = (CellRole.SECRETARY, CellRole.DEPUTY_SECRETARY, CellRole.COMMITTEE_MEMBER)


def spread(highest: Sequence[Decimal], sought: Decimal) -> list[Decimal]:
    """Share out points over criteria in halves: what is missing is taken where most can be had."""
    scores = list(highest)
    missing = sum(highest, Decimal(0)) - sought
    while missing > 0:
        widest = max(range(len(scores)), key=lambda i: scores[i] - highest[i] * _WELL)
        taken = min(_HALF, missing)
        scores[widest] -= taken
        missing -= taken
    return scores


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("." if text and not text.endswith(".") else "")
