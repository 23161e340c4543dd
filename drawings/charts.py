"""Small charts of a figure over the years: points in, geometry out.

Time is to scale on the x axis, the value axis begins at zero. A value that holds for several years is a dot on a bar. Only
values that count the same thing are joined by a line.
"""

from dataclasses import dataclass
from decimal import Decimal

from drawings.lettering import width

WIDTH, HEIGHT = 320, 168
TOP, FLOOR, RIGHT = 26, HEIGHT - 24, 12  # the highest and the lowest line of the plot, and the room beside it
SIZE = 14  # of letters
BELOW = 26  # how much higher the lowest line stands where labels hang below it, from values below zero
DOT = 5
ROUND = [Decimal(digits) for digits in ["1", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10"]]


@dataclass(frozen=True, slots=True)
class Point:
    """A value and the years it holds for; `is_comparable` when it counts the same thing as the newest."""

    first: int
    last: int
    value: Decimal
    is_comparable: bool = True


@dataclass(frozen=True, slots=True)
class Label:
    """A text with the middle of its baseline, and the room it takes."""

    text: str
    x: float
    y: float

    @property
    def box(self):
        """The left, top, right and bottom of the text."""
        half = width(self.text, SIZE) / 2
        return self.x - half, self.y - SIZE * 0.8, self.x + half, self.y + SIZE * 0.25


@dataclass(frozen=True, slots=True)
class Dot:
    """A point in its place; `left` and `right` are the ends of its bar, the same for a single year."""

    x: float
    y: float
    left: float
    right: float
    is_comparable: bool
    radius: int = DOT

    @property
    def is_span(self):
        return self.right - self.left > 2 * DOT


@dataclass(frozen=True, slots=True)
class Chart:
    """What a template draws: all lengths in units of the drawing."""

    dots: list
    values: list
    years: list
    scale: list  # labels of the value axis
    grid: list  # the height of a line for each of them
    zero: float
    line: str  # of the comparable values, "" where there are fewer than two
    left: float
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Axes:
    """Where years and values lie: from `first` to `last` and from `low` to `high`."""

    left: float
    first: int
    last: int
    low: Decimal
    high: Decimal

    def x(self, year):
        start, end = self.left + 26, WIDTH - RIGHT - 26
        span = self.last - self.first
        return start + (end - start) * (year - self.first) / span if span else (start + end) / 2

    def y(self, value):
        floor = FLOOR - BELOW if self.low else FLOOR
        return float(floor - (floor - TOP) * float((value - self.low) / (self.high - self.low)))

    def dot(self, point):
        left, right = self.x(point.first), self.x(point.last)
        return Dot((left + right) / 2, self.y(point.value), left, right, point.is_comparable)


def years_of(text):
    """Return the first and the last year of "2023" or "2023-2025"."""
    first, _dash, last = text.replace("–", "-").partition("-")
    return tuple(sorted((int(first), int(last or first))))


def write_years(first, last):
    """Write a year or a span of years with an en dash."""
    return str(first) if first == last else f"{first}–{last}"


def chart(points, write):
    """Return the `Chart` of points; `write` is the function that writes a number in the reader's language."""
    points = sorted(points, key=lambda point: (point.first + point.last, point.first))
    low, high = limits([point.value for point in points])
    ends = {end: write(end.normalize()) for end in sorted({low, Decimal(0), high})}
    left = max(width(text, SIZE) for text in ends.values()) + 10
    axes = Axes(left, min(point.first for point in points), max(point.last for point in points), low, high)
    zero = axes.y(0)
    dots = [axes.dot(point) for point in points]
    joined = [dot for dot in dots if dot.is_comparable]
    shown = [end for end in ends if not end or abs(axes.y(end) - zero) > SIZE * 1.2]  # no label stands on that of zero
    scale = [Label(ends[end], left - 8 - width(ends[end], SIZE) / 2, axes.y(end) + 4) for end in shown]
    return Chart(
        dots=dots,
        values=value_labels(dots, [write(point.value.normalize()) for point in points], left, zero, scale),
        years=year_labels(dots, [write_years(point.first, point.last) for point in points], left, scale),
        scale=scale,
        grid=[axes.y(end) for end in shown],
        zero=zero,
        line=" ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in joined) if len(joined) > 1 else "",
        left=left,
    )


def limits(values):
    """Return the ends of the value axis: zero, and the next round number beyond the values."""
    low, high = min(0, *values), max(0, *values)
    return (-round_up(-low) if low else Decimal(0)), (round_up(high) if high or not low else Decimal(0))


def round_up(value):
    """Return the next round number at or above a positive value; 1 for zero."""
    if not value:
        return Decimal(1)
    power = Decimal(10) ** Decimal(value).adjusted()
    return next(step * power for step in ROUND if step * power >= value)


def value_labels(dots, texts, left, zero, scale):
    """Return the labels of the dots that fit, the newest first, then the oldest: at best away from zero, beside no stem."""
    taken = [(dot.x - DOT, dot.y - DOT, dot.x + DOT, dot.y + DOT) for dot in dots]
    taken += [label.box for label in scale]
    above, below = -11, 20

    def heights(dot):
        return (dot.y + below, dot.y + above) if dot.y > zero else (dot.y + above, dot.y + below)

    return place_labels(dots, texts, taken, heights, FLOOR - 2, left)


def year_labels(dots, texts, left, scale):
    """Return the labels below the axis that fit, each year once."""
    first_with = {}
    for dot, text in zip(dots, texts, strict=True):
        first_with.setdefault(text, dot)
    taken = [label.box for label in scale]
    return place_labels(list(first_with.values()), list(first_with), taken, lambda dot: (HEIGHT - 6,), HEIGHT, left)


def place_labels(dots, texts, taken, heights, lowest, left):
    """Return the labels that touch nothing and end above `lowest`, each at the first of its heights that is free.

    They stand right of `left`, which is the scale's, as long as there is room.
    """
    taken, labels = list(taken), {}
    order = sorted(range(len(dots)), key=lambda index: (index != len(dots) - 1, index != 0, index))
    for index in order:
        half = width(texts[index], SIZE) / 2
        x = min(max(dots[index].x, left + half), WIDTH - half - 1)
        for y in heights(dots[index]):
            label = Label(texts[index], x, y)
            free = label.box[1] >= 0 and label.box[3] <= lowest and not any(touch(label.box, box) for box in taken)
            if free:
                taken.append(label.box)
                labels[index] = label
                break
    return [labels[index] for index in sorted(labels)]


def touch(one, other, gap=2):
    """Say whether two boxes are closer to each other than `gap`."""
    return one[0] < other[2] + gap and other[0] < one[2] + gap and one[1] < other[3] + gap and other[1] < one[3] + gap
