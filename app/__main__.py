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
    import sqlalchemy.dialects.sqlite  # noqa: F401 - the engine asks for it by name

    import app.services.books
    import app.services.desks  # noqa: F401


if __name__ == "__main__":
    sys.exit(main())
