"""Xếp nhóm: which comparable group each member is counted in."""

from functools import partial

from PySide6.QtCore import Qt, Signal

from app.services.cap_settings import CapMember, CapView, assign_cap_groups
from app.ui.changes import Topic
from app.ui.desk import DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import FormField, LineField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, FlowLayout, Ground
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.theme import px, theme

_COLUMNS: tuple[TableColumn[CapMember], ...] = (
    TableColumn(
        "Họ và tên",
        lambda row: row.member.name,
        width=150,
        stretch=1,
        bold=True,
        below=lambda row: row.subject.group,
        sort_key=lambda row: row.member.sort_key,
    ),
)


class CapGroups(Ground):
    """Members are ticked and put into a group by its name; an empty name is the group of their kind."""

    closed = Signal()

    def __init__(self, page: DeskPage) -> None:
        super().__init__("quote")
        self._page = page
        self._view: CapView | None = None
        column = Column(self, spacing=8, margins=(14, 10, 14, 12))
        words = "Đánh dấu những người cùng vị trí, chức năng, nhiệm vụ, rồi ghi tên nhóm."
        column.addWidget(Label(words, "cap", "ink2"))
        self.table = RecordTable(
            _COLUMNS, key=lambda row: row.member.id, name="Xếp nhóm", tickable=lambda _row: True
        )
        # One column as wide as the panel: nothing to scroll to, and the ticks must stay in sight.
        across = self.table.horizontalScrollBar()
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        across.valueChanged.connect(lambda _value: across.setValue(0))
        column.addWidget(self.table)
        self.name = LineField("", "để trống: nhóm theo mẫu kiểm điểm")
        self.name_field = FormField("Tên nhóm", self.name)
        column.addWidget(self.name_field)
        foot = FlowLayout(spacing=8)
        foot.addWidget(make_button("outlined", "Xong", on_click=self._leave))
        self.assign = make_button("outlined", "Xếp vào nhóm", "check", on_click=self._assign)
        foot.addWidget(self.assign)
        column.addLayout(foot)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.table.setFixedHeight(px(240))

    def open(self, view: CapView) -> None:
        """Show everybody with the group they are counted in."""
        self.show_members(view)
        self.name_field.set_error("")
        self.show()
        self.table.setFocus()

    def show_members(self, view: CapView) -> None:
        """Everybody with their group as it stands now."""
        self._view = view
        self.table.set_records(view.members)

    def _leave(self) -> None:
        self.hide()
        self.closed.emit()

    def _assign(self) -> None:
        view, ticked = self._view, self.table.records.ticked()
        if view is None:
            return
        if not ticked:
            self.name_field.set_error("Chưa đánh dấu ai.")
            self.table.setFocus()
            return
        before = {each.member.id: each.chosen for each in view.members if each.member.id in ticked}
        self._put(dict.fromkeys(ticked, self.name.value()), before)

    def _put(self, groups: dict[str, str], before: dict[str, str]) -> None:
        work = partial(assign_cap_groups, self._page.desk.ws, self._page.desk.year, groups)
        self._page.write(work, changes={Topic.REVIEWS}, on_done=lambda _none: self._done(groups, before))

    def _done(self, groups: dict[str, str], before: dict[str, str]) -> None:
        self.name_field.set_error("")
        self.table.records.set_ticked(set())
        words = f"Đã xếp nhóm cho {len(groups)} đồng chí."
        self._page.desk.say_done(words, partial(self._put, before, groups))
        self._page.refresh()
