"""Keeps the index up to date, in the transaction of whatever was saved, published, moved or deleted.

A page that is deleted takes its entries with it: they refer to it.
"""

from django.contrib.postgres.search import SearchQuery
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from directory.models import GlossaryTerm, Organisation, Person
from languages.codes import LANGUAGES
from languages.units import field_texts
from pages.address_writer import addresses_refreshed
from pages.models import SitePage
from search.entries import WHOLE_GLOSSARY, source
from search.indexing import lock_directory, update_entries, update_subtree
from search.models import Entry
from search.tsquery import PLAIN
from search.words import RUN_TOGETHER, words


@receiver(addresses_refreshed)
def index_pages(page, keys, **kwargs):
    update_subtree(page, keys)


@receiver(post_save)
def index_former_alias(instance, update_fields=None, **kwargs):
    """Index an alias that became a page of its own; Wagtail saves only `alias_of`."""
    if isinstance(instance, SitePage) and {"alias_of", "alias_of_id"}.intersection(update_fields or ()):
        update_entries([instance.pk])


@receiver([post_save, post_delete])
def index_pages_that_name_it(sender, instance, raw=False, **kwargs):
    if sender in (GlossaryTerm, Organisation, Person) and not raw:
        with transaction.atomic():
            lock_directory(is_for_directory=True)
            update_entries(pages_touched_by(instance))


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
