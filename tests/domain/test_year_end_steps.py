"""The nine steps of the year-end: their legal order, who is missing what, where to go, what is left open."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.draft_report import DraftSending, draft_sending
from app.domain.eligibility import Duty
from app.domain.rule_set import Deadline, rule_set_for_year
from app.domain.working_days import working_days_before
from app.domain.year_end_facts import (
    MeetingFacts,
    Place,
    SheetStand,
    StepKey,
    StepState,
    SubjectFacts,
    WantedOpinion,
    YearEndFacts,
    YearEndStep,
)
from app.domain.year_end_steps import current_step, open_items, year_end_steps
from app.services.rules import shipped_rule_sets

TODAY = date(2025, 11, 28)
REVIEW = Deadline("REVIEW", "Kiểm điểm, đánh giá, xếp loại xong", 12, 31, False, "HD 43", True)
FRESH = SubjectFacts("an", "Trần An")
COMPLETE = SubjectFacts(
    "binh",
    "Lê Bình",
    sheet=SheetStand.HANDED_IN,
    scored=True,
    self_graded=True,
    viewed=True,
    voted=True,
    proposed=True,
    decided=True,
    notified=True,
)
CELL = replace(COMPLETE, subject_id="cell", name="Chi bộ")
HELD = MeetingFacts("m1", date(2025, 12, 12), 38, 0, 1, True)


def facts(*members: SubjectFacts, **more: object) -> YearEndFacts:
    known = YearEndFacts(
        2025,
        TODAY,
        members,
        (CELL,),
        deadlines=(REVIEW,),
        sheet_numbers=("2A", "2B", "2C"),
        collective_form="Mẫu 01",
    )
    return replace(known, **more)  # type: ignore[arg-type]


def step(key: StepKey, known: YearEndFacts) -> YearEndStep:
    return next(each for each in year_end_steps(known) if each.key is key)


def states(known: YearEndFacts) -> str:
    letters = {StepState.DONE: "x", StepState.LEFT: "n", StepState.NOT_YET: "-"}
    return "".join(letters[each.state] for each in year_end_steps(known))


def test_the_steps_stand_in_legal_order_and_count_from_one() -> None:
    steps = year_end_steps(facts(FRESH))

    assert [each.key for each in steps] == list(StepKey)
    assert [each.number for each in steps] == list(range(1, 10))


def test_what_nobody_began_waits_for_the_steps_before_it() -> None:
    assert states(facts(FRESH, collectives=())) == "xxn-x----"


def test_before_the_season_nothing_is_asked_yet_but_what_is_begun_is() -> None:
    early = facts(FRESH, today=date(2025, 3, 3))

    assert step(StepKey.SHEETS, early).state is StepState.NOT_YET
    begun = replace(early, members=(FRESH, replace(FRESH, subject_id="b", sheet=SheetStand.WRITING)))
    assert step(StepKey.SHEETS, begun).state is StepState.LEFT


def test_a_finished_year_is_done_but_for_closing_and_closed_when_locked() -> None:
    done = facts(
        COMPLETE,
        meeting=replace(HELD, held_on=date(2025, 11, 20)),
        draft=DraftSending(date(2025, 11, 20), date(2025, 11, 10)),
    )

    assert states(done) == "xxxxxxxxn"
    assert step(StepKey.CLOSE, done).word == "Làm được"
    assert states(replace(done, is_closed=True)) == "xxxxxxxxx"
    assert open_items(year_end_steps(done)) == ()


@pytest.mark.parametrize(
    ("subject", "what"),
    [
        (FRESH, "Chưa bắt đầu"),
        (replace(FRESH, sheet=SheetStand.PRIVATE), "Đang viết"),
        (replace(FRESH, sheet=SheetStand.WRITING, open_sections=("II.1", "VI")), "Thiếu mục II.1, VI"),
        (replace(FRESH, sheet=SheetStand.WRITING), "Viết xong, chưa gửi"),
        (replace(FRESH, sheet=SheetStand.HANDED_IN, raised_open=2), "Chưa trả lời 2 điểm gợi ý"),
    ],
)
def test_a_sheet_says_what_it_lacks_and_leads_to_it(subject: SubjectFacts, what: str) -> None:
    missing = step(StepKey.SHEETS, facts(subject)).missing

    assert [(each.who, each.what) for each in missing] == [("Trần An", what)]
    assert missing[0].place == Place.at("reviews", member="an")


def test_who_is_not_concerned_is_asked_nothing() -> None:
    out = replace(FRESH, duty=Duty.NOT_CONCERNED)

    known = facts(COMPLETE, out)
    assert step(StepKey.SHEETS, known).sentence == "1/1 bản đã viết xong"
    assert step(StepKey.DUTY, known).sentence == "1 người kiểm điểm và xếp loại, 1 không thuộc diện, 0 chưa"


def test_a_sheet_of_a_guest_opens_no_step_again() -> None:
    guest = SubjectFacts("chi", "Vi Chi", duty=Duty.NOT_CONCERNED, sheet=SheetStand.HANDED_IN)

    known = facts(COMPLETE, guest, meeting=HELD)

    assert known.reviewed == (COMPLETE,)
    assert [step(key, known).missing for key in (StepKey.SHEETS, StepKey.PROPOSAL)] == [(), ()]


def test_opinions_are_counted_by_whose_they_are_and_the_nearest_due_day_is_named() -> None:
    wanted = (
        WantedOpinion("Cấp ủy nơi cư trú", False, date(2025, 12, 5), True),
        WantedOpinion("Cơ quan, đơn vị công tác", True),
        WantedOpinion("Đơn vị cũ", False, date(2025, 11, 20), True),
    )
    found = step(StepKey.OPINIONS, facts(replace(FRESH, opinions=wanted)))

    assert found.sentence == "1/3 phiếu đã về; còn 1 cấp ủy nơi cư trú, 1 đơn vị cũ"
    assert [each.what for each in found.missing] == [
        "Chưa về: cấp ủy nơi cư trú",
        "Quá hạn 20/11/2025: đơn vị cũ",
    ]
    assert found.deadline is not None
    assert (found.deadline.before, found.deadline.days_left(TODAY)) == (date(2025, 11, 20), -8)


def test_own_points_lead_to_the_sheet_and_the_committees_words_to_the_appraisal() -> None:
    own = replace(COMPLETE, subject_id="a", name="A", scored=False)
    theirs = replace(COMPLETE, subject_id="b", name="B", viewed=False)
    found = step(StepKey.APPRAISAL, facts(own, theirs, has_committee=False))

    assert [each.what for each in found.missing] == ["Chưa tự chấm điểm", "Chi bộ chưa nhận xét"]
    assert found.missing[0].place == Place.at("reviews", member="a")
    assert found.missing[1].place == Place.at("reviews", step="appraisal", member="b")


def test_years_of_four_levels_ask_for_no_points() -> None:
    found = step(StepKey.APPRAISAL, facts(replace(COMPLETE, scored=False), uses_points=False))

    assert found.state is StepState.DONE
    assert found.title == "Tự nhận mức và chi ủy nhận xét"


def test_the_draft_is_due_three_working_days_before_the_meeting_and_a_late_one_is_named() -> None:
    due = working_days_before(date(2025, 12, 12), 3)
    assert due == date(2025, 12, 9)
    assert working_days_before(date(2025, 12, 8), 3) == date(2025, 12, 3)

    rule = rule_set_for_year(shipped_rule_sets(), 2025)
    known = facts(COMPLETE, meeting=HELD, draft=draft_sending(rule, HELD.held_on, None))
    assert step(StepKey.COLLECTIVE, known).sentence == "Dự thảo gửi chậm nhất ngày 09/12"
    assert known.draft.latest_on == due
    asked = step(StepKey.COLLECTIVE, known)
    assert [each.who for each in asked.missing] == ["Dự thảo báo cáo"]
    assert asked.deadline is not None
    assert (asked.deadline.before, asked.deadline.source) == (due, "Hướng dẫn 43-HD/BTCTW, điểm 2.1a")
    late = step(StepKey.COLLECTIVE, replace(known, draft=replace(known.draft, sent_on=date(2025, 12, 10))))
    assert late.state is StepState.DONE
    assert "sau ngày 09/12/2025 nên chưa đủ 3 ngày làm việc" in late.note
    assert "Hướng dẫn 43-HD/BTCTW, điểm 2.1a" in late.note


@pytest.mark.parametrize("year", [2018, 2022, 2023, 2024])
def test_rules_that_name_no_day_for_the_draft_ask_for_none(year: int) -> None:
    rule = rule_set_for_year(shipped_rule_sets(), year)
    held = date(year, 12, 12)
    known = facts(COMPLETE, meeting=replace(HELD, held_on=held), draft=draft_sending(rule, held, None))

    found = step(StepKey.COLLECTIVE, known)

    assert (found.state, found.missing, found.note) == (StepState.DONE, (), "")
    assert "43-HD" not in known.draft.sentence() + found.sentence
    late = draft_sending(rule, held, held)
    assert not late.is_short
    assert late.sentence() == f"Đã gửi ngày 12/12/{year}; bộ quy định của năm không nói hạn gửi."


def test_a_year_whose_rules_have_no_form_for_collectives_asks_for_none() -> None:
    found = step(StepKey.COLLECTIVE, facts(FRESH, collectives=(FRESH,), collective_form=""))

    assert (found.state, found.missing) == (StepState.DONE, ())


def test_the_meeting_says_what_its_record_lacks_and_leads_there() -> None:
    held = replace(HELD, held_on=date(2025, 11, 27), unmarked=3, rounds=0, has_minutes=False)
    known = facts(replace(COMPLETE, voted=False), meeting=held)

    found = step(StepKey.MEETING, known)
    assert found.sentence == "Ngày 27/11, triệu tập 38 đảng viên chính thức"
    assert [each.what for each in found.missing] == [
        "Chưa điểm danh 3 người",
        "Chưa có vòng phiếu nào",
        "Chưa có kết luận",
    ]
    assert found.missing[1].place == Place.at("meetings", meeting="m1", part="votes")
    counted = step(StepKey.MEETING, replace(known, meeting=replace(held, rounds=1, unmarked=0)))
    assert counted.missing[0].what == "Chưa ghi kết quả biểu quyết"


def test_what_is_decided_must_also_be_told() -> None:
    found = step(StepKey.DECISIONS, facts(replace(COMPLETE, notified=False), replace(FRESH, proposed=True)))

    assert [each.what for each in found.missing] == ["Chưa có mức được quyết định", "Chưa thông báo kết quả"]


def test_what_is_open_is_named_step_by_step_with_the_people() -> None:
    found = open_items(year_end_steps(facts(COMPLETE, FRESH)))

    assert found[0] == "Viết bản kiểm điểm 2A, 2B, 2C: Trần An (chưa bắt đầu)"
    assert step(StepKey.CLOSE, facts(COMPLETE, FRESH)).missing[0].who == (
        "Bước 3. Viết bản kiểm điểm 2A, 2B, 2C"
    )


subjects = st.builds(
    SubjectFacts,
    st.just("x"),
    st.just("X"),
    st.sampled_from(Duty),
    st.booleans(),
    st.just(()),
    st.integers(0, 2),
    st.sampled_from(SheetStand),
    st.sampled_from([(), ("VI",)]),
    *[st.booleans()] * 7,
)


@given(st.lists(subjects, max_size=4), st.booleans(), st.none() | st.just(HELD))
def test_every_year_has_nine_steps_and_one_to_work_at(
    members: list[SubjectFacts], is_closed: bool, meeting: MeetingFacts | None
) -> None:
    steps = year_end_steps(facts(*members, is_closed=is_closed, meeting=meeting))

    assert len(steps) == 9
    assert all((each.state is StepState.DONE) <= (not each.missing) for each in steps[:8])
    current = current_step(steps)
    assert not any(each.state is StepState.LEFT for each in steps[: current.number - 1])
