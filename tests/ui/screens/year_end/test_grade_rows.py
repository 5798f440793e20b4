"""The grades after the meeting: a row grows with what is said in it."""

from datetime import date

from pytestqt.qtbot import QtBot

from app.domain.grade import Grade
from app.domain.member import DatedStatus, StatusKind
from app.domain.review import GradeStage, ReviewKey
from app.services.members import add_status
from app.services.reviews import open_review
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.screens.year_end.grade_section import GradeSection
from tests.book_fixtures import People
from tests.ui.screens.year_end.conftest import OpenSheet
from tests.ui.scripted_dialogs import ScriptedDialogs


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


def test_a_grade_for_who_is_not_reviewed_is_warned_of_and_asked_about(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    add_status(
        secretary_ws, people.plain, DatedStatus(StatusKind.EXEMPT, date(2024, 3, 1), detail="age_health")
    )
    editor = open_sheet(secretary_ws, people.plain, answers=[False, True])
    dialogs = editor.desk.dialogs
    assert isinstance(dialogs, ScriptedDialogs)
    assert editor.not_reviewed.text == (
        "Đồng chí Nguyễn Văn Đạt không thuộc diện kiểm điểm năm 2025: cả năm được miễn sinh hoạt. "
        "Vẫn viết và ghi mức được nếu cấp có thẩm quyền yêu cầu."
    )
    editor.open_section("B.II")
    section = editor.view.editor
    assert isinstance(section, GradeSection)
    row = section.rows.rows[GradeStage.COMMITTEE]
    row.grade.set_value(Grade.GOOD.value)
    row.day.set_text("20/12/2025")
    row.source.set_value("Biên bản họp chi ủy")
    row.grade.chosen.emit(Grade.GOOD.value)

    row.record.click()
    qtbot.waitUntil(background.idle)
    key = ReviewKey(people.plain, 2025)
    assert open_review(secretary_ws, key).review.grade_at(GradeStage.COMMITTEE) is None
    assert "cả năm được miễn sinh hoạt" in dialogs.asked[0][1]
    row.record.click()
    qtbot.waitUntil(background.idle)

    assert open_review(secretary_ws, key).review.grade_at(GradeStage.COMMITTEE) is Grade.GOOD
    assert len(dialogs.asked) == 2


def test_nothing_is_warned_of_for_who_is_reviewed(
    secretary_ws: Workspace, people: People, open_sheet: OpenSheet
) -> None:
    editor = open_sheet(secretary_ws, people.plain)

    assert editor.not_reviewed.text == ""
