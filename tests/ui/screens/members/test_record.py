"""One member's record: what is typed is saved in one form, kept as a draft, questioned where needed."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from app.domain.dates import BirthDate
from app.domain.grade import SubjectKind
from app.domain.member import CellRole, StatusKind
from app.services.drafts import find_draft
from app.services.members import get_member, list_members, save_member
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.builders import a_member
from tests.ui.screens.members.sitting import Sitting


def _fill_editor(sitting: Sitting, **texts: str) -> None:
    for name, text in texts.items():
        sitting.fill(sitting.page.record_page.statuses.editor.grid.fields[name].field, text)


def test_a_name_typed_in_decomposed_letters_is_saved_composed(keeper: Sitting, ws: Workspace) -> None:
    keeper.page.add_member()
    keeper.settle()
    keeper.type_into("full_name", unicodedata.normalize("NFD", "Nguyễn Thị Ái"))
    keeper.type_into("birth", "1957")

    keeper.save()

    (member,) = list_members(ws)
    assert member.name == "Nguyễn Thị Ái"
    assert member.record.birth == BirthDate(1957)
    assert keeper.said == ["Đã thêm Nguyễn Thị Ái vào sổ."]
    assert keeper.page.record_page.header.title.text() == "Nguyễn Thị Ái"


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_saved(keeper: Sitting, ws: Workspace) -> None:
    keeper.page.add_member()
    keeper.settle()
    keeper.type_into("full_name", "Trần Quang Dũng")
    keeper.type_into("birth", "05/05/1980")
    keeper.type_into("admitted_on", "19/05/1979")

    keeper.save()

    assert keeper.error_of("admitted_on") == "Ngày vào Đảng 19/05/1979 sớm hơn ngày sinh 05/05/1980."
    assert keeper.page.record_page.form.fields["admitted_on"].field.line.hasFocus()
    assert list_members(ws) == ()


def test_a_day_that_does_not_exist_is_refused_before_anything_is_asked_of_the_book(keeper: Sitting) -> None:
    keeper.page.add_member()
    keeper.settle()
    keeper.type_into("full_name", "Hoàng Văn Cảnh")
    keeper.type_into("birth", "31/02/1970")

    keeper.save()

    assert keeper.error_of("birth") == "Không có ngày 31/02. Tháng 02 năm 1970 có 28 ngày."
    assert keeper.said == []


def test_two_alike_are_asked_about_and_saved_only_when_they_are_two(
    secretary: Sitting, secretary_ws: Workspace
) -> None:
    secretary.page.add_member()
    secretary.settle()
    secretary.type_into("full_name", "Nguyễn Văn Đạt")
    secretary.type_into("birth", "12/04/1985")
    secretary.dialogs.answers = [False, True]

    secretary.save()
    assert len(list_members(secretary_ws)) == 4
    secretary.save()

    assert len(list_members(secretary_ws)) == 5
    assert "Có đúng là hai người khác nhau?" in secretary.dialogs.asked[0][0]


def test_what_is_typed_and_left_comes_back(
    secretary: Sitting, secretary_ws: Workspace, people: People
) -> None:
    secretary.open("Nguyễn Văn Đạt")
    secretary.type_into("occupation", "Thợ xây")
    secretary.page.go_back()
    secretary.settle()

    assert find_draft(secretary_ws, "member", people.plain) is not None
    secretary.open("Nguyễn Văn Đạt")

    record = secretary.page.record_page
    assert record.form.texts()["occupation"] == "Thợ xây"
    assert record.message.text.startswith("Phần đồng chí ghi dở lúc 08:30")
    secretary.save()
    assert get_member(secretary_ws, people.plain).record.occupation == "Thợ xây"
    assert find_draft(secretary_ws, "member", people.plain) is None


def test_what_is_typed_is_kept_when_the_window_closes(
    secretary: Sitting, secretary_ws: Workspace, people: People
) -> None:
    secretary.open("Nguyễn Văn Đạt")
    secretary.type_into("phone", "0900 000 111")

    secretary.page.close()
    secretary.settle()

    kept = find_draft(secretary_ws, "member", people.plain)
    assert kept is not None
    assert kept.payload["form"]["phone"] == "0900 000 111"


def test_a_draft_can_be_given_up(secretary: Sitting, secretary_ws: Workspace, people: People) -> None:
    secretary.open("Nguyễn Văn Đạt")
    secretary.type_into("occupation", "Thợ xây")
    secretary.page.go_back()
    secretary.open("Nguyễn Văn Đạt")
    button = secretary.page.record_page.message.button
    assert button is not None

    button.click()
    secretary.settle()

    assert secretary.page.record_page.form.texts()["occupation"] == "Nông dân"
    assert find_draft(secretary_ws, "member", people.plain) is None


def test_a_record_changed_elsewhere_is_not_written_over(
    secretary: Sitting, secretary_ws: Workspace, people: People
) -> None:
    secretary.open("Nguyễn Văn Đạt")
    save_member(secretary_ws, a_member(full_name="Nguyễn Văn Đạt", phone="0911"), people.plain, 1)
    secretary.type_into("occupation", "Thợ xây")

    secretary.save()

    record = secretary.page.record_page
    assert "vẫn còn trên màn hình" in record.message.text
    assert record.form.texts()["occupation"] == "Thợ xây"
    assert get_member(secretary_ws, people.plain).record.occupation == "Nông dân"


def test_a_status_is_recorded_ended_and_taken_back_with_undo(
    secretary: Sitting, secretary_ws: Workspace, people: People
) -> None:
    secretary.open("Nguyễn Văn Đạt")
    card = secretary.page.record_page.statuses
    card.add_button.click()
    kind = card.editor.grid.fields["kind"].field
    kind.set_value(StatusKind.EXEMPT.value)
    kind.chosen.emit(kind.value())
    _fill_editor(secretary, valid_from="01/03/2026", decision_ref="07-QĐ/ĐU")
    card.editor.take.click()
    secretary.settle()
    assert card.editor.grid.fields["detail"].error == "Chưa chọn lý do miễn."
    card.editor.grid.fields["detail"].field.set_value("maternity")

    card.editor.take.click()
    secretary.settle()

    (status,) = get_member(secretary_ws, people.plain).statuses
    assert status.sentence().startswith("Miễn công tác và sinh hoạt đảng (nghỉ sinh con) từ 01/03/2026")
    card.start_ending(status)
    _fill_editor(secretary, valid_to="31/08/2026")
    card.editor.take.click()
    secretary.settle()
    (ended,) = get_member(secretary_ws, people.plain).statuses
    assert ended.valid_to == date(2026, 8, 31)
    card._remove(ended)
    secretary.settle()
    assert get_member(secretary_ws, people.plain).statuses == ()
    undo = secretary.undos[-1]
    assert undo is not None
    undo()
    secretary.settle()
    assert len(get_member(secretary_ws, people.plain).statuses) == 1


def test_a_member_leaves_and_returns(secretary: Sitting, secretary_ws: Workspace, people: People) -> None:
    secretary.open("Nguyễn Văn Đạt")
    card = secretary.page.record_page.statuses
    card.leave_button.click()
    card.editor.grid.fields["detail"].field.set_value("moved")
    _fill_editor(secretary, valid_from="01/02/2026")
    card.editor.take.click()
    secretary.settle()
    assert get_member(secretary_ws, people.plain).has_left(date(2026, 3, 20))
    assert not card.leave_button.isVisible()

    card.return_button.click()
    _fill_editor(secretary, valid_from="10/03/2026")
    card.editor.take.click()
    secretary.settle()

    member = get_member(secretary_ws, people.plain)
    assert not member.has_left(date(2026, 3, 20))
    assert member.has_left(date(2026, 3, 9))
    assert card.leave_button.isVisible()


def test_a_status_being_written_is_kept_with_the_draft(secretary: Sitting) -> None:
    secretary.open("Nguyễn Văn Đạt")
    card = secretary.page.record_page.statuses
    card.leave_button.click()
    _fill_editor(secretary, place="Đảng bộ xã Hòa Phú")
    secretary.page.show_place(member=secretary.in_book()["Phạm Thị Dung"])
    secretary.settle()
    assert not card.is_open

    secretary.page.show_place(member=secretary.in_book()["Nguyễn Văn Đạt"])
    secretary.settle()

    assert card.is_open
    assert card.payload()["place"] == "Đảng bộ xã Hòa Phú"


def test_a_post_in_the_cell_needs_no_words_of_its_own(
    secretary: Sitting, secretary_ws: Workspace, people: People
) -> None:
    secretary.open("Nguyễn Văn Đạt")
    card = secretary.page.record_page.posts
    card.add_button.click()
    role = card.editor.grid.fields["role"].field
    role.set_value(CellRole.GROUP_LEADER.value)

    card.editor.take.click()
    secretary.settle()

    (post,) = get_member(secretary_ws, people.plain).posts
    assert (post.title, post.role) == ("Tổ trưởng tổ đảng", CellRole.GROUP_LEADER)


def test_the_kind_chosen_for_a_year_chooses_the_sheet(
    secretary: Sitting, secretary_ws: Workspace, people: People
) -> None:
    secretary.open("Nguyễn Văn Đạt")
    choice = secretary.page.record_page.kind.choice
    assert choice.currentText() == "Mẫu 2C: Ngoài hệ thống chính trị"

    choice.set_value(SubjectKind.LEADER.value)
    choice.chosen.emit(choice.value())
    secretary.settle()

    assert get_member(secretary_ws, people.plain).kind_for(2026) is SubjectKind.LEADER
    secretary.page.go_back()
    secretary.settle()
    line = next(
        line for line in secretary.page.list_page.table.records.shown if line.member.id == people.plain
    )
    assert line.sheet == "2A"


def test_a_card_number_is_masked_in_the_form_and_saved_whole(
    secretary: Sitting, secretary_ws: Workspace, people: People
) -> None:
    save_member(
        secretary_ws, a_member(full_name="Nguyễn Văn Đạt", card_number="037085000123"), people.plain, 1
    )
    secretary.open("Nguyễn Văn Đạt")
    field = secretary.page.record_page.form.fields["card_number"].field

    assert field.line.text() == "•••• •••• 0123"
    secretary.type_into("phone", "0911")
    secretary.save()

    assert get_member(secretary_ws, people.plain).record.card_number == "037085000123"


def test_a_book_opened_to_look_at_offers_nothing_to_write(
    secretary_ws: Workspace, people: People, sit: Callable[[Workspace], Sitting]
) -> None:
    looking = sit(replace(secretary_ws, lock=None))
    assert not looking.page.list_page.add_button.isVisible()
    assert not looking.page.acceptDrops()

    looking.open("Nguyễn Văn Đạt")

    record = looking.page.record_page
    assert not record.save_button.isVisible()
    assert not record.statuses.add_button.isVisible()
    assert record.form.fields["full_name"].field.isReadOnly()
    looking.page.go_back()
    looking.settle()
    assert looking.errors == []


def test_ctrl_enter_saves_the_editor_one_is_writing_in(
    secretary: Sitting, secretary_ws: Workspace, people: People
) -> None:
    secretary.open("Nguyễn Văn Đạt")
    card = secretary.page.record_page.posts
    card.add_button.click()
    secretary.fill(card.editor.grid.fields["title"].field, "Ủy viên Ban kiểm tra")

    secretary.page.record_page.save()
    secretary.settle()

    assert [post.title for post in get_member(secretary_ws, people.plain).posts] == ["Ủy viên Ban kiểm tra"]
    assert not card.is_open
    assert secretary.said == ["Đã ghi chức vụ của Nguyễn Văn Đạt."]


def test_what_is_typed_while_saving_is_not_taken_for_saved(
    secretary: Sitting, secretary_ws: Workspace, people: People
) -> None:
    secretary.open("Nguyễn Văn Đạt")
    secretary.type_into("occupation", "Thợ xây")
    secretary.page.record_page.save_button.click()
    secretary.type_into("phone", "0911")
    secretary.settle()

    assert secretary.page.record_page.form.texts()["phone"] == "0911"
    secretary.save()

    record = get_member(secretary_ws, people.plain).record
    assert (record.occupation, record.phone) == ("Thợ xây", "0911")


def test_file_of_one_who_leaves_is_written_where_the_secretary_says(
    secretary: Sitting, tmp_path: Path
) -> None:
    secretary.open("Nguyễn Văn Đạt")
    secretary.dialogs.answers.append(tmp_path)

    secretary.page.record_page.files.transfer_button.click()
    secretary.settle()

    folder = tmp_path / "Hồ sơ chuyển sinh hoạt - Nguyễn Văn Đạt"
    assert {path.name for path in folder.iterdir()} == {"du-lieu.json", "XIN DOC TRUOC.txt"}
    assert str(folder) in secretary.page.record_page.message.text
