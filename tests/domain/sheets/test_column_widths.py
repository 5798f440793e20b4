"""No heading, date or name is cut in two where the page has room for it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.paper import Cell, Column, PageStyle, plain
from app.domain.sheets.column_widths import widened
from app.printing.lines import pieces_of, text_width

ROOM = 210 - 30 - 15
shares = st.floats(0.5, 9).map(lambda share: round(share, 1))
columns = st.lists(st.builds(Column, st.text("abc đê ", max_size=30), shares), min_size=1, max_size=18)


def widths(*wanted: Column, rows: tuple[tuple[str, ...], ...] = ()) -> list[float]:
    cells = [tuple(Cell(plain(text)) for text in row) for row in rows]
    return [round(column.share, 1) for column in widened(wanted, cells, PageStyle(), 10)]


def test_columns_with_room_keep_their_shares() -> None:
    assert widths(Column("TT", 1), Column("Nội dung", 2)) == [55.0, 110.0]


def test_a_narrow_column_gets_its_longest_word_and_the_others_give_by_share() -> None:
    month, action, note = widths(Column("Tháng", 0.1), Column("Việc", 2), Column("Ý", 1))

    assert month >= 5 * 0.58 * 10 * 25.4 / 72
    assert month + action + note == pytest.approx(ROOM, abs=0.2)
    assert action == pytest.approx(2 * note, abs=0.2)


def test_a_date_is_not_broken_but_a_word_without_end_is() -> None:
    dated, _ = widths(Column("Hạn", 0.1), Column("Việc", 9), rows=(("31/05/2025", "x"),))
    endless, _ = widths(Column("Hạn", 0.1), Column("Việc", 9), rows=(("x" * 10_000, "x"),))

    assert dated > 17
    assert endless == 26


@given(columns)
def test_the_columns_fill_the_page_whatever_they_ask(wanted: list[Column]) -> None:
    got = widened(wanted, (), PageStyle(), 10)

    assert all(column.share > 0 for column in got)
    assert sum(column.share for column in got) >= ROOM - 0.01
    assert [replace(column, share=0) for column in got] == [replace(column, share=0) for column in wanted]


def test_a_share_with_its_sign_stands_on_one_line() -> None:
    good, _ = widths(Column("HTT", 0.1), Column("Họ và tên", 9), rows=(("34\n91,89%", "x"),))
    drawn = text_width(pieces_of(plain("91,89%"))[0], 10) * 25.4 / 72

    assert good >= drawn + 2 * 1.5
