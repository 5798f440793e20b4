"""A book of an earlier version, which is not encrypted: encrypted before it is used.

The encrypted file is made beside the plain one, compared row by row and read from end to end. Only then the
key files are written and the two change places; whatever ends the program leaves the plain book or the
encrypted one, and the next opening goes on from there.
"""

import errno
import filecmp
import logging
import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from app.db import cell_tables, disk, key_file, schema, side_database, trust_tables
from app.db.backup_file import free_place
from app.db.book_folder import DATABASE, SUFFIX, BookLock, database_of, make_folder, why
from app.db.database import is_damaged, is_plain, open_engine, opening, reading, translated, writing
from app.db.key_slots import SlotKind
from app.db.transactions import ActionLabel, WriteTransaction
from app.db.witness import count_write
from app.domain.dates import format_date
from app.domain.errors import BookUnavailable, FileUnwritable
from app.domain.progress import NoProgress, Progress
from app.services.books import revision_in
from app.services.keys import NewKeys, Unlocked
from app.services.workspace import KEEPER, Clock, SystemClock

DESTROYING_SAYS = (
    "Tệp chưa khóa được ghi đè một lượt rồi xóa. Trên ổ SSD, thẻ nhớ và USB, ổ đĩa tự chuyển chỗ ghi nên "
    "dấu vết cũ có thể còn lại mà chương trình không xóa được; chỉ mã hóa cả ổ (BitLocker) hoặc hủy ổ mới "
    "chắc chắn."
)
OTHER_COPIES_SAY = (
    "Các bản chép khác đã có từ trước (tệp .neuguong.zip, USB, thư điện tử) vẫn chưa khóa; "
    "xin tìm và xóa, hoặc cất như tài liệu mật."
)
_STEPS = 5


@dataclass(frozen=True, slots=True)
class Converted:
    """The book is encrypted: what opens it now, and where the plain file is if it still is somewhere.

    ``trouble`` says why the plain file could not be destroyed or moved; it then lies in the book's folder.
    """

    unlocked: Unlocked
    original: Path | None
    trouble: str = ""


def convert_plain_book(
    folder: Path,
    keys: NewKeys,
    progress: Progress | None = None,
    *,
    keep_in: Path | None = None,
    pins_required: bool = True,
    clock: Clock | None = None,
) -> Converted:
    """Khóa sổ bằng mật khẩu: encrypt a plain book of any earlier version under ``keys``.

    The plain file is destroyed (``DESTROYING_SAYS``), or moved into ``keep_in`` as a book of its own. May be
    stopped until the files change places. Raises ``BookUnavailable`` or ``FileUnwritable`` with the reason,
    the plain book being as it was.
    """
    progress, clock = progress or NoProgress(), clock or SystemClock()
    _must_be_convertible(folder, keep_in)
    lock = BookLock(folder)
    try:
        with opening(folder.name):
            _fold_in_plain(folder, progress)
            _make_side(folder, keys, progress)
            _add_keys(folder, keys, pins_required, clock)
            _prove_side(folder, keys, progress)
        progress.step(4, _STEPS, "Đổi sang tệp có khóa")
        key_file.write_keys(folder, keys.ring)
        aside = side_database.PLAIN_TO_KEEP if keep_in else side_database.PLAIN_TO_DESTROY
        side_database.swap_in(folder, aside)
        trouble = _settled(folder, keep_in, clock)
    except OSError as error:
        raise FileUnwritable(
            f"Chưa khóa được sổ “{folder.name}”: {why(error)}. Sổ vẫn như trước, chưa có khóa."
        ) from error
    finally:
        _clear(folder)
        lock.release()
    opened = keys.ring.slot(keys.slot_id)
    assert opened is not None
    left = side_database.laid_aside(folder)
    return Converted(Unlocked((keys.data_key,), opened.id, opened.kind), left, trouble)


def plain_original_of(folder: Path) -> Path | None:
    """The plain file that still lies in an encrypted book's folder, because the program ended too soon."""
    return side_database.laid_aside(folder)


def settle_original(folder: Path, keep_in: Path | None = None, clock: Clock | None = None) -> None:
    """Destroy the plain file that still lies in the book's folder, or move it into ``keep_in``.

    Raises ``FileUnwritable``; the file is then where it was.
    """
    original = side_database.laid_aside(folder)
    if original is None:
        return
    try:
        if keep_in is not None:
            day = format_date((clock or SystemClock()).today()).replace("/", "-")
            _copy_out(original, keep_in / f"{folder.stem} chưa khóa {day}{SUFFIX}")
        disk.overwrite_and_remove(original)
    except OSError as error:
        raise FileUnwritable(
            f"Sổ đã có khóa, nhưng tệp chưa khóa “{original.name}” còn trong thư mục sổ: {why(error)}. "
            "Xin xóa tệp đó, hoặc mở lại sổ để chương trình làm tiếp."
        ) from error


