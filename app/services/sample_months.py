"""The years of the sample book: pledges in January, months handed in and confirmed on the 3rd."""

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from app.domain.dates import Month
from app.domain.monthly import CellMark, MonthlyEntry, MonthlySelfAssessment, as_last_month
from app.domain.pledge import Outcome, Pledge
from app.domain.sample_story import Happening, SampleMember
from app.domain.sample_words import PlannedItem
from app.services import months, pledges
from app.services.sample_stage import OPENING, Stage, dice_for
from app.services.workspace import Workspace

# Works that may well need another year; what is left of them is carried over.
_LONG_WORKS = ("rac", "duong", "giup", "kinhte", "so", "ngo", "khuyenhoc", "vannghe")
_COUNTED = re.compile(r"\d+/\d+|[Kk]ỳ thứ|nay|Được \d")
NO_MEETING = {
    "2024-09": "Bão, mưa lớn, chi bộ hoãn họp; các tổ đảng lấy ý kiến rồi bí thư tổng hợp",
    "2025-10": "Đang khắc phục hậu quả lũ ngày 11/10, chi bộ lấy ý kiến qua tổ đảng",
}


def plan_year(stage: Stage, year: int) -> None:
    """Plan one year: pledges, twelve months, what becomes of the items."""
    passing: dict[date, list[str]] = {}
    for member in stage.story.members:
        first = stage.first_month(member.key, year)
        if not _works(stage, member, year) or first > 12:
            continue
        day = _pledge_day(stage, member, year, first)
        stage.at(day, 3, partial(_pledge, stage, member, year))
        passing.setdefault(_passing_day(day), []).append(member.key)
        for number in range(first, 13):
            if not stage.facts[member.key].monthly_duty(Month(year, number)):
                _plan_month(stage, member, Month(year, number))
    for day, keys in passing.items():
        stage.at(day, 4, partial(_pass, stage, year, keys, day))
    for number in range(1, 13):
        meeting = _meeting(Month(year, number))
        stage.at(meeting, 5, partial(_meet, stage, Month(year, number)))
    stage.at(date(year, 12, 8), 2, partial(_finish_items, stage, year, date(year, 12, 8)))


def _works(stage: Stage, member: SampleMember, year: int) -> bool:
    return bool(member.works[year]) or (year == 2025 and member.key in stage.story.told)


def _pledge_day(stage: Stage, member: SampleMember, year: int, first: int) -> date:
    admitted = member.draft.admitted_on
    if admitted and admitted.year == year and admitted > OPENING:
        return admitted + timedelta(days=3)
    return date(year, first, dice_for(member.key, year, "pledge").randint(4, 9))


def _passing_day(day: date) -> date:
    return date(day.year, 1, 10) if day.month == 1 else Month.of(day).next().first_day.replace(day=3)


def _pledge(stage: Stage, member: SampleMember, year: int) -> None:
    told = stage.story.told.get(member.key) if year == 2025 else None
    if told is not None:
        planned = [stage.wording.told_item(item, year) for item in told.items]
    else:
        planned = [stage.wording.item(member, year, work) for work in member.works[year]]
    ws = stage.hand(member)
    items = [*(plan.item for plan in planned)]
    before = stage.plans.get((member.key, year - 1), [])
    left = [plan for plan in before if plan.item.outcome is Outcome.NOT_DONE]
    if left and told is None:
        over = pledges.carried_over(left[0].item)
        planned.append(replace(left[0], item=over, finish=date(year, 12, 10), done_templates=set()))
        items.append(over)
    saved = pledges.submit_pledge(ws, Pledge(stage.ids[member.key], year, items=tuple(items)))
    for plan, item in zip(planned, saved.items, strict=True):
        plan.item = item
    stage.plans[member.key, year] = planned


def _pass(stage: Stage, year: int, keys: list[str], day: date) -> None:
    pledges.pass_pledges(stage.seat("loc"), year, [stage.ids[key] for key in keys], day)


def _meeting(month: Month) -> date:
    return month.next().first_day.replace(day=3)


