"""The files of rules an office keeps: adding, replacing and dropping them, and giving them out again.

A file counts from a chosen year on, after the last locked one; earlier years keep what they had.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from app.db import rule_file_queries
from app.db.rule_tables import rule_file as table
from app.db.transactions import ReadTransaction, WriteTransaction
from app.domain.content_set import content_set_text
from app.domain.dates import format_date
from app.domain.errors import Conflict, NotAllowed, NotFound, Problem, ValidationFailed
from app.domain.rule_file import RuleFile, RuleFileKind
from app.domain.text import clean_line
from app.services import rules
from app.services.cells import cell_in, closed_years_in
from app.services.content_sets import own_sets_in
from app.services.rule_book import RuleBook, rule_book_in
from app.services.rule_bundle import SUFFIX, Bundle, BundledFile, bundle_bytes
from app.services.rule_looking import (
    BrokenFile,
    RuleFileView,
    RuleLook,
    look_at,
    same_in_use,
    sound_part,
)
from app.services.workspace import Act, Workspace

_FOLDERS = {
    RuleFileKind.RULE_SET: "rule_sets",
    RuleFileKind.SCORING: "scoring",
    RuleFileKind.CONTENT_SET: "content_sets",
    RuleFileKind.FORM: "forms",
}
_HEAD = (
    "# Bản đang dùng trong sổ, lưu ra làm điểm bắt đầu. Sửa bằng Notepad, giữ mã hóa UTF-8.\n"
    "# Dòng bắt đầu bằng dấu # là lời giải thích. verified = false: chưa đối chiếu bản gốc.\n"
    "# Sửa xong, nạp lại ở Thiết lập, mục Quy định hoặc Mẫu giấy tờ, và chọn năm bắt đầu dùng.\n\n"
)


class AlreadyKept(Conflict):
    """Another version of the same rule is kept from the same year; it can be replaced."""


@dataclass(frozen=True, slots=True)
class RuleTarget:
    """One rule of the book by kind and key, for giving it out."""

    kind: RuleFileKind
    key: str


@dataclass(frozen=True, slots=True)
class RuleOverview:
    """The rules of the book at one moment: everything usable, the files kept, the first year still open."""

    book: RuleBook
    files: tuple[RuleFile, ...]
    broken: tuple[BrokenFile, ...]
    first_open: int
    this_year: int


@dataclass(frozen=True, slots=True)
class KeptNow:
    """A file just kept, and the version it took the place of, for taking it back."""

    file: RuleFile
    replaced: RuleFile | None


def look_at_rules(ws: Workspace) -> RuleOverview:
    """Everything the settings show of the rules."""
    ws.must(Act.LOOK)
    with ws.read() as tx:
        book, broken = sound_part(rule_book_in(tx))
        files = rule_file_queries.rule_files(tx)
        return RuleOverview(book, files, broken, _first_open(tx), ws.today().year)


def look_at_rule_file(ws: Workspace, path: Path, form_code: str = "") -> RuleLook:
    """Read a chosen file and say what it is and changes; a Word template needs the form it is for.

    Raises ``FileUnreadable`` when it cannot be read at all; what is wrong inside comes as ``problems``.
    """
    ws.must(Act.LOOK)
    with ws.read() as tx:
        return look_at(tx, ws.today(), path, form_code)


def keep_rule_file(ws: Workspace, view: RuleFileView, from_year: int, *, replaces: bool = False) -> KeptNow:
    """Use a file that was looked at from a year on. Raises ``AlreadyKept`` unless it ``replaces``."""
    ws.must(Act.KEEP_RULES)
    return keep_rule_files(ws, (view,), from_year, replaces=replaces)[0]


def keep_rule_files(
    ws: Workspace, views: Iterable[RuleFileView], from_year: int, *, replaces: bool = False
) -> tuple[KeptNow, ...]:
    """Use several files from a year on, all or none: the parts of a package."""
    ws.must(Act.KEEP_RULES)
    wanted = tuple(views)
    if not wanted:
        raise NotAllowed("Không có tệp nào mới để nạp. Sổ giữ nguyên quy định đang dùng.")
    if problems := [problem for view in wanted for problem in view.problems]:
        raise ValidationFailed(tuple(Problem("file", problem) for problem in problems))
    said = wanted[0].title if len(wanted) == 1 else f"{len(wanted)} tệp của gói quy định"
    with ws.write(f"Nạp {said}, dùng từ năm {from_year}") as tx:
        return tuple(_keep(ws, tx, view, from_year, replaces=replaces) for view in wanted)


def _keep(
    ws: Workspace, tx: WriteTransaction, view: RuleFileView, from_year: int, *, replaces: bool
) -> KeptNow:
    year = max(from_year, view.first_year)
    _must_begin_open(tx, year)
    if view.last_year is not None and year > view.last_year:
        raise NotAllowed(
            f"“{view.title}” chỉ dùng cho {view.years_text}, không bắt đầu từ năm {year} được. Chọn năm khác."
        )
    same = tuple(
        file for file in rule_file_queries.rule_files(tx) if (file.kind, file.key) == (view.kind, view.key)
    )
    if known := same_in_use(same, view.digest, year):
        raise Conflict(
            f"Sổ đã có tệp này: “{known.title}”, dùng từ năm {known.from_year}, "
            f"nạp ngày {format_date(known.added_on)}."
        )
    values = _values(
        RuleFile(
            view.kind,
            view.key,
            year,
            view.title,
            view.source,
            view.origin,
            tx.keep_content(view.data),
            ws.today(),
        )
    )
    before = next((file for file in same if file.from_year == year), None)
    if before is None:
        file_id = tx.insert(table, values)
    elif replaces:
        file_id = before.id
        tx.update(table, file_id, values)
    else:
        raise AlreadyKept(
            f"Sổ đã có {before.kind.label.lower()} “{before.key}” dùng từ năm {year}: tệp “{before.origin}”"
            f"{f' theo {before.source}' if before.source else ''}, nạp ngày {format_date(before.added_on)}. "
            "Đồng chí thay tệp đó, hoặc chọn năm bắt đầu khác."
        )
    return KeptNow(_find(tx, file_id), before)


def take_back(ws: Workspace, kept: Iterable[KeptNow]) -> None:
    """Undo keeping files: what they took the place of counts again."""
    ws.must(Act.DROP_RULES)
    changes = tuple(kept)
    with ws.write("Trả lại quy định trước khi nạp") as tx:
        for each in changes:
            _must_begin_open(tx, each.file.from_year)
            if each.replaced is None:
                tx.delete(table, each.file.id)
            else:
                tx.update(table, each.file.id, _values(each.replaced))


def list_rule_files(ws: Workspace) -> tuple[RuleFile, ...]:
    """The files of rules the office keeps in this book."""
    ws.must(Act.LOOK)
    with ws.read() as tx:
        return rule_file_queries.rule_files(tx)


def stop_using(ws: Workspace, file_id: str) -> RuleFile:
    """Drop a kept file, so that what was used before it counts again; refused once a record relies on it."""
    ws.must(Act.DROP_RULES)
    with ws.read() as tx:
        file = _find(tx, file_id)
    with ws.write(f"Thôi dùng {file.title} từ năm {file.from_year}") as tx:
        file = _find(tx, file_id)
        until = _replaced_in(tx, file)
        closed = [year for year in closed_years_in(tx) if file.from_year <= year < until]
        if closed:
            raise NotAllowed(
                f"Năm {max(closed)} đã khóa với “{file.title}” nên tệp này phải ở lại trong sổ. "
                "Muốn đổi cho năm sau, đồng chí nạp tệp mới."
            )
        if used := _uses(tx, file, until):
            raise NotAllowed(
                f"“{file.title}” đang dùng cho {used} nên chưa bỏ được. "
                "Đồng chí nạp tệp khác thay nó từ cùng năm, những gì đã viết vẫn giữ."
            )
        tx.delete(table, file_id)
    return file


def use_again(ws: Workspace, file: RuleFile) -> None:
    """Take back dropping a file."""
    ws.must(Act.KEEP_RULES)
    with ws.write(f"Dùng lại {file.title} từ năm {file.from_year}") as tx:
        _must_begin_open(tx, file.from_year)
        tx.insert(table, _values(file))


def _values(file: RuleFile) -> dict[str, object]:
    return {
        "kind": file.kind.value,
        "key": file.key,
        "from_year": file.from_year,
        "title": file.title,
        "source": file.source,
        "origin": file.origin,
        "digest": file.digest,
        "added_on": file.added_on,
    }


def current_file(book: RuleBook, target: RuleTarget, year: int) -> tuple[str, bytes]:
    """The name and bytes of what is used for a year: the office's own file, else the shipped one."""
    if kept := book.file_in_use(target.kind, target.key, year):
        return kept.file.origin, kept.data
    folder = _FOLDERS.get(target.kind)
    shipped = rules.shipped_text(folder, target.key) if folder else None
    if shipped is None:
        raise NotFound(f"Không có {target.kind.label.lower()} “{target.key}” cho năm {year} để lưu ra tệp.")
    return shipped.origin, shipped.text.encode()


