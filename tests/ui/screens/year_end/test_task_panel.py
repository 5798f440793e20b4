"""The year's tasks on the sheet: listed, pasted, taken from the pledge, moved, counted, kept."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.pledge import Pledge
from app.domain.review import Review, ReviewKey
from app.domain.year_task import AssignedTask, TaskCounts, TaskQuality
from app.locations import resource
from app.services.reviews import open_review
from app.services.rule_files import keep_rule_file, look_at_rule_file
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.screens.year_end.review_editor import ReviewEditor
from app.ui.screens.year_end.score_section import ScoreSection
from app.ui.screens.year_end.task_panel import TaskPanel
from tests.book_fixtures import People
from tests.ui.screens.year_end.conftest import OpenSheet
from tests.ui.typing_keys import commit, press, type_text

TABLE = (
    "Nhiệm vụ\tThời hạn\tNgày hoàn thành\tChất lượng\tVượt yêu cầu\n"
    "Phụ trách tổ 2\t31/12/2025\t20/12/2025\tĐạt\tThêm 3 hộ\n"
    "Thu đảng phí\t30/9/2025\t12/10/2025\tĐạt\t\n"
)


def stored(ws: Workspace, member_id: str) -> Review:
    return open_review(ws, ReviewKey(member_id, 2025)).review


@pytest.fixture
def editor(secretary_ws: Workspace, people: People, open_sheet: OpenSheet) -> ReviewEditor:
    """The plain member's sheet of 2025."""
    return open_sheet(secretary_ws, people.plain)


def panel_of(editor: ReviewEditor) -> TaskPanel:
    editor.open_section("B.I")
    assert isinstance(editor.view.editor, ScoreSection)
    return editor.view.editor.tasks


def pasted(editor: ReviewEditor) -> TaskPanel:
    panel = panel_of(editor)
    QApplication.clipboard().setText(TABLE)
    panel.paste_button.click()
    return panel


def kept(qtbot: QtBot, background: Background, editor: ReviewEditor) -> None:
    editor.keeper.flush()
    qtbot.waitUntil(background.idle)


def test_a_task_written_is_counted_and_kept(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, people: People, editor: ReviewEditor
) -> None:
    panel = panel_of(editor)
    assert panel.counts.isVisible(), "figures are typed while nothing is listed"

    panel.add.click()
    assert panel.form.title.hasFocus()
    commit(panel.form.title, "Phụ trách tổ dân cư số 2")
    panel.form.dates["done_on"].line.setFocus()
    type_text(panel.form.dates["done_on"].line, "20/12/2025")
    panel.form.quality.choose_number(1)
    kept(qtbot, background, editor)

    (task,) = stored(secretary_ws, people.plain).task_list
    assert (task.title, task.done_on, task.quality) == (
        "Phụ trách tổ dân cư số 2",
        date(2025, 12, 20),
        TaskQuality.MET,
    )
    assert panel.summary.text().startswith("1 nhiệm vụ được tính: hoàn thành 1, đúng hạn 1")
    assert not panel.counts.isVisible()


def test_rows_of_excel_are_pasted_and_can_be_taken_back(editor: ReviewEditor) -> None:
    panel = pasted(editor)

    assert [row.task.title for row in panel.table.records.shown] == ["Phụ trách tổ 2", "Thu đảng phí"]
    assert editor.sheet is not None
    assert editor.sheet.review.task_counts() == TaskCounts(2, 2, late=1, beyond=1)


def test_what_cannot_be_read_of_pasted_rows_is_said(editor: ReviewEditor) -> None:
    panel = panel_of(editor)
    QApplication.clipboard().setText("Nhiệm vụ\tThời hạn\nThu đảng phí\tcuối năm")

    panel.paste_button.click()

    assert "“cuối năm”" in panel.note.text()
    QApplication.clipboard().setText("")
    panel.paste_button.click()
    assert "Bảng tạm chưa có dòng nào" in panel.note.text()


