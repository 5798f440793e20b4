"""The tasks given to a subject for the year, as the annex of the review lists them one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from app.domain.errors import Problem
from app.domain.scoring import point_text


class TaskQuality(StrEnum):
    """Whether what was delivered is good enough."""

    MET = "met"
    BELOW = "below"

    @property
    def label(self) -> str:
        """The judgement in words."""
        return {"met": "Đạt", "below": "Chưa đạt"}[self.value]


@dataclass(frozen=True, slots=True)
class AssignedTask:
    """One task of the year; ``quality`` None is not judged yet, ``not_applicable`` is a reason or "".

    ``beyond`` (vượt yêu cầu) needs its ground; ``failed`` means judged not done.
    """

    title: str
    product: str = ""
    assigned_on: date | None = None
    due_on: date | None = None
    done_on: date | None = None
    quality: TaskQuality | None = None
    beyond: bool = False
    beyond_ground: str = ""
    failed: bool = False
    not_applicable: str = ""
    evidence: str = ""
    max_points: Decimal | None = None
    self_points: Decimal | None = None

    @property
    def applies(self) -> bool:
        """Whether the task counts: named, and not set aside with a reason (health, age, circumstances)."""
        return bool(self.title.strip()) and not self.not_applicable.strip()

    @property
    def is_done(self) -> bool:
        """Whether the task counts as done: it has a day and nobody judged it failed."""
        return self.applies and self.done_on is not None and not self.failed

    @property
    def is_late(self) -> bool:
        """Whether the task was done after its day."""
        return (
            self.is_done
            and self.due_on is not None
            and self.done_on is not None
            and self.done_on > self.due_on
        )

    @property
    def is_beyond(self) -> bool:
        """Whether the task counts as beyond what was asked: done, and up to the quality asked for."""
        return self.is_done and self.beyond and self.quality is not TaskQuality.BELOW

    @property
    def standing(self) -> str:
        """How the task stands, in one or two words for lists."""
        if not self.applies:
            return "Không áp dụng"
        if self.failed:
            return "Không hoàn thành"
        if not self.is_done:
            return "Chưa xong"
        return "Chậm" if self.is_late else "Đúng hạn"


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """The year's tasks that count; for a leader those of the unit or field directly led.

    ``late`` were done after their day, ``beyond`` exceeded what was asked, ``failed`` were judged not done.
    """

    assigned: int
    done: int
    late: int = 0
    beyond: int = 0
    failed: int = 0
    below_quality: int = 0

    @property
    def on_time(self) -> int:
        """Done on their day or before."""
        return self.done - self.late


def counts_of(tasks: Sequence[AssignedTask]) -> TaskCounts:
    """Count a year's tasks; those set aside as not applicable count nowhere."""
    return TaskCounts(
        assigned=sum(task.applies for task in tasks),
        done=sum(task.is_done for task in tasks),
        late=sum(task.is_late for task in tasks),
        beyond=sum(task.is_beyond for task in tasks),
        failed=sum(task.applies and task.failed for task in tasks),
        below_quality=sum(task.is_done and task.quality is TaskQuality.BELOW for task in tasks),
    )


def task_share(count: int, total: int) -> str:
    """A count of tasks with its share, for example "2/6 nhiệm vụ (33,33%)"; for reading only."""
    percent = (Decimal(count * 100) / total).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{count}/{total} nhiệm vụ ({point_text(percent)}%)"


def task_remarks(tasks: Sequence[AssignedTask]) -> tuple[Problem, ...]:
    """What a careful reader asks about the tasks; nothing here keeps the sheet from being handed in.

    The field of a remark is ``tasks.`` with the task's number from 1.
    """
    found = []
    for number, task in enumerate(tasks, 1):
        if words := _remark(task):
            found.append(Problem(f"tasks.{number}", f"Nhiệm vụ {number}: {words}"))
    return tuple(found)


def _remark(task: AssignedTask) -> str:
    has_more = task != AssignedTask(task.title)
    remarks = (
        (not task.title.strip() and has_more, "chưa ghi tên nhiệm vụ, nên chưa được tính và chưa lưu."),
        (
            task.done_on is not None and task.assigned_on is not None and task.done_on < task.assigned_on,
            "ngày hoàn thành sớm hơn ngày giao.",
        ),
        (
            task.due_on is not None and task.assigned_on is not None and task.due_on < task.assigned_on,
            "thời hạn sớm hơn ngày giao.",
        ),
        (task.failed and task.done_on is not None, "vừa ghi ngày hoàn thành vừa ghi không hoàn thành."),
        (
            task.beyond and not task.is_done,
            "ghi vượt yêu cầu mà chưa ghi ngày hoàn thành, nên chưa được tính.",
        ),
        (
            task.beyond and task.quality is TaskQuality.BELOW,
            "chất lượng chưa đạt nên không tính là vượt yêu cầu.",
        ),
        (
            task.beyond and not task.beyond_ground.strip(),
            "vượt yêu cầu thì ghi căn cứ: chất lượng, hiệu quả, quy mô, thời gian.",
        ),
        (
            task.max_points is not None
            and task.self_points is not None
            and task.self_points > task.max_points,
            "điểm tự chấm cao hơn điểm tối đa.",
        ),
    )
    return next((words for holds, words in remarks if holds), "")
