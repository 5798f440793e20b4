"""Guards around every test: no window on the screen, no file of the person's own, no unexpected warning."""

import logging
import os
import re
import sys
from collections.abc import Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

import hypothesis
import pytest

pytest_plugins = ["tests.book_fixtures"]

# A machine busy with other work is not a bug of ours, so no time limit per example.
hypothesis.settings.register_profile("gate", deadline=None, print_blob=True)
hypothesis.settings.load_profile("gate")

ExpectLog = Callable[[str], None]


_status: list[int] = []


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(exitstatus: int) -> None:
    """Remember what the tests came to."""
    _status.append(int(exitstatus))


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """End here once all is told: thousands of windows torn down by a dying interpreter may crash it."""
    if _status and "PySide6.QtWidgets" in sys.modules:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(_status[-1])


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Settings, logs and documents of the person running the tests are out of reach."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("USERPROFILE", str(home))
        patch.setenv("APPDATA", str(home / "appdata"))
        patch.setenv("LOCALAPPDATA", str(home / "appdata"))
        for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
            patch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
        yield


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The style the program starts with."""
    return ["so-neu-guong", "-style", "fusion"]


@pytest.fixture
def _expected_patterns() -> list[str]:
    return []


@pytest.fixture
def expected_log(_expected_patterns: list[str]) -> ExpectLog:
    """Declare, by a regular expression, a warning or error this test means to cause; it must then come."""
    return _expected_patterns.append


@pytest.fixture(autouse=True)
def _no_unexpected_log(caplog: pytest.LogCaptureFixture, _expected_patterns: list[str]) -> Iterator[None]:
    """A warning nobody expected is a finding."""
    yield
    said = [
        record.getMessage()
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.levelno >= logging.WARNING
    ]
    surprises = [line for line in said if not any(re.search(each, line) for each in _expected_patterns)]
    missing = [each for each in _expected_patterns if not any(re.search(each, line) for line in said)]
    assert not surprises, f"logged without being expected: {surprises}"
    assert not missing, f"expected in the log, but not there: {missing}"
