"""What every test of the window needs: the look applied once, the lanes, settings of its own."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.db.key_slots import KdfCost
from app.domain.member import CellRole
from app.services.books import create_book
from app.services.keys import new_keys
from app.ui.background import Background
from app.ui.changes import DataChanges
from app.ui.preferences import Preferences
from app.ui.theme import apply_theme, theme
from app.ui.vietnamese import count_in_vietnamese, speak_vietnamese
from tests.book_fixtures import FakeClock
from tests.builders import a_book, add_member


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says at every window that it has no window manager; that is no finding."""
    for item in items:
        if "tests/ui" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    speak_vietnamese(qapp)
    count_in_vietnamese()
    apply_theme(qapp)
    return qapp


@pytest.fixture(autouse=True)
def _usual_look(qapp: QApplication) -> Iterator[None]:
    """A test that changes scale or theme leaves no trace."""
    yield
    if theme.scale != 1.0 or theme.dark:
        apply_theme(qapp)


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(tmp_path / "cua-so.ini")


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    lanes = Background(DataChanges())
    yield lanes
    lanes.shutdown()


PHRASE = "trâu ra bờ giếng"


@dataclass(frozen=True, slots=True)
class LockedBook:
    """A closed book with a password of its own: its folder, what opens it, its secretary."""

    folder: Path
    code: str
    secretary: str


@pytest.fixture(scope="session")
def template_locked(tmp_path_factory: pytest.TempPathFactory) -> LockedBook:
    """Made once, at the least cost there may be."""
    folder = tmp_path_factory.mktemp("locked") / "dong-tien.neuguong"
    clock = FakeClock()
    keys = new_keys(PHRASE, clock.now(), KdfCost())
    ws = create_book(folder, a_book(), keys, clock)
    secretary = add_member(ws, "Trần Thị Bình", CellRole.SECRETARY)
    add_member(ws, "Lê Văn Cường", CellRole.DEPUTY_SECRETARY)
    ws.close()
    return LockedBook(folder, keys.recovery_code, secretary)


@pytest.fixture
def locked_book(template_locked: LockedBook, tmp_path: Path) -> LockedBook:
    """A locked book of the test's own."""
    folder = shutil.copytree(template_locked.folder, tmp_path / "so" / template_locked.folder.name)
    return replace(template_locked, folder=Path(folder))
