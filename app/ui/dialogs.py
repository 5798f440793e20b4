"""The only modal boxes: a decision, a reason, a file. Everything else stays in the page."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from app.domain.text import nfc
from app.locations import documents
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.fields import FormField, TextArea
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Column, Ground, Row
from app.ui.preferences import Preferences
from app.ui.theme import px

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog

WINDOW_TITLE = "Sổ đăng ký nêu gương"
_WIDTH = 560


class QuestionBox(QDialog):
    """Title = question, text = consequence; the safe button left (Esc), the deciding one right."""

    def __init__(
        self,
        parent: QWidget | None,
        question: str,
        consequence: str,
        act: Button,
        keep: Button | None,
        icon: tuple[str, str] = ("circle-help", "pri"),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(WINDOW_TITLE)
        self.setModal(True)
        self.setProperty("ground", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.act, self.keep = act, keep
        self._column = column = Column(self, spacing=0)
        top = Row(spacing=16, margins=(24, 24, 24, 20))
        top.addWidget(IconLabel(*icon, size=27), 0, Qt.AlignmentFlag.AlignTop)
        self.words = Column(spacing=6)
        self.question = Label(question, "h3")
        self.consequence = Label(consequence, "body", "ink2")
        self.words.addWidget(self.question)
        self.words.addWidget(self.consequence)
        if not consequence:
            self.consequence.hide()
        top.addLayout(self.words, 1)
        column.addLayout(top, 1)
        foot = Ground("action")
        row = Row(foot, spacing=10, margins=(20, 12, 20, 12))
        row.addStretch(1)
        if keep is not None:
            keep.clicked.connect(self.reject)
            row.addWidget(keep)
        act.clicked.connect(self.accept)
        row.addWidget(act)
        column.addWidget(foot)
        self.setAccessibleName(question)
        self.setAccessibleDescription(consequence)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)

    def _fit(self) -> None:
        # Labels that wrap know their height only once the width is settled.
        width = min(px(_WIDTH), self.screen().availableGeometry().width() - 40)
        self.resize(width, self._column.totalHeightForWidth(width))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._fit()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            pressed = self.focusWidget()
            if isinstance(pressed, Button):
                pressed.click()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        super().closeEvent(event)


class Dialogs:
    """Asks the person; handed to every screen, so that tests can answer instead.

    ``is_barred`` says that a locked screen lies over the desk that asks: nothing is shown then, and what is
    left unanswered changes nothing.
    """

    def __init__(self, window: QWidget | None, preferences: Preferences) -> None:
        self._window = window
        self._preferences = preferences
        self.is_barred: Callable[[], bool] = lambda: False

    @property
    def window(self) -> QWidget | None:
        """The window the boxes stand over."""
        return self._window

    def ask(
        self,
        question: str,
        consequence: str,
        *,
        act_label: str,
        keep_label: str = "Thôi",
        dangerous: bool = False,
        icon: str = "",
    ) -> bool:
        """A decision; True when the act was chosen. When data would go (``dangerous``) Enter keeps it.

        ``icon`` is the act's own where what goes is not thrown away.
        """
        act_icon = (icon or "trash-2") if dangerous else None
        act = make_button("danger" if dangerous else "filled", act_label, act_icon)
        keep = make_button("outlined", keep_label)
        keep.set_key("Esc")
        shown = ("circle-alert", "bad") if dangerous else (icon or "circle-help", "pri")
        box = QuestionBox(self._window, question, consequence, act, keep, shown)
        default = keep if dangerous else act
        if not dangerous:
            act.set_key("Enter")
        default.setDefault(True)
        default.setFocus()
        return self._run(box)

    def ask_text(
        self,
        question: str,
        consequence: str,
        *,
        label: str = "Lý do",
        act_label: str,
        keep_label: str = "Thôi",
        placeholder: str = "",
    ) -> str | None:
        """A decision that needs words (a reason); None when it was dropped. Empty words are not taken."""
        act = make_button("filled", act_label)
        keep = make_button("outlined", keep_label)
        keep.set_key("Esc")
        box = QuestionBox(self._window, question, consequence, act, keep, ("lock-open", "late"))
        area = TextArea(placeholder=placeholder)
        field = FormField(label, area)
        box.words.addWidget(field)
        act.clicked.disconnect()

        def accept() -> None:
            if area.value().strip():
                box.accept()
            else:
                field.set_error(f"Đồng chí chưa ghi {label[:1].lower()}{label[1:]}.")
                area.setFocus()

        act.clicked.connect(accept)
        act.set_key("Ctrl+Enter")
        area.setFocus()
        return nfc(area.value()).strip() if self._run(box) else None

    def tell(self, title: str, text: str, *, close_label: str = "Đã rõ") -> None:
        """Something the person must have read; rare, as most is said in the page."""
        act = make_button("filled", close_label)
        act.set_key("Enter")
        box = QuestionBox(self._window, title, text, act, None, ("info", "pri"))
        act.setDefault(True)
        act.setFocus()
        self._run(box)

    def choose_open_file(self, title: str, filters: str, *, purpose: str) -> Path | None:
        """A file to read; ``filters`` as "Tệp Excel (*.xlsx)", ``purpose`` remembers the folder."""
        dialog = self._file_dialog(title, purpose)
        dialog.setFileMode(dialog.FileMode.ExistingFile)
        dialog.setNameFilter(filters)
        return self._chosen(dialog, purpose)

    def choose_folder(self, title: str, *, purpose: str) -> Path | None:
        """A folder that exists or is made in the dialog."""
        dialog = self._file_dialog(title, purpose)
        dialog.setFileMode(dialog.FileMode.Directory)
        dialog.setOption(dialog.Option.ShowDirsOnly)
        return self._chosen(dialog, purpose)

    def choose_save_file(self, title: str, name: str, filters: str, *, purpose: str) -> Path | None:
        """Where to write a file; ``name`` is the name offered. Writing over a file is asked about."""
        dialog = self._file_dialog(title, purpose)
        dialog.setAcceptMode(dialog.AcceptMode.AcceptSave)
        dialog.setFileMode(dialog.FileMode.AnyFile)
        dialog.setNameFilter(filters)
        dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
        dialog.selectFile(name)
        return self._chosen(dialog, purpose)

    def _file_dialog(self, title: str, purpose: str) -> "QFileDialog":
        # Qt's largest dialog is loaded when first asked for, not at every start.
        from PySide6.QtWidgets import QFileDialog

        folder = self._preferences.folder(purpose) or documents()
        if not folder.is_dir():
            folder = Path.home()
        dialog = QFileDialog(self._window, title, str(folder))
        # Windows' own dialog knows the PC's drives; elsewhere Qt's own one is Vietnamese.
        dialog.setOption(dialog.Option.DontUseNativeDialog, sys.platform != "win32")
        return dialog

    def _chosen(self, dialog: "QFileDialog", purpose: str) -> Path | None:
        taken = self._run(dialog)
        files = dialog.selectedFiles()
        if not taken or not files:
            return None
        path = Path(files[0])
        self._preferences.remember_folder(purpose, path if path.is_dir() else path.parent)
        return path

    def _run(self, box: QDialog) -> bool:
        if self.is_barred():
            box.deleteLater()
            return False
        focused = self._window.focusWidget() if self._window is not None else None
        accepted = box.exec() == QDialog.DialogCode.Accepted
        box.deleteLater()
        if focused is not None:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
        return accepted
