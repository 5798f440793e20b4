"""The list of members: found with or without marks, filtered by standing, shown beside the list."""

from datetime import date

from PySide6.QtCore import Qt

from app.domain.member import DatedStatus, StatusKind
from app.services.members import add_status
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.parts.buttons import Button
from app.ui.parts.labels import Label
from tests.book_fixtures import People
from tests.builders import add_member
from tests.ui.screens.members.sitting import Sitting


def _words(sitting: Sitting) -> list[str]:
    return [label.text() for label in sitting.page.list_page.inspector.findChildren(Label)]


def test_an_empty_book_offers_an_import_or_the_first_person(keeper: Sitting) -> None:
    words = [button.text() for button in keeper.page.list_page.findChildren(Button) if button.isVisible()]

    assert words == ["Nhập từ Excel", "Thêm từng người", "Tải tệp mẫu để điền"]
    assert keeper.page.first_focus().hasFocus()


def test_ctrl_enter_in_an_empty_book_begins_the_import(keeper: Sitting) -> None:
    keeper.qtbot.keyClick(keeper.page.window(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    keeper.qtbot.waitUntil(lambda: keeper.page.currentWidget() is keeper.page.wizard)


def test_members_stand_in_vietnamese_order_with_a_number(secretary: Sitting) -> None:
    assert secretary.names() == ["Trần Thị Bình", "Lê Văn Cường", "Phạm Thị Dung", "Nguyễn Văn Đạt"]
    assert [line.number for line in secretary.page.list_page.table.records.shown] == [1, 2, 3, 4]


def test_a_name_is_found_without_marks_and_a_mark_narrows_the_search(secretary: Sitting) -> None:
    search = secretary.page.list_page.search_field
    secretary.fill(search, "dat")
    secretary.qtbot.waitUntil(lambda: secretary.names() == ["Nguyễn Văn Đạt"])

    secretary.fill(search, "đát")

    secretary.qtbot.waitUntil(lambda: secretary.names() == [])
    assert secretary.page.list_page._nobody.title.text() == "Không tìm thấy “đát”"


def test_filters_count_everybody_and_show_their_group(
    secretary: Sitting, secretary_ws: Workspace, people: People
) -> None:
    add_status(
        secretary_ws, people.plain, DatedStatus(StatusKind.EXEMPT, date(2026, 1, 1), detail="age_health")
    )
    left = DatedStatus(StatusKind.LEFT, date(2026, 2, 1), detail="moved")
    add_status(secretary_ws, people.committee, left)
    secretary.desk.background.changes.tell({Topic.MEMBERS})
    secretary.settle()
    filters = secretary.page.list_page.filters

    assert filters.word_button("here").text() == "Tất cả 3"
    assert filters.word_button("left").text() == "Đã rời 1"
    filters.word_button("exempt").click()
    assert secretary.names() == ["Nguyễn Văn Đạt"]
    filters.word_button("left").click()
    assert secretary.names() == ["Phạm Thị Dung"]


def test_the_card_number_is_masked_until_asked_for(secretary: Sitting, secretary_ws: Workspace) -> None:
    member_id = add_member(secretary_ws, "Hà Văn Thiện", card_number="037085000123")
    secretary.desk.background.changes.tell({Topic.MEMBERS})
    secretary.settle()
    secretary.page.list_page.choose(member_id)

    assert "•••• •••• 0123" in _words(secretary)
    assert "037085000123" not in _words(secretary)
    inspector = secretary.page.list_page.inspector
    show = next(b for b in inspector.findChildren(Button) if b.text() == "Hiện số thẻ")
    show.click()
    assert "037085000123" in _words(secretary)


def test_enter_opens_the_record_and_escape_leads_back_to_the_same_person(secretary: Sitting) -> None:
    secretary.open("Lê Văn Cường")
    assert secretary.page.record_page.header.title.text() == "Lê Văn Cường"

    assert secretary.page.go_back()

    secretary.settle()
    table = secretary.page.list_page.table
    current = table.current_record()
    assert current is not None
    assert current.member.name == "Lê Văn Cường"
    assert table.hasFocus()


def test_alt_right_leads_to_the_next_person_of_the_list(secretary: Sitting) -> None:
    secretary.open("Lê Văn Cường")
    record = secretary.page.record_page

    secretary.qtbot.keyClick(record.form, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)

    secretary.qtbot.waitUntil(lambda: record.header.title.text() == "Phạm Thị Dung")
    assert record.header.facts.text() == "Người thứ 3 trong 4 người đang xem"
