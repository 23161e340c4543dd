"""How much is measured, and the error that ends a run."""

from dataclasses import dataclass


class BenchError(Exception):
    """What is to be measured does not start, or does not do what it should."""


@dataclass(frozen=True, slots=True)
class Effort:
    """Of a site of so many `pages`, each figure is the median of `rounds`, and a round takes `seconds`."""

    pages: int
    rounds: int
    seconds: float


FULL = Effort(pages=3000, rounds=3, seconds=1.5)
QUICK = Effort(pages=100, rounds=1, seconds=0.5)
