"""Starts the program: without arguments the window, otherwise the work asked for on the command line."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] == "open":
        import sqlalchemy  # noqa: F401 - before Qt: importing it after Qt costs a third of a second more

        from app.ui.start import run_window

        return run_window(given[1:])
    from app.cli.commands import run

    return run(given)


if __name__ == "__main__":
    sys.exit(main())
