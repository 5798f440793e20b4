"""The code of a new recovery sheet: onto paper, then typed back from the paper once."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.domain.progress import Progress
from app.services.key_holders import prove_recovery_sheet
from app.services.page_pictures import PagePictures
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.changes import Topic
from app.ui.dialogs import Dialogs
from app.ui.keys.busy import Busy
from app.ui.keys.code_groups import CodeField, CodeGroups
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import FormField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, FlowLayout, Row
from app.ui.parts.messages import MessageBar
from app.ui.parts.printers import Printers, print_pages

_SKIP = (
    "Mã chỉ hiện một lần: rời trang này thì không xem lại được. Quên mật khẩu mà không có phiếu đúng thì "
    "không ai mở được sổ nữa. Đã in phiếu thì cứ giữ, phiếu vẫn dùng được; chưa in thì lập phiếu mới trong "
    "Thiết lập. Mỗi lần mở sổ chương trình sẽ nhắc."
)
_HIDDEN = "-".join(["•••••"] * 6)


class RecoveryForm(QWidget):
    """``proved`` when the code was typed back, ``skipped`` when the person leaves it for later."""

    proved = Signal()
    skipped = Signal()

    def __init__(
        self,
        background: Background,
        dialogs: Dialogs,
        ws: Workspace,
        code: str,
        printers: Printers | None = None,
    ) -> None:
        super().__init__()
        self._background, self._dialogs = background, dialogs
        self._ws, self._code, self._printers = ws, code, printers or Printers()
        column = Column(self, spacing=14)
        column.addWidget(self._paper_card())
        column.addWidget(self._typing_card())

    def _paper_card(self) -> QWidget:
        card = Card(spacing=10)
        card.body.addWidget(Label("1. Đưa mã ra giấy", "h3"))
        self.shown = CodeGroups("h1")
        self.shown.show_code(self._code)
        card.body.addWidget(self.shown)
        ways = QWidget()
        flow = FlowLayout(ways, spacing=10)
        self.print_button = make_button("outlined", "In phiếu", "printer", "Ctrl+P", self._print)
        self.save_button = make_button("outlined", "Lưu PDF…", "file-down", on_click=self._save)
        self.show_button = make_button("ghost", "Hiện lại mã", "eye", on_click=self._show_again)
        self.show_button.hide()
        for button in (self.print_button, self.save_button, self.show_button):
            flow.addWidget(button)
        card.body.addWidget(ways)
        words = (
            "Không có máy in thì chép tay mã này ra giấy. Không chụp ảnh, không để tệp PDF lại trên máy này."
        )
        card.body.addWidget(Label(words, "cap", "ink2"))
        self.message = MessageBar()
        card.body.addWidget(self.message)
        return card

    def _typing_card(self) -> QWidget:
        card = Card(spacing=12)
        card.body.addWidget(Label("2. Gõ lại mã từ tờ giấy", "h3"))
        self.code = CodeField()
        hint = (
            "Nhìn tờ giấy mà gõ, để biết chắc giấy ghi đúng. Chữ hoa hay thường, có gạch hay không đều được."
        )
        self.field = FormField("Mã trên phiếu", self.code, hint=hint)
        self.code.edited.connect(self._typed)
        self.code.entered.connect(self.prove)
        card.body.addWidget(self.field)
        row = Row(spacing=12)
        self.done_button = make_button("filled", "Phiếu đúng, đi tiếp", "check", "Enter", self.prove)
        self.later_button = make_button("ghost", "Để sau", on_click=self.skip)
        self.busy = Busy("Đang thử mã…")
        row.addWidget(self.done_button)
        row.addWidget(self.later_button)
        row.addWidget(self.busy)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    # What the person does

    def prove(self) -> None:
        """Try the code as typed: it must open the book."""
        if not self.done_button.isEnabled():
            return
        if problem := self.code.problem():
            self.field.set_error(problem)
            self.code.take_again()
            return
        self._set_busy(True)
        work = partial(prove_recovery_sheet, self._ws, self.code.typed().code)
        self._background.write(
            self, work, changes={Topic.BOOK}, on_done=lambda _none: self.proved.emit(), on_error=self._wrong
        )

    def skip(self) -> None:
        """Để sau, after being told what that costs."""
        if self._dialogs.ask(
            "Để phiếu khôi phục lại sau?",
            _SKIP,
            act_label="Để sau",
            keep_label="Làm tiếp",
            dangerous=True,
            icon="arrow-right",
        ):
            self.skipped.emit()

    def _typed(self) -> None:
        """The code is put out of sight, so that it is the paper that is read."""
        self.field.set_error("")
        if self.code.typing.text() and self.show_button.isHidden():
            self.shown.show_code(_HIDDEN)
            self.show_button.show()

    def _show_again(self) -> None:
        self.shown.show_code(self._code)
        self.show_button.hide()
        self.code.clear()
        self.code.take_again()

    def _wrong(self, error: UserError) -> None:
        self._set_busy(False)
        self.field.set_error(str(error))
        self.code.take_again()

    def _set_busy(self, is_busy: bool) -> None:
        self.done_button.setEnabled(not is_busy)
        self.later_button.setEnabled(not is_busy)
        self.busy.setVisible(is_busy)

    # Paper

    def _save(self) -> None:
        from app.services.recovery_sheet import save_recovery_sheet, sheet_name

        title = "Lưu phiếu khôi phục"
        target = self._dialogs.choose_save_file(
            title, f"{sheet_name(self._ws)}.pdf", "Tệp PDF (*.pdf)", purpose="recovery"
        )
        if target is None:
            return

        def saved(_none: None) -> None:
            words = f"Đã lưu vào {target}. In xong thì xóa tệp này đi."
            self.message.show_message("ok", words)

        work = partial(save_recovery_sheet, self._ws, self._code, target)
        self._background.read(self, work, saved, self._say, key="save")

    def _print(self) -> None:
        from app.services.recovery_sheet import sheet_name

        if not self._printers.are_there():
            words = "Không thấy máy in. Lưu thành PDF để in ở máy khác, hoặc chép tay."
            self.message.show_message("warning", words, "Lưu PDF…", self._save)
            return
        printer = self._printers.choose(self.window(), sheet_name(self._ws), 1, two_sided=False, lying=False)
        if printer is None:
            return
        where = printer.printerName() or "máy in"
        self._background.long(
            self,
            _printing(self._ws, self._code, printer),
            title=f"In trên {where}",
            on_done=lambda _pages: self.message.show_message("ok", f"Đã chuyển phiếu sang {where}."),
            on_error=self._say,
        )

    def _say(self, error: UserError) -> None:
        self.message.show_message("error", str(error))


def _printing(ws: Workspace, code: str, printer: QPrinter) -> Callable[[Progress], int]:
    def work(progress: Progress) -> int:
        from app.services.recovery_sheet import recovery_sheet

        return print_pages(printer, PagePictures(recovery_sheet(ws, code)), (0,), progress)

    return work
