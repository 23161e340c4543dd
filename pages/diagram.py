"""Diagrams of relations: boxes in lanes, joined by arrows. Pure: texts in, geometry out.

Each lane has rows of boxes in columns. Between two rows lies a channel, in which arrows run level on tracks of their own; they
go up and down in channels and in the gaps between columns only. So no arrow runs through a box, whatever is related to what.
"""

from dataclasses import dataclass, field

from pages.lettering import wrapped
from pages.routes import Run, rounded, tracks

WIDTH, LANE = 880, 180  # the whole drawing, and the column of the lanes' titles at its left
BOX, GAP, COLUMNS = 152, 28, 4
SIZE, SMALL = 14, 13  # of letters in boxes, and of those at arrows and lanes
LEADING, SMALL_LEADING = 18, 16
BESIDE, ABOVE, AIR = 6, 12, 14  # around the words of a box, and between a row and what comes next


@dataclass(frozen=True, slots=True)
class Lane:
    """What is grouped together: `nodes` and `guests`, which stand in rows below them, as (key, text)."""

    title: str
    nodes: list
    guests: list = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text: the middle of its baseline, or its left end for a lane's title."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    key: object
    x: float
    y: float
    height: float
    lines: list  # of Text
    width: float = BOX

    @property
    def middle(self):
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow from box to box: its corners, its path with rounded corners, its head, and its words."""

    source: object
    target: object
    points: list
    path: str
    head: str
    lines: list  # of Text


@dataclass(frozen=True, slots=True)
class Diagram:
    boxes: list  # in reading order
    arrows: list
    titles: list  # of lanes, as Text
    rules: list  # the heights of the lines between lanes
    height: float
    width: float = WIDTH


def diagram(lanes, relations):
    """Return the `Diagram` of lanes and of relations (source key, target key, words). Both ends must be in a lane."""
    rows, lane_of = in_rows(lanes, relations)
    place = {key: (number, column) for number, row in enumerate(rows) for key, column, _text in row}
    ways = routed(relations, place)
    channels = [settled(number, ways) for number in range(len(rows) + 1)]
    boxes, channel_tops, tops = stacked(rows, channels, lane_of)
    arrows = [drawn(relation, ways[index], boxes, channel_tops) for index, relation in enumerate(relations)]
    titles, rules = [], []
    for lane, first in sorted({lane: number for number, lane in reversed(list(enumerate(lane_of)))}.items()):
        lines = wrapped(lanes[lane].title, LANE - 12, SMALL)
        titles += [Text(line, 0, tops[first] + 22 + SMALL_LEADING * at) for at, line in enumerate(lines)]
        rules.append(tops[first] - AIR)
    bottom = channel_tops[-1] + channels[-1].height + AIR / 2
    return Diagram(list(boxes.values()), arrows, titles, rules, bottom)


# --- Boxes


def in_rows(lanes, relations):
    """Return rows of (key, column, text), and the number of the lane of each row."""
    rows, lane_of, columns = [], [], {}
    for number, lane in enumerate(lanes):
        for start in range(0, len(lane.nodes), COLUMNS):
            part = lane.nodes[start : start + COLUMNS]
            rows.append([(key, column, text) for column, (key, text) in enumerate(part)])
            lane_of.append(number)
            columns |= {key: column for key, column, _text in rows[-1]}
        near = {key: min((columns[one] for one, other, _w in relations if other == key and one in columns), default=0)
                for key, _text in lane.guests}  # fmt: skip
        guests = sorted(lane.guests, key=lambda guest: near[guest[0]])
        for start in range(0, len(guests), COLUMNS):
            part, row, free = guests[start : start + COLUMNS], [], 0
            for left, (key, text) in zip(range(len(part), 0, -1), part, strict=True):
                column = min(max(free, near[key]), COLUMNS - left)
                row.append((key, column, text))
                free = column + 1
            rows.append(row)
            lane_of.append(number)
    return rows, lane_of


def left_of(column):
    return LANE + column * (BOX + GAP)


def stacked(rows, channels, lane_of):
    """Return the boxes by key, the top of each channel, and the top of each row."""
    boxes, channel_tops, tops, y = {}, [], [], 0
    for number, row in enumerate(rows):
        channel_tops.append(y)
        y += channels[number].height + AIR
        is_new = number == 0 or lane_of[number] != lane_of[number - 1]
        y += AIR if is_new and number else 0
        lines = {key: wrapped(text, BOX - 2 * BESIDE, SIZE * 1.04) for key, _column, text in row}
        height = max(46, 2 * ABOVE + LEADING * max(map(len, lines.values())))
        for key, column, _text in row:
            first = y + height / 2 - LEADING * (len(lines[key]) - 1) / 2 + SIZE * 0.35
            x = left_of(column)
            texts = [Text(line, x + BOX / 2, first + LEADING * at) for at, line in enumerate(lines[key])]
            boxes[key] = Box(key, x, y, height, texts)
        tops.append(y)
        y += height
    return boxes, [*channel_tops, y], tops


# --- Arrows


def routed(relations, place):
    """Return for each relation the `Run`s that lead from its source to its target: one, or two with a gap between columns."""
    sides = sides_of(relations, place)
    ports = placed_ports(sides, place)
    straighten(ports, relations, place, sides)
    found, used = [], {}
    for index, (source, target, words) in enumerate(relations):
        (row, column), (other_row, other_column) = place[source], place[target]
        from_above, to_above = other_row >= row, other_row <= row
        first, last = row + from_above, other_row + to_above
        start, end = ports[index, True], ports[index, False]
        if first == last:
            found.append([Run(first, start, end, from_above, to_above, words, SMALL, SMALL_LEADING)])
        else:
            x = corridor((column + other_column) / 2, used)
            found.append(
                [
                    Run(first, start, x, from_above, first > last, words, SMALL, SMALL_LEADING),
                    Run(last, x, end, first < last, to_above, "", SMALL, SMALL_LEADING),
                ]
            )
    return found


def settled(number, ways):
    """Return the runs of a channel on their tracks; arrows between distant rows pass through it."""
    through = [way[0].end for way in ways if len(way) > 1 and passes(number, *(run.channel for run in way))]
    return tracks([run for way in ways for run in way if run.channel == number], through)


def passes(number, first, last):
    return min(first, last) < number < max(first, last)


def sides_of(relations, place):
    """Return the arrows at each side of each box: (key, is it the lower side) -> (index, begins it here, where it leads)."""
    sides = {}
    for index, (source, target, _words) in enumerate(relations):
        (row, column), (other_row, other_column) = place[source], place[target]
        sides.setdefault((source, other_row >= row), []).append((index, True, left_of(other_column)))
        sides.setdefault((target, other_row <= row), []).append((index, False, left_of(column)))
    return sides


def placed_ports(sides, place):
    """Return where on a box each arrow ends: spread over its side, in the order in which their other ends lie."""
    ports = {}
    for (key, _lower), found in sides.items():
        x = left_of(place[key][1])
        for at, (index, begins, _other) in enumerate(sorted(found, key=lambda one: (one[2], one[1], one[0])), 1):
            ports[index, begins] = x + BOX * at / (len(found) + 1)
    return ports


def straighten(ports, relations, place, sides):
    """Let an arrow between neighbours above each other run straight, where one of its sides has no other arrow."""
    alone = {(found[0][0], found[0][1]) for found in sides.values() if len(found) == 1}
    for index, (source, target, _words) in enumerate(relations):
        (row, column), (other_row, other_column) = place[source], place[target]
        if column == other_column and abs(row - other_row) == 1:
            for own in (True, False):
                if (index, own) in alone:
                    ports[index, own] = ports[index, not own]
                    break


def corridor(column, used):
    """Return a free place in the gap right of the column nearest to `column`; the gap fills from its middle."""
    number = min(COLUMNS - 1, max(0, int(column)))
    taken = used.get(number, 0)
    used[number] = taken + 1
    step = (taken + 1) // 2 * (1 if taken % 2 else -1) * 5 % (GAP - 8)
    return left_of(number) + BOX + 4 + (GAP / 2 - 4 + step) % (GAP - 8)


def drawn(relation, runs, boxes, channel_tops):
    """Return the `Arrow` of a relation, now that all boxes and channels have their heights."""
    source, target, _words = relation
    one, other = boxes[source], boxes[target]
    levels = [channel_tops[run.channel] + run.level for run in runs]
    points = [(runs[0].start, one.y + one.height if runs[0].from_above else one.y)]
    for run, level in zip(runs, levels, strict=True):
        points += [(run.start, level), (run.end, level)]
    points.append((runs[-1].end, other.y + other.height if runs[-1].to_above else other.y))
    lines = [
        Text(line, runs[0].middle, channel_tops[runs[0].channel] + runs[0].label_top + SMALL + SMALL_LEADING * at)
        for at, line in enumerate(runs[0].lines)
    ]
    (x, y), turn = points[-1], 1 if runs[-1].to_above else -1
    head = f"M{x:.0f} {y:.0f}l-5 {9 * turn}h10z"
    return Arrow(source, target, points, rounded([*points[:-1], (x, y + 4 * turn)]), head, lines)
