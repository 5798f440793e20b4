"""The grades after the meeting: a row grows with what is said in it."""

from pytestqt.qtbot import QtBot

from app.domain.grade import Grade
from app.domain.review import GradeStage
from app.services.workspace import Workspace
from app.ui.screens.year_end.grade_section import GradeSection
from tests.book_fixtures import People
from tests.ui.screens.year_end.conftest import OpenSheet


def test_a_date_keeps_its_full_height_when_words_come_below_it(
    qtbot: QtBot, secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)
    editor.open_section("B.II")
    section = editor.view.editor
    assert isinstance(section, GradeSection)
    row = section.rows.rows[GradeStage.COMMITTEE]
    row.grade.set_value(Grade.GOOD.value)

    row.day.set_text("20/12/2025")
    row.day_field.set_error("Ngày 20/12/2025 chưa tới.")

    field = row.day_field
    qtbot.waitUntil(lambda: field.height() >= field.heightForWidth(field.width()))
    assert row.day.height() >= row.day.sizeHint().height()
