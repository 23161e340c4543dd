"""How arrows share a channel between two rows of boxes: each runs level on a track, with its words below it or beside it."""

from dataclasses import dataclass, field

from pages.lettering import width, wrapped

CLEAR = 7  # between an arrow and the words of another
LONGEST = 210  # a line of words at an arrow
LEFT, RIGHT = 180, 880  # between which words may stand


@dataclass(slots=True)
class Run:
    """An arrow's way through one channel, from `start` to `end`; each end comes from above the channel or from below."""

    channel: int
    start: float
    end: float
    from_above: bool
    to_above: bool
    words: str
    size: float
    leading: float
    level: float = 0  # set by `tracks`: where it runs, and where its words stand, from the top of the channel
    label_top: float = 0
    middle: float = 0
    lines: list = field(default_factory=list)

    def __post_init__(self):
        self.lines = wrapped(self.words, max(LONGEST, abs(self.end - self.start) - 2 * CLEAR), self.size)

    @property
    def is_straight(self):
        return abs(self.start - self.end) < 1

    @property
    def span(self):
        return min(self.start, self.end), max(self.start, self.end)

    @property
    def uprights(self):
        """The places at which it goes up from its level, and those at which it goes down."""
        ends = ((self.start, self.from_above), (self.end, self.to_above))
        return [x for x, above in ends if above], [x for x, above in ends if not above]

    @property
    def half(self):
        """Half the room that its words take from side to side."""
        return max((width(line, self.size) for line in self.lines), default=0) / 2 + 2

    @property
    def label(self):
        """The left and right end of its words, None without any."""
        return (self.middle - self.half, self.middle + self.half) if self.lines else None

    @property
    def reach(self):
        """The left and right end of all that it needs on its track."""
        return tuple(
            pick(end) for pick, end in zip((min, max), zip(self.span, self.label or self.span, strict=True), strict=True)
        )

    def middles(self):
        """Return where its words may stand, the best place first: never across its own uprights."""
        low, high = self.span
        down = self.uprights[1]
        if self.is_straight:
            found = [high + CLEAR + self.half, low - CLEAR - self.half]
        else:
            found = [(low + high) / 2]
            found += [x - CLEAR - self.half for x in down] + [x + CLEAR + self.half for x in down]
            found += [low + self.half, high - self.half]
        inside = [min(max(x, LEFT + self.half), RIGHT - self.half) for x in found]
        clear = [x for x in inside if not any(abs(x - upright) < self.half + CLEAR - 1 for upright in self._own())]
        return clear or inside

    def _own(self):
        return [self.start] if self.is_straight else self.uprights[1]


@dataclass(slots=True)
class Channel:
    """The runs between two rows, settled on tracks; `height` is what they need."""

    runs: list
    height: float


def tracks(runs, through=()):
    """Settle each run on a track and its words in a place where they touch no other words, and no arrow where that can be.

    `through` are the places at which other arrows pass from the top of the channel to its bottom.
    """
    lanes = []
    for run in sorted(runs, key=lambda run: (not (run.from_above and run.to_above), run.span[1] - run.span[0], run.span)):
        settle(run, lanes, through)
    for run in [run for lane in lanes for run in lane] * 2:  # each once more, now that it knows the others
        lanes[:] = [rest for lane in lanes if (rest := [other for other in lane if other is not run])]
        settle(run, lanes, through)
    y = 16 if lanes else 0
    for lane in lanes:
        for run in lane:
            run.level = y
            run.label_top = y + 4 if not run.is_straight else y - 4
        y += max(12 + run.leading * len(run.lines) for run in lane)
    return Channel(runs, y)


def settle(run, lanes, through):
    """Put a run on a track, an old or a new one, and its words in a place, so that the fewest arrows cross any words."""
    choices = []
    for order, middle in enumerate(run.middles() if run.lines else [run.start]):
        run.middle = middle
        for number in range(len(lanes) + 1):
            faults = crossings(run, lanes[:number], lanes[number:], through)
            choices.append((faults, True, order, -number, number, middle))  # a new track as low as can be
            if number < len(lanes) and not any(overlap(run.reach, other.reach) for other in lanes[number]):
                faults = crossings(run, lanes[:number], lanes[number + 1 :], through)
                choices.append((faults, False, order, number, number, middle))  # an old one as high as can be
    _faults, is_new, *_rank, number, run.middle = min(choices)
    if is_new:
        lanes.insert(number, [run])
    else:
        lanes[number].append(run)


def crossings(run, above, below, through):
    """Count the words that are crossed when a run lies between the tracks `above` and `below` it."""
    up, down = run.uprights
    over = [other for lane in above for other in lane]
    under = [other for lane in below for other in lane]
    return (
        sum(hits(x, run) for x in through)
        + sum(hits(x, other) for x in up for other in over)
        + sum(hits(x, other) for x in down for other in under)
        + sum(hits(x, run) for other in over for x in other.uprights[1])
        + sum(hits(x, run) for other in under for x in other.uprights[0])
    )


def hits(x, run):
    return bool(run.label) and run.label[0] - 3 < x < run.label[1] + 3


def overlap(one, other):
    return one[0] < other[1] + CLEAR and other[0] < one[1] + CLEAR


def rounded(points, radius=6):
    """Return a path along points, level and upright in turn, with rounded corners."""
    corners = turns(points)
    parts = [f"M{corners[0][0]:.0f} {corners[0][1]:.0f}"]
    for (a, b), (x, y), (c, d) in zip(corners, corners[1:], corners[2:], strict=False):
        room = min(radius, max(abs(x - a), abs(y - b)) / 2, max(abs(c - x), abs(d - y)) / 2)
        start, end = toward((x, y), (a, b), room), toward((x, y), (c, d), room)
        parts.append(f"L{start[0]:.0f} {start[1]:.0f}Q{x:.0f} {y:.0f} {end[0]:.0f} {end[1]:.0f}")
    return "".join([*parts, f"L{corners[-1][0]:.0f} {corners[-1][1]:.0f}"])


def turns(points):
    """Return the points of a path without those between two others on one line."""
    found = []
    for x, y in points:
        while len(found) > 1 and (found[-2][0] == found[-1][0] == x or found[-2][1] == found[-1][1] == y):
            found.pop()
        if not found or found[-1] != (x, y):
            found.append((x, y))
    return found


def toward(point, other, way):
    """Return the point `way` from `point` on the level or upright line to `other`."""
    (x, y), (a, b) = point, other
    length = max(abs(a - x), abs(b - y)) or 1
    return x + (a - x) / length * way, y + (b - y) / length * way
