"""What the page of one member's pledge is made of: steps, table, warnings, problems, fields, foot."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.errors import Problem
from app.domain.pledge import Pledge
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import LOCKED, Chip
from app.ui.parts.layout import Card, Column, FlowLayout, Row, ScrollBody
from app.ui.parts.messages import EmptyState, MessageBar, ProblemList
from app.ui.parts.page import ActionBar, PageHeader, logical_height, logical_width
from app.ui.screens.pledges.item_card import ItemCard
from app.ui.screens.pledges.item_table import ItemTable
from app.ui.screens.pledges.pick_panel import PickPanel
from app.ui.screens.pledges.state_steps import StateSteps
from app.ui.theme import px, theme
from app.ui.tokens import FULL_WIDTH, RAIL_WIDTH

# Below this a table of six columns has no room: one item is shown at a time.
_TABLE_WIDTH = 1000


class EditorView(QWidget):
    """The widgets and where they stand; decides nothing."""

    def __init__(self, year: int, back_words: str) -> None:
        super().__init__()
        self.year = year
        self.back = make_button("outlined", back_words, "arrow-left")
        self.back.set_key("Esc")
        self.locked = Chip(LOCKED)
        self.locked.hide()
        self.header = PageHeader(f"Đăng ký năm {year}", lead=self.back)
        self.header.add_action(self.locked)
        self.message = MessageBar()
        self.steps = StateSteps()
        self.add = make_button("outlined", "Thêm việc", "plus", "Ctrl+N")
        self.carry = make_button("outlined", f"Lấy việc chưa xong của năm {year - 1}", "copy-plus")
        self.faults = make_button("outlined", f"Lấy hạn chế cuối năm {year - 1}", "file-input")
        self.pick = PickPanel()
        self.table = ItemTable(year)
        self.warnings = MessageBar()
        self.problems = ProblemList()
        self.card = ItemCard(year)
        self.print = make_button("outlined", "In bản đăng ký", "printer", "Ctrl+P")
        self.submit = make_button("filled", "Gửi cho chi bộ", "send", "Ctrl+Enter")
        self.bar = ActionBar(self.print, self.submit)
        self._has_items = False
        self._name = ""
        self._build()
        theme.changed.connect(self._fit)

    def _build(self) -> None:
        page = Column(self, spacing=0)
        page.addWidget(self.header)
        self.area = ScrollBody(spacing=12, margins=(28, 14, 24, 16))
        top = Row(spacing=12)
        top.addWidget(self.steps, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addStretch(1)
        acts = QWidget()
        for flowing in (self.steps, acts):
            flowing.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._acts = FlowLayout(acts, spacing=8)
        for button in (self.add, self.carry, self.faults):
            self._acts.addWidget(button)
        top.addWidget(acts, 0, Qt.AlignmentFlag.AlignVCenter)
        self.empty = Card()
        self.empty_state = EmptyState("pen-line", "", "")
        self.empty.body.addWidget(self.empty_state)
        self.empty.hide()
        self.area.body.addWidget(self.message)
        self.area.body.addLayout(top)
        for widget in (self.pick, self.table, self.warnings, self.problems, self.card, self.empty):
            self.area.body.addWidget(widget)
        page.addWidget(self.area, 1)
        page.addWidget(self.bar)
        # Until the book has answered there is nothing to show.
        self.area.inner.hide()

    # What is shown

    def show_emptiness(self, is_empty: bool, title: str, words: str) -> None:
        """No item yet: why, and how to begin; the buttons for it stand above."""
        self.area.inner.show()
        self.empty.setVisible(is_empty)
        self.empty_state.set_words(title, words)
        self.card.setVisible(not is_empty)
        self._has_items = not is_empty
        self._fit()

    def show_facts(self, pledge: Pledge, name: str, facts: str, is_closed: bool) -> None:
        """Who it is, how many items, how far."""
        self._name = name
        self.header.set_facts(f"{name} · {facts}")
        self.steps.show_pledge(pledge)
        self.locked.setVisible(is_closed)

    def show_warnings(self, warnings: tuple[Problem, ...], look_words: str, on_look: object) -> None:
        """Soft words between table and fields; at most three, the number of the others is said."""
        sentences = [warning.message for warning in warnings[:3]]
        if len(warnings) > 3:
            sentences.append(f"Còn {len(warnings) - 3} điều nên xem lại ở các việc khác.")
        text = "\n".join(sentences)
        if not text:
            self.warnings.close_message()
        elif text != self.warnings.text:
            action = look_words if callable(on_look) else ""
            self.warnings.show_message(
                "warning", text, action, on_look if callable(on_look) else None, icon="info"
            )

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """What keeps the pledge from being handed in."""
        self.problems.show_problems(problems)
        if problems:
            self.problems.go_to_next()

    def go_to_field(self, field: str, message: str) -> None:
        """Bring the person to a field of the item shown, with what is wrong there."""
        self.card.show_problem(field, message)
        shown = self.card.fields.get(field)
        if shown is not None:
            self.area.ensureWidgetVisible(shown, px(24), px(24))

    # Sizes

    def _fit(self) -> None:
        width = logical_width(self)
        columns = 3 if width >= FULL_WIDTH else 2 if width >= RAIL_WIDTH else 1
        has_table = width >= _TABLE_WIDTH
        self.card.arrange(columns, has_table=has_table)
        self.steps.set_short(width < RAIL_WIDTH)
        self.table.setVisible(self._has_items and has_table)
        self.table.fit_height()
        # Where the header has no room for the line of facts the name goes into the title.
        is_low = logical_height(self) < 480
        self.header.set_title(f"Năm {self.year} · {self._name}" if is_low else f"Đăng ký năm {self.year}")

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().event(event)
