"""What holds for a member from one date to another: recorded, ended, put right, taken back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from app.domain.dates import format_date
from app.domain.errors import UserError, ValidationFailed
from app.domain.member import STATUS_DETAILS, DatedStatus, Member, StatusKind
from app.services.members import add_status, change_status, remove_status, return_member
from app.ui.changes import Topic
from app.ui.desk import DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import Choice, FormField, LineField
from app.ui.screens.members.dated_card import DatedCard, DatedLine, Editor
from app.ui.screens.members.form_parts import FieldGrid, Payload

_DATES = ("valid_from", "valid_to")
_ALL = ("kind", "detail", "valid_from", "valid_to", "decision_ref", "place", "note")
_LEAVING = ("detail", "valid_from", "decision_ref", "place", "note")
_RETURNING = ("valid_from", "decision_ref", "place", "note")
_CHANGES = {Topic.MEMBERS}


class StatusesCard(DatedCard):
    """The member's dated statuses. ``saved`` is called when the book has changed."""

    def __init__(self, page: DeskPage, saved: Callable[[], None]) -> None:
        self._page, self._saved = page, saved
        self._member: Member | None = None
        self._mode, self._status_id = "add", ""
        self._kind = Choice(
            [(kind.value, kind.label) for kind in StatusKind if kind is not StatusKind.LEFT],
            placeholder="Chọn tình trạng",
        )
        self._detail = Choice(placeholder="Chọn lý do")
        self._from, self._to = DateField(), DateField()
        grid = FieldGrid(
            {
                "kind": FormField("Tình trạng", self._kind),
                "detail": FormField("Lý do", self._detail),
                "valid_from": FormField("Từ ngày", self._from),
                "valid_to": FormField("Đến ngày", self._to, hint="Để trống nếu còn hiệu lực"),
                "decision_ref": FormField("Quyết định số", LineField()),
                "place": FormField("Nơi đến, nơi đi", LineField()),
                "note": FormField("Ghi thêm", LineField()),
            },
            {"kind": 2, "detail": 2, "note": 2},
        )
        self._kind.chosen.connect(lambda _key: self._fit_fields())
        self.add_button = make_button("outlined", "Ghi tình trạng", "plus", on_click=self.start_adding)
        self.leave_button = make_button("outlined", "Rời chi bộ…", "log-in", on_click=self.start_leaving)
        self.return_button = make_button(
            "outlined", "Trở lại chi bộ…", "undo-2", on_click=self.start_returning
        )
        buttons = (self.add_button, self.leave_button, self.return_button)
        super().__init__("Tình trạng", Editor(grid), buttons, page.desk.ws.read_only)

    def show_member(self, member: Member) -> None:
        """Show a member's statuses, the latest first."""
        self._member = member
        today = self._page.desk.ws.today()
        has_left = member.has_left(today)
        self.leave_button.setVisible(not has_left)
        self.return_button.setVisible(has_left)
        latest = sorted(member.statuses, key=lambda each: each.valid_from or date.min, reverse=True)
        self.show_dated([self._line(each, today) for each in latest], "Đang sinh hoạt, chưa ghi gì khác.")

    def _line(self, status: DatedStatus, today: date) -> DatedLine:
        acts = [("Sửa", partial(self.start_correcting, status)), ("Bỏ", partial(self._remove, status))]
        if status.valid_to is None and status.kind not in (StatusKind.LEFT, StatusKind.MOVED_IN):
            acts.insert(0, ("Kết thúc", partial(self.start_ending, status)))
        return DatedLine(status.sentence(), tuple(acts), holds=status.holds_on(today))

    # Opening the editor

    def start_adding(self) -> None:
        """Record something new."""
        self._open("add", "", "Ghi tình trạng mới", "Ghi tình trạng", {})

    def start_leaving(self) -> None:
        """The member leaves the cell."""
        self._open("leave", "", "Rời chi bộ", "Ghi rời chi bộ", {"kind": StatusKind.LEFT.value})

    def start_returning(self) -> None:
        """A member who left comes back."""
        self._open("return", "", "Trở lại chi bộ", "Ghi trở lại", {"kind": StatusKind.MOVED_IN.value})

    def start_ending(self, status: DatedStatus) -> None:
        """A status gets its end."""
        self._open("correct", status.id, "Kết thúc tình trạng", "Ghi ngày kết thúc", _texts(status))
        self.editor.grid.fields["valid_to"].focus_field()

    def start_correcting(self, status: DatedStatus) -> None:
        """Put a status right."""
        self._open("correct", status.id, "Sửa tình trạng", "Lưu chỗ sửa", _texts(status))

    def _open(self, mode: str, status_id: str, title: str, take: str, texts: Mapping[str, str]) -> None:
        self._mode, self._status_id = mode, status_id
        kind = texts.get("kind", "")
        kinds = [each for each in StatusKind if (each is StatusKind.LEFT) == (kind == StatusKind.LEFT.value)]
        self._kind.set_options([(each.value, each.label) for each in kinds])
        self._offer_details(kind)
        words = {
            "leave": "Hồ sơ, đăng ký và các tháng cũ vẫn giữ trong sổ.",
            "return": "Lần rời trước được ghi kết thúc vào ngày hôm trước.",
        }.get(mode, "")
        self.open_editor(title, words, take, texts)
        self._fit_fields()
        self.editor.grid.focus_first()

    def _offer_details(self, kind: str) -> None:
        details = STATUS_DETAILS.get(StatusKind(kind), {}) if kind else {}
        self._detail.set_options([(key, words[:1].upper() + words[1:]) for key, words in details.items()])

    def _fit_fields(self) -> None:
        kind = self._kind.value()
        self._offer_details(kind)
        names = {"leave": _LEAVING, "return": _RETURNING}.get(self._mode, _ALL)
        has_details = bool(kind) and StatusKind(kind) in STATUS_DETAILS
        self.editor.grid.show_only([name for name in names if name != "detail" or has_details])

    # Saving

    def _written(self) -> DatedStatus:
        texts = self.editor.grid.texts()
        return DatedStatus(
            StatusKind(texts["kind"]),
            self._from.value(),
            self._to.value(),
            texts["detail"],
            texts["decision_ref"],
            texts["place"],
            texts["note"],
            self._status_id,
        )

    def take(self) -> None:
        """Save what the editor holds."""
        grid = self.editor.grid
        if self._member is None:
            return
        if not self._kind.value():
            grid.fields["kind"].set_error("Chưa chọn tình trạng.")
            grid.fields["kind"].focus_field()
            return
        if problems := grid.unreadable():
            grid.show_problems(problems)
            return
        status, ws, member = self._written(), self._page.desk.ws, self._member
        work: Callable[[], str | None] = partial(add_status, ws, member.id, status)
        said = f"Đã ghi: {member.name}, {_lower(status.kind.label)}."
        if self._mode == "correct":
            work = partial(change_status, ws, status)
            said = f"Đã sửa: {member.name}, {_lower(status.kind.label)}."
        elif self._mode == "return":
            work = partial(return_member, ws, member.id, status)
            said = f"{member.name} đã trở lại chi bộ từ {format_date(self._from.value() or ws.today())}."
        self._page.write(work, changes=_CHANGES, on_done=partial(self._done, said), on_error=self._refused)

    def _done(self, said: str, status_id: str | None) -> None:
        self.drop()
        undo = partial(self._take_back, status_id) if status_id and self._mode in ("add", "leave") else None
        self._page.desk.say_done(said, undo)
        self._saved()

    def _refused(self, error: UserError) -> None:
        if isinstance(error, ValidationFailed):
            self.editor.grid.show_problems(error.problems)
        else:
            self._page.desk.background.failed.emit(str(error))

    def _remove(self, status: DatedStatus) -> None:
        if self._member is None:
            return
        ws, member_id = self._page.desk.ws, self._member.id

        def removed(_none: None) -> None:
            undo = partial(self._put_back, member_id, replace(status, id=""))
            self._page.desk.say_done(f"Đã bỏ: {status.sentence()}.", undo)
            self._saved()

        self._page.write(partial(remove_status, ws, status.id), changes=_CHANGES, on_done=removed)

    def _put_back(self, member_id: str, status: DatedStatus) -> None:
        work = partial(add_status, self._page.desk.ws, member_id, status)
        self._page.write(work, changes=_CHANGES, on_done=lambda _id: self._saved())

    def _take_back(self, status_id: str) -> None:
        work = partial(remove_status, self._page.desk.ws, status_id)
        self._page.write(work, changes=_CHANGES, on_done=lambda _none: self._saved())

    # Drafts

    def payload(self) -> Payload:
        """What is being written, with what it is about."""
        texts = super().payload()
        return {**texts, "mode": self._mode, "status_id": self._status_id} if texts else {}

    def restore(self, payload: Payload) -> None:
        """Open the editor again with what was being written."""
        titles = {"add": "Ghi tình trạng mới", "leave": "Rời chi bộ", "return": "Trở lại chi bộ"}
        mode = payload.get("mode", "add")
        self._open(mode, payload.get("status_id", ""), titles.get(mode, "Sửa tình trạng"), "Ghi", payload)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _texts(status: DatedStatus) -> Payload:
    return {
        "kind": status.kind.value,
        "detail": status.detail,
        "valid_from": format_date(status.valid_from) if status.valid_from else "",
        "valid_to": format_date(status.valid_to) if status.valid_to else "",
        "decision_ref": status.decision_ref,
        "place": status.place,
        "note": status.note,
    }
