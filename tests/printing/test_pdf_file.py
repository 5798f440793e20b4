"""The file itself: same bytes for the same words, fonts inside, whole or not there at all."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.errors import Cancelled, FileUnreadable, FileUnwritable
from app.domain.paper import Letterhead, Paper, Paragraph, Run, plain
from app.printing.pdf import pdf_bytes, translated_errors, write_pdf
from app.printing.preview import PageImages, texts
from tests.printing.printed import SENTENCE, paper, streams

STYLES = Paragraph(
    (Run("đứng "), Run("đậm ", bold=True), Run("nghiêng ", italic=True), Run("cả hai", True, True))
)


def book(count: int = 3) -> list[Paper]:
    head = Letterhead("ĐẢNG BỘ XÃ HÒA SƠN", "CHI BỘ THÔN ĐỒNG TIẾN", "Hòa Sơn, ngày 12 tháng 12 năm 2025")
    return [
        paper(head, STYLES, Paragraph(plain(f"Bản {number}: {SENTENCE}")), subject=f"Đảng viên {number}")
        for number in range(count)
    ]


class Stops:
    """A person who presses stop after some papers."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.seen: list[tuple[int, int, str]] = []

    def step(self, done: int, total: int, label: str) -> None:
        self.seen.append((done, total, label))
        if done == self.after:
            raise Cancelled


def test_the_same_papers_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    assert write_pdf(book(), first, title="Tập") == write_pdf(iter(book()), second, title="Tập") == 3
    assert first.read_bytes() == second.read_bytes() == pdf_bytes(book(), "Tập")
    assert pdf_bytes(book(2), "Tập") != pdf_bytes(book(3), "Tập")


def test_every_font_is_embedded_and_no_other_is_named() -> None:
    pdf = pdf_bytes(book(), "Tập")
    fonts = set(re.findall(rb"/BaseFont /(\S+)", pdf))
    assert {name.split(b"+")[1] for name in fonts} == {
        b"Tinos-Regular", b"Tinos-Bold", b"Tinos-Italic", b"Tinos-BoldItalic",
    }  # fmt: skip
    assert len(re.findall(rb"/FontFile2 ", pdf)) == len(re.findall(rb"/ToUnicode ", pdf)) == len(fonts)
    assert b"Helvetica" not in pdf


def test_the_file_says_its_language_and_title() -> None:
    import pypdfium2

    pdf = pdf_bytes(book(1), "Bản kiểm điểm năm 2025")
    assert b"/Lang (vi-VN)" in pdf
    with pypdfium2.PdfDocument(pdf) as document:
        assert document.get_metadata_value("Title") == "Bản kiểm điểm năm 2025"


def test_the_files_table_points_at_its_objects() -> None:
    pdf = pdf_bytes(book(), "Tập")
    start = int(re.findall(rb"startxref\n(\d+)", pdf)[0])
    offsets = re.findall(rb"(\d{10}) \d{5} n", pdf[start:])
    assert all(re.match(rb"%d 0 obj" % number, pdf[int(at) :]) for number, at in enumerate(offsets, 1))
    assert len(streams(pdf)) >= 3


def test_progress_hears_of_every_paper(tmp_path: Path) -> None:
    watch = Stops(after=0)
    write_pdf(iter(book()), tmp_path / "a.pdf", title="Tập", progress=watch, total=3)
    assert watch.seen[0] == (1, 3, "Bản kiểm điểm – Đảng viên 0")
    assert [done for done, _, _ in watch.seen] == [1, 2, 3]


def test_stopping_leaves_the_older_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "bản in.pdf"
    target.write_bytes(b"older")
    with pytest.raises(Cancelled):
        write_pdf(book(), target, title="Tập", progress=Stops(after=2))
    assert [path.name for path in tmp_path.iterdir()] == ["bản in.pdf"]
    assert target.read_bytes() == b"older"


def test_an_error_while_papers_are_made_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[Paper]:
        yield from book(1)
        raise LookupError

    with pytest.raises(LookupError):
        write_pdf(broken(), tmp_path / "a.pdf", title="Tập")
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_print_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable, match="Không có bản nào để in"):
        write_pdf([], tmp_path / "a.pdf", title="Tập")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable, match=r"không thấy thư mục .*chưa có"):
        write_pdf(book(), tmp_path / "chưa có" / "a.pdf", title="Tập")


def test_a_folder_of_that_name_is_not_touched(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable, match="thư mục hoặc thiết bị cùng tên"):
        write_pdf(book(), tmp_path, title="Tập")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_bytes(b"")
    with pytest.raises(FileUnwritable, match="đường dẫn không hợp lệ"):
        write_pdf(book(), tmp_path / "tệp" / "a.pdf", title="Tập")


def test_a_name_too_long_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable, match="tên ngắn hơn"):
        write_pdf(book(), tmp_path / ("a" * 300 + ".pdf"), title="Tập")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device"), "đã hết chỗ"),
        (PermissionError(13, "Permission denied"), "không cho ghi|đang mở ở chương trình khác"),
        (OSError(30, "Read-only file system"), "không cho ghi|đang mở ở chương trình khác"),
        (OSError(5, "Input/output error"), "Input/output error"),
    ],
)
def test_refusals_of_the_system_become_sentences(tmp_path: Path, error: OSError, said: str) -> None:
    with pytest.raises(FileUnwritable, match=said), translated_errors(tmp_path / "a.pdf"):
        raise error


def test_a_file_open_elsewhere_is_told_from_a_folder_that_refuses(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"")
    with pytest.raises(FileUnwritable, match="đang mở ở chương trình khác"), translated_errors(target):
        raise PermissionError(13, "Permission denied")


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="only there can a file's size be limited")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(FileUnwritable, match="đã hết chỗ"):
            write_pdf(book(60), tmp_path / "a.pdf", title="Tập")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


def test_pages_are_drawn_at_the_size_asked_for(tmp_path: Path) -> None:
    write_pdf(book(1), tmp_path / "a.pdf", title="Tập")
    with PageImages(tmp_path / "a.pdf") as pages:
        assert pages.page_count == 1
        assert pages.page_size_mm(0) == pytest.approx((210, 297), abs=0.1)
        page = pages.render(0, 96)
    assert (page.width, page.height) == (794, 1123)
    assert len(page.data) == page.stride * page.height
    assert page.data[:3] == b"\xff\xff\xff"
    assert "CHI BỘ THÔN ĐỒNG TIẾN" in texts(tmp_path / "a.pdf")[0]


def test_what_is_no_pdf_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"other")
    with pytest.raises(FileUnreadable, match=r"Không xem được a\.pdf"):
        PageImages(tmp_path / "a.pdf")
    with pytest.raises(FileUnreadable, match="Không mở được"):
        PageImages(tmp_path / "b.pdf")
    with pytest.raises(FileUnreadable, match="Không xem được bản in"):
        PageImages(b"")
