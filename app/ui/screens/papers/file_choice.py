"""How papers are saved: as PDF, Word or Excel, all in one file or a file for each member."""

from PySide6.QtCore import Signal

from app.services.paper_files import FileFormat
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card
from app.ui.parts.segmented import Segmented
from app.ui.screens.papers.tick_row import TickRow


class FileChoice(Card):
    """The kind of file. ``changed`` says that the person chose another."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=8, margins=(16, 12, 16, 14))
        self.body.addWidget(Label("Lưu thành tệp", "h3"))
        self.formats = Segmented(
            tuple((each.value, each.label) for each in FileFormat),
            name="Lưu thành tệp",
            chosen=FileFormat.PDF.value,
        )
        self.use = Label(FileFormat.PDF.use, "cap", "ink2")
        self.per_member = TickRow("Mỗi người một tệp, trong một thư mục")
        for part in (self.formats, self.use, self.per_member):
            self.body.addWidget(part)
        self.formats.chosen.connect(self._chosen)

    def file_format(self) -> FileFormat:
        """The format chosen."""
        return FileFormat(self.formats.choice())

    def is_per_member(self) -> bool:
        """Whether each member gets a file."""
        return self.per_member.is_ticked()

    def _chosen(self, _key: str) -> None:
        self.use.setText(self.file_format().use)
        self.changed.emit()
