"""Sửa cách tính: percent, base, rounding and head of the cap, with the document that allows it."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal

from app.domain.errors import UserError, ValidationFailed
from app.domain.rule_set import CapBase, CapRounding
from app.services.cap_settings import CapView, save_cap
from app.ui.changes import Topic
from app.ui.desk import DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import Choice, FormField, TextArea
from app.ui.parts.layout import Column, FlowLayout, Ground
from app.ui.parts.tick_box import TickBox

_BASES = ((CapBase.GOOD, "Số hoàn thành tốt"), (CapBase.GOOD_PLUS_EXCELLENT, "Số hoàn thành tốt trở lên"))
_ROUNDINGS = ((CapRounding.FLOOR, "Bỏ phần lẻ"), (CapRounding.HALF_UP, "Từ 0,5 làm tròn lên"))


class CapForm(Ground):
    """What is as the rule set says is kept as such, so that a later rule file is followed."""

    closed = Signal()

    def __init__(self, page: DeskPage) -> None:
        super().__init__("quote")
        self._page = page
        self._view: CapView | None = None
        self.percent, self.base, self.rounding = Choice(), Choice(), Choice()
        self.head = TickBox("Không tính bí thư vào nhóm")
        self.ground = TextArea(placeholder="số, ngày văn bản của cấp ủy cấp trên", min_lines=1, max_lines=3)
        self.ground_field = FormField("Căn cứ", self.ground)
        self.percent_field = FormField("Mức cao nhất", self.percent)
        column = Column(self, spacing=8, margins=(14, 10, 14, 12))
        for part in (
            self.percent_field,
            FormField("Mẫu số", self.base),
            FormField("Phần lẻ", self.rounding),
            self.head,
            self.ground_field,
        ):
            column.addWidget(part)
        self.keep = make_button("outlined", "Thôi", on_click=self._leave)
        self.save = make_button("outlined", "Lưu cách tính", "check", on_click=self._save)
        foot = FlowLayout(spacing=8)
        foot.addWidget(self.keep)
        foot.addWidget(self.save)
        column.addLayout(foot)

    def open(self, view: CapView) -> None:
        """Show how the cap is counted now."""
        self._view = view
        rule, params = view.rule, view.params
        percents = sorted({rule.percent, rule.percent_exceptional or rule.percent, params.percent})
        self.percent.set_options([(str(each), f"{each}%") for each in percents])
        self.base.set_options([(key.value, words) for key, words in _BASES])
        self.rounding.set_options([(key.value, words) for key, words in _ROUNDINGS])
        self.percent.set_value(str(params.percent))
        self.base.set_value(params.base.value)
        self.rounding.set_value(params.rounding.value)
        self.head.setChecked(params.excludes_head)
        self.ground.set_value(view.setting.cap_ground)
        self.ground_field.set_error("")
        self.show()
        self.percent.setFocus()

    def _leave(self) -> None:
        self.hide()
        self.closed.emit()

    def _save(self) -> None:
        view = self._view
        if view is None:
            return
        rule, percent = view.rule, int(self.percent.value())
        base, rounding = CapBase(self.base.value()), CapRounding(self.rounding.value())
        setting = replace(
            view.setting,
            cap_percent=None if percent == rule.percent else percent,
            cap_base=None if base is rule.base else base,
            cap_rounding=None if rounding is rule.rounding else rounding,
            cap_excludes_head=self.head.isChecked(),
            cap_ground=self.ground.value(),
        )
        work = partial(save_cap, self._page.desk.ws, setting)
        self._page.write(work, changes={Topic.REVIEWS}, on_done=self._saved, on_error=self._refused)

    def _saved(self, _none: None) -> None:
        self._leave()
        self._page.desk.say_done("Đã lưu cách tính tỉ lệ xuất sắc.")
        self._page.refresh()

    def _refused(self, error: UserError) -> None:
        if isinstance(error, ValidationFailed):
            fields = {"cap_percent": self.percent_field}
            for problem in error.problems:
                field = fields.get(problem.field, self.ground_field)
                field.set_error(problem.message)
                field.focus_field()
        else:
            self._page.desk.background.failed.emit(str(error))
