"""Starts the program: without arguments the window, otherwise the work asked for on the command line."""

import gc
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] == "open":
        # Start-up makes many objects and throws none away: looking for garbage meanwhile only costs time.
        # ``run_window`` turns it on again once the first page stands.
        gc.disable()
        import sqlalchemy  # noqa: F401 - before Qt: importing it after Qt costs a third of a second more

        from app.ui.start import run_window

        return run_window(given[1:])
    from app.cli.commands import run

    return run(given)


if __name__ == "__main__":
    sys.exit(main())
