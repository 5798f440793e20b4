"""Nhật ký in the settings: found, read, copied, saved as PDF, taken back, and the bin put back from."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.domain.member import DatedStatus, StatusKind
from app.services.deleted_records import DeletedRecord
from app.services.members import add_status, get_member, remove_status
from app.services.workspace import Workspace
from app.ui.desk import Desk
from app.ui.screens.settings.history_list import HistoryList
from app.ui.screens.settings.history_panel import HistoryPanel
from tests.book_fixtures import People
from tests.ui.scripted_dialogs import ScriptedDialogs
from tests.ui.typing_keys import press, type_text

SICK = DatedStatus(StatusKind.SICK, date(2026, 1, 5))


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk, secretary_ws: Workspace, people: People) -> HistoryPanel:
    """The history of a book in which a status was added, and another one taken out."""
    remove_status(secretary_ws, add_status(secretary_ws, people.deputy, SICK))
    add_status(secretary_ws, people.plain, SICK)
    panel = HistoryPanel(desk)
    qtbot.addWidget(panel)
    panel.resize(1080, 640)
    panel.show()
    qtbot.waitUntil(lambda: bool(panel.deeds.table.records.shown))
    qtbot.waitUntil(desk.background.idle)
    return panel


def names(deeds: HistoryList) -> list[str]:
    return [line.name for line in deeds.table.records.shown]


def test_words_without_marks_find_the_action(qtbot: QtBot, panel: HistoryPanel) -> None:
    type_text(panel.deeds.filters.words, "bo mot tinh trang")

    qtbot.waitUntil(lambda: names(panel.deeds) == ["Bỏ một tình trạng ghi nhầm"])
    assert panel.deeds.count.text() == "1 việc, đủ từ đầu"


def test_part_and_member_narrow_the_list(qtbot: QtBot, panel: HistoryPanel, people: People) -> None:
    panel.deeds.filters.look_for_member(people.plain)
    qtbot.waitUntil(lambda: names(panel.deeds)[-1:] == ["Thêm đảng viên Nguyễn Văn Đạt"])
    assert len(names(panel.deeds)) == 2

    panel.deeds.filters.part.set_value("meetings")
    panel.deeds.filters.changed.emit()

    qtbot.waitUntil(lambda: names(panel.deeds) == [])
    assert panel.deeds.count.text() == "Không có việc nào như thế."


def test_chosen_action_is_told_field_by_field_and_copied_as_sentences(
    qtbot: QtBot, panel: HistoryPanel
) -> None:
    qtbot.waitUntil(lambda: panel.deeds.side.title.text().startswith("Ghi tình trạng"))

    panel.deeds.side.copy.click()

    assert QGuiApplication.clipboard().text() == (
        "20/03/2026 08:30, Trần Thị Bình: ghi tình trạng: Nghỉ ốm từ 05/01/2026.\n"
        "– thêm tình trạng của Nguyễn Văn Đạt: tình trạng “nghỉ ốm”; từ ngày “05/01/2026”"
    )


def test_action_is_taken_back_after_a_question_that_names_it(
    qtbot: QtBot, panel: HistoryPanel, dialogs: ScriptedDialogs, secretary_ws: Workspace, people: People
) -> None:
    qtbot.waitUntil(lambda: panel.deeds.side.title.text().startswith("Ghi tình trạng"))
    dialogs.answers = [True]

    panel.deeds.side.undo.click()

    qtbot.waitUntil(lambda: names(panel.deeds)[0].startswith("Hoàn tác: ghi tình trạng"))
    assert dialogs.asked[0][0] == "Hoàn tác: ghi tình trạng: Nghỉ ốm từ 05/01/2026?"
    assert get_member(secretary_ws, people.plain).statuses == ()


def test_action_built_on_says_why_it_stays(qtbot: QtBot, panel: HistoryPanel) -> None:
    table = panel.deeds.table
    adding = next(line for line in table.records.shown if line.name == "Thêm đảng viên Nguyễn Văn Đạt")

    table.choose(adding.id)

    qtbot.waitUntil(lambda: "đã được sửa sau đó" in panel.deeds.side.why_not.text())
    assert not panel.deeds.side.undo.isEnabled()


def test_what_is_found_is_saved_as_pdf(
    qtbot: QtBot, panel: HistoryPanel, dialogs: ScriptedDialogs, desk: Desk, tmp_path: Path
) -> None:
    target = tmp_path / "nhat-ky.pdf"
    dialogs.answers = [target]
    said: list[str] = []
    desk.done.connect(lambda text, _undo: said.append(text))

    panel.deeds.save.click()

    qtbot.waitUntil(lambda: bool(said))
    assert target.read_bytes().startswith(b"%PDF")
    assert "11 việc, 2 trang vào nhat-ky.pdf" in said[0]


def test_enter_in_the_bin_puts_the_thing_back(
    qtbot: QtBot, panel: HistoryPanel, secretary_ws: Workspace, people: People, desk: Desk
) -> None:
    panel.choice.word_button("bin").click()
    qtbot.waitUntil(lambda: len(panel.bin.table.records.shown) == 1)
    assert panel.bin.table.records.shown[0].name == "Tình trạng của Lê Văn Cường"

    press(panel.bin.table, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: panel.bin.empty.isVisible())
    assert len(get_member(secretary_ws, people.deputy).statuses) == 1


def test_low_window_keeps_the_list_its_room(qtbot: QtBot, panel: HistoryPanel) -> None:
    panel.resize(720, 420)

    qtbot.waitUntil(lambda: panel.deeds.filters.narrow.isVisible())
    panel.deeds.filters.narrow.click()

    assert panel.deeds.filters.about.isVisible()


def test_at_the_largest_letters_list_and_changes_stand_one_below_the_other_and_whole(
    qtbot: QtBot, panel: HistoryPanel, desk: Desk
) -> None:
    panel.resize(640, 240)
    qtbot.waitUntil(desk.background.idle)
    deeds = panel.deeds
    deeds.table.choose(deeds.table.records.shown[0].id)
    qtbot.waitUntil(lambda: not deeds.side.undo.isHidden())
    qtbot.waitUntil(lambda: deeds.side.y() > deeds.table.geometry().bottom())

    assert deeds.table.height() >= 150
    assert deeds.side.undo.height() >= deeds.side.undo.sizeHint().height()

    panel.resize(1080, 640)
    qtbot.waitUntil(lambda: deeds.side.x() > deeds.table.geometry().right())


def test_a_thing_with_much_in_it_takes_two_lines_of_the_bin(panel: HistoryPanel) -> None:
    below = panel.bin.table.records.columns[1].below
    assert below is not None
    line = panel.deeds.table.records.shown[0]
    few = DeletedRecord("a", "Buổi họp", "ngày họp “03/10/2026”; nơi “Nhà văn hóa”", line)
    many = DeletedRecord("b", "Buổi họp", "; ".join(f"mục {n} “nội dung”" for n in range(30)), line)

    assert below(few) == few.facts
    assert below(many).endswith("“nội dung”…")
    assert len(below(many)) <= 151
