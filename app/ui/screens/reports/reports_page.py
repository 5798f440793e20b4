"""Nhìn lại: one year of the cell in numbers that add up, five years as chart and table, both to be copied."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.grade import Grade
from app.domain.statistics import YearStatistics, rule_set_note, share_text, trend_text
from app.domain.statistics_tables import TextTable, compact, year_table, years_table
from app.services.statistics import YearsView, look_back
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody
from app.ui.parts.messages import EmptyState, MessageBar
from app.ui.parts.page import PageHeader, YearSwitch
from app.ui.screens.reports.figures_table import FiguresTable, copy_table
from app.ui.screens.reports.trend_chart import TrendChart

_NAMED = 5


class ReportsPage(DeskPage):
    """Reads again whenever a grade or a member changes."""

    topics = frozenset({Topic.REVIEWS, Topic.MEMBERS, Topic.BOOK, Topic.RULES, Topic.MEETINGS})
    follows_year = True
    help_topic = "reports"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: YearsView | None = None
        self._tables: dict[str, TextTable] = {}
        self.years = YearSwitch(desk.years, desk.year)
        self.years.year_chosen.connect(desk.set_year)
        self.save = make_button("outlined", "In, lưu biểu thống kê", "printer", "Ctrl+P", self._save)
        self.header = PageHeader("Nhìn lại", "", (self.save,), year=self.years)
        column = Column(self, spacing=0)
        column.addWidget(self.header)
        self.empty = EmptyState("chart-no-axes-column", "", "")
        self.empty.hide()
        column.addWidget(self.empty, 1)
        self._body = ScrollBody(spacing=14)
        column.addWidget(self._body, 1)
        self.message = MessageBar()
        self._body.body.addWidget(self.message)
        self._body.body.addWidget(self._year_card())
        self._body.body.addWidget(self._years_card())

    def _year_card(self) -> QWidget:
        card = Card(spacing=10)
        self.year_title = Label("", "h3")
        self.copy_year = make_button(
            "outlined", "Chép bảng năm này", "copy", on_click=partial(self._copy, "year")
        )
        card.body.addLayout(_titled(self.year_title, self.copy_year))
        self.year_table = FiguresTable()
        card.body.addWidget(self.year_table)
        check = Row(spacing=8)
        self.check_icon = IconLabel("circle-check", "ok", 18)
        self.check = Label("")
        check.addWidget(self.check_icon)
        check.addWidget(self.check, 1)
        card.body.addLayout(check)
        self.shares = Label("")
        self.reasons = Label("", "cap", "ink2")
        card.body.addWidget(self.shares)
        card.body.addWidget(self.reasons)
        return card

    def _years_card(self) -> QWidget:
        card = Card(spacing=10)
        self.years_title = Label("", "h3")
        self.copy_years = make_button(
            "outlined", "Chép bảng các năm", "copy", on_click=partial(self._copy, "years")
        )
        card.body.addLayout(_titled(self.years_title, self.copy_years))
        self.chart = TrendChart()
        card.body.addWidget(self.chart)
        self.trend = Label("")
        card.body.addWidget(self.trend)
        self.rules_note = Label("", "cap", "late")
        card.body.addWidget(self.rules_note)
        self.years_table = FiguresTable()
        card.body.addWidget(self.years_table)
        self.years_note = Label("", "cap", "ink2")
        card.body.addWidget(self.years_note)
        return card

    # Reading

    def reload(self) -> None:
        year = self.desk.year
        self.years.set_years(self.desk.years)
        self.years.set_year(year)
        self.read(partial(look_back, self.desk.ws, year, self.desk.years[0]), self._show)

    def _show(self, view: YearsView) -> None:
        self.shown = view
        year = view.of(self.desk.year)
        has_content = year is not None and any(each.has_content for each in view.years)
        self._body.setVisible(has_content)
        self.empty.setVisible(not has_content)
        self.save.setVisible(has_content and view.prints)
        if year is None or not has_content:
            self.header.set_facts("")
            self.empty.set_words(
                f"Chưa có gì để nhìn lại năm {self.desk.year}",
                "Kết quả xếp loại của đảng viên và chi bộ hiện ở đây sau khi ghi ở trang Cuối năm.",
            )
            return
        self.header.set_facts("Theo mức do cấp có thẩm quyền quyết định")
        self._show_year(year)
        self._show_years(view)

    def _show_year(self, year: YearStatistics) -> None:
        table, counts = year_table(year), year.total
        self.year_title.setText(table.title)
        self._tables["year"] = table
        self.year_table.show_table(compact(table))
        self.check.setText(f"{counts.check_text}.")
        self.check_icon.set_icon(*(("circle-check", "ok") if counts.adds_up else ("circle-alert", "bad")))
        self.shares.setText(_shares(year))
        parts = []
        if year.not_rated:
            parts.append(f"Chưa xếp loại: {_grouped(year.not_rated)}.")
        if year.unsatisfactory:
            parts.append(f"Không hoàn thành nhiệm vụ: {_grouped(year.unsatisfactory)}.")
        words = "\n".join(parts)
        self.reasons.setText(words)
        self.reasons.setVisible(bool(words))

    def _show_years(self, view: YearsView) -> None:
        table = years_table(view.years)
        self.years_title.setText(table.title)
        self.chart.show_years(view.years)
        self.trend.setText(trend_text(view.years))
        note = rule_set_note(view.years)
        self.rules_note.setText(note)
        self.rules_note.setVisible(bool(note))
        self._tables["years"] = table
        self.years_table.show_table(compact(table))
        without = ", ".join(str(year) for year in sorted(view.without_rules))
        more = f" Năm {without} chưa có bộ quy định trong sổ." if without else ""
        self.years_note.setText(table.note + more)

    # Ways on

    def _copy(self, which: str) -> None:
        """With shares in columns of their own, as forms of offices want them."""
        table = self._tables.get(which)
        if table is not None:
            copy_table(table)
            self.desk.say_done("Đã chép bảng; dán được vào Word, Excel hoặc biểu trên mạng.")

    def _save(self) -> None:
        self.desk.go_to("papers", paper="statistics")

    def first_focus(self) -> QWidget:
        """The year's table."""
        return self.year_table


