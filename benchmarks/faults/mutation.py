"""Ways of spoiling a file: bytes, parts of a package, words of a text, cells of a sheet. By a seed."""

import io
import random
import zipfile
from collections.abc import Callable

_ODD_WORDS = (
    "",
    "\ufeff",
    "\x00",
    "999999999999999999999",
    "-1",
    "1e400",
    "nan",
    "32/13/2026",
    "=1/0",
    "𝔑𝔤𝔲𝔶ễ𝔫",
    "e\u0309" * 40,
    "\u202e",
    "a" * 70_000,
    "{{ x }}",
    "{% for %}",
    "'''",
    '"""',
    "[[",
    "]]",
    "<!--",
    "true",
    "1979-05-27T07:32:00Z",
)


def spoiled_bytes(data: bytes, chance: random.Random) -> bytes:
    """Flipped, cut, doubled, emptied or strange bytes."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        at = chance.randrange(len(made) + 1)
        end = min(len(made), at + chance.choice((1, 4, 64, 1024)))
        how = chance.randrange(6)
        if how == 0 and made:
            made[at % len(made)] ^= chance.randrange(1, 256)
        elif how == 1:
            del made[at:end]
        elif how == 2:
            made[at:at] = chance.randbytes(chance.choice((1, 16, 300)))
        elif how == 3:
            made[at:end] = bytes(end - at)
        elif how == 4:
            made[at:at] = made[:end]
        else:
            del made[at:]
    return bytes(made)


def spoiled_text(data: bytes, chance: random.Random) -> bytes:
    """Lines gone, doubled or moved, words replaced by odd ones, another encoding."""
    lines = data.decode("utf-8", "replace").split("\n")
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(lines))
        how = chance.randrange(6)
        if how == 0 and len(lines) > 1:
            del lines[at]
        elif how == 1:
            lines.insert(at, chance.choice(lines))
        elif how == 2:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        elif how == 3:
            words = lines[at].split(" ")
            words[chance.randrange(len(words))] = chance.choice(_ODD_WORDS)
            lines[at] = " ".join(words)
        elif how == 4:
            name, equals, _value = lines[at].partition("=")
            lines[at] = f"{name}{equals} {chance.choice(_ODD_WORDS)}"
        else:
            lines[at] = lines[at].replace(chance.choice('"[]=.{}'), "", 1)
    encoding = chance.choices(("utf-8", "utf-16", "cp1258", "utf-8-sig"), (20, 1, 1, 1))[0]
    return "\n".join(lines).encode(encoding, "replace")


def spoiled_package(data: bytes, chance: random.Random) -> bytes:
    """A zip whose parts are spoiled, gone, doubled, renamed or enormous, with sums that fit."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [(info.filename, package.read(info)) for info in package.infolist()]
    at = chance.randrange(len(parts))
    name, content = parts[at]
    how = chance.randrange(7)
    if how == 0:
        del parts[at]
    elif how == 1:
        parts[at] = (chance.choice(("../ra-ngoai", "/tmp/x", "con", name.upper(), "a/" * 90 + "b")), content)
    elif how == 2:
        parts[at] = (name, bytes(30 << 20))
    elif how == 3:
        parts[at] = (name, b"")
    else:
        spoil: Callable[[bytes, random.Random], bytes] = chance.choice((spoiled_bytes, spoiled_text))
        parts[at] = (name, spoil(content, chance))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for part, inside in parts:
            package.writestr(part, inside)
    return made.getvalue()


def odd_sheet(chance: random.Random) -> bytes:
    """A list of members as nobody should write one."""
    import openpyxl
    from openpyxl.utils.exceptions import IllegalCharacterError

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    heads = ["STT", "Họ và tên", "Ngày sinh", "Ngày vào Đảng", "Số thẻ", "Chức vụ", "Ghi chú", "Giới tính"]
    chance.shuffle(heads)
    sheet.append(heads[: chance.randrange(2, len(heads) + 1)])
    for _ in range(chance.randrange(1, 30)):
        row = [_cell(chance) for _ in range(chance.randrange(1, 12))]
        try:
            sheet.append(row)
        except (IllegalCharacterError, ValueError):
            continue
    if chance.random() < 0.2:
        sheet.merge_cells("A1:C2")
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _cell(chance: random.Random) -> object:
    from datetime import date, datetime, time, timedelta

    return chance.choice(
        (
            None,
            "Nguyễn Văn An",
            "trần   thị  bình",
            "01/02/1980",
            "1980",
            date(chance.randrange(1900, 2200), 1, 1),
            datetime(2026, 3, 20, 8, 30),
            time(8, 30),
            timedelta(days=3),
            chance.random() * 1e9,
            chance.randrange(-(10**15), 10**15),
            True,
            "#REF!",
            *(word[:30_000] for word in _ODD_WORDS),
        )
    )
