"""The words for what stands in files of rules: names of fields and of their values, for reading on screen."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.domain.dates import format_date
from app.domain.grade_links import DisciplineEffect, LinkTest
from app.domain.rule_set import BlockTest, CapBase, CapRounding, GradeMeasure, MajorityBase, PeriodKind
from app.domain.scoring import ItemMeasure, ScorePart, ScoringMode, point_text

_VALUES: dict[StrEnum, str] = {
    GradeMeasure.POINTS: "thang điểm 100",
    GradeMeasure.FOUR_LEVELS: "bốn cấp độ từng tiêu chí",
    PeriodKind.YEAR: "hằng năm",
    PeriodKind.QUARTER: "hằng quý",
    PeriodKind.TERM: "theo nhiệm kỳ",
    PeriodKind.EXTRAORDINARY: "khi cần thiết",
    BlockTest.TICKED: "người có thẩm quyền đánh dấu",
    BlockTest.FAILED_ABOVE: "số nhiệm vụ không hoàn thành trên mức",
    BlockTest.DONE_BELOW: "số nhiệm vụ hoàn thành dưới mức",
    BlockTest.CIVIL_SERVANT_UNSATISFACTORY: "nơi công tác xếp loại không hoàn thành",
    BlockTest.TASK_LEVEL_POOR: "tiêu chí nhiệm vụ ở cấp độ Kém",
    BlockTest.ANY_LEVEL_POOR: "có tiêu chí ở cấp độ Kém",
    CapBase.GOOD: "Số hoàn thành tốt",
    CapBase.GOOD_PLUS_EXCELLENT: "Số hoàn thành tốt trở lên",
    CapRounding.FLOOR: "Bỏ phần lẻ",
    CapRounding.HALF_UP: "Từ 0,5 lên 1",
    MajorityBase.CONVENED: "Số được triệu tập",
    MajorityBase.PRESENT: "Số có mặt",
    MajorityBase.VALID: "Số phiếu hợp lệ",
    DisciplineEffect.BLOCKS: "xếp loại không hoàn thành nhiệm vụ",
    DisciplineEffect.ASKS: "hỏi người có thẩm quyền",
    LinkTest.HEAD_ABOVE_COLLECTIVE: "Người đứng đầu và tập thể",
    LinkTest.HEAD_COLLECTIVE_DONE_BELOW: "Người đứng đầu khi tập thể đạt thấp",
    LinkTest.DEPUTY_COLLECTIVE_DONE_BELOW: "Cấp phó khi tập thể đạt thấp",
    LinkTest.UNSATISFACTORY_QUARTER: "Quý không hoàn thành",
    LinkTest.ABOVE_CIVIL_SERVANT: "Xếp loại ở nơi công tác",
    ScoringMode.GRADED: "chấm từng mức",
    ScoringMode.ALL_OR_NOTHING: "đạt thì trọn điểm, không đạt thì 0",
    ScorePart.GENERAL: "tiêu chí chung",
    ScorePart.TASKS: "kết quả nhiệm vụ",
    ItemMeasure.QUALITY: "chất lượng",
    ItemMeasure.PASSED: "đạt, không đạt",
    ItemMeasure.TASK_FIGURES: "số liệu nhiệm vụ",
    ItemMeasure.OTHER_RATING: "kết quả xếp loại khác",
    ItemMeasure.FAULTS_FIXED: "khắc phục khuyết điểm",
}

_FIELDS = {
    "abstract": "Trích yếu",
    "addressed_to": "Kính gửi",
    "align": "Căn cột",
    "annex": "Phụ lục",
    "base": "Tính trên số",
    "beyond_min": "Nhiệm vụ vượt yêu cầu, ít nhất (%)",
    "blank_lines": "Số dòng trống",
    "blank_rows": "Số hàng trống",
    "block_cases": "Trường hợp không hoàn thành nhiệm vụ",
    "blocs": "Khối",
    "bottom": "Lề dưới",
    "cap": "Tỉ lệ hoàn thành xuất sắc",
    "cases": "Thuộc trường hợp",
    "civil_servant_min": "Xếp loại ở nơi công tác, ít nhất",
    "code": "Mã",
    "columns": "Cột",
    "conditions": "Điều kiện từng mức",
    "cover": "Trang bìa",
    "dated": "Có ngày ký riêng",
    "day": "Ngày",
    "deadlines": "Thời hạn",
    "decides": "Cấp quyết định",
    "discipline": "Kỷ luật trong năm",
    "document": "Thể thức văn bản",
    "done_min": "Nhiệm vụ hoàn thành, ít nhất (%)",
    "effect": "Xử lý",
    "exempt_groups": "Ai không kiểm điểm",
    "exemption_kinds": "Căn cứ miễn sinh hoạt",
    "faults_fixed_min": "Khuyết điểm đã khắc phục, ít nhất (%)",
    "fields": "Ô thông tin",
    "focus": "Trọng tâm",
    "foot": "Chân trang",
    "form": "Mẫu",
    "formula": "Chức danh ký",
    "formula_no_committee": "Chức danh ký ở chi bộ không có chi ủy",
    "four_levels": "Có bốn cấp độ",
    "from_months": "Ghép từ các tháng",
    "grade": "Mức",
    "grades": "Dòng chọn mức",
    "grounds": "Văn bản căn cứ",
    "ground_from": "Phải ghi lý do khi từ (điểm)",
    "group": "Nhóm",
    "grouping": "Cách tính nhóm",
    "heading": "Tiêu đề",
    "id": "Mã",
    "identity": "Phần thông tin",
    "if_empty": "Chữ khi để trống",
    "in_force_from": "Có hiệu lực từ",
    "in_force_to": "Hết hiệu lực",
    "is_default": "Dùng sẵn",
    "issued_by": "Cấp ký",
    "issued_on": "Ngày ban hành",
    "issuer": "Cơ quan ban hành",
    "items": "Mục",
    "key": "Mã",
    "kind": "Loại",
    "kinds": "Áp dụng với",
    "label": "Tên",
    "landscape": "Giấy ngang",
    "late_max": "Nhiệm vụ chậm, nhiều nhất (%)",
    "lead": "Lời in sẵn",
    "leading": "Giãn dòng",
    "left": "Lề trái",
    "length": "Thời hạn miễn",
    "level": "Cấp tiêu đề",
    "lines_above": "Dòng trên chỗ ký",
    "links": "Liên quan kết quả khác",
    "majority_base": "Quá nửa tính trên",
    "max": "Điểm tối đa",
    "measure": "Cách đánh giá",
    "measures": "Xét theo",
    "mode": "Cách chấm",
    "month": "Tháng",
    "months_since_admission": "Số tháng từ khi kết nạp",
    "name": "Tên",
    "new_page": "Sang trang mới",
    "next_year": "Của năm sau",
    "no_member_disciplined": "Không có thành viên bị kỷ luật",
    "not_for": "Không dùng cho",
    "note": "Ghi chú",
    "note_sealed": "Ghi chú nơi có con dấu",
    "number": "Số hiệu",
    "number_in_text": "Số mẫu viết gọn",
    "numbered": "Đánh số trang",
    "other_level_min": "Tiêu chí khác, ít nhất",
    "margin_by_day": "Lề theo ngày ban hành",
    "organ": "Cơ quan ký",
    "own": "Tên cơ quan",
    "part": "Nhóm điểm",
    "percent": "Mức tối đa (%)",
    "percent_exceptional": "Mức khi được cho phép (%)",
    "periods": "Kỳ kiểm điểm",
    "points_below": "Dưới (điểm)",
    "points_from": "Từ (điểm)",
    "profile": "Bảng điểm",
    "quality": "Bảo đảm chất lượng",
    "ranges": "Khung điểm",
    "receivers": "Nơi nhận",
    "relief": "Được xem xét khi",
    "remedied_relieves": "Tự phát hiện, khắc phục thì được xem xét",
    "right": "Lề phải",
    "role": "Vai trò",
    "round_to": "Làm tròn đến",
    "rounding": "Khi lẻ",
    "rounds": "Số vòng",
    "row": "Hàng ký",
    "row_height": "Chiều cao hàng",
    "rows": "Nguồn dòng",
    "rule_set": "Bộ quy định",
    "scores": "Dòng điểm",
    "secret": "Bỏ phiếu kín",
    "sections": "Phần",
    "share": "Bề rộng",
    "short": "Tên gọn",
    "signatures": "Chỗ ký",
    "signer": "Người ký",
    "situations": "Trường hợp riêng",
    "size": "Cỡ chữ",
    "source": "Căn cứ",
    "sources": "Văn bản",
    "step": "Bước điểm",
    "style": "Trang giấy",
    "subject_kind": "Đối tượng",
    "subject_kinds": "Đối tượng",
    "subjects": "Đối tượng và mẫu",
    "sublines": "Dòng dưới tiêu đề",
    "symbol": "Ký hiệu",
    "takes": "Nhận nội dung",
    "task_criterion": "Tiêu chí nhiệm vụ",
    "task_level_min": "Tiêu chí nhiệm vụ, ít nhất",
    "test": "Cách xét",
    "text": "Nội dung",
    "threshold_percent": "Số phiếu phải vượt (%)",
    "tickable": "Người có thẩm quyền đánh dấu được",
    "title": "Tiêu đề",
    "top": "Lề trên",
    "treatment": "Cách xử lý",
    "unrelated": "Khi không liên quan công vụ",
    "unrelated_cases": "Trường hợp xét khi không liên quan công vụ",
    "upper": "Cơ quan cấp trên",
    "valid_from": "Có hiệu lực từ",
    "valid_to": "Hết hiệu lực",
    "vote": "Biểu quyết",
    "working_days": "Số ngày làm việc trước buổi họp",
    "year_from": "Từ năm",
    "year_to": "Đến năm",
}
_OF_TABLES = {("block_cases", "percent"): "Mức (%)", ("links", "percent"): "Mức (%)"}
_SOURCE_OF = {"base": "Tính trên số", "rounding": "Khi lẻ", "form": "Hình thức", "rounds": "Số vòng"}


def field_label(name: str, table: str = "") -> str:
    """What a field is called; ``table`` is the part of the file it stands in."""
    if name in ("verified", *(f"{part}_verified" for part in _SOURCE_OF)):
        part = _SOURCE_OF.get(name.removesuffix("_verified"), "")
        return f"Đã đối chiếu ({part.lower()})" if part else "Đã đối chiếu"
    if name.removesuffix("_source") in _SOURCE_OF and name.endswith("_source"):
        return f"Căn cứ ({_SOURCE_OF[name.removesuffix('_source')].lower()})"
    return _OF_TABLES.get((table, name)) or _FIELDS.get(name, name)


def enum_words(value: StrEnum) -> str:
    """What a word out of a closed list means."""
    label = getattr(value, "label", None)
    return label if isinstance(label, str) else _VALUES.get(value, str(value))


def value_words(value: object) -> str:
    """A value as people read it; nothing at all is said as such."""
    if value is None or value in ("", ()):
        return "(trống)"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, StrEnum):
        return enum_words(value)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Decimal):
        return point_text(value)
    if isinstance(value, tuple):
        return "; ".join(value_words(each) for each in value)
    return str(value)
