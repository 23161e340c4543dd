"""Which texts are out, where that is said, and when nothing more is expected of a package."""

from collections import Counter

from django.contrib.postgres.aggregates import BoolOr
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.models import SentPackage, SentText
from languages.normalising import digest
from languages.standing import Standing
from worklists.deadlines import day_words, due_words


def texts_not_back():
    """Return the `SentText`s to be translated, of what is still there, that no file answered, whatever their package."""
    same = Standing.objects.filter(content_type=OuterRef("content_type"), object_id=OuterRef("object_id"))
    return SentText.objects.filter(Exists(same), is_context=False, is_back=False)


def texts_out():
    """Return the `SentText`s that are out: of packages that went out and from which something is expected still."""
    return texts_not_back().filter(package__closed_at=None, package__ready_at__isnull=False)


def packages_out(packages):
    """Return those of some packages from which texts are out, with their `number`, late ones first."""
    open_ones = packages.filter(Exists(texts_out().filter(package=OuterRef("pk"))), closed_at=None, ready_at__isnull=False)
    ordered = open_ones.order_by(F("deadline").asc(nulls_last=True), "created_at", "pk")
    return ordered.annotate(number=number_by_package(texts_out()))


def number_by_package(texts):
    """Return how many of some `SentText`s are of each package of an outer query, None for none: an expression."""
    of_package = texts.filter(package=OuterRef("pk")).order_by().values("package")
    return Subquery(of_package.annotate(number=Count("pk")).values("number"))


def close(package, user=None):
    """Let nothing wait for a package any more; without a user as all of it has come back."""
    package.closed_at, package.closed_by = timezone.now(), user
    package.save(update_fields=["closed_at", "closed_by"])


def reopen(package):
    package.closed_at = package.closed_by = None
    package.save(update_fields=["closed_at", "closed_by"])


def close_what_is_back(package):
    """Close a package of which everything has come back; of two files at once, the second looks when the first is done."""
    package = SentPackage.objects.select_for_update(no_key=True, of=["self"]).get(pk=package.pk)
    if not package.closed_at and not texts_out().filter(package=package).exists():
        close(package)


def out_by_place(rows, target):
    """Return the `SentText`s that are out for a language, by content type, key and address, of some rows. One query."""
    kinds, keys = {row.content_type_id for row in rows}, [row.object_id for row in rows]
    texts = texts_out().filter(package__target=target, content_type__in=kinds, object_id__in=keys).order_by("package", "number")
    found = {}
    for text in texts.select_related("package"):
        found.setdefault((text.content_type_id, text.object_id, text.address), []).append(text)
    return found


def count_out(rows, target):
    """Return how many texts of some rows are out for a language, by package: for too many rows to look at each. One query."""
    same = rows.order_by().filter(content_type=OuterRef("content_type"), object_id=OuterRef("object_id"))
    texts = texts_out().filter(Exists(same), package__target=target).order_by().values_list("package")
    return Counter(dict(texts.annotate(number=Count("pk"))))


def still_out(texts, unit):
    """Return the first of some `SentText`s of a unit that says what its source says today, None where it has to go out anew."""
    for text in texts:
        now = unit.texts[text.package.source]
        if text.kind == unit.kind and digest(now, unit.kind) == digest(text.source, text.kind):
            return text
    return None


def out_words(package, is_seen=True):
    """Say that a package is out, since when, and by when it is wanted: by name to whoever may see it."""
    values = {"name": package.name, "day": day_words(timezone.localdate(package.created_at))}
    said = (_("in ‘%(name)s’, sent out on %(day)s") if is_seen else _("in a package sent out on %(day)s")) % values
    return f"{said}, {due_words(package.deadline)}" if package.deadline else said


def with_texts_out(rows):
    """Return rows of the table of everything with what is out of each, as `newsroom.reports.sent_out` wants it.

    An alias has its texts from its source.
    """
    texts = texts_out().filter(
        content_type=OuterRef("content_type"), object_id=Coalesce(OuterRef("mirrors"), OuterRef("object_id"))
    )
    is_late = BoolOr(Q(package__deadline__lt=timezone.localdate()))
    until = Min("package__deadline")
    said = JSONObject(language="package__target", number=Count("pk"), is_late=is_late, until=until)
    return rows.annotate(texts_sent_out=ArraySubquery(texts.order_by().values("package__target").values(said=said)))
