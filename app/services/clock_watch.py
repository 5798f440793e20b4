"""Whether the PC's clock was set back: the history then says times that have not been yet."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.db import cell_tables
from app.services.cells import cell_in
from app.services.workspace import Workspace

_TOLERATED = timedelta(hours=1)


def clock_set_back(ws: Workspace) -> str:
    """A sentence when the clock stands over an hour before the last thing written down; "" otherwise.

    Nothing is refused for it: what is saved keeps its order by number, whatever time it is said to be. The
    sample book's story goes on to this evening, and proves nothing about the clock.
    """
    newest = select(cell_tables.action.c.at).order_by(cell_tables.action.c.seq.desc()).limit(1)
    with ws.read() as tx:
        row = None if cell_in(tx).is_sample else tx.first(newest)
    if row is None:
        return ""
    last, now = datetime.fromisoformat(row.at), ws.clock.now()
    if last - now <= _TOLERATED:
        return ""
    return (
        f"Đồng hồ máy đang chỉ {now:%H:%M ngày %d/%m/%Y}, lùi so với việc ghi lần cuối trong sổ "
        f"({last:%H:%M ngày %d/%m/%Y}). Sổ vẫn lưu như thường và giữ đúng thứ tự; xin chỉnh lại đồng hồ "
        "để ngày gửi và hạn nộp không bị sai."
    )
