"""What the cell and the committee above it are called inside running text, from their lines of the head."""

_UNITS = ("xã", "phường", "đặc khu", "thị trấn", "thôn", "xóm", "ấp", "bản", "buôn", "làng", "khu", "tổ")
_SMALL = frozenset(" ".join((*_UNITS, "dân phố cư số và")).split())
_SUPERIOR = {"đảng bộ": "Đảng ủy", "đảng ủy": "Đảng ủy", "đảng uỷ": "Đảng ủy"}


def cell_in_text(own: str) -> str:
    """The cell as a sentence names it: "Chi bộ thôn Đồng Tiến"."""
    words = own.split(" ", 2)
    if len(words) < 3 or " ".join(words[:2]).lower() != "chi bộ":
        return own
    return f"Chi bộ {small_name(words[2])}"


def superior_in_text(upper: str) -> str:
    """The committee directly above by the head's first line: "ĐẢNG BỘ XÃ HÒA SƠN" has "Đảng ủy xã Hòa Sơn".

    Nothing where the line names no đảng bộ or đảng ủy, or one without a deciding committee of its own.
    """
    words = upper.split(" ", 2)
    organ = _SUPERIOR.get(" ".join(words[:2]).lower(), "")
    if len(words) < 3 or not organ or words[2].lower().startswith("bộ phận"):
        return ""
    return f"{organ} {small_name(words[2])}"


def superior_body_in_text(upper: str) -> str:
    """The party body that committee leads: "Đảng bộ xã Hòa Sơn"."""
    return superior_in_text(upper).replace("Đảng ủy", "Đảng bộ", 1)


def small_name(name: str) -> str:
    """A place kept in capitals for the head, written small; other names may hold abbreviations and stay."""
    lower = [word.lower() for word in name.split()]
    if not name.isupper() or not any(name.lower().startswith(f"{unit} ") for unit in _UNITS):
        return name
    return " ".join(word if word in _SMALL else word.capitalize() for word in lower)
