"""Numbers of years as tables: columns that add up, shares beside them, text and HTML for the clipboard."""

from app.domain.grade import Grade, SubjectKind
from app.domain.statistics import GradeCounts, YearStatistics
from app.domain.statistics_tables import compact, table_as_html, table_as_text, year_table, years_table

COUNTS = GradeCounts(10, 1, 1, {Grade.EXCELLENT: 1, Grade.GOOD: 6, Grade.SATISFACTORY: 1})
KINDS = (
    (SubjectKind.LEADER, GradeCounts(2, 0, 0, {Grade.GOOD: 2})),
    (SubjectKind.OUTSIDE, GradeCounts(8, 1, 1, {Grade.EXCELLENT: 1, Grade.GOOD: 4, Grade.SATISFACTORY: 1})),
)
YEAR = YearStatistics(2025, "2025", COUNTS, KINDS, Grade.GOOD)
EMPTY = YearStatistics(2026, "2025", GradeCounts(10, 0, 10, {}))


def test_a_year_stands_for_the_cell_and_each_kind_with_shares_of_its_own_column() -> None:
    table = year_table(YEAR)

    assert table.heads == (
        "Nội dung",
        "Tổng số",
        "Tỉ lệ",
        "Giữ chức vụ",
        "Tỉ lệ",
        "Ngoài hệ thống chính trị",
        "Tỉ lệ",
    )
    assert table.rows[0] == ("1. Tổng số có mặt (1 = 2 + 3 + 4)", "10", "", "2", "", "8", "")
    assert table.rows[3] == ("4. Đã xếp loại", "8", "100,00%", "2", "100,00%", "6", "100,00%")
    assert table.rows[5] == ("– Hoàn thành tốt nhiệm vụ", "6", "75,00%", "2", "100,00%", "4", "66,67%")
    assert table.rows[-1][:3] == ("Hoàn thành tốt trở lên", "7", "87,50%")


def test_a_cell_of_one_kind_has_one_column() -> None:
    assert len(year_table(YearStatistics(2025, "2025", COUNTS, KINDS[:1])).heads) == 3


def test_years_stand_under_each_other_with_their_means() -> None:
    other = YearStatistics(2024, "2023", GradeCounts(4, 0, 0, {Grade.GOOD: 4}))
    table = years_table([YEAR, EMPTY, other])

    assert [row[0] for row in table.rows] == ["2024", "2025", "2026", "Trung bình 2 năm"]
    assert table.rows[2][4:7] == ("0", "0", "–")
    assert table.rows[-1][4] == "6,0"
    assert table.rows[-1][-2] == "93,75%"
    assert table.rows[1][-1] == "HTT"
    assert table.title == "Kết quả xếp loại đảng viên các năm 2024–2026"


def test_on_screen_a_share_stands_beside_its_number() -> None:
    table = compact(years_table([YEAR, EMPTY]))

    assert table.heads[-2:] == ("HTT trở lên", "Chi bộ")
    assert table.rows[0][5:7] == ("1 (12,50%)", "6 (75,00%)")
    assert table.rows[1][5] == "0"


def test_the_clipboard_gets_cells_with_tabs_and_a_real_table() -> None:
    table = year_table(YEAR)

    lines = table_as_text(table).splitlines()
    assert [line.count("\t") for line in lines] == [6] * len(lines)
    html = table_as_html(table)
    assert html.count("<tr>") == len(table.rows) + 1
    assert "<caption>Kết quả xếp loại đảng viên năm 2025</caption>" in html
    assert "&lt;" in table_as_html(type(table)("<b>", ("<",), (("&",),)))
