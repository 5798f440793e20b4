"""The office's grade on a sheet: later than the member's grade is said beside it; collectives have none."""

from datetime import date

from app.domain.grade import Grade, SubjectKind
from app.domain.review import CELL_SUBJECT, quarter_key
from app.services.decisions import propose_all
from app.services.members import set_kinds
from app.services.workspace import Workspace
from app.ui.screens.year_end.grade_section import GradeSection
from app.ui.screens.year_end.review_editor import ReviewEditor
from tests.book_fixtures import People
from tests.ui.screens.year_end.conftest import MakeDesk, OpenSheet, ShowPage


def grades_of(editor: ReviewEditor, section: str = "B.II") -> GradeSection:
    editor.open_section(section)
    found = editor.view.editor
    assert isinstance(found, GradeSection)
    return found


def test_an_office_rating_after_the_cell_is_said(
    secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    set_kinds(secretary_ws, {people.plain: SubjectKind.NON_LEADER}, 2025)
    propose_all(secretary_ws, 2025, {people.plain: Grade.GOOD}, date(2025, 12, 12), "Biên bản")
    section = grades_of(open_sheet(secretary_ws, people.plain))
    assert not section.civil_note.isVisible()

    section.civil_grade.set_value(Grade.GOOD.value)
    section.civil_decision.set_value("QĐ 88")
    section.civil_day.set_value(date(2025, 12, 20))
    section.civil_day.edited.emit()

    assert section.civil_note.isVisible()
    assert "có sau mức chi bộ đề xuất ngày 12/12/2025" in section.civil_note.text()


def test_neither_a_collective_nor_a_quarter_has_an_offices_grade(
    secretary_ws: Workspace, people: People, open_sheet: OpenSheet, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    cell = grades_of(open_sheet(secretary_ws, CELL_SUBJECT))
    assert cell.own.accessibleName() == "Mức tự xếp loại"
    assert not hasattr(cell, "civil_grade")

    set_kinds(secretary_ws, {people.plain: SubjectKind.LEADER}, 2025)
    editor = ReviewEditor(make_desk(secretary_ws), quarter_key(people.plain, 2025, 1))
    show_page(editor)
    assert not hasattr(grades_of(editor, "II"), "civil_grade")
