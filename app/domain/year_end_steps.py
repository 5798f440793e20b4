"""The guided year-end: nine steps in legal order, told from plain facts. It warns, never judges or blocks."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from app.domain.dates import format_date
from app.domain.eligibility import Duty
from app.domain.text import lower_first, upper_first
from app.domain.year_end_facts import (
    Missing,
    PaperOffer,
    Place,
    SheetStand,
    StepDeadline,
    StepKey,
    StepState,
    SubjectFacts,
    WantedOpinion,
    YearEndFacts,
    YearEndStep,
)
from app.domain.year_end_late_steps import collective_step, decisions_step, meeting_step, proposal_step
from app.domain.year_end_progress import (
    REVIEWS,
    deadline_before_meeting,
    sheet_gap,
    step_place,
    step_state,
)


def year_end_steps(facts: YearEndFacts) -> tuple[YearEndStep, ...]:
    """The nine steps; each says how far it is, who is missing what, and where to put it right."""
    duty = _duty(facts)
    opinions = _opinions(facts)
    sheets = _sheets(facts)
    appraisal = _appraisal(facts, sheets)
    collective = collective_step(facts, sheets)
    meeting = meeting_step(facts, (sheets, appraisal, collective))
    proposal = proposal_step(facts, meeting)
    decisions = decisions_step(facts, proposal)
    before = (duty, opinions, sheets, appraisal, collective, meeting, proposal, decisions)
    return (*before, _close(facts, before))


def current_step(steps: Iterable[YearEndStep]) -> YearEndStep:
    """The step to work at now: the first with something left, else the first to come, else the last."""
    known = tuple(steps)
    for state in (StepState.LEFT, StepState.NOT_YET):
        found = next((step for step in known if step.state is state), None)
        if found is not None:
            return found
    return known[-1]


def all_deadlines(facts: YearEndFacts, steps: Iterable[YearEndStep]) -> tuple[StepDeadline, ...]:
    """Every deadline of the year once, the earliest first: the rules' and those the steps found."""
    ruled = [
        StepDeadline(each.before(facts.year), each.label, each.source, each.verified)
        for each in facts.deadlines
    ]
    own = [step.deadline for step in steps if step.deadline is not None]
    return tuple(sorted(dict.fromkeys((*ruled, *own)), key=lambda each: each.before))


def open_items(steps: Iterable[YearEndStep]) -> tuple[str, ...]:
    """What is still open, one sentence for each step with the names; kept with the closing."""
    return tuple(
        f"{step.title}: {_names(step.missing)}"
        for step in steps
        if step.key is not StepKey.CLOSE and step.missing
    )


def _names(missing: tuple[Missing, ...]) -> str:
    return ", ".join(f"{each.who} ({lower_first(each.what)})" if each.who else each.what for each in missing)


def _duty(facts: YearEndFacts) -> YearEndStep:
    missing = tuple(
        Missing(
            each.name, "Chưa có ngày vào Đảng", Place.at("members", member=each.subject_id), each.subject_id
        )
        for each in facts.members
        if each.lacks_admission
    )
    counts = Counter(each.duty for each in facts.members)
    sentence = (
        f"{counts[Duty.REVIEW]} người kiểm điểm và xếp loại, "
        f"{counts[Duty.NOT_CONCERNED]} không thuộc diện, {counts[Duty.PENDING]} chưa"
    )
    return YearEndStep(
        StepKey.DUTY,
        "Chốt danh sách được kiểm điểm",
        sentence if facts.members else "Sổ chưa có đảng viên nào trong năm",
        "Ai kiểm điểm và xếp loại, ai không thuộc diện, ai chưa: theo ngày tháng trong hồ sơ, kèm lý do.",
        step_state(facts, missing, is_begun=True),
        missing,
        deadline=deadline_before_meeting(facts),
        open_label="Mở danh sách",
    )


def _opinions(facts: YearEndFacts) -> YearEndStep:
    wanted = [(each, opinion) for each in facts.reviewed for opinion in each.opinions]
    open_ones = [(each, opinion) for each, opinion in wanted if not opinion.is_received]
    missing = tuple(
        Missing(
            each.name,
            _opinion_words(opinion, facts.today),
            step_place(StepKey.OPINIONS, member=each.subject_id),
            each.subject_id,
        )
        for each, opinion in open_ones
    )
    sentence = f"{len(wanted) - len(open_ones)}/{len(wanted)} phiếu đã về"
    if open_ones:
        kinds = Counter(lower_first(opinion.label) for _each, opinion in open_ones)
        sentence += "; còn " + ", ".join(f"{n} {label}" for label, n in kinds.items())
    due_days = [opinion.due_on for _each, opinion in open_ones if opinion.due_on]
    deadline = (
        StepDeadline(min(due_days), "Hạn gửi lại phiếu nhận xét")
        if due_days
        else deadline_before_meeting(facts)
    )
    people = tuple(dict.fromkeys(each.subject_id for each, _opinion in open_ones))
    return YearEndStep(
        StepKey.OPINIONS,
        "Thu ý kiến nhận xét",
        sentence if wanted else "Chưa có ý kiến nào phải xin",
        "Cấp ủy nơi cư trú, nơi sinh hoạt tạm thời, đơn vị cũ, cơ quan và đoàn thể của từng người.",
        step_state(facts, missing, is_begun=any(opinion.is_requested for _each, opinion in wanted)),
        missing,
        "phiếu",
        deadline,
        PaperOffer(f"In giấy đề nghị cho {len(people)} người", "opinion_request", people) if people else None,
        "Mở ý kiến nhận xét",
    )


