"""Nhìn lại: numbers that add up, the trend, copying as a table, years without anything."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableWidgetSelectionRange
from pytestqt.qtbot import QtBot

from app.domain.grade import Grade
from app.domain.review import GradeStage, ReviewKey, StageGrade
from app.services.reviews import open_review, save_review, set_grade, with_self_grade
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.preferences import Preferences
from app.ui.screens.reports.reports_page import ReportsPage
from tests.book_fixtures import People
from tests.ui.scripted_dialogs import ScriptedDialogs


def decided(ws: Workspace, member_id: str, grade: Grade, year: int = 2025) -> None:
    key = ReviewKey(member_id, year)
    save_review(ws, with_self_grade(open_review(ws, key).review, Grade.GOOD))
    set_grade(ws, key, StageGrade(GradeStage.DECIDED, grade, date(year, 12, 24), "QĐ 7"))


@pytest.fixture
def page(
    qtbot: QtBot, secretary_ws: Workspace, people: People, background: Background, preferences: Preferences
) -> Iterator[ReportsPage]:
    """2025 with three of four decided, 2024 with one; the desk looks at 2025."""
    for member_id, grade in (
        (people.plain, Grade.EXCELLENT),
        (people.deputy, Grade.GOOD),
        (people.committee, Grade.SATISFACTORY),
    ):
        decided(secretary_ws, member_id, grade)
    decided(secretary_ws, people.plain, Grade.GOOD, 2024)
    desk = Desk(secretary_ws, background, ScriptedDialogs([], preferences), preferences, (2024, 2025, 2026))
    desk.set_year(2025)
    page = ReportsPage(desk)
    qtbot.addWidget(page)
    page.resize(1280, 720)
    page.show()
    qtbot.waitUntil(background.idle)
    yield page
    background.wait_idle()


def test_one_year_adds_up_and_names_the_base_of_every_share(page: ReportsPage) -> None:
    assert page.check.text() == "Có mặt 4 bằng 0 được miễn + 1 chưa xếp loại + 3 đã xếp loại."
    assert page.shares.text() == (
        "Hoàn thành tốt trở lên: 2 người, 66,67% trên 3 người đã xếp loại. "
        "Hoàn thành xuất sắc: 1 người, 33,33% trên 3 người đã xếp loại, "
        "50,00% trên 2 người hoàn thành tốt trở lên."
    )
    assert page.reasons.text() == "Chưa xếp loại: 1 người chưa có mức xếp loại (Trần Thị Bình)."


def test_years_are_compared_and_different_rules_are_named(page: ReportsPage) -> None:
    assert page.trend.text().startswith("Hoàn thành tốt trở lên: năm 2024 100,00% của 1 người")
    assert "năm 2024 theo bộ quy định 2023; năm 2025 theo bộ quy định 2025" in page.rules_note.text()
    assert [year.year for year in page.chart.years] == [2024, 2025]
    shown = page.years_table.shown
    assert shown is not None
    assert [row[0] for row in shown.rows] == ["2024", "2025", "Trung bình 2 năm"]
    assert page.chart.accessibleName().startswith("Biểu đồ tỉ lệ các mức")


def test_a_table_is_copied_for_word_excel_and_web_forms(page: ReportsPage) -> None:
    page.copy_years.click()

    data = QGuiApplication.clipboard().mimeData()
    assert data.hasHtml()
    assert data.text().splitlines()[2].split("\t")[:7] == ["2025", "4", "0", "1", "3", "1", "33,33%"]
    page.copy_year.click()
    assert "1. Tổng số có mặt" in QGuiApplication.clipboard().mimeData().text()


def test_ctrl_c_copies_what_is_selected(qtbot: QtBot, page: ReportsPage) -> None:
    table = page.year_table
    table.setRangeSelected(QTableWidgetSelectionRange(4, 0, 5, 1), True)

    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    lines = QGuiApplication.clipboard().mimeData().text().splitlines()
    assert lines[1:] == [
        "– Hoàn thành xuất sắc nhiệm vụ\t1 (33,33%)",
        "– Hoàn thành tốt nhiệm vụ\t1 (33,33%)",
    ]


def test_a_year_nobody_was_rated_in_says_so(qtbot: QtBot, background: Background, page: ReportsPage) -> None:
    page.desk.set_year(2026)
    qtbot.waitUntil(background.idle)

    assert page.shares.text() == "Chưa ai được quyết định mức xếp loại nên chưa có tỉ lệ."
    assert page.year_title.text() == "Kết quả xếp loại đảng viên năm 2026"


def test_a_cell_without_members_is_told_where_results_come_from(
    qtbot: QtBot, background: Background, ws: Workspace, preferences: Preferences
) -> None:
    desk = Desk(ws, background, ScriptedDialogs([], preferences), preferences, (2025, 2026))
    page = ReportsPage(desk)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(background.idle)

    assert page.empty.isVisible()
    assert page.empty.title.text() == "Chưa có gì để nhìn lại năm 2026"
    background.wait_idle()
