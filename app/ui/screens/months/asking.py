"""Questions about a month that need words, asked the same from the board and from the month's page."""

from app.domain.dates import Month
from app.ui.desk import Desk


def ask_to_reopen(desk: Desk, name: str, month: Month) -> str | None:
    """Why a locked month is opened again."""
    return desk.dialogs.ask_text(
        f"Mở lại {month} của {name}?",
        "Xin ghi lý do, lý do sẽ in trên bản sổ sau này.",
        act_label="Mở lại",
        keep_label="Giữ khóa",
        placeholder="Ví dụ: ghi nhầm kết quả của tháng trước",
    )


def ask_to_return(desk: Desk, name: str, month: Month) -> str | None:
    """What the member should add."""
    return desk.dialogs.ask_text(
        f"Trả lại {month} cho {name} ghi thêm?",
        "Tháng này trở lại “Chưa gửi”. Đồng chí đó đọc được lời này ở đầu trang.",
        label="Cần ghi thêm",
        act_label="Trả lại",
        keep_label="Giữ lại",
        placeholder="Ví dụ: việc 2 ghi rõ đã gặp mấy hộ",
    )


def ask_to_excuse(desk: Desk, name: str, month: Month) -> str | None:
    """Why a member need not hand a month in."""
    return desk.dialogs.ask_text(
        f"Ghi {name} nghỉ {month} có lý do?",
        "Tháng này không tính vào số phải nộp. Lý do được giữ trong sổ.",
        act_label="Ghi nghỉ",
        placeholder="Ví dụ: điều trị ở bệnh viện huyện từ ngày 05",
    )
