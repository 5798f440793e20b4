"""How an item of a passed pledge stands: being done, done, or not managed, with the day."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.pledge import Outcome, PledgeItem
from app.ui.parts.buttons import make_button
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import FormField
from app.ui.parts.layout import FlowLayout
from app.ui.parts.segmented import Segmented


class OutcomeRow(QWidget):
    """``outcome_chosen`` carries the outcome and the day (None while it is still being done)."""

    outcome_chosen = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.outcome = Segmented([(each.value, each.label) for each in Outcome], name="Kết quả", chosen="")
        self.day = DateField()
        self.day_field = FormField("Ngày", self.day)
        self.save = make_button("outlined", "Ghi kết quả", "check", on_click=self._tell)
        self._shown: PledgeItem | None = None
        flow = FlowLayout(self, spacing=14)
        for widget in (FormField("Kết quả đến nay", self.outcome), self.day_field, self.save):
            flow.addWidget(widget)
        self.outcome.chosen.connect(lambda _key: self._fit())
        self.day.edited.connect(self._fit)

    def show_item(self, item: PledgeItem, editable: bool) -> None:
        """Show how an item stands."""
        self._shown = item
        self.outcome.set_choice(item.outcome.value)
        self.day.set_value(item.finished_on)
        self.day_field.set_error("")
        self.setEnabled(editable)
        self._fit()

    def set_error(self, message: str) -> None:
        """Say what is wrong with the day."""
        self.day_field.set_error(message)
        self.day_field.focus_field()

    def _chosen(self) -> Outcome | None:
        key = self.outcome.choice()
        return Outcome(key) if key else None

    def _fit(self) -> None:
        chosen = self._chosen()
        self.day_field.setVisible(chosen in (Outcome.DONE, Outcome.NOT_DONE))
        self.save.setVisible(chosen is not None and self._differs(chosen) and self.isEnabled())

    def _differs(self, chosen: Outcome) -> bool:
        shown = self._shown
        if shown is None or chosen is not shown.outcome:
            return shown is not None
        return chosen is not Outcome.IN_PROGRESS and self.day.value() != shown.finished_on

    def _tell(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        if problem := self.day.problem():
            self.set_error(problem)
        else:
            self.outcome_chosen.emit(chosen, None if chosen is Outcome.IN_PROGRESS else self.day.value())
