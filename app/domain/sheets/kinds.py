"""The papers the book can print: their names, where they stand in lists, whom one sheet is for."""

from dataclasses import dataclass
from enum import StrEnum


class PaperGroup(StrEnum):
    """When a paper is needed; the print page lists papers under these headings."""

    REVIEW_MEETING = "review_meeting"
    AFTER_MEETING = "after_meeting"
    REQUESTS = "requests"
    IN_YEAR = "in_year"
    FOR_ABOVE = "for_above"

    @property
    def label(self) -> str:
        """The heading."""
        return {
            "review_meeting": "Họp kiểm điểm cuối năm",
            "after_meeting": "Báo cáo, danh sách, thông báo",
            "requests": "Xin ý kiến, mời họp, gợi ý",
            "in_year": "Trong năm",
            "for_above": "Dành cho đảng ủy cấp trên",
        }[self.value]


class PaperScope(StrEnum):
    """Whom one sheet is for."""

    MEMBER = "member"
    CELL = "cell"


class PaperKind(StrEnum):
    """The papers of a cell's year."""

    REVIEW = "review"
    COLLECTIVE = "collective"
    BALLOT_GRADE = "ballot_grade"
    BALLOT_EXCELLENT = "ballot_excellent"
    BALLOT_GRADE4 = "ballot_grade4"
    BALLOT_GRADE5 = "ballot_grade5"
    BALLOT_CELL = "ballot_cell"
    TALLY = "tally"
    REVIEW_MINUTES = "review_minutes"
    FILE_LIST = "file_list"
    SUMMARY = "summary"
    PENDING_LIST = "pending_list"
    EXEMPT_LIST = "exempt_list"
    STATISTICS = "statistics"
    CELL_REPORT = "cell_report"
    PROPOSAL = "proposal"
    ACHIEVEMENT = "achievement"
    NOTICE = "notice"
    RERATING = "rerating"
    OPINION_REQUEST = "opinion_request"
    OPINION_RESIDENCE = "opinion_residence"
    OPINION_TEMPORARY = "opinion_temporary"
    OPINION_OLD_UNIT = "opinion_old_unit"
    RAISED_POINTS = "raised_points"
    INVITATION = "invitation"
    REGISTER = "register"
    PLEDGE = "pledge"
    MATRIX = "matrix"
    EXTRACT = "extract"
    MONTHLY_MINUTES = "monthly_minutes"
    QUARTER = "quarter"
    QUARTER_REPORT = "quarter_report"
    INSPECTION_PLAN = "inspection_plan"
    RECOGNITION = "recognition"
    REWARD = "reward"
    BALLOT_CELLS = "ballot_cells"

    @property
    def label(self) -> str:
        """The paper's name in lists and file names."""
        return _FACTS[self].label

    @property
    def group(self) -> PaperGroup:
        """Under which heading it is listed."""
        return _FACTS[self].group

    @property
    def is_of_cell(self) -> bool:
        """Whether it is made for the whole cell, not one for each member."""
        return _FACTS[self].scope is PaperScope.CELL


@dataclass(frozen=True, slots=True)
class _Facts:
    label: str
    group: PaperGroup
    scope: PaperScope


def _of_member(label: str, group: PaperGroup) -> _Facts:
    return _Facts(label, group, PaperScope.MEMBER)


def _of_cell(label: str, group: PaperGroup) -> _Facts:
    return _Facts(label, group, PaperScope.CELL)


_MEETING, _AFTER, _REQUESTS = PaperGroup.REVIEW_MEETING, PaperGroup.AFTER_MEETING, PaperGroup.REQUESTS
_IN_YEAR, _ABOVE = PaperGroup.IN_YEAR, PaperGroup.FOR_ABOVE

