"""Locking a year and opening it again: what is open is named before, a reason is asked after."""

from collections.abc import Callable
from functools import partial

from app.domain.errors import UserError
from app.domain.year_end_facts import StepKey, YearEndStep
from app.services.backups import BackupFailed
from app.services.year_closing import close_year, reopen_year
from app.services.year_end_steps import YearEndView
from app.ui.changes import Topic
from app.ui.desk import DeskPage

_NAMED = 3
_CHANGES = {Topic.BOOK, Topic.REVIEWS, Topic.PLEDGES, Topic.MONTHS}


class YearLock:
    """Asks, then writes through the page's lanes."""

    def __init__(self, page: DeskPage) -> None:
        self._page = page

    def close(self, view: YearEndView) -> None:
        """Khóa năm: what stays open is said in the question; without a yes nothing happens."""
        year, desk, left = view.year, self._page.desk, view.open_items
        words = "Đăng ký, các tháng, kiểm điểm và buổi họp của năm chỉ còn xem và in. "
        if left:
            words = f"{open_words(view.steps)}\n\n{words}"
        if desk.dialogs.ask(
            f"Khóa năm {year}, để ngỏ các việc dưới đây?" if left else f"Khóa năm {year}?",
            f"{words}Muốn sửa phải mở lại và ghi lý do.",
            act_label=f"Khóa năm {year}",
            keep_label="Để sau",
            icon="lock",
        ):
            self._close(year, left)

    def _close(self, year: int, left: tuple[str, ...], *, without_backup: bool = False) -> None:
        desk = self._page.desk
        work = partial(close_year, desk.ws, year, desk.ws.today(), left, without_backup=without_backup)

        def failed(error: UserError) -> None:
            if not isinstance(error, BackupFailed):
                desk.background.failed.emit(str(error))
            elif desk.dialogs.ask(
                f"Vẫn khóa năm {year} khi chưa sao lưu?",
                str(error),
                act_label="Vẫn khóa",
                keep_label="Để sau",
                icon="lock",
            ):
                self._close(year, left, without_backup=True)

        self._page.write(
            work,
            changes=_CHANGES,
            on_done=lambda _none: desk.say_done(f"Đã khóa năm {year}."),
            on_error=failed,
        )

    def reopen(self, year: int) -> None:
        """Mở lại năm, with a reason that stands on later prints."""
        reason = self._page.desk.dialogs.ask_text(
            f"Mở lại năm {year}?",
            "Mọi phần của năm lại sửa được. Lý do được giữ trong sổ và in ở chân các giấy tờ của năm sau đó.",
            act_label=f"Mở lại năm {year}",
            keep_label="Giữ khóa",
        )
        if reason:
            self._write(partial(reopen_year, self._page.desk.ws, year, reason), f"Đã mở lại năm {year}.")

    def _write(self, work: Callable[[], None], words: str) -> None:
        self._page.write(work, changes=_CHANGES, on_done=lambda _none: self._page.desk.say_done(words))


def open_words(steps: tuple[YearEndStep, ...]) -> str:
    """What stays open, a line for each step: how much, and the first names."""
    left = [step for step in steps if step.key is not StepKey.CLOSE and step.missing]
    return "\n".join(f"• {step.title}: còn {step.left} {step.unit} ({_first_names(step)})." for step in left)


def _first_names(step: YearEndStep) -> str:
    names = list(dict.fromkeys(each.who for each in step.missing))
    more = f" và {len(names) - _NAMED} nữa" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
