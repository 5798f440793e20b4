"""One file holding a whole book: a backup, or a book packed to be carried.

A zip anybody can open, nothing squeezed: NAME.neuguong/ with the encrypted database, its key slots twice, a
note for people and a manifest that names nobody. The zip's comment is the digest of every byte before it, so
one flipped byte anywhere is found.

Files attached to records would join as one encrypted file each, named by the digest of its content and copied
to the place of backups once, so that copies stay small; today contents lie in the database itself.
"""

import json
import lzma
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO

from app.db import key_file
from app.db.book_folder import DATABASE, NOTE, NOTE_TEXT, SUFFIX, make_folder, why
from app.db.key_slots import KeyRing
from app.domain.backup_keeping import BackupReason, Copy
from app.domain.errors import FileUnreadable, FileUnwritable

MANIFEST = "ban-sao.json"
_FORMAT = 1
_DIGEST = 64
_PLACE = b"0" * _DIGEST
_CHUNK = 1 << 20
_MOST_OF_A_PART = 1 << 20  # every part but the database is a few kilobytes


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself to whoever has no key: nothing personal."""

    number: int
    made_at: str
    reason: str
    words: str
    book_id: str
    name: str
    members: int
    revision: str
    writes: int
    chain: str
    size: int
    sha256: str
    program: str
    format: int = _FORMAT

    @property
    def copy(self) -> Copy:
        """What the rule of keeping looks at."""
        return Copy(self.number, datetime.fromisoformat(self.made_at), BackupReason(self.reason), self.size)


def write_backup(part: Path, database: Path, manifest: Manifest, ring: KeyRing) -> Manifest:
    """Write the container from a closed database file, put it on disk and read it back.

    Returns the manifest completed by size and digest. Raises ``OSError``; ``part`` is the caller's to rename.
    """
    top = f"{manifest.name}{SUFFIX}"
    with part.open("wb") as raw:
        hashing = _Hashing(raw)
        with zipfile.ZipFile(hashing, "w", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
            digest, size = _store(archive, f"{top}/{DATABASE}", database)
            manifest = replace(manifest, size=size, sha256=digest)
            for name in key_file.NAMES:
                archive.writestr(f"{top}/{name}", key_file.keys_text(ring))
            archive.writestr(f"{top}/{NOTE}", NOTE_TEXT)
            archive.writestr(f"{top}/{MANIFEST}", json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
            archive.comment = _PLACE
        raw.write(hashing.digest())
        raw.flush()
        os.fsync(raw.fileno())
    must_be_whole(part)
    return manifest


class _Hashing:
    """A file that is only written forward, so that the zip never goes back over what was digested."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._sha = file, sha256()

    def write(self, data: bytes) -> int:
        """Write and digest; the place of the digest itself is left out."""
        if data != _PLACE:
            self._sha.update(data)
            self._file.write(data)
        return len(data)

    def flush(self) -> None:
        """As files do."""
        self._file.flush()

    def close(self) -> None:
        """Whoever opened the file closes it."""

    def digest(self) -> bytes:
        """Of everything written."""
        return self._sha.hexdigest().encode()


def _store(archive: zipfile.ZipFile, name: str, path: Path) -> tuple[str, int]:
    sha, info = sha256(), zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
    size = info.file_size
    with path.open("rb") as source, archive.open(info, "w") as out:
        while piece := source.read(_CHUNK):
            sha.update(piece)
            out.write(piece)
    return sha.hexdigest(), size


def must_be_whole(path: Path) -> None:
    """Refuse a container with a single wrong byte; raises ``FileUnreadable``."""
    with _unreadable_if_damaged(path), path.open("rb") as file:
        left = os.fstat(file.fileno()).st_size - _DIGEST
        sha = sha256()
        while left > 0:
            piece = file.read(min(_CHUNK, left))
            if not piece:
                raise zipfile.BadZipFile
            sha.update(piece)
            left -= len(piece)
        if left < 0 or file.read() != sha.hexdigest().encode():
            raise zipfile.BadZipFile


