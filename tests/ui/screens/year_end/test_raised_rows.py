"""Part IV on the screen: a point raised from above stands there to be answered, as it was raised."""

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.opinion import RaisedPoint
from app.domain.review import ReviewKey
from app.services.raised_points import list_raised_points, save_raised_point
from app.services.reviews import open_review
from app.services.workspace import Workspace
from app.ui.screens.year_end.row_sections import PromptCard, RowsSection
from tests.book_fixtures import People
from tests.ui.screens.year_end.conftest import OpenSheet
from tests.ui.typing_keys import type_text

POINT = "Vắng hai buổi sinh hoạt không có lý do"


def test_a_point_raised_stands_in_part_four_and_only_its_answer_is_typed(
    secretary_ws: Workspace, people: People, open_sheet: OpenSheet, qtbot: QtBot
) -> None:
    save_raised_point(
        secretary_ws, RaisedPoint(people.plain, 2025, 0, "Công văn 12-CV/ĐU", date(2025, 11, 10), POINT)
    )
    editor = open_sheet(secretary_ws, people.plain)
    assert editor.sheet is not None
    section = next(each for each in editor.sheet.sections if each.kind.value == "prompt_rows")
    editor.open_section(section.key)
    qtbot.waitUntil(lambda: bool(editor.view.findChildren(PromptCard)))
    rows = editor.view.findChild(RowsSection)
    (card,) = editor.view.findChildren(PromptCard)
    point, cause, responsibility = card.areas

    assert point.value() == POINT
    assert point.isReadOnly()
    assert card.remove.isHidden()
    assert rows is not None
    assert rows.first_field() is cause

    for area, words in ((cause, "Ốm, không báo cáo"), (responsibility, "Do tôi")):
        area.setFocus(Qt.FocusReason.OtherFocusReason)
        type_text(area, words)
    editor.keeper.flush()
    qtbot.waitUntil(lambda: list_raised_points(secretary_ws, 2025).rows[0].is_answered is True)

    kept = open_review(secretary_ws, ReviewKey(people.plain, 2025)).review.prompts
    assert [(row.point, row.cause, row.responsibility) for row in kept] == [
        (POINT, "Ốm, không báo cáo", "Do tôi")
    ]
