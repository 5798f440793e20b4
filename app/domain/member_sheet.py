"""A sheet of an office's member list: what was read of it, and how a person says that it is to be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.domain.list_headings import ListedColumn, ListField
from app.domain.member_list import ListedMember


@dataclass(frozen=True, slots=True)
class MemberSheet:
    """What one sheet of the chosen file holds: its heading, its members, and the rows taken for none."""

    path: Path
    sheet: str
    sheets: tuple[str, ...]
    heading_rows: tuple[int, ...]
    columns: tuple[ListedColumn, ...]
    members: tuple[ListedMember, ...]
    passed_over: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """How a person read the sheet: the rows of the heading, and which column (by letter) means what."""

    heading_rows: tuple[int, ...]
    fields: Mapping[str, ListField | None]
