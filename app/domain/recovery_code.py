"""The code on the recovery sheet: six groups of five, each group ending in its own check letter.

31 letters and figures that nobody mistakes for each other when read from paper (no 0, 1, I, L, O). Four of
each group are random: about 118 bits in all.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS, FREE = 6, 4


@dataclass(frozen=True, slots=True)
class TypedCode:
    """What somebody typed: the code when it is whole, else which groups (1 to 6) are wrong or missing."""

    code: str
    wrong_groups: tuple[int, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every group agrees with its check letter."""
        return not self.wrong_groups


def new_recovery_code(below: Callable[[int], int]) -> str:
    """A random code; ``below(n)`` gives a random number under ``n``, from the system's own source."""
    groups = []
    for position in range(GROUPS):
        letters = "".join(ALPHABET[below(len(ALPHABET))] for _ in range(FREE))
        groups.append(letters + _check(letters, position))
    return "-".join(groups)


def typed_code(text: str) -> TypedCode:
    """Read a typed code: capitals, spaces and dashes do not matter.

    Where the groups were typed apart, a letter left out makes its own group wrong and none of those after it.
    """
    joined = _read(typed_groups(text, apart=False))
    return joined if joined.is_whole else _read(typed_groups(text))


def typed_groups(text: str, *, apart: bool = True) -> tuple[str, ...]:
    """The groups as somebody has typed them so far; ``apart`` keeps those typed apart."""
    parts = re.findall(r"[^\W_]+", text.upper()) if apart else ["".join(filter(str.isalnum, text.upper()))]
    size = FREE + 1
    return tuple(part[start : start + size] for part in parts for start in range(0, len(part), size))


def _read(typed: tuple[str, ...]) -> TypedCode:
    groups = typed + ("",) * (GROUPS - len(typed))
    wrong = (number for number, group in enumerate(groups, 1) if not _is_right(group, number))
    return TypedCode("-".join(groups), tuple(wrong))


def _is_right(group: str, number: int) -> bool:
    is_known = number <= GROUPS and len(group) == FREE + 1 and set(group) <= set(ALPHABET)
    return is_known and _check(group[:FREE], number - 1) == group[FREE]


def _check(letters: str, position: int) -> str:
    """Found wrong: any one letter mistyped, any two neighbours exchanged, a group in another's place."""
    total = sum((place + 2) * ALPHABET.index(letter) for place, letter in enumerate(letters))
    return ALPHABET[(total + 7 * position) % len(ALPHABET)]
