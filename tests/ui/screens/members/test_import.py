"""Bringing in a list: looked at row by row, proposals taken only with consent, all chosen rows or none."""

from pathlib import Path

import openpyxl
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from app.domain.list_headings import ListField
from app.domain.member import CellRole, StatusKind
from app.domain.member_import import LineState
from app.domain.member_proposals import ProposalKind
from app.services.members import list_members
from app.services.workspace import Workspace
from app.ui.parts.buttons import Button
from app.ui.parts.tick_box import TickBox
from tests.ui.screens.members.sitting import Sitting

WIZARD_STEPS = ("choose_step", "columns_step", "preview_step", "done_step")


def _step(sitting: Sitting) -> str:
    wizard = sitting.page.wizard
    return next(name for name in WIZARD_STEPS if getattr(wizard, name).isVisible())


def _on(sitting: Sitting) -> None:
    sitting.page.wizard.next_button.click()
    sitting.settle()


def _preview(sitting: Sitting, path: Path) -> None:
    sitting.page.import_list(path)
    sitting.settle()
    _on(sitting)


def _drop(sitting: Sitting, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    button, keys, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    entering = QDragEnterEvent(QPoint(50, 50), copy, mime, button, keys)
    QApplication.sendEvent(sitting.page, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(sitting.page, QDropEvent(QPointF(50, 50), copy, mime, button, keys))
    sitting.settle()


def test_a_list_dropped_on_the_page_comes_in_whole(keeper: Sitting, ws: Workspace, office_list: Path) -> None:
    _drop(keeper, office_list)
    assert _step(keeper) == "columns_step"
    _on(keeper)
    assert _step(keeper) == "preview_step"
    assert keeper.page.wizard.next_button.text() == "Nhập 42 đảng viên"

    _on(keeper)

    assert keeper.page.wizard.done_step.title.text() == "Đã nhập 42 đảng viên"
    _on(keeper)
    assert len(keeper.names()) == len(list_members(ws)) == 42
    keeper.fill(keeper.page.list_page.search_field, "thinh")
    keeper.qtbot.waitUntil(lambda: keeper.names() == ["Rơ A Thịnh"])


def test_the_file_is_chosen_in_the_dialog(keeper: Sitting, office_list: Path) -> None:
    keeper.dialogs.answers = [office_list]
    keeper.page.list_page._first_button.click()
    keeper.qtbot.waitUntil(lambda: _step(keeper) == "choose_step")

    keeper.page.wizard.choose_step.choose_button.click()
    keeper.settle()

    assert _step(keeper) == "columns_step"
    assert "tiêu đề ở dòng 7 và 8" in keeper.page.wizard.header.facts.text()


def test_nothing_is_written_before_the_last_step(keeper: Sitting, ws: Workspace, office_list: Path) -> None:
    _preview(keeper, office_list)

    keeper.page.go_back()
    keeper.settle()

    assert list_members(ws) == ()
    assert keeper.page.currentWidget() is keeper.page.list_page


def test_names_and_statuses_are_taken_only_with_consent(
    keeper: Sitting, ws: Workspace, office_list: Path
) -> None:
    _preview(keeper, office_list)
    preview = keeper.page.wizard.preview_step
    preview.consent_box(ProposalKind.STATUS).click()
    preview.consent_box(ProposalKind.POST).click()
    assert preview.consent_box(ProposalKind.STATUS).text().endswith("(2/2)")

    _on(keeper)

    members = list_members(ws)
    kinds = {status.kind for member in members for status in member.statuses}
    assert kinds == {StatusKind.EXEMPT, StatusKind.TEMPORARY_IN}
    assert CellRole.SECRETARY in {post.role for member in members for post in member.posts}
    assert "DƯƠNG THẾ HIẾU" in {member.name for member in members}


def test_posts_of_the_list_are_asked_for_above_the_rows(
    keeper: Sitting, ws: Workspace, office_list: Path
) -> None:
    _preview(keeper, office_list)
    preview = keeper.page.wizard.preview_step
    offered = preview.posts.text
    assert preview.posts.button is not None

    preview.posts.button.click()

    assert offered.startswith("Danh sách có ")
    assert offered.endswith(" chức vụ trong chi bộ: nhận cho tất cả?")
    assert preview.consent_box(ProposalKind.POST).isChecked()
    assert preview.posts.text == ""
    _on(keeper)
    assert CellRole.SECRETARY in {post.role for member in list_members(ws) for post in member.posts}
    assert keeper.page.wizard.message.text == ""


def test_a_book_without_a_secretary_says_how_to_name_one(
    keeper: Sitting, ws: Workspace, office_list: Path
) -> None:
    _preview(keeper, office_list)
    _on(keeper)

    assert keeper.page.wizard.message.text == (
        "Sổ chưa ghi ai là bí thư: mở hồ sơ đồng chí bí thư, ghi chức vụ trong chi bộ, rồi bấm Giao máy."
    )


def test_one_row_can_take_what_the_others_do_not(keeper: Sitting, ws: Workspace, office_list: Path) -> None:
    _preview(keeper, office_list)
    preview = keeper.page.wizard.preview_step
    preview.table.choose("14")
    preview.table.setFocus()
    keeper.qtbot.waitUntil(lambda: any(box.isVisible() for box in preview.panel.findChildren(TickBox)))
    keeper.qtbot.keyClick(preview.table, Qt.Key.Key_F6)
    box = keeper.page.focusWidget()
    assert isinstance(box, TickBox)

    keeper.qtbot.keyClick(box, Qt.Key.Key_Space)

    assert keeper.page.focusWidget() is box
    assert preview.consent_box(ProposalKind.NAME_CASE).checkState() is Qt.CheckState.PartiallyChecked
    _on(keeper)
    names = {member.name for member in list_members(ws)}
    assert "Dương Thế Hiếu" in names
    assert sum(name.isupper() for name in names) == 3


def test_the_same_file_twice_changes_nothing(keeper: Sitting, ws: Workspace, office_list: Path) -> None:
    _preview(keeper, office_list)
    _on(keeper)
    before = list_members(ws)

    _preview(keeper, office_list)

    wizard = keeper.page.wizard
    assert wizard.preview_step.filters.word_button("same").text() == "Như cũ 42"
    assert not wizard.next_button.isEnabled()
    assert list_members(ws) == before


def test_rows_with_mistakes_cannot_be_ticked_and_are_left_out(
    keeper: Sitting, ws: Workspace, faulty_list: Path
) -> None:
    _preview(keeper, faulty_list)
    preview = keeper.page.wizard.preview_step
    wrong = {str(line.row) for line in preview.table.records.records if line.state is LineState.PROBLEM}
    assert wrong

    for row in wrong:
        preview.table.choose(row)
        keeper.qtbot.keyClick(preview.table, Qt.Key.Key_Space)

    assert not wrong & preview.table.records.ticked()
    good = len(preview.table.records.records) - len(wrong)
    assert keeper.page.wizard.next_button.text() == f"Nhập {good} đảng viên"
    _on(keeper)
    assert len(list_members(ws)) == good
    assert f"{len(wrong)} dòng chưa nhập" in keeper.page.wizard.done_step.words.text()


def test_each_mistake_is_named_by_its_cell(keeper: Sitting, faulty_list: Path) -> None:
    _preview(keeper, faulty_list)
    preview = keeper.page.wizard.preview_step
    assert preview.selection is not None

    remarks = {line.row: preview.selection.remark(line) for line in preview.table.records.records}

    assert "Không có ngày 31/02" in remarks[7]
    assert "ô D7" in remarks[7]


def test_a_corrected_list_is_saved_with_the_cells_marked(
    keeper: Sitting, faulty_list: Path, tmp_path: Path
) -> None:
    _preview(keeper, faulty_list)
    target = tmp_path / "can-sua.xlsx"
    keeper.dialogs.answers = [target]

    keeper.page.wizard.save_button.click()
    keeper.settle()

    assert keeper.said == ["Đã lưu danh sách có đánh dấu chỗ cần sửa: can-sua.xlsx"]
    sheet = openpyxl.load_workbook(target).worksheets[0]
    assert sheet["D7"].fill.fgColor.rgb != sheet["D6"].fill.fgColor.rgb


def test_a_column_read_otherwise_is_read_again(keeper: Sitting, office_list: Path) -> None:
    keeper.page.import_list(office_list)
    keeper.settle()
    wizard = keeper.page.wizard
    choice = wizard.columns_step.choice_of("F")
    choice.set_value(ListField.NOTE.value)
    choice.chosen.emit(choice.value())

    _on(keeper)

    assert _step(keeper) == "preview_step"
    line = wizard.preview_step.table.records.records[0]
    assert line.listed.occupation == ""
    assert line.listed.note == "Kinh doanh tự do"
    assert wizard.columns_step.fields()["F"] is ListField.NOTE


def test_a_file_that_cannot_be_read_says_why_and_is_tried_again(
    keeper: Sitting, tmp_path: Path, office_list: Path
) -> None:
    path = tmp_path / "danh-sach.xlsx"
    _drop(keeper, path)
    message = keeper.page.wizard.message
    assert message.text == "Không còn tệp “danh-sach.xlsx” ở chỗ cũ. Chọn lại tệp."
    assert message.button is not None
    path.write_bytes(office_list.read_bytes())

    message.button.click()
    keeper.settle()

    assert _step(keeper) == "columns_step"
    assert message.text == ""


def test_an_old_excel_file_is_refused_with_the_way_out(keeper: Sitting, tmp_path: Path) -> None:
    path = tmp_path / "cu.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))

    _drop(keeper, path)

    assert "dạng Excel cũ (.xls)" in keeper.page.wizard.message.text
    assert _step(keeper) == "choose_step"


def test_without_a_column_of_names_the_choices_stay_and_the_way_out_is_said(
    keeper: Sitting, office_list: Path
) -> None:
    keeper.page.import_list(office_list)
    keeper.settle()
    columns = keeper.page.wizard.columns_step
    columns.choice_of("B").set_value("-")

    _on(keeper)

    assert "Chưa chọn cột nào là Họ và tên" in keeper.page.wizard.message.text
    assert _step(keeper) == "columns_step"
    assert columns.fields()["B"] is None


def test_one_meaning_belongs_to_one_column(keeper: Sitting, office_list: Path) -> None:
    keeper.page.import_list(office_list)
    keeper.settle()
    columns = keeper.page.wizard.columns_step
    choice = columns.choice_of("E")

    choice.set_value(ListField.OCCUPATION.value)
    choice.chosen.emit(choice.value())

    assert columns.fields()["E"] is ListField.OCCUPATION
    assert columns.fields()["F"] is None


def test_a_file_dropped_while_another_is_read_wins(
    keeper: Sitting, office_list: Path, faulty_list: Path
) -> None:
    keeper.page.import_list(office_list)

    keeper.page.import_list(faulty_list)
    keeper.settle()

    assert keeper.page.wizard.header.facts.text().startswith("danh-sach-loi.xlsx")
    assert len(keeper.page.wizard.preview_step.table.records.records) == 20


def test_an_empty_list_to_fill_in_is_saved_where_it_is_wanted(keeper: Sitting, tmp_path: Path) -> None:
    target = tmp_path / "mau.xlsx"
    keeper.dialogs.answers = [target]
    blank = next(
        button
        for button in keeper.page.list_page.findChildren(Button)
        if button.text() == "Tải tệp mẫu để điền"
    )

    blank.click()
    keeper.settle()

    assert target.is_file()
    assert keeper.said == ["Đã lưu tệp mẫu: mau.xlsx"]


def test_a_place_that_cannot_be_written_is_said_and_asked_for_again(
    keeper: Sitting, faulty_list: Path, tmp_path: Path
) -> None:
    _preview(keeper, faulty_list)
    keeper.dialogs.answers = [tmp_path / "không có" / "can-sua.xlsx"]

    keeper.page.wizard.save_button.click()
    keeper.settle()

    message = keeper.page.wizard.message
    assert message.button is not None
    assert message.button.text() == "Chọn chỗ khác"
