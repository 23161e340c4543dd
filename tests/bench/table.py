"""The table of a run, as Markdown with aligned columns, and its place in docs/benchmarks.md."""

import re

from tests.bench.rates import BARE, STATIC, STOCK
from tests.bench.servers import CHECKOUT

DOCUMENT = CHECKOUT / "docs" / "benchmarks.md"
HEADINGS = ["", "queries", "CPU ms", "anew/s", "kept/s", "of bare", "304/s", "of bare", "cached/s", "of static"]
HEADINGS += ["HTML bytes", "gzip bytes"]
NONE = "–"

MOST_QUERIES = 5
MOST_MILLISECONDS = 15
LEAST_OF_BARE = 0.5  # a kept page, of a bare view
MOST_BYTES = 14 * 1024  # a page and its style sheet, compressed: what a connection carries in its first round trip


def table(costs, anew, kept, unchanged, cached):
    """Return the lines of the table.

    `costs` is `{name: Cost}`, that of a stock page as `STOCK` among them; `anew`, `kept`, `unchanged` and `cached` are answers
    per second by name, those of `BARE` and `STATIC` among the last three; `cached` is empty where there was no nginx.
    """
    rows = [HEADINGS]
    for name, cost in costs.items():
        figures = [whole(cost.queries), f"{cost.milliseconds:.1f}", rate(anew[name])]
        for rates, of in ((kept, BARE), (unchanged, BARE), (cached, STATIC)):
            figures += [rate(rates[name]), share(rates[name], rates[of])] if name in rates else [NONE, NONE]
        rows.append([name, *figures, whole(cost.size.plain), whole(cost.size.compressed)])
    rows.append([BARE, *[NONE] * 3, rate(kept[BARE]), "100 %", rate(unchanged[BARE]), "100 %", *[NONE] * 4])
    if cached:
        rows.append([STATIC, *[NONE] * 7, rate(cached[STATIC]), "100 %", *[NONE] * 2])
    return align(rows)


def align(rows):
    """Return the lines of a Markdown table: names to the left, figures to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return [
        "| " + " | ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) + " |"
        for row in (rows[0], rule, *rows[1:])
    ]


def whole(number):
    return f"{number:,}"


def rate(number):
    return f"{number:,.0f}" if number >= 10 else f"{number:.1f}"


def share(number, of):
    percent = number / of * 100
    return f"{percent:.0f} %" if percent >= 1 else f"{percent:.1f} %"


def over_budget(costs, stylesheet, kept):
    """Yield a sentence for each figure beyond its budget; CPU and bytes count for pages, not for the sitemap."""
    for name, cost in costs.items():
        if cost.queries > MOST_QUERIES and name != STOCK:
            yield f"{name}: {cost.queries} queries, and {MOST_QUERIES} are allowed."
        if name in {"sitemap", STOCK}:
            continue
        if cost.milliseconds > MOST_MILLISECONDS:
            yield f"{name}: {cost.milliseconds:.1f} ms of CPU, and {MOST_MILLISECONDS} are wanted."
        if kept[name] < LEAST_OF_BARE * kept[BARE]:
            yield f"{name}: kept, {share(kept[name], kept[BARE])} of a bare view, and {LEAST_OF_BARE:.0%} is wanted."
        if (size := cost.size.compressed + stylesheet.compressed) > MOST_BYTES:
            yield f"{name}: {size:,} bytes of HTML and style sheet in gzip, and {MOST_BYTES:,} are wanted."


def write(name, text):
    """Put a part of a run, such as "figures", between its two markers in docs/benchmarks.md."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    document = DOCUMENT.read_text(encoding="utf-8")
    replaced, times = re.subn(
        f"{re.escape(begin)}.*{re.escape(end)}", lambda _: f"{begin}\n\n{text}\n\n{end}", document, flags=re.DOTALL
    )
    if times != 1:
        raise ValueError(f"{DOCUMENT.name} must hold {begin} and, after it, {end}.")
    DOCUMENT.write_text(replaced, encoding="utf-8")
