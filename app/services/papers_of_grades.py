"""Papers around the grades: collective reports, quarters, notices, decisions of the committee above."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from app.domain.attendance import order_of_review
from app.domain.dates import citation_date
from app.domain.decision import Rerating, cited_decision, number_of_decision
from app.domain.form_template import FormTemplate
from app.domain.grade import Grade, SubjectKind
from app.domain.member import Member
from app.domain.paper import PageBreak, Paper
from app.domain.raised_points import with_raised_points
from app.domain.review import (
    CELL_SUBJECT,
    COMMITTEE_SUBJECT,
    GradeStage,
    Review,
    ReviewKey,
)
from app.domain.rule_set import PeriodKind
from app.domain.sheets.document import BLANK, DocumentContent, document_paper
from app.domain.sheets.facts import SheetFacts, collective_name
from app.domain.sheets.frame import Row
from app.domain.sheets.grade_counts import count_rows, counted, settled_grade
from app.domain.sheets.kinds import PaperKind
from app.domain.sheets.lists import label_rows
from app.domain.sheets.organs import cell_name_in_text
from app.domain.sheets.reports import rules_in_text
from app.domain.sheets.review import missing_in_review, review_paper
from app.services.paper_gathering import YearGathering
from app.services.paper_sheets import Maker, NoSheet, Sheet, SheetOrder

_NOTICE, _RERATING, _RECOGNISE = "NOTICE", "F25_03", "Q_RECOGNISE"
_RECOGNISE_LIST, _ANNEX = "Q_RECOGNISE_LIST", "ANNEX"
_COMRADE = r"đồng\schí\s\{name\}"


def collective_reports(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """Mẫu 01 of the committee, where there is one, then of the cell; also those of other periods."""
    year = order.year
    for subject in (COMMITTEE_SUBJECT, CELL_SUBJECT):
        review = year.year_end.collectives.get(subject)
        if review is not None and not order.nameless:
            yield _report(order, review)
        elif subject == CELL_SUBJECT or year.cell_facts().has_committee:
            yield _unwritten_report(order, subject)
    for review in year.periods:
        if review.key.is_collective and not order.nameless:
            yield _report(order, review)


def _report(order: SheetOrder, review: Review) -> Sheet:
    year = order.year
    form = order.form(review.form)
    if review.key.kind is PeriodKind.YEAR:
        review = with_raised_points(review, year.year_end.points_raised_to(review.key.subject_id))
    profile = year.rules.profile(review.profile, year.year)
    annex = _annex(order) if order.annexes else None
    facts = _collective_facts(order, review.key, review)
    if order.blank:
        return order.sheet(form, partial(review_paper, form, facts))
    missing = missing_in_review(form, review, profile)
    return order.sheet(form, partial(review_paper, form, facts, review, profile, annex), missing=missing)


def _unwritten_report(order: SheetOrder, subject: str) -> Sheet | NoSheet:
    year = order.year
    name = "chi ủy" if subject == COMMITTEE_SUBJECT else "chi bộ"
    if not order.blank:
        return NoSheet(None, f"chưa có báo cáo kiểm điểm của {name} năm {year.year}")
    form = _collective_form(year)
    if form is None:
        return _no_form(year)
    facts = _collective_facts(order, ReviewKey(subject, year.year), None)
    return order.sheet(form, partial(review_paper, form, facts))


def _collective_form(year: YearGathering) -> FormTemplate | None:
    rule_set = year.rules.rules_of(year.year)
    subject = rule_set.subject(SubjectKind.COLLECTIVE)
    return year.rules.form(subject.form, year.year) if subject and subject.form else None


def _no_form(year: YearGathering) -> NoSheet:
    return NoSheet(None, f"quy định của năm {year.year} trong sổ chưa có mẫu báo cáo kiểm điểm tập thể")


def _collective_facts(order: SheetOrder, key: ReviewKey, review: Review | None) -> SheetFacts:
    facts = order.year.cell_facts(review.dated_on if review else None)
    return replace(
        facts,
        kind=SubjectKind.COLLECTIVE,
        collective=collective_name(key.subject_id, facts.cell.own),
        has_committee=key.subject_id == COMMITTEE_SUBJECT,
        period=key.other_period,
    )


def _annex(order: SheetOrder) -> FormTemplate:
    """The annex of points, said to go with a report and not with somebody's sheet."""
    annex = order.form(_ANNEX)
    lines = (line.replace("bản kiểm điểm", "báo cáo kiểm điểm") for line in annex.sublines)
    return replace(annex, sublines=tuple(re.sub(_COMRADE, "{name}", line) for line in lines))


