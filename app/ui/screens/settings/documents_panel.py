"""Văn bản đi: the register of the cell's own documents, numbers given and taken back, terms of the cell."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from app.domain.dates import format_date
from app.domain.issued_document import DOCUMENT_TYPES, CellTerm, IssuedDocument
from app.services.issued_documents import DocumentBook, give_number, open_document_book, take_back
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody, clear_layout, rule
from app.ui.parts.messages import EmptyState, MessageBar
from app.ui.parts.page import logical_width
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.screens.settings.number_form import NumberForm
from app.ui.screens.settings.term_form import TermForm
from app.ui.theme import px

_SIDE_BY_SIDE = 900
_LEAST_HEIGHT = 240


class DocumentsPanel(DeskPage):
    """The list left; right the form that gives a number, below it the terms."""

    topics = frozenset({Topic.BOOK})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._book = DocumentBook((), ())
        body = ScrollBody(margins=(28, 14, 24, 18), fills=True)
        Column(self, spacing=0).addWidget(body)
        self._sides = Row(spacing=16)
        body.body.addLayout(self._sides, 1)
        self._sides.addLayout(self._register(), 5)
        self.form = NumberForm(self)
        self.form.given.connect(self._given)
        self.form.changed.connect(lambda one: desk.say_done(f"Đã sửa {one.number_text}."))
        self.term_form = TermForm(self)
        self.term_form.saved.connect(self._term_saved)
        self.term_form.closed.connect(self._close_term)
        self.term_form.hide()
        self._terms_part = self._terms_card()
        right = Column(spacing=14)
        for part in (self.form, self._terms_part, self.term_form):
            right.addWidget(part)
        right.addStretch(1)
        self._sides.addLayout(right, 4)
        self.form.hide()

    def _register(self) -> Column:
        left = Column(spacing=10)
        self.note = MessageBar()
        left.addWidget(self.note)
        acts = Row(spacing=10)
        self.edit_button = make_button("outlined", "Sửa…", "pencil", on_click=self._edit_chosen)
        self.take_back_button = make_button("outlined", "Thu hồi số", "undo-2", on_click=self._take_back)
        acts.addWidget(self.edit_button)
        acts.addWidget(self.take_back_button)
        acts.addStretch(1)
        left.addLayout(acts)
        columns: tuple[TableColumn[IssuedDocument], ...] = (
            TableColumn("Số", lambda each: each.number_text, width=128, bold=True),
            TableColumn("Ngày", lambda each: format_date(each.dated_on) if each.dated_on else "", width=104),
            TableColumn("Trích yếu", lambda each: each.title, width=180, stretch=1, below=self._about),
        )
        self.table: RecordTable[IssuedDocument] = RecordTable(
            columns, lambda each: each.id, name="Sổ văn bản đi", row_height=46
        )
        self.table.current_changed.connect(self._show_acts)
        self.table.opened.connect(self._edit)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        words = "Số chạy từ 01 cho mỗi loại văn bản trong mỗi nhiệm kỳ. Số đã cấp được in trên giấy tờ."
        self._lists.addWidget(EmptyState("file-text", "Chưa cấp số văn bản nào", words))
        self._lists.setMinimumHeight(px(_LEAST_HEIGHT))
        left.addWidget(self._lists, 1)
        return left

    def _terms_card(self) -> QWidget:
        card = Card(spacing=10)
        head = Row(spacing=12)
        words = Column(spacing=1)
        words.addWidget(Label("Nhiệm kỳ của chi bộ", "h3"))
        words.addWidget(Label("Sang nhiệm kỳ mới, số văn bản lại bắt đầu từ 01.", "cap", "ink2"))
        head.addLayout(words, 1)
        self.add_term_button = make_button(
            "outlined", "Thêm", "plus", on_click=partial(self._edit_term, None)
        )
        head.addWidget(self.add_term_button, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(head)
        self._terms = Column(spacing=8)
        card.body.addLayout(self._terms)
        return card

    def _about(self, document: IssuedDocument) -> str:
        term = next((each.name for each in self._book.terms if each.id == document.term_id), "")
        return f"{DOCUMENT_TYPES.get(document.symbol, '')} · nhiệm kỳ {term}"

    # What it shows

    def reload(self) -> None:
        self.read(partial(open_document_book, self.desk.ws), self._show)

    def _show(self, book: DocumentBook) -> None:
        self._book = book
        chosen = self.table.current_record()
        latest = sorted(book.documents, key=lambda each: (each.year, each.symbol, each.number), reverse=True)
        self.table.set_records(latest)
        self._lists.setCurrentIndex(0 if latest else 1)
        if chosen and any(each.id == chosen.id for each in latest):
            self.table.choose(chosen.id)
        self.form.show_book(book)
        can_give = bool(book.terms) and not self.desk.ws.read_only
        self.form.setVisible(can_give and self.term_form.isHidden())
        self.note.close_message()
        if not book.terms:
            self.note.show_message("info", "Đồng chí ghi nhiệm kỳ của chi bộ trước khi cấp số văn bản.")
        self._show_terms()
        self._show_acts(self.table.current_record())

    def _show_terms(self) -> None:
        clear_layout(self._terms)
        can_write = not self.desk.ws.read_only
        self.add_term_button.setVisible(can_write)
        for term in self._book.terms:
            self._terms.addWidget(rule())
            self._terms.addWidget(_term_line(term, partial(self._edit_term, term), can_write=can_write))

    def _show_acts(self, chosen: IssuedDocument | None) -> None:
        can_write = not self.desk.ws.read_only
        self.edit_button.setVisible(can_write)
        self.take_back_button.setVisible(can_write)
        self.edit_button.setEnabled(chosen is not None)
        self.take_back_button.setEnabled(chosen is not None and self._book.is_last(chosen))

    # What the person does

    def _edit(self, document: IssuedDocument) -> None:
        if not self.desk.ws.read_only:
            self.form.show_document(document)

    def _edit_chosen(self) -> None:
        if chosen := self.table.current_record():
            self._edit(chosen)

    def _given(self, document: IssuedDocument) -> None:
        work = partial(take_back, self.desk.ws, document.id)

        def undo() -> None:
            self.write(work, changes={Topic.BOOK}, on_done=lambda _one: None)

        self.desk.say_done(f"Đã cấp {document.number_text}.", undo)

    def _take_back(self) -> None:
        chosen = self.table.current_record()
        if chosen is not None:
            work = partial(take_back, self.desk.ws, chosen.id)
            self.write(work, changes={Topic.BOOK}, on_done=self._taken_back)

    def _taken_back(self, document: IssuedDocument) -> None:
        again = partial(
            give_number,
            self.desk.ws,
            document.symbol,
            document.year,
            document.paper,
            document.title,
            document.dated_on,
        )

        def undo() -> None:
            self.write(again, changes={Topic.BOOK}, on_done=lambda _one: None)

        self.desk.say_done(f"Đã thu hồi {document.number_text}.", undo)

    def _edit_term(self, term: CellTerm | None) -> None:
        """The form of a term takes the place of everything else on its side, so that all of it is seen."""
        self.form.hide()
        self._terms_part.hide()
        self.term_form.show_term(term)

    def _term_saved(self, words: str, undo: Callable[[], object] | None) -> None:
        self._close_term()
        self.desk.say_done(words, undo)

    def _close_term(self) -> None:
        self.term_form.hide()
        self._terms_part.show()
        self.form.setVisible(bool(self._book.terms))
        self.add_term_button.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = logical_width(self) >= _SIDE_BY_SIDE
        directions = QBoxLayout.Direction
        self._sides.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)

    def flush(self) -> None:
        """What is typed is in the book before the page goes."""
        self.form.flush()
        self.term_form.flush()

    def go_back(self) -> bool:
        """Esc closes the form of a term."""
        if self.term_form.isHidden():
            return False
        self._close_term()
        return True


def _term_line(term: CellTerm, edit: Callable[[], object], *, can_write: bool) -> QWidget:
    line = QWidget()
    row = Row(line, spacing=12)
    words = Column(spacing=1)
    words.addWidget(Label(f"Nhiệm kỳ {term.name}", "body", weight=600))
    until = f" đến {format_date(term.valid_to)}" if term.valid_to else ""
    words.addWidget(Label(f"Từ {format_date(term.valid_from)}{until}", "cap", "ink2"))
    row.addLayout(words, 1)
    button = make_button("ghost", "Sửa", "pencil", on_click=edit)
    button.setAccessibleName(f"Sửa nhiệm kỳ {term.name}")
    button.setVisible(can_write)
    row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return line
