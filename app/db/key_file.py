"""Where a book's key slots are kept: two files beside the database, each with its own checksum.

Without them nobody opens the book, so one broken copy is put right from the other.
"""

import json
import logging
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from app.db.disk import replace_file, write_safely
from app.db.key_slots import KdfCost, KeyRing, Slot, SlotKind
from app.domain.errors import BookDamaged

NAMES = ("khoa-1.json", "khoa-2.json")
_FORMAT = 1
_UNFINISHED = ".dang-ghi"
_MOST_MEMORY_KIB, _MOST_PASSES, _MOST_LANES = 1024 * 1024, 1000, 64


def has_keys(folder: Path) -> bool:
    """Whether this book has key files; one without is a plain book of an earlier version."""
    return any((folder / name).exists() for name in NAMES)


def read_keys(folder: Path) -> KeyRing:
    """The newest sound copy of the slots; raises ``BookDamaged`` when neither can be read."""
    found = [ring for name in NAMES if (ring := _read(folder / name)) is not None]
    if not found:
        raise BookDamaged(
            f"Hai tệp khóa của sổ “{folder.name}” ({NAMES[0]}, {NAMES[1]}) đều hỏng hoặc thiếu "
            "nên không mở được sổ, dù có mật khẩu. Xin giữ nguyên thư mục này và mở một bản sao."
        )
    return max(found, key=lambda ring: ring.edition)


def mend_keys(folder: Path) -> bool:
    """Make both copies alike from the newest sound one; True when one had to be written."""
    ring = read_keys(folder)
    text = keys_text(ring)
    broken = [name for name in NAMES if _bytes_of(folder / name) != text]
    for name in broken:
        part = folder / (name + _UNFINISHED)
        write_safely(part, text)
        replace_file(part, folder / name)
    return bool(broken)


def write_keys(folder: Path, ring: KeyRing) -> None:
    """Keep the slots; one copy is whole at every moment. Raises ``OSError``."""
    with prepared_keys(folder, ring) as put:
        put()


@contextmanager
def prepared_keys(folder: Path, ring: KeyRing) -> Iterator[Callable[[], None]]:
    """Write the slots beside the files in use; calling what is yielded then takes no more room on the disk.

    Without that call the files in use stay as they are. Raises ``OSError``.
    """
    text = keys_text(ring)
    parts = [(folder / (name + _UNFINISHED), folder / name) for name in NAMES]
    try:
        for part, _ in parts:
            write_safely(part, text)

        def put() -> None:
            for part, path in parts:
                replace_file(part, path)

        yield put
    finally:
        for part, _ in parts:
            part.unlink(missing_ok=True)


def clear_unfinished(folder: Path) -> None:
    """Take away what a program that was killed left half written."""
    for name in NAMES:
        (folder / (name + _UNFINISHED)).unlink(missing_ok=True)


def keys_text(ring: KeyRing) -> bytes:
    """The slots as a file holds them: one line, and its checksum on the next."""
    line = json.dumps(_as_json(ring), separators=(",", ":"), sort_keys=True).encode()
    return line + b"\n" + sha256(line).hexdigest().encode() + b"\n"


def keys_of_text(text: bytes) -> KeyRing | None:
    """The slots of such a file; None when a single byte of it is wrong."""
    line, _, rest = text.partition(b"\n")
    if rest != sha256(line).hexdigest().encode() + b"\n":
        return None
    try:
        return _of_json(json.loads(line))
    except (ValueError, KeyError, TypeError):
        return None


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _read(path: Path) -> KeyRing | None:
    text = _bytes_of(path)
    ring = keys_of_text(text) if text else None
    if ring is None:
        logging.getLogger(__name__).info("unreadable key file: %s", path.name)
    return ring


def _as_json(ring: KeyRing) -> dict[str, Any]:
    slots = [
        {
            "id": slot.id,
            "kind": slot.kind.value,
            "made_at": slot.made_at,
            "kdf": "argon2id",
            "salt": _b64(slot.salt),
            "memory_kib": slot.cost.memory_kib,
            "passes": slot.cost.passes,
            "lanes": slot.cost.lanes,
            "public": _b64(slot.public),
            "wrapped": _b64(slot.wrapped),
            "sealed": [_b64(each) for each in slot.sealed],
        }
        for slot in ring.slots
    ]
    return {"format": _FORMAT, "book": ring.book_id, "edition": ring.edition, "slots": slots}


def _of_json(value: dict[str, Any]) -> KeyRing:
    if value["format"] != _FORMAT:
        raise ValueError(value["format"])
    slots = tuple(
        Slot(
            each["id"],
            SlotKind(each["kind"]),
            each["made_at"],
            _of_b64(each["salt"]),
            _cost(each["memory_kib"], each["passes"], each["lanes"]),
            _of_b64(each["public"]),
            _of_b64(each["wrapped"]),
            tuple(_of_b64(sealed) for sealed in each["sealed"]),
        )
        for each in value["slots"]
    )
    return KeyRing(value["book"], slots, value["edition"])


def _cost(memory_kib: int, passes: int, lanes: int) -> KdfCost:
    """A cost no PC can pay is no cost of ours: somebody altered the file, checksum and all."""
    if not (0 < memory_kib <= _MOST_MEMORY_KIB and 0 < passes <= _MOST_PASSES and 0 < lanes <= _MOST_LANES):
        raise ValueError(memory_kib, passes, lanes)
    return KdfCost(memory_kib, passes, lanes)


def _b64(data: bytes) -> str:
    return b2a_base64(data, newline=False).decode()


def _of_b64(text: str) -> bytes:
    return a2b_base64(text, strict_mode=True)
