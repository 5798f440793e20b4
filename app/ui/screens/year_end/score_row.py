"""One criterion: its points, the member's own and the committee's, each with its ground, and what differs."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.domain.scoring import ScoringItem, point_text, score_problems
from app.ui.parts.fields import LineField
from app.ui.parts.labels import Label
from app.ui.screens.year_end.review_sheet import ReviewSheet, read_points
from app.ui.theme import px, theme

_POINTS_WIDTH = 72
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def difference_text(difference: Decimal) -> str:
    """How the committee's points differ: "+1", "−2"; nothing where they do not."""
    if difference == 0:
        return ""
    return f"+{point_text(difference)}" if difference > 0 else f"−{point_text(-difference)}"


class PointsField(LineField):
    """A few figures, at the right. ``walked``: the arrows ask for the field below (1) or above (-1)."""

    walked = Signal(int)

    def __init__(self, text: str, width: int = _POINTS_WIDTH) -> None:
        super().__init__(text)
        self._wide = width
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(px(self._wide))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not event.modifiers() & ~_KEYPAD:
            self.walked.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


class ScoreRow:
    """One line of the table of criteria; the committee's ground is asked for where its points differ."""

    def __init__(self, sheet: ReviewSheet, item: ScoringItem, changed: Callable[[], None]) -> None:
        self.item = item
        self._sheet = sheet
        self._changed = changed
        score = sheet.score_of(item.code)
        self.code = Label(item.code, "body", "ink2", wrap=False)
        self.label = Label(item.label)
        self.max = Label(point_text(item.max), "body", "ink2", wrap=False)
        self.own = self._points(item.code, "điểm tự chấm")
        self.appraised = self._points(f"{item.code}*", "điểm chi ủy chấm")
        self.appraised.setReadOnly(sheet.is_locked or not sheet.leads)
        self.difference = Label("", "body", "late", weight=600, wrap=False)
        self.ground = self._ground("ground", score.ground, "căn cứ chấm điểm")
        self.cell_ground = self._ground("appraised_ground", score.appraised_ground, "căn cứ của chi ủy")
        self.cell_ground.setReadOnly(sheet.is_locked or not sheet.leads)
        self.problem = Label("", "cap", "bad", weight=600)
        self.problem.hide()
        self.show_difference()

    def _ground(self, name: str, text: str, words: str) -> LineField:
        field = LineField(text, words)
        field.setAccessibleName(f"{self.item.code} {words}")
        field.setReadOnly(self._sheet.is_locked)
        field.edited.connect(lambda _text: self._ground_edited(name, field))
        return field

    def _points(self, key: str, name: str) -> PointsField:
        typed = self._sheet.typed_scores.get(key)
        score = self._sheet.score_of(self.item.code)
        points = score.appraised_score if key.endswith("*") else score.self_score
        field = PointsField(typed if typed is not None else "" if points is None else point_text(points))
        field.setAccessibleName(f"{self.item.code} {self.item.label}: {name}")
        field.setReadOnly(self._sheet.is_locked)
        field.edited.connect(lambda _text: self._points_edited(key, field))
        field.left.connect(self.show_problem)
        return field

    def _points_edited(self, key: str, field: PointsField) -> None:
        """Only points the table allows are taken; anything else stays typed until it is put right."""
        text = field.value()
        points = read_points(text)
        problem = self.problem_of(text)
        kept = None if problem else points
        score = self._sheet.score_of(self.item.code)
        is_cells = key.endswith("*")
        self._sheet.set_score(
            replace(score, appraised_score=kept) if is_cells else replace(score, self_score=kept)
        )
        self._sheet.typed_scores.pop(key, None)
        if problem:
            self._sheet.typed_scores[key] = text
        elif not self.problem.isHidden():
            self.show_problem()
        self._changed()

    def read_again(self) -> None:
        """Another table of points was chosen: what could not be given before may be given now."""
        for key, field in ((self.item.code, self.own), (f"{self.item.code}*", self.appraised)):
            if key in self._sheet.typed_scores:
                self._points_edited(key, field)

    def problem_of(self, text: str) -> str:
        """Why these points cannot be given, or ""."""
        if not text.strip():
            return ""
        points = read_points(text)
        if points is None:
            return f"Mục {self.item.code}: “{text}” không phải là số điểm."
        assert self._sheet.profile is not None
        found = score_problems(self._sheet.profile, {self.item.code: points})
        return found[0].message if found else ""

    def show_problem(self) -> None:
        """Say under the row what is wrong with its points."""
        words = self.problem_of(self.own.value()) or self.problem_of(self.appraised.value())
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    @property
    def differs(self) -> bool:
        """Whether the committee gave other points than the member."""
        score = self._sheet.score_of(self.item.code)
        own, cells = score.self_score, score.appraised_score
        return own is not None and cells is not None and own != cells

    @property
    def has_cell_ground(self) -> bool:
        """Whether the committee's ground has its place: asked for, or written."""
        return self.differs or bool(self._sheet.score_of(self.item.code).appraised_ground)

    def show_difference(self) -> None:
        """Mark how the committee's points differ from the member's."""
        score = self._sheet.score_of(self.item.code)
        own, cells = score.self_score, score.appraised_score
        words = difference_text(cells - own) if own is not None and cells is not None else ""
        self.difference.setText(words)
        self.difference.setAccessibleName(f"{self.item.code} chênh {words}" if words else "")

    def _ground_edited(self, name: str, field: LineField) -> None:
        score = self._sheet.score_of(self.item.code)
        if name == "ground":
            self._sheet.set_score(replace(score, ground=field.value()))
        else:
            self._sheet.set_score(replace(score, appraised_ground=field.value()))
        self._changed()
