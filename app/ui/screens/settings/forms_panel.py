"""Mẫu giấy tờ: every form, shipped or the office's own, its blank sheet, and a Word template of its own."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from app.domain.form_template import FormTemplate
from app.domain.rule_file import RuleFile, RuleFileKind
from app.services.form_preview import blank_pdf
from app.services.page_pictures import PagePictures
from app.services.rule_files import RuleTarget, look_at_rules
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import ChipSpec
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, FlowLayout
from app.ui.parts.messages import EmptyState, MessageBar
from app.ui.parts.pdf_preview import PdfPreview
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.screens.settings.rule_acts import RuleActs, TwoSides
from app.ui.theme import px

_SIDE_BY_SIDE = 640
_WORD_FILES = "Mẫu Word (*.docx)"
_UNCHECKED = ChipSpec("Chưa đối chiếu", "late", "triangle-alert")
_OWN = ChipSpec("Của chi bộ", "pri", "file-pen-line")


@dataclass(frozen=True, slots=True)
class FormLine:
    """One form as used this year, with the office's own file or Word template if there is one."""

    form: FormTemplate
    file: RuleFile | None
    template: RuleFile | None
    year: int

    @property
    def id(self) -> str:
        """The form's code."""
        return self.form.code

    @property
    def below(self) -> str:
        """Number of the form, and whose it is."""
        whose = f"tệp {self.file.origin}, từ năm {self.file.from_year}" if self.file else self.form.number
        word = f"mẫu Word {self.template.origin}" if self.template else ""
        return " · ".join(part for part in (whose, word) if part) or "mẫu của chương trình"


def _read_forms(ws: Workspace) -> tuple[FormLine, ...]:
    overview = look_at_rules(ws)
    book, year = overview.book, overview.this_year
    lines = []
    for form in book.forms(year):
        kept = book.file_in_use(RuleFileKind.FORM, form.code, year)
        template = book.template(form.code, year)
        lines.append(FormLine(form, kept.file if kept else None, template.file if template else None, year))
    # Those of the year's own rules first, what is the office's own before all.
    key = book.rules_of(year).key
    lines.sort(
        key=lambda line: (line.file is None, line.form.rule_set not in (key, ""), not line.form.number)
    )
    return tuple(lines)


def _chip(line: FormLine) -> ChipSpec | None:
    if line.file or line.template:
        return _OWN
    return None if line.form.verified else _UNCHECKED


_COLUMNS: tuple[TableColumn[FormLine], ...] = (
    TableColumn("Giấy tờ", lambda line: line.form.name, width=150, stretch=1, below=lambda line: line.below),
    TableColumn("Nguồn", lambda line: "", width=164, chip=_chip),
)


