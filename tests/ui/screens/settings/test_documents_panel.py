"""Văn bản đi: a term is written, a number given, shown before it is given, put right, taken back."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.issued_document import CellTerm
from app.services.books import open_book
from app.services.drafts import find_draft
from app.services.issued_documents import give_number, open_document_book, save_term
from app.services.seats import sit_down
from app.services.workspace import Workspace
from app.ui.desk import Desk
from app.ui.screens.settings.documents_panel import DocumentsPanel
from app.ui.screens.settings.settings_page import SettingsPage
from tests.book_fixtures import FakeClock
from tests.ui.typing_keys import type_text


def opened(page: SettingsPage, qtbot: QtBot) -> DocumentsPanel:
    page.show_panel("documents")
    qtbot.waitUntil(page.desk.background.idle)
    panel = page.panels["documents"]
    assert isinstance(panel, DocumentsPanel)
    return panel


def with_term(ws: Workspace) -> None:
    save_term(ws, CellTerm("2025-2030", date(2025, 5, 1)))


def numbers(ws: Workspace) -> list[str]:
    return [each.number_text for each in open_document_book(ws).documents]


def test_before_the_first_number_the_term_is_asked_for(
    qtbot: QtBot, page: SettingsPage, secretary_ws: Workspace
) -> None:
    panel = opened(page, qtbot)
    assert panel.form.isHidden()
    assert "nhiệm kỳ" in panel.note.text

    panel.add_term_button.click()
    type_text(panel.term_form.name, "2025-2030")
    panel.term_form.save()
    assert panel.term_form._fields["valid_from"].error == "Chưa ghi ngày bắt đầu nhiệm kỳ."
    panel.term_form.valid_from.line.setText("01/05/2025")
    panel.term_form.save()
    qtbot.waitUntil(page.desk.background.idle)

    assert [term.name for term in open_document_book(secretary_ws).terms] == ["2025-2030"]
    assert panel.term_form.isHidden()
    assert panel.form.next_number.text() == "Số sẽ cấp: Số 01-BC/CB"


def test_a_number_is_given_for_a_paper_of_the_book_and_taken_back(
    qtbot: QtBot, page: SettingsPage, secretary_ws: Workspace
) -> None:
    with_term(secretary_ws)
    panel = opened(page, qtbot)
    said: list[tuple[str, object]] = []
    page.desk.done.connect(lambda text, undo: said.append((text, undo)))

    panel.form.paper.set_value("proposal")
    panel.form.paper.chosen.emit("proposal")
    assert panel.form.symbol.value() == "TTr"
    assert panel.form.abstract.value().startswith("Tờ trình đề nghị công nhận")
    panel.form.dated_on.line.setText("20/12/2025")
    panel.form.save_button.click()
    qtbot.waitUntil(page.desk.background.idle)

    (document,) = open_document_book(secretary_ws).documents
    assert (document.number_text, document.paper, document.dated_on) == (
        "Số 01-TTr/CB",
        "proposal",
        date(2025, 12, 20),
    )
    text, undo = said[-1]
    assert text == "Đã cấp Số 01-TTr/CB."
    assert callable(undo)
    undo()
    qtbot.waitUntil(page.desk.background.idle)
    assert numbers(secretary_ws) == []


def test_only_the_last_number_can_be_taken_back_and_comes_again(
    qtbot: QtBot, page: SettingsPage, secretary_ws: Workspace
) -> None:
    with_term(secretary_ws)
    first = give_number(secretary_ws, "BC", 2025, "", "Báo cáo một", None)
    second = give_number(secretary_ws, "BC", 2025, "", "Báo cáo hai", None)
    panel = opened(page, qtbot)

    panel.table.choose(first.id)
    assert not panel.take_back_button.isEnabled()
    panel.table.choose(second.id)
    panel.take_back_button.click()
    qtbot.waitUntil(page.desk.background.idle)

    assert numbers(secretary_ws) == ["Số 01-BC/CB"]
    assert panel.form.next_number.text() == "Số sẽ cấp: Số 02-BC/CB"


def test_a_document_is_put_right_without_changing_its_number(
    qtbot: QtBot, page: SettingsPage, secretary_ws: Workspace
) -> None:
    with_term(secretary_ws)
    document = give_number(secretary_ws, "BC", 2025, "", "Kết quả xếp lọai", None)
    panel = opened(page, qtbot)

    panel.table.choose(document.id)
    panel.edit_button.click()
    assert not panel.form.symbol.isEnabled()
    panel.form.abstract.set_value("Kết quả xếp loại")
    panel.form.save()
    qtbot.waitUntil(page.desk.background.idle)

    (kept,) = open_document_book(secretary_ws).documents
    assert (kept.number, kept.title) == (1, "Kết quả xếp loại")
    assert panel.form.title.text() == "Cấp số văn bản"


def test_what_is_wrong_stands_beside_its_field(
    qtbot: QtBot, page: SettingsPage, secretary_ws: Workspace
) -> None:
    with_term(secretary_ws)
    panel = opened(page, qtbot)

    panel.form.save()
    qtbot.waitUntil(page.desk.background.idle)
    assert "trích yếu" in panel.form._fields["title"].error

    type_text(panel.form.abstract, "Báo cáo cũ")
    panel.form.dated_on.line.setText("01/02/2019")
    panel.form.save()
    qtbot.waitUntil(page.desk.background.idle)
    assert "Chưa ghi nhiệm kỳ nào có ngày 01/02/2019" in panel.form.message.text


def test_a_term_in_use_is_not_removed_and_esc_closes_its_form(
    qtbot: QtBot, page: SettingsPage, secretary_ws: Workspace
) -> None:
    with_term(secretary_ws)
    give_number(secretary_ws, "BC", 2025, "", "Báo cáo", None)
    panel = opened(page, qtbot)
    panel._edit_term(open_document_book(secretary_ws).terms[0])

    panel.term_form.remove_button.click()
    qtbot.waitUntil(page.desk.background.idle)

    assert "đã cấp số văn bản" in panel.term_form.message.text
    assert panel.go_back()
    assert panel.term_form.isHidden()
    assert not panel.go_back()


def test_what_is_typed_and_not_given_yet_is_kept(
    qtbot: QtBot, page: SettingsPage, secretary_ws: Workspace
) -> None:
    with_term(secretary_ws)
    panel = opened(page, qtbot)
    type_text(panel.form.abstract, "Kết quả năm 2025")
    panel.flush()
    qtbot.waitUntil(page.desk.background.idle)

    draft = find_draft(secretary_ws, "issued_document", "all")
    assert draft
    assert draft.payload[""]["title"] == "Kết quả năm 2025"


def test_a_window_that_only_looks_shows_the_register_without_acts(
    qtbot: QtBot, desk: Desk, secretary_ws: Workspace, clock: FakeClock
) -> None:
    with_term(secretary_ws)
    document = give_number(secretary_ws, "BC", 2025, "", "Báo cáo", None)
    assert secretary_ws.actor.member_id
    looking = sit_down(
        open_book(secretary_ws.folder, clock=clock, read_only=True), secretary_ws.actor.member_id
    )
    only = Desk(looking, desk.background, desk.dialogs, desk.preferences, desk.years)
    page = SettingsPage(only)
    qtbot.addWidget(page)
    page.show()
    panel = opened(page, qtbot)

    panel.table.choose(document.id)
    QTest.keyClick(panel.table, Qt.Key.Key_Return)

    assert panel.form.isHidden()
    assert panel.take_back_button.isHidden()
    assert panel.add_term_button.isHidden()
    looking.close()
