"""What a disk holds after the power went: rebuilt from the journal of everything written to it.

The model is harsher than the usual file systems. Data forced to the disk (fsync) is there. Of every write
not forced since, each sector is there or not by chance, so that writes are lost, reordered and torn. A file's
name is there when its folder was forced after it was made, moved or removed; of what was not, a chance number
of changes of one folder survive, in their order, as file systems with a journal promise. Shared memory beside
the database holds anything at all.
"""

import os
import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

_HEAD = struct.Struct("<IIIIQQ")
_SECTOR = 512


class Kind(IntEnum):
    """What one line of the journal says; the numbers are those of disk.c."""

    OPENED = 1
    MADE = 2
    WRITTEN = 3
    CUT = 4
    FORCED = 5
    MOVED = 6
    TAKEN = 7
    FOLDER_MADE = 8
    FOLDER_TAKEN = 9
    NOTED = 10


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the journal."""

    kind: Kind
    file: int
    place: int
    name: str
    other: str
    data: bytes


def read_journal(path: Path) -> Iterator[Change]:
    """The changes in their order; a last line cut short is left out."""
    with path.open("rb") as journal:
        while len(head := journal.read(_HEAD.size)) == _HEAD.size:
            kind, name, other, length, file, place = _HEAD.unpack(head)
            rest = journal.read(name + other + length)
            if len(rest) < name + other + length:
                return
            words = rest[:name].decode(errors="surrogateescape")
            more = rest[name : name + other].decode(errors="surrogateescape")
            yield Change(Kind(kind), file, place, words, more, rest[name + other :])


@dataclass(slots=True)
class _File:
    """A file: what is surely on the disk, and what was written since."""

    sure: bytearray = field(default_factory=bytearray)
    since: list[Change] = field(default_factory=list)

    def force(self) -> None:
        for change in self.since:
            _do(self.sure, change, 0, len(change.data))
        self.since.clear()

    def after_the_cut(self, chance: random.Random) -> bytes:
        """What the disk may hold: the sure part, and each sector written since or not."""
        held = bytearray(self.sure)
        luck = chance.choice((0.0, 0.5, 0.9, 1.0))
        for change in self.since:
            if change.kind is Kind.CUT:
                if chance.random() < luck:
                    _do(held, change, 0, 0)
                continue
            start = 0
            while start < len(change.data):
                end = min(len(change.data), start + _SECTOR - (change.place + start) % _SECTOR)
                if chance.random() < luck:
                    _do(held, change, start, end)
                start = end
        return bytes(held)


def _do(held: bytearray, change: Change, start: int, end: int) -> None:
    if change.kind is Kind.CUT:
        if change.place < len(held):
            del held[change.place :]
        else:
            held.extend(bytes(change.place - len(held)))
        return
    place = change.place + start
    if place > len(held):
        held.extend(bytes(place - len(held)))
    held[place : place + end - start] = change.data[start:end]


class Disk:
    """The watched folder as it is for the program, and as it surely is on the disk."""

    def __init__(self, root: str, begun: Path) -> None:
        """``root`` is the folder's path in the journal, ``begun`` a copy of it from before any change."""
        self._root = root
        self._files: dict[int, _File] = {}
        self._next = 0
        self._by_handle: dict[int, int] = {}
        self.names: dict[str, int | None] = {}  # None: a folder
        for path in sorted(begun.rglob("*")):
            place = os.path.join(root, path.relative_to(begun).as_posix())
            self.names[place] = None if path.is_dir() else self._new(path.read_bytes())
        self._sure_names = dict(self.names)
        self._unsure: dict[str, list[tuple[str, int | None, str]]] = {}

    def _new(self, data: bytes = b"") -> int:
        self._next += 1
        self._files[self._next] = _File(bytearray(data))
        return self._next

    def take(self, change: Change) -> None:
        """One more change of the program's."""
        if change.kind is Kind.OPENED:
            known = self.names.get(change.name)
            if known is not None:
                self._by_handle[change.file] = known
        elif change.kind is Kind.MADE:
            self._by_handle[change.file] = self._new()
            self._put_name(change.name, self._by_handle[change.file])
        elif change.kind is Kind.FOLDER_MADE:
            self._put_name(change.name, None)
        elif change.kind in (Kind.TAKEN, Kind.FOLDER_TAKEN):
            self._take_name(change.name)
        elif change.kind is Kind.MOVED:
            self._move(change.name, change.other)
        elif change.kind is Kind.FORCED and change.place:
            self._force_folder(change.name)
        elif change.kind is not Kind.NOTED and change.file in self._by_handle:
            file = self._files[self._by_handle[change.file]]
            if change.kind is Kind.FORCED:
                file.force()
            else:
                file.since.append(change)

    def _put_name(self, name: str, file: int | None) -> None:
        self.names[name] = file
        self._unsure.setdefault(os.path.dirname(name), []).append(("put", file, name))

    def _take_name(self, name: str) -> None:
        self.names.pop(name, None)
        self._unsure.setdefault(os.path.dirname(name), []).append(("take", None, name))

    def _move(self, old: str, new: str) -> None:
        file = self.names.get(old)
        _renamed(self.names, old, new)
        self._unsure.setdefault(os.path.dirname(new), []).append((old, file, new))

    def _force_folder(self, folder: str) -> None:
        for what in self._unsure.pop(folder, []):
            _happened(self._sure_names, what)

    def after_the_cut(self, target: Path, chance: random.Random) -> None:
        """Lay out at ``target`` what the disk may hold if the power goes now."""
        names = dict(self._sure_names)
        for folder in sorted(self._unsure):
            changes = self._unsure[folder]
            for what in changes[: chance.randint(0, len(changes))]:
                _happened(names, what)
        target.mkdir(parents=True)
        for name in sorted(names):
            place = target / os.path.relpath(name, self._root)
            if not place.parent.is_dir():
                continue  # its folder never reached the disk
            file = names[name]
            if file is None:
                place.mkdir(exist_ok=True)
            elif name.endswith("-shm"):
                place.write_bytes(chance.randbytes(len(self._files[file].after_the_cut(chance))))
            else:
                place.write_bytes(self._files[file].after_the_cut(chance))


def _happened(names: dict[str, int | None], what: tuple[str, int | None, str]) -> None:
    how, file, name = what
    if how == "put":
        names[name] = file
    elif how == "take":
        names.pop(name, None)
    elif file is None:
        _renamed(names, how, name)
    else:  # the file itself is known by its new name, whether the old one ever reached the disk or not
        names.pop(how, None)
        names[name] = file


def _renamed(names: dict[str, int | None], old: str, new: str) -> None:
    if old not in names:
        return
    inside = [name for name in names if name.startswith(old + "/")]
    for name in [name for name in names if name.startswith(new + "/")]:
        del names[name]
    names[new] = names.pop(old)
    for name in inside:
        names[new + name[len(old) :]] = names.pop(name)
