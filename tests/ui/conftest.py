"""What every test of the window needs: the look applied once, the lanes, settings of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.background import Background
from app.ui.changes import DataChanges
from app.ui.preferences import Preferences
from app.ui.theme import apply_theme, theme
from app.ui.vietnamese import count_in_vietnamese, speak_vietnamese


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
