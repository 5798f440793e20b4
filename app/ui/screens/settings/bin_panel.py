"""Mục đã xóa: what was taken out of the book, by name, with who and when, and one button to put it back."""

from functools import partial

from app.domain.errors import UserError
from app.services.deleted_records import DeletedRecord, list_deleted, restore_deleted
from app.services.history import ActionLine
from app.services.undo import undo_action
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import SearchField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column
from app.ui.parts.messages import EmptyState, MessageBar
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable

_MOST_FACTS = 150  # letters: enough to tell it apart, about two lines


def _facts(deleted: DeletedRecord) -> str:
    """The first facts, whole ones as far as they go: a meeting's minutes would fill the page."""
    if len(deleted.facts) <= _MOST_FACTS:
        return deleted.facts
    shown = deleted.facts[:_MOST_FACTS]
    whole = shown.rpartition("; ")[0] or shown.rpartition(" ")[0]
    return f"{whole}…"


_COLUMNS: tuple[TableColumn[DeletedRecord], ...] = (
    TableColumn(
        "Đã xóa lúc", lambda each: each.line.day_and_time, width=136, sort_key=lambda each: each.line.seq
    ),
    TableColumn("Mục", lambda each: each.name, width=240, stretch=3, bold=True, below=_facts),
    TableColumn("Người xóa", lambda each: each.line.who, width=150, stretch=1),
    TableColumn("Trong việc", lambda each: each.line.name, width=170, stretch=1),
)


class BinPanel(DeskPage):
    """Enter or ``restore`` puts the chosen thing back; that button and ``words`` stand in the row above."""

    topics = frozenset(Topic) - {Topic.DRAFTS}

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = Column(self, spacing=10)
        self.words = SearchField("Tìm mục đã xóa")
        self.words.setAccessibleName("Tìm mục đã xóa")
        words = "Mục lấy lại trở về đúng như lúc bị xóa, cùng những gì đi theo nó."
        column.addWidget(Label(words, "cap", "ink2"))
        self.restore = make_button("filled", "Lấy lại", "undo-2", on_click=self._restore_chosen)
        self.message = MessageBar()
        column.addWidget(self.message)
        self.table: RecordTable[DeletedRecord] = RecordTable(
            _COLUMNS, lambda each: each.key, name="Mục đã xóa"
        )
        self.table.remember_widths(desk.preferences)
        self.table.opened.connect(self._restore)
        self.words.search.connect(self.table.search)
        self.words.down_pressed.connect(self.table.setFocus)
        column.addWidget(self.table, 1)
        self.empty = EmptyState(
            "trash-2", "Chưa có mục nào bị xóa", "Mục bị xóa khỏi sổ đều nằm lại ở đây để lấy lại khi cần."
        )
        column.addWidget(self.empty, 1)
        self.empty.hide()

    def reload(self) -> None:
        self.read(partial(list_deleted, self.desk.ws), self._show, key="deleted")

    def _show(self, records: tuple[DeletedRecord, ...]) -> None:
        self.table.set_records(records)
        self.table.setVisible(bool(records))
        self.empty.setVisible(not records)
        self.restore.setEnabled(bool(records) and not self.desk.ws.read_only)

    def _restore_chosen(self) -> None:
        if chosen := self.table.current_record():
            self._restore(chosen)

    def _restore(self, deleted: DeletedRecord) -> None:
        if self.desk.ws.read_only:
            return
        work = partial(restore_deleted, self.desk.ws, deleted.line.id, deleted.id)
        self.write(work, changes=set(Topic), on_done=partial(self._restored, deleted), on_error=self._refused)

    def _restored(self, deleted: DeletedRecord, line: ActionLine) -> None:
        self.message.close_message()
        undo = partial(undo_action, self.desk.ws, line.id)

        def take_out_again() -> None:
            self.write(undo, changes=set(Topic), on_done=lambda _line: None)

        self.desk.say_done(f"Đã lấy lại {deleted.name[:1].lower()}{deleted.name[1:]}.", take_out_again)

    def _refused(self, error: UserError) -> None:
        self.message.show_message("warning", str(error), "Đã rõ", self.message.close_message)
