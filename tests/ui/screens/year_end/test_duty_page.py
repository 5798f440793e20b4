"""Step 1 of the year-end: findings with reasons, the secretary's own decision, taking it back."""

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.eligibility import Duty
from app.domain.member import DatedStatus, StatusKind
from app.services.eligibility import list_duties, overrule_duty
from app.services.members import add_status
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.parts.buttons import Button
from app.ui.parts.chips import Chip
from app.ui.parts.labels import Label
from app.ui.screens.year_end.duty_page import DutyPage
from tests.book_fixtures import People
from tests.builders import lock_year
from tests.ui.screens.year_end.conftest import MakeDesk, ShowPage
from tests.ui.typing_keys import type_text


def open_page(ws: Workspace, make_desk: MakeDesk, show_page: ShowPage) -> DutyPage:
    page = DutyPage(make_desk(ws))
    show_page(page)
    return page


def words(page: DutyPage) -> str:
    return "\n".join(label.text() for label in page.side.findChildren(Label) if not label.isHidden())


def act(page: DutyPage, word: str) -> Button:
    return next(b for b in page.side.findChildren(Button) if b.accessibleName().startswith(word))


def duty(ws: Workspace, member_id: str) -> Duty:
    return next(row.finding.duty for row in list_duties(ws, 2025).rows if row.member.id == member_id)


def last_done(desk: Desk) -> list[tuple[str, object]]:
    said: list[tuple[str, object]] = []
    desk.done.connect(lambda text, undo: said.append((text, undo)))
    return said


def test_everybody_stands_there_with_reason_source_and_the_mark_of_an_unchecked_one(
    secretary_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage, qtbot: QtBot
) -> None:
    add_status(secretary_ws, people.plain, DatedStatus(StatusKind.MOVED_IN, date(2025, 8, 1)))
    page = open_page(secretary_ws, make_desk, show_page)

    page.table.choose(people.plain)

    assert len(page.table.records.shown) == 4
    qtbot.waitUntil(lambda: "Chuyển đến 01/08/2025: nơi mới xếp loại" in words(page))
    assert "Nghị định 90/2020/NĐ-CP" in words(page)
    assert "Chưa đối chiếu bản gốc" in [chip.accessibleName() for chip in page.side.findChildren(Chip)]
    assert page.bar._saved.text() == "4 kiểm điểm và xếp loại, 0 không thuộc diện, 0 chưa."


def test_the_filter_leaves_one_group(
    secretary_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    add_status(
        secretary_ws, people.plain, DatedStatus(StatusKind.EXEMPT, date(2020, 1, 1), detail="age_health")
    )
    page = open_page(secretary_ws, make_desk, show_page)

    page.bench.filter.word_button("not_concerned").click()

    assert [row.member.id for row in page.table.records.shown] == [people.plain]


def test_the_secretary_decides_otherwise_with_keys_alone_and_takes_it_back(
    secretary_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage, qtbot: QtBot
) -> None:
    page = open_page(secretary_ws, make_desk, show_page)
    said = last_done(page.desk)
    page.table.choose(people.plain)
    page.table.setFocus()
    qtbot.waitUntil(lambda: act(page, "Đổi").isVisible())  # its key is the page's, not bound twice
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: page.side.is_open)
    page.side.put_texts({"duty": Duty.PENDING.value})
    field = page.side.fields["duty_reason"].field
    field.setFocus()
    type_text(field, "đi viện đúng ngày họp")
    qtbot.mouseClick(page.side.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: duty(secretary_ws, people.plain) is Duty.PENDING)
    qtbot.waitUntil(lambda: bool(said))

    assert said[0][0] == "Nguyễn Văn Đạt: chưa kiểm điểm, xếp loại."
    assert not page.side.is_open
    qtbot.waitUntil(lambda: "đi viện" in words(page).lower())

    said[0][1]()  # type: ignore[operator]
    qtbot.waitUntil(lambda: duty(secretary_ws, people.plain) is Duty.REVIEW)


def test_without_a_reason_or_a_choice_nothing_is_kept_and_the_field_says_so(
    secretary_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage, qtbot: QtBot
) -> None:
    page = open_page(secretary_ws, make_desk, show_page)
    page.table.choose(people.plain)
    page.table.opened.emit(page.table.current_record())
    qtbot.mouseClick(page.side.take, Qt.MouseButton.LeftButton)

    assert page.side.fields["duty"].error == "Chưa chọn diện kiểm điểm."

    page.side.put_texts({"duty": Duty.PENDING.value})
    qtbot.mouseClick(page.side.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.side.fields["duty_reason"].error.startswith("Chưa ghi lý do"))

    assert duty(secretary_ws, people.plain) is Duty.REVIEW


def test_what_was_typed_comes_back_after_the_page_was_left(
    secretary_ws: Workspace,
    people: People,
    make_desk: MakeDesk,
    show_page: ShowPage,
    background: Background,
    qtbot: QtBot,
) -> None:
    page = open_page(secretary_ws, make_desk, show_page)
    page.table.choose(people.plain)
    page.table.opened.emit(page.table.current_record())
    field = page.side.fields["duty_reason"].field
    field.setFocus()
    type_text(field, "đi viện")
    page.hide()
    background.wait_idle()

    again = open_page(secretary_ws, make_desk, show_page)

    qtbot.waitUntil(lambda: again.side.is_open)
    assert again.side.texts()["duty_reason"] == "đi viện"


def test_an_own_decision_is_taken_back_from_the_panel(
    secretary_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage, qtbot: QtBot
) -> None:
    overrule_duty(secretary_ws, people.plain, 2025, Duty.NOT_CONCERNED, "nhầm")
    page = open_page(secretary_ws, make_desk, show_page)
    page.table.choose(people.plain)

    qtbot.mouseClick(act(page, "Bỏ quyết định riêng"), Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: duty(secretary_ws, people.plain) is Duty.REVIEW)


def test_a_locked_year_is_only_looked_at(
    secretary_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    lock_year(secretary_ws, 2025, date(2026, 3, 1))
    page = open_page(secretary_ws, make_desk, show_page)
    page.table.choose(people.plain)
    page.table.opened.emit(page.table.current_record())

    assert not page.side.is_open
    assert "đã khóa" in page.bench.message.text


def test_esc_leaves_the_form_first_and_then_the_page(
    secretary_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage, qtbot: QtBot
) -> None:
    page = open_page(secretary_ws, make_desk, show_page)
    page.table.opened.emit(page.table.current_record())

    assert page.go_back()
    assert not page.side.is_open
    with qtbot.waitSignal(page.closed):
        page.go_back()


def test_a_year_without_rules_says_so(
    secretary_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    desk = make_desk(secretary_ws)
    desk.set_year(2001)
    page = DutyPage(desk)
    show_page(page)

    assert page.bench.empty.isVisible()
    assert "Chưa có bộ quy định cho năm 2001" in page.bench.empty.words.text()
