"""What was just saved or printed, staying until the next thing is done, with ways to the file."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.ui.parts.buttons import make_button
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Ground, Row
from app.ui.parts.messages import announce


class SavedBar(Ground):
    """“Đã lưu 112 trang…” with “Mở tệp” and “Mở thư mục”."""

    def __init__(self) -> None:
        super().__init__("ok")
        row = Row(self, spacing=10, margins=(14, 6, 8, 6))
        row.addWidget(IconLabel("circle-check", "ok", 20))
        self.words = Label("")
        row.addWidget(self.words, 1)
        self.open_file = make_button("ghost", "Mở tệp", "file-text", on_click=self._open_file)
        self.open_folder = make_button("ghost", "Mở thư mục", "folder-open", on_click=self._open_folder)
        for button in (self.open_file, self.open_folder):
            row.addWidget(button)
        self._path = self._folder = Path()
        self.hide()

    def show_file(self, words: str, path: Path) -> None:
        """A file was written."""
        self._show(words)
        self._path, self._folder = path, path.parent
        self.open_file.show()
        self.open_folder.show()

    def show_folder(self, words: str, folder: Path) -> None:
        """A folder of files was written."""
        self._show(words)
        self._folder = folder
        self.open_file.hide()
        self.open_folder.show()

    def show_words(self, words: str) -> None:
        """Something was done that left no file."""
        self._show(words)
        self.open_file.hide()
        self.open_folder.hide()

    def _show(self, words: str) -> None:
        self.words.setText(words)
        self.setAccessibleName(words)
        self.show()
        announce(self)

    def _open_file(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
