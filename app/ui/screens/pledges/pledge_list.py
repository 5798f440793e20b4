"""Everybody's pledges of a year: who has not registered, who waits for the cell, how the items stand."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget

from app.domain.errors import UserError, ValidationFailed
from app.domain.permissions import Act
from app.domain.pledge import PledgeState
from app.services.cells import closed_years
from app.services.pledges import PledgeLine, list_pledges, pass_pledges, return_pledge
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import LOCKED, Chip
from app.ui.parts.fields import SearchField
from app.ui.parts.layout import Column, Row, ScrollBody
from app.ui.parts.messages import EmptyState
from app.ui.parts.page import ActionBar, PageHeader, YearSwitch, logical_width
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.parts.segmented import Segmented
from app.ui.screens.pledges.pass_panel import PassPanel
from app.ui.screens.pledges.pledge_inspector import PledgeInspector
from app.ui.screens.pledges.pledge_words import FILTERS, NOT_ASKED, outcome_counts, pledge_chip, state_key
from app.ui.theme import px, theme
from app.ui.tokens import FULL_WIDTH


@dataclass(frozen=True, slots=True)
class _Row:
    """A member's pledge with the number it has in the list."""

    number: int
    line: PledgeLine

    @property
    def key(self) -> str:
        return self.line.member.id

    @property
    def is_sent(self) -> bool:
        return self.line.pledge is not None and self.line.pledge.state is PledgeState.SUBMITTED

    @property
    def outcomes(self) -> str:
        pledge = self.line.pledge
        is_passed = pledge is not None and pledge.state is PledgeState.PASSED
        return outcome_counts(pledge.items) if pledge is not None and is_passed else ""


@dataclass(frozen=True, slots=True)
class _Year:
    """What the list shows."""

    rows: tuple[_Row, ...]
    is_closed: bool


def _read(ws: Workspace, year: int) -> _Year:
    rows = tuple(_Row(number, line) for number, line in enumerate(list_pledges(ws, year), 1))
    return _Year(rows, year in closed_years(ws))


_STATE_ORDER = {key: place for place, (key, _word) in enumerate(FILTERS)}
_COLUMNS: tuple[TableColumn[_Row], ...] = (
    TableColumn(
        "TT",
        lambda row: str(row.number),
        "center",
        40,
        role="cap",
        tone="ink2",
        is_searched=False,
        sort_key=lambda row: row.number,
    ),
    TableColumn(
        "Họ và tên",
        lambda row: row.line.member.name,
        width=180,
        stretch=3,
        bold=True,
        sort_key=lambda row: row.line.member.sort_key,
    ),
    TableColumn(
        "Số việc",
        lambda row: str(len(row.line.pledge.items)) if row.line.pledge and row.line.pledge.items else "",
        "right",
        74,
        is_searched=False,
        sort_key=lambda row: len(row.line.pledge.items) if row.line.pledge else -1,
    ),
    TableColumn(
        "Trạng thái",
        lambda row: pledge_chip(row.line).word,
        width=166,
        chip=lambda row: pledge_chip(row.line),
        is_searched=False,
        sort_key=lambda row: _STATE_ORDER[state_key(row.line)],
    ),
    TableColumn(
        "Kết quả các việc",
        lambda row: row.outcomes or row.line.not_asked,
        width=170,
        stretch=2,
        tone="ink2",
        is_searched=False,
    ),
)


