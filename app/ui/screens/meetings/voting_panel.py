"""How the meeting votes: whose majority, how many rounds, secretly or not; the rule's own way is named."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QBoxLayout

from app.domain.meeting import Meeting
from app.domain.rule_set import MajorityBase, RuleSet
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import UNCHECKED_SOURCE, Chip
from app.ui.parts.fields import Choice, FormField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, FlowLayout, Row
from app.ui.parts.page import logical_width
from app.ui.parts.segmented import Segmented
from app.ui.parts.tick_box import TickBox
from app.ui.tokens import RAIL_WIDTH

BASES = {
    MajorityBase.CONVENED: "Đảng viên chính thức được triệu tập",
    MajorityBase.PRESENT: "Đảng viên có mặt có quyền biểu quyết",
    MajorityBase.VALID: "Phiếu hợp lệ",
}
_ROUNDS = {1: "Một vòng, bốn mức", 2: "Hai vòng: mức 2, 3, 4, rồi bình chọn xuất sắc"}


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
        self._fields = Row(spacing=14)
        for field, share in ((self.base_field, 3), (self.rounds_field, 3), (self.secret_field, 2)):
            self._fields.addWidget(field, share)
        self.body.addLayout(self._fields)
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
        self.hide()

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
            f"{rules.title}: quá nửa tính trên {BASES[rule.majority_base].lower()} ({rule.source}). "
            f"Thông lệ: {form}, {_ROUNDS.get(rule.rounds, '').lower()}."
        )
        self.unchecked.setVisible(not (rule.verified and rule.form_verified))
        self.show()
        self.base.setFocus()

    @property
    def majority_base(self) -> MajorityBase | None:
        """On whose number the majority is counted; None: as the rules say."""
        return MajorityBase(self.base.value()) if self.base.value() else None

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            is_narrow = logical_width(self) < RAIL_WIDTH
            directions = QBoxLayout.Direction
            self._fields.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)
        return super().event(event)
