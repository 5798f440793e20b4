"""The words of a yearly rating: quality grades, the four levels of earlier years, kinds of subject."""

from enum import StrEnum


class Grade(StrEnum):
    """The four quality grades of a year, best first (Điều 11 Quy định 366-QĐ/TW)."""

    EXCELLENT = "excellent"
    GOOD = "good"
    SATISFACTORY = "satisfactory"
    UNSATISFACTORY = "unsatisfactory"

    @property
    def label(self) -> str:
        """The grade as forms print it."""
        return _GRADE_LABELS[self][0]

    @property
    def short(self) -> str:
        """The abbreviation used in tables: HTXS, HTT, HT, KHT."""
        return _GRADE_LABELS[self][1]

    @property
    def rank(self) -> int:
        """4 for the best grade down to 1; for comparing grades."""
        return len(_GRADES) - _GRADES.index(self)


class FourLevel(StrEnum):
    """How a criterion was met on the sheets of 2018–2024, best first."""

    EXCELLENT_LEVEL = "excellent_level"
    GOOD_LEVEL = "good_level"
    AVERAGE_LEVEL = "average_level"
    POOR_LEVEL = "poor_level"

    @property
    def label(self) -> str:
        """The level as printed beside its box."""
        return _LEVEL_LABELS[self]

    @property
    def rank(self) -> int:
        """4 for the best level down to 1; for comparing levels."""
        return len(_LEVELS) - _LEVELS.index(self)


class SubjectKind(StrEnum):
    """Who is reviewed; together with the rule set it chooses the form."""

    COLLECTIVE = "collective"
    LEADER_CENTRAL = "leader_central"
    LEADER = "leader"
    NON_LEADER = "non_leader"
    OUTSIDE = "outside"

    @property
    def label(self) -> str:
        """The kind as rules and forms call it."""
        return _KIND_LABELS[self][0]

    @property
    def short(self) -> str:
        """A few words for lists and filters."""
        return _KIND_LABELS[self][1]


_GRADE_LABELS = {
    Grade.EXCELLENT: ("Hoàn thành xuất sắc nhiệm vụ", "HTXS"),
    Grade.GOOD: ("Hoàn thành tốt nhiệm vụ", "HTT"),
    Grade.SATISFACTORY: ("Hoàn thành nhiệm vụ", "HT"),
    Grade.UNSATISFACTORY: ("Không hoàn thành nhiệm vụ", "KHT"),
}
_LEVEL_LABELS = {
    FourLevel.EXCELLENT_LEVEL: "Xuất sắc",
    FourLevel.GOOD_LEVEL: "Tốt",
    FourLevel.AVERAGE_LEVEL: "Trung bình",
    FourLevel.POOR_LEVEL: "Kém",
}
_KIND_LABELS = {
    SubjectKind.COLLECTIVE: ("Tập thể", "Tập thể"),
    SubjectKind.LEADER_CENTRAL: (
        "Cá nhân diện Ban Chấp hành Trung ương, Bộ Chính trị, Ban Bí thư quản lý",
        "Diện Trung ương quản lý",
    ),
    SubjectKind.LEADER: ("Cá nhân giữ chức vụ lãnh đạo, quản lý", "Giữ chức vụ"),
    SubjectKind.NON_LEADER: ("Cá nhân không giữ chức vụ lãnh đạo, quản lý", "Không giữ chức vụ"),
    SubjectKind.OUTSIDE: (
        "Đảng viên không làm việc trong hệ thống chính trị",
        "Ngoài hệ thống chính trị",
    ),
}
_GRADES = tuple(Grade)
_LEVELS = tuple(FourLevel)
