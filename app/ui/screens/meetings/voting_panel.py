"""How the meeting votes: whose majority, how many rounds, secretly or not; the rule's own way is named."""

from PySide6.QtCore import QEvent, Signal

from app.domain.meeting import Meeting
from app.domain.rule_set import MajorityBase, RuleSet
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import UNCHECKED_SOURCE, Chip
from app.ui.parts.fields import Choice, FormField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, FlowLayout, Grid
from app.ui.parts.page import logical_width
from app.ui.parts.segmented import Segmented
from app.ui.parts.tick_box import TickBox
from app.ui.tokens import FULL_WIDTH

BASES = {
    MajorityBase.CONVENED: "Chính thức được triệu tập",
    MajorityBase.PRESENT: "Có mặt có quyền biểu quyết",
    MajorityBase.VALID: "Phiếu hợp lệ",
}
_ROUNDS = {1: "Một vòng, bốn mức", 2: "Hai vòng: mức 2, 3, 4; rồi xuất sắc"}


_COLUMNS = 9


class VotingPanel(Card):
    """``chosen``: the person wants it so; ``given_up`` closes the panel."""

    chosen = Signal()
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=10)
        self.body.addWidget(Label("Cách biểu quyết", "h3"))
        self.base = Choice([("", "")])
        self.rounds = Choice([(str(number), words) for number, words in _ROUNDS.items()])
        self.secret = Segmented([("secret", "Phiếu kín"), ("open", "Công khai")], name="Hình thức")
        self.base_field = FormField("Quá nửa tính trên", self.base)
        self.rounds_field = FormField("Số vòng", self.rounds)
        self.secret_field = FormField("Hình thức", self.secret)
        self._grid = Grid(spacing=(14, 10))
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self.body.addLayout(self._grid)
        self._is_narrow: bool | None = None
        self.recuse = TickBox(
            "Không tự bỏ phiếu cho mình",
            below="Mỗi người để trống dòng tên mình; số ấy ghi vào cột Trắng. Quy định chưa nói việc này.",
        )
        self.body.addWidget(self.recuse)
        source = Column(spacing=4)
        self.source = Label("", "cap", "ink2")
        self.unchecked = Chip(UNCHECKED_SOURCE)
        source.addWidget(self.source)
        source.addWidget(self.unchecked)
        self.body.addLayout(source)
        acts = FlowLayout(spacing=10)
        acts.addWidget(make_button("outlined", "Dùng cách này", "check", None, self.chosen.emit))
        acts.addWidget(make_button("ghost", "Thôi", None, None, self.given_up.emit))
        self.body.addLayout(acts)

    def begin(self, meeting: Meeting, rules: RuleSet) -> None:
        """Open with the way the meeting votes now."""
        rule = rules.vote
        options = [("", f"{BASES[rule.majority_base]} (theo quy định)")]
        options += [(base.value, words) for base, words in BASES.items() if base is not rule.majority_base]
        self.base.set_options(options)
        chosen = meeting.majority_base
        self.base.set_value("" if chosen in (None, rule.majority_base) else str(chosen))
        self.rounds.set_value(str(meeting.rounds))
        self.secret.set_choice("secret" if meeting.secret else "open")
        self.recuse.setChecked(meeting.recuse_self)
        form = "phiếu kín" if rule.secret else "công khai"
        self.source.setText(
            f"{rules.title}: quá nửa tính trên số {BASES[rule.majority_base].lower()} ({rule.source}). "
            f"Thông lệ: {form}, {_ROUNDS.get(rule.rounds, '').lower()}."
        )
        self.unchecked.setVisible(not (rule.verified and rule.form_verified))
        self.base.setFocus()

    @property
    def majority_base(self) -> MajorityBase | None:
        """On whose number the majority is counted; None: as the rules say."""
        return MajorityBase(self.base.value()) if self.base.value() else None

    def _fit(self) -> None:
        is_narrow = logical_width(self) < FULL_WIDTH
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        left = 0
        for number, (field, share) in enumerate(
            ((self.base_field, 4), (self.rounds_field, 3), (self.secret_field, 2))
        ):
            self._grid.removeWidget(field)
            place = (number, 0, 1, _COLUMNS) if is_narrow else (0, left, 1, share)
            self._grid.addWidget(field, *place)
            left += share

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().event(event)