def _titled(title: Label, button: Button) -> Row:
    row = Row(spacing=10)
    row.addWidget(title, 1)
    row.addWidget(button)
    return row


def _grouped(people: Sequence[tuple[str, str]]) -> str:
    """Reasons with how many and who, the first few by name."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in people:
        by_reason.setdefault(reason, []).append(name)
    parts = []
    for reason, names in by_reason.items():
        more = f" và {len(names) - _NAMED} nữa" if len(names) > _NAMED else ""
        parts.append(f"{len(names)} người {reason} ({', '.join(names[:_NAMED])}{more})")
    return "; ".join(parts)


def _shares(year: YearStatistics) -> str:
    """The two shares reports ask for, each with its base."""
    counts = year.total
    if not counts.rated:
        return "Chưa ai được quyết định mức xếp loại nên chưa có tỉ lệ."
    excellent = counts.of(Grade.EXCELLENT)
    words = (
        f"Hoàn thành tốt trở lên: {counts.good_or_better} người, {share_text(counts.share_good_or_better)} "
        f"trên {counts.rated} người đã xếp loại. Hoàn thành xuất sắc: {excellent} người, "
        f"{share_text(counts.share(Grade.EXCELLENT))} trên {counts.rated} người đã xếp loại"
    )
    if counts.good_or_better:
        words += (
            f", {share_text(counts.share_excellent_in_good)} "
            f"trên {counts.good_or_better} người hoàn thành tốt trở lên"
        )
    cell = f" Chi bộ: {year.cell_grade.label.lower()}." if year.cell_grade else ""
    return f"{words}.{cell}"
