"""The small line below a paper's name in the print centre, and the page a paper's gaps are filled on."""

from app.services.papers import PaperKind

_WHAT = {
    PaperKind.REVIEW: "Mẫu theo quy định của năm",
    PaperKind.COLLECTIVE: "Mẫu 01, chi bộ và chi ủy",
    PaperKind.BALLOT_GRADE: "Đúng số người có mặt, có quyền",
    PaperKind.BALLOT_EXCELLENT: "Chỉ người đạt mức tốt ở vòng 1",
    PaperKind.BALLOT_GRADE4: "Đúng số người có mặt, có quyền",
    PaperKind.BALLOT_GRADE5: "Kèm điểm và mức tự nhận",
    PaperKind.BALLOT_CELL: "Đúng số người có mặt, có quyền",
    PaperKind.TALLY: "Mỗi vòng bỏ phiếu một biên bản",
    PaperKind.REVIEW_MINUTES: "Diễn biến và kết quả cuộc họp",
    PaperKind.FILE_LIST: "Mẫu 04, hồ sơ từng người",
    PaperKind.SUMMARY: "Khổ ngang, cả chi bộ",
    PaperKind.PENDING_LIST: "Kèm lý do từng người",
    PaperKind.STATISTICS: "Số lượng và tỉ lệ từng mức",
    PaperKind.CELL_REPORT: "Gửi cấp ủy cấp trên",
    PaperKind.PROPOSAL: "Gửi cấp ủy cấp trên",
    PaperKind.ACHIEVEMENT: "Người được đề nghị khen",
    PaperKind.NOTICE: "Gửi từng đảng viên",
    PaperKind.RERATING: "Mẫu 03",
    PaperKind.OPINION_RESIDENCE: "Nơi cư trú theo Quy định 213",
    PaperKind.OPINION_TEMPORARY: "Nơi sinh hoạt tạm thời",
    PaperKind.EXTRACT: "Người đứng đầu đơn vị nhận",
    PaperKind.PLEDGE: "Ký đầu năm",
    PaperKind.REGISTER: "Bìa, đăng ký, 12 tháng, tổng hợp",
    PaperKind.MATRIX: "Khổ ngang, cả chi bộ",
    PaperKind.QUARTER: "Mẫu 05",
}
_YEAR_BOOK = (PaperKind.PLEDGE, PaperKind.REGISTER, PaperKind.EXTRACT, PaperKind.MATRIX)
_OF_MEETINGS = (PaperKind.TALLY, PaperKind.REVIEW_MINUTES, PaperKind.MONTHLY_MINUTES, PaperKind.INVITATION)


def what_of(kind: PaperKind) -> str:
    """A few words on a paper; nothing where its name says all."""
    return _WHAT.get(kind, "")


def written_at(kind: PaperKind) -> str:
    """The page on which what is missing in a paper is written."""
    if kind in _YEAR_BOOK:
        return "pledges"
    is_of_meeting = kind in _OF_MEETINGS or kind.value.startswith("ballot_")
    return "meetings" if is_of_meeting else "reviews"
