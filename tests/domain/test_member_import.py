"""A list's rows read, checked, set against the book, and what is written when rows are chosen."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import BirthDate, format_date
from app.domain.list_headings import ListField, meaning_of, recognised_columns
from app.domain.member import CellRole, StatusKind
from app.domain.member_import import ImportLine, ImportPreview, LineState, chosen, compare
from app.domain.member_list import CellValue, ListedMember, RowReader
from app.domain.member_proposals import KnownMember, ProposalKind, role_of, status_of

TODAY = date(2026, 11, 22)
HEADINGS = (
    "STT",
    "Họ và tên",
    "Giới tính",
    "Ngày sinh",
    "Ngày vào Đảng",
    "Ngày chính thức",
    "Số thẻ đảng viên",
    "Chức vụ",
    "Ghi chú",
    "Nghề nghiệp",
)
GOOD: tuple[CellValue, ...] = (
    1,
    "Lê Thị An",
    "Nữ",
    "17/5/1980",
    "3.2.2005",
    datetime(2006, 2, 3),
    "030190000005",
    None,
    None,
    "Nông dân",
)


def row(number: int = 2, **cells: CellValue) -> ListedMember:
    """A good row, with some cells written otherwise."""
    fields = [column.field for column in recognised_columns(HEADINGS)]
    values = list(GOOD)
    for name, value in cells.items():
        values[fields.index(ListField(name))] = value
    return RowReader(recognised_columns(HEADINGS)).read(number, tuple(values))


def known(listed: ListedMember, **other: object) -> KnownMember:
    """What the book has once such a row was taken in."""
    member = KnownMember(
        "id-1",
        3,
        listed.full_name,
        listed.gender,
        listed.birth,
        listed.admitted_on,
        listed.confirmed_on,
        listed.card_number,
        listed.phone,
        listed.occupation,
        listed.ethnicity,
    )
    return replace(member, **other)


def only(preview: ImportPreview) -> ImportLine:
    (line,) = preview.lines
    return line


def look(listed: ListedMember, *book: KnownMember) -> ImportLine:
    return only(compare([listed], book, TODAY))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("HỌ TÊN", ListField.FULL_NAME),
        ("Họ, chữ đệm và tên khai sinh", ListField.FULL_NAME),
        ("Tên đảng viên", ListField.FULL_NAME),
        ("Ngày, tháng, năm sinh", ListField.BIRTH),
        ("Sinh ngày", ListField.BIRTH),
        ("Năm sinh", ListField.BIRTH),
        ("Nơi sinh hoạt", None),
        ("Quê quán", None),
        ("Ngày kết nạp Đảng", ListField.ADMITTED_ON),
        ("Ngày vào Đảng chính thức", ListField.CONFIRMED_ON),
        ("Số CCCD", ListField.CARD_NUMBER),
        ("Số thẻ ĐV", ListField.CARD_NUMBER),
        ("SĐT", ListField.PHONE),
        ("Nghề nghiệp hiện nay", ListField.OCCUPATION),
        ("Chức vụ Đảng, chính quyền", ListField.POST),
        ("", None),
    ],
)
def test_headings_are_understood_in_the_words_offices_use(heading: str, field: ListField | None) -> None:
    assert meaning_of(heading) is field


def test_a_merged_heading_over_two_columns_gives_both_their_meaning() -> None:
    columns = recognised_columns(["TT", "Họ và tên", "Năm sinh", "", "Ghi chú"], ["", "", "Nam", "Nữ", ""])
    assert [column.field for column in columns] == [
        ListField.ORDER,
        ListField.FULL_NAME,
        ListField.BIRTH_MALE,
        ListField.BIRTH_FEMALE,
        ListField.NOTE,
    ]
    assert [column.letter for column in recognised_columns([""] * 28)][25:] == ["Z", "AA", "AB"]


def test_a_good_row_is_new_and_brings_all_it_says() -> None:
    line = look(row())
    assert (line.state, line.problems, line.proposals) == (LineState.NEW, (), ())
    (change,) = chosen(ImportPreview((line,)), [2], {})
    assert change.member_id is None
    assert change.fields == {
        "full_name": "Lê Thị An",
        "gender": "female",
        "birth": BirthDate(1980, 5, 17),
        "admitted_on": date(2005, 2, 3),
        "confirmed_on": date(2006, 2, 3),
        "card_number": "030190000005",
        "occupation": "Nông dân",
    }


@pytest.mark.parametrize(
    ("cells", "cell", "words"),
    [
        ({"full_name": None}, "B2", "Thiếu họ và tên"),
        ({"full_name": "NguyÔn V¨n ¸nh"}, "B2", "bảng mã cũ TCVN3"),
        ({"full_name": "#N/A"}, "B2", "Ô báo #N/A"),
        ({"birth": "31/02/1970"}, "D2", "Không có ngày 31/02"),
        ({"birth": "1/2/70"}, "D2", "hai chữ số"),
        ({"birth": date(2027, 1, 1)}, "D2", "chưa tới"),
        ({"admitted_on": "05/06/1930"}, "E2", "trước ngày sinh 17/05/1980. Đối chiếu ô D2 và E2"),
        ({"admitted_on": True}, "E2", "Không đọc được ngày"),
        ({"admitted_on": "23/11/2026", "confirmed_on": None}, "E2", "Ngày vào Đảng 23/11/2026 chưa tới"),
        ({"admitted_on": None}, "E2", "thiếu ngày vào Đảng"),
        ({"confirmed_on": "01/01/1990"}, "F2", "trước ngày vào Đảng 03/02/2005. Đối chiếu ô E2 và F2"),
        ({"card_number": "9.01E+11"}, "G2", "mất chữ số"),
        ({"card_number": "03019000000?"}, "G2", "ký tự lạ"),
    ],
)
def test_what_cannot_be_right_is_named_by_cell_and_keeps_the_row_out(
    cells: dict[str, CellValue], cell: str, words: str
) -> None:
    line = look(row(**cells))
    assert line.state is LineState.PROBLEM
    blocking = [problem for problem in line.problems if problem.blocking]
    assert blocking[0].cell == cell
    assert words in blocking[0].message
    assert str(blocking[0]).startswith(f"Dòng 2, cột {cell[0]} “")
    with pytest.raises(ValueError, match="row 2"):
        chosen(ImportPreview((line,)), [2], {})


@pytest.mark.parametrize(
    ("cells", "cell", "words"),
    [
        ({"birth": "17/5/1990"}, "E2", "mới 14 tuổi"),
        ({"gender": "Nam"}, "C2", "mà ghi là nam"),
        ({"gender": "?"}, "C2", "Không rõ"),
        ({"confirmed_on": None}, "F2", "coi là đảng viên dự bị"),
        ({"confirmed_on": None, "note": "Đảng viên dự bị"}, "I2", "Đảng viên dự bị"),
        ({"note": "ĐV dự bị"}, "I2", "đã có ngày chính thức"),
        ({"post": "Bí thư Đoàn"}, "H2", "không phải chức vụ trong chi bộ"),
        ({"admitted_on": 38386}, "E2", "đọc theo cách Excel đếm ngày là 03/02/2005"),
        ({"card_number": "12345678"}, "G2", "có 8 chữ số"),
    ],
)
def test_what_is_only_odd_is_remarked_and_the_row_comes_in(
    cells: dict[str, CellValue], cell: str, words: str
) -> None:
    line = look(row(**cells))
    assert line.state is LineState.NEW
    (problem,) = line.problems
    assert (problem.cell, problem.blocking) == (cell, False)
    assert words in problem.message


def test_a_card_number_that_lost_its_zeros_gets_them_back_unless_refused() -> None:
    line = look(row(card_number=30190005))
    assert line.listed.card_number == "30190005"
    preview = compare([row(card_number=734746160.0)], [], TODAY)
    assert preview.accepted_by_default() == {2: {ProposalKind.CARD_ZEROS}}
    (taken,) = chosen(preview, [2], preview.accepted_by_default())
    (refused,) = chosen(preview, [2], {})
    assert (taken.fields["card_number"], refused.fields["card_number"]) == ("000734746160", "734746160")
    assert look(row(card_number=734746160), known(row(card_number="734746160"))).state is LineState.SAME


def test_a_name_in_capitals_is_changed_only_with_consent() -> None:
    preview = compare([row(full_name="  LÊ THỊ AN ")], [], TODAY)
    (kept,) = chosen(preview, [2], preview.accepted_by_default())
    (changed,) = chosen(preview, [2], {2: [ProposalKind.NAME_CASE]})
    assert (kept.fields["full_name"], changed.fields["full_name"]) == ("LÊ THỊ AN", "Lê Thị An")
    for book_name in ("LÊ THỊ AN", "Lê Thị An"):
        line = look(row(full_name="LÊ THỊ AN"), known(row(full_name=book_name)))
        assert line.state is LineState.SAME
        assert line.can_be_chosen is (book_name == "LÊ THỊ AN")


@pytest.mark.parametrize(
    ("note", "kind", "since"),
    [
        ("Miễn sinh hoạt từ 01/3/2025", StatusKind.EXEMPT, date(2025, 3, 1)),
        ("Được miễn công tác và SH đảng từ tháng 4/2025", StatusKind.EXEMPT, date(2025, 4, 1)),
        ("Chuyển sinh hoạt tạm thời đến", StatusKind.TEMPORARY_IN, None),
        ("Chuyển sinh hoạt tạm thời đi từ ngày 15.4.2026", StatusKind.TEMPORARY_OUT, date(2026, 4, 15)),
        ("Sinh hoạt tạm thời nơi khác", StatusKind.TEMPORARY_OUT, None),
    ],
)
def test_a_status_in_the_note_is_proposed_and_never_taken_unasked(
    note: str, kind: StatusKind, since: date | None
) -> None:
    preview = compare([row(note=note)], [], TODAY)
    (change,) = chosen(preview, [2], preview.accepted_by_default())
    assert change.status is None
    (change,) = chosen(preview, [2], {2: [ProposalKind.STATUS]})
    assert change.status is not None
    assert (change.status.kind, change.status.valid_from, change.status.note) == (kind, since, note)
    assert look(row(note=note), known(row(), statuses=frozenset({kind}))).proposals == ()


def test_other_notes_are_offered_for_the_record_so_that_nothing_is_lost() -> None:
    assert status_of("Chuyển sinh hoạt tạm thời đến hết ngày 30/6/2026") is None
    listed = row(note="Đang đi học")
    line = look(listed, known(listed, note="Vợ liệt sĩ"))
    assert line.state is LineState.SAME
    (change,) = chosen(ImportPreview((line,)), [2], {2: [ProposalKind.NOTE]})
    assert (change.member_id, change.version) == ("id-1", 3)
    assert change.fields == {"note": "Vợ liệt sĩ\nĐang đi học"}
    assert look(listed, known(listed, note="Vợ liệt sĩ\nĐang đi học")).proposals == ()


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("Bí thư", CellRole.SECRETARY),
        ("Bí thư chi bộ", CellRole.SECRETARY),
        ("Đảng ủy viên, Bí thư Chi bộ", CellRole.SECRETARY),
        ("PHÓ BÍ THƯ", CellRole.DEPUTY_SECRETARY),
        ("Chi ủy viên", CellRole.COMMITTEE_MEMBER),
        ("Tổ trưởng tổ đảng số 3", CellRole.GROUP_LEADER),
        ("Bí thư Đoàn thanh niên", None),
        ("Trưởng thôn", None),
    ],
)
def test_posts_of_the_cell_are_told_from_others(written: str, role: CellRole | None) -> None:
    assert role_of(written) is role
    proposals = look(row(post=written)).proposals
    assert [proposal.post.role for proposal in proposals if proposal.post] == ([role] if role else [])


def test_rows_with_one_card_number_are_both_named() -> None:
    rows = [row(2), row(7, full_name="Lò Văn Bảy", birth="1/1/1970", gender="Nam")]
    lines = compare(rows, [], TODAY).lines
    assert [line.state for line in lines] == [LineState.PROBLEM] * 2
    assert [problem.cell for line in lines for problem in line.problems] == ["G2", "G7"]
    assert "dòng 7" in lines[0].problems[0].message


def test_rows_alike_need_card_numbers_to_be_two_people() -> None:
    doubtful = compare([row(2), row(3, card_number=None)], [], TODAY)
    assert doubtful.count(LineState.PROBLEM) == 2
    told_apart = compare([row(2), row(3, card_number="030190000006")], [], TODAY)
    assert told_apart.count(LineState.NEW) == 2
    assert len(told_apart.problems) == 2


def test_a_member_is_found_by_card_and_else_by_name_and_birth() -> None:
    book = known(row(), occupation="Hưu trí")
    for listed in (row(), row(card_number=None), row(full_name="LÊ THỊ AN", birth=1980, card_number=None)):
        line = look(listed, book)
        assert (line.state, line.known) == (LineState.CHANGED, book)
        assert [change.sentence for change in line.changes] == ["Nghề nghiệp: Hưu trí → Nông dân"]
    namesake = look(row(card_number=None, birth="1/1/1986"), book)
    assert namesake.state is LineState.NEW
    assert "trùng họ tên" in namesake.problems[0].message


def test_an_empty_cell_erases_nothing_and_a_fuller_birth_date_is_taken() -> None:
    assert look(row(occupation=None, gender=None), known(row())).state is LineState.SAME
    assert look(row(birth="1980"), known(row())).state is LineState.SAME
    line = look(row(), known(row(birth=1980)))
    assert [change.sentence for change in line.changes] == ["Ngày sinh: 1980 → 17/05/1980"]


def test_a_card_number_of_somebody_else_in_the_book_is_named_masked() -> None:
    other = known(row(full_name="Lò Văn Bảy", birth="1/1/1970"))
    line = look(row(), other)
    assert line.state is LineState.PROBLEM
    assert "của Lò Văn Bảy, sinh 01/01/1970" in line.problems[0].message
    reissued = look(row(), known(row(), card_number="12.345678"))
    assert [change.field for change in reissued.changes] == [ListField.CARD_NUMBER]
    wrong = look(row(), known(row(), card_number="030190000999"))
    assert wrong.state is LineState.PROBLEM
    assert "•••• •••• 0999" in wrong.problems[0].message


def test_two_rows_for_one_member_of_the_book_are_stopped() -> None:
    rows = [row(2), row(3, card_number=None, birth="1980")]
    states = [line.state for line in compare(rows, [known(row())], TODAY).lines]
    assert states == [LineState.SAME, LineState.PROBLEM]


def test_namesakes_in_the_book_must_be_told_apart() -> None:
    book = [replace(known(row(birth=1980)), id=str(number), card_number="") for number in range(2)]
    line = look(row(birth=1980, card_number=None), *book)
    assert line.state is LineState.PROBLEM
    assert "chưa rõ là ai" in line.problems[0].message


def test_dates_are_checked_against_those_of_the_book_too() -> None:
    columns = recognised_columns(["Họ và tên", "Ngày chính thức", "Số thẻ"])
    listed = RowReader(columns).read(2, ("Lê Thị An", "1/1/2001", "030190000005"))
    line = look(listed, known(row()))
    assert line.state is LineState.PROBLEM
    assert line.problems[0].cell == "B2"


@pytest.mark.parametrize(
    ("cells", "member"),
    [
        ((3, "Lê Thị An"), True),
        ((3, None, "Nữ"), True),
        ((3, None), False),
        ((None, "Tổng số: 42 đảng viên"), False),
        ((None, "TỔNG CỘNG", None, 12, 30, 2), False),
        ((None, "Tống Thị An", "Nữ", "1980"), True),
        ((None, "Lê Thị An", "Nữ", "1980", None, None, None, "Bí thư"), True),
        (("1", "2", "3", "4", "5"), False),
        (("(1)", "(2)", "(3)", "(4)"), False),
        ((None, None, None, None, None, "T/M CHI BỘ"), False),
        ((None, None, None, "Hòa Sơn, ngày 5 tháng 1 năm 2026"), False),
        ((None, "  ", " "), False),
        (("I", "Đảng viên chính thức"), False),
    ],
)
def test_rows_of_members_are_told_from_totals_signatures_and_numbering(
    cells: tuple[CellValue, ...], member: bool
) -> None:
    assert RowReader(recognised_columns(HEADINGS)).is_member(cells) is member


plain_text = st.text(max_size=12)
any_cell = st.one_of(
    st.none(), plain_text, st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes()
)


@given(st.lists(any_cell, max_size=12))
def test_no_row_however_wild_breaks_the_reading(cells: list[CellValue]) -> None:
    reader = RowReader(recognised_columns(HEADINGS))
    if reader.is_member(tuple(cells)):
        line = look(reader.read(9, tuple(cells)))
        assert line.state in (LineState.NEW, LineState.PROBLEM)
        assert all(problem.row == 9 and "{cell}" not in problem.message for problem in line.problems)


people = st.lists(
    st.tuples(
        st.sampled_from(["Lê Thị An", "LÒ VĂN BẢY", "Ngô A Giang", "H'Linh Niê", "Đỗ Hữu Hoà"]),
        st.dates(date(1940, 1, 1), date(1999, 1, 1)),
        st.integers(10**8, 10**12 - 1),
    ),
    max_size=12,
    unique_by=(lambda person: person[1], lambda person: person[2]),
)


@given(people, st.booleans())
def test_the_same_list_again_changes_nothing(people: list[tuple[str, date, int]], agreeing: bool) -> None:
    rows = [
        row(
            number,
            full_name=name,
            birth=format_date(born),
            card_number=card,
            admitted_on=date(2020, 1, 1),
            confirmed_on=date(2021, 1, 1),
        )
        for number, (name, born, card) in enumerate(people, start=2)
    ]
    preview = compare(rows, [], TODAY)
    accepted = {
        line.row: [proposal.kind for proposal in line.proposals] for line in preview.lines if agreeing
    }
    changes = chosen(preview, preview.chosen_by_default, accepted)
    assert len(changes) == len(rows)
    book = [KnownMember(id=str(change.row), version=1, **change.fields) for change in changes]  # type: ignore[arg-type]
    again = compare(rows, book, TODAY)
    assert again.count(LineState.SAME) == len(rows)
    assert chosen(again, [line.row for line in again.lines], {}) == ()
