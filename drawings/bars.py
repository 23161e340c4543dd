"""A bar for each day or month, divided by language: numbers in, geometry out."""

from dataclasses import dataclass

WIDTH, HEIGHT = 960, 240
LEFT, TOP, FLOOR = 64, 12, HEIGHT - 28  # where the plot begins, and its highest and lowest line
LABELS = 8  # at most, below the axis
LINES = 4  # of the grid, zero left out


@dataclass(frozen=True, slots=True)
class BarPart:
    """One language's part of a bar; `kind` is its number among the languages, from 1."""

    x: float
    y: float
    width: float
    height: float
    kind: int


@dataclass(frozen=True, slots=True)
class Text:
    """A label with the place where it is anchored."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bars:
    """What a template draws: all lengths in units of the drawing."""

    parts: list
    names: list  # labels below the axis
    scale: list  # labels of the value axis
    left: float = LEFT
    floor: float = FLOOR
    width: int = WIDTH
    height: int = HEIGHT


def bars(rows):
    """Return the `Bars` of rows of (name, numbers by language in a fixed order); the value axis begins at zero."""
    step = scale_step(max((sum(numbers) for _name, numbers in rows), default=0))
    unit = (FLOOR - TOP) / (step * LINES)
    place = (WIDTH - LEFT) / max(len(rows), 1)
    gap = min(place * 0.25, 12)
    every = -(-len(rows) // LABELS) or 1
    parts, names = [], []
    for index, (name, numbers) in enumerate(rows):
        x, height = LEFT + index * place + gap / 2, 0
        for kind, number in enumerate(numbers, 1):
            if number:
                height += number * unit
                parts.append(BarPart(x, FLOOR - height, place - gap, number * unit, kind))
        if index % every == 0:
            names.append(Text(name, x + (place - gap) / 2, HEIGHT - 8))
    scale = [Text(step * line, LEFT - 10, FLOOR - step * line * unit) for line in range(LINES + 1)]
    return Bars(parts, names, scale)


def scale_step(highest):
    """Return a round whole number of which `LINES` reach at least as high as the highest bar.

    >>> [scale_step(number) for number in (0, 4, 5, 100, 1234)]
    [1, 1, 2, 25, 500]
    """
    size = 1
    while True:
        for factor in (1, 2, 2.5, 5):
            step = factor * size
            if step == int(step) and step * LINES >= highest:
                return int(step)
        size *= 10
