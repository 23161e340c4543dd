"""Which translations came back and wait until somebody takes them over, or keeps what stands here."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject

from exchange.judging import TAKEABLE, Verdict
from exchange.models import ImportedText
from languages.standing import Standing

# Of one text of one file, whatever other files say: `texts_to_decide` leaves out what a later one answered, or what is gone.
UNSETTLED = {"verdict__in": TAKEABLE, "is_taken": False, "kept_at": None}


def texts_to_decide():
    """Return the `ImportedText`s that wait, of what is still there: of several answers the last, of nothing that was undone."""
    same = Standing.objects.filter(content_type=OuterRef("sent__content_type"), object_id=OuterRef("sent__object_id"))
    later = ImportedText.objects.filter(sent=OuterRef("sent"), pk__gt=OuterRef("pk"), verdict__in=[*TAKEABLE, Verdict.ALREADY])
    return ImportedText.objects.filter(Exists(same), ~Exists(later), of__undone_at=None, **UNSETTLED).order_by()


def number_to_decide(**of):
    """Return how many texts wait of what an outer query names, None for none: an expression."""
    [name] = of
    return Subquery(texts_to_decide().filter(**of).values(name).annotate(number=Count("pk")).values("number"))


def packages_back(packages):
    """Return those of some packages of which texts wait, those that wait longest first.

    Each has their `number`, and of the file that came first the key and the moment: `first_import`, `since`.
    """
    texts = texts_to_decide().filter(sent__package=OuterRef("pk"))
    first = texts.order_by("of")[:1]
    return (
        packages.filter(Exists(texts))
        .annotate(
            number=number_to_decide(sent__package=OuterRef("pk")),
            first_import=Subquery(first.values("of")),
            since=Subquery(first.values("of__uploaded_at")),
        )
        .order_by("since", "pk")
    )


def with_texts_back(rows):
    """Return rows of the table of everything with what is to be taken over of each, as `newsroom.reports.sent_out` wants it.

    An alias has its texts from its source.
    """
    texts = texts_to_decide().filter(
        sent__content_type=OuterRef("content_type"), sent__object_id=Coalesce(OuterRef("mirrors"), OuterRef("object_id"))
    )
    said = JSONObject(language="sent__package__target", number=Count("pk"))
    return rows.annotate(texts_back=ArraySubquery(texts.values("sent__package__target").values(said=said)))
