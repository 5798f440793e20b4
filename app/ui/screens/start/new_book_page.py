"""Lập sổ mới: the cell as it stands on paper, what it decides for itself, where the book is, its password."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.cell import LevelScale, NewBook
from app.domain.content_set import ContentKind, ContentSet
from app.domain.errors import Problem, UserError, ValidationFailed
from app.domain.progress import Progress
from app.services import rules
from app.services.book_places import SUFFIX, file_safe_name, offered_folder
from app.services.new_books import BegunBook, NewPassword, begin_book
from app.services.workspace import Clock
from app.ui.background import Background
from app.ui.dialogs import Dialogs
from app.ui.keys.password_form import PasswordForm
from app.ui.keys.pin_choice import PinChoice
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import Choice, FormField, LineField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Grid, Row, ScrollBody
from app.ui.parts.letterhead import Letterhead
from app.ui.parts.messages import MessageBar
from app.ui.parts.page import ActionBar, PageHeader
from app.ui.parts.segmented import Segmented
from app.ui.theme import px

_FIRST_YEAR = 2018
Begin = Callable[..., BegunBook]


class NewBookPage(QWidget):
    """``book_made`` hands over the new book, open, with the code of its recovery sheet."""

    book_made = Signal(object)
    back_requested = Signal()

    def __init__(
        self, background: Background, dialogs: Dialogs, clock: Clock, begin: Begin = begin_book
    ) -> None:
        super().__init__()
        self._background, self._dialogs, self._clock = background, dialogs, clock
        self._begin = begin
        self._folder = offered_folder()
        self._names_itself = True
        column = Column(self, spacing=0)
        back = make_button("outlined", "Về trang mở đầu", "arrow-left", "Esc", self.back_requested.emit)
        column.addWidget(PageHeader("Lập sổ mới", "Khoảng 5 phút. Ghi sai vẫn sửa được sau.", lead=back))
        body = self._scroll = ScrollBody(spacing=14)
        self.message = MessageBar()
        body.body.addWidget(self.message)
        sides = Row(spacing=16)
        self._sides = sides
        left = Column(spacing=14)
        left.addWidget(self._names_card())
        left.addWidget(self._place_card())
        left.addStretch(1)
        sides.addLayout(left, 5)
        right = Column(spacing=14)
        right.addWidget(self._rules_card(clock.today().year))
        right.addWidget(self._password_card())
        right.addStretch(1)
        sides.addLayout(right, 4)
        body.body.addLayout(sides)
        column.addWidget(body, 1)
        self.make_button = make_button("filled", "Lập sổ", "book-plus", "Ctrl+Enter", self.make_book)
        bar = ActionBar(self.make_button)
        bar.set_note("Tiếp theo: in phiếu khôi phục, rồi ghi danh sách đảng viên.")
        column.addWidget(bar)
        self._fields = {
            "upper": self.upper_field,
            "own": self.own_field,
            "place": self.place_field,
            "year": self.year_field,
            "due_day": self.due_field,
            "name": self.name_field,
            "password": self.password.password_field,
            "again": self.password.again_field,
        }
        self._background.read(self, _pledge_sets, self._offer_sets, key="sets")
        self._show_head()
        self._show_where()

    # What it is made of

    def _names_card(self) -> QWidget:
        card = Card(spacing=10)
        card.body.addWidget(Label("Chi bộ", "h3"))
        self.upper = LineField(placeholder="Ví dụ: ĐẢNG BỘ XÃ HÒA SƠN")
        self.own = LineField(placeholder="Ví dụ: CHI BỘ THÔN ĐỒNG TIẾN")
        self.place = LineField(placeholder="Ví dụ: Hòa Sơn")
        self.upper_field = FormField("Tổ chức đảng cấp trên", self.upper, required=True)
        self.own_field = FormField("Tên chi bộ", self.own, required=True)
        hint = "Đứng trước ngày tháng trên giấy tờ."
        self.place_field = FormField("Địa danh", self.place, required=True, hint=hint)
        for line, field in (
            (self.upper, self.upper_field),
            (self.own, self.own_field),
            (self.place, self.place_field),
        ):
            line.edited.connect(partial(self._typed, field))
            card.body.addWidget(field)
        seals = (("no", "Không có"), ("yes", "Có con dấu"))
        self.seal = Segmented(seals, name="Con dấu của chi bộ", chosen="no")
        card.body.addWidget(FormField("Con dấu của chi bộ", self.seal))
        card.body.addWidget(Label("Đầu trang khi in", "cap", "ink2", weight=600))
        self.head = Letterhead()
        card.body.addWidget(self.head)
        return card

    def _rules_card(self, this_year: int) -> QWidget:
        card = Card(spacing=10)
        card.body.addWidget(Label("Chi bộ tự quyết", "h3"))
        years = [(str(year), f"Năm {year}") for year in range(this_year + 1, _FIRST_YEAR - 1, -1)]
        self.year = Choice(years, chosen=str(this_year))
        self.year_field = FormField("Ghi sổ từ năm", self.year)
        days = [(str(day), f"Ngày {day:02d} tháng sau") for day in range(1, 29)]
        self.due = Choice(days, chosen="3")
        self.due_field = FormField("Hạn gửi tự đánh giá tháng", self.due)
        self.scale = Choice([(s.value, s.label) for s in LevelScale], chosen=LevelScale.FOUR.value)
        self.content_set = Choice()
        grid = Grid(spacing=(12, 10))
        grid.addWidget(self.year_field, 0, 0)
        grid.addWidget(self.due_field, 0, 1)
        grid.addWidget(FormField("Mức tự đánh giá hằng tháng", self.scale), 1, 0, 1, 2)
        grid.addWidget(FormField("Bộ nội dung thường dùng", self.content_set), 2, 0, 1, 2)
        card.body.addLayout(grid)
        self.pins = PinChoice()
        card.body.addWidget(self.pins)
        return card

    def _place_card(self) -> QWidget:
        card = Card(spacing=10)
        card.body.addWidget(Label("Sổ để ở đâu", "h3"))
        self.name = LineField(placeholder="so-chi-bo")
        self.name.edited.connect(self._name_typed)
        self.name_field = FormField("Tên thư mục sổ", self.name)
        card.body.addWidget(self.name_field)
        row = Row(spacing=12)
        self._where = Label("", "cap", "ink2")
        row.addWidget(self._where, 1)
        self.choose_folder = make_button("outlined", "Đổi chỗ…", "folder-open", on_click=self._choose_folder)
        row.addWidget(self.choose_folder, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(row)
        return card

    def _password_card(self) -> QWidget:
        card = Card(spacing=10)
        card.body.addWidget(Label("Mật khẩu mở sổ", "h3"))
        words = (
            "Bí thư gõ mật khẩu này mỗi lần mở sổ. Sổ được mã hóa: không có mật khẩu và phiếu khôi phục "
            "thì không ai đọc được, kể cả khi mất máy hay mất USB."
        )
        card.body.addWidget(Label(words, "cap", "ink2"))
        self.password = PasswordForm("Mật khẩu")
        self.password.entered.connect(self.make_book)
        card.body.addWidget(self.password)
        return card

    # What the person does

    def _typed(self, field: FormField, _text: str) -> None:
        field.set_error("")
        if self._names_itself:
            self.name.set_value(file_safe_name(self.own.value()) if self.own.value() else "")
        self._show_head()
        self._show_where()

    def _name_typed(self, text: str) -> None:
        self._names_itself = not text
        self.name_field.set_error("")
        self._show_where()

    def _choose_folder(self) -> None:
        chosen = self._dialogs.choose_folder("Chọn chỗ để sổ", purpose="new-book")
        if chosen is not None:
            self._folder = chosen
            self._show_where()

    def _show_head(self) -> None:
        self.head.show_name(self.upper.value(), self.own.value(), self.place.value())

    def _show_where(self) -> None:
        self._where.setText(f"Sổ nằm ở {self._target()}")

    def _target(self) -> Path:
        return self._folder / f"{file_safe_name(self.name.value())}{SUFFIX}"

    def _offer_sets(self, sets: tuple[ContentSet, ...]) -> None:
        self.content_set.set_options([(each.code, each.title) for each in sets])

    def book(self) -> NewBook:
        """The book as the fields say."""
        book = NewBook(
            self.upper.value(),
            self.own.value(),
            self.place.value(),
            int(self.year.value()),
            due_day=int(self.due.value()),
            level_scale=LevelScale(self.scale.value()),
            has_seal=self.seal.choice() == "yes",
            pins_required=self.pins.wants_pins,
        )
        chosen = self.content_set.value()
        return replace(book, content_set=chosen) if chosen else book

    def make_book(self) -> None:
        """Lập sổ; problems stand beside their fields."""
        if not self.make_button.isEnabled():
            return
        self.message.close_message()
        self.make_button.setEnabled(False)
        password = NewPassword(self.password.value(), self.password.again.value())
        target, book = self._target(), self.book()

        def make(progress: Progress) -> BegunBook:
            return self._begin(target, book, password, self._clock, progress)

        self._background.long(
            self,
            make,
            title="Đặt khóa và lập sổ, vài giây",
            on_done=self._made,
            on_cancelled=lambda: self.make_button.setEnabled(True),
            on_error=self._not_made,
        )

    def _made(self, begun: BegunBook) -> None:
        self.password.clear()
        self.book_made.emit(begun)

    def _not_made(self, error: UserError) -> None:
        self.make_button.setEnabled(True)
        problems = error.problems if isinstance(error, ValidationFailed) else (Problem("", str(error)),)
        by_field = {problem.field: problem.message for problem in problems}
        for key, field in self._fields.items():
            field.set_error(by_field.get(key, ""))
        first = next((self._fields[p.field] for p in problems if p.field in self._fields), None)
        if first is not None:
            first.focus_field()
            self._scroll.ensureWidgetVisible(first, px(24), px(24))
        elsewhere = [problem.message for problem in problems if problem.field not in self._fields]
        if elsewhere:
            self.message.show_message("error", " ".join(elsewhere), "Đổi chỗ…", self._choose_folder)

    def first_focus(self) -> QWidget:
        """The first line of the head."""
        return self.upper

    def fit(self, is_wide: bool) -> None:
        """Two columns, or one under the other."""
        directions = QBoxLayout.Direction
        self._sides.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)


def _pledge_sets() -> tuple[ContentSet, ...]:
    return tuple(each for each in rules.shipped_content_sets() if each.kind is ContentKind.PLEDGE)
