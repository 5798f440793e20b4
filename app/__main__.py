"""Starts the program: without arguments the window, otherwise the work asked for on the command line."""

import gc
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] == "open":
        load_what_needs_no_qt()
        from app.ui.start import run_window

        return run_window(given[1:])
    from app.cli.commands import run

    return run(given)


def load_what_needs_no_qt() -> None:
    """Load the half of the program below the window first, in the way that takes least time.

    Once Qt is there its import hook makes every further import dearer. Loading makes many objects and
    throws none away, so looking for garbage meanwhile only costs; ``run_window`` turns it on again.
    """
    gc.disable()
    _load_asyncio_without_tls()
    import sqlalchemy.dialects.sqlite  # noqa: F401 - the engine asks for it by name

    import app.services.books
    import app.services.desks  # noqa: F401


def _load_asyncio_without_tls() -> None:
    """SQLAlchemy brings asyncio, asyncio the whole of TLS: dear to load, and this program has no network.

    asyncio takes a Python without TLS as it comes; whoever asks for ``ssl`` later gets it.
    """
    if "ssl" not in sys.modules:
        sys.modules["ssl"] = None  # type: ignore[assignment]
        import asyncio  # noqa: F401 - what it brings is cheaper for it

        del sys.modules["ssl"]


if __name__ == "__main__":
    sys.exit(main())
