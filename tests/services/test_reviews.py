"""Reviews in the book: kept part by part, five grades apart, the cell's parts out of a member's reach."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.db import tables
from app.domain.dates import Month
from app.domain.errors import Conflict, NoRules, NotAllowed, NotFound, ValidationFailed
from app.domain.grade import FourLevel, Grade
from app.domain.review import (
    CivilGrade,
    FaultRemedy,
    GradeStage,
    ItemScore,
    PromptAnswer,
    RemedyStatus,
    Review,
    ReviewKey,
    ReviewState,
    SectionText,
    StageGrade,
    YearTasks,
)
from app.domain.rule_set import PeriodKind
from app.services.months import save_month
from app.services.paper_gathering import gather_year
from app.services.reviews import (
    clear_grade,
    close_review,
    list_reviews,
    open_review,
    reopen_review,
    save_review,
    set_grade,
    submit_review,
    with_self_grade,
)
from app.services.workspace import Workspace
from app.services.year_closing import reopen_year
from tests.book_fixtures import People
from tests.builders import a_month, add_member, handed_in, lock_year, passed_pledge


def key(member_id: str, year: int = 2025) -> ReviewKey:
    return ReviewKey(member_id, year)


def begun(ws: Workspace, member_id: str, year: int = 2025) -> Review:
    return open_review(ws, key(member_id, year)).review


def saved(ws: Workspace, member_id: str, year: int = 2025, **changes: object) -> Review:
    return save_review(ws, replace(begun(ws, member_id, year), **changes))  # type: ignore[arg-type]


def history(ws: Workspace) -> list[str]:
    with ws.read() as tx:
        return [row.table_name for row in tx.rows(select(tables.change))]


def test_a_new_review_takes_form_and_rules_of_its_year(secretary_ws: Workspace, people: People) -> None:
    assert begun(secretary_ws, people.plain).form == "F25_2C"
    earlier = begun(secretary_ws, people.plain, 2024)
    assert (earlier.form, earlier.rule_set, earlier.profile) == ("F23_02A", "2023", "")


def test_everything_written_comes_back(secretary_ws: Workspace, people: People) -> None:
    written = replace(
        begun(secretary_ws, people.plain),
        sections=(SectionText("A.I.1", "Giữ nếp sống giản dị.", FourLevel.GOOD_LEVEL),),
        scores=(ItemScore("I.1.1", Decimal("7.5"), Decimal(7), "vắng 1 kỳ"),),
        faults=(FaultRemedy("Chậm báo cáo", RemedyStatus.IN_PROGRESS, "còn 1 lần"),),
        prompts=(PromptAnswer("Vì sao chậm", "mạng yếu"),),
        tasks=YearTasks(4, 4, 0, 1, 0),
        civil=CivilGrade(Grade.GOOD, date(2025, 12, 10), "QĐ 12"),
        block_cases=("KC1",),
        dated_on=date(2025, 12, 5),
    )

    back = save_review(secretary_ws, written)

    for part in ("sections", "scores", "faults", "prompts", "tasks", "civil", "block_cases", "dated_on"):
        assert getattr(back, part) == getattr(written, part)
    assert back == begun(secretary_ws, people.plain)


def test_saving_one_part_leaves_the_others_untouched_in_the_history(
    secretary_ws: Workspace, people: People
) -> None:
    first = saved(
        secretary_ws, people.plain, sections=(SectionText("A.I.1", "một"), SectionText("A.I.2", "hai"))
    )
    before = len(history(secretary_ws))

    save_review(
        secretary_ws, replace(first, sections=(SectionText("A.I.1", "một"), SectionText("A.I.2", "khác")))
    )

    assert history(secretary_ws)[before:].count("review_section") == 1


def test_saving_the_same_again_leaves_no_trace(secretary_ws: Workspace, people: People) -> None:
    first = saved(secretary_ws, people.plain, sections=(SectionText("A.I.1", "một"),))
    before = history(secretary_ws)

    again = save_review(secretary_ws, first)

    assert again == first
    assert history(secretary_ws) == before


def test_a_row_without_its_first_field_is_not_lost(secretary_ws: Workspace, people: People) -> None:
    kept = saved(secretary_ws, people.plain, faults=(FaultRemedy("", None, "đã sửa"), FaultRemedy("")))

    assert kept.faults == (FaultRemedy("", None, "đã sửa"),)


def test_a_change_made_elsewhere_is_noticed_even_in_another_part(
    secretary_ws: Workspace, people: People
) -> None:
    seen = saved(secretary_ws, people.plain, sections=(SectionText("A.I.1", "một"),))
    save_review(secretary_ws, replace(seen, sections=(SectionText("A.I.1", "hai"),)))

    with pytest.raises(Conflict):
        save_review(secretary_ws, replace(seen, sections=(SectionText("A.I.1", "ba"),)))


def test_a_sheet_begun_twice_does_not_overwrite_the_first(secretary_ws: Workspace, people: People) -> None:
    blank = begun(secretary_ws, people.plain)
    save_review(secretary_ws, replace(blank, sections=(SectionText("A.I.1", "một"),)))

    with pytest.raises(Conflict):
        save_review(secretary_ws, replace(blank, sections=(SectionText("A.I.1", "hai"),)))


def test_five_grades_stand_apart_each_with_date_and_source(secretary_ws: Workspace, people: People) -> None:
    ws, mine = secretary_ws, key(people.plain)
    save_review(ws, with_self_grade(begun(ws, people.plain), Grade.EXCELLENT))
    days = {stage: date(2025, 12, day) for day, stage in enumerate(GradeStage, 10)}
    for stage in list(GradeStage)[1:]:
        set_grade(ws, mine, StageGrade(stage, Grade.GOOD, days[stage], f"nguồn {stage.value}"))

    given = {grade.stage: grade for grade in begun(ws, people.plain).grades}

    assert set(given) == set(GradeStage)
    assert given[GradeStage.SELF].grade is Grade.EXCELLENT
    assert all(given[s].dated_on == days[s] for s in given if s is not GradeStage.SELF)
    assert given[GradeStage.VOTE].source == "nguồn vote"

    left = clear_grade(ws, mine, GradeStage.VOTE)
    assert {grade.stage for grade in left.grades} == set(GradeStage) - {GradeStage.VOTE}


def test_a_grade_needs_a_day_that_has_come(secretary_ws: Workspace, people: People) -> None:
    saved(secretary_ws, people.plain, dated_on=date(2025, 12, 1))

    for day in (None, date(2026, 12, 31)):
        with pytest.raises(ValidationFailed) as refused:
            set_grade(secretary_ws, key(people.plain), StageGrade(GradeStage.PROPOSED, Grade.GOOD, day))
        assert refused.value.problems[0].field == "dated_on"


def test_a_grade_waits_for_the_sheet(secretary_ws: Workspace, people: People) -> None:
    with pytest.raises(NotFound):
        set_grade(secretary_ws, key(people.plain), StageGrade(GradeStage.VOTE, Grade.GOOD, date(2025, 12, 1)))


def test_a_member_never_touches_the_cells_parts(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    saved(
        secretary_ws,
        people.plain,
        scores=(ItemScore("I.1.1", Decimal(8), Decimal(6)), ItemScore("I.2", None, Decimal(3))),
        block_cases=("KC1",),
    )
    mine = begun(plain_ws, people.plain)

    back = save_review(
        plain_ws,
        replace(mine, scores=(ItemScore("I.1.1", Decimal(7), Decimal(8)),), block_cases=()),
    )

    assert back.scores == (ItemScore("I.1.1", Decimal(7), Decimal(6)), ItemScore("I.2", None, Decimal(3)))
    assert back.block_cases == ("KC1",)


def test_a_member_may_not_give_the_cells_grades_nor_open_another_sheet(
    plain_ws: Workspace, people: People
) -> None:
    saved(plain_ws, people.plain, dated_on=date(2025, 12, 1))
    given = StageGrade(GradeStage.PROPOSED, Grade.GOOD, date(2025, 12, 10))

    with pytest.raises(NotAllowed):
        set_grade(plain_ws, key(people.plain), given)
    with pytest.raises(NotAllowed):
        open_review(plain_ws, key(people.deputy))


def test_handing_in_needs_the_own_grade_and_points_within_their_limits(
    plain_ws: Workspace, people: People
) -> None:
    blank = begun(plain_ws, people.plain)
    with pytest.raises(ValidationFailed) as refused:
        submit_review(plain_ws, blank)
    assert refused.value.problems[0].field == "grade.self"

    chosen = with_self_grade(blank, Grade.GOOD)
    with pytest.raises(ValidationFailed) as refused:
        submit_review(plain_ws, replace(chosen, scores=(ItemScore("I.1.1", Decimal(99)),)))
    assert refused.value.problems[0].field == "I.1.1"

    assert submit_review(plain_ws, chosen).state is ReviewState.SUBMITTED


def test_saving_a_sheet_that_was_handed_in_leaves_it_handed_in(
    secretary_ws: Workspace, people: People
) -> None:
    sent = submit_review(secretary_ws, with_self_grade(begun(secretary_ws, people.plain), Grade.GOOD))

    kept = save_review(secretary_ws, replace(sent, tasks=YearTasks(4, 4)))

    assert kept.state is ReviewState.SUBMITTED


def closed(ws: Workspace, member_id: str) -> Review:
    save_review(ws, with_self_grade(begun(ws, member_id), Grade.GOOD))
    set_grade(ws, key(member_id), StageGrade(GradeStage.DECIDED, Grade.GOOD, date(2025, 12, 30), "QĐ 5"))
    return close_review(ws, key(member_id))


def test_a_sheet_is_closed_only_with_a_decision_and_then_stays_as_it_is(
    secretary_ws: Workspace, people: People
) -> None:
    ws = secretary_ws
    saved(ws, people.deputy, dated_on=date(2025, 12, 1))
    with pytest.raises(NotAllowed):
        close_review(ws, key(people.deputy))

    shut = closed(ws, people.plain)

    with pytest.raises(NotAllowed):
        save_review(ws, replace(shut, tasks=YearTasks(1)))
    with pytest.raises(NotAllowed):
        set_grade(ws, key(people.plain), StageGrade(GradeStage.VOTE, Grade.GOOD, date(2025, 12, 1)))
    with pytest.raises(NotAllowed):
        clear_grade(ws, key(people.plain), GradeStage.DECIDED)


def test_reopening_a_sheet_asks_for_a_reason(secretary_ws: Workspace, people: People) -> None:
    closed(secretary_ws, people.plain)

    with pytest.raises(ValidationFailed):
        reopen_review(secretary_ws, key(people.plain), " ")
    again = reopen_review(secretary_ws, key(people.plain), "ghi nhầm điểm")

    assert again.state is ReviewState.DRAFT
    assert again.grade_at(GradeStage.DECIDED) is Grade.GOOD


def test_a_closed_year_takes_no_review_until_it_is_reopened(secretary_ws: Workspace, people: People) -> None:
    ws = secretary_ws
    lock_year(ws, 2025, date(2026, 1, 10))

    assert open_review(ws, key(people.plain)).is_closed
    with pytest.raises(NotAllowed):
        saved(ws, people.plain, tasks=YearTasks(1))

    reopen_year(ws, 2025, "sót một bản")
    assert saved(ws, people.plain, tasks=YearTasks(1)).id


def test_the_text_is_proposed_from_the_months_of_that_year(secretary_ws: Workspace, people: People) -> None:
    pledge = passed_pledge(secretary_ws, people.plain, 2025)
    handed_in(secretary_ws, pledge, Month(2025, 3))

    page = open_review(secretary_ws, key(people.plain))

    assert "Năm 2025 tôi đăng ký 2 việc" in page.proposed_text
    assert "tháng 3: Đã học xong chuyên đề quý I" in page.proposed_text
    assert page.summary.submitted == 1


def test_a_month_its_member_is_still_writing_stays_theirs(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    pledge = passed_pledge(secretary_ws, people.plain, 2025)
    save_month(plain_ws, a_month(people.plain, Month(2025, 4), pledge.items))

    assert open_review(secretary_ws, key(people.plain)).months == ()
    assert len(open_review(plain_ws, key(people.plain)).months) == 1


def test_the_list_shows_everybody_of_the_year_and_says_who_is_not_asked(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    fresh = add_member(secretary_ws, "Hờ A Páo", admitted_on=date(2025, 8, 20), confirmed_on=None)
    later = add_member(secretary_ws, "Vi Thị Mới", admitted_on=date(2026, 2, 3), confirmed_on=None)

    lines = {line.member.id: line for line in list_reviews(secretary_ws, 2025)}

    assert lines[fresh].not_reviewed.startswith("mới kết nạp 20/08/2025")
    assert lines[people.plain].not_reviewed == ""
    assert later not in lines
    assert [line.member.id for line in list_reviews(plain_ws, 2025)] == [people.plain]


def test_a_year_without_rules_is_said(secretary_ws: Workspace) -> None:
    with pytest.raises(NoRules, match="2001"):
        list_reviews(secretary_ws, 2001)


def test_reviews_of_a_quarter_or_a_term_stand_beside_the_years(
    secretary_ws: Workspace, people: People
) -> None:
    keys = (
        ReviewKey(people.plain, 2025),
        ReviewKey(people.plain, 2025, PeriodKind.QUARTER, "2025-Q1"),
        ReviewKey(people.plain, 2025, PeriodKind.QUARTER, "2025-Q2"),
        ReviewKey(people.plain, 2025, PeriodKind.TERM, "2020-2025"),
    )
    for number, each in enumerate(keys):
        blank = open_review(secretary_ws, each).review
        save_review(secretary_ws, replace(blank, sections=(SectionText("A.I.1", f"bản {number}"),)))

    texts = [open_review(secretary_ws, each).review.text_of("A.I.1").text for each in keys]

    assert texts == ["bản 0", "bản 1", "bản 2", "bản 3"]
    assert list_reviews(secretary_ws, 2025)


# A sheet its member is still writing


def _writing(ws: Workspace, member_id: str) -> Review:
    review = replace(
        begun(ws, member_id),
        sections=(SectionText("A.I.1", "Lời của tôi", FourLevel.GOOD_LEVEL),),
        scores=(ItemScore("I.1.1", Decimal("1.5"), None, "lý do riêng"),),
        faults=(FaultRemedy("Họp muộn"),),
        tasks=YearTasks(assigned=5),
        dated_on=date(2025, 12, 1),
    )
    return save_review(ws, with_self_grade(review, Grade.GOOD))


def test_a_sheet_being_written_is_read_by_its_member_alone(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    mine = _writing(plain_ws, people.plain)
    assert begun(plain_ws, people.plain) == mine

    page = open_review(secretary_ws, key(people.plain))
    line = next(line for line in list_reviews(secretary_ws, 2025) if line.member.id == people.plain)

    assert page.is_hidden
    for seen in (page.review, line.review):
        assert seen is not None
        assert (seen.state, seen.id) == (ReviewState.DRAFT, mine.id)
        assert "Lời của tôi" not in str(seen)
        assert (seen.sections, seen.scores, seen.faults, seen.grades) == ((), (), (), ())
        assert (seen.tasks, seen.dated_on) == (YearTasks(), None)


def test_nothing_of_a_sheet_being_written_is_printed_by_others(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    _writing(plain_ws, people.plain)

    assert "Lời của tôi" not in str(gather_year(secretary_ws, 2025).reviews[people.plain])
    assert "Lời của tôi" in str(gather_year(plain_ws, 2025).reviews[people.plain])


def test_once_handed_in_the_cell_reads_it_also_when_reopened(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    submit_review(plain_ws, _writing(plain_ws, people.plain))
    assert begun(secretary_ws, people.plain).text_of("A.I.1").text == "Lời của tôi"

    reopen_review(secretary_ws, key(people.plain), "ghi thêm")
    assert begun(secretary_ws, people.plain).text_of("A.I.1").text == "Lời của tôi"

    again = begun(plain_ws, people.plain)
    save_review(plain_ws, replace(again, sections=(SectionText("A.I.1", "Viết lại"),)))
    assert begun(secretary_ws, people.plain).sections == ()


def test_somebody_elses_save_fills_blank_places_and_wipes_nothing(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    mine = _writing(plain_ws, people.plain)
    typed = replace(
        begun(secretary_ws, people.plain),
        sections=(SectionText("A.II", "Nhập từ giấy"), SectionText("A.I.1", "Máy gợi ý", proposed=True)),
        scores=(ItemScore("I.1.1", None, Decimal("1")),),
        tasks=YearTasks(done=4),
    )

    returned = save_review(secretary_ws, typed)

    assert returned.sections == ()
    now = begun(plain_ws, people.plain)
    assert now.is_private_to_member()
    assert now.text_of("A.I.1") == mine.text_of("A.I.1")
    assert now.text_of("A.II").text == "Nhập từ giấy"
    assert now.scores == (ItemScore("I.1.1", Decimal("1.5"), Decimal("1"), "lý do riêng"),)
    assert now.tasks == YearTasks(assigned=5, done=4)
    assert (now.faults, now.dated_on) == (mine.faults, mine.dated_on)
    assert now.grade_at(GradeStage.SELF) is Grade.GOOD


def test_the_cells_own_grades_beside_a_sheet_being_written_are_seen(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    _writing(plain_ws, people.plain)
    given = StageGrade(GradeStage.COMMITTEE, Grade.GOOD, date(2025, 12, 20), "Biên bản")

    assert set_grade(secretary_ws, key(people.plain), given).grades == (given,)
    assert begun(plain_ws, people.plain).text_of("A.I.1").text == "Lời của tôi"


def test_what_the_cell_types_in_stays_open_to_it(secretary_ws: Workspace, people: People) -> None:
    saved(secretary_ws, people.plain, sections=(SectionText("A.I.1", "Nhập thay"),))

    assert begun(secretary_ws, people.plain).text_of("A.I.1").text == "Nhập thay"
