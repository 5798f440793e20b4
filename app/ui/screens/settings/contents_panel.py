"""Bộ nội dung: those shipped to read, and the cell's own to make, change and remove."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.content_set import ContentSet
from app.domain.errors import Problem, UserError, ValidationFailed
from app.domain.rule_file import RuleFile, RuleFileKind
from app.services.content_sets import list_content_sets, own_set_codes, remove_own_set, save_own_set
from app.services.rule_files import RuleTarget, list_rule_files
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.chips import UNCHECKED_SOURCE, Chip
from app.ui.parts.fields import FormField, LineField, TextArea
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, FlowLayout, Row, ScrollBody, clear_layout
from app.ui.parts.messages import MessageBar
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.screens.settings.rule_acts import RuleActs
from app.ui.screens.settings.unsaved import Unsaved


@dataclass(frozen=True, slots=True)
class _Sets:
    """What the panel reads at once."""

    sets: tuple[ContentSet, ...]
    own: frozenset[str]
    files: dict[str, RuleFile]


def _read_sets(ws: Workspace) -> _Sets:
    files = {file.key: file for file in list_rule_files(ws) if file.kind is RuleFileKind.CONTENT_SET}
    return _Sets(list_content_sets(ws), own_set_codes(ws), files)


_COLUMNS: tuple[TableColumn[ContentSet], ...] = (
    TableColumn("Mã", lambda each: each.code, width=112, bold=True),
    TableColumn("Tên", lambda each: each.title, width=180, stretch=1, below=lambda each: each.number),
)


class ContentsPanel(DeskPage):
    """A list left; right the chosen set, to read or to change. ``load_requested``: look at a file."""

    topics = frozenset({Topic.CONTENT_SETS})
    load_requested = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._own: frozenset[str] = frozenset()
        self._files: dict[str, RuleFile] = {}
        self._code = ""
        self._unsaved = Unsaved(self, "content_set")
        row = Row(spacing=16, margins=(28, 14, 24, 18))
        outer = Column(self, spacing=0)
        outer.addLayout(row)
        left = Column(spacing=10)
        self.table: RecordTable[ContentSet] = RecordTable(
            _COLUMNS, lambda each: each.code, name="Bộ nội dung", row_height=46
        )
        self.table.current_changed.connect(self._show_set)
        left.addWidget(self.table, 1)
        self.add_button = make_button("outlined", "Lập bộ của chi bộ", "plus", "Ctrl+N", self._add)
        self.load_button = make_button("outlined", "Nạp bộ từ tệp…", "file-input", on_click=self._load)
        for button in (self.add_button, self.load_button):
            button.setVisible(not desk.ws.read_only)
            left.addWidget(button)
        row.addLayout(left, 2)
        self._side = QStackedWidget()
        self._side.addWidget(self._reader())
        self._side.addWidget(self._editor())
        row.addWidget(self._side, 3)

    def _reader(self) -> QWidget:
        card = Card(margins=(0, 0, 0, 0))
        body = ScrollBody(spacing=8, margins=(18, 16, 18, 16))
        self._title = Label("", "h3")
        self._source = Label("", "cap", "ink2")
        self._unchecked = Chip(UNCHECKED_SOURCE)
        body.body.addWidget(self._title)
        body.body.addWidget(self._source)
        body.body.addWidget(self._unchecked, 0, Qt.AlignmentFlag.AlignLeft)
        acts = FlowLayout(spacing=8)
        self.save_out_button = make_button(
            "outlined", "Lưu bộ này ra tệp", "file-output", on_click=self._save_out
        )
        self.stop_button = make_button("outlined", "Thôi dùng tệp này", "undo-2", on_click=self._stop)
        acts.addWidget(self.save_out_button)
        acts.addWidget(self.stop_button)
        body.body.addLayout(acts)
        self.note = MessageBar()
        self.acts = RuleActs(self, self.note)
        body.body.addWidget(self.note)
        self._items = Column(spacing=8)
        body.body.addLayout(self._items)
        card.body.addWidget(body, 1)
        return card

    def _editor(self) -> QWidget:
        card = Card(margins=(0, 0, 0, 0))
        body = ScrollBody(spacing=10, margins=(18, 16, 18, 16))
        self.message = MessageBar()
        self._editor_title = Label("", "h3")
        self.code = LineField(placeholder="Ví dụ: CB")
        self.name = LineField(placeholder="Ví dụ: Việc nêu gương của chi bộ thôn")
        self.source = LineField(placeholder="Ví dụ: Nghị quyết chi bộ ngày 05/01/2026")
        self.lines = TextArea(min_lines=8, max_lines=20)
        self._inputs: dict[str, LineField | TextArea] = {
            "code": self.code,
            "title": self.name,
            "source": self.source,
            "items": self.lines,
        }
        self._fields = {
            "code": FormField("Mã", self.code, required=True),
            "title": FormField("Tên bộ nội dung", self.name, required=True),
            "source": FormField("Căn cứ", self.source),
            "items": FormField("Các nội dung", self.lines, hint="Mỗi dòng một nội dung.", required=True),
        }
        for line in (self.code, self.name, self.source):
            line.edited.connect(lambda _text: self._keep())
        self.lines.edited.connect(self._keep)
        body.body.addWidget(self._editor_title)
        body.body.addWidget(self.message)
        for field in self._fields.values():
            body.body.addWidget(field)
        foot = Row(spacing=10)
        self.remove_button = make_button("danger", "Bỏ bộ này", "trash-2", on_click=self._remove)
        self.save_button = make_button("filled", "Lưu bộ nội dung", "check", "Ctrl+Enter", self._save)
        self.hand_out_button = make_button("outlined", "Lưu ra tệp", "file-output", on_click=self._save_out)
        foot.addWidget(self.remove_button)
        foot.addWidget(self.hand_out_button)
        foot.addStretch(1)
        foot.addWidget(self.save_button)
        body.body.addLayout(foot)
        card.body.addWidget(body, 1)
        return card

    # What it shows

    def reload(self) -> None:
        self.read(partial(_read_sets, self.desk.ws), self._show)

    def _show(self, found: _Sets) -> None:
        self._own, self._files = found.own, found.files
        wanted = self._code  # filling the table moves the cursor
        self.table.set_records(found.sets)
        if wanted and wanted in {each.code for each in found.sets}:
            self.table.choose(wanted)
        elif found.sets and self.table.current_record() is None:
            self.table.choose(found.sets[0].code)

    def _show_set(self, chosen: ContentSet | None) -> None:
        if chosen is None:
            return
        self._code = chosen.code
        if chosen.code in self._own and not self.desk.ws.read_only:
            self._edit(chosen)
            return
        self._side.setCurrentIndex(0)
        self._title.setText(chosen.title)
        self._source.setText(
            " · ".join(part for part in (chosen.issuer, chosen.number, chosen.source) if part)
        )
        self._unchecked.setVisible(not chosen.verified)
        self.stop_button.setVisible(chosen.code in self._files and not self.desk.ws.read_only)
        self.note.close_message()
        clear_layout(self._items)
        for number, item in enumerate(chosen.items, 1):
            self._items.addWidget(Label(f"{number}. {item.label}"))

    def _edit(self, chosen: ContentSet | None) -> None:
        self._side.setCurrentIndex(1)
        self._editor_title.setText(f"Sửa bộ {chosen.code}" if chosen else "Bộ nội dung mới của chi bộ")
        self._show_problems(())
        kept = self._unsaved.of(chosen.code if chosen else "")
        values = kept or (_values_of(chosen) if chosen else {})
        self.code.setReadOnly(chosen is not None)
        for key, field in self._inputs.items():
            field.set_value(values.get(key, ""))
        if kept:
            words = "Đây là bản đồng chí đang sửa, chưa lưu vào sổ."
            self.message.show_message("info", words, "Bỏ bản này", self._give_up)
        self.remove_button.setVisible(chosen is not None)
        self.hand_out_button.setVisible(chosen is not None)

    def _give_up(self) -> None:
        self._unsaved.forget(self._code)
        self._edit(self.table.current_record() if self._code else None)

    def _keep(self) -> None:
        values = {key: field.value() for key, field in self._inputs.items()}
        self._unsaved.keep(self._code, values)

    def flush(self) -> None:
        """What is typed is in the book before the page goes."""
        self._unsaved.flush()

    # What the person does

    def _load(self) -> None:
        if path := self.acts.choose("Nạp bộ nội dung từ tệp"):
            self.load_requested.emit(path, "")

    def _save_out(self) -> None:
        target = RuleTarget(RuleFileKind.CONTENT_SET, self._code)
        self.acts.save_out(target, self.desk.ws.today().year)

    def _stop(self) -> None:
        if file := self._files.get(self._code):
            self.acts.stop(file)

    def _add(self) -> None:
        self._code = ""
        self.table.clearSelection()
        self._edit(None)
        self.code.setFocus()

    def _save(self) -> None:
        labels = tuple(self.lines.value().splitlines())
        code = self.code.value().upper().replace(" ", "")
        self.write(
            partial(save_own_set, self.desk.ws, code, self.name.value(), self.source.value(), labels),
            changes={Topic.CONTENT_SETS},
            on_done=lambda _none: self._saved(code),
            on_error=self._not_saved,
        )

    def _saved(self, code: str) -> None:
        self._unsaved.forget(self._code)
        self._code = code
        self._show_problems(())
        self.desk.say_done(f"Đã ghi bộ nội dung {code}.")

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

    def _remove(self) -> None:
        code, values = self._code, (self.name.value(), self.source.value())
        labels = tuple(self.lines.value().splitlines())
        self.write(
            partial(remove_own_set, self.desk.ws, code),
            changes={Topic.CONTENT_SETS},
            on_done=lambda _none: self._removed(partial(save_own_set, self.desk.ws, code, *values, labels)),
            on_error=self._not_saved,
        )

    def _removed(self, put_back: partial[None]) -> None:
        code, self._code = self._code, ""
        self._unsaved.forget(code)

        def undo() -> None:
            self._code = code
            self.write(put_back, changes={Topic.CONTENT_SETS}, on_done=lambda _none: None)

        self.desk.say_done(f"Đã bỏ bộ nội dung {code}.", undo)


def _values_of(chosen: ContentSet) -> dict[str, str]:
    lines = "\n".join(item.label for item in chosen.items)
    return {"code": chosen.code, "title": chosen.title, "source": chosen.source, "items": lines}
