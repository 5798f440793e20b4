"""Nhật ký: who did what, when and for whom, and what it was before; never the words of others' drafts."""

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from app.db import tables
from app.db.transactions import ReadTransaction
from app.domain.dates import format_date
from app.domain.text import mask_card
from app.services.workspace import Act, Workspace

# What a person writes for the cell to read once it is handed in; the history says only that it changed.
_OWN_WORDS = (
    "monthly_entry",
    "review_section",
    "review_fault",
    "review_prompt",
    "review_score",
    "review_task",
    "pledge_item",
)
_DRAFTING = "Lưu "

_TABLES = {
    "cell": "Thiết lập của chi bộ",
    "cell_name": "Tên chi bộ",
    "year_state": "Năm",
    "member": "Hồ sơ đảng viên",
    "member_post": "Chức vụ",
    "member_kind": "Loại đối tượng",
    "member_status": "Tình trạng",
    "content_set": "Bộ nội dung",
    "content_item": "Nội dung",
    "rule_file": "Tệp quy định",
    "pledge": "Đăng ký năm",
    "pledge_item": "Việc đăng ký",
    "pledge_revision": "Câu chữ cũ của việc đăng ký",
    "monthly": "Tự đánh giá tháng",
    "monthly_entry": "Kết quả một việc trong tháng",
    "review": "Bản kiểm điểm",
    "review_section": "Một mục của bản kiểm điểm",
    "review_score": "Điểm",
    "review_fault": "Khuyết điểm và khắc phục",
    "review_prompt": "Nội dung gợi ý kiểm điểm",
    "review_grade": "Mức xếp loại",
    "year_member": "Diện kiểm điểm",
    "opinion": "Ý kiến nhận xét",
    "raised_point": "Gợi ý kiểm điểm",
    "review_task": "Nhiệm vụ trong năm",
    "member_discipline": "Kỷ luật",
    "year_end": "Cách làm cuối năm",
    "cell_term": "Nhiệm kỳ",
    "issued_document": "Văn bản đi",
    "meeting": "Buổi họp",
    "attendance": "Điểm danh",
    "meeting_note": "Góp ý trong buổi họp",
    "vote_round": "Vòng bỏ phiếu",
    "vote_count": "Số phiếu",
}

_FIELDS = {
    "due_day": "ngày hạn gửi",
    "from_year": "dùng từ năm",
    "origin": "tên tệp",
    "source": "căn cứ",
    "added_on": "ngày nạp",
    "digest": "mã kiểm tra của tệp",
    "symbol": "loại văn bản",
    "number": "số",
    "level_scale": "mức tự đánh giá",
    "content_set": "bộ nội dung",
    "upper": "tổ chức cấp trên",
    "own": "tên chi bộ",
    "place": "địa danh",
    "has_seal": "con dấu",
    "valid_from": "từ ngày",
    "valid_to": "đến ngày",
    "closed_on": "ngày khóa",
    "note": "ghi chú",
    "full_name": "họ và tên",
    "gender": "giới tính",
    "birth": "ngày sinh",
    "card_number": "số thẻ",
    "phone": "điện thoại",
    "ethnicity": "dân tộc",
    "occupation": "nghề nghiệp",
    "workplace": "nơi làm việc",
    "residence": "nơi ở",
    "admission_decision_on": "ngày quyết định kết nạp",
    "admitted_on": "ngày vào Đảng",
    "confirmed_on": "ngày chính thức",
    "title": "tên",
    "label": "nội dung",
    "code": "mã",
    "state": "trạng thái",
    "submitted_at": "lúc gửi",
    "passed_on": "ngày thông qua",
    "meeting_date": "ngày họp",
    "no_meeting_reason": "lý do không họp",
    "cell_comment": "ý kiến chi bộ",
    "committee_comment": "ý kiến chi ủy",
    "reopen_reason": "lý do mở lại",
    "excuse_reason": "lý do nghỉ",
    "confirmed_by_name": "người xác nhận",
    "decision_ref": "số quyết định",
    "dated_on": "ngày",
    "held_on": "ngày họp",
    "started_at": "bắt đầu",
    "ended_at": "kết thúc",
    "presence": "điểm danh",
    "standing": "tư cách dự họp",
    "teller": "tổ kiểm phiếu",
    "majority_base": "số tính quá nửa",
    "issued": "phát ra",
    "returned": "thu về",
    "valid": "hợp lệ",
    "invalid": "không hợp lệ",
    "excellent": "xuất sắc",
    "good": "tốt",
    "satisfactory": "hoàn thành",
    "unsatisfactory": "không hoàn thành",
    "agree": "đồng ý",
    "disagree": "không đồng ý",
    "blank": "trắng",
    "decided_on": "ngày quyết định",
    "duty_related": "liên quan chức trách",
    "arose_year": "năm xảy ra vi phạm",
    "remedied": "đã khắc phục",
    "cap_percent": "tỉ lệ xuất sắc",
    "cap_excludes_head": "không tính bí thư",
    "cap_ground": "căn cứ",
    "cap_group": "nhóm so sánh",
    "grade": "mức xếp loại",
    "duty": "diện kiểm điểm",
    "duty_reason": "lý do",
    "requested_on": "ngày xin",
    "due_on": "hạn",
    "received_on": "ngày nhận",
    "not_needed": "không cần vì",
}

