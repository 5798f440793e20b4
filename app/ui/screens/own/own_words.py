"""The sentences of a member's own page."""

from app.domain.dates import Month, format_date, weekday_name
from app.domain.monthly import MonthlySelfAssessment
from app.domain.pledge import Pledge, PledgeState
from app.domain.review import Review, ReviewState
from app.services.own_desk import Ask, AskKind, OwnDesk


def month_words(month: Month, today_year: int) -> str:
    """ "tháng 11", with its year when that is not the present one."""
    return f"tháng {month.month}" if month.year == today_year else f"tháng {month.month}/{month.year}"


def ask_title(ask: Ask, desk: OwnDesk) -> str:
    """What is asked, as a title."""
    if ask.month is not None:
        return f"Tự đánh giá {month_words(ask.month, desk.today.year)}"
    return f"Đăng ký năm {ask.year}" if ask.kind is AskKind.PLEDGE else f"Bản kiểm điểm năm {ask.year}"


def ask_text(ask: Ask, desk: OwnDesk) -> str:
    """Until when, and how much."""
    if ask.due is not None:
        days = (ask.due - desk.today).days
        day = f"{weekday_name(ask.due)} {format_date(ask.due)[:5]}"
        left = (
            f"đã quá hạn {day}"
            if days < 0
            else f"hạn {day}, " + ("là hôm nay" if days == 0 else f"còn {days} ngày")
        )
        return f"{left[0].upper()}{left[1:]}. Đồng chí có {ask.open_items} việc đang mở."
    if ask.kind is AskKind.PLEDGE:
        return "Ghi những việc sẽ làm trong năm; chi bộ thông qua rồi mới theo dõi từng tháng."
    return "Viết trước hội nghị kiểm điểm cuối năm. Mười hai tháng của đồng chí nằm ngay bên cạnh."


def ask_button(ask: Ask, desk: OwnDesk) -> str:
    """The verb and what it is done to."""
    verb = "Viết tiếp" if ask.is_begun else "Viết"
    if ask.month is not None:
        return f"{verb} {month_words(ask.month, desk.today.year)}"
    if ask.kind is AskKind.PLEDGE:
        return f"Đăng ký tiếp năm {ask.year}" if ask.is_begun else f"Đăng ký năm {ask.year}"
    return f"{verb} bản kiểm điểm"


def level_words(assessment: MonthlySelfAssessment | None) -> str:
    """The level of a month when all its items have the same one; the program makes no average of several."""
    chosen = {entry.self_level for entry in assessment.entries if entry.self_level} if assessment else set()
    if not chosen:
        return ""
    return chosen.pop() if len(chosen) == 1 else f"{len(chosen)} mức"


def pledge_words(pledge: Pledge | None) -> str:
    """How far the pledge is."""
    if pledge is None:
        return "Chưa đăng ký"
    if pledge.state is PledgeState.PASSED and pledge.passed_on:
        return f"Chi bộ đã thông qua ngày {format_date(pledge.passed_on)[:5]}"
    if pledge.state is PledgeState.SUBMITTED:
        return "Đã gửi, chờ chi bộ thông qua"
    return f"Đang soạn, {len(pledge.items)} việc" if pledge.items else "Chưa đăng ký"


def review_words(review: Review | None, not_reviewed: str) -> str:
    """How far the sheet of the year's end is."""
    if review is None:
        return f"Không phải viết: {not_reviewed}" if not_reviewed else "Chưa bắt đầu"
    return {
        ReviewState.DRAFT: "Đang viết",
        ReviewState.SUBMITTED: "Đã gửi chi bộ",
        ReviewState.CLOSED: "Đã có quyết định, đã khóa",
    }[review.state]