def _plan_month(stage: Stage, member: SampleMember, month: Month) -> None:
    if reason := stage.story.excused.get((member.key, month.iso)):
        stage.at(_meeting(month), 3, partial(_excuse, stage, member, month, reason))
        return
    dice = dice_for(member.key, month.iso, "day")
    luck = dice.random()
    if _meeting(month) <= stage.until < _meeting(month.next()):
        luck /= (
            3  # the month just met about still lacks some people: that is what a secretary opens the book for
        )
    if luck < 0.035:
        day = _meeting(month) + timedelta(days=dice.randint(1, 6))
    elif luck < 0.055:
        day = _meeting(month) + timedelta(days=dice.randint(9, 26))
    elif luck < 0.25:
        day = month.first_day.replace(day=dice.randint(18, 24))
    else:
        last = month.last_day
        day = last - timedelta(days=3) + timedelta(days=dice.randint(0, 5))
    admitted = member.draft.admitted_on
    if admitted and Month.of(admitted) == month:
        day = max(day, month.last_day - timedelta(days=1))
    stage.at(day, 3, partial(_hand_in, stage, member, month))


def _excuse(stage: Stage, member: SampleMember, month: Month, reason: str) -> None:
    months.excuse_month(stage.seat("dat"), stage.ids[member.key], month, reason)


def write_entries(stage: Stage, member: SampleMember, month: Month) -> tuple[MonthlyEntry, ...]:
    """What the member writes of every item open in a month."""
    plans = [p for p in stage.plans[member.key, month.year] if Month.of(p.finish) >= month]
    return tuple(_entry(stage, member, month, plan) for plan in plans)


def _entry(stage: Stage, member: SampleMember, month: Month, plan: PlannedItem) -> MonthlyEntry:
    told = stage.story.told.get(member.key) if month.year == 2025 else None
    number = stage.plans[member.key, month.year].index(plan) + 1
    for words in told.months if told else ():
        if words.month == month.month and words.item == number:
            return MonthlyEntry(plan.item.id, words.result, words.level, words.limits, words.fix)
    before = stage.entries.get((member.key, month.previous().iso), ())
    last = next((entry for entry in before if entry.item_id == plan.item.id), None)
    dice = dice_for(member.key, month.iso, plan.kind.key, "copy")
    copies = last and not last.copied_from and not last.limits and not _COUNTED.search(last.result)
    if last and copies and month.month < 12 and dice.random() < 0.07:
        return replace(as_last_month(MonthlyEntry(plan.item.id), last, month), self_level="Khá")
    first = stage.first_month(member.key, month.year)
    return stage.wording.entry(member, month, plan, first)


def _hand_in(stage: Stage, member: SampleMember, month: Month) -> None:
    entries = write_entries(stage, member, month)
    stage.entries[member.key, month.iso] = entries
    written = MonthlySelfAssessment(stage.ids[member.key], month, entries=entries)
    months.submit_month(stage.hand(member), written)


def _meet(stage: Stage, month: Month) -> None:
    """The meeting of the 3rd: what the cell says of the month just over, then it is confirmed."""
    secretary, deputy = stage.seat("loc"), stage.seat("dat")
    for happening in stage.story.happenings:
        if happening.act == "return" and happening.month == month.iso:
            _give_back(stage, happening, month)
    for member in stage.story.members:
        if (member.key, month.iso) in stage.entries:
            _say(stage, deputy if member.key == "loc" else secretary, member, month)
    today = stage.clock.today()
    for handed_in in (month.previous(), month):
        if any(iso == handed_in.iso for _, iso in stage.entries):
            reason = NO_MEETING.get(month.iso, "")
            _confirm(stage, secretary, handed_in, None if reason else today, reason)
            _confirm(stage, deputy, handed_in, None if reason else today, reason)
    for happening in stage.story.happenings:
        if happening.act == "reopen" and happening.month == month.previous().iso:
            _reopen(stage, happening, month.previous(), today)


def _confirm(stage: Stage, ws: Workspace, month: Month, day: date | None, reason: str) -> None:
    own = ws.actor.role.leads and ws.actor.member_id == stage.ids["dat"]
    waiting = months.months_to_confirm(ws, month)
    chosen = [w.member_id for w in waiting if (w.member_id == stage.ids["loc"]) == own]
    if chosen:
        months.confirm_months(ws, month, chosen, day, reason)


def _say(stage: Stage, ws: Workspace, member: SampleMember, month: Month) -> None:
    words, mark = _remark(stage, member, month)
    if words:
        months.comment_month(ws, stage.ids[member.key], month, words, mark)


