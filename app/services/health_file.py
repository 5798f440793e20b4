"""The first part of checking a book: file, keys, history and what the program ships are whole."""

import itertools
import struct
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from app.db import key_file, soundness, tables
from app.db.history_check import verify_chain
from app.db.rule_file_queries import rule_files
from app.db.transactions import ReadTransaction
from app.db.witness import mark_in
from app.domain.dates import format_date
from app.domain.errors import BookUnavailable
from app.domain.finding import Finding, Part, Weight, place
from app.locations import resource
from app.services.backups import last_backup
from app.services.seals import BrokenSeals, chain_sentences, seal_sentences, verify_seals
from app.services.workspace import Workspace

_FRESH_DAYS = 7
_DAMAGED = "Tệp bị hỏng. Xin giữ nguyên thư mục này và mở một bản sao cũ hơn."
_LOOSE = (
    "Có mục trong sổ trỏ tới mục không còn nữa: tệp bị sửa ngoài chương trình hoặc bị hỏng. "
    "Xin giữ nguyên thư mục này và mở một bản sao cũ hơn."
)


def _broken(code: str, about: str, sentence: str, key: str = "") -> Finding:
    return Finding(code, about, sentence, key, part=Part.FILE, weight=Weight.BROKEN)


def _to_look_at(code: str, about: str, sentence: str, **spot: str) -> Finding:
    where = place("settings", **spot) if spot else None
    return Finding(code, about, sentence, place=where, part=Part.FILE)


def page_checks(ws: Workspace) -> soundness.PageChecks:
    """The look at every page, to be begun while the rest is looked at."""
    return soundness.PageChecks(ws.engine, may_write=not ws.read_only)


def pages(checks: soundness.PageChecks) -> Iterator[Finding]:
    """Every page of the file sound."""
    if not checks.are_clean():
        yield _broken("file_damaged", "Tệp sổ", _DAMAGED)


def references(ws: Workspace) -> Iterator[Finding]:
    """Nothing in the book names what is not there."""
    if not soundness.references_hold(ws.engine):
        yield _broken("references_broken", "Tệp sổ", _LOOSE)


def key_files(ws: Workspace) -> Iterator[Finding]:
    """Both copies of the key slots; a broken one is put right from the other."""
    try:
        text = key_file.keys_text(key_file.read_keys(ws.folder))
        broken = [name for name in key_file.NAMES if _content(ws.folder / name) != text]
        if broken and not ws.read_only:
            key_file.mend_keys(ws.folder)
    except BookUnavailable as error:
        said = (
            f"{error} Sổ đang mở vẫn dùng được hôm nay: xin đặt lại mật khẩu hoặc sao lưu trước khi đóng sổ."
        )
        yield _broken("keys_lost", "Khóa của sổ", said)
    except OSError:
        said = "Không ghi lại được tệp khóa bị hỏng. Xin xem thư mục sổ có bị chặn ghi không."
        yield _to_look_at("key_copy_broken", "Khóa của sổ", said)
    else:
        if broken:
            mended = "Xin mở sổ để ghi một lần." if ws.read_only else "Đã chép lại từ tệp kia."
            said = (
                f"Một trong hai tệp khóa ({', '.join(broken)}) hỏng hoặc thiếu. {mended} Hai tệp khóa cùng "
                "hỏng thì không mở được sổ, dù có mật khẩu; ổ đĩa có lẽ sắp hỏng, xin sao lưu ra nơi khác."
            )
            yield _to_look_at("key_copy_broken", "Khóa của sổ", said)


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def history_and_seals(ws: Workspace, tx: ReadTransaction) -> Iterator[Finding]:
    """No write lost, the history whole, sealed months and years as they were sealed."""
    mark, known = ws.witness.read(), mark_in(tx.connection)
    if mark is not None and mark.writes > known.writes:
        said = (
            f"Thiếu {mark.writes - known.writes} lần ghi cuối cùng: tệp ghi tạm của sổ bị hỏng hoặc bị chép "
            "lẻ. Xin giữ nguyên thư mục này và mở bản sao gần nhất."
        )
        yield _broken("writes_lost", "Tệp sổ", said)
    elif mark is not None and mark.writes == known.writes and mark.head != known.head:
        said = (
            "Sổ này không phải là sổ đã ghi lần cuối ở đây: tệp sổ bị thay bằng tệp khác. "
            "Xin so với bản sao gần nhất."
        )
        yield _broken("head_differs", "Tệp sổ", said)
    report = verify_chain(tx)
    for sentence in chain_sentences(report):
        yield _broken("history_broken", "Nhật ký", sentence, str(report.broken_seq))
    broken = verify_seals(tx)
    for _month, several in itertools.groupby(broken.months, key=lambda each: each.month):
        months = tuple(several)
        (sentence,) = seal_sentences(BrokenSeals(months, ()))
        where = place("months", member=months[0].member_id, month=months[0].month.iso, act="open")
        yield replace(_to_look_at("seal_broken", "Niêm phong", sentence), place=where)
    for sentence in seal_sentences(BrokenSeals((), broken.years)):
        yield _to_look_at("seal_broken", "Niêm phong", sentence, panel="book")


