"""Making, opening and copying a book."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, func, select

from app import __version__
from app.db import (
    book_folder,
    cell_tables,
    disk,
    key_file,
    restored_files,
    schema,
    side_database,
    trust_tables,
    upgrading,
)
from app.db.database import (
    is_damaged,
    is_plain,
    must_be_writable,
    open_engine,
    opening,
    reading,
    translated,
    writing,
)
from app.db.key_slots import SlotKind
from app.db.transactions import ActionLabel, WriteTransaction, new_id
from app.db.witness import Witness, mark_in
from app.domain.cell import CellName, NewBook, cleaned_name, problems_in_book
from app.domain.errors import (
    BookDamaged,
    BookUnavailable,
    FileUnwritable,
    PasswordNeeded,
    PlainBook,
    ValidationFailed,
    WritesLost,
)
from app.services.keys import NewKeys, Unlocked, unlock_demo
from app.services.workspace import KEEPER, Act, Clock, SystemClock, Workspace

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What the start screen says of a book without opening it for work; of a locked one only where it is."""

    folder: Path
    upper: str
    own: str
    member_count: int | None


def create_book(folder: Path, book: NewBook, keys: NewKeys, clock: Clock | None = None) -> Workspace:
    """Make a new book at ``folder`` (its name gets the suffix), encrypted under ``keys``, and open it.

    Raises ``ValidationFailed`` for missing header lines, ``FileUnwritable`` where no folder can be made.
    A book that cannot be finished leaves nothing behind.
    """
    clock = clock or SystemClock()
    if problems := problems_in_book(book, clock.today()):
        raise ValidationFailed(problems)
    if not folder.name.endswith(book_folder.SUFFIX):
        folder = folder.with_name(folder.name + book_folder.SUFFIX)
    book_folder.make_folder(folder)
    try:
        key_file.write_keys(folder, keys.ring)
        _fill_new_book(folder, book, keys, clock)
        unlocked = Unlocked((keys.data_key,), keys.slot_id, SlotKind.PASSWORD)
        return open_book(folder, unlocked=unlocked, clock=clock)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise FileUnwritable(
            f"Không lập được sổ ở {folder.parent}: {book_folder.why(error)}. Xin chọn chỗ khác."
        ) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _fill_new_book(folder: Path, book: NewBook, keys: NewKeys, clock: Clock) -> None:
    engine = open_engine(folder / book_folder.DATABASE, keys.data_key)
    try:
        with translated():
            schema.migrate(engine)
        now = clock.now().isoformat(sep=" ", timespec="seconds")
        cell_id = new_id()
        with writing(engine, Witness(folder)) as connection:
            cell = {
                "id": cell_id,
                "kind": book.kind.value,
                "due_day": book.due_day,
                "level_scale": book.level_scale.value,
                "content_set": book.content_set,
                "first_year": book.year,
                "is_sample": book.is_sample,
            }
            tx = WriteTransaction(connection, cell_id, ActionLabel("Lập sổ", None, KEEPER.name, None, now))
            tx.insert(cell_tables.cell, cell)
            name = cleaned_name(CellName(book.upper, book.own, book.place, book.has_seal))
            values = {"upper": name.upper, "own": name.own, "place": name.place, "has_seal": name.has_seal}
            tx.insert(cell_tables.cell_name, values)
            tx.insert(cell_tables.year_state, {"year": book.year})
            tx.insert(trust_tables.security, {"pins_required": book.pins_required})
            for slot in keys.ring.slots:
                holder = {"id": slot.id, "kind": slot.kind.value, "made_at": slot.made_at}
                named = slot.kind is SlotKind.PASSWORD
                tx.insert(trust_tables.key_holder, {**holder, "name": KEEPER.name if named else ""})
            tx.write_history()
    finally:
        engine.dispose()


