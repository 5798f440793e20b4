"""Nhập thay: who types for others is named with it, hands in what was typed, and reads no more than that."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.db import tables
from app.domain.dates import Month
from app.domain.errors import NotAllowed
from app.services.months import confirm_months, open_month, save_month, submit_month
from app.services.pledges import open_pledge, pass_pledges, return_pledge, save_pledge, submit_pledge
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.builders import a_month, a_pledge, handed_in, passed_pledge

MONTH = Month(2026, 2)


def test_a_month_typed_from_paper_names_who_typed_it_and_for_whom(
    secretary_ws: Workspace, typist_ws: Workspace, people: People
) -> None:
    pledge = passed_pledge(secretary_ws, people.plain)

    sent = submit_month(typist_ws, a_month(people.plain, MONTH, pledge.items))

    assert (sent.entered_by, sent.entered_by_name) == (None, "Vũ Thị Gõ")
    with typist_ws.read() as tx:
        last = tx.first(select(tables.action).order_by(tables.action.c.seq.desc()).limit(1))
    assert last is not None
    assert (last.actor_name, last.actor_role, last.behalf_id) == ("Vũ Thị Gõ", "typist", people.plain)


def test_what_was_typed_is_read_by_who_typed_it_who_leads_and_its_member(
    typist_ws: Workspace, secretary_ws: Workspace, plain_ws: Workspace, reader_ws: Workspace, people: People
) -> None:
    save_pledge(typist_ws, a_pledge(people.plain))

    read = [
        len(open_pledge(ws, people.plain, 2026).pledge.items) for ws in (typist_ws, secretary_ws, plain_ws)
    ]

    assert read == [2, 2, 2]
    page = open_pledge(reader_ws, people.plain, 2026)
    assert page.is_hidden
    assert page.pledge.items == ()


def test_a_pledge_its_member_is_writing_is_neither_read_nor_written_over(
    plain_ws: Workspace, secretary_ws: Workspace, typist_ws: Workspace, people: People
) -> None:
    save_pledge(plain_ws, a_pledge(people.plain))

    for ws in (secretary_ws, typist_ws):
        page = open_pledge(ws, people.plain, 2026)
        assert page.is_hidden
        assert page.pledge.items == ()
        with pytest.raises(NotAllowed, match="đang được chính đồng chí ấy soạn, chưa gửi"):
            save_pledge(ws, replace(page.pledge, items=a_pledge(people.plain).items))
    assert len(submit_pledge(plain_ws, open_pledge(plain_ws, people.plain, 2026).pledge).items) == 2


def test_a_pledge_given_back_is_still_read_by_the_cell_until_its_member_writes_in_it(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    submit_pledge(plain_ws, a_pledge(people.plain))
    return_pledge(secretary_ws, people.plain, 2026, "ghi rõ chỉ tiêu")

    assert not open_pledge(secretary_ws, people.plain, 2026).is_hidden
    save_pledge(plain_ws, open_pledge(plain_ws, people.plain, 2026).pledge)
    assert open_pledge(secretary_ws, people.plain, 2026).is_hidden


def test_who_types_neither_changes_what_was_handed_in_nor_confirms_nor_passes(
    secretary_ws: Workspace, typist_ws: Workspace, people: People
) -> None:
    month = handed_in(secretary_ws, passed_pledge(secretary_ws, people.plain), MONTH)

    with pytest.raises(NotAllowed, match="đã gửi cho chi bộ"):
        save_month(typist_ws, month)
    with pytest.raises(NotAllowed, match="xác nhận tháng do bí thư"):
        confirm_months(typist_ws, MONTH, [people.plain], typist_ws.today())
    with pytest.raises(NotAllowed, match="thông qua đăng ký do bí thư"):
        pass_pledges(typist_ws, 2026, [people.plain], typist_ws.today())


def test_a_reader_reads_what_is_handed_in_and_writes_nothing(
    secretary_ws: Workspace, reader_ws: Workspace, people: People
) -> None:
    month = handed_in(secretary_ws, passed_pledge(secretary_ws, people.plain), MONTH)

    assert open_month(reader_ws, people.plain, MONTH).assessment.entries == month.entries
    assert reader_ws.looks_only
    with pytest.raises(NotAllowed, match="chỉ đọc và in"):
        save_month(reader_ws, month)
