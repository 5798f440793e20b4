"""What is still to be done about the keys of a book, said at each opening until it is done."""

from dataclasses import dataclass
from enum import StrEnum

from app.db.side_database import PLAIN_TO_KEEP
from app.domain.acts import Act
from app.services.book_conversion import plain_original_of
from app.services.key_holders import list_holders
from app.services.workspace import Workspace


class KeyTask(StrEnum):
    """What there is to do."""

    DESTROY_ORIGINAL = "destroy_original"
    MOVE_ORIGINAL = "move_original"
    PRINT_SHEET = "print_sheet"


@dataclass(frozen=True, slots=True)
class KeyReminder:
    """The task with the sentence that asks for it."""

    task: KeyTask
    sentence: str


def key_reminder(ws: Workspace) -> KeyReminder | None:
    """The first thing to do, for who may do it; None when all is done, and for the sample book."""
    if ws.read_only or not ws.may(Act.MANAGE_KEYS):
        return None
    if (original := plain_original_of(ws.folder)) is not None:
        words = f"Sổ đã có khóa, nhưng tệp chưa khóa “{original.name}” còn nằm trong thư mục sổ."
        is_kept = original.name == PLAIN_TO_KEEP
        return KeyReminder(KeyTask.MOVE_ORIGINAL if is_kept else KeyTask.DESTROY_ORIGINAL, words)
    sheets = [holder for holder in list_holders(ws) if holder.kind.value == "recovery"]
    if any(sheet.proved_at is None for sheet in sheets):
        words = (
            "Phiếu khôi phục của sổ chưa được gõ lại để thử. Quên mật khẩu mà phiếu sai hoặc chưa in thì "
            "không ai mở được sổ."
        )
        return KeyReminder(KeyTask.PRINT_SHEET, words)
    return None
