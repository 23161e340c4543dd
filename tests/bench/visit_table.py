"""The tables of first visits and of Lighthouse's scores, and what is over budget in them."""

from tests.bench.lighthouse import CATEGORIES
from tests.bench.table import MOST_BYTES, NONE, align, whole

HEADINGS = [
    "",
    "language",
    "requests",
    "brotli",
    "gzip",
    "plain",
    "script",
    "HTML + CSS",
    "in gzip",
    "HTML",
    "LCP ms",
    "CLS",
]
MOST_REQUESTS = 4
MOST_ON_THE_WIRE = 30 * 1024, 100 * 1024  # without pictures and maps, and with them
LATEST_PAINT, MOST_SHIFT = 2500, 0.1  # what web.dev calls good
ERRORS = {"not found"}
NOT_FOR_SEARCH = {*ERRORS, "feedback"}  # `noindex` on purpose


def table(visits):
    """Return the lines of the table of `visits`, {(template, language): Visit}."""
    rows = [HEADINGS]
    for (name, language), visit in visits.items():
        sizes = [visit.brotli, visit.gzip, visit.plain, visit.script, visit.page, visit.page_gzip, visit.html]
        rows.append([name, language, str(visit.requests), *map(whole, sizes), f"{visit.lcp:,.0f}", f"{visit.cls:.3f}"])
    return align(rows)


def over_budget(visits):
    """Yield a sentence for each figure beyond its budget."""
    for place, visit in visits.items():
        name = ", ".join(place)
        most = MOST_ON_THE_WIRE[visit.pictures > 0]
        if visit.requests - visit.pictures > MOST_REQUESTS:
            yield f"{name}: {visit.requests} requests, and {MOST_REQUESTS} are allowed, pictures aside."
        if visit.gzip > most:
            yield f"{name}: {visit.gzip:,} bytes on the wire, and {most:,} are allowed."
        if visit.page > MOST_BYTES:
            yield f"{name}: {visit.page:,} bytes of HTML and style sheet in brotli, and {MOST_BYTES:,} are wanted."
        if visit.lcp > LATEST_PAINT:
            yield f"{name}: the largest part appears after {visit.lcp:,.0f} ms, and {LATEST_PAINT:,} are allowed."
        if visit.cls > MOST_SHIFT:
            yield f"{name}: parts move by {visit.cls:.3f}, and {MOST_SHIFT} is allowed."


def lighthouse_table(reports):
    """Return the lines of the table of `reports`, {(template, language): ({category: score}, findings)}."""
    rows = [["", "language", *CATEGORIES]]
    for (name, language), (scores, _findings) in reports.items():
        rows.append(
            [
                name,
                language,
                *(str(scores[category]) for category in judged_categories(name)),
                *[NONE] * (name in NOT_FOR_SEARCH),
            ]
        )
    return align(rows)


def judged_categories(name):
    """Return the categories that count for a template."""
    return CATEGORIES[: -1 if name in NOT_FOR_SEARCH else None]


def below_hundred(reports):
    """Yield a sentence for each category below 100, with the audits that took points."""
    for place, (scores, findings) in reports.items():
        for category in judged_categories(place[0]):
            if scores[category] < 100:
                reasons = "; ".join(line.partition(": ")[2] for line in findings if line.startswith(f"{category}: "))
                yield f"{', '.join(place)}: {category} {scores[category]}, and 100 is wanted: {reasons}."