def _text_made_here(tx: ReadTransaction, target: RuleTarget) -> tuple[str, bytes] | None:
    """A content set the cell made on screen, as the file it would be."""
    if target.kind is not RuleFileKind.CONTENT_SET:
        return None
    own = next((each for each in own_sets_in(tx) if each.code == target.key), None)
    return None if own is None else (f"{own.code}.toml", content_set_text(own).encode())


def save_current(ws: Workspace, target: RuleTarget, year: int, path: Path) -> Path:
    """Save what is used now to a file, explained, as a starting point for an own one."""
    ws.must(Act.BUNDLE_RULES)
    with ws.read() as tx:
        made = _text_made_here(tx, target) or current_file(rule_book_in(tx), target, year)
    data = made[1]
    if target.kind is not RuleFileKind.TEMPLATE:
        text = data.decode("utf-8-sig").removeprefix(_HEAD)
        data = (_HEAD + text).encode()
    _write(path, data)
    return path


def save_bundle(ws: Workspace, targets: Iterable[RuleTarget], year: int, path: Path) -> Path:
    """Put what is used now of several rules into one file for other cells to load."""
    ws.must(Act.BUNDLE_RULES)
    with ws.read() as tx:
        book = rule_book_in(tx)
        name = cell_in(tx).name_on(ws.today())
        files = tuple(_bundled(book, target, year) for target in targets)
    if not files:
        raise NotAllowed("Chưa chọn quy định, mẫu nào để lập gói.")
    bundle = Bundle(clean_line(f"{name.own}, {name.upper}"), ws.today(), files)
    if path.suffix.lower() != SUFFIX:
        path = path.with_name(path.name + SUFFIX)
    _write(path, bundle_bytes(bundle))
    return path


