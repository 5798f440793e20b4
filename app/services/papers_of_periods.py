"""Papers of other periods than the year: quarters (Mẫu 05), terms, when needed, the report of a quarter."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from app.domain.attendance import order_of_review
from app.domain.dates import Month
from app.domain.form_template import FormTemplate
from app.domain.grade import Grade, SubjectKind
from app.domain.member import Member
from app.domain.paper import Paper
from app.domain.review import (
    NOT_RATED,
    GradeStage,
    Review,
    ReviewKey,
    quarter_key,
)
from app.domain.rule_set import PeriodKind
from app.domain.scoring import point_text
from app.domain.sheets.document import DocumentContent, document_paper
from app.domain.sheets.facts import identity_value
from app.domain.sheets.frame import Row
from app.domain.sheets.grade_counts import count_rows, counted, settled_grade
from app.domain.sheets.kinds import PaperKind
from app.domain.sheets.lists import label_rows
from app.domain.sheets.quarter import quarter_paper
from app.domain.sheets.review import missing_in_review, part_sums, review_paper
from app.domain.statistics import share_text
from app.services.paper_gathering import YearGathering
from app.services.paper_meetings import issued_for
from app.services.paper_sheets import Maker, NoSheet, Sheet, SheetOrder
from app.services.reviews import QUARTER_FORM

_QUARTER_REPORT, _ANNEX = "L_QUARTER", "ANNEX"


def period_sheets(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """The quarters each of the people wrote, and their reviews of a term or made when needed."""
    year = order.year
    form = order.form(QUARTER_FORM)
    if order.nameless or order.blank:
        yield from _blank_quarters(order, form)
        return
    for member in order.people:
        mine = [each for each in year.periods if each.key.subject_id == member.id]
        for review in mine:
            yield _period_sheet(order, member, review)
        if not mine and member.kind_for(year.year) is SubjectKind.LEADER:
            yield NoSheet(member, f"chưa có bản tự đánh giá quý nào năm {year.year}")


def _blank_quarters(order: SheetOrder, form: FormTemplate) -> Iterator[Sheet]:
    year = order.year
    if order.nameless:
        facts = replace(year.facts(None), period=f"Quý …… năm {year.year}")
        yield order.sheet(form, partial(quarter_paper, form, facts))
        return
    rule_set = year.rules.rules_of(year.year)
    for member in order.people:
        kind = member.kind_for(year.year)
        if kind is SubjectKind.LEADER or len(order.people) == 1:
            facts = replace(year.facts(member), period=f"Quý …… năm {year.year}")
            profile = year.rules.profile_for(rule_set, kind, year.year)
            yield order.sheet(form, partial(quarter_paper, form, facts, None, profile), member)


def _period_sheet(order: SheetOrder, member: Member, review: Review) -> Sheet:
    year = order.year
    form = order.form(review.form)
    profile = year.rules.profile(review.profile, year.year)
    facts = replace(
        year.facts(member, review.dated_on), kind=review.subject_kind, period=review.key.other_period
    )
    missing = tuple(f"{review.key.period_words}: {each}" for each in missing_in_review(form, review, profile))
    if review.key.kind is PeriodKind.QUARTER:
        return order.sheet(form, partial(quarter_paper, form, facts, review, profile), member, missing)
    annex = order.form(_ANNEX) if order.annexes else None
    build = partial(review_paper, form, facts, review, profile, annex)
    return order.sheet(form, build, member, missing)


def quarter_reports(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """A report for every quarter somebody was rated in."""
    year, form = order.year, order.form(_QUARTER_REPORT)
    if order.nameless or order.blank:
        rows = {"counts": label_rows(count_rows(counted(())), "grade")}
        content = DocumentContent(rows=rows, blank=True)
        yield order.sheet(form, partial(document_paper, form, year.cell_facts(), content))
        return
    is_empty = True
    for number in (1, 2, 3, 4):
        key = quarter_key("", year.year, number)
        reviews = [each for each in year.periods if each.key.period == key.period]
        if reviews:
            is_empty = False
            yield order.sheet(form, partial(_quarter_report, form, year, key, reviews))
    if is_empty:
        yield NoSheet(None, f"năm {year.year} chưa có bản tự đánh giá quý nào")


def _quarter_report(
    form: FormTemplate, year: YearGathering, key: ReviewKey, reviews: Sequence[Review]
) -> Paper:
    by_subject = {each.key.subject_id: each for each in reviews}
    last_day = Month(year.year, 3 * int(key.period[-1])).last_day
    facts = replace(year.cell_facts(last_day), dated_on=None)
    everybody = order_of_review(year.members, last_day)
    people = [(member, by_subject[member.id]) for member in everybody if member.id in by_subject]
    counts = counted(grade for _member, review in people if (grade := settled_grade(review)))
    better, base = counts.of(Grade.EXCELLENT), counts.good_or_better
    share = f"{better}/{base} = {share_text(counts.share_excellent_in_good)}" if base else "–"
    values = {
        "period_in_text": key.period_in_text,
        "period_words": key.period_words,
        "written": str(len(people)),
        "rated": str(counts.rated),
        "excellent_share": share,
    }
    rows = {"counts": count_rows(counts), "people": [_quarter_row(year, *each) for each in people]}
    issued = issued_for(year, PaperKind.QUARTER_REPORT)
    number = issued.number_text if issued and issued.title.endswith(key.period_in_text) else ""
    if number and issued:
        facts = year.cell_facts(issued.dated_on)
    return document_paper(form, facts, DocumentContent(values=values, rows=rows, number=number))


def _quarter_row(year: YearGathering, member: Member, review: Review) -> Row:
    profile = year.rules.profile(review.profile, year.year)
    total = part_sums(review, profile).get("total")
    own, grade = review.grade_at(GradeStage.SELF), settled_grade(review)
    is_decided = review.grade_at(GradeStage.DECIDED) is not None
    return {
        "full_name": member.name,
        "posts": identity_value("posts", year.facts(member)) or "",
        "points": "" if total is None else point_text(total),
        "self_grade": own.short if own else "",
        "grade": grade.short if grade else "",
        "note": "" if is_decided else "đề xuất" if grade else _why_unrated(review),
    }


def _why_unrated(review: Review) -> str:
    reason = review.text_of(NOT_RATED).text
    return f"chưa xếp loại: {reason[0].lower()}{reason[1:]}" if reason else "chưa xếp loại"


MAKERS: dict[PaperKind, Maker] = {
    PaperKind.QUARTER: period_sheets,
    PaperKind.QUARTER_REPORT: quarter_reports,
}
