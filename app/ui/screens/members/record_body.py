"""What scrolls on a member's page: the form, and beside or below it the year's sheet, posts and statuses."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.services.member_overview import MemberRecord
from app.ui.desk import DeskPage
from app.ui.member_file_saving import MemberFileSaving
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody
from app.ui.parts.messages import MessageBar
from app.ui.parts.page import logical_width
from app.ui.screens.members.dated_card import DatedCard
from app.ui.screens.members.disciplines_card import DisciplinesCard
from app.ui.screens.members.files_card import FilesCard
from app.ui.screens.members.kind_card import KindCard
from app.ui.screens.members.member_form import MemberForm
from app.ui.screens.members.posts_card import PostsCard
from app.ui.screens.members.statuses_card import StatusesCard
from app.ui.theme import px

_SIDE_BY_SIDE, _ONE_FIELD = 1000, 560


class RecordBody(ScrollBody):
    """The parts of a member's page in two columns, or in one where it is narrow."""

    def __init__(self, page: DeskPage, saved: Callable[[], None]) -> None:
        super().__init__(spacing=14)
        self.message = MessageBar()
        self.body.addWidget(self.message)
        self._sides = Row(spacing=14)
        card = Card(spacing=10)
        self.form = MemberForm()
        card.body.addWidget(Label("Hồ sơ", "h3"))
        card.body.addWidget(self.form)
        left = Column(spacing=14)
        left.addWidget(card)
        left.addStretch(1)
        self._sides.addLayout(left, 5)
        self._right = QWidget()
        right = Column(self._right, spacing=14)
        self.kind = KindCard(page, saved)
        self.posts = PostsCard(page, saved)
        self.statuses = StatusesCard(page, saved)
        self.disciplines = DisciplinesCard(page, saved)
        self.files = FilesCard(MemberFileSaving(page, self.message))
        for each in (self.kind, self.posts, self.statuses, self.disciplines, self.files):
            right.addWidget(each)
        right.addStretch(1)
        self._sides.addWidget(self._right, 4)
        self.body.addLayout(self._sides)
        for card_with_editor in self.cards:
            card_with_editor.opened.connect(partial(self._show_editor, card_with_editor))
        if page.desk.ws.read_only:
            self.form.lock()

    @property
    def cards(self) -> tuple[DatedCard, ...]:
        """The cards with an editor."""
        return (self.posts, self.statuses, self.disciplines)

    def _show_editor(self, card: DatedCard) -> None:
        """Scroll to an editor that has just opened, once it has its size."""
        QTimer.singleShot(0, card, lambda: self.ensureWidgetVisible(card.editor, 0, px(16)))

    def close_editors(self) -> None:
        """Give up what stands in the editors."""
        for card in self.cards:
            if card.is_open:
                card.drop()

    def show_member(self, record: MemberRecord, year: int) -> None:
        """Show everything but the form; a member not saved yet has only the form."""
        self._right.setVisible(record.member is not None)
        if record.member is not None:
            self.posts.show_member(record.member)
            self.statuses.show_member(record.member)
            self.disciplines.show_member(record.member)
            self.files.show_member(record.member)
            self.kind.show_member(record.member, record.kinds, year)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = logical_width(self)
        is_wide = width >= _SIDE_BY_SIDE and not self._right.isHidden()
        directions = QBoxLayout.Direction
        self._sides.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        columns = 2 if is_wide or width < _SIDE_BY_SIDE else 3
        self.form.set_columns(columns if width >= _ONE_FIELD else 1)
        for card in self.cards:
            card.editor.grid.set_columns(2 if width >= _ONE_FIELD else 1)
