"""Real lists read from real files, and every way a chosen file can be none."""

import contextlib
import shutil
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from app.domain.dates import BirthDate, format_date
from app.domain.errors import FileUnreadable
from app.domain.list_headings import ListField
from app.domain.member_import import LineState, chosen, compare
from app.domain.member_proposals import KnownMember, ProposalKind
from app.domain.member_sheet import ColumnMapping
from app.office import member_list
from app.office.member_list import read_member_list

SAMPLES = Path(__file__).parents[1] / "samples"
OFFICE_LIST = SAMPLES / "danh-sach-dang-vien.xlsx"
FAULTY_LIST = SAMPLES / "danh-sach-loi.xlsx"
TODAY = date(2026, 11, 22)


def saved(path: Path, *rows: tuple[object, ...], sheet: str = "Sheet") -> Path:
    workbook = Workbook()
    workbook.active.title = sheet
    for row in rows:
        workbook.active.append(row)
    workbook.save(path)
    return path


def refused(path: Path) -> str:
    with pytest.raises(FileUnreadable) as caught:
        read_member_list(path)
    assert path.name in str(caught.value)
    return str(caught.value)


def test_the_list_of_an_office_comes_in_whole() -> None:
    found = read_member_list(OFFICE_LIST)
    assert (found.sheet, found.sheets, found.heading_rows) == ("DSĐV 2025", ("DSĐV 2025", "Ghi chép"), (7, 8))
    assert [row for row, _ in found.passed_over] == [54, 55, 56]
    preview = compare(found.members, [], TODAY)
    assert preview.count(LineState.NEW) == len(preview.lines) == 42
    by_row = {member.row: member for member in found.members}
    assert by_row[27].birth == BirthDate(1956)
    assert by_row[14].full_name == "DƯƠNG THẾ HIẾU"
    assert (by_row[9].gender, by_row[9].admitted_on) == ("female", date(1983, 8, 21))
    assert by_row[10].card_number == "000734746160"
    assert all(member.gender and member.birth and member.admitted_on for member in found.members)
    assert [member.row for member in found.members if member.confirmed_on is None] == [51]


def test_the_list_of_an_office_proposes_names_posts_and_statuses() -> None:
    preview = compare(read_member_list(OFFICE_LIST).members, [], TODAY)
    rows = {
        kind: [line.row for line in preview.lines for proposal in line.proposals if proposal.kind is kind]
        for kind in ProposalKind
    }
    assert rows[ProposalKind.NAME_CASE] == [14, 26, 37, 49]
    assert rows[ProposalKind.POST] == [9, 10, 11]
    assert rows[ProposalKind.STATUS] == [15, 18]
    assert rows[ProposalKind.NOTE] == []
    assert len(rows[ProposalKind.CARD_ZEROS]) == 11
    assert [problem.cell for problem in preview.problems] == ["L51"]


@pytest.mark.parametrize("agreeing", [False, True])
def test_the_same_file_twice_changes_nothing(agreeing: bool) -> None:
    rows = read_member_list(OFFICE_LIST).members
    preview = compare(rows, [], TODAY)
    accepted = {
        line.row: [proposal.kind for proposal in line.proposals] for line in preview.lines if agreeing
    }
    changes = chosen(preview, preview.chosen_by_default, accepted)
    book = [KnownMember(id=str(change.row), version=1, **change.fields) for change in changes]  # type: ignore[arg-type]
    assert compare(rows, book, TODAY).count(LineState.SAME) == 42


def test_each_of_six_mistakes_is_named_by_row_and_column_with_what_to_do() -> None:
    preview = compare(read_member_list(FAULTY_LIST).members, [], TODAY)
    blocking = {problem.cell: problem for problem in preview.problems if problem.blocking}
    assert sorted(blocking, key=lambda cell: (int(cell[1:]), cell)) == [
        "B5",
        "D7",
        "E9",
        "F11",
        "G12",
        "G13",
        "B14",
        "B15",
    ]
    assert str(blocking["D7"]) == (
        "Dòng 7, cột D “Sinh ngày”: Không có ngày 31/02. Tháng 02 năm 1970 có 28 ngày. Sửa ô D7."
    )
    assert (preview.count(LineState.NEW), preview.count(LineState.PROBLEM)) == (12, 8)


