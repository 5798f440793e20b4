"""The later steps of the year-end: the collective, the meeting, what the cell proposes, what is decided."""

from app.domain.dates import format_date
from app.domain.draft_report import DraftSending
from app.domain.year_end_facts import (
    Missing,
    PaperOffer,
    Place,
    SheetStand,
    StepDeadline,
    StepKey,
    YearEndFacts,
    YearEndStep,
)
from app.domain.year_end_progress import (
    deadline_before_meeting,
    review_deadline,
    sheet_gap,
    step_place,
    step_state,
)


def collective_step(facts: YearEndFacts, sheets: YearEndStep) -> YearEndStep:
    """The cell's and its committee's own review, before anybody else's."""
    missing: list[Missing] = []
    place = step_place(StepKey.COLLECTIVE)
    for each in facts.collectives if facts.collective_form else ():
        what = sheet_gap(each)
        if not what and facts.uses_points and not each.scored:
            what = "Chưa tự chấm điểm"
        if not what and not each.self_graded:
            what = "Chưa tự nhận mức"
        if what:
            missing.append(
                Missing(
                    each.name,
                    what,
                    step_place(StepKey.COLLECTIVE, member=each.subject_id),
                    each.subject_id,
                )
            )
    draft = facts.draft
    waits_for_draft = draft.latest_on is not None and draft.sent_on is None
    if facts.collective_form and waits_for_draft:
        missing.append(Missing("Dự thảo báo cáo", "Chưa ghi ngày gửi", place))
    is_begun = draft.sent_on is not None or any(
        each.sheet is not SheetStand.NONE for each in facts.collectives
    )
    number = f" ({facts.collective_form})" if facts.collective_form else ""
    return YearEndStep(
        StepKey.COLLECTIVE,
        f"Kiểm điểm tập thể chi bộ{number}",
        _collective_sentence(facts),
        "Kiểm điểm tập thể trước, cá nhân sau; chi bộ được xếp loại sau khi xếp loại xong đảng viên.",
        step_state(facts, tuple(missing), is_begun=is_begun, before=(sheets,)),
        tuple(missing),
        "việc",
        _draft_deadline(draft) or deadline_before_meeting(facts),
        PaperOffer("In báo cáo kiểm điểm tập thể", "collective") if facts.collective_form else None,
        "Mở báo cáo tập thể",
        _draft_note(draft),
    )


def _draft_deadline(draft: DraftSending) -> StepDeadline | None:
    """The last day for sending the draft, while it is not sent and the rules of the year name one."""
    if draft.rule is None or draft.latest_on is None or draft.sent_on is not None:
        return None
    words = f"Gửi dự thảo báo cáo, ít nhất {draft.days} ngày làm việc trước buổi họp"
    return StepDeadline(draft.latest_on, words, draft.rule.source, draft.rule.verified)


def _collective_sentence(facts: YearEndFacts) -> str:
    if not facts.collective_form:
        return "Bộ quy định của năm chưa có mẫu kiểm điểm tập thể trong sổ"
    draft = facts.draft
    if draft.sent_on is not None:
        return f"Dự thảo đã gửi ngày {format_date(draft.sent_on)}"
    if draft.latest_on is not None:
        return f"Dự thảo gửi chậm nhất ngày {format_date(draft.latest_on)[:5]}"
    if draft.days:
        return f"Dự thảo gửi trước buổi họp ít nhất {draft.days} ngày làm việc"
    return "Dự thảo gửi người dự họp trước buổi họp"


def _draft_note(draft: DraftSending) -> str:
    if draft.rule is None or draft.sent_on is None or draft.latest_on is None or not draft.is_short:
        return ""
    return (
        f"Dự thảo gửi ngày {format_date(draft.sent_on)}, sau ngày {format_date(draft.latest_on)} nên chưa đủ "
        f"{draft.days} ngày làm việc trước buổi họp ({draft.rule.source})."
    )


def meeting_step(facts: YearEndFacts, before: tuple[YearEndStep, ...]) -> YearEndStep:
    """The meeting, its minutes and its votes."""
    meeting = facts.meeting
    if meeting is None:
        place = Place.at("meetings", kind="review")
        missing = [Missing("Buổi họp kiểm điểm", "Chưa ghi vào sổ", place)] if facts.reviewed else []
        sentence = "Chưa ghi buổi họp kiểm điểm"
    else:
        place = Place.at("meetings", meeting=meeting.meeting_id)
        sentence = _meeting_sentence(facts)
        missing = _meeting_gaps(facts, place)
    is_held = meeting is not None and meeting.held_on is not None and meeting.held_on <= facts.today
    is_begun = is_held or any(each.voted for each in facts.reviewed)
    return YearEndStep(
        StepKey.MEETING,
        "Họp chi bộ, bỏ phiếu kín",
        sentence,
        "Điểm danh, thứ tự kiểm điểm, tổ kiểm phiếu, các vòng phiếu và biên bản; chỉ giữ tổng số phiếu.",
        step_state(facts, tuple(missing), is_begun=is_begun, before=before),
        tuple(missing),
        "việc",
        review_deadline(facts),
        PaperOffer("In phiếu và biên bản", "ballot_grade,ballot_excellent,tally,review_minutes"),
        "Mở buổi họp",
        place=place,
    )


