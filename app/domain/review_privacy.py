"""A review still being written: what others see of it, and what happens when they type into it."""

from dataclasses import fields, replace
from typing import TypeVar

from app.domain.permissions import Reader
from app.domain.record_states import reads_review
from app.domain.review import CivilGrade, GradeStage, ItemScore, Review, SectionText, YearTasks

Part = TypeVar("Part", YearTasks, CivilGrade)


def readable_by(review: Review, reader: Reader) -> Review:
    """The review as a person may read it: the words of an unsent one stay with the member who writes it.

    What the cell wrote itself (its grades, points and cases) it reads all the time.
    """
    if reads_review(reader, review):
        return review
    return replace(
        review,
        dated_on=None,
        sections=(),
        scores=tuple(
            ItemScore(score.code, None, score.appraised_score, "", score.appraised_ground)
            for score in review.scores
            if score.appraised_score is not None
        ),
        faults=(),
        prompts=(),
        tasks=YearTasks(),
        civil=CivilGrade(),
        task_list=(),
        grades=tuple(given for given in review.grades if given.stage is not GradeStage.SELF),
    )


def filled_into(draft: Review, typed: Review) -> Review:
    """What somebody else typed, put into a member's own draft: a blank place keeps the member's words."""
    own_grade = tuple(given for given in draft.grades if given.stage is GradeStage.SELF)
    typed_grade = tuple(given for given in typed.grades if given.stage is GradeStage.SELF)
    return replace(
        typed,
        dated_on=typed.dated_on or draft.dated_on,
        sections=_sections(draft, typed),
        scores=_scores(draft, typed),
        faults=typed.faults or draft.faults,
        prompts=typed.prompts or draft.prompts,
        tasks=_filled(draft.tasks, typed.tasks),
        civil=_filled(draft.civil, typed.civil),
        task_list=typed.task_list or draft.task_list,
        grades=typed_grade or own_grade,
    )


def _sections(draft: Review, typed: Review) -> tuple[SectionText, ...]:
    """A text that the program proposed is nobody's words: it never stands in for the member's."""
    own = {section.key: section for section in draft.sections}
    for section in typed.sections:
        known = own.get(section.key, SectionText(section.key))
        if section.text.strip() and not (section.proposed and known.text.strip()):
            known = replace(known, text=section.text, proposed=section.proposed)
        own[section.key] = replace(known, level=section.level or known.level)
    return tuple(own.values())


def _scores(draft: Review, typed: Review) -> tuple[ItemScore, ...]:
    own = {score.code: replace(score, appraised_score=None, appraised_ground="") for score in draft.scores}
    for score in typed.scores:
        known = own.get(score.code, ItemScore(score.code))
        own[score.code] = ItemScore(
            score.code,
            known.self_score if score.self_score is None else score.self_score,
            score.appraised_score,
            score.ground or known.ground,
            score.appraised_ground,
        )
    return tuple(own.values())


def _filled(own: Part, typed: Part) -> Part:
    written = {field.name: getattr(typed, field.name) for field in fields(typed)}
    return replace(own, **{name: value for name, value in written.items() if value not in (None, "")})
