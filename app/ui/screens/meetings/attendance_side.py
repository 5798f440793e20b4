"""One member's line of the attendance: mark, reason, standing, whether they count the votes."""

from dataclasses import replace

from PySide6.QtCore import Signal

from app.domain.meeting import Attendance, Presence, Standing, TellerPost
from app.ui.parts.fields import Choice, FormField, LineField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card
from app.ui.parts.segmented import Segmented

TELLERS = {TellerPost.HEAD: "Tổ trưởng", TellerPost.MEMBER: "Thành viên"}
_MARKS = ((Presence.PRESENT, "Có mặt"), (Presence.EXCUSED, "Vắng có lý do"), (Presence.ABSENT, "Không lý do"))


class AttendanceSide(Card):
    """``changed`` carries the line as it reads now."""

    changed = Signal(object)

    def __init__(self, *, has_tellers: bool) -> None:
        super().__init__(spacing=10)
        self._line: Attendance | None = None
        self.name = Label("", "h3")
        self.presence = Segmented([(mark.value, word) for mark, word in _MARKS], name="Điểm danh")
        self.reason = LineField(placeholder="Ví dụ: ốm, đi công tác")
        self.standing = Choice([(each.value, each.label) for each in Standing])
        self.teller = Segmented([(post.value, word) for post, word in TELLERS.items()], name="Tổ kiểm phiếu")
        self.reason_field = FormField("Lý do vắng", self.reason)
        self.teller_field = FormField("Tổ kiểm phiếu", self.teller, hint="Phím Delete bỏ chọn.")
        self.body.addWidget(self.name)
        self.body.addWidget(FormField("Điểm danh", self.presence))
        self.body.addWidget(self.reason_field)
        self.body.addWidget(
            FormField(
                "Tư cách dự họp",
                self.standing,
                hint="Lấy theo hồ sơ ngày họp; bị khởi tố, truy tố, tạm giam thì chọn ở đây.",
            )
        )
        self.body.addWidget(self.teller_field)
        self.teller_field.setVisible(has_tellers)
        self.body.addStretch(1)
        self.presence.chosen.connect(lambda key: self._tell(presence=Presence(key)))
        self.reason.edited.connect(lambda _text: self._tell(reason=self.reason.value()))
        self.standing.chosen.connect(lambda key: self._tell(standing=Standing(key)))
        self.teller.chosen.connect(lambda key: self._tell(teller=TellerPost(key)))

    def show_line(self, name: str, line: Attendance | None, is_editable: bool) -> None:
        """Show a member's line; what is being typed in it is not touched."""
        is_other = self._line is None or line is None or self._line.member_id != line.member_id
        self._line = line
        self.setEnabled(line is not None)
        self.name.setText(name)
        if line is None:
            return
        self.presence.set_choice(line.presence.value)
        if is_other or self.reason.value() != line.reason.strip():
            self.reason.set_value(line.reason)
        self.standing.set_value(line.standing.value)
        self.teller.set_choice(line.teller.value)
        self.reason_field.setVisible(line.presence in (Presence.EXCUSED, Presence.ABSENT))
        self.reason.setReadOnly(not is_editable)
        for field in (self.presence, self.standing, self.teller):
            field.setEnabled(is_editable)

    def _tell(self, **changes: object) -> None:
        if self._line is not None:
            self._line = replace(self._line, **changes)  # type: ignore[arg-type]
            self.changed.emit(self._line)
