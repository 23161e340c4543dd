"""What a search and a suggestion cost among thousands of pages, beside Wagtail's own search of the same texts."""

import random
import time
from dataclasses import dataclass
from itertools import islice
from statistics import median, quantiles

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from languages.codes import LANGUAGES
from newsroom.content.loading import load
from pages.models import SitePage
from search.models import Entry, Word
from search.results import find_results
from search.suggestions import find_suggestions
from search.words import words
from tests.bench.corpus import rewrite, write
from tests.bench.table import align, whole
from tests.building import make_standard
from tests.many import multiply
from tests.relevance import QUERIES

FEW, MANY = 1_000, 10_000
MOST_QUERIES, MOST_MILLISECONDS = 3, 10
LINEAR = MANY / FEW
EACH = 10  # questions of each kind that are made of the texts, a language
TIMES = 3  # that each question is asked, of which the fastest counts: other work of the machine only ever takes longer
HEADINGS = ["", "pages", "queries", "SQL ms", "95 %", "ms in all", "95 %"]
OURS, SUGGESTING, STOCK = "search", "suggestion", "Wagtail's search"


@dataclass(frozen=True, slots=True)
class Cost:
    """What questions of a kind cost: queries at most, and of milliseconds in the database and in all the median and 95 %."""

    queries: int
    sql: tuple
    wall: tuple


def measure(say):
    """Return `(table, sentences)`."""
    from tests.bench.stock import SearchedPage  # here, because only benchmarks have its application

    load(settings.BASE_DIR / "content")
    call_command("rebuild_search", verbosity=0)
    rows, costs = [HEADINGS], {}
    for number in (FEW, MANY):
        say(f"Filling {number:,} pages …")
        texts = fill(number)
        rebuilding = time_work(lambda: call_command("rebuild_search", verbosity=0))
        stocking = stock(SearchedPage, texts)
        analyse()
        say("Searching …")
        asked, typed = questions(texts)
        costs[number] = {
            OURS: cost(asked, lambda question, code: find_results(question, code)),
            SUGGESTING: cost(typed, find_suggestions),
            STOCK: cost(asked, lambda question, code: list(SearchedPage.objects.search(question)[:10])),
        }
        for name, one in costs[number].items():
            rows.append([name, whole(number), whole(one.queries), *(f"{ms:.1f}" for ms in (*one.sql, *one.wall))])
    return align(rows), [*sentences(rebuilding, stocking), *(f"- Over budget: {one}" for one in over_budget(costs))]


def fill(number):
    """Let there be so many pages, each with texts of its own; return those texts by primary key of the page."""
    homes = [SitePage.objects.get(depth=2), *SitePage.objects.filter(depth=3, show_in_menus=True, numchild__gt=0)]
    for place, home in enumerate(homes):
        key = f"many-{SitePage.objects.count()}"
        first = make_standard(home, key)
        multiply(first, (number - SitePage.objects.count()) // (len(homes) - place))
    pages = SitePage.objects.filter(url_slug_nl__startswith="many-").order_by("pk").values_list("pk", flat=True)
    return rewrite(pages)


def stock(model, texts):
    """Make a stock page for each of ours, with the same texts, and return the seconds that Wagtail took to index them."""
    model.objects.all().delete()
    first = Page.get_first_root_node().add_child(instance=model(title="many"))
    multiply(first, len(texts) - 1)
    keys = model.objects.order_by("pk").values_list("pk", flat=True)
    write(model._meta.db_table, "page_ptr_id", dict(zip(keys, texts.values(), strict=True)), ("heading", "summary", "text"))
    return time_work(lambda: index_pages(model))


def index_pages(model):
    """Index all pages of a model as Wagtail does."""
    pages = model.objects.order_by("pk").iterator(chunk_size=500)
    while batch := list(islice(pages, 500)):
        get_search_backend().add_bulk(model, batch)


def time_work(work):
    """Return the seconds that some work takes."""
    begin = time.monotonic()
    work()
    return time.monotonic() - begin


def analyse():
    """Do what PostgreSQL does by itself, but later."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def questions(texts):
    """Return questions and beginnings of such, as `[(text, language)]`: the relevance set's, and some made of the pages."""
    chosen = random.Random(MANY)
    asked, typed = [(question, code) for code, question, _key in QUERIES], []
    for code in LANGUAGES:
        for page in chosen.sample(sorted(texts), EACH):
            said = words(texts[page][f"summary_{code}"])
            place = chosen.randrange(len(said) - 2)
            heading = words(texts[page][f"heading_{code}"])
            asked += [(said[place], code), (" ".join(chosen.sample(said, 2)), code)]
            asked += [(f'"{" ".join(said[place : place + 3])}"', code), (heading[0][:-1], code), (" ".join(heading), code)]
            typed += [(heading[0][:length], code) for length in (2, 3, 4, 6)] + [(f"{heading[0]} {said[place][:3]}", code)]
    return asked, typed


def cost(questions, ask):
    """Return what it costs to ask all of `questions`."""
    queries, sql, wall = [], [], []
    for question in questions:
        runs = [one_run(ask, question) for _ in range(TIMES)]
        queries.append(runs[0][0])
        sql.append(min(run[1] for run in runs))
        wall.append(min(run[2] for run in runs))
    return Cost(max(queries), spread(sql), spread(wall))


def one_run(ask, question):
    """Return the queries of a question, and the milliseconds in the database and in all."""
    spent = []

    def timing(execute, *statement):
        begin = time.perf_counter()
        try:
            return execute(*statement)
        finally:
            spent.append(time.perf_counter() - begin)

    begin = time.perf_counter()
    with connection.execute_wrapper(timing):
        ask(*question)
    return len(spent), sum(spent) * 1000, (time.perf_counter() - begin) * 1000


def spread(values):
    """Return the median and the 95th percentile."""
    return median(values), quantiles(values, n=20)[-1]


def sizes():
    """Yield a sentence on each table of the search: rows, and bytes with and without indexes."""
    with connection.cursor() as cursor:
        for model in (Entry, Word, IndexEntry):
            table = model._meta.db_table
            cursor.execute("SELECT pg_total_relation_size(%s), pg_indexes_size(%s)", [table, table])
            everything, indexes = (f"{size / 1e6:,.0f} MB" for size in cursor.fetchone())
            yield f"- `{table}`: {model.objects.count():,} rows, {everything}, of which indexes {indexes}."


def sentences(rebuilding, stocking):
    times = f"{rebuilding:.0f} s, Wagtail's {stocking:.0f} s"
    yield f"- Writing the index of {MANY:,} pages in three languages anew takes {times}."
    yield from sizes()


def over_budget(costs):
    """Yield a sentence for each figure beyond its budget; Wagtail's have none."""
    for name in (OURS, SUGGESTING):
        few, many = costs[FEW][name], costs[MANY][name]
        if many.queries > MOST_QUERIES:
            yield f"{name}: {many.queries} queries, and {MOST_QUERIES} are allowed."
        if many.sql[0] > MOST_MILLISECONDS:
            yield f"{name}: {many.sql[0]:.1f} ms in the database, and about {MOST_MILLISECONDS} are wanted."
        if many.sql[0] / few.sql[0] > LINEAR / 2:
            yield f"{name}: {many.sql[0] / few.sql[0]:.1f} times the time for {LINEAR:.0f} times the pages."
