"""The table votes are typed into: digits into the cell, Enter and Tab go on, a column comes from Excel."""

import re
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.domain.vote_results import RoundResult
from app.domain.voting import VoteRound
from app.ui.parts.record_delegate import fitted
from app.ui.screens.meetings.votes_delegate import FIELD_HEIGHT, SIDE, VotesDelegate, result_chip
from app.ui.screens.meetings.votes_model import HIGHEST, VotesModel
from app.ui.theme import px, theme

_NUMBER = re.compile(r"\d{1,3}")
# Widths at 100 %: number, name, one answer, sum, result; heads go on two lines where they must.
_WIDE = (44, 180, 100, 92, 196)
_MIDDLE = (40, 150, 78, 70, 150)
_SLIM = (34, 110, 64, 58, 110)
_SLIMMEST = (0, 100, 59, 52, 92)


class VotesTable(QTableView):
    """``typed``: a number changed.

    ``pasted``: how many numbers came from Excel, how many cells gave none, and the rows before.
    """

    typed = Signal()
    pasted = Signal(int, int, object)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.votes = VotesModel()
        self._is_fresh = True
        self.setAccessibleName("Số phiếu từng đồng chí")
        self.setModel(self.votes)
        self._delegate = VotesDelegate(self.votes, self)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(px(20))
        self.votes.typed.connect(self.typed)
        self.votes.modelReset.connect(self._after_reset)
        theme.changed.connect(self._fit)

    # What it shows

    def show_round(
        self, votes: VoteRound, names: Mapping[str, str], result: RoundResult, wrong: Mapping[str, set[str]]
    ) -> None:
        """Show a round with what is wrong in it, "total" or answers by subject."""
        self.votes.show_round(votes, names, result, wrong)
        self._fit_rows()

    def _after_reset(self) -> None:
        self._fit()
        if self.votes.rows:
            self.go_to(0, self.votes.first_number)

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell; what is typed there next replaces its number."""
        self._is_fresh = True
        self.setCurrentIndex(self.votes.index(row, column))

    def go_to_subject(self, subject_id: str, answer: str) -> None:
        """Put the cursor on the cell of a problem; of a whole row on its last number."""
        if subject_id in self.votes.subjects():
            answers = [each.value for each in self.votes.kind.answers]
            row = self.votes.subjects().index(subject_id)
            place = answers.index(answer) if answer in answers else self._last_filled(row)
            self.go_to(row, self.votes.first_number + place)
            self.setFocus()

    def _last_filled(self, row: int) -> int:
        numbers = [self.votes.rows[row].count.of(answer) for answer in self.votes.kind.answers]
        filled = [place for place, number in enumerate(numbers) if number]
        return filled[-1] if filled else 0

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.votes.as_table())
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QGuiApplication.clipboard().text())
        elif not self._typed(event) and not self._moved(event):
            super().keyPressEvent(event)

    def _typed(self, event: QKeyEvent) -> bool:
        index, key, text = self.currentIndex(), event.key(), event.text()
        if not index.isValid() or not self.votes.is_editable or not _is_plain(event):
            return False
        number = self.votes.number_at(index)
        if text.isascii() and text.isdigit():
            before = "" if self._is_fresh or number is None else str(number)
            typed = int(before + text)
            if typed <= HIGHEST:
                self._is_fresh = False
                self.votes.put(index, typed)
            return True
        if key == Qt.Key.Key_Backspace:
            left = "" if self._is_fresh or number is None else str(number)[:-1]
            self._is_fresh = False
            self.votes.put(index, int(left) if left else None)
            return True
        if key == Qt.Key.Key_Delete:
            self.votes.put(index, None)
            return True
        return False

    def _moved(self, event: QKeyEvent) -> bool:
        key, index = event.key(), self.currentIndex()
        if not index.isValid() or not _is_plain(event):
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._step(index, 1)
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key in steps:
            self._step(index, steps[Qt.Key(key)])
            return True
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            row = index.row() + (1 if key == Qt.Key.Key_Down else -1)
            if 0 <= row < len(self.votes.rows):
                self.go_to(row, index.column())
            return True
        return False

    def _step(self, index: QModelIndex, step: int) -> bool:
        """The next cell of numbers, row after row; False at the table's end."""
        width = len(self.votes.kind.answers)
        place = index.row() * width + index.column() - self.votes.first_number + step
        if not 0 <= place < width * len(self.votes.rows):
            return False
        self.go_to(place // width, self.votes.first_number + place % width)
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from number to number, and out of the table only at its end."""
        index = self.currentIndex()
        if self.hasFocus() and index.isValid() and self._step(index, 1 if forward else -1):
            return True
        return super().focusNextPrevChild(forward)

    def _paste(self, text: str) -> None:
        index = self.currentIndex()
        if not index.isValid() or not self.votes.is_editable:
            return
        cells = [line.split("\t") for line in text.strip("\r\n").splitlines()]
        before = self.votes.counts()
        taken = self.votes.paste(index, [[_number(cell) for cell in line] for line in cells])
        said = sum(bool(cell.strip()) for line in cells for cell in line)
        self.pasted.emit(taken, said - taken, before)

    # Mouse and focus

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            answer = self.votes.answer_at(index.column())
            column = index.column() if answer is not None else self.votes.first_number
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.go_to(index.row(), column)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()
        self._delegate.has_focus = True
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._delegate.has_focus = False
        self.viewport().update()

    # Widths and heights

    def _fit(self) -> None:
        self.setMinimumHeight(px(230))  # a low window scrolls rather than leaving the table two rows
        room = self.viewport().width()
        answers = len(self.votes.kind.answers)
        for widths in (_WIDE, _MIDDLE, _SLIM, _SLIMMEST):
            number, name, answer, total, result = (px(width) for width in widths)
            if widths is _WIDE:  # heads on one line
                answer = max(answer, self._widest_head() + 2 * px(SIDE))
            spare = room - (number + name + answers * answer + total + result)
            if spare >= 0:
                break
        self.votes.set_slim(widths is not _WIDE)
        spare = max(0, spare)
        sizes = [number, name + spare * 3 // 5, *([answer] * answers), total, result + spare * 2 // 5]
        for section, size in enumerate(sizes):
            self.setColumnWidth(section, size)
        self._fit_rows()

    def _widest_head(self) -> int:
        measured = self.horizontalHeader().fontMetrics()
        return max(measured.horizontalAdvance(answer.short) for answer in self.votes.kind.answers)

    def _fit_rows(self) -> None:
        """A row is taller only where a name or a result needs more lines."""
        header = self.verticalHeader()
        usual = px(FIELD_HEIGHT + 8)
        header.setDefaultSectionSize(usual)
        name_room = self.columnWidth(1) - 2 * px(SIDE)
        last = self.votes.total_column + 1
        result_room = self.columnWidth(last) - 2 * px(SIDE)
        for place, row in enumerate(self.votes.rows):
            chip = result_chip(row)
            said = chip.word if chip else row.line.verdict_text
            needed = max(fitted(row.name, name_room, True)[1], fitted(said, result_room, chip is not None)[1])
            height = max(usual, needed + px(8))
            if header.sectionSize(place) != height:
                header.resizeSection(place, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        # Digits and moves belong to the table even where a shortcut of the window has the same key.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if is_plain and event.text().isdigit():
                event.accept()
                return True
        return super().event(event)


def _is_plain(event: QKeyEvent) -> bool:
    return event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def _number(cell: str) -> int | None:
    words = cell.strip()
    return int(words) if _NUMBER.fullmatch(words) else None