def _opinion_words(opinion: WantedOpinion, today: date) -> str:
    if not opinion.is_requested:
        return f"Chưa xin: {lower_first(opinion.label)}"
    if opinion.due_on and opinion.due_on < today:
        return f"Quá hạn {format_date(opinion.due_on)}: {lower_first(opinion.label)}"
    return f"Chưa về: {lower_first(opinion.label)}"


def _sheets(facts: YearEndFacts) -> YearEndStep:
    asked = facts.reviewed
    missing = tuple(
        Missing(each.name, what, Place.at(REVIEWS, member=each.subject_id), each.subject_id)
        for each in asked
        if (what := sheet_gap(each))
    )
    blank = tuple(each.subject_id for each in asked if each.sheet is SheetStand.NONE)
    numbers = ", ".join(facts.sheet_numbers)
    civil = facts.deadline("CIVIL_SERVANT")
    before = f" {civil.label}: trước {format_date(civil.before(facts.year))}." if civil else ""
    return YearEndStep(
        StepKey.SHEETS,
        f"Viết bản kiểm điểm {numbers}".strip(),
        f"{len(asked) - len(missing)}/{len(asked)} bản đã viết xong",
        _sheet_kinds(facts) + before,
        step_state(facts, missing, is_begun=any(each.sheet is not SheetStand.NONE for each in asked)),
        missing,
        "bản",
        deadline_before_meeting(facts),
        PaperOffer(f"In bản trống có tên cho {len(blank)} người", "review", blank, blank=True)
        if blank
        else None,
        "Mở danh sách",
    )


def _sheet_kinds(facts: YearEndFacts) -> str:
    if facts.uses_points and facts.sheet_numbers:
        return "Mỗi người một bản: 2A giữ chức vụ lãnh đạo, 2B không giữ, 2C ngoài hệ thống chính trị."
    return "Mỗi người một bản, theo mẫu của đối tượng mình trong năm."


def _appraisal(facts: YearEndFacts, sheets: YearEndStep) -> YearEndStep:
    whose = "chi ủy" if facts.has_committee else "chi bộ"
    missing = []
    for each in facts.reviewed:
        gaps = _appraisal_gaps(facts, each, whose)
        if gaps:
            own_gap = not (each.scored or not facts.uses_points) or not each.self_graded
            place = (
                Place.at(REVIEWS, member=each.subject_id)
                if own_gap
                else step_place(StepKey.APPRAISAL, member=each.subject_id)
            )
            missing.append(Missing(each.name, gaps, place, each.subject_id))
    scored = sum(each.scored if facts.uses_points else each.self_graded for each in facts.reviewed)
    viewed = sum(each.viewed for each in facts.reviewed)
    act = "chấm" if facts.uses_points else "tự nhận mức"
    return YearEndStep(
        StepKey.APPRAISAL,
        f"Tự {'chấm điểm' if facts.uses_points else 'nhận mức'} và {whose} nhận xét",
        f"Đã {act} {scored}, {whose} đã nhận xét {viewed}",
        f"Điểm và mức mỗi người tự nhận để cạnh điểm thẩm định, lời nhận xét của {whose}; "
        "chương trình chỉ gợi ý mức.",
        step_state(facts, tuple(missing), is_begun=viewed > 0, before=(sheets,)),
        tuple(missing),
        deadline=deadline_before_meeting(facts),
        open_label="Mở thẩm định",
    )


def _appraisal_gaps(facts: YearEndFacts, each: SubjectFacts, whose: str) -> str:
    gaps = []
    if facts.uses_points and not each.scored:
        gaps.append("chưa tự chấm điểm")
    if not each.self_graded:
        gaps.append("chưa tự nhận mức")
    if not each.viewed:
        gaps.append(f"{whose} chưa nhận xét")
    words = ", ".join(gaps)
    return upper_first(words)


def _close(facts: YearEndFacts, before: tuple[YearEndStep, ...]) -> YearEndStep:
    missing = tuple(
        Missing(f"Bước {step.number}. {step.title}", f"Còn {step.left} {step.unit}", step_place(step.key))
        for step in before
        if step.missing
    )
    if facts.is_closed:
        state = StepState.DONE
        sentence = f"Đã khóa ngày {format_date(facts.closed_on)}" if facts.closed_on else "Đã khóa"
    else:
        waits = (
            any(step.state is StepState.NOT_YET for step in before) or before[-1].state is not StepState.DONE
        )
        state = StepState.NOT_YET if waits or not facts.members else StepState.LEFT
        sentence = "Mở lại phải ghi lý do"
    return YearEndStep(
        StepKey.CLOSE,
        f"Khóa năm {facts.year}",
        sentence,
        "Khóa rồi, đăng ký, các tháng, kiểm điểm và buổi họp của năm chỉ còn xem và in. "
        "Còn việc vẫn khóa được, sổ giữ lại danh sách việc còn để ngỏ.",
        state,
        missing,
        "bước",
        paper=PaperOffer("In danh mục hồ sơ", "file_list"),
    )
