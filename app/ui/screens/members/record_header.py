"""The head of a member's record: whose it is, the way back, and the persons before and after."""

from PySide6.QtCore import Signal

from app.ui.parts.buttons import make_button
from app.ui.parts.page import PageHeader


class RecordHeader(PageHeader):
    """``stepped`` carries -1 or 1: the person before or after in the list one came from."""

    back_requested = Signal()
    stepped = Signal(int)

    def __init__(self) -> None:
        back = make_button("outlined", "Danh sách", "arrow-left")
        back.set_key("Esc")
        self.previous = make_button("outlined", "Người trước", "chevron-left", "Alt+Trái")
        self.next = make_button("outlined", "Người sau", "chevron-right", "Alt+Phải")
        super().__init__("", "", [self.previous, self.next], lead=back)
        back.clicked.connect(lambda: self.back_requested.emit())
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))

    def show_person(self, name: str, place: int, count: int) -> None:
        """Show a member, or "" for one being added; ``place`` is 0 for one who is not in the list."""
        self.set_title(name or "Thêm đảng viên")
        facts = f"Người thứ {place} trong {count} người đang xem" if place else ""
        self.set_facts(facts if name else "Lưu xong hồ sơ thì ghi được chức vụ và tình trạng.")
        for button in (self.previous, self.next):
            button.setVisible(bool(name))
        self.previous.setEnabled(place > 1)
        self.next.setEnabled(0 < place < count)
