"""Which review sheet a member writes for the year: chosen by what they are, in the rules' own words."""

from collections.abc import Callable
from functools import partial

from app.domain.grade import SubjectKind
from app.domain.member import Member
from app.services.member_overview import KindOption
from app.services.members import set_kinds
from app.ui.changes import Topic
from app.ui.desk import DeskPage
from app.ui.parts.fields import Choice, FormField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card


class KindCard(Card):
    """The subject kind of the desk's year; a later year takes it over until another is chosen."""

    def __init__(self, page: DeskPage, saved: Callable[[], None]) -> None:
        super().__init__(spacing=6, margins=(16, 12, 16, 12))
        self._page, self._saved = page, saved
        self._member: Member | None = None
        self._title = Label("", "h3")
        self.choice = Choice()
        self._field = FormField("Loại đối tượng", self.choice)
        self.choice.chosen.connect(self._choose)
        self.choice.setEnabled(not page.desk.ws.read_only)
        self.body.addWidget(self._title)
        self.body.addWidget(self._field)

    def show_member(self, member: Member, options: tuple[KindOption, ...], year: int) -> None:
        """Show what is chosen for a year, here or in the years before."""
        self._member = member
        self._title.setText(f"Mẫu kiểm điểm năm {year}")
        self.choice.set_options(
            [(option.kind.value, f"Mẫu {option.sheet}: {option.kind.short}") for option in options]
        )
        self.choice.set_value(member.kind_for(year).value)
        own = [chosen for chosen, _ in member.kinds if chosen <= year]
        if not options:
            hint = f"Chưa có bộ quy định cho năm {year} nên chưa chọn được mẫu."
        elif year in own:
            hint = f"{member.kind_for(year).label}. Đã chọn riêng cho năm {year}."
        elif own:
            hint = f"{member.kind_for(year).label}. Theo lựa chọn của năm {max(own)}."
        else:
            hint = f"Chưa chọn, tính là: {member.kind_for(year).label}."
        self._field.set_hint(hint)

    def _choose(self, key: str) -> None:
        if self._member is None or not key:
            return
        kind, member, year = SubjectKind(key), self._member, self._page.desk.year
        before = next((each for chosen, each in member.kinds if chosen == year), None)
        if kind is before:
            return

        def done(_none: None) -> None:
            undo = partial(self._choose, before.value) if before else None
            words = kind.short[:1].lower() + kind.short[1:]
            self._page.desk.say_done(f"Năm {year}, {member.name}: {words}.", undo)
            self._saved()

        work = partial(set_kinds, self._page.desk.ws, {member.id: kind}, year)
        self._page.write(work, changes={Topic.MEMBERS}, on_done=done)
