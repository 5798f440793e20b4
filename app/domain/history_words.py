"""The words of the history: what each table and each field of the book is called in a sentence.

A field that says nothing to a person (an order, a search key, the id of what a record belongs to) is silent.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordWords:
    """What a record of one table is called, and in which part of the book it is looked for."""

    words: str
    part: str


# The parts of the book the history can be searched by, in the order they are offered.
PARTS = {
    "members": "Đảng viên",
    "pledges": "Đăng ký năm",
    "months": "Tự đánh giá tháng",
    "reviews": "Kiểm điểm, xếp loại",
    "meetings": "Họp, biểu quyết",
    "documents": "Văn bản đi",
    "rules": "Quy định, nội dung",
    "cell": "Chi bộ và năm",
    "trust": "Người dùng, mật khẩu",
}

_OF_PARTS = {
    "members": {
        "member": "Hồ sơ đảng viên",
        "member_post": "Chức vụ",
        "member_kind": "Loại đối tượng",
        "member_status": "Tình trạng",
        "member_discipline": "Kỷ luật",
    },
    "pledges": {
        "pledge": "Đăng ký năm",
        "pledge_item": "Việc đăng ký",
        "pledge_revision": "Câu chữ cũ của việc đăng ký",
    },
    "months": {"monthly": "Tự đánh giá tháng", "monthly_entry": "Kết quả một việc trong tháng"},
    "reviews": {
        "review": "Bản kiểm điểm",
        "review_section": "Một mục của bản kiểm điểm",
        "review_score": "Điểm",
        "review_fault": "Khuyết điểm và khắc phục",
        "review_prompt": "Trả lời gợi ý kiểm điểm",
        "review_grade": "Mức xếp loại",
        "review_task": "Nhiệm vụ trong năm",
        "year_member": "Diện kiểm điểm",
        "opinion": "Ý kiến nhận xét",
        "raised_point": "Gợi ý kiểm điểm",
        "year_end": "Cách làm cuối năm",
        "rerating": "Xếp loại lại",
        "complaint": "Khiếu nại, kiến nghị",
    },
    "meetings": {
        "meeting": "Buổi họp",
        "attendance": "Điểm danh",
        "meeting_note": "Góp ý trong buổi họp",
        "vote_round": "Vòng bỏ phiếu",
        "vote_count": "Số phiếu",
    },
    "documents": {"issued_document": "Văn bản đi", "cell_term": "Nhiệm kỳ"},
    "rules": {
        "content_set": "Bộ nội dung",
        "content_item": "Nội dung",
        "rule_file": "Tệp quy định",
    },
    "cell": {
        "cell": "Thiết lập của chi bộ",
        "cell_name": "Tên chi bộ",
        "year_state": "Năm",
        "year_closing": "Lần khóa năm",
    },
    "trust": {
        "security": "Cách giữ kín sổ",
        "seat_account": "Người dùng",
        "key_holder": "Người giữ mật khẩu",
        "ignored_finding": "Điều kiểm tra được bỏ qua",
    },
}
RECORDS = {
    table: RecordWords(words, part) for part, tables in _OF_PARTS.items() for table, words in tables.items()
}
# Written beside the history: what is being typed, PINs, the bytes of files, the history itself.
UNRECORDED = frozenset(("draft", "seat_pin", "file_content", "action", "change", "book_head"))


def tables_of(part: str) -> tuple[str, ...]:
    """The tables of one part of the book."""
    return tuple(_OF_PARTS[part])


SILENT = frozenset(
    (
        "id",
        "cell_id",
        "version",
        "position",
        "given_name",
        "sort_key",
        "search_key",
        "digest",
        "is_sample",
        # what a record belongs to or is about stands in its name
        "member_id",
        "subject_id",
        "year",
        "month",
        "period",
        "content_set_id",
        "pledge_id",
        "monthly_id",
        "review_id",
        "meeting_id",
        "round_id",
        "term_id",
        "item_id",
        "raised_id",
        "carried_from",
        "entered_by",
        "confirmed_by",
        "rule_set",
        "subject_kind",
        "profile",
        "about",
        "proposed",
    )
)

_COMMON = {
    "action": "việc",
    "added_on": "ngày nạp",
    "code": "mã",
    "content": "nội dung",
    "decided_on": "ngày quyết định",
    "decision_ref": "số quyết định",
    "dated_on": "ngày",
    "due_on": "hạn",
    "evidence": "minh chứng",
    "excuse_reason": "lý do nghỉ",
    "kind": "loại",
    "label": "nội dung",
    "measure": "biện pháp",
    "name": "tên",
    "note": "ghi chú",
    "number": "số",
    "origin": "nguồn",
    "passed_on": "ngày thông qua",
    "place": "nơi",
    "reason": "lý do",
    "responsibility": "trách nhiệm",
    "role": "vai trò",
    "source": "căn cứ",
    "state": "trạng thái",
    "submitted_at": "lúc gửi",
    "target": "chỉ tiêu",
    "title": "tên",
    "valid_from": "từ ngày",
    "valid_to": "đến ngày",
    "cell_comment": "ý kiến chi bộ",
    "received_on": "ngày nhận",
    "conclusion": "kết luận",
    "entered_by_name": "người nhập",
    "reopen_reason": "lý do mở lại",
}

_OWN = {
    "member": {
        "full_name": "họ và tên",
        "gender": "giới tính",
        "birth": "ngày sinh",
        "card_number": "số thẻ",
        "file_number": "số hồ sơ",
        "phone": "điện thoại",
        "ethnicity": "dân tộc",
        "occupation": "nghề nghiệp",
        "workplace": "nơi làm việc",
        "residence": "nơi ở",
        "admission_decision_on": "ngày quyết định kết nạp",
        "admitted_on": "ngày vào Đảng",
        "confirmed_on": "ngày chính thức",
    },
    "member_post": {"sphere": "khối", "role": "chức vụ trong chi bộ", "title": "chức vụ"},
    "member_kind": {"kind": "loại đối tượng"},
    "member_status": {"kind": "tình trạng", "detail": "trường hợp"},
    "member_discipline": {
        "form": "hình thức",
        "content": "nội dung vi phạm",
        "duty_related": "liên quan chức trách",
        "arose_at": "xảy ra ở",
        "arose_year": "năm xảy ra vi phạm",
        "remedied": "đã khắc phục",
    },
    "pledge": {"committee_comment": "ý kiến chi ủy"},
    "pledge_item": {
        "content_code": "nội dung nêu gương",
        "outcome": "kết quả",
        "finished_on": "ngày xong",
    },
    "pledge_revision": {"revised_on": "ngày thay đổi"},
    "monthly": {
        "mark": "biểu dương, nhắc nhở",
        "meeting_date": "ngày họp",
        "no_meeting_reason": "lý do không họp",
        "confirmed_by_name": "người xác nhận",
    },
    "monthly_entry": {
        "result": "kết quả",
        "self_level": "mức",
        "limits": "hạn chế",
        "fix": "cách khắc phục",
        "copied_from": "chép từ tháng",
    },
    "review": {
        "form": "mẫu",
        "dated_on": "ngày ký",
        "tasks_assigned": "số việc được giao",
        "tasks_done": "số việc hoàn thành",
        "tasks_late": "số việc chậm",
        "tasks_beyond": "số việc vượt mức",
        "tasks_failed": "số việc không hoàn thành",
        "civil_grade": "mức của nơi công tác",
        "civil_grade_on": "ngày xếp loại của nơi công tác",
        "civil_decision": "quyết định của nơi công tác",
        "block_cases": "trường hợp phải xem xét mức thấp",
        "notified_on": "ngày thông báo kết quả",
    },
    "review_section": {"key": "mục", "text": "lời viết", "level": "mức"},
    "review_score": {
        "code": "tiêu chí",
        "self_score": "điểm tự chấm",
        "appraised_score": "điểm chi bộ chấm",
        "ground": "căn cứ tự chấm",
        "appraised_ground": "căn cứ chi bộ chấm",
    },
    "review_fault": {
        "fault": "khuyết điểm",
        "status": "khắc phục",
        "progress": "đã làm được",
        "difficulty": "khó khăn",
    },
    "review_prompt": {"point": "gợi ý", "cause": "nguyên nhân"},
    "review_grade": {"stage": "bước", "grade": "mức xếp loại"},
    "review_task": {
        "title": "nhiệm vụ",
        "product": "sản phẩm",
        "assigned_on": "ngày giao",
        "done_on": "ngày xong",
        "quality": "chất lượng",
        "beyond": "vượt mức",
        "beyond_ground": "căn cứ vượt mức",
        "failed": "không hoàn thành",
        "not_applicable": "không tính vì",
        "max_points": "điểm tối đa",
        "self_points": "điểm tự chấm",
    },
    "year_member": {
        "duty": "diện kiểm điểm",
        "duty_reason": "lý do",
        "duty_on": "ngày quyết định",
        "cap_group": "nhóm so sánh",
    },
    "opinion": {
        "kind": "nơi nhận xét",
        "from_whom": "của",
        "requested_on": "ngày xin",
        "level": "mức đề nghị",
        "not_needed": "không cần vì",
    },
    "raised_point": {
        "document": "văn bản",
        "document_on": "ngày văn bản",
        "point": "gợi ý",
        "ground": "căn cứ",
        "demand": "yêu cầu",
    },
    "year_end": {
        "cap_percent": "tỉ lệ xuất sắc (%)",
        "cap_base": "số lấy tỉ lệ",
        "cap_rounding": "cách làm tròn",
        "cap_excludes_head": "không tính bí thư",
        "cap_ground": "căn cứ",
        "draft_sent_on": "ngày gửi dự thảo",
    },
    "rerating": {
        "old_grade": "mức cũ",
        "new_grade": "mức mới",
        "old_decision": "quyết định cũ",
        "decision": "quyết định",
    },
    "complaint": {"answered_on": "ngày trả lời", "answer": "trả lời"},
    "meeting": {
        "held_on": "ngày họp",
        "started_at": "bắt đầu",
        "ended_at": "kết thúc",
        "chair_id": "chủ trì",
        "minutes_by": "thư ký",
        "from_above": "cấp trên dự",
        "purpose": "nội dung họp",
        "report": "báo cáo",
        "discussion": "thảo luận",
        "praise": "biểu dương",
        "reminders": "nhắc nhở",
        "tasks": "nhiệm vụ tới",
        "majority_base": "số tính quá nửa",
        "rounds": "số vòng bỏ phiếu",
        "secret": "bỏ phiếu kín",
        "recuse_self": "không tự bỏ phiếu cho mình",
    },
    "attendance": {"standing": "tư cách dự họp", "presence": "điểm danh", "teller": "tổ kiểm phiếu"},
    "meeting_note": {"summary": "tóm tắt", "opinions": "ý kiến", "accepted": "tiếp thu"},
    "vote_round": {
        "kind": "cách bỏ phiếu",
        "issued": "phát ra",
        "returned": "thu về",
        "valid": "hợp lệ",
        "invalid": "không hợp lệ",
        "counted_on": "ngày kiểm phiếu",
    },
    "vote_count": {
        "excellent": "xuất sắc",
        "good": "tốt",
        "satisfactory": "hoàn thành",
        "unsatisfactory": "không hoàn thành",
        "agree": "đồng ý",
        "disagree": "không đồng ý",
        "blank": "trắng",
    },
    "issued_document": {"symbol": "loại văn bản", "paper": "mẫu", "title": "trích yếu"},
    "cell_term": {"name": "nhiệm kỳ"},
    "rule_file": {"key": "mã", "from_year": "dùng từ năm", "origin": "tên tệp"},
    "cell": {
        "kind": "loại chi bộ",
        "due_day": "ngày hạn gửi",
        "level_scale": "mức tự đánh giá",
        "content_set": "bộ nội dung",
        "first_year": "năm đầu của sổ",
    },
    "cell_name": {
        "upper": "tổ chức cấp trên",
        "own": "tên chi bộ",
        "place": "địa danh",
        "has_seal": "con dấu",
    },
    "year_state": {"closed_on": "ngày khóa"},
    "year_closing": {
        "closed_at": "lúc khóa",
        "closed_by": "người khóa",
        "open_items": "việc để ngỏ",
        "reopened_at": "lúc mở lại",
        "reopened_by": "người mở lại",
    },
    "security": {
        "pins_required": "dùng mã PIN",
        "member_idle_minutes": "số phút tự khóa, đảng viên",
        "lead_idle_minutes": "số phút tự khóa, bí thư và chi ủy",
    },
    "seat_account": {"is_active": "đang dùng"},
    "key_holder": {
        "kind": "loại",
        "made_at": "lúc đặt",
        "removed_at": "lúc bỏ",
        "proved_at": "lúc thử lại",
    },
    "ignored_finding": {"by_name": "người bỏ qua", "at": "lúc bỏ qua", "code": "điều kiểm tra"},
}


def field_words(table: str, column: str) -> str:
    """What a field is called in a sentence; "" for one that says nothing to a person."""
    own = _OWN.get(table, {}).get(column)
    if own is not None or column in SILENT:
        return own or ""
    return _COMMON.get(column, "")
