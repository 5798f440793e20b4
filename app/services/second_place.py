"""The second place of a book's backups: a USB stick, a shared folder. Ten last copies, each read back.

A mark in the folder names the book, so the place is known again whatever letter the stick has got.
"""

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.db import key_file
from app.db.backup_file import must_be_whole
from app.db.book_folder import why
from app.db.disk import write_safely
from app.domain.acts import Act
from app.domain.backup_keeping import newest
from app.domain.errors import FileUnreadable, FileUnwritable
from app.services.backup_shelf import FoundCopy, Shelf, first_place
from app.services.workspace import Workspace

FOLDER = "ban-sao-so-neu-guong"
ASK_AFTER_DAYS = 14
_MARK = "noi-cat.json"
_KEPT = 10


@dataclass(frozen=True, slots=True)
class SecondCopy:
    """The newest good copy in the second place; ``is_new``: put there now."""

    place: Path
    made_at: datetime
    is_new: bool


def choose_second_place(ws: Workspace, folder: Path) -> Path:
    """Chọn nơi cất thứ hai: makes this book's place inside ``folder`` and marks it.

    Raises ``FileUnwritable`` for a place inside the book's own or where the first copies lie already.
    """
    ws.must(Act.BACK_UP)
    book_id = key_file.read_keys(ws.folder).book_id
    chosen = folder.resolve()
    if any(chosen.is_relative_to(taken.resolve()) for taken in (ws.folder, first_place(book_id))):
        raise FileUnwritable(
            "Đó là thư mục của chính sổ này. Nơi thứ hai phải ở chỗ khác: một USB hoặc thư mục dùng chung."
        )
    place = folder / FOLDER / book_id
    try:
        place.mkdir(parents=True, exist_ok=True)
        write_safely(place / _MARK, json.dumps({"book": book_id}).encode())
    except OSError as error:
        raise FileUnwritable(f"Chưa dùng được {folder}: {why(error)}. Xin chọn chỗ khác.") from error
    return place


def second_place(ws: Workspace, folders: Iterable[Path]) -> Path | None:
    """This book's place in the first of these folders that has it; None when none is plugged in."""
    book_id = key_file.read_keys(ws.folder).book_id
    for folder in folders:
        place = folder / FOLDER / book_id
        try:
            if json.loads((place / _MARK).read_bytes()) == {"book": book_id}:
                return place
        except (OSError, ValueError):
            continue
    return None


def copy_to_second_place(ws: Workspace, place: Path | None, *, at_most_daily: bool = False) -> SecondCopy:
    """Put the newest good copy into the second place too, read it back there; the last ten stay.

    ``at_most_daily``: nothing to do when one of today lies there. Raises ``FileUnwritable`` when there is no
    copy yet, the place is not plugged in, full, or pulled out meanwhile; nothing half written counts.
    """
    if place is None:
        raise FileUnwritable(
            "Chưa thấy nơi cất thứ hai. Xin cắm USB hoặc nối thư mục dùng chung rồi chép lại."
        )
    book_id = key_file.read_keys(ws.folder).book_id
    here = next(iter(Shelf(first_place(book_id), ws.today()).copies()), None)
    if here is None:
        raise FileUnwritable("Chưa có bản sao nào trên máy này để chép sang. Xin bấm Sao lưu ngay trước.")
    try:
        return _copied(here, Shelf(place, ws.today()), at_most_daily=at_most_daily)
    except (OSError, FileUnreadable) as error:
        reason = why(error) if isinstance(error, OSError) else "bản chép đọc lại không nguyên vẹn"
        raise FileUnwritable(
            f"Chưa chép được bản sao sang {place.parent.parent}: {reason}. Bản sao trên máy này còn nguyên; "
            "xin cắm lại USB hoặc xem lại chỗ đó."
        ) from error


def _copied(here: FoundCopy, shelf: Shelf, *, at_most_daily: bool) -> SecondCopy:
    there = next(iter(shelf.copies()), None)
    if there is not None:
        made_at = datetime.fromisoformat(there.manifest.made_at)
        is_same = there.manifest.sha256 == here.manifest.sha256
        if is_same or (at_most_daily and there.manifest.made_at[:10] == here.manifest.made_at[:10]):
            return SecondCopy(shelf.place, made_at, is_new=False)
    with shelf.making(is_there=True) as half:
        part = half / here.path.name
        with here.path.open("rb") as source, part.open("wb") as out:
            shutil.copyfileobj(source, out, 1 << 20)
            out.flush()
            os.fsync(out.fileno())
        must_be_whole(part)
        copy = shelf.put(part, here.manifest)
    shelf.thin(lambda copies: newest(copies, _KEPT))
    return SecondCopy(shelf.place, datetime.fromisoformat(copy.manifest.made_at), is_new=True)


def is_time_to_ask(last: date | None, first_used: date | None, today: date) -> bool:
    """Whether to ask kindly for the stick: its last copy, or the book's first one, is two weeks old."""
    since = last or first_used
    return since is not None and abs((today - since).days) > ASK_AFTER_DAYS
