"""The code on the recovery sheet: six groups of five, each group ending in its own check letter.

31 letters and figures that nobody mistakes for each other when read from paper (no 0, 1, I, L, O). Four of
each group are random: about 118 bits in all.
"""

from collections.abc import Callable
from dataclasses import dataclass

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS, FREE = 6, 4
_LENGTH = GROUPS * (FREE + 1)


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
    """Read a typed code: capitals, spaces and dashes do not matter."""
    letters = "".join(letter for letter in text.upper() if letter.isalnum())
    size = FREE + 1
    groups = [letters[start : start + size] for start in range(0, max(_LENGTH, len(letters)), size)]
    wrong = [
        number
        for number, group in enumerate(groups, 1)
        if number > GROUPS
        or len(group) != size
        or not set(group) <= set(ALPHABET)
        or _check(group[:FREE], number - 1) != group[FREE]
    ]
    return TypedCode("-".join(groups), tuple(wrong))


def _check(letters: str, position: int) -> str:
    """Found wrong: any one letter mistyped, any two neighbours exchanged, a group in another's place."""
    total = sum((place + 2) * ALPHABET.index(letter) for place, letter in enumerate(letters))
    return ALPHABET[(total + 7 * position) % len(ALPHABET)]