def _meeting_sentence(facts: YearEndFacts) -> str:
    assert facts.meeting is not None
    held_on = facts.meeting.held_on
    day = f"Ngày {format_date(held_on)[:5]}" if held_on else "Chưa định ngày"
    return f"{day}, triệu tập {facts.meeting.convened} đảng viên chính thức"


def _meeting_gaps(facts: YearEndFacts, place: Place) -> list[Missing]:
    meeting = facts.meeting
    assert meeting is not None
    if meeting.held_on is None:
        return [Missing("Buổi họp kiểm điểm", "Chưa ghi ngày họp", place)]
    day = format_date(meeting.held_on)[:5]
    votes = Place.at("meetings", meeting=meeting.meeting_id, part="votes")
    gaps = []
    if meeting.unmarked:
        gaps.append(Missing(f"Buổi họp {day}", f"Chưa điểm danh {meeting.unmarked} người", place))
    if not meeting.rounds:
        gaps.append(Missing("Kiểm phiếu", "Chưa có vòng phiếu nào", votes))
    else:
        gaps += [
            Missing(each.name, "Chưa ghi kết quả biểu quyết", votes, each.subject_id)
            for each in facts.reviewed
            if not each.voted
        ]
    if not meeting.has_minutes:
        gaps.append(Missing("Biên bản họp", "Chưa có kết luận", place))
    return gaps


def proposal_step(facts: YearEndFacts, meeting: YearEndStep) -> YearEndStep:
    """What the cell proposes for each."""
    missing = _without(facts, StepKey.PROPOSAL, "Chưa có mức đề xuất", "proposed")
    done = sum(each.proposed for each in facts.reviewed)
    return YearEndStep(
        StepKey.PROPOSAL,
        "Chi bộ đề xuất mức xếp loại",
        f"Đã đề xuất {done}/{len(facts.reviewed)} người" if done else "Kèm tỉ lệ xuất sắc theo nhóm",
        "Mức tự nhận, chi ủy nhận xét và kết quả phiếu để cạnh nhau; mức đề xuất do chi bộ quyết định.",
        step_state(facts, missing, is_begun=done > 0, before=(meeting,)),
        missing,
        deadline=review_deadline(facts),
        paper=PaperOffer("In tổng hợp đề xuất", "summary"),
        open_label="Mở đề xuất",
    )


def decisions_step(facts: YearEndFacts, proposal: YearEndStep) -> YearEndStep:
    """What the level above decided, and telling everybody."""
    missing = list(_without(facts, StepKey.DECISIONS, "Chưa có mức được quyết định", "decided"))
    for each in facts.collectives if facts.collective_form else ():
        if not each.decided:
            missing.append(
                Missing(
                    each.name,
                    "Chưa có mức được quyết định",
                    step_place(StepKey.DECISIONS, member=each.subject_id),
                    each.subject_id,
                )
            )
    missing += [
        Missing(
            each.name,
            "Chưa thông báo kết quả",
            step_place(StepKey.DECISIONS, member=each.subject_id),
            each.subject_id,
        )
        for each in facts.reviewed
        if each.decided and not each.notified
    ]
    decided = sum(each.decided for each in facts.reviewed)
    told = sum(each.notified for each in facts.reviewed)
    sentence = (
        f"Đã quyết định {decided}/{len(facts.reviewed)} người, đã thông báo {told}"
        if decided
        else "Nhập một lần cho cả danh sách"
    )
    return YearEndStep(
        StepKey.DECISIONS,
        "Nhận quyết định của cấp trên",
        sentence,
        "Số quyết định và mức của từng người, nhập theo danh sách; rồi thông báo cho đảng viên.",
        step_state(facts, tuple(missing), is_begun=decided > 0, before=(proposal,)),
        tuple(missing),
        "việc",
        review_deadline(facts),
        PaperOffer("In thông báo kết quả", "notice") if decided else None,
        "Mở quyết định",
    )


def _without(facts: YearEndFacts, key: StepKey, what: str, field: str) -> tuple[Missing, ...]:
    return tuple(
        Missing(each.name, what, step_place(key, member=each.subject_id), each.subject_id)
        for each in facts.reviewed
        if not getattr(each, field)
    )