def open_book(
    folder: Path,
    *,
    unlocked: Unlocked | None = None,
    read_only: bool = False,
    clock: Clock | None = None,
    check: bool = True,
    accept_loss: bool = False,
) -> Workspace:
    """Open a book for work, migrating an older one; nobody is seated yet but the book's keeper.

    ``unlocked``: what a password or the recovery sheet opened (``keys.unlock``); a book that everybody's demo
    password opens needs none. Raises ``PasswordNeeded`` without it, ``PlainBook`` for a book that is not
    encrypted yet, ``WritesLost`` when the file has lost writes; with ``accept_loss`` what is left is opened,
    and the history says so.
    Without ``check`` the file's soundness, and its keys, are left to ``check_file``: a window shows sooner.
    Raises ``BookInUse`` when another window holds it (open it again with ``read_only=True``), and
    ``BookUnavailable`` with the reason for everything else: not a book, half a book, damaged, newer.
    """
    _finish_swap(folder)
    database = book_folder.database_of(folder)
    unlocked = unlocked or _demo_or_ask(folder, database)
    lock = None if read_only else book_folder.BookLock(folder)
    engine: Engine | None = None
    try:
        with opening(folder.name):
            # Opening for work already writes to a file: look first whether it is one of our books.
            key, revision = _look_with(database, folder, unlocked.data_keys)
            _bring_up_to_date(folder, key, revision, may_migrate=not read_only)
            engine = open_engine(database, key, read_only=read_only)
            if check:
                _must_be_sound(engine, folder)
            lost = _lost_writes(engine, folder)
            if lost and not accept_loss:
                raise _writes_lost(folder, lost)
            if not read_only:
                must_be_writable(engine)
            cell_id = _only_cell(engine)
    except BaseException:
        if engine is not None:
            engine.dispose()
        if lock is not None:
            lock.release()
        raise
    ws = Workspace(folder, engine, cell_id, KEEPER, clock or SystemClock(), lock, key, unlocked.slot_id)
    if not read_only:
        _settle(ws, lost, also_keys=check)
    return ws


def _settle(ws: Workspace, lost: int, *, also_keys: bool) -> None:
    """What a book just opened for work writes of its own accord; a failure leaves no lock behind."""
    try:
        if lost:
            _go_on_without(ws, lost)
        if also_keys:
            _settle_keys(ws)
    except BaseException:
        ws.close()
        raise


def _settle_keys(ws: Workspace) -> None:
    from app.services.key_holders import settle_keys

    with suppress(BookUnavailable):  # a full disk: the key files are right, the list can wait
        settle_keys(ws)


def _finish_swap(folder: Path) -> None:
    """A program killed while it put another file into the book's place left both: go on."""
    try:
        restored_files.finish(folder)
        side_database.go_on_after_crash(folder)
    except OSError as error:
        raise BookUnavailable(
            f"Chưa xếp lại được tệp của sổ “{folder.name}”: {book_folder.why(error)}. Xin mở lại sau."
        ) from error


def _demo_or_ask(folder: Path, database: Path) -> Unlocked:
    # Key files beside a plain database are those of a conversion that did not come to its end.
    if is_plain(database):
        with opening(folder.name):
            _look(database, None, lambda connection: revision_in(connection, folder))
        raise PlainBook(
            f"Sổ “{folder.name}” của bản chương trình cũ, chưa được khóa bằng mật khẩu. "
            "Xin mở sổ trong cửa sổ chương trình để đặt mật khẩu trước khi dùng."
        )
    demo = unlock_demo(key_file.read_keys(folder))
    if demo is None:
        raise PasswordNeeded(f"Sổ “{folder.name}” có khóa. Xin gõ mật khẩu, hoặc mã trên phiếu khôi phục.")
    return demo


def _look_with(database: Path, folder: Path, keys: Sequence[bytes]) -> tuple[bytes, str]:
    """The data key that opens the file, of one or two while the key is being replaced, and the revision."""
    key = next((key for key in keys[:-1] if side_database.fits(database, key)), keys[-1])
    return key, _look(database, key, lambda connection: revision_in(connection, folder))


def _lost_writes(engine: Engine, folder: Path) -> int:
    """How many writes the database does not know of: they were lost without a word."""
    mark = Witness(folder).read()
    with reading(engine) as connection:
        known = mark_in(connection)
    return max(0, mark.writes - known.writes) if mark is not None else 0


def _writes_lost(folder: Path, lost: int) -> WritesLost:
    return WritesLost(
        f"Sổ “{folder.name}” thiếu {lost} lần ghi cuối cùng: tệp ghi tạm của sổ bị hỏng hoặc bị chép lẻ. "
        "Xin mở bản sao gần nhất; thư mục này được giữ nguyên.",
        lost,
    )


def _go_on_without(ws: Workspace, lost: int) -> None:
    """The person chose to go on with what is left: counted from here, and said in the history."""
    with ws.read() as tx:
        ws.witness.start_again(mark_in(tx.connection))
    with ws.write(f"Mở sổ sau khi mất {lost} lần ghi cuối") as tx:
        tx.note(cell_tables.cell, ws.cell_id, {"lost_writes": lost})


def _look(database: Path, key: bytes | None, question: Callable[[Connection], T]) -> T:
    engine = open_engine(database, key, read_only=True)
    try:
        with translated(), reading(engine) as connection:
            return question(connection)
    finally:
        engine.dispose()


