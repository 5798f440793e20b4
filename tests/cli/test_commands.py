"""The command line as scripts use it: what it prints, what it leaves, how it ends."""

import json
import shutil
from pathlib import Path

import pytest

from app.__main__ import main
from app.domain.cell import NewBook
from app.printing.preview import texts
from app.services.books import create_book, open_book
from app.services.keys import demo_keys
from app.services.members import list_members

SAMPLES = Path(__file__).parents[1] / "samples"
GOOD, WRONG = SAMPLES / "danh-sach-dang-vien.xlsx", SAMPLES / "danh-sach-loi.xlsx"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    ws = create_book(
        tmp_path / "so", NewBook("ĐẢNG BỘ XÃ HÒA SƠN", "CHI BỘ THÔN ĐỒNG TIẾN", "Hòa Sơn", 2025), demo_keys()
    )
    ws.close()
    return ws.folder


def names_in(book: Path) -> list[str]:
    ws = open_book(book, read_only=True)
    try:
        return [member.name for member in list_members(ws)]
    finally:
        ws.close()


def test_import_brings_the_whole_list_in(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["import-members", str(GOOD), "--book", str(book)])

    assert status == 0
    assert "Đã nhập 42 đảng viên mới" in capsys.readouterr().out
    assert len(names_in(book)) == 42


def test_dry_run_writes_nothing_and_tells_in_json(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["import-members", str(WRONG), "--book", str(book), "--dry-run", "--json"])

    told = json.loads(capsys.readouterr().out)
    assert status == 3
    assert told["rows"]["problem"] == 8
    assert any("Dòng 7" in problem and "31/02" in problem for problem in told["problems"])
    assert "written" not in told
    assert names_in(book) == []


def test_rows_with_problems_stay_out_while_good_ones_come_in(book: Path) -> None:
    status = main(["import-members", str(WRONG), "--book", str(book)])

    assert status == 3
    assert len(names_in(book)) == 12


def test_blank_sheets_are_printed_one_per_form(book: Path, tmp_path: Path) -> None:
    target = tmp_path / "mau.pdf"

    status = main(["print", "review", "--book", str(book), "--year", "2025", "--blank", "-o", str(target)])

    words = "\n".join(texts(target))
    assert status == 0
    assert all(number in words for number in ("Mẫu 02A-HD", "Mẫu 02B-HD", "Mẫu 02C-HD"))


def test_one_member_is_found_by_name_without_marks(book: Path, tmp_path: Path) -> None:
    main(["import-members", str(GOOD), "--book", str(book)])
    target = tmp_path / "to.pdf"
    paper = ["print", "review", "--book", str(book), "--year", "2025", "-o", str(target)]

    status = main([*paper, "--member", "ro a thinh", "--blank"])

    assert status == 0
    assert "Rơ A Thịnh" in "\n".join(texts(target))


def test_print_of_an_unknown_person_says_so(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "to.pdf"

    status = main(
        ["print", "review", "--book", str(book), "--year", "2025", "--member", "Ai Đó", "-o", str(target)]
    )

    assert status == 1
    assert "không có người này trong sổ" in capsys.readouterr().err
    assert not target.exists()


def test_a_year_without_rules_is_told(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import-members", str(GOOD), "--book", str(book)])

    status = main(["print", "review", "--book", str(book), "--year", "2010", "-o", str(tmp_path / "x.pdf")])

    assert status == 1
    assert "Chưa có bộ quy định cho năm 2010" in capsys.readouterr().err


def test_check_of_a_sound_book_ends_well(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(book)]) == 0
    assert "Sổ đọc tốt" in capsys.readouterr().out


def test_check_names_what_it_finds_under_its_part_and_ends_with_three(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "khoa-2.json").unlink()

    assert main(["check", str(book)]) == 3
    said = capsys.readouterr().out
    assert "Tệp sổ: 1 điều." in said
    assert "  Khóa của sổ: Một trong hai tệp khóa (khoa-2.json) hỏng hoặc thiếu." in said


def test_check_of_half_a_book_says_what_to_do(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "so.db").unlink()

    assert main(["check", str(book)]) == 1
    assert "chép lại cả thư mục" in capsys.readouterr().err


def test_wrong_words_end_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["in-het"])

    assert ended.value.code == 2
    assert "so-neu-guong" in capsys.readouterr().err


def test_demo_leaves_the_sample_book_and_every_paper(tmp_path: Path) -> None:
    out = tmp_path / "ra"

    status = main(["demo", "--out", str(out)])

    assert status == 0
    assert (out / "so-mau.neuguong" / "so.db").is_file()
    pages = {path.name: len(texts(path)) for path in out.glob("*.pdf")}
    everything = pages.pop("tat-ca-2025.pdf")
    assert {"ban-kiem-diem-2025.pdf", "bang-12-thang-2025.pdf", "ballot-grade-2025.pdf"} <= pages.keys()
    assert sum(pages.values()) == everything


def test_demo_never_replaces_a_real_book(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "ra"
    out.mkdir()
    shutil.copytree(book, out / "so-mau.neuguong")

    assert main(["demo", "--out", str(out)]) == 1
    assert names_in(out / "so-mau.neuguong") == []


def test_the_ending_of_the_target_says_what_is_written(book: Path, tmp_path: Path) -> None:
    paper = ["print", "register", "--book", str(book), "--year", "2025", "--blank", "-o"]
    starts = {"a.pdf": b"%PDF", "a.DOCX": b"PK", "a.xlsx": b"PK"}
    for name, start in starts.items():
        assert main([*paper, str(tmp_path / name)]) == 0
        assert (tmp_path / name).read_bytes().startswith(start)


def test_a_target_of_another_kind_is_refused(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["print", "register", "--book", str(book), "--year", "2025", "-o", str(tmp_path / "a.odt")])
    assert status == 1
    assert "Đuôi tệp là .pdf, .docx hoặc .xlsx" in capsys.readouterr().err


def test_a_folder_gets_a_file_for_each_member(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import-members", str(GOOD), "--book", str(book)])
    target = tmp_path / "ra"
    someone = names_in(book)[0]
    wanted = ["print", "pledge,register", "--book", str(book), "--year", "2025", "--member", someone]
    assert main([*wanted, "--blank", "-o", str(target), "--format", "docx"]) == 0
    assert [path.name for path in target.iterdir()] == [f"{someone} 2025.docx"]
    assert "Đã in 2 bản vào" in capsys.readouterr().out
