"""How the people of the sample book vote: totals that fit the number of ballots, the same at every making."""

from random import Random

from app.domain.grade import Grade
from app.domain.voting import RoundKind, VoteCount

_NEXT = {
    Grade.EXCELLENT: Grade.GOOD,
    Grade.GOOD: Grade.SATISFACTORY,
    Grade.SATISFACTORY: Grade.GOOD,
    Grade.UNSATISFACTORY: Grade.SATISFACTORY,
}


def sample_count(subject_id: str, kind: RoundKind, grade: Grade, valid: int, seed: str) -> VoteCount:
    """Votes on one subject of which ``grade`` gets well over half; together they are ``valid``."""
    dice = Random(f"{seed}/{kind}")
    blank = dice.randint(0, 1)
    main = valid - blank - dice.randint(1, 4)
    rest = valid - blank - main
    if kind is RoundKind.EXCELLENT:
        return VoteCount(subject_id, agree=main, disagree=rest, blank=blank)
    if kind is RoundKind.LOWER_GRADES and grade is Grade.EXCELLENT:
        grade = Grade.GOOD
    numbers = {Grade.EXCELLENT: 0, Grade.GOOD: 0, Grade.SATISFACTORY: 0, Grade.UNSATISFACTORY: 0}
    numbers[grade], numbers[_NEXT[grade]] = main, rest
    return VoteCount(
        subject_id,
        excellent=None if kind is RoundKind.LOWER_GRADES else numbers[Grade.EXCELLENT],
        good=numbers[Grade.GOOD],
        satisfactory=numbers[Grade.SATISFACTORY],
        unsatisfactory=numbers[Grade.UNSATISFACTORY],
        blank=blank,
    )


def split_count(subject_id: str, valid: int) -> VoteCount:
    """Votes of which no grade gets half, so that the meeting votes once more."""
    good, unsatisfactory, blank = valid * 2 // 5, valid // 5, 1
    satisfactory = valid - good - unsatisfactory - blank
    return VoteCount(subject_id, 0, good, satisfactory, unsatisfactory, blank=blank)
