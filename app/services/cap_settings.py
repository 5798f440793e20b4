"""The cap on the top grade of a year: counted per comparable group, and how it is to be counted."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.db import member_queries, review_queries, tables, year_end_queries
from app.db.transactions import ReadTransaction
from app.domain.cap import (
    CapCount,
    CapParams,
    CapSubject,
    cap_params,
    cap_subject,
    count_groups,
    group_of,
    stage_to_count,
    stages_given,
)
from app.domain.eligibility import Duty, YearMember
from app.domain.errors import Problem, ValidationFailed
from app.domain.grade import SubjectKind
from app.domain.member import CellRole, Member
from app.domain.permissions import Reader
from app.domain.review import GradeStage, Review
from app.domain.review_privacy import readable_by
from app.domain.rule_set import CapRule
from app.domain.text import clean_line, nfc
from app.domain.year_end_setting import YearEndSetting
from app.services.cells import closed_years_in
from app.services.eligibility import put_year_member, year_duties_in
from app.services.grade_contexts import role_in
from app.services.rule_book import rule_book_in
from app.services.workspace import Act, Workspace
from app.services.year_guard import must_be_open


@dataclass(frozen=True, slots=True)
class CapMember:
    """One member with the group they are counted in; ``chosen`` "" : the group of their kind."""

    member: Member
    kind: SubjectKind
    chosen: str
    subject: CapSubject


@dataclass(frozen=True, slots=True)
class CapView:
    """The cap of a year as it stands: rule, what the cell settled, who is counted where."""

    year: int
    rule: CapRule
    setting: YearEndSetting
    members: tuple[CapMember, ...]
    is_closed: bool

    @property
    def params(self) -> CapParams:
        """How it is counted this year."""
        return cap_params(self.rule, self.setting)

    @property
    def subjects(self) -> tuple[CapSubject, ...]:
        """Everybody counted."""
        return tuple(each.subject for each in self.members)

    @property
    def stages(self) -> tuple[GradeStage, ...]:
        """The stages at which anybody has a grade."""
        return stages_given(self.subjects)

    @property
    def usual_stage(self) -> GradeStage | None:
        """The latest stage most have reached; None before the first grade."""
        return stage_to_count(self.subjects)

    def counts(self, stage: GradeStage | None = None) -> tuple[CapCount, ...]:
        """The cap per comparable group at a stage, or at the usual one."""
        return count_groups(self.subjects, stage or self.usual_stage or GradeStage.SELF, self.params)


def read_cap(ws: Workspace, year: int) -> CapView:
    """The cap of a year's end, in a fixed number of selects. Raises ``NoRules``."""
    ws.must(Act.READ_CAP)
    with ws.read() as tx:
        return _cap_in(tx, year, ws.actor.reader)


def _cap_in(tx: ReadTransaction, year: int, reader: Reader) -> CapView:
    rule_set = rule_book_in(tx).rules_of(year)
    duties = year_duties_in(tx, rule_set, year)
    reviews = {
        member_id: readable_by(review, reader)
        for member_id, review in review_queries.reviews_of_year(tx, year).items()
    }
    members = member_queries.members(tx)
    return CapView(
        year,
        rule_set.cap,
        year_end_queries.year_end_setting(tx, year),
        cap_members(year, [m for m in members if duties.of(m).duty is Duty.REVIEW], reviews, duties.decided),
        year in closed_years_in(tx),
    )


def cap_members(
    year: int,
    members: list[Member],
    reviews: Mapping[str, Review],
    decided: Mapping[str, YearMember],
) -> tuple[CapMember, ...]:
    """Members as the cap counts them; those without a review yet are counted without a grade."""
    found = []
    for member in members:
        review = reviews.get(member.id)
        chosen = decided[member.id].cap_group if member.id in decided else ""
        kind = review.subject_kind if review else member.kind_for(year)
        is_head = role_in(member, year) is CellRole.SECRETARY
        if review is not None:
            subject = cap_subject(review, chosen, is_head=is_head)
        else:
            subject = CapSubject(group_of(kind, chosen), is_head)
        found.append(CapMember(member, kind, chosen, subject))
    return tuple(found)


def save_cap(ws: Workspace, setting: YearEndSetting) -> None:
    """Settle how the cap of a year is counted; what differs from the rules needs its ground."""
    ws.must(Act.CHANGE_CAP)
    ground = nfc(setting.cap_ground).strip()
    if setting.cap_percent is not None and not 0 < setting.cap_percent <= 100:
        raise ValidationFailed((Problem("cap_percent", "Tỉ lệ phải từ 1 đến 100 phần trăm."),))
    differs = (setting.cap_percent, setting.cap_base, setting.cap_rounding) != (None, None, None)
    if (differs or setting.cap_excludes_head) and not ground:
        raise ValidationFailed((Problem("cap_ground", "Chưa ghi căn cứ: văn bản nào cho tính như vậy."),))
    values = {
        "cap_percent": setting.cap_percent,
        "cap_base": setting.cap_base.value if setting.cap_base else "",
        "cap_rounding": setting.cap_rounding.value if setting.cap_rounding else "",
        "cap_excludes_head": setting.cap_excludes_head,
        "cap_ground": ground,
    }
    with ws.write(f"Ghi cách tính tỉ lệ xuất sắc năm {setting.year}") as tx:
        must_be_open(tx, setting.year)
        known = year_end_queries.year_end_setting(tx, setting.year)
        if known.id:
            tx.update(tables.year_end, known.id, values, version=setting.version)
        else:
            tx.insert(tables.year_end, {"year": setting.year, **values})


def assign_cap_groups(ws: Workspace, year: int, groups: Mapping[str, str]) -> None:
    """Count members in other comparable groups; "" counts one with their kind again."""
    ws.must(Act.GROUP_FOR_CAP)
    with ws.write(f"Xếp nhóm tính tỉ lệ xuất sắc năm {year} cho {len(groups)} đảng viên") as tx:
        must_be_open(tx, year)
        for member_id, group in groups.items():
            put_year_member(tx, member_id, year, {"cap_group": clean_line(group)})