class PledgeListPage(DeskPage):
    """The list; ``opened`` asks for one member's pledge."""

    topics = frozenset({Topic.PLEDGES, Topic.MEMBERS})
    follows_year = True
    opened = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._year: _Year | None = None
        self._wanted = ""
        self.year = YearSwitch(desk.years, desk.year)
        self.year.year_chosen.connect(desk.set_year)
        self.search = SearchField()
        self.print = make_button("outlined", "In", "printer", "Ctrl+P", self._print)
        self.locked = Chip(LOCKED)
        self.filters = Segmented(FILTERS, name="Lọc theo trạng thái", chosen="all")
        self.table: RecordTable[_Row] = RecordTable(
            _COLUMNS, lambda row: row.key, name="Đăng ký của chi bộ", tickable=lambda row: row.is_sent
        )
        self.inspector = PledgeInspector(self._open_current, self._give_back)
        self.panel = PassPanel()
        self.pass_button = make_button(
            "filled", "Chi bộ thông qua…", "check-check", "Ctrl+Enter", self._go_on
        )
        self.bar = ActionBar(self.pass_button)
        self._nobody = EmptyState("search", "", "")
        self._results = QStackedWidget()
        self._build()
        self._listen()

    def _build(self) -> None:
        page = Column(self, spacing=0)
        self.header = PageHeader("Đăng ký năm", "", (self.search, self.print), year=self.year)
        self.header.add_action(self.locked)
        self.locked.hide()
        page.addWidget(self.header)
        self._body = ScrollBody(spacing=12, margins=(28, 14, 24, 14), fills=True)
        body = self._body.body
        top = Row()
        top.addWidget(self.filters, 1)
        top.addStretch(0)
        body.addLayout(top)
        body.addWidget(self.panel)
        self._results.addWidget(self.table)
        self._results.addWidget(self._nobody)
        middle = Row(spacing=14)
        middle.addWidget(self._results, 1)
        middle.addWidget(self.inspector)
        body.addLayout(middle, 1)
        page.addWidget(self._body, 1)
        page.addWidget(self.bar)
        self._body.inner.hide()
        self.pass_button.hide()

    def _listen(self) -> None:
        self.search.search.connect(self._search)
        self.search.down_pressed.connect(self.table.setFocus)
        self.filters.chosen.connect(lambda _key: self._filter())
        self.table.opened.connect(lambda row: self.opened.emit(row.key))
        self.table.current_changed.connect(lambda _row: self._show_current())
        self.table.ticked_changed.connect(lambda _keys: self._name_button())
        self.table.remember_widths(self.desk.preferences)
        self.panel.confirmed.connect(self._pass)
        self.panel.given_up.connect(self.close_panel)
        theme.changed.connect(self._fit)

    # What it shows

    def reload(self) -> None:
        self.year.set_year(self.desk.year)
        self.read(partial(_read, self.desk.ws, self.desk.year), self._show)

    def _show(self, year: _Year) -> None:
        is_first = self._year is None
        self._year = year
        self._body.inner.show()
        self.locked.setVisible(year.is_closed)
        keys = [state_key(row.line) for row in year.rows]
        self.filters.set_counts({key: len(keys) if key == "all" else keys.count(key) for key, _w in FILTERS})
        done = sum(key in (PledgeState.SUBMITTED.value, PledgeState.PASSED.value) for key in keys)
        asked = len(keys) - keys.count(NOT_ASKED)
        self.header.set_facts(f"{done}/{asked} đồng chí đã gửi" if asked else "")
        self.table.set_records(year.rows)
        self._filter()
        if self._wanted:
            self.choose(self._wanted)
        self._name_button()
        if is_first and self.isVisible():
            self.table.setFocus()

    def choose(self, member_id: str) -> None:
        """Put the cursor on a member, now or when the list has been read."""
        self._wanted = "" if self.table.choose(member_id) else member_id

    @property
    def can_write(self) -> bool:
        """Whether anything of this year can be written now."""
        return self._year is not None and not self._year.is_closed and not self.desk.ws.looks_only

    @property
    def can_decide(self) -> bool:
        """Whether this person passes pledges for the cell, or gives them back."""
        return self.can_write and self.desk.ws.may(Act.PASS_PLEDGE)

    def shown_ids(self) -> tuple[str, ...]:
        """The members shown now, in their order."""
        return tuple(row.key for row in self.table.records.shown)

    def _search(self, query: str) -> None:
        self.table.search(query)
        self._show_whether_found()

    def _filter(self) -> None:
        key = self.filters.choice()
        self.table.filter(lambda row: key in ("all", state_key(row.line)))
        self._show_whether_found()

    def _show_whether_found(self) -> None:
        found = bool(self.table.records.shown)
        self._results.setCurrentIndex(0 if found else 1)
        query, word = self.search.value(), dict(FILTERS)[self.filters.choice()]
        if self._year is not None and not self._year.rows:
            self._nobody.set_words("Chưa có đảng viên nào", f"Năm {self.desk.year} chưa có ai trong chi bộ.")
        elif query:
            more = f", hoặc xóa bộ lọc “{word}”" if self.filters.choice() != "all" else ""
            self._nobody.set_words(f"Không tìm thấy “{query}”", f"Thử gõ họ{more}.")
        else:
            self._nobody.set_words(f"Không có ai ở nhóm “{word}”", "Chọn “Tất cả” để xem mọi đồng chí.")
        self._show_current()

    def _show_current(self) -> None:
        row = self.table.current_record()
        self.inspector.show_line(row.line if row else None, self.desk.year, self.can_decide)
        name = row.line.member.name if row else ""
        is_narrow = logical_width(self) < FULL_WIDTH
        self.bar.set_note(f"{name}: Enter mở đăng ký" if name and is_narrow else "")
        self._show_bar()

    def _chosen(self) -> tuple[_Row, ...]:
        """The ticked ones that were handed in; all handed in when none is ticked."""
        rows = self._year.rows if self._year else ()
        ticked = self.table.records.ticked()
        return tuple(row for row in rows if row.is_sent and (not ticked or row.key in ticked))

    def _name_button(self) -> None:
        count = len(self._chosen())
        self.pass_button.set_words(f"Chi bộ thông qua {count} đăng ký…")
        self.pass_button.setVisible(self.can_decide and count > 0 and self.panel.isHidden())
        self._show_bar()

    def _show_bar(self) -> None:
        """The foot goes while it has nothing to say."""
        is_narrow = logical_width(self) < FULL_WIDTH
        self.bar.setVisible(not self.pass_button.isHidden() or is_narrow)

    # What a person does

    def _open_current(self) -> None:
        row = self.table.current_record()
        if row is not None:
            self.opened.emit(row.key)

    def _go_on(self) -> None:
        rows = self._chosen()
        if rows:
            self.panel.begin([row.line.member.name for row in rows], self.desk.ws.today())
            self._name_button()

    def _pass(self, day: date) -> None:
        keys = [row.key for row in self._chosen()]
        work = partial(pass_pledges, self.desk.ws, self.desk.year, keys, day)
        done = partial(self._passed, day)
        self.write(work, changes={Topic.PLEDGES, Topic.MONTHS}, on_done=done, on_error=self._not_passed)

    def _passed(self, day: date, count: int) -> None:
        self.table.records.set_ticked(set())
        self.close_panel()
        self.desk.say_done(
            f"Đã ghi chi bộ thông qua {count} đăng ký, ngày {day.day:02d}/{day.month:02d}/{day.year}."
        )

    def _not_passed(self, error: UserError) -> None:
        if isinstance(error, ValidationFailed):
            self.panel.set_error(error.problems[0].message)
        else:
            self.desk.background.failed.emit(str(error))

    def close_panel(self) -> bool:
        """Pass nothing; False when the panel is not open."""
        was_open = not self.panel.isHidden()
        self.panel.hide()
        self._name_button()
        if was_open:
            self.table.setFocus()
        return was_open

    def _give_back(self) -> None:
        row = self.table.current_record()
        if row is None:
            return
        name = row.line.member.name
        comment = self.desk.dialogs.ask_text(
            f"Trả lại đăng ký cho {name} ghi thêm?",
            "Đăng ký trở lại “Đang soạn”. Đồng chí đó đọc được lời này ở đầu trang.",
            label="Cần ghi thêm",
            act_label="Trả lại",
            keep_label="Giữ lại",
            placeholder="Ví dụ: việc 2 ghi rõ chỉ tiêu",
        )
        if comment is not None:
            work = partial(return_pledge, self.desk.ws, row.key, self.desk.year, comment)
            said = f"Đã trả lại đăng ký cho {name} ghi thêm."
            self.write(work, changes={Topic.PLEDGES}, on_done=lambda _none: self.desk.say_done(said))

    def _print(self) -> None:
        self.desk.go_to("papers", paper="register")

    def _fit(self) -> None:
        # A low window scrolls rather than leaving the list one row.
        self._results.setMinimumHeight(px(170))
        self.inspector.setVisible(logical_width(self) >= FULL_WIDTH)
        if self._year is not None:
            self._show_current()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().event(event)