class FormsPanel(DeskPage):
    """``load_requested``: look at the file chosen; for a Word template with the form it is for."""

    topics = frozenset({Topic.RULES, Topic.BOOK})
    load_requested = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._line: FormLine | None = None
        self._shown_key: tuple[str, str] | None = None
        self._sides = TwoSides(self, wide_from=_SIDE_BY_SIDE)
        Column(self, spacing=0).addWidget(self._sides.body)
        self.message = MessageBar()
        self.acts = RuleActs(self, self.message)
        self._sides.row.addLayout(self._left(), 5)
        self._sides.row.addLayout(self._right(), 6)

    def _left(self) -> Column:
        left = Column(spacing=10)
        self.table: RecordTable[FormLine] = RecordTable(
            _COLUMNS, lambda line: line.id, name="Mẫu giấy tờ", row_height=48
        )
        self.table.setMinimumHeight(px(150))
        self.table.current_changed.connect(self._show_line)
        left.addWidget(self.table, 1)
        self.load_button = make_button("outlined", "Nạp mẫu từ tệp…", "file-input", "Ctrl+N", self._load)
        self.load_button.setVisible(not self.desk.ws.read_only)
        left.addWidget(self.load_button)
        return left

    def _right(self) -> Column:
        right = Column(spacing=10)
        right.addWidget(self.message)
        self._title = Label("", "h3")
        self._facts = Label("", "cap", "ink2")
        right.addWidget(self._title)
        right.addWidget(self._facts)
        acts = FlowLayout(spacing=8)
        self.save_button = make_button("outlined", "Lưu mẫu ra tệp", "file-output", on_click=self._save_out)
        self.word_button = make_button("outlined", "Dùng mẫu Word…", "file-text", on_click=self._load_word)
        self.fields_button = make_button(
            "outlined", "Các trường cho Word", "file-down", on_click=self._save_fields
        )
        self.stop_button = make_button("outlined", "Thôi dùng tệp này", "undo-2", on_click=self._stop)
        self.stop_word_button = make_button(
            "outlined", "Thôi dùng mẫu Word", "undo-2", on_click=self._stop_word
        )
        for button in (
            self.save_button,
            self.word_button,
            self.fields_button,
            self.stop_button,
            self.stop_word_button,
        ):
            acts.addWidget(button)
        right.addLayout(acts)
        self._stack = QStackedWidget()
        self.preview = PdfPreview()
        words = "Mẫu này in kèm giấy tờ khác, hoặc chỉ có khi đã có số liệu. Xem ở trang In giấy tờ."
        self._none = EmptyState("file-text", "Chưa xem trước được ở đây", words)
        self._stack.setMinimumHeight(px(240))
        self._stack.addWidget(self.preview)
        self._stack.addWidget(self._none)
        right.addWidget(self._stack, 1)
        return right

    # What it shows

    def reload(self) -> None:
        self.read(partial(_read_forms, self.desk.ws), self._show)

    def _show(self, lines: tuple[FormLine, ...]) -> None:
        wanted = self._line.id if self._line else ""
        self.table.set_records(lines)
        known = {line.id for line in lines}
        self.table.choose(wanted if wanted in known else lines[0].id)
        self._show_line(self.table.current_record())

    def _show_line(self, line: FormLine | None) -> None:
        if line is None:
            return
        if self._line is None or line.id != self._line.id:
            self.message.close_message()
        self._line = line
        form, can_write = line.form, not self.desk.ws.read_only
        self._title.setText(form.name)
        unchecked = "" if form.verified else "chưa đối chiếu bản gốc"
        self._facts.setText(
            " · ".join(part for part in (form.number, form.source, unchecked, form.note) if part)
        )
        self.word_button.setVisible(can_write)
        self.stop_button.setVisible(can_write and line.file is not None)
        self.stop_word_button.setVisible(can_write and line.template is not None)
        shown = (form.code, line.file.digest if line.file else "")
        if shown != self._shown_key:
            self._shown_key = shown
            work = partial(_pictures, self.desk.ws, form.code, line.year)
            self.read(work, self._show_paper, key="paper")

    def _show_paper(self, pictures: PagePictures | None) -> None:
        if pictures is None:
            self.preview.clear()
            self._stack.setCurrentWidget(self._none)
            return
        self.preview.show_pages(pictures.page_count, pictures.picture, list(pictures.sizes))
        self._stack.setCurrentWidget(self.preview)

    # What the person does

    def _load(self) -> None:
        if path := self.acts.choose("Nạp mẫu từ tệp"):
            self.load_requested.emit(path, "")

    def _load_word(self) -> None:
        if self._line and (path := self.acts.choose("Chọn mẫu Word của cơ quan", _WORD_FILES)):
            self.load_requested.emit(path, self._line.id)

    def _save_out(self) -> None:
        if self._line is not None:
            self.acts.save_out(RuleTarget(RuleFileKind.FORM, self._line.id), self._line.year)

    def _save_fields(self) -> None:
        if self._line is not None:
            self.acts.save_fields(self._line.id, self._line.year)

    def _stop(self) -> None:
        if self._line is not None and self._line.file is not None:
            self.acts.stop(self._line.file)

    def _stop_word(self) -> None:
        if self._line is not None and self._line.template is not None:
            self.acts.stop(self._line.template)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sides.fit()


def _pictures(ws: Workspace, code: str, year: int) -> PagePictures | None:
    pdf = blank_pdf(ws, code, year)
    return None if pdf is None else PagePictures(pdf)
