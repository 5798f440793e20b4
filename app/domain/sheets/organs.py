"""What the cell and the committee above it are called inside running text, from their lines of the head.

The head is written in capitals; a sentence is not. Words known of offices get the case offices write them
in, names of places begin with capitals, and what is no syllable (HĐND, THCS) stays as it is.
"""

import re

_UNITS = "xã phường đặc khu thị trấn thôn xóm ấp bản buôn làng khu tổ dân phố cư số và các của"
_SMALL = frozenset(_UNITS.split())
_SUPERIOR = {"đảng bộ": "Đảng ủy", "đảng ủy": "Đảng ủy", "đảng uỷ": "Đảng ủy"}
_OFFICES = (
    "Văn phòng",
    "Hội đồng nhân dân",
    "Ủy ban nhân dân",
    "Ủy ban Mặt trận Tổ quốc",
    "Mặt trận Tổ quốc",
    "Đảng ủy",
    "các cơ quan Đảng",
    "Cơ quan",
    "Ban chỉ huy quân sự",
    "Quân sự",
    "Công an",
    "Trạm Y tế",
    "Bệnh viện",
    "Đa khoa",
    "Trung tâm",
    "Trường",
    "Mầm non",
    "Mẫu giáo",
    "Tiểu học",
    "Trung học cơ sở",
    "Trung học phổ thông",
    "Cao đẳng",
    "Đại học",
    "Công ty cổ phần",
    "Công ty trách nhiệm hữu hạn",
    "một thành viên",
    "Công ty",
    "Doanh nghiệp",
    "Hợp tác xã",
    "Quỹ tín dụng nhân dân",
    "Nông nghiệp",
    "Phòng",
    "Kinh tế",
    "Văn hóa",
    "Xã hội",
    "Khối",
)
_BY_LENGTH = sorted((phrase.split() for phrase in _OFFICES), key=len, reverse=True)
_VOWELS = "aeiouyàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_CONSONANT = rf"[^\W\d_{_VOWELS}]"
_SPOKEN = rf"(?:{_CONSONANT}{{0,3}}[{_VOWELS}]{{1,4}}){{1,3}}{_CONSONANT}{{0,2}}"


def cell_in_text(own: str) -> str:
    """The cell as a sentence names it: "Chi bộ thôn Đồng Tiến"."""
    words = own.split(" ", 2)
    if len(words) < 3 or " ".join(words[:2]).lower() != "chi bộ":
        return own
    return f"Chi bộ {small_name(words[2])}"


def cell_name_in_text(own: str) -> str:
    """The cell's name behind the words "Chi bộ": "thôn Đồng Tiến"."""
    return cell_in_text(own).removeprefix("Chi bộ ")


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
    """A name kept in capitals for the head, written as in a sentence; one typed otherwise stays as it is."""
    if not name.isupper():
        return name
    words, written = name.split(), list[str]()
    while len(written) < len(words):
        rest = [word.lower() for word in words[len(written) :]]
        known = next((p for p in _BY_LENGTH if rest[: len(p)] == [word.lower() for word in p]), None)
        written += known or [_word(words[len(written)])]
    return " ".join(written)


def _word(word: str) -> str:
    lower = word.lower()
    if lower in _SMALL:
        return lower
    return word.capitalize() if re.fullmatch(_SPOKEN, lower) else word
