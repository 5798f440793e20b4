"""How papers are saved: as PDF, Word or Excel, all in one file or a file for each member."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.services.paper_files import FileFormat
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, Row
from app.ui.parts.segmented import Segmented
from app.ui.screens.papers.tick_row import TickRow


class FileChoice(QWidget):
    """The kind of file. ``changed`` says that the person chose another."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = Column(self, spacing=6, margins=(0, 2, 0, 0))
        self.formats = Segmented(
            tuple((each.value, each.label) for each in FileFormat),
            name="Lưu thành tệp",
            chosen=FileFormat.PDF.value,
        )
        line = Row(spacing=10)
        line.addWidget(Label("Lưu thành tệp"), 1)
        line.addWidget(self.formats, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(line)
        self.per_member = TickRow("Mỗi người một tệp, trong một thư mục")
        column.addWidget(self.per_member)
        self.formats.chosen.connect(lambda _key: self._chosen())
        self._chosen()

    def file_format(self) -> FileFormat:
        """The format chosen."""
        return FileFormat(self.formats.choice())

    def is_per_member(self) -> bool:
        """Whether each member gets a file."""
        return self.per_member.is_ticked()

    def _chosen(self) -> None:
        self.formats.setToolTip(self.file_format().use)
        self.changed.emit()
