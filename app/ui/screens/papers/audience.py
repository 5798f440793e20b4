"""For whom papers are printed and how: everybody, some, one; both sides, order, annexes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from app.services.papers import PaperPerson
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import Choice
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, FlowLayout, Row
from app.ui.parts.messages import MessageBar
from app.ui.parts.segmented import Segmented
from app.ui.screens.papers.tick_row import TickRow

ALL, CHOSEN, ONE = "all", "chosen", "one"


class Audience(Card):
    """Whose papers. ``changed``: another choice; ``picking_asked``: the person wants to tick people."""

    changed = Signal()
    picking_asked = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=8, margins=(16, 12, 16, 14))
        self._people: tuple[PaperPerson, ...] = ()
        self._chosen: tuple[str, ...] = ()
        self._awaited = ""  # asked for before the people are known
        self.pick = make_button("ghost", "Chọn người", "users", on_click=self.picking_asked.emit)
        head = Row()
        head.addWidget(Label("In cho ai", "h3"), 1)
        head.addWidget(self.pick, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(head)
        self.whom = Segmented(
            ((ALL, "Tất cả"), (CHOSEN, "Đã chọn"), (ONE, "1 người")), name="In cho ai", chosen=ALL
        )
        self.whom.chosen.connect(self._whom_chosen)
        self.body.addWidget(self.whom)
        self.one = Choice(placeholder="Chọn một đồng chí")
        self.one.setAccessibleName("In cho đồng chí nào")
        self.one.chosen.connect(lambda _key: self.changed.emit())
        self.one.hide()
        self.body.addWidget(self.one)
        self.two_sided = TickRow("In hai mặt")
        self.leaders_first = TickRow("Xếp theo thứ tự ký: bí thư, chi ủy, đảng viên")
        self.annexes = TickRow("Kèm phụ lục chấm điểm")
        self.annexes.set_ticked(True)
        self.seals = TickRow("In mã niêm phong")
        short = FlowLayout(spacing=14)
        for row in (self.two_sided, self.annexes, self.seals):
            short.addWidget(row)
        self.body.addWidget(self.leaders_first)
        self.body.addLayout(short)
        for row in (self.two_sided, self.leaders_first, self.annexes, self.seals):
            row.ticked.connect(lambda _on: self.changed.emit())
        self.note = MessageBar()
        self.body.addWidget(self.note)

    def show_people(self, people: Sequence[PaperPerson]) -> None:
        """Who there is; somebody no longer there is no longer chosen."""
        self._people = tuple(people)
        here = {person.member_id for person in people}
        self._chosen = tuple(each for each in self._chosen if each in here)
        self.one.set_options([(person.member_id, person.name) for person in people])
        if self._awaited in here:
            self.one.set_value(self._awaited)
        self._awaited = ""
        self._count()

    @property
    def people(self) -> tuple[PaperPerson, ...]:
        """Everybody papers can be printed for."""
        return self._people

    def names(self) -> dict[str, str]:
        """Their names by id."""
        return {person.member_id: person.name for person in self._people}

    @property
    def chosen_ids(self) -> tuple[str, ...]:
        """The people ticked, also while somebody else is printed for."""
        return self._chosen

    def member_ids(self) -> tuple[str, ...] | None:
        """Whose papers: None is everybody."""
        if self.whom.choice() == ALL:
            return None
        if self.whom.choice() == ONE:
            one = self._awaited or self.one.value()
            return (one,) if one else ()
        return self._chosen

    def choose(self, member_ids: Sequence[str]) -> None:
        """Print for these: one, or several."""
        if len(member_ids) == 1:
            self._awaited = "" if self._people else member_ids[0]
            self.one.set_value(member_ids[0])
            self._show_whom(ONE)
        else:
            self._chosen = tuple(member_ids)
            self._show_whom(CHOSEN)

    def choose_all(self) -> None:
        """Print for everybody."""
        self._show_whom(ALL)

    def set_nameless(self, nameless: bool) -> None:
        """Sheets without a name are for nobody in particular."""
        for part in (self.whom, self.pick):
            part.setEnabled(not nameless)
        self.leaders_first.set_offered(not nameless)
        self.one.setVisible(not nameless and self.whom.choice() == ONE)

    def _whom_chosen(self, key: str) -> None:
        self._show_whom(key)
        self.changed.emit()
        if key == CHOSEN and not self._chosen:
            self.picking_asked.emit()
        elif key == ONE and not self.one.value():
            self.one.setFocus()

    def _show_whom(self, key: str) -> None:
        self.whom.set_choice(key)
        self.one.setVisible(key == ONE)
        self._count()

    def _count(self) -> None:
        self.whom.set_counts({ALL: len(self._people), CHOSEN: len(self._chosen)})
