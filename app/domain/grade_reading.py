"""Grades as they stand in a column copied from Excel or Word: short, in full, with or without marks."""

from app.domain.grade import Grade
from app.domain.text import fold

_TAIL = " nhiem vu"
_WORDS = {
    "htxs": Grade.EXCELLENT,
    "htxsnv": Grade.EXCELLENT,
    "xuat sac": Grade.EXCELLENT,
    "htt": Grade.GOOD,
    "httnv": Grade.GOOD,
    "tot": Grade.GOOD,
    "ht": Grade.SATISFACTORY,
    "htnv": Grade.SATISFACTORY,
    "kht": Grade.UNSATISFACTORY,
    "khtnv": Grade.UNSATISFACTORY,
    **{fold(grade.label).removesuffix(_TAIL): grade for grade in Grade},
}


def read_grade(text: str) -> Grade | None:
    """One cell of the column; None where it is empty or says no grade."""
    return _WORDS.get(" ".join(fold(text).split()).removesuffix(_TAIL))


def read_column(text: str) -> tuple[tuple[str, Grade | None], ...]:
    """The lines of a copied column, the last cell of each line; a trailing line break adds none."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    cells = [line.split("\t")[-1].strip() for line in lines] if text.strip() else []
    return tuple((cell, read_grade(cell)) for cell in cells)
