"""Import, first step: choose the file or drop it, or get an empty list to fill in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.parts.buttons import make_button
from app.ui.parts.layout import Column, Ground, ScrollBody
from app.ui.parts.messages import EmptyState


class ChooseFileStep(QWidget):
    """Says what file is wanted; a file can be dropped anywhere on the page."""

    choose_requested = Signal()
    blank_list_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        outer = Column(self)
        scroll = ScrollBody(margins=(0, 0, 0, 0), fills=True)
        outer.addWidget(scroll)
        drop = Ground("drop")
        inner = Column(drop)
        self.choose_button = make_button(
            "filled", "Chọn tệp Excel", "folder-open", "Ctrl+Enter", self.choose_requested.emit
        )
        blank = make_button("ghost", "Tải tệp mẫu để điền", "download", None, self.blank_list_requested.emit)
        text = (
            "Kéo tệp .xlsx thả vào khung này, hoặc chọn tệp.\n"
            "Tiêu đề nằm ở dòng nào, cột gọi tên gì cũng được. Chưa có gì được ghi vào sổ ở bước này."
        )
        state = EmptyState(
            "file-spreadsheet", "Danh sách đảng viên ở tệp nào?", text, [self.choose_button], blank
        )
        inner.addWidget(state, 1)
        scroll.body.addWidget(drop, 1)
