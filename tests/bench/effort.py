"""How much is measured, and the error that ends a run."""

from dataclasses import dataclass


class BenchError(Exception):
    """What is to be measured does not start, or does not do what it should."""


@dataclass(frozen=True, slots=True)
class Effort:
    """Each figure is the median of `rounds`, and a round takes `seconds`."""

    rounds: int
    seconds: float


FULL = Effort(rounds=3, seconds=1.5)
QUICK = Effort(rounds=1, seconds=0.5)
