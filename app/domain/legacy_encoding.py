"""Old Vietnamese encodings (TCVN3 "ABC", VNI) recognised by their letters and named, never stored."""

import re
from collections.abc import Sequence
from enum import StrEnum


class LegacyEncoding(StrEnum):
    """An encoding from before Unicode; the value is how people call it."""

    TCVN3 = "TCVN3 (ABC, phông .VnTime)"
    VNI = "VNI (phông VNI-Times)"


# TCVN3 keeps letters where Unicode has signs ("V¨n", "§×nh") or capitals ("TuÊn").
_TCVN3 = re.compile("[\xa1-\xaf\xb5-\xbe\xd7\xf7ÞßÐþ]|[a-z][\xc0-\xd6\xd8-\xdd]")
# VNI writes a vowel and then its marks as a further Latin letter: "Nguyeãn", "Höông". (ñ alone is Ê Đê.)
_VNI = re.compile(
    "[aA][ùøûõïâêáàåãäéèúüëÙØÛÕÏÂÊÁÀÅÃÄÉÈÚÜË]|[eE][ùøûõïâáàåãäÙØÛÕÏÂÁÀÅÃÄ]"
    "|[oO][ùøûõïâåäÙØÛÕÏÂÅÄ]|[uUôÔ][ùøûõïÙØÛÕÏ]|[öÖ]"
)

_ENOUGH_NAMES = 200


def legacy_encoding(text: str) -> LegacyEncoding | None:
    """The old encoding a name seems to be written in; None where its letters are ordinary Unicode."""
    if text.isascii():
        return None
    if _TCVN3.search(text):
        return LegacyEncoding.TCVN3
    return LegacyEncoding.VNI if _VNI.search(text) else None


def encoding_of_list(names: Sequence[str]) -> LegacyEncoding | None:
    """The old encoding a whole list is typed in: the one that at least a third of its names look like."""
    sample = names[:_ENOUGH_NAMES]
    found = [encoding for name in sample if (encoding := legacy_encoding(name))]
    if 3 * len(found) < max(len(sample), 1):
        return None
    return max(LegacyEncoding, key=found.count)
