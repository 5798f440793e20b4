"""What the panels of rules and forms do alike: choose a file to load, save out, hand out, stop using."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.errors import UserError
from app.domain.rule_file import RuleFile
from app.services.rule_bundle import SUFFIX
from app.services.rule_files import RuleTarget, save_bundle, save_current, stop_using, use_again
from app.ui.changes import Topic
from app.ui.desk import DeskPage
from app.ui.parts.layout import Margins, Row, ScrollBody
from app.ui.parts.messages import MessageBar
from app.ui.parts.page import logical_width

RULE_TOPICS = {Topic.RULES, Topic.CONTENT_SETS, Topic.REVIEWS}
PURPOSE = "quy-dinh"
_OPEN = f"Tệp quy định, mẫu giấy tờ (*.toml *{SUFFIX} *.docx)"


def long_words_body(spacing: int) -> ScrollBody:
    """A part that scrolls only when its words do not fit: wrapped, they need less than they ask for."""
    body = ScrollBody(spacing=spacing, margins=(0, 0, 8, 8))
    body.inner.setMinimumHeight(1)
    return body


class TwoSides:
    """Two parts of a panel side by side, one above the other on narrow windows; scrolls when low."""

    def __init__(self, page: QWidget, *, wide_from: int, margins: Margins = (28, 14, 24, 18)) -> None:
        self._page, self._wide_from = page, wide_from
        self.body = ScrollBody(margins=(0, 0, 0, 0), fills=True)
        inside = QWidget()
        inside.setProperty("ground", "none")
        self.row = Row(inside, spacing=18, margins=margins)
        self.body.body.addWidget(inside, 1)

    def fit(self) -> None:
        """Called when the page has another width."""
        is_wide = logical_width(self._page) >= self._wide_from
        directions = QBoxLayout.Direction
        self.row.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)


class RuleActs:
    """Asks where, does it, says so; what cannot be done is said in the page with a way out."""

    def __init__(self, page: DeskPage, message: MessageBar) -> None:
        self._page, self._message = page, message

    def choose(self, title: str, filters: str = _OPEN) -> Path | None:
        """A file to look at, or nothing."""
        return self._page.desk.dialogs.choose_open_file(title, filters, purpose=PURPOSE)

    def save_out(self, target: RuleTarget, year: int) -> None:
        """Save what is used now as a file to start from."""
        suffix = ".docx" if target.kind == "template" else ".toml"
        filters = "Tệp Word (*.docx)" if suffix == ".docx" else "Tệp quy định (*.toml)"
        title = f"Lưu {target.kind.label.lower()} {target.key} ra tệp"
        work = partial(save_current, self._page.desk.ws, target, year)
        self._save(title, f"{target.key}-{year}{suffix}", filters, work)

    def save_fields(self, form_code: str, year: int) -> None:
        """Save a Word file with every field a template for the form may use."""
        from app.services.word_templates import save_starting_template

        work = partial(save_starting_template, self._page.desk.ws, form_code, year)
        self._save("Lưu các trường cho mẫu Word", f"truong-{form_code}.docx", "Tệp Word (*.docx)", work)

    def hand_out(self, targets: Sequence[RuleTarget], year: int) -> None:
        """Put rules into one file for other cells."""
        work = partial(save_bundle, self._page.desk.ws, targets, year)
        self._save("Lập gói quy định", f"quy-dinh-{year}{SUFFIX}", f"Gói quy định (*{SUFFIX})", work)

    def stop(self, file: RuleFile) -> None:
        """What was used before counts again."""
        desk = self._page.desk
        again = partial(use_again, desk.ws, file)

        def undo() -> None:
            self._page.write(again, changes=RULE_TOPICS, on_done=lambda _none: None)

        self._page.write(
            partial(stop_using, desk.ws, file.id),
            changes=RULE_TOPICS,
            on_done=lambda _file: desk.say_done(f"Thôi dùng {file.title} từ năm {file.from_year}.", undo),
            on_error=lambda error: self._message.show_message("warning", str(error)),
        )

    def _save(self, title: str, name: str, filters: str, write: Callable[[Path], Path]) -> None:
        desk = self._page.desk
        target = desk.dialogs.choose_save_file(title, name, filters, purpose=PURPOSE)
        if target is None:
            return

        def saved(path: Path) -> None:
            self._message.close_message()
            desk.say_done(f"Đã lưu {path.name}.")

        def failed(error: UserError) -> None:
            again = partial(self._save, title, name, filters, write)
            self._message.show_message("error", str(error), "Chọn chỗ khác", again)

        self._page.read(partial(write, target), saved, failed, key="save rules")
