"""How long work tells the person how far it is, without knowing any window."""

from typing import Protocol


class Progress(Protocol):
    """Told at each step of long work; raises ``Cancelled`` when the person asked to stop."""

    def step(self, done: int, total: int, label: str) -> None:
        """Report ``done`` of ``total`` steps; ``label`` is what is being worked on now."""


class NoProgress:
    """For work nobody watches."""

    def step(self, done: int, total: int, label: str) -> None:
        """Ignore the report."""
