"""How the meeting votes: whose majority, how many rounds, secretly or not; the rule's own way is named."""

from PySide6.QtCore import Signal

from app.domain.meeting import Meeting
from app.domain.rule_set import MajorityBase, RuleSet
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import UNCHECKED_SOURCE, Chip
from app.ui.parts.fields import Choice, FormField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, FlowLayout
from app.ui.parts.segmented import Segmented
from app.ui.parts.tick_box import TickBox

BASES = {
    MajorityBase.CONVENED: "Chính thức được triệu tập",
    MajorityBase.PRESENT: "Có mặt có quyền biểu quyết",
    MajorityBase.VALID: "Phiếu hợp lệ",
}
_ROUNDS = {1: "Một vòng, bốn mức", 2: "Hai vòng: mức 2, 3, 4; rồi xuất sắc"}


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
        for field in (self.base_field, self.rounds_field, self.secret_field):
            self.body.addWidget(field)
        self.recuse = TickBox(
            "Không tự bỏ phiếu cho mình",
            below="Mỗi người để trống dòng tên mình; số ấy ghi vào cột Trắng. Quy định chưa nói việc này.",
        )
        self.body.addWidget(self.recuse)
        self.source = Label("", "cap", "ink2")
        self.unchecked = Chip(UNCHECKED_SOURCE)
        self.body.addWidget(self.source)
        self.body.addWidget(self.unchecked)
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
