"""Nhật ký: who did what, before and after, and what stays the writer's own."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.dates import Month
from app.domain.errors import NotAllowed
from app.domain.member import DatedStatus, StatusKind
from app.domain.monthly import CellMark
from app.services.cells import get_cell, save_settings
from app.services.history import HistoryQuery, action_changes, list_actions
from app.services.history_lines import sentences_of
from app.services.members import add_status, get_member, remove_status, save_member
from app.services.months import (
    comment_month,
    confirm_months,
    open_month,
    return_month,
    save_month,
    submit_month,
)
from app.services.workspace import Workspace
from tests.book_fixtures import FakeClock, People
from tests.builders import a_member, a_month, passed_pledge

SICK = DatedStatus(StatusKind.SICK, date(2026, 3, 2))


def test_the_newest_action_comes_first_with_who_did_it(secretary_ws: Workspace) -> None:
    cell = get_cell(secretary_ws)
    save_settings(secretary_ws, 5, cell.level_scale, cell.content_set, cell.version)

    line = list_actions(secretary_ws, 10)[0]

    assert (line.name, line.who, line.change_count) == ("Sửa thiết lập của chi bộ", "Trần Thị Bình", 1)


def test_changes_are_told_before_and_after(secretary_ws: Workspace) -> None:
    cell = get_cell(secretary_ws)
    save_settings(secretary_ws, 5, cell.level_scale, cell.content_set, cell.version)

    (change,) = action_changes(secretary_ws, list_actions(secretary_ws, 1)[0].id)

    assert (change.record, change.field, change.old, change.new) == (
        "Thiết lập của chi bộ",
        "ngày hạn gửi",
        "3",
        "5",
    )


def test_work_for_somebody_else_names_both(secretary_ws: Workspace, people: People) -> None:
    pledge = passed_pledge(secretary_ws, people.plain)
    submit_month(secretary_ws, a_month(people.plain, Month(2026, 1), pledge.items))

    line = list_actions(secretary_ws, 1)[0]

    assert (line.who, line.on_behalf) == ("Trần Thị Bình", "Nguyễn Văn Đạt")


def test_drafts_of_others_are_left_out_and_words_are_never_repeated(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    pledge = passed_pledge(secretary_ws, people.plain)
    month = a_month(people.plain, Month(2026, 1), pledge.items)
    save_month(plain_ws, month)

    assert list_actions(secretary_ws, 1)[0].name.startswith("Chi bộ thông qua")
    submit_month(plain_ws, month)
    told = action_changes(secretary_ws, list_actions(secretary_ws, 1)[0].id)

    assert not any("chuyên đề" in change.old + change.new for change in told)


def test_about_a_member_is_what_changed_their_records_whoever_did_it(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    pledge = passed_pledge(secretary_ws, people.plain)
    submit_month(plain_ws, a_month(people.plain, Month(2026, 1), pledge.items))
    confirm_months(secretary_ws, Month(2026, 1), [people.plain], date(2026, 3, 1))
    add_status(secretary_ws, people.deputy, SICK)
    remove_status(secretary_ws, add_status(secretary_ws, people.plain, SICK))

    names = [line.name for line in list_actions(secretary_ws, 50, HistoryQuery(about_id=people.plain))]

    assert names == [
        "Bỏ một tình trạng ghi nhầm",
        "Ghi tình trạng: Nghỉ ốm từ 02/03/2026",
        "Xác nhận tháng 1/2026 cho 1 đảng viên",
        "Gửi tự đánh giá tháng 1/2026",
        "Chi bộ thông qua đăng ký năm 2026",
        "Gửi đăng ký năm 2026",
        "Thêm đảng viên Nguyễn Văn Đạt",
    ]


def test_card_numbers_are_masked_and_dates_readable(secretary_ws: Workspace) -> None:
    member_id = save_member(secretary_ws, a_member(full_name="Vi Thị Chiêm", card_number="012345678901"))
    draft = get_member(secretary_ws, member_id).record
    save_member(secretary_ws, replace(draft, card_number="012345678902"), member_id)

    added = action_changes(secretary_ws, list_actions(secretary_ws, 2)[1].id)

    by_field = {change.field: change.new for change in added}
    assert "5678" not in by_field["số thẻ"]
    assert by_field["ngày vào Đảng"] == "19/05/2010"


def test_a_plain_member_does_not_read_the_history(plain_ws: Workspace) -> None:
    with pytest.raises(NotAllowed):
        list_actions(plain_ws, 10)


def told(ws: Workspace, number: int = 0) -> tuple[str, ...]:
    """The sentences of one of the last actions."""
    return sentences_of(action_changes(ws, list_actions(ws, number + 1)[number].id))


def test_action_is_one_sentence_with_who_typed_for_whom(secretary_ws: Workspace, people: People) -> None:
    pledge = passed_pledge(secretary_ws, people.plain)
    submit_month(secretary_ws, a_month(people.plain, Month(2026, 2), pledge.items))
    comment_month(secretary_ws, people.plain, Month(2026, 2), "Tốt", CellMark.PRAISE)

    commented, typed, *_ = list_actions(secretary_ws, 3)

    assert typed.sentence == (
        "20/03/2026 08:30, Trần Thị Bình (nhập thay cho Nguyễn Văn Đạt): gửi tự đánh giá tháng 2/2026."
    )
    assert commented.sentence == (
        "20/03/2026 08:30, Trần Thị Bình (về Nguyễn Văn Đạt): ghi ý kiến chi bộ tháng 2/2026."
    )
    assert told(secretary_ws) == (
        "sửa tự đánh giá tháng 2/2026 của Nguyễn Văn Đạt: ý kiến chi bộ “Tốt”; "
        "biểu dương, nhắc nhở “biểu dương”",
    )


def test_level_changed_after_it_was_handed_in_is_told_old_and_new(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    pledge = passed_pledge(secretary_ws, people.plain)
    month = a_month(people.plain, Month(2026, 2), pledge.items)
    sent = submit_month(plain_ws, month)
    entries = [replace(sent.entries[0], self_level="Trung bình"), *sent.entries[1:]]
    submit_month(plain_ws, replace(sent, entries=tuple(entries)))

    (sentence,) = told(secretary_ws)

    whose = "kết quả việc 1 trong tháng 2/2026 của Nguyễn Văn Đạt"
    assert sentence == f"sửa {whose}: mức “Khá” → “Trung bình”"


def test_words_of_a_returned_month_are_the_members_again(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    pledge = passed_pledge(secretary_ws, people.plain)
    sent = submit_month(plain_ws, a_month(people.plain, Month(2026, 2), pledge.items))
    return_month(secretary_ws, people.plain, Month(2026, 2), "thêm số liệu")
    entries = [replace(sent.entries[0], result="điều chưa muốn nói"), *sent.entries[1:]]
    seen = open_month(plain_ws, people.plain, Month(2026, 2)).assessment
    save_month(plain_ws, replace(seen, entries=tuple(entries)))

    assert list_actions(secretary_ws, 1)[0].name.startswith("Trả lại")
    submit_month(plain_ws, open_month(plain_ws, people.plain, Month(2026, 2)).assessment)

    assert "điều chưa muốn nói" not in str(told(secretary_ws))


def test_history_is_found_by_words_person_part_and_days(
    secretary_ws: Workspace, deputy_ws: Workspace, people: People, clock: FakeClock
) -> None:
    cell = get_cell(secretary_ws)
    save_settings(secretary_ws, 5, cell.level_scale, cell.content_set, cell.version)
    clock.day = date(2026, 3, 25)
    add_status(deputy_ws, people.plain, SICK)

    def found(query: HistoryQuery) -> list[str]:
        return [line.name for line in list_actions(secretary_ws, 50, query)]

    settings_name, status_name = "Sửa thiết lập của chi bộ", "Ghi tình trạng: Nghỉ ốm từ 02/03/2026"
    assert found(HistoryQuery("thiet lap")) == [settings_name]
    assert found(HistoryQuery("thiết lập bình")) == [settings_name]
    assert found(HistoryQuery("thiệt lập")) == []
    assert found(HistoryQuery("tinh trang 2/3")) == found(HistoryQuery("tinh trang 2 3")) == []
    assert found(HistoryQuery("tinh trang 02 3")) == []
    assert found(HistoryQuery("tinh trang 02 03 202")) == [status_name]
    assert found(HistoryQuery(by_id=people.deputy)) == [status_name]
    assert settings_name in found(HistoryQuery(part="cell"))
    assert status_name not in found(HistoryQuery(part="cell"))
    assert found(HistoryQuery(first_day=date(2026, 3, 21))) == [status_name]
    assert status_name not in found(HistoryQuery(last_day=date(2026, 3, 24)))
    assert found(HistoryQuery(first_day=date(2026, 3, 25), last_day=date(2026, 3, 25))) == [status_name]


def test_older_actions_come_page_by_page(secretary_ws: Workspace, people: People) -> None:
    everything = list_actions(secretary_ws, 100)
    first = list_actions(secretary_ws, 2)
    rest = list_actions(secretary_ws, 100, before=first[-1].seq)

    assert (*first, *rest) == everything