def revision_in(connection: Connection, folder: Path) -> str:
    """The revision of one of our books; raises ``BookUnavailable`` for other databases and newer books."""
    revision = schema.revision_of(connection)
    if revision is None:
        raise BookUnavailable(
            f"“{folder.name}” không phải là sổ của chương trình này. Tệp không bị thay đổi."
        )
    if revision not in schema.KNOWN:
        needed = schema.needs_of(connection)
        version = f"bản {needed} trở lên" if needed else "bản mới hơn"
        raise BookUnavailable(
            f"Sổ “{folder.name}” do bản chương trình mới hơn ghi, cần {version}; máy này đang dùng bản "
            f"{__version__}. Sổ không bị thay đổi; xin cài {version} rồi mở lại."
        )
    return revision


def check_file(ws: Workspace) -> None:
    """Make sure the open book's file is sound; raises ``BookDamaged`` when it is damaged.

    What a killed program left at odds between the book and its keys is put right.
    """
    _must_be_sound(ws.engine, ws.folder)
    if not ws.read_only:
        _settle_keys(ws)


def _must_be_sound(engine: Engine, folder: Path) -> None:
    if is_damaged(engine):
        raise BookDamaged(f"Sổ “{folder.name}” bị hỏng. Xin giữ nguyên thư mục này và mở một bản sao cũ hơn.")


def _bring_up_to_date(folder: Path, key: bytes, revision: str, *, may_migrate: bool) -> None:
    if revision == schema.HEAD:
        return
    if not may_migrate:
        raise BookUnavailable("Sổ này của bản cũ, cần mở ghi được một lần để chuyển sang bản mới.")
    _back_up_first(folder, key)
    upgrading.upgrade(folder, key, revision)


def _back_up_first(folder: Path, key: bytes) -> None:
    """A proven backup of the book as it is: without one nothing is changed."""
    from app.domain.backup_keeping import BackupReason
    from app.services.backups import BackupFailed, copy_book_file

    try:
        copy_book_file(folder, key, key_file.read_keys(folder), BackupReason.BEFORE_MIGRATION)
    except BackupFailed as error:
        raise BookUnavailable(
            f"Sổ “{folder.name}” của bản cũ, phải sao lưu xong mới chuyển sang bản mới được. {error}"
        ) from error


_UNFINISHED = "Sổ này chưa lập xong nên chưa có chi bộ nào. Xin lập sổ mới."


def _only_cell(engine: Engine) -> str:
    with reading(engine) as connection:
        cell_id = connection.exec_driver_sql("SELECT id FROM cell").scalar()
    if cell_id is None:
        raise BookUnavailable(_UNFINISHED)
    return str(cell_id)


def look_into_book(folder: Path) -> BookFacts:
    """The facts of a book for the list of recent books; reads only, takes no lock.

    Of a book with a password nothing is known but its folder.
    """
    _finish_swap(folder)
    database = book_folder.database_of(folder)
    if not is_plain(database):
        unlocked = unlock_demo(key_file.read_keys(folder))
        if unlocked is None:
            return BookFacts(folder, "", "", None)
        keys: tuple[bytes | None, ...] = unlocked.data_keys
    else:
        keys = (None,)
    with opening(folder.name):
        return _look(database, keys[0], lambda connection: _facts(connection, folder))


def _facts(connection: Connection, folder: Path) -> BookFacts:
    revision_in(connection, folder)
    name = cell_tables.cell_name.c
    newest = select(name.upper, name.own).order_by(
        name.valid_from.is_not(None).desc(), name.valid_from.desc()
    )
    row = connection.execute(newest).first()
    if row is None:
        raise BookUnavailable(_UNFINISHED)
    members = connection.execute(select(func.count()).select_from(cell_tables.member)).scalar_one()
    return BookFacts(folder, row.upper, row.own, members)


def pack_book(ws: Workspace, target: Path) -> Path:
    """Chép sổ thành một tệp: everything saved so far, in one file that opens elsewhere."""
    from app.services.backups import write_copy

    ws.must(Act.PACK_BOOK)
    if not target.name.endswith(book_folder.PACKED_SUFFIX):
        target = target.with_name(target.name.removesuffix(".zip") + book_folder.PACKED_SUFFIX)
    try:
        # Beside the target: when the book's own disk is full, a copy elsewhere is what saves it.
        with translated(), tempfile.TemporaryDirectory(dir=target.parent) as place:
            part = Path(place) / target.name
            write_copy(ws, part)
            disk.replace_file(part, target)
    except OSError as error:
        raise FileUnwritable(
            f"Không chép được sổ ra {target}: {book_folder.why(error)}. "
            "Xin chọn chỗ khác; sổ đang mở không bị thay đổi."
        ) from error
    return target


def unpack_book(packed: Path, into: Path) -> Path:
    """Take a book out of its one file into a folder of books; returns the new book's folder."""
    from app.db.backup_file import unpack

    return unpack(packed, into)
