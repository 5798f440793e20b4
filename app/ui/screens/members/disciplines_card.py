"""Party discipline of a member: recorded with what the year's grade asks about it, put right, taken back."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from app.domain.dates import format_date
from app.domain.discipline import AroseAt, Discipline, DisciplineForm, DutyRelated
from app.domain.discipline_weight import discipline_words
from app.domain.errors import Problem, UserError, ValidationFailed
from app.domain.member import Member
from app.services.disciplines import (
    add_discipline,
    change_discipline,
    list_disciplines,
    remove_discipline,
)
from app.ui.changes import Topic
from app.ui.desk import DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import Choice, FormField, LineField
from app.ui.screens.members.dated_card import DatedCard, DatedLine, Editor
from app.ui.screens.members.form_parts import FieldGrid, Payload

_CHANGES = {Topic.MEMBERS, Topic.REVIEWS}
_DUTY = (
    (DutyRelated.UNKNOWN.value, "Chưa rõ"),
    (DutyRelated.YES.value, "Có liên quan"),
    (DutyRelated.NO.value, "Không liên quan"),
)
_AROSE = (
    (AroseAt.UNKNOWN.value, "Chưa rõ"),
    (AroseAt.HERE.value, "Ở đơn vị này"),
    (AroseAt.OLD_UNIT.value, "Ở đơn vị cũ"),
    (AroseAt.BOTH.value, "Ở cả hai nơi"),
)
_ON_DUTY = {DutyRelated.YES: "liên quan công vụ", DutyRelated.NO: "không liên quan công vụ"}
_REMEDIED = (("", "Chưa khắc phục xong"), ("yes", "Tự phát hiện và đã khắc phục xong"))


class DisciplinesCard(DatedCard):
    """The member's disciplines. ``saved`` is called when the book has changed."""

    def __init__(self, page: DeskPage, saved: Callable[[], None]) -> None:
        self._page, self._saved = page, saved
        self._member: Member | None = None
        self._discipline_id, self._version = "", 0
        self._form = Choice(
            [(form.value, form.label) for form in DisciplineForm], placeholder="Chọn hình thức"
        )
        self._day = DateField()
        grid = FieldGrid(
            {
                "form": FormField("Hình thức", self._form),
                "decided_on": FormField("Ngày quyết định", self._day),
                "decision_ref": FormField("Quyết định số", LineField()),
                "arose_year": FormField("Năm xảy ra vi phạm", LineField(), hint="Ghi khi là năm trước"),
                "content": FormField("Nội dung vi phạm", LineField()),
                "duty_related": FormField("Chức trách, hoạt động công vụ", Choice(_DUTY)),
                "arose_at": FormField("Nơi xảy ra", Choice(_AROSE)),
                "remedied": FormField("Khắc phục", Choice(_REMEDIED)),
            },
            {"content": 2, "remedied": 2},
        )
        self.add_button = make_button("outlined", "Ghi kỷ luật", "plus", on_click=self.start_adding)
        super().__init__("Kỷ luật", Editor(grid), (self.add_button,), page.desk.ws.read_only)

    def show_member(self, member: Member) -> None:
        """Read and show a member's disciplines, the latest first."""
        self._member = member
        work = partial(list_disciplines, self._page.desk.ws, member.id)
        self._page.read(work, partial(self._show, member.id), key="disciplines")

    def _show(self, member_id: str, found: tuple[Discipline, ...]) -> None:
        if self._member is not None and self._member.id == member_id:
            self.show_dated([self._line(each) for each in found], "Không có quyết định kỷ luật nào trong sổ.")

    def _line(self, discipline: Discipline) -> DatedLine:
        words = discipline_words(discipline)
        if discipline.content:
            words += f": {discipline.content}"
        known = {
            "duty_related": _ON_DUTY.get(discipline.duty_related, ""),
            "remedied": "đã khắc phục" if discipline.remedied else "",
        }
        marks = ", ".join(mark for mark in known.values() if mark)
        words = f"{words[:1].upper()}{words[1:]}" + (f" ({marks})" if marks else "")
        acts = (
            ("Sửa", partial(self.start_correcting, discipline)),
            ("Bỏ", partial(self._remove, discipline)),
        )
        return DatedLine(words, acts)

    # Opening the editor

    def start_adding(self) -> None:
        """Record a decision."""
        self._open(None, {})

    def start_correcting(self, discipline: Discipline) -> None:
        """Put one right, for example say that the fault is remedied."""
        self._open(discipline, _texts(discipline))

    def _open(self, discipline: Discipline | None, texts: Payload) -> None:
        self._discipline_id = discipline.id if discipline else ""
        self._version = discipline.version if discipline else 0
        title, take = ("Sửa kỷ luật", "Lưu chỗ sửa") if discipline else ("Ghi kỷ luật", "Ghi kỷ luật")
        words = "Cuối năm, mức xếp loại được đối chiếu với kỷ luật quyết định trong năm."
        self.open_editor(title, words, take, texts)
        self.editor.grid.focus_first()

    # Saving

    def _problems(self) -> tuple[Problem, ...]:
        grid = self.editor.grid
        texts = grid.texts()
        found = list(grid.unreadable())
        if not texts["form"]:
            found.append(Problem("form", "Chưa chọn hình thức kỷ luật."))
        if not texts["decided_on"].strip():
            found.append(Problem("decided_on", "Chưa ghi ngày quyết định."))
        year = texts["arose_year"].strip()
        if year and not (year.isdecimal() and len(year) == 4):
            found.append(Problem("arose_year", "Năm ghi bốn chữ số, ví dụ 2024."))
        return tuple(found)

    def take(self) -> None:
        """Save what the editor holds."""
        if self._member is None:
            return
        if problems := self._problems():
            self.editor.grid.show_problems(problems)
            return
        texts, ws, day = self.editor.grid.texts(), self._page.desk.ws, self._day.value()
        assert day is not None
        year = texts["arose_year"].strip()
        discipline = Discipline(
            self._member.id,
            DisciplineForm(texts["form"]),
            day,
            texts["decision_ref"],
            texts["content"],
            DutyRelated(texts["duty_related"]),
            AroseAt(texts["arose_at"]),
            int(year) if year else None,
            texts["remedied"] == "yes",
            self._discipline_id,
            self._version,
        )
        act: Callable[..., object] = change_discipline if discipline.id else add_discipline
        said = f"Đã {'sửa' if discipline.id else 'ghi'}: {self._member.name}, {discipline_words(discipline)}."
        self._page.write(
            partial(act, ws, discipline),
            changes=_CHANGES,
            on_done=partial(self._done, said),
            on_error=self._refused,
        )

    def _done(self, said: str, _result: object) -> None:
        self.drop()
        self._page.desk.say_done(said)
        self._saved()

    def _refused(self, error: UserError) -> None:
        if isinstance(error, ValidationFailed):
            self.editor.grid.show_problems(error.problems)
        else:
            self._page.desk.background.failed.emit(str(error))

    def _remove(self, discipline: Discipline) -> None:
        ws = self._page.desk.ws

        def removed(_none: None) -> None:
            undo = partial(self._put_back, replace(discipline, id="", version=0))
            self._page.desk.say_done(f"Đã bỏ: {discipline_words(discipline)}.", undo)
            self._saved()

        self._page.write(partial(remove_discipline, ws, discipline), changes=_CHANGES, on_done=removed)

    def _put_back(self, discipline: Discipline) -> None:
        work = partial(add_discipline, self._page.desk.ws, discipline)
        self._page.write(work, changes=_CHANGES, on_done=lambda _id: self._saved())

    # Drafts

    def payload(self) -> Payload:
        """What is being written, with what it is about."""
        texts = super().payload()
        about = {"discipline_id": self._discipline_id, "version": str(self._version)}
        return {**texts, **about} if texts else {}

    def restore(self, payload: Payload) -> None:
        """Open the editor again with what was being written."""
        self._open(None, payload)
        self._discipline_id = payload.get("discipline_id", "")
        self._version = int(payload.get("version", "0"))


def _texts(discipline: Discipline) -> Payload:
    return {
        "form": discipline.form.value,
        "decided_on": format_date(discipline.decided_on),
        "decision_ref": discipline.decision_ref,
        "content": discipline.content,
        "duty_related": discipline.duty_related.value,
        "arose_at": discipline.arose_at.value,
        "arose_year": str(discipline.arose_year) if discipline.arose_year else "",
        "remedied": "yes" if discipline.remedied else "",
    }
