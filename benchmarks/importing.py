"""Importing 3,000 members, file to applied with history, against openpyxl reading the same file.

Both read in openpyxl's read-only mode. Run alone with ``python -m benchmarks.importing``.
"""

import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

LABEL = "Import of 3,000 rows, file → preview → applied ÷ openpyxl reading the same file, read-only mode"
BAR = 2.0
_ROWS = 3000
_ROUNDS = 5
_FAMILIES = ("Nguyễn Văn", "Trần Thị", "Phạm Quốc", "Lê Thị Bích", "Đỗ Minh", "Hoàng", "Lò Văn", "Y")
_NAMES = ("Thịnh", "An", "Hưng", "Ngọc", "Khôi", "Nhung", "Lộc", "Tráng", "Quỳnh", "Ước", "Đào", "Dũng")


def make_list(path: Path) -> None:
    """An office's list of 3,000 invented members, with titles above and a total below."""
    import openpyxl

    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["ĐẢNG BỘ XÃ HÒA SƠN"])
    sheet.append(["DANH SÁCH ĐẢNG VIÊN"])
    head = ["STT", "Họ và tên", "Giới tính", "Ngày sinh", "Dân tộc", "Nghề nghiệp", "Ngày vào Đảng"]
    sheet.append([*head, "Ngày chính thức", "Số thẻ", "Điện thoại", "Ghi chú"])
    for n in range(_ROWS):
        born = date(1940, 1, 1) + timedelta(days=n * 7)
        joined = born + timedelta(days=25 * 365)
        official = joined + timedelta(days=365)
        name = f"{_FAMILIES[n % len(_FAMILIES)]} {_NAMES[n % len(_NAMES)]}"
        facts = [n + 1, name, "Nữ" if "Thị" in name else "Nam", f"{born:%d/%m/%Y}", "Kinh", "Nông dân"]
        dates = [f"{joined:%d.%m.%Y}", official, f"900{n:09d}", f"0900 {n:06d}", ""]
        sheet.append([*facts, *dates])
    sheet.append([None, f"Tổng số: {_ROWS} đảng viên"])
    workbook.save(path)


def by_openpyxl(path: Path) -> float:
    """Seconds for openpyxl alone to hand over every cell."""
    import openpyxl

    start = time.perf_counter()
    workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in workbook:
        for row in sheet.iter_rows(values_only=True):
            len(row)
    workbook.close()
    return time.perf_counter() - start


def by_service(path: Path, folder: Path) -> float:
    """Seconds for the secretary's import: preview, then every row applied with its history."""
    from app.domain.cell import NewBook
    from app.services.books import create_book
    from app.services.keys import demo_keys
    from app.services.member_import import apply_member_import, preview_member_import

    ws = create_book(
        folder, NewBook("ĐẢNG BỘ XÃ HÒA SƠN", "CHI BỘ THÔN ĐỒNG TIẾN", "Hòa Sơn", 2025), demo_keys()
    )
    start = time.perf_counter()
    looked_at = preview_member_import(ws, path)
    rows = [line.row for line in looked_at.preview.lines]
    result = apply_member_import(ws, looked_at, rows, looked_at.preview.accepted_by_default())
    seconds = time.perf_counter() - start
    ws.close()
    if result.added != _ROWS:
        raise RuntimeError(f"imported {result.added} of {_ROWS}")
    return seconds


def measure() -> tuple[str, float, float, float]:
    """The line of the table: label, our seconds, the baseline's, the bar for their ratio."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "danh-sach.xlsx"
        make_list(path)
        by_openpyxl(path)
        ours, bare = [], []
        for number in range(_ROUNDS):  # by turns, so that a busy machine is fair to both
            ours.append(by_service(path, Path(place) / f"{number}.neuguong"))
            bare.append(by_openpyxl(path))
    return LABEL, median(ours), median(bare), BAR


if __name__ == "__main__":
    label, mine, baseline, bar = measure()
    sys.stdout.write(f"{label}: {mine:.3f} s ÷ {baseline:.3f} s = {mine / baseline:.2f} (bar {bar})\n")
