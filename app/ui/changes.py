"""What kinds of data a save has changed, so that open pages know when to read again."""

from enum import Enum, auto

from PySide6.QtCore import QObject, Signal


class Topic(Enum):
    """The kinds of data a page may show."""

    BOOK = auto()
    MEMBERS = auto()
    CONTENT_SETS = auto()
    PLEDGES = auto()
    MONTHS = auto()
    REVIEWS = auto()
    MEETINGS = auto()
    RULES = auto()
    DRAFTS = auto()


class DataChanges(QObject):
    """Tells every page what was just saved: ``changed(topics, owner)``, the owner being who saved it."""

    changed = Signal(object, object)

    def tell(self, topics: set[Topic], owner: QObject | None = None) -> None:
        """Say that these topics are not what they were."""
        if topics:
            self.changed.emit(frozenset(topics), owner)
