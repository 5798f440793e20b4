"""Fifty known phrases of a day's work, looked for in every byte the program left or ever wrote.

Where a C compiler is there, also what was written and taken away again: temporary files, overwritten pages.
"""

import os
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from app.domain.text import fold
from benchmarks.faults import shim
from benchmarks.faults.day import EXPORTS, phrases
from benchmarks.faults.home import own_folders
from benchmarks.faults.outcome import CannotRun, Line, Plan, summed
from benchmarks.faults.power_cut_disk import Kind, read_journal

_GIVEN = (
    "nguoi-dung-dua",
    EXPORTS,
    "ma-khoi-phuc",
)  # the person's own list, what they asked for, our own note


def run(plan: Plan) -> Line:
    """Live the day, kill the program, search."""
    begun = time.perf_counter()
    place = plan.folder("phrases")
    (place / "sach").mkdir()
    (place / "tam").mkdir()
    journal = place.with_name("phrases-journal")
    environment = {
        **os.environ,
        **own_folders(place / "nha"),
        "TMPDIR": str(place / "tam"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    try:
        watched = shim.environment(shim.made_shim(plan.folder("shim")), place, journal, FAULT_EVERYTHING="1")
        environment = {**watched, **environment}
        how = "kể cả mọi byte từng ghi rồi xóa"
    except CannotRun:
        how = "những tệp còn lại"
    command = [sys.executable, "-P", "-m", "benchmarks.faults.day", str(place), str(plan.seed)]
    environment["PYTHONPATH"] = str(shim.ROOT)
    ended = subprocess.run(
        command, env=environment, cwd=shim.ROOT, capture_output=True, check=False, timeout=300
    )
    if ended.returncode != -9:
        raise RuntimeError(
            f"the day did not come to its end ({ended.returncode}): {ended.stderr.decode()[-2000:]}"
        )
    code = (place / "ma-khoi-phuc").read_text()
    wanted = [*phrases(plan.seed), code]
    found = sorted(set(_found(place, journal, wanted, ended.stdout + ended.stderr)))
    return Line(
        "phrases",
        "Cụm từ biết trước (tên, lời tự đánh giá, mã PIN, mật khẩu, mã khôi phục) sau một ngày làm việc, tìm "
        f"trong sổ, WAL, bản sao, thư mục tạm, nhật ký sự cố, thiết lập; {how}",
        len(wanted),
        "chỗ tìm thấy",
        str(len(found)),
        not found,
        time.perf_counter() - begun,
        summed(found),
    )


def _found(place: Path, journal: Path, wanted: list[str], said: bytes) -> Iterator[str]:
    forms = {shape: phrase for phrase in wanted for shape in _shapes(phrase)}
    for where, data in (*_left(place), *_written(place, journal), ("đầu ra của chương trình", said)):
        for shape, phrase in forms.items():
            if shape in data:
                yield f"“{phrase}” trong {where}"


def _shapes(phrase: str) -> set[bytes]:
    """The phrase as programs may store it: composed or not, escaped, in capitals, without marks."""
    words = {phrase, unicodedata.normalize("NFD", phrase), phrase.upper(), phrase.replace("-", "")}
    if not phrase.isdigit():
        words.add(fold(phrase))
    escaped = {word.encode("unicode_escape") for word in words}
    return {word.encode(code) for word in words for code in ("utf-8", "utf-16-le", "utf-16-be")} | escaped


def _left(place: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(place.rglob("*")):
        if path.is_file() and path.relative_to(place).parts[0] not in _GIVEN:
            yield str(path.relative_to(place)), path.read_bytes()


def _written(place: Path, journal: Path) -> Iterator[tuple[str, bytes]]:
    if not journal.exists():
        return
    files: dict[str, bytearray] = {}
    for change in read_journal(journal):
        inside = os.path.relpath(change.name, place).split(os.sep)[0]
        if change.kind is Kind.WRITTEN and inside not in _GIVEN:
            files.setdefault(change.name, bytearray()).extend(change.data)
    for name, data in files.items():
        yield f"đã ghi vào {os.path.relpath(name, place)}", bytes(data)