def _remark(stage: Stage, member: SampleMember, month: Month) -> tuple[str, CellMark | None]:
    told = stage.story.told.get(member.key) if month.year == 2025 else None
    for told_month in told.months if told else ():
        if told_month.month == month.month and told_month.say:
            return told_month.say, told_month.mark
    banks, seed = stage.story.banks, f"{member.key}/{month.iso}/say"
    entries = stage.entries[member.key, month.iso]
    kinds = {plan.item.id: plan.kind for plan in stage.plans[member.key, month.year]}
    weak = next((entry for entry in entries if entry.self_level in ("Trung bình", "Chưa đạt")), None)
    copied = next((entry for entry in entries if entry.copied_from), None)
    luck = dice_for(seed).random()
    if (poor := weak or copied) and luck < 0.5:
        return stage.wording.remark(banks.remind, kinds[poor.item_id], seed), CellMark.REMINDER
    if luck > 0.96 and not weak and entries[0].self_level == "Tốt":
        return stage.wording.remark(banks.praise, kinds[entries[0].item_id], seed), CellMark.PRAISE
    if luck > 0.90:
        return stage.wording.remark(banks.plain, kinds[entries[-1].item_id], seed), None
    return "", None


def _give_back(stage: Stage, happening: Happening, month: Month) -> None:
    member = stage.story.member(happening.member)
    if (member.key, month.iso) not in stage.entries:
        return
    months.return_month(stage.seat("loc"), stage.ids[member.key], month, happening.words)
    _hand_in(stage, member, month)


def _reopen(stage: Stage, happening: Happening, month: Month, meeting: date) -> None:
    member = stage.story.member(happening.member)
    secretary = stage.seat("loc")
    months.reopen_month(secretary, stage.ids[member.key], month, happening.words)
    _hand_in(stage, member, month)
    months.confirm_months(secretary, month, [stage.ids[member.key]], meeting)


def plan_changes(stage: Stage) -> None:
    """Plan the changes of passed items during a year, and the two months being written today."""
    for happening in stage.story.happenings:
        if happening.act == "change" and happening.day:
            stage.at(happening.day, 3, partial(_change, stage, happening))
    for member in stage.story.members:
        for year in (2024, 2025, 2026):
            stage_months = range(1, 13)
            for number in stage_months:
                day = _meeting(Month(year, number))
                stage.at(day, 2, partial(_finish_due, stage, member, Month(year, number)))


def _change(stage: Stage, happening: Happening) -> None:
    day = stage.clock.today()
    plan = stage.plans[happening.member, day.year][happening.item - 1]
    item = replace(plan.item, action=happening.action)
    ws, member_id = stage.seat(happening.member), stage.ids[happening.member]
    plan.item = pledges.revise_item(ws, member_id, day.year, item, happening.words).items[happening.item - 1]


def _finish_due(stage: Stage, member: SampleMember, month: Month) -> None:
    """Items due in the month that is over are finished, on their day."""
    for plan in stage.plans.get((member.key, month.year), ()):
        if Month.of(plan.finish) == month and month.month < 12 and plan.item.finished_on is None:
            _end(stage, member, plan, Outcome.DONE, plan.finish)


def _finish_items(stage: Stage, year: int, on: date) -> None:
    """Before the reviews of the year: what became of every item still open."""
    for member in stage.story.members:
        for plan in stage.plans.get((member.key, year), ()):
            if plan.item.finished_on is None:
                luck = dice_for(member.key, year, plan.item.action).random()
                told = year == 2025 and member.key in stage.story.told
                done = told or luck < 0.82 or plan.kind.key not in _LONG_WORKS
                _end(stage, member, plan, Outcome.DONE if done else Outcome.NOT_DONE, on)


def _end(stage: Stage, member: SampleMember, plan: PlannedItem, outcome: Outcome, on: date) -> None:
    if stage.facts[member.key].has_left(on):
        return
    ws, member_id = stage.hand(member), stage.ids[member.key]
    pledges.set_outcome(ws, member_id, on.year, plan.item.id, outcome, on)
    plan.item = replace(plan.item, outcome=outcome, finished_on=on)


def plan_drafts(stage: Stage) -> None:
    """Plan the two months somebody is just writing on the last day of the story."""
    stage.at(stage.until, 8, partial(_begin_drafts, stage, Month.of(stage.until)))


def _begin_drafts(stage: Stage, month: Month) -> None:
    begun = 0
    for member in stage.story.members:
        free = (member.key, month.year) not in stage.plans or stage.facts[member.key].monthly_duty(month)
        if begun == 2 or member.hand or free or (member.key, month.iso) in stage.entries:
            continue
        first = replace(write_entries(stage, member, month)[0], self_level="")
        written = MonthlySelfAssessment(stage.ids[member.key], month, entries=(first,))
        months.save_month(stage.seat(member.key), written)
        begun += 1