_FACTS = {
    PaperKind.REVIEW: _of_member("Bản kiểm điểm cá nhân", _MEETING),
    PaperKind.COLLECTIVE: _of_cell("Báo cáo kiểm điểm tập thể", _MEETING),
    PaperKind.BALLOT_GRADE: _of_cell("Phiếu xếp loại mức 2, 3, 4 (vòng 1)", _MEETING),
    PaperKind.BALLOT_EXCELLENT: _of_cell("Phiếu bình chọn xuất sắc (vòng 2)", _MEETING),
    PaperKind.BALLOT_GRADE4: _of_cell("Phiếu xếp loại bốn mức (một vòng)", _MEETING),
    PaperKind.BALLOT_GRADE5: _of_cell("Phiếu xếp loại có điểm tự chấm", _MEETING),
    PaperKind.BALLOT_CELL: _of_cell("Phiếu xếp loại chi bộ", _MEETING),
    PaperKind.TALLY: _of_cell("Biên bản kiểm phiếu", _MEETING),
    PaperKind.REVIEW_MINUTES: _of_cell("Biên bản họp kiểm điểm", _MEETING),
    PaperKind.FILE_LIST: _of_member("Danh mục hồ sơ", _AFTER),
    PaperKind.SUMMARY: _of_cell("Tổng hợp đề xuất mức xếp loại", _AFTER),
    PaperKind.PENDING_LIST: _of_cell("Danh sách chưa kiểm điểm, xếp loại", _AFTER),
    PaperKind.EXEMPT_LIST: _of_cell("Danh sách được miễn sinh hoạt", _AFTER),
    PaperKind.STATISTICS: _of_cell("Biểu thống kê kết quả xếp loại", _AFTER),
    PaperKind.CELL_REPORT: _of_cell("Báo cáo kết quả kiểm điểm, xếp loại", _AFTER),
    PaperKind.PROPOSAL: _of_cell("Tờ trình đề nghị công nhận, khen thưởng", _AFTER),
    PaperKind.ACHIEVEMENT: _of_member("Báo cáo thành tích", _AFTER),
    PaperKind.NOTICE: _of_member("Thông báo kết quả xếp loại", _AFTER),
    PaperKind.RERATING: _of_member("Quyết định xếp loại lại", _ABOVE),
    PaperKind.OPINION_REQUEST: _of_member("Giấy đề nghị nhận xét", _REQUESTS),
    PaperKind.OPINION_RESIDENCE: _of_member("Phiếu nhận xét nơi cư trú", _REQUESTS),
    PaperKind.OPINION_TEMPORARY: _of_member("Phiếu nhận xét nơi sinh hoạt tạm thời", _REQUESTS),
    PaperKind.OPINION_OLD_UNIT: _of_member("Ý kiến của đơn vị cũ", _REQUESTS),
    PaperKind.RAISED_POINTS: _of_member("Văn bản gợi ý kiểm điểm", _REQUESTS),
    PaperKind.INVITATION: _of_cell("Giấy mời họp", _REQUESTS),
    PaperKind.REGISTER: _of_member("Sổ đăng ký nêu gương", _IN_YEAR),
    PaperKind.PLEDGE: _of_member("Bản cam kết", _IN_YEAR),
    PaperKind.MATRIX: _of_cell("Bảng 12 tháng của chi bộ", _IN_YEAR),
    PaperKind.EXTRACT: _of_member("Trích kết quả gửi cơ quan, đơn vị", _IN_YEAR),
    PaperKind.MONTHLY_MINUTES: _of_cell("Biên bản họp chi bộ thường kỳ", _IN_YEAR),
    PaperKind.QUARTER: _of_member("Bản tự đánh giá quý, kỳ khác", _IN_YEAR),
    PaperKind.QUARTER_REPORT: _of_cell("Báo cáo kết quả xếp loại quý", _IN_YEAR),
    PaperKind.INSPECTION_PLAN: _of_cell("Chương trình kiểm tra, giám sát năm", _IN_YEAR),
    PaperKind.RECOGNITION: _of_cell("Quyết định công nhận xếp loại", _ABOVE),
    PaperKind.REWARD: _of_cell("Quyết định tặng giấy khen", _ABOVE),
    PaperKind.BALLOT_CELLS: _of_cell("Phiếu xin ý kiến xếp loại các chi bộ", _ABOVE),
}
