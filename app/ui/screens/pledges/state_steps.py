"""Đang soạn › Đã gửi › Chi bộ thông qua: how far the pledge is."""

from PySide6.QtWidgets import QWidget

from app.domain.pledge import Pledge, PledgeState
from app.ui.parts.chips import Chip, ChipSpec
from app.ui.parts.labels import IconLabel
from app.ui.parts.layout import FlowLayout
from app.ui.screens.pledges.pledge_words import short_day

_STATES = tuple(PledgeState)
_ICONS = {PledgeState.DRAFT: "pen-line", PledgeState.SUBMITTED: "send", PledgeState.PASSED: "check-check"}


class StateSteps(QWidget):
    """Three chips; the present one stands out, those behind it have a tick."""

    def __init__(self) -> None:
        super().__init__()
        flow = FlowLayout(self, spacing=10)
        self.chips: dict[PledgeState, Chip] = {}
        self._arrows: list[IconLabel] = []
        self._here = PledgeState.DRAFT
        self._is_short = False
        for state in _STATES:
            if state is not _STATES[0]:
                self._arrows.append(IconLabel("chevron-right", "ink2", 18))
                flow.addWidget(self._arrows[-1])
            self.chips[state] = Chip(ChipSpec(state.label, "na", "circle"))
            flow.addWidget(self.chips[state])

    def show_pledge(self, pledge: Pledge) -> None:
        """Show how far this one is."""
        self._here = pledge.state
        here = _STATES.index(pledge.state)
        for number, (state, chip) in enumerate(self.chips.items()):
            word = state.label
            if state is PledgeState.PASSED and pledge.passed_on is not None:
                word = f"{word} {short_day(pledge.passed_on, pledge.year)}"
            if number < here:
                chip.set_spec(ChipSpec(word, "ok", "check"))
            elif number == here:
                chip.set_spec(ChipSpec(word, "ok" if state is PledgeState.PASSED else "pri", _ICONS[state]))
            else:
                chip.set_spec(ChipSpec(word, "na", "circle"))
            spoken = "đang ở bước này" if number == here else "đã qua" if number < here else "chưa tới"
            chip.setAccessibleName(f"{word}, {spoken}")
        self.set_short(self._is_short)

    def set_short(self, is_short: bool) -> None:
        """On narrow pages only the present step."""
        self._is_short = is_short
        for arrow in self._arrows:
            arrow.setVisible(not is_short)
        for state, chip in self.chips.items():
            chip.setVisible(not is_short or state is self._here)
