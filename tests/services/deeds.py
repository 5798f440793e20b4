"""Deeds people do with a book, by the names the history keeps them under, and what the book holds after."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Date, select

from app.db.tables import metadata
from app.domain.cell import CellName, LevelScale
from app.domain.dates import Month
from app.domain.grade import SubjectKind
from app.domain.history_words import UNRECORDED
from app.domain.member import DatedStatus, Post, Sphere, StatusKind
from app.domain.monthly import CellMark
from app.domain.pledge import Outcome
from app.services.cells import get_cell, save_name, save_settings
from app.services.members import (
    add_status,
    change_status,
    get_member,
    remove_status,
    return_member,
    save_member,
    save_posts,
    set_kinds,
)
from app.services.months import (
    comment_month,
    confirm_months,
    excuse_month,
    reopen_month,
    return_month,
    save_month,
    submit_month,
)
from app.services.pledges import (
    add_item,
    open_pledge,
    pass_pledges,
    return_pledge,
    revise_item,
    save_pledge,
    set_outcome,
    submit_pledge,
)
from app.services.workspace import Workspace
from app.services.year_closing import reopen_year
from tests.book_fixtures import People
from tests.builders import a_member, a_month, a_pledge, an_item, handed_in, lock_year, passed_pledge

FEBRUARY = Month(2026, 2)
TODAY = date(2026, 3, 20)
GONE = DatedStatus(StatusKind.LEFT, date(2026, 1, 1), detail="moved")


Deed = Callable[[Workspace, People], object]


def prepared(ws: Workspace, people: People) -> None:
    """A book in which every deed below has something to do."""
    pledge = passed_pledge(ws, people.plain)
    submit_pledge(ws, a_pledge(people.deputy))
    handed_in(ws, pledge, FEBRUARY)
    handed_in(ws, pledge, Month(2026, 1))
    confirm_months(ws, Month(2026, 1), [people.plain], TODAY)
    add_status(ws, people.committee, GONE)
    lock_year(ws, 2024, date(2025, 1, 20))


def first_item(ws: Workspace, people: People) -> Any:
    return open_pledge(ws, people.plain, 2026).pledge.items[0]


def status_of(ws: Workspace, people: People) -> DatedStatus:
    return get_member(ws, people.committee).statuses[0]


DEEDS: dict[str, tuple[Deed, str]] = {
    "Thêm đảng viên Hà Văn Tú": (lambda ws, p: save_member(ws, a_member(full_name="Hà Văn Tú")), ""),
    "Sửa hồ sơ Nguyễn Văn Đạt": (
        lambda ws, p: save_member(ws, a_member(full_name="Nguyễn Văn Đạt", phone="0912"), p.plain),
        "",
    ),
    "Ghi tình trạng: Đã rời chi bộ (chuyển sinh hoạt chính thức) từ 01/01/2026": (
        lambda ws, p: add_status(ws, p.plain, GONE),
        "",
    ),
    "Sửa tình trạng: Đã rời chi bộ (chuyển sinh hoạt chính thức) từ 02/01/2026": (
        lambda ws, p: change_status(ws, replace(status_of(ws, p), valid_from=date(2026, 1, 2))),
        "",
    ),
    "Bỏ một tình trạng ghi nhầm": (lambda ws, p: remove_status(ws, status_of(ws, p).id), ""),
    "Ghi đảng viên trở lại chi bộ": (
        lambda ws, p: return_member(ws, p.committee, DatedStatus(StatusKind.MOVED_IN, TODAY)),
        "committee",
    ),
    "Ghi chức vụ": (lambda ws, p: save_posts(ws, p.plain, [Post(Sphere.MASS, "Hội viên")]), "plain"),
    "Chọn mẫu kiểm điểm năm 2026 cho 1 đảng viên": (
        lambda ws, p: set_kinds(ws, {p.plain: SubjectKind.LEADER}, 2026),
        "",
    ),
    "Sửa thiết lập của chi bộ": (
        lambda ws, p: save_settings(ws, 5, LevelScale.FOUR, "Q101", get_cell(ws).version),
        "",
    ),
    "Ghi tên chi bộ: CHI BỘ SỐ 4": (
        lambda ws, p: save_name(ws, CellName("A", "CHI BỘ SỐ 4", "C", valid_from=TODAY)),
        "",
    ),
    "Khóa năm 2025": (lambda ws, p: lock_year(ws, 2025, TODAY), ""),
    "Mở lại năm 2024: bổ sung": (lambda ws, p: reopen_year(ws, 2024, "bổ sung"), ""),
    "Lưu đăng ký năm 2026": (lambda ws, p: save_pledge(ws, a_pledge(p.committee)), "committee"),
    "Gửi đăng ký năm 2026": (lambda ws, p: submit_pledge(ws, a_pledge(p.committee)), "committee"),
    "Trả lại đăng ký năm 2026 để ghi thêm": (lambda ws, p: return_pledge(ws, p.deputy, 2026, "x"), "deputy"),
    "Chi bộ thông qua đăng ký năm 2026": (
        lambda ws, p: pass_pledges(ws, 2026, [p.deputy, p.plain], TODAY),
        "",
    ),
    "Thay đổi một việc đăng ký năm 2026": (
        lambda ws, p: revise_item(ws, p.plain, 2026, replace(first_item(ws, p), target="x"), "lý do"),
        "plain",
    ),
    "Thêm một việc vào đăng ký năm 2026": (
        lambda ws, p: add_item(ws, p.plain, 2026, an_item(), "lý do"),
        "plain",
    ),
    "Ghi một việc đăng ký năm 2026: đã xong": (
        lambda ws, p: set_outcome(ws, p.plain, 2026, first_item(ws, p).id, Outcome.DONE, TODAY),
        "plain",
    ),
    "Lưu tự đánh giá tháng 3/2026": (
        lambda ws, p: save_month(ws, a_month(p.plain, Month(2026, 3), [first_item(ws, p)])),
        "plain",
    ),
    "Gửi tự đánh giá tháng 3/2026": (
        lambda ws, p: submit_month(
            ws, a_month(p.plain, Month(2026, 3), open_pledge(ws, p.plain, 2026).pledge.items)
        ),
        "plain",
    ),
    "Ghi ý kiến chi bộ tháng 2/2026": (
        lambda ws, p: comment_month(ws, p.plain, FEBRUARY, "Tốt", CellMark.PRAISE),
        "plain",
    ),
    "Xác nhận tháng 2/2026 cho 1 đảng viên": (
        lambda ws, p: confirm_months(ws, FEBRUARY, [p.plain, p.deputy], TODAY),
        "",
    ),
    "Ghi nghỉ có lý do tháng 2/2026": (lambda ws, p: excuse_month(ws, p.deputy, FEBRUARY, "Ốm"), "deputy"),
    "Trả lại tháng 2/2026 để ghi thêm": (lambda ws, p: return_month(ws, p.plain, FEBRUARY, "x"), "plain"),
    "Mở lại tháng 1/2026: nhầm": (lambda ws, p: reopen_month(ws, p.plain, Month(2026, 1), "nhầm"), "plain"),
}


def stored(ws: Workspace) -> dict[tuple[str, str], dict[str, Any]]:
    """Every record as it stands in its table; blanks left out, dates as text."""
    records: dict[tuple[str, str], dict[str, Any]] = {}
    with ws.read() as tx:
        for table in metadata.sorted_tables:
            if table.name in UNRECORDED:
                continue
            for row in tx.connection.execute(select(table)).mappings():
                records[table.name, row["id"]] = {
                    key: value.isoformat() if isinstance(table.c[key].type, Date) and value else value
                    for key, value in row.items()
                }
    return records


def told(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "version" and value not in (None, "")}
