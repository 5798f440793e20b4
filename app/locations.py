"""Where files are: the program's resources and migrations, and the folders of the person using it."""

from contextlib import suppress
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent


def _shipped(name: str) -> Path:
    """A folder shipped with the program: inside the package when installed, beside it in a checkout."""
    installed = _PACKAGE / "_shipped" / name
    return installed if installed.is_dir() else _CHECKOUT / name


def resource(*parts: str) -> Path:
    """The path of a file shipped under resources/, for example ``resource("fonts", "Tinos-Regular.ttf")``."""
    return _shipped("resources").joinpath(*parts)


def migrations() -> Path:
    """The folder of the schema revisions."""
    return _shipped("migrations")


def user_data() -> Path:
    """The folder for the program's own data of this person (log, backups, sample book); made when missing.

    Where it cannot be made, whoever writes there meets that and says it in their own words.
    """
    from platformdirs import user_data_path

    folder = user_data_path("so-neu-guong", appauthor=False)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def documents() -> Path:
    """The folder where people look for their own files first; new books are offered a place here."""
    from platformdirs import user_documents_path

    return user_documents_path()
