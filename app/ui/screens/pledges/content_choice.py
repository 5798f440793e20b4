"""Which exemplary content an item is about: found by typing, with or without marks, over all content sets."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCompleter,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.domain.content_set import ContentSet
from app.domain.text import fold, matches, nfc
from app.ui.icons import draw_icon
from app.ui.parts.fields import CheckedField, LineField
from app.ui.parts.layout import Column
from app.ui.theme import px, theme

_CODE = Qt.ItemDataRole.UserRole
_HEAD = Qt.ItemDataRole.UserRole + 1
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter)


class ContentChoice(CheckedField):
    """A line to search in and a list below it, grouped by content set. ``edited`` carries the code chosen."""

    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._entry = LineField(placeholder="Gõ để tìm, Alt+Xuống mở danh sách")
        super().__init__(self._entry, parent)
        Column(self, spacing=0).addWidget(self._entry)
        self._sets: tuple[ContentSet, ...] = ()
        self._code = ""
        self._options = QStandardItemModel(self)
        self._completer = QCompleter(self._options, self)
        # Not the line's own completer: that one would write each word pointed at into the line.
        self._completer.setWidget(self._entry)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(9)
        self._list = _list_of_contents()
        self._completer.setPopup(self._list)
        # The completer gives its list a delegate of its own; ours comes after.
        self._list.setItemDelegate(_ContentDelegate(self._list))
        self._completer.activated.connect(self._take)
        self._button = _OpenButton(self._entry)
        self._button.clicked.connect(self.open_list)
        self._entry.edited.connect(self._search)
        self._entry.left.connect(self._leave)
        self._entry.returnPressed.connect(self._take_first)
        self._entry.installEventFilter(self)
        theme.changed.connect(self._fit)

    def set_content_sets(self, sets: tuple[ContentSet, ...]) -> None:
        """Offer these sets."""
        self._sets = sets
        self._show_chosen()

    def value(self) -> str:
        """The code chosen, or ""."""
        return self._code

    def set_value(self, code: str) -> None:
        """Show a choice."""
        if code != self._code or not self._entry.hasFocus():
            self._code = code
            self._show_chosen()

    def set_read_only(self, read_only: bool) -> None:
        """Only to look at."""
        self._entry.setReadOnly(read_only)
        self._button.setVisible(not read_only)

    def open_list(self) -> None:
        """Show every content."""
        if self._entry.isReadOnly():
            return
        self._entry.setFocus()
        self._entry.selectAll()
        self._fill("")
        self._completer.complete()
        self._point_at(self._code)

    def offered(self) -> list[str]:
        """The codes in the list now."""
        rows = range(self._options.rowCount())
        return [code for row in rows if (code := self._options.item(row).data(_CODE))]

    def _fill(self, query: str) -> None:
        self._options.clear()
        for content_set in self._sets:
            found = [
                item
                for item in content_set.items
                if _is_found(query, f"{item.code} {item.label} {content_set.title}")
            ]
            if found:
                head = QStandardItem(content_set.title)
                head.setData(True, _HEAD)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                self._options.appendRow(head)
            for item in found:
                row = QStandardItem(f"{item.code} · {item.label}")
                row.setData(item.code, _CODE)
                self._options.appendRow(row)

    def _search(self, text: str) -> None:
        self._fill(text)
        is_found = bool(self._options.rowCount())
        self.problem_found.emit("" if is_found else f"Không thấy nội dung nào có “{text.strip()}”.")
        if not is_found:
            self._list.hide()
            return
        self._completer.complete()
        if text.strip():
            self._point_at()

    def _point_at(self, code: str = "") -> None:
        """Point at this content, else at the first: a heading cannot be chosen, and arrows stick on it."""
        offered = self.offered()
        if offered:
            wanted = code if code in offered else offered[0]
            rows = range(self._options.rowCount())
            row = next(row for row in rows if self._options.item(row).data(_CODE) == wanted)
            self._list.setCurrentIndex(self._completer.completionModel().index(row, 0))

    def _take(self, words: str) -> None:
        self._choose(words.partition(" · ")[0])

    def _take_first(self) -> None:
        """Enter while searching takes the first content found."""
        is_searching = self._entry.text() != self._words() and self._entry.text().strip()
        if is_searching and not self._list.isVisible():
            self._fill(self._entry.text())
            found = self.offered()
            if found:
                self._choose(found[0])

    def _leave(self) -> None:
        """An emptied line means no content; words that were only searched for give way to the choice."""
        if not self._entry.value():
            self._choose("")
        self.problem_found.emit("")
        self._show_chosen()

    def _choose(self, code: str) -> None:
        self._list.hide()
        if code != self._code:
            self._code = code
            self.edited.emit(code)
        self._show_chosen()

    def _words(self) -> str:
        label = next((words for each in self._sets if (words := each.label_of(self._code))), "")
        return f"{self._code} · {label}" if label else self._code

    def _show_chosen(self) -> None:
        self._entry.set_value(self._words())
        self._entry.setCursorPosition(0)
        self._entry.setToolTip(self._words())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._opens(event):
            self.open_list()
            return True
        return super().eventFilter(watched, event)

    def _opens(self, event: QKeyEvent) -> bool:
        return event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4) and not self._list.isVisible()

    def _fit(self) -> None:
        side = px(32)
        self._entry.setTextMargins(0, 0, side - px(6), 0)
        self._button.setGeometry(QRect(self._entry.width() - side, 0, side, self._entry.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _is_found(query: str, words: str) -> bool:
    return not query.strip() or matches(query, nfc(words).lower(), fold(words))


class _OpenButton(QPushButton):
    """The arrow at the end of the line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Mở danh sách nội dung, Alt+Xuống")
        self.setToolTip("Mở danh sách (Alt+Xuống)")

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_icon(QPainter(self), self.rect(), "chevron-down", "ink2", 18)


def _list_of_contents() -> QListView:
    view = QListView()
    view.setAccessibleName("Nội dung nêu gương")
    view.setProperty("ground", "card")
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    return view


class _ContentDelegate(QStyledItemDelegate):
    """Paints a content in as many lines as it needs, and the title of its set above."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # type: ignore[override]
        view: QWidget = option.widget
        width = max(px(200), view.width() - px(42)) if view else px(400)
        text = str(index.data() or "")
        is_head = bool(index.data(_HEAD))
        metrics = theme.metrics("cap", 600) if is_head else theme.metrics("body")
        height = metrics.boundingRect(QRect(0, 0, width, 1 << 16), _WRAP, text).height()
        return QSize(width, height + px(10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_head = bool(index.data(_HEAD))
        selected = bool(state & QStyle.StateFlag.State_Selected) and not is_head
        painter.save()
        painter.fillRect(rect, theme.color("sunken" if is_head else "sel" if selected else "sheet"))
        painter.setFont(theme.font("cap", 600) if is_head else theme.font("body"))
        painter.setPen(theme.color("ink2" if is_head else "ink"))
        inner = rect.adjusted(px(10) if is_head else px(20), 0, -px(10), 0)
        painter.drawText(inner, _WRAP, str(index.data() or ""))
        painter.restore()