def rule_contents(tx: ReadTransaction) -> Iterator[Finding]:
    """The files of rules the cell loaded are the ones it loaded."""
    changed = set(soundness.changed_contents(tx))
    for file in rule_files(tx):
        if file.digest in changed:
            said = (
                "Nội dung tệp quy định này không còn như lúc nạp. Mức xếp loại và giấy tờ tính theo tệp này; "
                "xin nạp lại từ tệp gốc."
            )
            yield _to_look_at("rule_file_changed", f"Quy định “{file.title}”", said, panel="rules")


def backup_age(ws: Workspace, tx: ReadTransaction) -> Iterator[Finding]:
    """A book with people's work in it and no fresh proven copy; the sample book needs none."""
    if tx.connection.execute(select(tables.cell.c.is_sample)).scalar():
        return
    try:
        last = last_backup(ws)
    except BookUnavailable:
        return  # without key files no copy can be named; that is a finding by itself
    begun = tx.connection.execute(select(func.min(tables.action.c.at))).scalar()
    since = last.manifest.copy.made_at.date() if last else date.fromisoformat(begun[:10]) if begun else None
    if since is None or (ws.today() - since).days <= _FRESH_DAYS:
        return
    which = (
        f"Bản sao gần nhất làm ngày {format_date(since)}" if last else "Sổ này chưa có bản sao nào ở máy này"
    )
    said = f"{which}. Tệp sổ hỏng thì mất mọi việc ghi từ đó; xin sao lưu ngay."
    yield _to_look_at("backup_old", "Bản sao", said, panel="backups")


def shipped_files() -> Iterator[Finding]:
    """What came with the program, fonts and rules and forms, is there and can be read."""
    root = resource()
    bad = [path.relative_to(root).as_posix() for path in sorted(root.rglob("*.toml")) if not _is_toml(path)]
    fonts = sorted(root.rglob("*.ttf"))
    bad += [path.relative_to(root).as_posix() for path in fonts if not _is_font(path)]
    if bad or not fonts:
        named = ", ".join(bad[:5]) or "các phông chữ"
        said = (
            f"Chương trình thiếu tệp hoặc có tệp hỏng: {named}. In giấy tờ có thể sai hoặc không được; "
            "xin cài lại chương trình, sổ không bị ảnh hưởng."
        )
        yield _to_look_at("program_files", "Chương trình", said)


def _is_toml(path: Path) -> bool:
    try:
        tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False
    return True


def _is_font(path: Path) -> bool:
    """Every table of the font matches the checksum its directory gives (the head table sums itself up)."""
    try:
        data = path.read_bytes()
        count: int = struct.unpack_from(">H", data, 4)[0]
        for number in range(count):
            tag, checksum, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * number)
            if tag != b"head" and _sum_of(data[offset : offset + length]) != checksum:
                return False
    except (OSError, struct.error):
        return False
    return count > 0


def _sum_of(table: bytes) -> int:
    padded = table + bytes(-len(table) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}L", padded)
    return sum(words) & 0xFFFFFFFF
