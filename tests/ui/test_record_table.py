"""One table for every list: found without marks, sorted, ticked, copied, worked by keyboard."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.text import sort_key
from app.ui.parts.chips import ChipSpec
from app.ui.parts.record_delegate import fitted
from app.ui.parts.record_model import Column, RecordModel
from app.ui.parts.record_table import RecordTable
from app.ui.preferences import Preferences
from app.ui.theme import theme
from tests.ui.typing_keys import press


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    job: str = ""
    is_away: bool = False


PEOPLE = (
    Person("1", "Nguyễn Thị Ái", "Nông dân"),
    Person("2", "Bùi Thị Lành", "Hưu trí"),
    Person("3", "Đỗ Thị Hiền", "Giáo viên"),
    Person("4", "Hà Văn Thiện", "Nông dân", is_away=True),
    Person("5", "H'Linh Niê", "Sinh viên"),
)
COLUMNS: tuple[Column[Person], ...] = (
    Column("Họ và tên", lambda p: p.name, width=170, bold=True, sort_key=lambda p: sort_key(p.name)),
    Column("Nghề", lambda p: p.job, stretch=1),
    Column("Tình trạng", lambda _p: "", chip=lambda p: ChipSpec("Nơi khác", "pri") if p.is_away else None),
)


@pytest.fixture
def table(qtbot: QtBot) -> RecordTable[Person]:
    made = RecordTable(COLUMNS, lambda p: p.id, name="Đảng viên", tickable=lambda p: not p.is_away)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.set_records(PEOPLE)
    made.show()
    return made


def names(table: RecordTable[Person]) -> list[str]:
    return [person.name for person in table.records.shown]


def test_the_model_keeps_qt_s_contract(qtmodeltester: ModelTester) -> None:
    model = RecordModel(COLUMNS, lambda p: p.id, tickable=lambda _p: True)
    model.set_records(PEOPLE)

    qtmodeltester.check(model, force_py=True)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("lanh", ["Bùi Thị Lành"]),
        ("lành", ["Bùi Thị Lành"]),
        ("hien do", ["Đỗ Thị Hiền"]),
        ("hlinh", ["H'Linh Niê"]),
        ("nong dan", ["Nguyễn Thị Ái", "Hà Văn Thiện"]),
        ("không ai", []),
    ],
)
def test_search_needs_no_marks(table: RecordTable[Person], query: str, found: list[str]) -> None:
    table.search(query)

    assert names(table) == found


def test_filter_and_search_work_together(table: RecordTable[Person]) -> None:
    table.filter(lambda person: not person.is_away)
    table.search("nông dân")

    assert names(table) == ["Nguyễn Thị Ái"]


def test_a_head_sorts_in_the_order_of_names(table: RecordTable[Person]) -> None:
    table.records.sort(1)

    assert names(table) == ["Nguyễn Thị Ái", "Đỗ Thị Hiền", "Bùi Thị Lành", "H'Linh Niê", "Hà Văn Thiện"]


def test_the_current_person_stays_current_when_the_list_is_read_again(table: RecordTable[Person]) -> None:
    table.choose("3")

    table.set_records(tuple(reversed(PEOPLE)))

    assert table.current_record() == PEOPLE[2]


def test_enter_opens_and_letters_jump(table: RecordTable[Person]) -> None:
    opened: list[Person] = []
    table.opened.connect(opened.append)

    table.keyboardSearch("t")
    table.keyboardSearch("h")
    table.keyboardSearch("i")
    table.keyboardSearch("ê")
    press(table, Qt.Key.Key_Return)

    assert opened == [PEOPLE[3]]


def test_space_ticks_only_who_may_be_ticked(table: RecordTable[Person]) -> None:
    table.choose("4")
    press(table, Qt.Key.Key_Space)
    table.choose("2")
    press(table, Qt.Key.Key_Space)

    assert table.records.ticked() == {"2"}


def test_the_head_s_tick_leaves_the_mark_of_sorting_where_it_was(
    table: RecordTable[Person], qtbot: QtBot
) -> None:
    header = table.horizontalHeader()

    def press_head(section: int) -> None:
        middle = QPoint(header.sectionViewportPosition(section) + 12, header.height() // 2)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=middle)

    press_head(0)
    assert table.records.ticked() == {"1", "2", "3", "5"}
    assert header.sortIndicatorSection() == -1

    press_head(1)
    press_head(0)
    assert header.sortIndicatorSection() == 1


def test_the_head_s_tick_takes_all_shown_then_none(table: RecordTable[Person]) -> None:
    table.search("thị")

    table.records.toggle_all()
    after_one = table.records.ticked()
    table.records.toggle_all()

    assert after_one == {"1", "2", "3"}
    assert table.records.ticked() == set()


def test_copy_gives_a_table_for_excel(table: RecordTable[Person]) -> None:
    table.choose("4")

    press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == (
        "Họ và tên\tNghề\tTình trạng\nHà Văn Thiện\tNông dân\tNơi khác"
    )


def test_a_long_name_gets_a_taller_row_and_no_other(qtbot: QtBot) -> None:
    long_name = Person("9", "Công Tằng Tôn Nữ Thị Hoàng Phương Thảo Nguyên Khánh Ly")
    table = RecordTable(COLUMNS, lambda p: p.id, name="Đảng viên")
    qtbot.addWidget(table)
    table.resize(500, 300)
    table.show()

    table.set_records((*PEOPLE, long_name))

    assert table.rowHeight(5) > table.rowHeight(0)
    assert table.rowHeight(0) == table.rowHeight(1) == 33


def test_widths_given_by_hand_are_kept(qtbot: QtBot, preferences: Preferences) -> None:
    for expected in (None, 240):
        table = RecordTable(COLUMNS, lambda p: p.id, name="Đảng viên")
        qtbot.addWidget(table)
        table.resize(700, 300)
        table.remember_widths(preferences)
        if expected is None:
            table.horizontalHeader().resizeSection(0, 240)
        else:
            assert table.columnWidth(0) == expected


def test_three_thousand_rows_are_found_at_once(qtbot: QtBot) -> None:
    many = tuple(Person(str(number), f"Nguyễn Văn Thứ {number}", "Nông dân") for number in range(3000))
    table = RecordTable(COLUMNS, lambda p: p.id, name="Đảng viên")
    qtbot.addWidget(table)
    table.set_records(many)

    table.search("thu 2999")

    assert names(table) == ["Nguyễn Văn Thứ 2999"]


def test_words_keep_the_height_they_need_at_every_width() -> None:
    """One pixel too few, and the last word goes to a second line that is cut."""
    cut = []
    for words in ("Kinh doanh tự do", "Tôn Nữ Hoàng Khánh Ly", "Cán bộ hưu trí"):
        for width in range(40, 260):
            font, height, lines = fitted(words, width, bold=False)
            role = "cap" if font == theme.font("cap") else "body"
            needed = theme.metrics(role).boundingRect(QRect(0, 0, width, 1 << 16), lines, words).height()
            if needed > height + 1:  # rounding; a line more is twenty
                cut.append((words, width))

    assert cut == []
