"""The sample book: made whole by the services themselves, the same from the same day, fit to be read."""

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.db import monthly_queries
from app.domain.dates import Month
from app.domain.errors import Cancelled
from app.domain.grade import SubjectKind
from app.domain.monthly import MonthlySelfAssessment, MonthState, Shown
from app.domain.review import GradeStage
from app.services import cells, members, reviews
from app.services.books import open_book
from app.services.months import month_board, open_month
from app.services.pledges import list_pledges
from app.services.sample_book import ensure_sample_book, fresh_sample_book, make_sample_book
from app.services.seats import sit_down
from app.services.workspace import Workspace

TODAY = date(2026, 11, 22)


class FixedClock:
    """A PC whose day stands still."""

    def today(self) -> date:
        """The fixed day."""
        return TODAY

    def now(self) -> datetime:
        """Noon of that day."""
        return datetime.combine(TODAY, datetime.min.time()) + timedelta(hours=12)


@pytest.fixture(scope="session")
def kept() -> Path:
    """The sample book where the program keeps it, made once for all tests of this file."""
    return ensure_sample_book(clock=FixedClock())


@pytest.fixture(scope="session")
def sample(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A copy of the sample book, opened to look into, its secretary at the PC."""
    folder = tmp_path_factory.mktemp("so") / kept.name
    shutil.copytree(kept, folder)
    book = open_book(folder, read_only=True, clock=FixedClock())
    secretary = next(m for m in members.list_members(book) if m.name == "Trương Đình Lộc")
    yield sit_down(book, secretary.id)
    book.close()


def texts_of(ws: Workspace, year: int) -> list[MonthlySelfAssessment]:
    """Every month of a year that somebody wrote."""
    with ws.read() as tx:
        months = monthly_queries.months_of_cell(tx, year)
    return [month for member_id in sorted(months) for month in months[member_id]]


def test_the_cell_has_42_members_of_all_three_kinds(sample: Workspace) -> None:
    people = members.list_members(sample)

    kinds = Counter(member.kind_for(2025) for member in people)
    assert len(people) == 42
    assert kinds == {SubjectKind.LEADER: 4, SubjectKind.NON_LEADER: 8, SubjectKind.OUTSIDE: 30}
    assert all(m.record.card_number.startswith("900") and len(m.record.card_number) == 12 for m in people)
    assert sum(member.has_left(TODAY) for member in people) == 1
    assert [member.name for member in people if member.is_probationary(TODAY)] == ["Lò Văn Inh"]


def test_the_name_over_the_cell_changed_with_the_commune(sample: Workspace) -> None:
    cell = cells.get_cell(sample)

    assert cell.is_sample
    assert cell.name_on(date(2025, 6, 30)).upper == "ĐẢNG BỘ XÃ LÂM BÌNH"
    assert cell.name_on(date(2025, 7, 1)).upper == "ĐẢNG BỘ XÃ HÒA SƠN"


@pytest.mark.parametrize("year", [2024, 2025])
def test_finished_years_have_every_month_settled(sample: Workspace, year: int) -> None:
    board = month_board(sample, year)

    shown = {cell.shown for row in board.rows for cell in row.cells}
    assert shown == {Shown.CONFIRMED, Shown.EXCUSED, Shown.NOT_REQUIRED}
    assert board.is_closed == (year == 2024)


def test_the_running_year_is_alive(sample: Workspace) -> None:
    board = month_board(sample, 2026)

    october = Counter(row.cells[9].shown for row in board.rows)
    november = Counter(row.cells[10].shown for row in board.rows)
    assert october[Shown.CONFIRMED] > 25
    assert october[Shown.LATE] >= 2
    assert november[Shown.SUBMITTED] >= 3
    assert november[Shown.NOT_SUBMITTED] > 10
    drafts = [m for m in texts_of(sample, 2026) if m.state is MonthState.DRAFT]
    assert [draft.month for draft in drafts] == [Month(2026, 11)] * 2


def test_everybody_gradable_in_2025_has_a_review_on_the_right_form(sample: Workspace) -> None:
    forms = {
        SubjectKind.LEADER: "F25_2A",
        SubjectKind.NON_LEADER: "F25_2B",
        SubjectKind.OUTSIDE: "F25_2C",
    }
    lines = reviews.list_reviews(sample, 2025)

    reviewed = [line for line in lines if not line.not_reviewed]
    assert len(reviewed) == 38
    for line in reviewed:
        assert line.review is not None, line.member.name
        assert line.review.form == forms[line.member.kind_for(2025)]
        assert {given.stage for given in line.review.grades} == set(GradeStage)
        assert line.review.text_of("A.I.1").text
        assert line.review.text_of("A.I.2").text
    assert {line.review.form for line in reviews.list_reviews(sample, 2024) if line.review} == {
        "F23_02A",
        "F23_02B",
    }


def test_nobody_confirms_their_own_month_and_some_months_were_typed_by_others(sample: Workspace) -> None:
    months = texts_of(sample, 2025)

    names = {member.id: member.name for member in members.list_members(sample)}
    confirmed = [month for month in months if month.state is MonthState.CONFIRMED]
    assert all(month.confirmed_by_name != names[month.member_id] for month in confirmed)
    assert {month.confirmed_by_name for month in confirmed} == {"Trương Đình Lộc", "Nguyễn Hữu Đạt"}
    assert sum(month.entered_by != month.member_id for month in confirmed) > 80
    assert any(month.reopen_reason for month in months)
    assert any(month.no_meeting_reason for month in months)


def test_no_two_results_are_the_same_words_unless_copied(sample: Workspace) -> None:
    results = [
        entry.result
        for year in (2024, 2025, 2026)
        for month in texts_of(sample, year)
        for entry in month.entries
        if not entry.copied_from
    ]

    assert len(results) > 2_500
    assert [words for words, count in Counter(results).items() if count > 1] == []
    assert not [words for words in results if "{" in words or "|" in words or "//" in words]


def test_no_two_people_pledge_in_the_same_words(sample: Workspace) -> None:
    actions = [
        item.action
        for year in (2024, 2025, 2026)
        for line in list_pledges(sample, year)
        if line.pledge
        for item in line.pledge.items
        if item.carried_from is None
    ]

    assert [words for words, count in Counter(actions).items() if count > 1] == []


def test_a_copied_month_says_where_its_words_come_from(sample: Workspace) -> None:
    copied = [
        (month, entry) for month in texts_of(sample, 2025) for entry in month.entries if entry.copied_from
    ]

    assert copied
    for month, entry in copied:
        before = open_month(sample, month.member_id, month.month).previous
        assert before is not None
        assert before.entry_for(entry.item_id).result == entry.result


def words_of(ws: Workspace) -> list[tuple[str, str, str]]:
    """Who wrote what when, without anything that is new in each book."""
    names = {member.id: member.name for member in members.list_members(ws)}
    return sorted(
        (names[month.member_id], month.month.iso, entry.result)
        for year in (2024, 2025, 2026)
        for month in texts_of(ws, year)
        for entry in month.entries
    )


def test_a_fresh_sample_takes_the_place_of_the_kept_one_and_tells_the_same_story(
    kept: Path, sample: Workspace
) -> None:
    scribble = kept / "ghi-them.txt"
    scribble.write_text("x", encoding="utf-8")
    assert ensure_sample_book(clock=FixedClock()) == kept
    assert scribble.exists()

    assert fresh_sample_book(clock=FixedClock()) == kept

    assert not scribble.exists()
    again = open_book(kept, read_only=True, clock=FixedClock())
    try:
        assert words_of(again) == words_of(sample)
    finally:
        again.close()


class StopsSoon:
    """A person who stops the work after a while."""

    def step(self, done: int, total: int, label: str) -> None:
        """Stop once the work is under way."""
        if done > 100:
            raise Cancelled


def test_a_stopped_sample_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        make_sample_book(tmp_path / "so-mau", StopsSoon(), FixedClock())

    assert list(tmp_path.iterdir()) == []
