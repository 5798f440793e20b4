"""Gói hỗ trợ in the page: part by part every word that will be in it, then the file."""

from functools import partial

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from app.services.support_bundle import BundlePart, save_bundle, support_parts
from app.ui.desk import Desk
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import TextArea
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Row
from app.ui.parts.segmented import Segmented


class SupportCard(Card):
    """Nothing is written before the person has it on view and says where."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(spacing=8)
        self._desk = desk
        self._parts: tuple[BundlePart, ...] = ()
        self.body.addWidget(Label("Gói hỗ trợ", "h3"))
        words = (
            "Dưới đây là toàn bộ những gì có trong gói: phiên bản, thiết lập máy, số đếm và nhật ký máy. "
            "Không có tên người, tên chi bộ, đường dẫn hay câu chữ nào trong sổ. Xem xong mới lưu; "
            "chương trình không tự gửi."
        )
        self.body.addWidget(Label(words, "cap", "ink2"))
        self.choice = Segmented((("", "Đang lấy…"),), name="Phần của gói hỗ trợ", chosen="")
        self.choice.chosen.connect(self._show_part)
        self.body.addWidget(self.choice)
        self.text = TextArea(min_lines=10, max_lines=16)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Nội dung phần đang xem")
        self.body.addWidget(self.text)
        row = Row(spacing=10, margins=(0, 4, 0, 0))
        self.save_button = make_button("filled", "Lưu gói hỗ trợ…", "download", on_click=self._save)
        self.close_button = make_button("outlined", "Đóng", on_click=self.hide)
        row.addWidget(self.save_button)
        row.addWidget(self.close_button)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_parts(self, parts: tuple[BundlePart, ...]) -> None:
        """Put what the bundle would hold on view."""
        self._parts = parts
        self.choice.set_options(tuple((part.name, part.title) for part in parts))
        self.choice.set_choice(parts[0].name)
        self._show_part(parts[0].name)
        self.show()
        self.choice.setFocus()  # it is read before it is saved

    def _show_part(self, name: str) -> None:
        shown = next((part for part in self._parts if part.name == name), None)
        if shown is not None:
            self.text.set_value(shown.text or "(trống)")

    def _save(self) -> None:
        name = f"goi-ho-tro-{self._desk.ws.today():%Y-%m-%d}.zip"
        target = self._desk.dialogs.choose_save_file(
            "Lưu gói hỗ trợ", name, "Gói hỗ trợ (*.zip)", purpose="bao-cao"
        )
        if target is not None:
            self._desk.background.read(
                self,
                partial(save_bundle, self._parts, target),
                lambda path: self._desk.say_done(f"Đã lưu gói hỗ trợ ở {path}."),
            )


def parts_of(desk: Desk) -> partial[tuple[BundlePart, ...]]:
    """The work that gathers the bundle; how the window looks is told by the window itself."""
    screen, preferences = QGuiApplication.primaryScreen(), desk.preferences
    size = screen.size()
    settings = {
        "qt": qVersion(),
        "window system": QGuiApplication.platformName(),
        "screen": f"{size.width()} x {size.height()}, {screen.devicePixelRatio():g}",
        "screens": str(len(QGuiApplication.screens())),
        "text scale": f"{preferences.text_scale:g}",
        "theme": preferences.theme,
        "noto": str(preferences.prefers_noto),
    }
    return partial(support_parts, desk.ws, settings)
