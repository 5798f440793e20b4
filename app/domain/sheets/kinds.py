"""The papers the book can print."""

from enum import StrEnum


class PaperKind(StrEnum):
    """The papers of a cell's year."""

    REVIEW = "review"
    REGISTER = "register"
    PLEDGE = "pledge"
    MATRIX = "matrix"
    EXTRACT = "extract"

    @property
    def label(self) -> str:
        """The paper's name in lists and file names."""
        return {
            "review": "Bản kiểm điểm cá nhân",
            "register": "Sổ đăng ký nêu gương",
            "pledge": "Bản cam kết",
            "matrix": "Bảng 12 tháng của chi bộ",
            "extract": "Trích kết quả gửi cơ quan, đơn vị",
        }[self.value]

    @property
    def is_of_cell(self) -> bool:
        """Whether it is one paper for the whole cell, not one for each member."""
        return self is PaperKind.MATRIX