def read_manifest(path: Path) -> Manifest:
    """What the container says of itself, without reading its database; raises ``FileUnreadable``."""
    with _unreadable_if_damaged(path), zipfile.ZipFile(path) as archive:
        manifest = _manifest_in(archive)
        info = archive.getinfo(f"{_top(archive)}{DATABASE}")
        if info.file_size != manifest.size or len(archive.comment) != _DIGEST:
            raise zipfile.BadZipFile
        return manifest


def _manifest_in(archive: zipfile.ZipFile) -> Manifest:
    value = json.loads(_small_part(archive, MANIFEST))
    manifest = Manifest(**value)
    if manifest.format != _FORMAT or any(
        type(getattr(manifest, each.name)) is not each.type for each in fields(manifest)
    ):
        raise ValueError(manifest.format)
    datetime.fromisoformat(manifest.made_at)
    BackupReason(manifest.reason)
    return manifest


def ring_in(path: Path) -> KeyRing:
    """The key slots inside a container; raises ``FileUnreadable``."""
    with _unreadable_if_damaged(path), zipfile.ZipFile(path) as archive:
        for name in key_file.NAMES:
            if (ring := key_file.keys_of_text(_small_part(archive, name))) is not None:
                return ring
        raise zipfile.BadZipFile


def take_out(path: Path, into: Path) -> None:
    """Put the container's database and key slots into a folder, safely on disk.

    Raises ``FileUnreadable`` for a damaged container, ``OSError`` where there is no room or no reading.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            inside, top = set(archive.namelist()), _top(archive)
            for name in (DATABASE, *key_file.NAMES):
                if f"{top}{name}" in inside:
                    with archive.open(f"{top}{name}") as source, (into / name).open("wb") as out:
                        shutil.copyfileobj(source, out, _CHUNK)
                        out.flush()
                        os.fsync(out.fileno())
    except _DAMAGE as error:
        raise _not_a_book(path) from error


def unpack(packed: Path, into: Path) -> Path:
    """Take a book out of its one file into ``into``; returns the new book folder, never over an old one.

    A file packed by a version before digests and passwords is tested part by part.
    """
    with _unreadable_if_damaged(packed), zipfile.ZipFile(packed) as archive:
        has_digest = len(archive.comment) == _DIGEST
        if not has_digest and archive.testzip() is not None:
            raise zipfile.BadZipFile
        folder = free_place(into / Path(_top(archive)).name)
    if has_digest:
        must_be_whole(packed)
    make_folder(folder)
    try:
        take_out(packed, folder)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise FileUnwritable(f"Không mở được bản chép ra {into}: {why(error)}. Xin chọn chỗ khác.") from error
    except BaseException:
        # An archive damaged where only unpacking finds out must not leave half a book either.
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _top(archive: zipfile.ZipFile) -> str:
    inside = [name for name in archive.namelist() if name.endswith(f"{SUFFIX}/{DATABASE}")]
    if len(inside) != 1:
        raise zipfile.BadZipFile
    return inside[0].removesuffix(DATABASE)


def _small_part(archive: zipfile.ZipFile, name: str) -> bytes:
    info = archive.getinfo(f"{_top(archive)}{name}")
    if info.file_size > _MOST_OF_A_PART:
        raise zipfile.BadZipFile
    return archive.read(info)


def free_place(folder: Path) -> Path:
    """The name of a new folder: this one, or this one with a number when it is taken."""
    number, place = 2, folder
    while place.exists():
        place = folder.with_name(f"{folder.name.removesuffix(SUFFIX)} ({number}){SUFFIX}")
        number += 1
    return place


# What zipfile lets through from a damaged or foreign archive; RuntimeError: it asks for a password.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    ValueError,
    RuntimeError,
    OverflowError,
    KeyError,
    TypeError,
)


@contextmanager
def _unreadable_if_damaged(path: Path) -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise _not_a_book(path) from error
    except OSError as error:
        raise FileUnreadable(
            f"Không đọc được tệp “{path.name}”: {why(error)}. Xin xem lại USB hoặc chép lại tệp này."
        ) from error


def _not_a_book(path: Path) -> FileUnreadable:
    return FileUnreadable(
        f"Tệp “{path.name}” không phải bản chép sổ, chép chưa hết hoặc đã hỏng. "
        "Xin dùng bản khác hoặc chép lại."
    )