def test_columns_may_stand_in_any_order_with_the_name_in_two_parts(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "a.xlsx",
        ("CHI BỘ TRƯỜNG",),
        (),
        ("Ghi chú", "Họ và tên đệm", "Tên", "Nữ", "SĐT", "Vào Đảng ngày", "Năm sinh"),
        (None, "Nguyễn Thị", "An", "x", 900000001, "3/2/2010", 1980),
        ("chuyển đến", "Lò Văn", "Bảy", None, "0900 000 002", "3/2/2011", 1981),
    )
    one, two = read_member_list(path).members
    assert (one.full_name, one.gender, one.birth) == ("Nguyễn Thị An", "female", BirthDate(1980))
    assert (two.full_name, two.gender, two.admitted_on) == ("Lò Văn Bảy", "male", date(2011, 2, 3))


def test_the_list_is_found_on_a_later_sheet_and_another_may_be_asked_for(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(("nháp",))
    for title, person in (("Chi bộ 1", "Lê Thị An"), ("Chi bộ 2", "Lò Văn Bảy")):
        sheet = workbook.create_sheet(title)
        sheet.append(("Họ tên", "Sinh ngày"))
        sheet.append((person, "1/2/1980"))
    path = tmp_path / "nhieu.xlsx"
    workbook.save(path)
    assert read_member_list(path).members[0].full_name == "Lê Thị An"
    assert read_member_list(path, "Chi bộ 2").members[0].full_name == "Lò Văn Bảy"
    with pytest.raises(FileUnreadable, match="không có bảng tính “Chi bộ 9”"):
        read_member_list(path, "Chi bộ 9")


def test_a_person_may_say_what_the_columns_mean(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", ("Ai", "Lúc", "Vào"), ("Lê Thị An", "1/2/1980", "3/2/2010"))
    fields = {"A": ListField.FULL_NAME, "B": ListField.BIRTH, "C": ListField.ADMITTED_ON}
    (member,) = read_member_list(path, mapping=ColumnMapping((1,), fields)).members
    assert (member.full_name, member.birth) == ("Lê Thị An", BirthDate(1980, 2, 1))
    assert member.admitted_on == date(2010, 2, 3)
    with pytest.raises(FileUnreadable, match="Họ và tên"):
        read_member_list(path, mapping=ColumnMapping((1,), {"B": ListField.BIRTH}))
    bare = saved(tmp_path / "b.xlsx", ("Lê Thị An", "1/2/1980"))
    (member,) = read_member_list(bare, mapping=ColumnMapping((), fields)).members
    assert member.row == 1


def test_a_list_far_down_and_blank_stretches_are_read(tmp_path: Path) -> None:
    rows = [("Lê Thị An", "1/2/1980"), *[()] * 400, ("Lò Văn Bảy", "1/2/1981")]
    path = saved(tmp_path / "a.xlsx", *[()] * 30, ("Họ và tên", "Ngày sinh"), *rows)
    assert [member.row for member in read_member_list(path).members] == [32, 433]


def test_a_folder_a_missing_and_an_empty_file_are_told_apart(tmp_path: Path) -> None:
    folder, missing, empty = tmp_path / "x.xlsx", tmp_path / "y.xlsx", tmp_path / "z.xlsx"
    folder.mkdir()
    empty.touch()
    assert "thư mục" in refused(folder)
    assert "Không còn tệp" in refused(missing)
    assert "rỗng" in refused(empty)


def test_a_file_one_may_not_read_is_said_to_be_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shutil.copy(OFFICE_LIST, tmp_path / "khoa.xlsx")

    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "sharing violation")

    monkeypatch.setattr(Path, "open", locked)  # what Windows answers while Excel holds the file
    assert "Đóng tệp trong Excel" in refused(Path(path))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"),
            "Excel cũ (.xls)",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "có đặt mật khẩu",
        ),
        (b"STT,Ho ten\n1,Le Thi An\n", "không phải bảng tính"),
        (b"PK\x03\x04 half a file", "bị hỏng"),
    ],
)
def test_files_of_other_kinds_are_named(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "danh-sach.xlsx"
    path.write_bytes(content)
    assert words in refused(path)


def test_another_kind_of_package_is_named(tmp_path: Path) -> None:
    path = tmp_path / "van-ban.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    assert "không phải bảng tính" in refused(path)


def test_damage_anywhere_in_the_package_is_a_sentence(tmp_path: Path) -> None:
    with zipfile.ZipFile(OFFICE_LIST) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for broken in parts:
        for content in (None, b"", parts[broken][: len(parts[broken]) // 2], b"<a/>"):
            path = tmp_path / "hong.xlsx"
            with zipfile.ZipFile(path, "w") as package:
                for name, whole in parts.items():
                    if name != broken:
                        package.writestr(name, whole)
                    elif content is not None:
                        package.writestr(name, content)
            with contextlib.suppress(FileUnreadable):
                assert read_member_list(path).members


def test_a_package_that_unpacks_to_far_too_much_is_not_unpacked(tmp_path: Path) -> None:
    path = Path(shutil.copy(OFFICE_LIST, tmp_path / "bom.xlsx"))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/media/a.bin", "w") as part,
    ):
        for _ in range(420):
            part.write(bytes(2**20))
    assert "bung ra" in refused(path)


def test_a_file_of_fifty_thousand_rows_is_no_list_of_a_cell(tmp_path: Path) -> None:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Cả huyện")
    sheet.append(("Họ tên", "Sinh ngày"))
    for _ in range(50_000):
        sheet.append(("Lê Thị An", "1/2/1980"))
    path = tmp_path / "lon.xlsx"
    workbook.save(path)
    assert f"hơn {member_list.MOST_MEMBERS} dòng" in refused(path)


def test_blank_and_headless_sheets_are_told_apart(tmp_path: Path) -> None:
    assert "trống" in refused(saved(tmp_path / "a.xlsx"))
    assert "Không thấy dòng tiêu đề" in refused(saved(tmp_path / "b.xlsx", ("Thu", "Chi"), (1, 2)))
    assert "chưa có dòng đảng viên" in refused(saved(tmp_path / "c.xlsx", ("Họ tên", "Sinh ngày")))


def test_a_list_in_an_old_encoding_is_named_with_the_way_out(tmp_path: Path) -> None:
    path = saved(tmp_path / "abc.xlsx", ("Họ tên", "Sinh ngày"), ("NguyÔn V¨n ¸nh", "1/2/1980"))
    sentence = refused(path)
    assert "TCVN3" in sentence
    assert "UniKey" in sentence


people = st.lists(
    st.tuples(
        st.lists(
            st.sampled_from(["Lê", "THỊ", "Ngọc", "Hoà", "Y", "H'Linh", "Đỗ", "Ữ"]), min_size=2, max_size=4
        ).map(" ".join),
        st.sampled_from(["Nam", "Nữ", ""]),
        st.dates(date(1930, 1, 1), date(2000, 1, 1)),
        st.integers(0, 10**12 - 1).map(lambda number: f"{number:012d}"),
        st.sampled_from(
            [format_date, date.isoformat, lambda day: f"{day.day}.{day.month}.{day.year}", lambda day: day]
        ),
    ),
    min_size=1,
    max_size=6,
)


@given(people, st.permutations(range(5)), st.integers(0, 38))
def test_what_is_written_into_a_list_is_read_back(people: list, order: list[int], above: int) -> None:  # type: ignore[type-arg]
    headings = ("Họ và tên", "Giới tính", "Ngày sinh", "Số thẻ", "STT")
    workbook = Workbook()
    for _ in range(above):
        workbook.active.append(("",))
    workbook.active.append([headings[place] for place in order])
    for number, (name, gender, born, card, written) in enumerate(people, start=1):
        cells = (name, gender, written(born), card, number)
        workbook.active.append([cells[place] for place in order])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "danh-sach.xlsx"
        workbook.save(path)
        read = read_member_list(path).members
    assert [(m.full_name, m.gender, m.birth, m.card_number) for m in read] == [
        (name, {"Nam": "male", "Nữ": "female", "": ""}[gender], BirthDate.of(born), card)
        for name, gender, born, card, _ in people
    ]
