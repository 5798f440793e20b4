"""The list of backups as a table: in words, what opens each, where it lies."""

from app.services.backup_list import BackupLine
from app.ui.parts.record_model import Column
from app.ui.parts.record_table import RecordTable

_ROW_HEIGHT = 48


def backup_table() -> RecordTable[BackupLine]:
    """The newest on top, two lines each."""
    columns: tuple[Column[BackupLine], ...] = (
        Column(
            "Bản sao",
            lambda line: line.words,
            stretch=1,
            width=300,
            below=lambda line: line.openers,
            sort_key=lambda line: line.made_at,
        ),
        Column("Nơi cất", _where, width=130, role="cap"),
    )
    return RecordTable(columns, lambda line: str(line.path), name="Các bản sao", row_height=_ROW_HEIGHT)


def _where(line: BackupLine) -> str:
    return f"{line.place}, giữ lâu dài" if line.is_pinned else line.place
