"""How opinions and points raised from above stand in their lists: columns, chips, what the panel shows."""

from datetime import date

from app.domain.dates import format_date
from app.domain.needed_opinions import OpinionState, WantedOpinion
from app.services.raised_points import RaisedPointRow
from app.ui.parts.chips import UNCHECKED_SOURCE, ChipSpec
from app.ui.parts.record_model import Column as TableColumn
from app.ui.screens.year_end.side_panel import Act, Glance

_STATES = {
    OpinionState.RECEIVED: ChipSpec(OpinionState.RECEIVED.label, "ok", "check"),
    OpinionState.NOT_NEEDED: ChipSpec(OpinionState.NOT_NEEDED.label, "na", state="not_required"),
    OpinionState.OVERDUE: ChipSpec(OpinionState.OVERDUE.label, "late", state="late"),
    OpinionState.REQUESTED: ChipSpec(OpinionState.REQUESTED.label, "pri", "send"),
    OpinionState.OPEN: ChipSpec(OpinionState.OPEN.label, "late", state="not_submitted"),
}
OPINION_FILTERS = (
    (OpinionState.OPEN.value, "Chưa xin"),
    (OpinionState.REQUESTED.value, "Đang chờ"),
    (OpinionState.OVERDUE.value, "Quá hạn"),
    (OpinionState.RECEIVED.value, "Đã về"),
    (OpinionState.NOT_NEEDED.value, "Không cần"),
)
ANSWERED = ChipSpec("Đã trả lời", "ok", "check")
_NOT_ANSWERED = ChipSpec("Chưa trả lời", "late", state="not_submitted")
_LATE_ANSWER = ChipSpec("Quá hạn trả lời", "late", state="late")
_BEING_WRITTEN = ChipSpec("Đang viết", "pri", "pen-line")
POINT_FILTERS = (("open", "Chưa trả lời"), ("answered", "Đã trả lời"))


def day_text(day: date | None) -> str:
    """A day in a list; nothing where there is none."""
    return format_date(day) if day else ""


def opinion_columns(today: date) -> tuple[TableColumn[WantedOpinion], ...]:
    """The columns of the list of opinions, told as of today."""
    return (
        TableColumn(
            "Họ và tên",
            lambda row: row.member.name,
            width=140,
            stretch=3,
            bold=True,
            sort_key=lambda row: row.member.sort_key,
        ),
        TableColumn(
            "Xin ý kiến của",
            lambda row: row.kind.label,
            width=150,
            stretch=5,
            below=lambda row: row.from_whom,
        ),
        TableColumn(
            "Hạn gửi lại",
            lambda row: day_text(row.opinion.due_on),
            width=98,
            is_searched=False,
            sort_key=lambda row: str(row.opinion.due_on or ""),
        ),
        TableColumn(
            "Tình trạng",
            lambda _row: "",
            width=118,
            chip=lambda row: _STATES[row.state(today)],
            sort_key=lambda row: row.state(today).value,
            is_searched=False,
        ),
    )


def opinion_glance(row: WantedOpinion, today: date, acts: tuple[Act, ...]) -> Glance:
    """One opinion in the panel: why it is asked, how far it is, what it says."""
    state, kept, needed = row.state(today), row.opinion, row.needed
    chips = [_STATES[state]]
    chips += [UNCHECKED_SOURCE] if needed is not None and not needed.verified else []
    asked = f"ngày {format_date(kept.requested_on)}" if kept.requested_on else ""
    asked += f", hạn gửi lại {format_date(kept.due_on)}" if asked and kept.due_on else ""
    lines = (
        (row.kind.label, row.from_whom or "chưa ghi tên nơi nhận xét"),
        ("Vì sao xin", row.reason),
        ("Căn cứ", needed.source if needed else ""),
        ("Không cần vì", row.excuse if state is OpinionState.NOT_NEEDED else ""),
        ("Đã xin", asked),
        ("Nhận", f"ngày {format_date(kept.received_on)}" if kept.received_on else ""),
        ("Mức nhận xét", kept.level),
        ("Nội dung", kept.content),
    )
    return Glance(row.member.name, tuple(chips), lines, acts)


def point_chip(row: RaisedPointRow, today: date) -> ChipSpec:
    """Whether a point is answered; past its day it says so."""
    if row.is_answered is None:
        return _BEING_WRITTEN
    if row.is_answered:
        return ANSWERED
    due = row.point.due_on
    return _LATE_ANSWER if due is not None and due < today else _NOT_ANSWERED


def point_columns(today: date) -> tuple[TableColumn[RaisedPointRow], ...]:
    """The columns of the list of points raised from above, told as of today."""
    return (
        TableColumn("Gợi ý cho", lambda row: row.subject, width=140, stretch=2, bold=True),
        TableColumn(
            "Vấn đề",
            lambda row: row.point.point,
            width=180,
            stretch=5,
            below=lambda row: _document(row),
        ),
        TableColumn(
            "Hạn trả lời",
            lambda row: day_text(row.point.due_on),
            width=98,
            is_searched=False,
            sort_key=lambda row: str(row.point.due_on or ""),
        ),
        TableColumn(
            "Trả lời", lambda _row: "", width=148, chip=lambda row: point_chip(row, today), is_searched=False
        ),
    )


def point_glance(row: RaisedPointRow, today: date, acts: tuple[Act, ...]) -> Glance:
    """One point in the panel."""
    point = row.point
    lines = (
        ("Vấn đề", point.point),
        ("Căn cứ", point.ground),
        ("Yêu cầu làm rõ", point.demand),
        ("Văn bản gợi ý", _document(row)),
        ("Hạn trả lời", day_text(point.due_on)),
        ("", "Trả lời ở mục IV của bản kiểm điểm: nguyên nhân và trách nhiệm."),
    )
    return Glance(row.subject, (point_chip(row, today),), lines, acts)


def _document(row: RaisedPointRow) -> str:
    on = row.point.document_on
    return f"{row.point.document}, ngày {format_date(on)}" if on else row.point.document