_WORDS = {
    "draft": "đang soạn",
    "submitted": "đã gửi",
    "passed": "chi bộ thông qua",
    "confirmed": "đã xác nhận",
    "excused": "nghỉ có lý do",
    "not_required": "không phải nộp",
    "closed": "đã khóa",
    "four": "bốn mức",
    "two": "hai mức",
    "ten": "điểm 0 đến 10",
    "present": "có mặt",
    "absent": "vắng không lý do",
    "official": "chính thức",
    "probationary": "dự bị",
    "temporary_here": "sinh hoạt tạm thời tại đây",
    "temporary_away": "sinh hoạt tạm thời nơi khác",
    "exempt": "được miễn",
    "suspended": "bị đình chỉ",
    "prosecuted": "bị khởi tố, truy tố, tạm giam",
    "head": "tổ trưởng",
    "convened": "số được triệu tập",
    "male": "nam",
    "female": "nữ",
    "review": "kiểm điểm và xếp loại",
    "not_concerned": "không thuộc diện",
    "pending": "chưa kiểm điểm, xếp loại",
}


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One thing somebody did: when, who, for whom if not themselves, what, how many records it changed."""

    id: str
    at: str
    who: str
    on_behalf: str
    name: str
    change_count: int


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One field of one record before and after; a record's own words are not repeated here."""

    record: str
    field: str
    old: str
    new: str


def list_actions(ws: Workspace, limit: int, member_id: str | None = None) -> tuple[ActionLine, ...]:
    """The last actions, the newest first; ``member_id``: only by or for this member.

    What others save while they are still writing is left out: to everybody else it is not sent yet.
    """
    ws.must(Act.READ_HISTORY)
    action, member, change = tables.action.c, tables.member.c, tables.change.c
    count = select(func.count()).where(change.action_id == action.id).scalar_subquery()
    others_draft = and_(
        action.name.startswith(_DRAFTING),
        action.behalf_id.is_(None),
        action.actor_id.is_distinct_from(ws.actor.member_id),
    )
    columns = (action.id, action.at, action.actor_name, action.name, member.full_name, count.label("n"))
    query: Select[Any] = (
        select(*columns)
        .outerjoin(tables.member, member.id == action.behalf_id)
        .where(~others_draft)
        .order_by(action.seq.desc())
        .limit(limit)
    )
    if member_id is not None:
        query = query.where(or_(action.actor_id == member_id, action.behalf_id == member_id))
    with ws.read() as tx:
        return tuple(
            ActionLine(row.id, row.at, row.actor_name, row.full_name or "", row.name, row.n)
            for row in tx.rows(query)
        )


def action_changes(ws: Workspace, action_id: str, limit: int = 200) -> tuple[ChangeLine, ...]:
    """What one action changed, field by field, as far as it can be said in words."""
    ws.must(Act.READ_HISTORY)
    query = select(tables.change).where(tables.change.c.action_id == action_id)
    with ws.read() as tx:
        rows = tx.rows(query.order_by(tables.change.c.seq).limit(limit))
        lines = [line for row in rows for line in _lines(tx, row)]
    counted = Counter(lines)
    return tuple(
        line if count == 1 or line.old or line.new else replace(line, new=f"{count} mục")
        for line, count in counted.items()
    )


def _lines(tx: ReadTransaction, row: Any) -> list[ChangeLine]:
    old = json.loads(row.old) if row.old else {}
    new = json.loads(row.new) if row.new else {}
    record = _record(tx, row.table_name, {**old, **new})
    if row.table_name in _OWN_WORDS:
        act = "thêm" if row.old is None else "bỏ" if row.new is None else "sửa"
        return [ChangeLine(record, act, "", "")]
    fields = [name for name in _FIELDS if name in old or name in new]
    found = [
        ChangeLine(record, _FIELDS[name], _said(name, old.get(name)), _said(name, new.get(name)))
        for name in fields
    ]
    return [line for line in found if line.old != line.new]


def _record(tx: ReadTransaction, table: str, values: dict[str, Any]) -> str:
    words = _TABLES.get(table, table)
    member_id = values.get("member_id") or values.get("subject_id")
    if member_id:
        name = tx.first(select(tables.member.c.full_name).where(tables.member.c.id == member_id))
        words += f" của {name.full_name}" if name else ""
    if values.get("full_name"):
        words += f" {values['full_name']}"
    return words


def _said(name: str, value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    text = str(value)
    if name == "card_number":
        return mask_card(text)
    if len(text) == 10 and text[4] == text[7] == "-":
        return format_date(date.fromisoformat(text))
    if name == "submitted_at":
        at = datetime.fromisoformat(text)
        return f"{at:%H:%M} {format_date(at.date())}"
    return _WORDS.get(text, text)
