"""A new data key for a book: everything in it is written anew under a key nobody has seen before.

Offered when a holder is taken away: their password opens the old data key, which a copy of the book they
made before still needs. The new file is made beside the book's own and proven; until the one rename that puts
it in place the key slots hold both keys, so whatever ends the program leaves a book every holder can open.
"""

import logging
from dataclasses import replace

from app.db import backup_copy, key_file, key_slots, side_database, upgrading
from app.db.book_folder import DATABASE, why
from app.db.database import open_engine, reading, translated, writing
from app.db.key_slots import KeyRing
from app.db.transactions import ActionLabel, WriteTransaction
from app.db.trust_tables import key_holder
from app.db.witness import Mark, count_write, mark_in
from app.domain.acts import Act
from app.domain.backup_keeping import BackupReason
from app.domain.errors import BookUnavailable, FileUnwritable, NotAllowed
from app.domain.progress import NoProgress, Progress
from app.services.backups import back_up_by_itself
from app.services.workspace import Workspace

DATA_KEY = "data_key"  # a row of ``key_holder`` that is nobody's: since when the book has its data key
_ACTION = "Thay khóa dữ liệu của sổ"
_WRITTEN = "Sổ vừa được ghi thêm trong lúc thay khóa nên chưa đổi. Xin làm lại."
_STEPS = 4


def replace_data_key(ws: Workspace, progress: Progress | None = None) -> Workspace:
    """Thay khóa dữ liệu: the book under a new key; passwords and recovery sheet stay as they are.

    Nothing else may write meanwhile. Returns the open book to go on with: ``ws`` itself opens nothing any
    more. May be stopped until the last step. Raises ``BookUnavailable`` or ``FileUnwritable`` with the
    reason (no backup beforehand, for one), the book being as it was and ``ws`` still good.
    """
    ws.must(Act.MANAGE_KEYS)
    ws.must_be_writable()
    ring, progress = key_file.read_keys(ws.folder), progress or NoProgress()
    if ring.is_demo or ws.key is None:
        raise NotAllowed("Sổ mẫu mở bằng mật khẩu ai cũng biết nên không thay khóa. Xin lập sổ riêng.")
    back_up_by_itself(ws, BackupReason.BEFORE_KEYS)
    key = key_slots.new_data_key()
    try:
        with translated():
            mark = _make_side(ws, key, progress)
            progress.step(3, _STEPS, "Đổi sang tệp mới")
            ws.engine.dispose()
            side_database.fold_in(ws.folder / DATABASE, ws.key)
            _must_be_as_copied(ws, mark)
        _swap(ws, ring, key)
    except OSError as error:
        raise FileUnwritable(
            f"Chưa thay được khóa dữ liệu: {why(error)}. Sổ vẫn như trước và mở bằng mật khẩu như trước."
        ) from error
    finally:
        side_database.clear_side(ws.folder)
    renewed = replace(ws, engine=open_engine(ws.folder / DATABASE, key), key=key)
    renewed.witness.note(mark)
    return renewed


def _make_side(ws: Workspace, key: bytes, progress: Progress) -> Mark:
    """The whole book under the new key, beside it, with this action in its history."""
    side = ws.folder / side_database.SIDE
    side_database.clear_side(ws.folder)
    side_database.must_have_room(ws.folder)
    progress.step(0, _STEPS, "Ghi sổ dưới khóa mới")
    side_database.export_under(ws.folder / DATABASE, ws.key, side, key)
    progress.step(1, _STEPS, "Ghi nhật ký")
    with reading(ws.engine) as connection:
        before = mark_in(connection)
    mark = _note_action(ws, key)
    side_database.fold_in(side, key)
    progress.step(2, _STEPS, "Đọc lại để kiểm tra")
    side_database.must_be_whole(side, key)
    if mark.writes != before.writes + 1:
        raise BookUnavailable(_WRITTEN)
    return mark


def _must_be_as_copied(ws: Workspace, mark: Mark) -> None:
    """Nothing was saved since the book was copied, nor is anybody at it again: a log would be left over."""
    database = ws.folder / DATABASE
    if backup_copy.state_of_copy(database, ws.key).writes != mark.writes - 1:
        raise BookUnavailable(_WRITTEN)
    if database.with_name(f"{DATABASE}-wal").exists():
        raise BookUnavailable(_WRITTEN)


def _note_action(ws: Workspace, key: bytes) -> Mark:
    actor = ws.actor
    label = ActionLabel(_ACTION, actor.member_id, actor.name, None, ws.now(), actor.role.value)
    engine = open_engine(ws.folder / side_database.SIDE, key)
    try:
        with writing(engine) as connection:
            tx = WriteTransaction(connection, ws.cell_id, label)
            tx.insert(key_holder, {"kind": DATA_KEY, "made_at": ws.now()})
            tx.write_history()
            return count_write(connection)
    finally:
        engine.dispose()


def _swap(ws: Workspace, ring: KeyRing, key: bytes) -> None:
    """Both keys in every slot, then the one rename, then the new key alone."""
    assert ws.key is not None
    both = ring.sealing((key, ws.key))
    key_file.write_keys(ws.folder, both)
    try:
        side_database.swap_in(ws.folder)
    except OSError:
        key_file.write_keys(ws.folder, replace(ring, edition=both.edition + 1))
        raise
    try:
        key_file.write_keys(ws.folder, both.sealing((key,)))
        upgrading.drop_kept(ws.folder)  # the file kept from before an upgrade: under the old key
    except OSError as error:
        # The book is under its new key by now, which every slot holds: the next opening lets the old one go.
        logging.getLogger(__name__).info("old data key not let go yet: %s", error.errno)
