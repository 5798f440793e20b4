"""Which meeting is to be written down: its kind, and for a monthly one the month."""

from PySide6.QtCore import Signal

from app.domain.meeting import MeetingKind
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import Choice, FormField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, FlowLayout
from app.ui.parts.segmented import Segmented

_KINDS = (
    (MeetingKind.MONTHLY, "Thường kỳ"),
    (MeetingKind.THEMATIC, "Chuyên đề"),
    (MeetingKind.REVIEW, "Kiểm điểm cuối năm"),
)


class NewMeetingPanel(Card):
    """``begun`` carries the kind and the month (0: none); ``given_up`` closes the panel."""

    begun = Signal(str, int)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=10)
        self.body.addWidget(Label("Ghi một buổi họp", "h3"))
        self.kinds = Segmented([(kind.value, word) for kind, word in _KINDS], name="Loại buổi họp")
        self.kinds.chosen.connect(lambda _key: self._show_month())
        self.month = Choice([(str(m), f"Tháng {m}") for m in range(1, 13)], placeholder="Chọn tháng")
        self.month_field = FormField("Về tháng nào", self.month)
        self.month_field.setMaximumWidth(220)
        self.body.addWidget(FormField("Loại buổi họp", self.kinds))
        self.body.addWidget(self.month_field)
        acts = FlowLayout(spacing=10)
        self.begin_button = make_button("filled", "Ghi buổi họp", "check", None, self._begin)
        acts.addWidget(self.begin_button)
        acts.addWidget(make_button("outlined", "Thôi", None, None, self.given_up.emit))
        self.body.addLayout(acts)
        self.problem = Label("", "cap", "bad", weight=600)
        self.body.addWidget(self.problem)
        self.hide()

    def begin(self, month: int, *, proposes_review: bool) -> None:
        """Open with the likely month on view; the kind is chosen by the person."""
        self.kinds.set_choice(MeetingKind.REVIEW.value if proposes_review else "")
        self.month.set_value(str(month))
        self.problem.hide()
        self._show_month()
        self.show()
        self.kinds.setFocus()

    def _show_month(self) -> None:
        self.month_field.setVisible(self.kinds.choice() == MeetingKind.MONTHLY.value)
        self.problem.hide()

    def _begin(self) -> None:
        kind = self.kinds.choice()
        if not kind:
            self._say("Chưa chọn loại buổi họp.")
            return
        month = int(self.month.value() or 0) if kind == MeetingKind.MONTHLY.value else 0
        if kind == MeetingKind.MONTHLY.value and not month:
            self._say("Chưa chọn tháng.")
            return
        self.begun.emit(kind, month)

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()
