"""What it takes to send ten thousand texts out, and to read them when they come back translated."""

import tempfile
import time
from collections import namedtuple
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management import call_command

from exchange.choosing import Choice
from exchange.formats.archive import FORMATS
from exchange.formats.packages import Head, Package
from exchange.making import ALL, make, order_package
from exchange.models import SentPackage
from exchange.reading import read_files
from exchange.sent_files import LABELS, as_sent, write_file
from tests.bench.memory import KILOBYTES
from tests.bench.site import fill
from tests.bench.table import align, whole

PAGES, FEW = 180, 25  # of a whole run, and of a quick one: with the first, there are some ten thousand texts
TEXTS = 10_000  # of which the budgets are
MOST_SECONDS = {"out": 10, "back": 30}
MOST_MEGABYTES = 100  # beyond what the process held before
Row = namedtuple("Row", "name way seconds megabytes")


def measure(number, say):
    """Return `(table, sentences)` of a site of so many pages, which it makes of an empty database."""
    say("Filling pages …")
    fill(number)
    call_command("rebuild_standing", verbosity=0)
    user = get_user_model().objects.create_superuser("exchange")
    package = order_package(Choice(), ALL, name="Bench", source="nl", target="fr", created_by=user)
    say("Measuring packages …")
    rows = [row_of("made", "out", lambda: make(package))]
    package.refresh_from_db()
    count = package.texts.count()
    for kind in FORMATS:
        rows.append(row_of(f"written, {LABELS[kind]}", "out", lambda kind=kind: write_file(package, kind).close()))
    for kind in FORMATS:
        with tempfile.TemporaryFile() as file:
            write_translated(package, kind, file)
            rows.append(row_of(f"read and judged, {LABELS[kind]}", "back", lambda file=file: bring_back(file, user)))
    lines = [["", "s", f"s for {TEXTS:,}", "MB more"]]
    lines += [
        [row.name, f"{row.seconds:.1f}", f"{row.seconds * TEXTS / count:.1f}", whole(round(row.megabytes))] for row in rows
    ]
    return align(lines), [f"- {count:,} texts from Dutch to French.", *over_budget(rows, count)]


def row_of(name, way, do):
    """Return the `Row` of something that is done once."""
    status = Path("/proc/self")
    (status / "clear_refs").write_text("5")  # the peak is counted anew (proc(5))
    before, begin = megabytes("VmRSS"), time.monotonic()
    do()
    return Row(name, way, time.monotonic() - begin, megabytes("VmHWM") - before)


def megabytes(name):
    """Return a line of what Linux says of this process: "VmRSS" is what it holds in memory now, "VmHWM" the most it held."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status[name].split()[0]) / KILOBYTES


def write_translated(package, kind, file):
    """Write the file of a package in which every text was changed, back at its beginning."""
    sent = (as_sent(text) for text in package.texts.iterator(chunk_size=1000))
    texts = (replace_target(text) for text in sent)
    FORMATS[kind].write(Package(Head(package.key, package.source, package.target), package.name, texts), file)
    file.seek(0)


def replace_target(text):
    """Return a text whose translation says what the source does, in other words where it holds no codes."""
    target = text.source if text.kind == "rich" else f"Nouveau : {text.source}"
    return type(text)(text.number, text.page, text.place, text.kind, text.source, target, text.was, None)


def bring_back(file, user):
    """Read a file whole, and let go of it."""
    [one] = read_files("terug", file, SentPackage.objects.all(), user)
    one.delete()


def over_budget(rows, count):
    """Yield a sentence for each figure beyond its budget, which grows with the number of texts."""
    out = rows[0].seconds
    for row in rows:
        seconds = row.seconds + (out if row.way == "out" and row is not rows[0] else 0)
        most = MOST_SECONDS[row.way] * count / TEXTS
        if seconds > most:
            yield f"- Over budget: {row.name}: {seconds:.1f} s, and {most:.1f} are allowed."
        if row.megabytes > MOST_MEGABYTES:
            yield f"- Over budget: {row.name}: {row.megabytes:.0f} MB more, and {MOST_MEGABYTES} are allowed."