def test_the_pledged_items_become_tasks_once_words_only(
    editor: ReviewEditor, pledged: Pledge, secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    again = open_sheet(secretary_ws, people.plain)
    panel = panel_of(again)

    panel.take.click()

    tasks = [row.task for row in panel.table.records.shown]
    assert [task.title for task in tasks] == [item.action for item in pledged.items]
    assert not any(task.quality or task.beyond or task.failed for task in tasks)
    assert not panel.take.isVisible()


def test_tasks_move_and_are_taken_out_by_keyboard(editor: ReviewEditor) -> None:
    panel = pasted(editor)
    panel.table.choose("2")

    press(panel.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [row.task.title for row in panel.table.records.shown] == ["Thu đảng phí", "Phụ trách tổ 2"]

    press(panel.table, Qt.Key.Key_Delete)
    assert [row.task.title for row in panel.table.records.shown] == ["Phụ trách tổ 2"]


def test_a_date_that_cannot_be_read_stays_typed_moves_along_and_is_a_problem(editor: ReviewEditor) -> None:
    panel = pasted(editor)
    panel.table.choose("2")
    due = panel.form.dates["due_on"]
    due.line.setFocus()
    due.line.selectAll()
    type_text(due.line, "31/02/2025")

    panel.move_task(-1)

    assert editor.sheet is not None
    assert editor.sheet.typed_scores == {"tasks.1.due_on": "31/02/2025"}
    assert "Nhiệm vụ 1: “31/02/2025” chưa phải là ngày." in [p.message for p in editor.sheet.problems()]
    panel.table.choose("2")
    panel.table.choose("1")
    assert panel.form.dates["due_on"].text() == "31/02/2025"


def test_beyond_without_ground_is_remarked_on(editor: ReviewEditor) -> None:
    panel = panel_of(editor)
    panel.add.click()
    commit(panel.form.title, "Tổ hòa giải")
    panel.form.beyond.click()

    assert "chưa ghi ngày hoàn thành" in panel.form.remark.text()
    type_text(panel.form.dates["done_on"].line, "20/12/2025")
    assert panel.form.remark.text().startswith("Vượt yêu cầu thì ghi căn cứ")


def test_tasks_come_back_from_a_draft(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    pasted(editor)
    editor.keeper.keep_draft()
    qtbot.waitUntil(background.idle)

    again = open_sheet(secretary_ws, people.plain)

    assert again.sheet is not None
    assert [task.title for task in again.sheet.review.task_list] == ["Phụ trách tổ 2", "Thu đảng phí"]
    assert again.sheet.review.task_list[0] == AssignedTask(
        "Phụ trách tổ 2",
        due_on=date(2025, 12, 31),
        done_on=date(2025, 12, 20),
        quality=TaskQuality.MET,
        beyond=True,
        beyond_ground="Thêm 3 hộ",
    )


# Points of the committee beside the member's


def test_what_the_committee_changes_is_marked_and_asks_for_its_ground(editor: ReviewEditor) -> None:
    editor.open_section("B.I")
    section = editor.view.editor
    assert isinstance(section, ScoreSection)
    row = section.rows["I.2"]
    for field, text in ((row.own, "5"), (row.appraised, "3,5")):
        field.setFocus()
        type_text(field, text)

    assert row.difference.text() == "−1,5"
    assert row.cell_ground.isVisible()
    assert "Chi ủy chấm khác mà chưa ghi căn cứ: mục I.2." in section.remarks.text()
    assert section.sums["total"].text() == "5/100  ·  chi ủy 3,5/100  (−1,5)"

    row.cell_ground.setFocus()
    commit(row.cell_ground, "Nộp bản tự soi chậm")
    assert "Chi ủy chấm khác" not in section.remarks.text()
    assert editor.sheet is not None
    assert editor.sheet.score_of("I.2").appraised_ground == "Nộp bản tự soi chậm"


def test_before_2025_tasks_stand_with_the_grades(
    secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain, 2024)
    assert editor.sheet is not None
    editor.open_section(editor.sheet.sections[-1].key)

    panel = editor.view.editor.tasks  # type: ignore[union-attr]
    QApplication.clipboard().setText(TABLE)
    panel.paste()

    assert editor.sheet.review.task_counts() == TaskCounts(2, 2, late=1, beyond=1)


def test_a_local_table_of_points_can_be_chosen_and_is_kept(
    qtbot: QtBot, secretary_ws: Workspace, people: People, open_sheet: OpenSheet, tmp_path: Path
) -> None:
    shipped = resource("scoring", "P5.toml").read_text(encoding="utf-8")
    own = shipped.replace('id = "P5"', 'id = "P5-XA"').replace('mode = "graded"', 'mode = "all_or_nothing"')
    own = own.replace('code = "II.3"', 'code = "II.9"')
    (tmp_path / "xa.toml").write_text(own, encoding="utf-8")
    (view,) = look_at_rule_file(secretary_ws, tmp_path / "xa.toml").files
    keep_rule_file(secretary_ws, view, 2026)
    editor = open_sheet(secretary_ws, people.plain, 2026)
    editor.open_section("B.I")
    section = editor.view.editor
    assert isinstance(section, ScoreSection)
    row = section.rows["I.2"]
    row.own.setFocus()
    type_text(row.own, "4")

    assert editor.sheet is not None
    assert section.profile.value() == "P5-XA", "the office's own table comes first"
    section.rows["II.9"].own.setFocus()
    type_text(section.rows["II.9"].own, "15")
    section.rows["I.2"].show_problem()
    assert "chỉ nhận 0 hoặc 5 điểm" in section.rows["I.2"].problem.text()

    section.profile.set_value("P5")
    section.profile.chosen.emit("P5")

    assert section.rows["I.2"].own.value() == "4", "what was typed is read by the other table"
    assert editor.sheet.typed_scores == {}
    assert "II.9" not in editor.sheet.review.self_scores()
    section.profile.set_value("P5-XA")
    section.profile.chosen.emit("P5-XA")
    assert section.rows["II.9"].own.value() == "15", "with its own table it comes back"
    section.profile.set_value("P5")
    section.profile.chosen.emit("P5")
    editor.keeper.flush()
    qtbot.waitUntil(editor.desk.background.idle)
    assert open_review(secretary_ws, ReviewKey(people.plain, 2026)).review.profile == "P5"
