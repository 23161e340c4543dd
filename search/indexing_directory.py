"""Indexes the pages whose words an entry of the directory gives, in the transaction of whatever changes it."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.postgres.search import SearchQuery
from django.db import connection, transaction
from django.db.models import Q

from directory.models import GlossaryTerm
from languages.codes import LANGUAGES
from languages.units import field_texts
from search.entries import WHOLE_GLOSSARY, source
from search.indexing import lock_directory, update_entries
from search.models import Entry
from search.tsquery import PLAIN
from search.words import RUN_TOGETHER, words

waiting = ContextVar("waiting", default=None)  # the entries saved within `index_once`


@contextmanager
def index_once():
    """Index the pages of all entries that are saved within it once, at its end: many may stand on the same pages."""
    entries = []
    with transaction.atomic():
        token = waiting.set(entries)
        try:
            yield
        finally:
            waiting.reset(token)
        if entries:
            index_pages_of(entries)


def index_pages_naming(entry):
    """Index the pages that name an entry, or that may name it as it is now; within `index_once` at its end."""
    entries = waiting.get()
    if entries is None:
        index_pages_of([entry])
    else:
        entries.append(entry)


@transaction.atomic
def index_pages_of(entries):
    lock_directory(is_for_directory=True)
    update_entries(sorted(set().union(*map(pages_touched_by, entries))))


def pages_touched_by(entry):
    """Return the primary keys, in order, of the pages whose words an entry of the directory gives, or may give as it is now.

    Each condition has an index of its own. To read all rows instead looks cheaper to PostgreSQL, which does not count that
    their long columns are stored apart.
    """
    rows = [Entry.objects.filter(condition).order_by().values_list("page", flat=True) for condition in touched_by(entry)]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        keys = sorted(set(rows[0].union(*rows[1:])))
        cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")
    return keys


def touched_by(entry):
    """Return the conditions on entries of which one holds for those that an entry of the directory touches."""
    touched = [Q(sources__contains=[source(type(entry), entry.pk)])]
    if isinstance(entry, GlossaryTerm):
        touched.append(Q(sources__contains=[WHOLE_GLOSSARY]))
        touched += [Q(language=code) & may_say(form) for code, form in forms_of(entry)]
    return touched


def may_say(form):
    """Return the condition on entries of a language that a form may stand in their texts: all its words do, in any order.

    As they are written, since a language has stop words and a term may go on in the next paragraph. What runs together with its
    neighbour in some texts, such as the figures of "1 600", is looked for as letters.
    """
    all_words = words(form)
    separate = [word for word in all_words if not RUN_TOGETHER.fullmatch(word)]
    if separate:
        return Q(vector=SearchQuery(" ".join(separate), config=PLAIN, search_type="plain"))
    if not all_words:
        return Q(pk=None)
    first = all_words[0]
    return Q(passages__icontains=first) | Q(summary__icontains=first) | Q(words__contains=[first])


def forms_of(term):
    """Yield `(language, form)` for all that may stand for a term in texts."""
    abbreviations = field_texts(term, "abbreviation").values()
    for code in LANGUAGES:
        own = [field_texts(term, name)[code] for name in ("term", "synonyms", "inflections")]
        yield from ((code, form) for text in own for form in text.split(";") if words(form))
        yield from ((code, form) for form in abbreviations if words(form))
