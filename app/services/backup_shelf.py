"""A place where backups lie: on this PC, on a stick, in a shared folder. Only proven copies are listed."""

import json
import logging
import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import mkdtemp

from app import locations
from app.db import key_file
from app.db.backup_file import Manifest, must_be_whole, read_manifest
from app.db.book_folder import PACKED_SUFFIX, SUFFIX
from app.db.disk import make_folders, replace_file
from app.domain.backup_keeping import Copy, Thinning
from app.domain.errors import BookUnavailable, FileUnreadable

_PROOFS = "da-soat.json"
_HALF = "dang-ghi-"
_HALF_FOR_SECONDS = 3600
_PROVEN_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class FoundCopy:
    """A backup that lies in a place and was read through from end to end."""

    path: Path
    manifest: Manifest

    @property
    def number(self) -> int:
        """Its turn in this place: a stick gets copies of several PCs, each of which counts its own."""
        return _number_in(self.path.name) or self.manifest.number


def first_place(book_id: str) -> Path:
    """Where backups of this book are kept on this PC; it survives the book's own folder."""
    return locations.user_data() / "ban-sao" / book_id


def places_of(folder: Path) -> tuple[Path, ...]:
    """Where backups of the book in this folder lie on this PC; found by its name when its keys are lost."""
    try:
        return (first_place(key_file.read_keys(folder).book_id),)
    except BookUnavailable:
        every = locations.user_data() / "ban-sao"
        name = folder.name.removesuffix(SUFFIX)
        places = sorted(every.iterdir()) if every.is_dir() else []
        return tuple(
            place for place in places if any(copy.manifest.name == name for copy in Shelf(place).copies())
        )


class Shelf:
    """One place of backups. What cannot be read stays where it is and is not counted."""

    def __init__(self, place: Path, today: date | None = None) -> None:
        self.place = place
        self._today = today or date.today()

    def copies(self) -> tuple[FoundCopy, ...]:
        """The good copies here, the newest first."""
        proofs, found = self._proofs(), []
        kept: dict[str, list[int | str]] = {}
        for path in self._files():
            try:
                copy, proof = self._proven(path, proofs.get(path.name))
            except FileUnreadable as error:
                logging.getLogger(__name__).info("backup not counted: %s", type(error.__cause__).__name__)
                continue
            found.append(copy)
            kept[path.name] = proof
        if kept != proofs:
            self._keep_proofs(kept)
        return tuple(sorted(found, key=lambda copy: copy.number, reverse=True))

    def unreadable(self) -> int:
        """How many files here are no good copies."""
        return len(self._files()) - len(self.copies())

    def next_number(self) -> int:
        """The number of the next copy: greater than any here, readable or not."""
        return max((_number_in(path.name) for path in self._files()), default=0) + 1

    @contextmanager
    def making(self, *, is_there: bool = False) -> Iterator[Path]:
        """A folder for a copy being made; gone afterwards, and left-overs of a crash with it.

        ``is_there``: the place is not made when it is gone, the stick it was on is pulled out.
        """
        if not is_there:
            make_folders(self.place)
        for left in self.place.glob(f"{_HALF}*"):
            if abs(time.time() - left.stat().st_mtime) > _HALF_FOR_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
        folder = Path(mkdtemp(prefix=_HALF, dir=self.place))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def put(self, part: Path, manifest: Manifest) -> FoundCopy:
        """Take a finished copy, read through already, onto the list."""
        day, hour = manifest.made_at[:10], manifest.made_at[11:16].replace(":", ".")
        reason = manifest.reason.replace("_", "-")
        number = max(manifest.number, self.next_number())
        target = self.place / f"{number:06d} {day} {hour} {reason}{PACKED_SUFFIX}"
        replace_file(part, target)
        self._keep_proofs({**self._proofs(), target.name: self._proof_of(target)})
        return FoundCopy(target, manifest)

    def thin(self, rule: Callable[[Sequence[Copy]], Thinning]) -> None:
        """Let old copies make room by the rule; only good ones count, and only good ones stand for others."""
        copies = {copy.number: copy for copy in self.copies()}
        plan = rule([replace(copy.manifest.copy, number=number) for number, copy in copies.items()])
        for dropped, standing in plan.dropped:
            if copies[standing.number].path.exists():
                _remove(copies[dropped.number].path)

    def _files(self) -> list[Path]:
        try:
            return sorted(self.place.glob(f"*{PACKED_SUFFIX}"))
        except OSError:
            return []

    def _proven(self, path: Path, proof: list[int | str] | None) -> tuple[FoundCopy, list[int | str]]:
        try:
            now = self._proof_of(path)
        except OSError as error:
            raise FileUnreadable(f"Không đọc được tệp “{path.name}”.") from error
        if proof is None or proof[:2] != now[:2] or not self._is_recent(str(proof[2])):
            must_be_whole(path)
            proof = now
        return FoundCopy(path, read_manifest(path)), proof

    def _is_recent(self, day: str) -> bool:
        return abs(date.fromisoformat(day) - self._today) <= _PROVEN_FOR

    def _proof_of(self, path: Path) -> list[int | str]:
        facts = path.stat()
        return [facts.st_size, facts.st_mtime_ns, self._today.isoformat()]

    def _proofs(self) -> dict[str, list[int | str]]:
        """When each file was last read through; what was kept badly is read through again."""
        try:
            value = json.loads((self.place / _PROOFS).read_text(encoding="utf-8"))
            return {
                str(name): [int(size), int(at), date.fromisoformat(day).isoformat()]
                for name, (size, at, day) in value.items()
            }
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _keep_proofs(self, proofs: dict[str, list[int | str]]) -> None:
        try:
            (self.place / _PROOFS).write_text(json.dumps(proofs), encoding="utf-8")
        except OSError as error:
            logging.getLogger(__name__).info("proofs not kept: %s", error.errno)


def every_copy(shelves: Iterable[Shelf]) -> tuple[FoundCopy, ...]:
    """The copies of several places, the newest first."""
    found = [copy for shelf in shelves for copy in shelf.copies()]
    return tuple(sorted(found, key=lambda copy: (copy.manifest.made_at, copy.number), reverse=True))


def _number_in(name: str) -> int:
    found = re.match(r"\d+", name)
    return int(found[0]) if found else 0


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        logging.getLogger(__name__).info("old backup not removed: %s", error.errno)
