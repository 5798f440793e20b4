"""Kiểm tra sổ: what the check found, each with a way to the place; what was let be, to be said again."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.domain.finding import Finding, Part, Weight
from app.services.health import BookHealth, check_book, ignore_finding, remind_of_finding
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody, clear_layout, rule
from app.ui.parts.messages import MessageBar
from app.ui.screens.settings.finding_lines import FindingLine
from app.ui.screens.settings.support_card import SupportCard, parts_of

_MOST_SHOWN = 80


class HealthPanel(DeskPage):
    """Nothing is looked at before the person asks; what was found stays until the next check."""

    topics = frozenset({Topic.BOOK})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._health: BookHealth | None = None
        body = self._scroll = ScrollBody()
        self._lines: list[FindingLine] = []
        Column(self, spacing=0).addWidget(body)
        body.body.addWidget(self._check_card())
        self.support = SupportCard(desk)
        self.support.hide()
        body.body.addWidget(self.support)
        self._cards: dict[Part | None, tuple[Card, Column]] = {}
        for part in (Part.FILE, Part.CONTENT, None):
            card, lines = Card(spacing=8), Column(spacing=8)
            card.body.addLayout(lines)
            card.hide()
            self._cards[part] = (card, lines)
            body.body.addWidget(card)

    def _check_card(self) -> QWidget:
        card = Card(spacing=8)
        card.body.addWidget(Label("Kiểm tra sổ", "h3"))
        words = (
            "Xem tệp sổ có lành không (từng trang, khóa, nhật ký, niêm phong, phông chữ), rồi xem nội dung "
            "có chỗ nào mâu thuẫn nhau. Chỉ xem, không sửa nội dung nào."
        )
        card.body.addWidget(Label(words, "cap", "ink2"))
        self.check_button = make_button("filled", "Kiểm tra sổ", "shield-check", on_click=self.check)
        self.support_button = make_button("outlined", "Gói hỗ trợ…", "file-output", on_click=self._gather)
        row = Row(spacing=10, margins=(0, 4, 0, 4))
        row.addWidget(self.check_button)
        row.addWidget(self.support_button)
        row.addStretch(1)
        card.body.addLayout(row)
        self.result = MessageBar()
        card.body.addWidget(self.result)
        return card

    def reload(self) -> None:
        """What was found stays; a check is only made when asked for."""

    def first_focus(self) -> Button:
        """The button that begins."""
        return self.check_button

    def check(self) -> None:
        """Look at the whole book."""
        self.check_button.setEnabled(False)
        self.result.show_message("info", "Đang xem sổ…")
        self.desk.background.long(
            self,
            partial(check_book, self.desk.ws),
            title="Kiểm tra sổ",
            on_done=self._show,
            on_cancelled=self._stopped,
            on_error=lambda error: self._stopped(str(error)),
        )

    def _gather(self) -> None:
        """What who helps would be given, on view before it is saved."""
        self.read(parts_of(self.desk), self.support.show_parts, key="support")

    def _may_check_again(self) -> None:
        self.check_button.setEnabled(True)
        if self.isVisible():
            self.check_button.setFocus()

    def _stopped(self, why: str = "Đã dừng, chưa xem hết sổ.") -> None:
        self._may_check_again()
        self.result.show_message("warning", why)

    def _show(self, health: BookHealth) -> None:
        self._health = health
        self._may_check_again()
        self._say(health)
        self._lines = []
        for part in Part:
            self._show_part(part, health.of(part), part.label)
        self._show_part(None, health.ignored, "Đã bỏ qua")

    def _say(self, health: BookHealth) -> None:
        counted = (
            f"Đã xem {health.members} đảng viên, {health.pledges} đăng ký năm, {health.months} tháng, "
            f"{health.reviews} bản kiểm điểm, {health.actions} việc trong nhật ký."
        )
        if any(finding.weight is Weight.BROKEN for finding in health.findings):
            counted = (
                counted if health.members else "Nội dung chưa xem, vì tệp hỏng thì nội dung chưa tin được."
            )
            self.result.show_message("error", f"Sổ có chỗ hỏng. {counted}")
        elif health.findings:
            found = f"Có {len(health.findings)} điều nên xem lại."
            self.result.show_message("warning", f"{found} {counted}")
        else:
            self.result.show_message("ok", f"Sổ lành, không thấy điều gì cần xem lại. {counted}")

    def _show_part(self, part: Part | None, found: tuple[Finding, ...], title: str) -> None:
        card, lines = self._cards[part]
        clear_layout(lines)
        card.setVisible(bool(found))
        if not found:
            return
        head = Row(spacing=8)
        head.addWidget(Label(f"{title}: {len(found)} điều", "h3", wrap=False), 1, Qt.AlignmentFlag.AlignLeft)
        lines.addLayout(head)
        for finding in found[:_MOST_SHOWN]:
            lines.addWidget(rule())
            lines.addWidget(self._line(finding, is_ignored=part is None))
        if len(found) > _MOST_SHOWN:
            left = f"Còn {len(found) - _MOST_SHOWN} điều nữa; xem xong các điều trên rồi kiểm tra lại."
            lines.addWidget(Label(left, "cap", "ink2"))

    def _line(self, finding: Finding, *, is_ignored: bool) -> QWidget:
        line = FindingLine(finding, is_ignored=is_ignored, may_write=not self.desk.ws.read_only)
        line.go_requested.connect(self._go)
        line.ignore_requested.connect(self._ignore)
        line.remind_requested.connect(self._remind)
        self._lines.append(line)
        return line

    def _go(self, finding: Finding) -> None:
        if finding.place is None:
            return
        spot = dict(finding.place.spot)
        if "year" in spot:
            year = int(spot.pop("year") if finding.place.page == "reviews" else spot["year"])
            self.desk.set_year(year)
        self.desk.go_to(finding.place.page, **spot)

    def _ignore(self, finding: Finding) -> None:
        self.write(
            partial(ignore_finding, self.desk.ws, finding),
            changes=set(),
            on_done=lambda _none: self._move(finding, is_ignored=True),
        )

    def _remind(self, finding: Finding) -> None:
        self.write(
            partial(remind_of_finding, self.desk.ws, finding),
            changes=set(),
            on_done=lambda _none: self._move(finding, is_ignored=False),
        )

    def _move(self, finding: Finding, *, is_ignored: bool) -> None:
        """Shown at once, without looking at the whole book again."""
        assert self._health is not None
        at = [line.finding for line in self._lines].index(finding)
        place = self._scroll.verticalScrollBar().value()
        self._show(self._health.moved(finding, is_ignored=is_ignored))
        words = (
            "Đã bỏ qua một điều; tìm lại ở cuối trang."
            if is_ignored
            else "Lần kiểm tra sau nhắc lại điều này."
        )
        self.desk.say_done(words)
        self._stay(at, place)

    def _stay(self, at: int, place: int) -> None:
        """The list stands where it stood, the focus on the finding that came in place of the one moved."""
        after = self._lines[min(at, len(self._lines) - 1)].let_be
        if after is not None:
            after.setFocus()
        QTimer.singleShot(0, self, lambda: self._scroll.verticalScrollBar().setValue(place))