def _bundled(book: RuleBook, target: RuleTarget, year: int) -> BundledFile:
    origin, data = current_file(book, target, year)
    kept = book.file_in_use(target.kind, target.key, year)
    from_year = kept.file.from_year if kept else year
    source = kept.file.source if kept else ""
    return BundledFile(origin, target.kind, target.key, from_year, source, sha256(data).hexdigest(), data)


def _write(path: Path, data: bytes) -> None:
    from app.office.writing import replacing

    with replacing(path) as unfinished:
        unfinished.write_bytes(data)


def _first_open(tx: ReadTransaction) -> int:
    return max(max(closed_years_in(tx), default=0) + 1, cell_in(tx).first_year)


def _must_begin_open(tx: ReadTransaction, year: int) -> None:
    first = _first_open(tx)
    if year < first:
        raise NotAllowed(
            f"Năm {year} đã khóa hoặc trước năm đầu của sổ, giữ nguyên bộ quy định của năm đó. "
            f"Đồng chí chọn từ năm {first} trở đi."
        )


def _find(tx: ReadTransaction, file_id: str) -> RuleFile:
    found = next((file for file in rule_file_queries.rule_files(tx) if file.id == file_id), None)
    if found is None:
        raise NotFound("Tệp quy định này không còn trong sổ. Xin mở lại trang.")
    return found


def _uses(tx: ReadTransaction, file: RuleFile, until: int) -> str:
    """What of the book rests on a kept file, in words; "" for nothing."""
    reviews = sum(
        line.count
        for line in rule_file_queries.reviews_by_rules(tx)
        if file.from_year <= line.year < until and line.uses(file.kind, file.key)
    )
    if reviews:
        return f"{reviews} bản kiểm điểm"
    if file.kind is not RuleFileKind.CONTENT_SET:
        return ""
    if cell_in(tx).content_set == file.key:
        return "bộ nội dung thường dùng của chi bộ"
    sets = sound_part(rule_book_in(tx))[0].content_sets(file.from_year)
    codes = [item.code for each in sets if each.code == file.key for item in each.items]
    pledged = rule_file_queries.pledged_items(tx, codes, range(file.from_year, until))
    return f"{pledged} việc đăng ký" if pledged else ""


def _replaced_in(tx: ReadTransaction, file: RuleFile) -> int:
    """The year from which a later version stands in its place."""
    later = [
        each.from_year
        for each in rule_file_queries.rule_files(tx)
        if (each.kind, each.key) == (file.kind, file.key) and each.from_year > file.from_year
    ]
    return min(later, default=10_000)
