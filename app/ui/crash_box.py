"""The window of a bug: an apology, what was kept, and the report to copy or save."""

from PySide6.QtGui import QGuiApplication

from app.ui.dialogs import Dialogs, QuestionBox
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import TextArea
from app.ui.parts.labels import Label
from app.ui.parts.layout import Row


class CrashBox(QuestionBox):
    """Closing it leads back to the work. The report stands in it as it would be copied."""

    def __init__(self, dialogs: Dialogs, kept: str, report: str) -> None:
        close = make_button("filled", "Đóng, làm tiếp")
        close.set_key("Enter")
        sorry = (
            f"Xin lỗi đồng chí, chương trình gặp việc ngoài dự tính. {kept} Chữ đang gõ còn trên màn hình. "
            "Xin gửi báo cáo dưới đây cho người hỗ trợ; trong đó không có nội dung của sổ."
        )
        super().__init__(dialogs.window, "Có việc ngoài dự tính", sorry, close, None, ("circle-alert", "bad"))
        self._dialogs = dialogs
        self.report = TextArea(report, min_lines=5, max_lines=8, role="cap")
        self.report.setReadOnly(True)
        self.report.setAccessibleName("Báo cáo")
        self.words.addWidget(self.report)
        row = Row(spacing=8, margins=(0, 4, 0, 0))
        self.copy_button = make_button("outlined", "Chép báo cáo", "copy", on_click=self._copy)
        self.save_button = make_button("outlined", "Lưu báo cáo…", "download", on_click=self._save)
        row.addWidget(self.copy_button)
        row.addWidget(self.save_button)
        row.addStretch(1)
        self.words.addLayout(row)
        self.said = Label("", "cap", "ink2")
        self.words.addWidget(self.said)
        self.said.hide()
        close.setDefault(True)
        close.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.value())
        self._say("Đã chép. Đồng chí dán vào thư hoặc tin nhắn gửi người hỗ trợ.")

    def _save(self) -> None:
        path = self._dialogs.choose_save_file(
            "Lưu báo cáo", "bao-cao-su-co.txt", "Tệp chữ (*.txt)", purpose="bao-cao"
        )
        if path is None:
            return
        try:
            path.write_text(self.report.value() + "\n", encoding="utf-8")
        except OSError:
            self._say(f"Không ghi được vào {path}. Đồng chí chọn chỗ khác.")
        else:
            self._say(f"Đã lưu ở {path}.")

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()
