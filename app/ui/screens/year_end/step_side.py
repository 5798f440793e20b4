"""What stands beside the steps: the chosen step, the counter of the top grade, every deadline of the year."""

from PySide6.QtWidgets import QWidget

from app.ui.desk import Desk
from app.ui.parts.layout import Column
from app.ui.screens.year_end.cap_card import CapCard
from app.ui.screens.year_end.deadline_card import DeadlineCard
from app.ui.screens.year_end.step_card import StepCard


class StepSide(QWidget):
    """The three cards under each other."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.card = StepCard()
        self.cap = CapCard(desk)
        self.deadlines = DeadlineCard()
        column = Column(self, spacing=14)
        for card in (self.card, self.cap, self.deadlines):
            column.addWidget(card)
