"""The command line: the sample book and its sheets, import, print, check. Messages and status fit scripts.

Status 0: done. 1: could not be done, the reason is on stderr. 2: wrong arguments. 3: done or looked at, and
something needs putting right (rows with problems, findings in a book).
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from app import __version__
from app.domain.errors import UserError

DONE, FAILED, TO_PUT_RIGHT = 0, 1, 3


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments ask; returns the exit status."""
    _speak_utf8()
    parser = _parser()
    options = parser.parse_args(list(arguments))
    work: Callable[[argparse.Namespace], int] = options.work
    try:
        return work(options)
    except UserError as error:
        print(error, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("Đã dừng.", file=sys.stderr)
        return FAILED


def _speak_utf8() -> None:
    """A Windows console or pipe may stand at a code page without Vietnamese letters."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="so-neu-guong",
        description="Sổ đăng ký nêu gương. Không có tham số: mở cửa sổ chương trình.",
    )
    from app.cli.opening import add_password_file

    parser.add_argument("--version", action="version", version=f"so-neu-guong {__version__}")
    words = parser.add_subparsers(title="việc", required=True, metavar="VIỆC")

    demo = words.add_parser("demo", help="làm sổ mẫu và in mọi giấy tờ năm 2025")
    demo.add_argument("--out", type=Path, required=True, metavar="THƯ_MỤC")
    demo.set_defaults(work=_demo)

    importing = words.add_parser("import-members", help="nhập danh sách đảng viên từ Excel")
    importing.add_argument("file", type=Path, metavar="TỆP")
    importing.add_argument("--book", type=Path, required=True, metavar="SỔ")
    importing.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi")
    importing.add_argument("--json", action="store_true", help="kết quả dạng JSON")
    add_password_file(importing)
    importing.set_defaults(work=_import_members)

    printing = words.add_parser("print", help="in giấy tờ ra PDF, Word hoặc Excel")
    printing.add_argument(
        "paper",
        metavar="GIẤY_TỜ",
        help="review, register, matrix…; nhiều loại cách nhau dấu phẩy; all: tất cả",
    )
    printing.add_argument("--book", type=Path, required=True, metavar="SỔ")
    printing.add_argument("--year", type=int, required=True, metavar="NĂM")
    chosen = printing.add_mutually_exclusive_group()
    chosen.add_argument("--member", metavar="MÃ_HOẶC_TÊN", help="một đảng viên: mã hoặc đúng họ và tên")
    chosen.add_argument("--all", action="store_true", help="mọi đảng viên (mặc định)")
    printing.add_argument(
        "--blank", action="store_true", help="mẫu trống để viết tay; cùng --member: có sẵn tên"
    )
    printing.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="TỆP_HOẶC_THƯ_MỤC",
        help="tệp .pdf, .docx, .xlsx; không có đuôi: thư mục, mỗi người một tệp",
    )
    printing.add_argument(
        "--format", choices=("pdf", "docx", "xlsx"), default="pdf", help="loại tệp khi lưu vào thư mục"
    )
    add_password_file(printing)
    printing.set_defaults(work=_print)

    checking = words.add_parser("check", help="kiểm tra một cuốn sổ")
    checking.add_argument("book", type=Path, metavar="SỔ")
    add_password_file(checking)
    checking.set_defaults(work=_check)
    _add_backups(words)
    return parser


def _add_backups(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from app.cli.opening import add_password_file

    backing_up = words.add_parser("backup", help="sao lưu một cuốn sổ và kiểm tra bản sao")
    listing = words.add_parser("backups", help="liệt kê các bản sao của một cuốn sổ")
    restoring = words.add_parser("restore", help="khôi phục sổ từ một bản sao")
    for parser in (backing_up, listing, restoring):
        parser.add_argument("book", type=Path, metavar="SỔ")
    restoring.add_argument(
        "--from",
        dest="source",
        required=True,
        metavar="SỐ_HOẶC_TỆP",
        help="số trong danh sách, hoặc tệp .zip",
    )
    for parser in (backing_up, restoring):
        add_password_file(parser)
    backing_up.set_defaults(work=_backup)
    listing.set_defaults(work=_backups)
    restoring.set_defaults(work=_restore)


def _backup(options: argparse.Namespace) -> int:
    from app.cli.backups import make_backup

    return _told(make_backup(options.book, options.password_file))


def _backups(options: argparse.Namespace) -> int:
    from app.cli.backups import backup_lines

    return _told(backup_lines(options.book))


def _restore(options: argparse.Namespace) -> int:
    from app.cli.backups import bring_back

    return _told(bring_back(options.book, options.source, options.password_file))


def _told(lines: Iterable[str]) -> int:
    for line in lines:
        print(line)
    return DONE


def _demo(options: argparse.Namespace) -> int:
    from app.cli.demo import make_demo

    for line in make_demo(options.out):
        print(line)
    return DONE


def _import_members(options: argparse.Namespace) -> int:
    from app.cli.opening import opened_book
    from app.domain.member_import import LineState
    from app.services.member_import import apply_member_import, preview_member_import

    ws = opened_book(options.book, options.password_file, read_only=options.dry_run)
    try:
        looked_at = preview_member_import(ws, options.file)
        lines = looked_at.preview.lines
        good = [line.row for line in lines if line.state is not LineState.PROBLEM]
        counts = {state.value: sum(line.state is state for line in lines) for state in LineState}
        written = None
        if not options.dry_run:
            accepted = looked_at.preview.accepted_by_default()
            written = apply_member_import(ws, looked_at, good, accepted)
    finally:
        ws.close()
    problems = [str(problem) for line in lines for problem in line.problems]
    if options.json:
        result: dict[str, object] = {"sheet": looked_at.sheet.sheet, "rows": counts, "problems": problems}
        if written is not None:
            result["written"] = {"added": written.added, "changed": written.changed}
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        print(
            f"{len(lines)} dòng: {counts['new']} mới, {counts['changed']} thay đổi, "
            f"{counts['same']} như cũ, {counts['problem']} cần sửa."
        )
        for problem in problems:
            print(f"  {problem}")
        if written is not None:
            print(f"Đã nhập {written.added} đảng viên mới, sửa {written.changed} đảng viên.")
    return TO_PUT_RIGHT if counts["problem"] else DONE


def _print(options: argparse.Namespace) -> int:
    from app.cli.printing import PrintOrder, print_paper
    from app.services.paper_files import FileFormat

    order = PrintOrder(
        options.paper,
        options.book,
        options.year,
        options.output,
        options.member,
        options.blank,
        FileFormat(options.format),
        options.password_file,
    )
    for line in print_paper(order):
        print(line)
    return DONE


def _check(options: argparse.Namespace) -> int:
    from app.cli.checking import lines_of
    from app.cli.opening import opened_book
    from app.services.health import check_book

    ws = opened_book(options.book, options.password_file, read_only=True)
    try:
        health = check_book(ws)
    finally:
        ws.close()
    for line in lines_of(options.book.name, health):
        print(line)
    return TO_PUT_RIGHT if health.findings else DONE
