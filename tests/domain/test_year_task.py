"""The year's tasks: counted, remarked on, pasted from a table."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.domain.grade import SubjectKind
from app.domain.grading_facts import GradingFacts, count_problems
from app.domain.review import Review, ReviewKey, YearTasks
from app.domain.year_task import AssignedTask, TaskCounts, TaskQuality, counts_of, task_remarks
from app.domain.year_task_paste import tasks_from_table

DUE, DONE = date(2025, 6, 30), date(2025, 6, 28)
ON_TIME = AssignedTask("Thu đảng phí", due_on=DUE, done_on=DONE)


def test_tasks_are_counted_by_their_days_and_judgements() -> None:
    tasks = (
        ON_TIME,
        replace(ON_TIME, done_on=date(2025, 7, 1)),
        replace(ON_TIME, beyond=True, beyond_ground="Xong cả xóm bên"),
        replace(ON_TIME, quality=TaskQuality.BELOW),
        replace(ON_TIME, done_on=None, failed=True),
        replace(ON_TIME, done_on=None),
        replace(ON_TIME, not_applicable="Nằm viện từ tháng 5"),
        AssignedTask("  "),
    )

    counts = counts_of(tasks)

    assert counts == TaskCounts(assigned=6, done=4, late=1, beyond=1, failed=1, below_quality=1)
    assert counts.on_time == 3


def test_a_task_without_a_day_is_never_late() -> None:
    assert counts_of([AssignedTask("Giữ hè sạch", done_on=DONE)]).late == 0


def test_beyond_counts_only_what_is_done_well() -> None:
    assert counts_of([AssignedTask("Tổ hòa giải", beyond=True)]).beyond == 0
    below = replace(ON_TIME, beyond=True, quality=TaskQuality.BELOW)
    assert counts_of([below]).beyond == 0


def test_what_a_careful_reader_asks_is_said_with_the_number_of_the_task() -> None:
    tasks = (
        ON_TIME,
        replace(ON_TIME, beyond=True),
        replace(ON_TIME, failed=True),
        replace(ON_TIME, assigned_on=date(2025, 8, 1)),
        replace(ON_TIME, max_points=Decimal(10), self_points=Decimal(11)),
        AssignedTask("", product="Biên bản"),
    )

    said = {remark.field: remark.message for remark in task_remarks(tasks)}

    assert list(said) == ["tasks.2", "tasks.3", "tasks.4", "tasks.5", "tasks.6"]
    assert said["tasks.2"].startswith("Nhiệm vụ 2: vượt yêu cầu thì ghi căn cứ")
    assert "chưa ghi tên" in said["tasks.6"]


def test_listed_tasks_feed_the_counts_and_typed_ones_stay_usable_without_a_list() -> None:
    review = Review(ReviewKey("an", 2025), "2025", "F25_2C", SubjectKind.OUTSIDE, tasks=YearTasks(5, 5, 1))

    assert review.task_counts() == TaskCounts(5, 5, 1)
    assert replace(review, task_list=(ON_TIME,)).task_counts() == TaskCounts(1, 1)
    assert replace(review, tasks=YearTasks(5)).task_counts() is None


days = st.none() | st.dates(date(2025, 1, 1), date(2025, 12, 31))
tasks_of_a_year = st.lists(
    st.builds(
        AssignedTask,
        st.sampled_from(("", "Việc")),
        due_on=days,
        done_on=days,
        quality=st.none() | st.sampled_from(TaskQuality),
        beyond=st.booleans(),
        failed=st.booleans(),
        not_applicable=st.sampled_from(("", "Sức khỏe yếu")),
    ),
    max_size=8,
)


@given(tasks_of_a_year)
def test_counted_tasks_never_contradict_each_other(tasks: list[AssignedTask]) -> None:
    assert count_problems(GradingFacts(tasks=counts_of(tasks))) == ()


def test_rows_with_headings_are_read_by_their_headings() -> None:
    table = (
        "TT\tNhiệm vụ được giao\tThời hạn\tNgày hoàn thành\tChất lượng\t"
        "Vượt yêu cầu (căn cứ)\tĐiểm tối đa\r\n"
        "1\tPhụ trách tổ 2\t31/12/2025\t20/12/2025\tĐạt\tVận động thêm 3 hộ\t10\r\n"
        "2\tHọc nghị quyết\t\t\tChưa đạt\tKhông\t5,5\r\n"
    )

    found = tasks_from_table(table)

    assert found.unread == []
    first, second = found.tasks
    assert first == AssignedTask(
        "Phụ trách tổ 2",
        due_on=date(2025, 12, 31),
        done_on=date(2025, 12, 20),
        quality=TaskQuality.MET,
        beyond=True,
        beyond_ground="Vận động thêm 3 hộ",
        max_points=Decimal(10),
    )
    assert (second.quality, second.beyond, second.max_points) == (TaskQuality.BELOW, False, Decimal("5.5"))


def test_rows_without_headings_stand_in_the_order_of_the_annex_and_one_column_is_the_names() -> None:
    numbered = tasks_from_table("1\tThu đảng phí\tĐủ 12 tháng\t31/12/2025")
    names = tasks_from_table("Thu đảng phí\n\nHọc nghị quyết\n")

    assert numbered.tasks == [AssignedTask("Thu đảng phí", "Đủ 12 tháng", due_on=date(2025, 12, 31))]
    assert [task.title for task in names.tasks] == ["Thu đảng phí", "Học nghị quyết"]


def test_what_cannot_be_read_is_named_and_the_rest_taken() -> None:
    found = tasks_from_table("Nhiệm vụ\tThời hạn\tChất lượng\nThu đảng phí\tcuối năm\tkhá\n\t31/12/2025\t")

    assert found.tasks == [AssignedTask("Thu đảng phí")]
    assert found.unread == ["dòng 1: “cuối năm”", "dòng 1: “khá”", "dòng 2 không có tên nhiệm vụ"]
    assert tasks_from_table("  \n\t\n").tasks == []


@given(st.text(max_size=80))
def test_whatever_is_pasted_never_breaks_anything(text: str) -> None:
    found = tasks_from_table(text)

    assert all(task.title for task in found.tasks)
