"""Half a page of help over the right side of the window, for the page that is shown."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.locations import resource
from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, Ground, Row, ScrollBody, clear_layout
from app.ui.theme import px, theme

_FALLBACK = "start"
_WIDTH = 460


class HelpPanel(Ground):
    """Reads resources/help/TOPIC.md: "# " a title, "## " a heading, "- " a step, the rest paragraphs."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("card", parent)
        self._over = parent
        self.setAccessibleName("Giúp đỡ")
        column = Column(self, spacing=0)
        head = Row(margins=(20, 10, 10, 6))
        self.title = Label("", "h3")
        head.addWidget(self.title, 1)
        self.close_button = make_button("ghost", "Đóng", "x", on_click=self.close_help)
        self.close_button.set_key("Esc", bind=False)
        head.addWidget(self.close_button)
        column.addLayout(head)
        self._body = ScrollBody(spacing=8, margins=(20, 4, 20, 20))
        column.addWidget(self._body, 1)
        self.topic = ""
        parent.installEventFilter(self)
        theme.changed.connect(self._place)
        self.hide()

    def toggle(self, topic: str) -> None:
        """F1: show the help of this page, or put it away."""
        if self.isVisible():
            self.close_help()
        else:
            self._place()
            self.show_topic(topic)

    def close_help(self) -> None:
        """Back to the page."""
        self.hide()
        self.closed.emit()

    def _place(self) -> None:
        room = self._over.rect()
        width = min(px(_WIDTH), room.width())
        self.setGeometry(room.right() - width + 1, 0, width, room.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def show_topic(self, topic: str) -> None:
        """Show the help of a page; a page without its own gets the general one."""
        path = resource("help", f"{topic}.md")
        if not path.is_file():
            path = resource("help", f"{_FALLBACK}.md")
        self.topic = topic
        clear_layout(self._body.body)
        for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
            self._add(paragraph.strip())
        self._body.verticalScrollBar().setValue(0)
        self.show()
        self.raise_()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, paragraph: str) -> None:
        if paragraph.startswith("# "):
            self.title.setText(paragraph[2:])
        elif paragraph.startswith("## "):
            self._body.body.addWidget(Label(paragraph[3:], "body", weight=600))
        elif paragraph.startswith("- "):
            for step in paragraph.split("\n"):
                self._body.body.addLayout(_step(step.removeprefix("- ")))
        elif paragraph:
            self._body.body.addWidget(Label(" ".join(paragraph.split("\n"))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._body.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }
        if event.key() in steps:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def _step(words: str) -> Row:
    row = Row(spacing=8)
    row.addWidget(Label("•", "body", "ink2", wrap=False), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(words), 1)
    return row
