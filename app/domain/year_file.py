"""The file of one subject's yearly review: what belongs in it, and what of it is there (Mẫu 04, art. 17)."""

from dataclasses import dataclass

from app.domain.review import COLLECTIVES


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the book knows of a subject's papers for one year.

    ``sheet``: bản kiểm điểm, or the report of a collective, handed in. ``opinions_wanted`` and
    ``opinions_received`` count those asked for; ``excused`` is why no opinion is waited for. Rules without
    points have no annex of them.
    """

    subject_id: str
    sheet: bool = False
    residence_received: bool = False
    residence_excused: str = ""
    other_opinions_wanted: int = 0
    other_opinions_received: int = 0
    minutes: bool = False
    appraised: bool = False
    decided: bool = False
    raised_points: int = 0
    raised_answered: int = 0
    complaints: int = 0
    reratings: int = 0
    has_points: bool = True


@dataclass(frozen=True, slots=True)
class FileItem:
    """One line of the list: its number and name, whether it is there, and what is to be said of it.

    ``is_wanted`` is False for a paper "nếu có" that nothing calls for.
    """

    number: int
    label: str
    is_there: bool
    is_wanted: bool = True
    note: str = ""

    @property
    def short(self) -> str:
        """A few words for lists on screen; paper prints the label."""
        return next((short for start, short in _SHORT.items() if self.label.startswith(start)), self.label)

    @property
    def is_missing(self) -> bool:
        """Whether the file waits for it."""
        return self.is_wanted and not self.is_there


_SHORT = {
    "Báo cáo kiểm điểm": "báo cáo tập thể",
    "Bản kiểm điểm": "bản kiểm điểm",
    "Nhận xét của cấp ủy": "nhận xét nơi cư trú",
    "Biên bản": "biên bản họp",
    "Tổng hợp": "thẩm định",
    "Kết luận": "kết quả xếp loại",
    "Văn bản góp ý": "nhận xét khác",
}


def file_items(facts: FileFacts) -> tuple[FileItem, ...]:
    """The list of a subject's file, ticked by what the book holds.

    QĐ 366-QĐ/TW art. 17; Mẫu 04-HD KĐ.ĐG 2025.
    """
    is_collective = facts.subject_id in COLLECTIVES
    rows = [
        (
            "Báo cáo kiểm điểm của tập thể" if is_collective else "Bản kiểm điểm cá nhân",
            facts.sheet,
            True,
            "",
        ),
        *([] if is_collective else [_residence(facts)]),
        ("Biên bản hội nghị kiểm điểm", facts.minutes, True, ""),
        ("Tổng hợp kết quả thẩm định", facts.appraised, True, ""),
        (
            "Kết luận, kết quả đánh giá, xếp loại" + (", kèm phụ lục chấm điểm" if facts.has_points else ""),
            facts.decided,
            True,
            _reratings(facts),
        ),
        _raised(facts),
        _opinions(facts),
        (
            "Hồ sơ khiếu nại, kiến nghị (nếu có)",
            facts.complaints > 0,
            facts.complaints > 0,
            f"{facts.complaints} khiếu nại, kiến nghị" if facts.complaints else "không có",
        ),
        ("Tài liệu khác có liên quan (nếu có)", False, False, ""),
    ]
    return tuple(FileItem(number, *row) for number, row in enumerate(rows, 1))


_Row = tuple[str, bool, bool, str]


def _residence(facts: FileFacts) -> _Row:
    label = "Nhận xét của cấp ủy nơi cư trú"
    if facts.residence_excused:
        return label, False, False, f"không cần: {facts.residence_excused}"
    return label, facts.residence_received, True, ""


def _raised(facts: FileFacts) -> _Row:
    label = "Văn bản gợi ý kiểm điểm (nếu có)"
    if not facts.raised_points:
        return label, False, False, "không có"
    note = f"đã trả lời {facts.raised_answered}/{facts.raised_points} điểm"
    return label, True, True, note


def _opinions(facts: FileFacts) -> _Row:
    label = "Văn bản góp ý, nhận xét khác (nếu có)"
    wanted, received = facts.other_opinions_wanted, facts.other_opinions_received
    if not wanted and not received:
        return label, False, False, "không có"
    return label, received >= wanted, True, f"đã nhận {received}/{max(wanted, received)} ý kiến"


def _reratings(facts: FileFacts) -> str:
    return f"đã xếp loại lại {facts.reratings} lần" if facts.reratings else ""