def notices(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """The notice of the decided grade to each member (QĐ 366-QĐ/TW art. 15 k. 2)."""
    year, form = order.year, order.form(_NOTICE)
    if order.nameless:
        yield order.sheet(form, partial(document_paper, form, year.facts(None), BLANK))
        return
    for member in order.people:
        review = year.reviews.get(member.id)
        decided = review.given(GradeStage.DECIDED) if review else None
        facts = year.facts(member, review.notified_on if review else None)
        if order.blank:
            yield order.sheet(form, partial(document_paper, form, facts, BLANK), member)
        elif review is None or decided is None:
            yield NoSheet(member, f"chưa có mức được quyết định năm {year.year}")
        else:
            yield order.sheet(form, partial(_notice, form, facts, review), member)


def _notice(form: FormTemplate, facts: SheetFacts, review: Review) -> Paper:
    decided, committee = review.given(GradeStage.DECIDED), review.given(GradeStage.COMMITTEE)
    values = {
        f"{stage.value}_grade": grade.label for stage in GradeStage if (grade := review.grade_at(stage))
    }
    if decided:
        values["decision"] = cited_decision(decided.source, decided.dated_on)
    texts = {"comments": committee.note} if committee and committee.note.strip() else {}
    return document_paper(form, facts, DocumentContent(texts=texts, values=values))


def rerating_decisions(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """Mẫu 03: a decision for every grade changed after it was published."""
    year, form = order.year, order.form(_RERATING)
    if order.nameless or order.blank:
        for member in (None,) if order.nameless else order.people:
            values = {"subject_kind": "đảng viên"}
            content = DocumentContent(values=values, blank=True)
            yield order.sheet(form, partial(document_paper, form, year.facts(member), content), member)
        return
    by_id = {review.id: review for review in (*year.reviews.values(), *year.year_end.collectives.values())}
    people = {member.id: member for member in order.people}
    found = [(each, by_id[each.review_id]) for each in year.year_end.reratings if each.review_id in by_id]
    shown = [(each, review) for each, review in found if _is_wanted(review, people, order)]
    for rerating, review in shown:
        member = people.get(review.key.subject_id)
        facts = year.facts(member, rerating.decided_on) if member else year.cell_facts(rerating.decided_on)
        if member is None:
            facts = replace(facts, collective=collective_name(review.key.subject_id, facts.cell.own))
        yield order.sheet(form, partial(_rerating, form, facts, rerating), member)
    if not shown:
        yield NoSheet(None, f"năm {year.year} không có quyết định xếp loại lại nào")


def _is_wanted(review: Review, people: dict[str, Member], order: SheetOrder) -> bool:
    """The collectives' decisions come with everybody's, never with one person's."""
    if review.key.is_collective:
        return len(people) == len([m for m in order.year.members if order.year.was_here(m)])
    return review.key.subject_id in people


def _rerating(form: FormTemplate, facts: SheetFacts, rerating: Rerating) -> Paper:
    member = facts.member
    reason = rerating.reason.strip().rstrip(".")
    values = {
        "subject_kind": "đảng viên" if member else "tổ chức đảng",
        "subject": f"đồng chí {member.name}" if member else facts.collective,
        "subject_name": member.name if member else facts.collective,
        "act": "Hủy" if rerating.new_grade is None else "Điều chỉnh",
        "old_decision": rerating.old_decision,
        "old_grade": rerating.old_grade.label,
        "new_grade": rerating.new_grade.label if rerating.new_grade else "Hủy mức đã công bố",
        "reason": f"{reason}.",
        "reason_in_text": f"{reason[0].lower()}{reason[1:]}" if reason else "",
    }
    number = number_of_decision(rerating.decision) or rerating.decision
    return document_paper(form, facts, DocumentContent(values=values, number=f"Số {number}"))


def recognitions(order: SheetOrder) -> Iterator[Sheet | NoSheet]:
    """The decision of the committee above with its list; from what was decided, else as a draft proposed.

    What was re-rated later stands in it as it was decided then: the re-rating has a decision of its own.
    """
    year = order.year
    form, annex = order.form(_RECOGNISE), order.form(_RECOGNISE_LIST)
    if order.nameless or order.blank:
        facts = year.cell_facts()
        content = DocumentContent(
            values={"rule_sources": _rule_sources(year), **_executive(facts)},
            rows={"counts": label_rows(count_rows(counted(())), "grade")},
            blank=True,
        )
        yield order.sheet(form, partial(_with_list, form, annex, facts, content))
        return
    people = order_of_review(year.members, year.cell_facts().as_of)
    graded = [(member, grade) for member in people if (grade := _recognised(year, member))]
    if not graded:
        yield NoSheet(None, f"năm {year.year} chưa có mức đề xuất hoặc được quyết định nào")
        return
    number, day = _decision_of(year, [member for member, _grade in graded])
    facts = year.cell_facts(day)
    counts = counted(grade for _member, grade in graded)
    cell = cell_name_in_text(facts.cell.own)
    listed: list[Row] = [
        {"full_name": member.name, "code": "", "cell": cell, "grade": grade.label} for member, grade in graded
    ]
    content = DocumentContent(
        values={
            "rated": str(counts.rated),
            "rule_sources": _rule_sources(year),
            "decision_number": number,
            "decision_day": citation_date(day) if day else "",
            **_executive(facts),
        },
        rows={"counts": count_rows(counts), "people": listed},
        number=f"Số {number}" if number else "",
    )
    yield order.sheet(form, partial(_with_list, form, annex, facts, content))


def _rule_sources(year: YearGathering) -> str:
    return rules_in_text(year.rules.rules_of(year.year))


def _decision_of(year: YearGathering, people: Sequence[Member]) -> tuple[str, date | None]:
    """Number and day of the one decision everybody was recognised by; nothing where there are several."""
    changed = {each.review_id for each in year.year_end.reratings}
    reviews = [year.reviews[member.id] for member in people]
    given = {
        (decided.source, decided.dated_on) if (decided := review.given(GradeStage.DECIDED)) else ("", None)
        for review in reviews
        if review.id not in changed
    }
    if len(given) != 1:
        return "", None
    source, day = given.pop()
    number = number_of_decision(source)
    return (number, day) if number else ("", None)


def _executive(facts: SheetFacts) -> dict[str, str]:
    upper = facts.cell.upper.strip()
    if not upper.upper().startswith("ĐẢNG BỘ"):
        return {}
    return {"executive_capitals": f"BAN CHẤP HÀNH {upper.upper()}"}


def _recognised(year: YearGathering, member: Member) -> Grade | None:
    review = year.reviews.get(member.id)
    if review is None:
        return None
    changed = [each for each in year.year_end.reratings if each.review_id == review.id]
    if changed:
        return min(changed, key=lambda each: each.decided_on).old_grade
    return settled_grade(review)


def _with_list(form: FormTemplate, annex: FormTemplate, facts: SheetFacts, content: DocumentContent) -> Paper:
    """The decision, and its list on the following pages."""
    paper = document_paper(form, facts, content)
    listed = document_paper(annex, facts, content)
    return replace(paper, blocks=(*paper.blocks, PageBreak(), *listed.blocks))


MAKERS: dict[PaperKind, Maker] = {
    PaperKind.COLLECTIVE: collective_reports,
    PaperKind.NOTICE: notices,
    PaperKind.RERATING: rerating_decisions,
    PaperKind.RECOGNITION: recognitions,
}