def _must_be_convertible(folder: Path, keep_in: Path | None) -> None:
    if keep_in is not None and (not keep_in.is_dir() or keep_in.resolve().is_relative_to(folder.resolve())):
        raise FileUnwritable(
            f"Không giữ được bản chưa khóa ở {keep_in}. Xin chọn một thư mục có sẵn, ngoài thư mục của sổ."
        )
    database = database_of(folder)
    if not is_plain(database):
        raise BookUnavailable(f"Sổ “{folder.name}” đã có khóa rồi. Xin mở bằng mật khẩu.")


def _fold_in_plain(folder: Path, progress: Progress) -> None:
    """One sound plain file of ours, its write-ahead log in it and gone."""
    progress.step(0, _STEPS, "Kiểm tra sổ cũ")
    engine = open_engine(folder / DATABASE, None, read_only=True)
    try:
        with reading(engine) as connection:
            revision_in(connection, folder)
        if is_damaged(engine):
            raise BookUnavailable(
                f"Sổ “{folder.name}” bị hỏng nên chưa khóa được. Xin giữ nguyên thư mục này, mở một bản sao."
            )
    finally:
        engine.dispose()
    side_database.fold_in(folder / DATABASE, None)


def _make_side(folder: Path, keys: NewKeys, progress: Progress) -> None:
    progress.step(1, _STEPS, "Ghi sổ có khóa")
    side_database.clear_side(folder)
    side_database.must_have_room(folder)
    side_database.export_under(folder / DATABASE, None, folder / side_database.SIDE, keys.data_key)


def _add_keys(folder: Path, keys: NewKeys, pins_required: bool, clock: Clock) -> None:
    """The encrypted file at the newest revision, with whose each slot is; one action of the history."""
    now = clock.now().isoformat(sep=" ", timespec="seconds")
    label = ActionLabel("Khóa sổ bằng mật khẩu", None, KEEPER.name, None, now, KEEPER.role.value)
    engine = open_engine(folder / side_database.SIDE, keys.data_key)
    try:
        with translated():
            schema.migrate(engine)
        with reading(engine) as connection:
            cell_id = connection.execute(select(cell_tables.cell.c.id)).scalar_one()
        with writing(engine) as connection:
            tx = WriteTransaction(connection, cell_id, label)
            for slot in keys.ring.slots:
                named = KEEPER.name if slot.kind is SlotKind.PASSWORD else ""
                row = {"id": slot.id, "kind": slot.kind.value, "made_at": slot.made_at, "name": named}
                tx.insert(trust_tables.key_holder, row)
            if tx.first(select(trust_tables.security)) is None:
                tx.insert(trust_tables.security, {"pins_required": pins_required})
            tx.write_history()
            count_write(connection)
    finally:
        engine.dispose()


def _prove_side(folder: Path, keys: NewKeys, progress: Progress) -> None:
    progress.step(2, _STEPS, "Đọc lại để kiểm tra")
    side_database.fold_in(folder / side_database.SIDE, keys.data_key)
    progress.step(3, _STEPS, "Đọc lại để kiểm tra")
    side_database.must_be_whole(folder / side_database.SIDE, keys.data_key)


def _settled(folder: Path, keep_in: Path | None, clock: Clock) -> str:
    """The book is encrypted by now: what goes wrong with the plain file is told, not raised."""
    try:
        settle_original(folder, keep_in, clock)
    except FileUnwritable as trouble:
        return str(trouble)
    return ""


def _clear(folder: Path) -> None:
    try:
        side_database.clear_side(folder)
    except OSError as error:
        logging.getLogger(__name__).info("side copy left: %s", error.errno)


def _copy_out(original: Path, target: Path) -> None:
    """The plain file as a book folder of its own elsewhere, compared before the one here goes."""
    place = free_place(target)
    make_folder(place)
    shutil.copyfile(original, place / DATABASE)
    disk.to_disk(place / DATABASE)
    if not filecmp.cmp(original, place / DATABASE, shallow=False):
        raise OSError(errno.EIO, "the copy differs")
