"""Cấp số: which document, its type, day and abstract; the number it will get is shown before it is given."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal

from app.domain.errors import Problem, UserError, ValidationFailed
from app.domain.issued_document import DOCUMENT_TYPES, IssuedDocument
from app.domain.sheets.kinds import PaperKind
from app.services.issued_documents import PAPER_SYMBOLS, DocumentBook, change_document, give_number
from app.ui.changes import Topic
from app.ui.desk import DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import Choice, FormField, TextArea
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Grid, Row
from app.ui.parts.messages import MessageBar
from app.ui.screens.settings.unsaved import Unsaved

_OTHER = ""
_DAY_HINT = "Để trống: ghi tay khi ký"
_MEETING_HINT = "Ghi đúng ngày họp, để số in vào biên bản của buổi ấy"


class NumberForm(Card):
    """``given`` carries the document with its number; ``changed`` one that was put right."""

    given = Signal(object)
    changed = Signal(object)

    def __init__(self, page: DeskPage) -> None:
        super().__init__(spacing=10)
        self._page = page
        self._book = DocumentBook((), ())
        self._editing: IssuedDocument | None = None
        self._unsaved = Unsaved(page, "issued_document")
        self.title = Label("Cấp số văn bản", "h3")
        self.message = MessageBar()
        papers = [(kind.value, kind.label) for kind in PAPER_SYMBOLS]
        self.paper = Choice([(_OTHER, "Văn bản khác, không in từ sổ"), *papers])
        self.symbol = Choice([(key, f"{name} ({key})") for key, name in DOCUMENT_TYPES.items()])
        self.year = Choice([(str(year), f"Năm {year}") for year in reversed(page.desk.years)])
        self.dated_on = DateField()
        self.abstract = TextArea(placeholder="Ví dụ: Kết quả xếp loại chất lượng năm 2025", min_lines=2)
        self._fields = {
            "paper": FormField("Giấy tờ", self.paper),
            "symbol": FormField("Loại văn bản", self.symbol),
            "year": FormField("Của năm", self.year),
            "dated_on": FormField("Ngày văn bản", self.dated_on, hint=_DAY_HINT),
            "title": FormField("Trích yếu", self.abstract, required=True),
        }
        grid = Grid(spacing=(12, 10))
        for key, row, column, span in (
            ("paper", 0, 0, 2),
            ("symbol", 1, 0, 1),
            ("year", 1, 1, 1),
            ("dated_on", 2, 0, 2),
            ("title", 3, 0, 2),
        ):
            grid.addWidget(self._fields[key], row, column, 1, span)
        self.body.addWidget(self.title)
        self.body.addWidget(self.message)
        self.body.addLayout(grid)
        self.next_number = Label("", "body", weight=600)
        self.body.addWidget(self.next_number)
        foot = Row(spacing=10)
        foot.addStretch(1)
        self.cancel_button = make_button("outlined", "Thôi", on_click=self.show_new)
        self.save_button = make_button("filled", "Cấp số", "check", "Ctrl+Enter", self.save)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.save_button)
        self.body.addLayout(foot)
        self.paper.chosen.connect(self._paper_chosen)
        self.symbol.chosen.connect(lambda _key: self._typed())
        self.abstract.edited.connect(self._typed)
        self.dated_on.left.connect(self._show_next)
        self.show_new()

    # What it shows

    def show_book(self, book: DocumentBook) -> None:
        """The register as it is now: what the next number will be."""
        self._book = book
        self._show_next()
        if self._editing is None and (kept := self._unsaved.of("")):
            self._put(kept)

    def show_new(self) -> None:
        """A new number."""
        self._editing = None
        self._unsaved.forget("")
        self.title.setText("Cấp số văn bản")
        self.save_button.set_words("Cấp số")
        self._put({"paper": _OTHER, "symbol": "BC", "title": ""})
        self.year.set_value(str(self._page.desk.year))
        self.dated_on.set_value(None)
        self._enable(is_new=True)
        self._show_problems(())
        self._show_next()

    def show_document(self, document: IssuedDocument) -> None:
        """One number given before: its day, paper and abstract may be put right."""
        self._editing = document
        self.title.setText(f"Sửa {document.number_text}")
        self.save_button.set_words("Lưu sửa đổi")
        self._put({"paper": document.paper, "symbol": document.symbol, "title": document.title})
        self.year.set_value(str(document.year))
        self.dated_on.set_value(document.dated_on)
        self._enable(is_new=False)
        self._show_problems(())
        self.next_number.hide()
        self.abstract.setFocus()

    def _enable(self, *, is_new: bool) -> None:
        self.symbol.setEnabled(is_new)
        self.cancel_button.setVisible(not is_new)

    def _put(self, values: dict[str, str]) -> None:
        self.paper.set_value(values.get("paper", _OTHER))
        self._show_hint()
        self.symbol.set_value(values.get("symbol", "BC"))
        self.abstract.set_value(values.get("title", ""))

    def _show_hint(self) -> None:
        is_monthly = self.paper.value() == PaperKind.MONTHLY_MINUTES.value
        self._fields["dated_on"].set_hint(_MEETING_HINT if is_monthly else _DAY_HINT)

    def _show_next(self) -> None:
        day = self.dated_on.value() or self._page.desk.ws.today()
        text = self._book.next_text(self.symbol.value(), day)
        self.next_number.setText(f"Số sẽ cấp: {text}" if text else "Chưa ghi nhiệm kỳ nào có ngày này.")
        self.next_number.setVisible(self._editing is None)

    # What the person does

    def _paper_chosen(self, paper: str) -> None:
        """A paper of the book has its type, and its name is a first abstract."""
        self._show_hint()
        if paper and self._editing is None:
            kind = PaperKind(paper)
            self.symbol.set_value(PAPER_SYMBOLS[kind])
            if not self.abstract.value().strip():
                self.abstract.set_value(f"{kind.label} năm {self.year.value()}")
        self._typed()

    def _typed(self) -> None:
        if self._editing is None:
            values = {
                "paper": self.paper.value(),
                "symbol": self.symbol.value(),
                "title": self.abstract.value(),
            }
            self._unsaved.keep("", values)
        self._show_next()

    def flush(self) -> None:
        """What is typed is in the book before the page goes."""
        self._unsaved.flush()

    def save(self) -> None:
        """Cấp số, or save what was put right."""
        if problem := self.dated_on.problem():
            self._show_problems((Problem("dated_on", problem),))
            return
        ws, day, year = self._page.desk.ws, self.dated_on.value(), int(self.year.value())
        paper, title = self.paper.value(), self.abstract.value()
        if self._editing is not None:
            changed = replace(self._editing, dated_on=day, year=year, paper=paper, title=title)
            self._page.write(
                partial(change_document, ws, changed),
                changes={Topic.BOOK},
                on_done=lambda _none: self._changed(changed),
                on_error=self._not_saved,
            )
            return
        self._page.write(
            partial(give_number, ws, self.symbol.value(), year, paper, title, day),
            changes={Topic.BOOK},
            on_done=self._given,
            on_error=self._not_saved,
        )

    def _given(self, document: IssuedDocument) -> None:
        self.show_new()
        self.given.emit(document)

    def _changed(self, document: IssuedDocument) -> None:
        self.show_new()
        self.changed.emit(document)

    def _not_saved(self, error: UserError) -> None:
        if isinstance(error, ValidationFailed):
            self._show_problems(error.problems)
        else:
            self.message.show_message("error", str(error))

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        self.message.close_message()
        by_field = {problem.field: problem.message for problem in problems}
        for key, field in self._fields.items():
            field.set_error(by_field.get(key, ""))
        first = next((self._fields[p.field] for p in problems if p.field in self._fields), None)
        if first is not None:
            first.focus_field()
