"""Danh mục hồ sơ: everybody's file of the year (Mẫu 04), ticked by what the book holds."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.review import COLLECTIVES
from app.domain.year_file import FileItem
from app.services.year_end_steps import SubjectFile, list_year_files
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import ChipSpec
from app.ui.parts.fields import SearchField
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody, clear_layout, rule
from app.ui.parts.messages import MessageBar
from app.ui.parts.page import PageHeader, logical_width
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.parts.segmented import Segmented
from app.ui.theme import px
from app.ui.tokens import RAIL_WIDTH

_FILTERS = (("all", "Tất cả"), ("missing", "Còn thiếu"), ("whole", "Đủ"))


def _standing(file: SubjectFile) -> ChipSpec:
    left = len(file.missing)
    return ChipSpec(f"Thiếu {left}", "late") if left else ChipSpec("Đủ", "ok", "check")


def _columns() -> tuple[TableColumn[SubjectFile], ...]:
    return (
        TableColumn("Hồ sơ của", lambda file: file.name, width=180, stretch=2, bold=True),
        TableColumn("Giấy tờ", lambda _file: "", width=110, chip=_standing, is_searched=False),
        TableColumn(
            "Còn thiếu",
            lambda file: ", ".join(item.short for item in file.missing),
            width=220,
            stretch=3,
            role="cap",
            is_searched=False,
        ),
    )


class FilesPage(DeskPage):
    """The list, and at its side the chosen file paper by paper."""

    closed = Signal()
    topics = frozenset({Topic.REVIEWS, Topic.MEMBERS, Topic.BOOK, Topic.RULES})
    follows_year = True
    help_topic = "year_end"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted = ""
        self.shown: tuple[SubjectFile, ...] = ()
        back = make_button("outlined", "Cuối năm", "arrow-left", "Esc", self.closed.emit)
        self.print = make_button("outlined", "In danh mục", "printer", "Ctrl+P", self._print)
        self.header = PageHeader("Danh mục hồ sơ", "", (self.print,), lead=back)
        column = Column(self, spacing=0)
        column.addWidget(self.header)
        self._body = ScrollBody(spacing=12, fills=True)
        column.addWidget(self._body, 1)
        self.message = MessageBar()
        self._body.body.addWidget(self.message)
        tools = Row(spacing=12)
        self.search = SearchField("Tìm tên, có dấu hoặc không dấu", key="Ctrl+F")
        self.filter = Segmented(_FILTERS, name="Lọc", chosen="all")
        tools.addWidget(self.search)
        tools.addWidget(self.filter, 1)
        self._body.body.addLayout(tools)
        self._sides = Row(spacing=16)
        self.table = RecordTable(_columns(), key=lambda file: file.subject_id, name="Danh mục hồ sơ")
        self.table.remember_widths(desk.preferences)
        self.table.setMinimumHeight(px(150))
        self.table.current_changed.connect(self._show_file)
        self.table.opened.connect(self._open)
        self.search.search.connect(self.table.search)
        self.search.down_pressed.connect(self.table.setFocus)
        self.filter.chosen.connect(self._filter)
        self._sides.addWidget(self.table, 1)
        self._sides.addWidget(self._panel(), 0)
        self._body.body.addLayout(self._sides, 1)

    def _panel(self) -> QWidget:
        holder = ScrollBody(spacing=0, margins=(0, 0, 0, 0))
        self.panel = Card(spacing=8)
        self.name = Label("", "h3")
        self.panel.body.addWidget(self.name)
        self._items = Column(spacing=8)
        self.panel.body.addLayout(self._items)
        self.source = Label("", "cap", "ink2")
        self.panel.body.addWidget(self.source)
        holder.body.addWidget(self.panel)
        holder.setMinimumHeight(px(240))
        self._holder = holder
        return holder

    def reload(self) -> None:
        self.header.set_title(f"Danh mục hồ sơ năm {self.desk.year}")
        self.read(partial(list_year_files, self.desk.ws, self.desk.year), self._show, self._refused)

    def _refused(self, error: Exception) -> None:
        self.shown = ()
        self.table.set_records(())
        self.message.show_message("info", str(error))

    def _show(self, files: tuple[SubjectFile, ...]) -> None:
        self.message.close_message()
        self.shown = files
        whole = sum(not file.missing for file in files)
        self.header.set_facts(f"{whole}/{len(files)} hồ sơ đủ giấy tờ theo những gì đã ghi trong sổ")
        self.table.set_records(files)
        self.filter.set_counts({"all": len(files), "whole": whole, "missing": len(files) - whole})
        if self._wanted:
            self.table.choose(self._wanted)
            self._wanted = ""
        elif self.table.current_record() is None and files:
            self.table.choose(files[0].subject_id)
        self._show_file(self.table.current_record())

    def _filter(self, key: str) -> None:
        if key == "all":
            self.table.filter(None)
        else:
            self.table.filter(lambda file: bool(file.missing) == (key == "missing"))

    def _show_file(self, file: SubjectFile | None) -> None:
        self._holder.setVisible(file is not None)
        clear_layout(self._items)
        if file is None:
            return
        self.name.setText(file.name)
        unnamed = "Bộ quy định của năm không nêu danh mục hồ sơ."
        self.source.setText(f"Theo {file.source}." if file.source else unnamed)
        for item in file.items:
            self._items.addWidget(rule())
            self._items.addWidget(_item_line(item))

    def _open(self, file: SubjectFile) -> None:
        step = "collective" if file.subject_id in COLLECTIVES else "sheets"
        self.desk.go_to("reviews", step=step, member=file.subject_id)

    def _print(self) -> None:
        self.desk.go_to("papers", paper="file_list")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        is_tiny = logical_width(self) < RAIL_WIDTH
        self._sides.setDirection(direction.TopToBottom if is_tiny else direction.LeftToRight)
        self._holder.setMinimumWidth(0 if is_tiny else px(320))
        self._holder.setMaximumWidth(1 << 20 if is_tiny else px(360))

    def show_place(self, member: str = "", **_more: str) -> None:
        """Show one subject's file."""
        self._wanted = member
        self.table.choose(member)

    def go_back(self) -> bool:
        """Back to the steps."""
        self.closed.emit()
        return True

    def first_focus(self) -> QWidget:
        """The list."""
        return self.table


def _item_line(item: FileItem) -> QWidget:
    line = QWidget()
    row = Row(line, spacing=10)
    if item.is_there:
        icon, tone, word = "circle-check", "ok", "có"
    elif item.is_wanted:
        icon, tone, word = "circle-alert", "late", "chưa có"
    else:
        icon, tone, word = "circle", "na", ""
    row.addWidget(IconLabel(icon, tone, 18))
    words = Column(spacing=0)
    words.addWidget(Label(f"{item.number}. {item.label}"))
    said = ", ".join(part for part in (word, item.note) if part)
    words.addWidget(Label(said, "cap", "late" if item.is_missing else "ink2"))
    row.addLayout(words, 1)
    line.setAccessibleName(f"{item.number}. {item.label}: {said}")
    return line
