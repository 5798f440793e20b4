"""What the check of a book found, as lines for a console: the file first, then its content."""

from collections.abc import Iterator

from app.domain.finding import Part
from app.services.health import BookHealth


def lines_of(name: str, health: BookHealth) -> Iterator[str]:
    """What was looked at, every finding under its part, and how many were let be."""
    yield (
        f"{name}: {health.members} đảng viên, {health.pledges} đăng ký năm, "
        f"{health.months} tháng, {health.reviews} bản kiểm điểm, {health.actions} việc đã ghi trong nhật ký."
    )
    for part in Part:
        found = health.of(part)
        if found:
            yield f"{part.label}: {len(found)} điều."
        for finding in found:
            yield f"  {finding.about}: {finding.sentence}"
    if not health.findings:
        yield "Sổ đọc tốt, không thấy điều gì cần xem lại."
    if health.ignored:
        yield f"Đã bỏ qua {len(health.ignored)} điều; xem ở Thiết lập, Kiểm tra sổ."
