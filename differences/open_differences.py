"""Differences with why they were accepted, and how many of each object nobody has accepted, for reports and lists of work."""

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from differences.models import Acceptance, Difference
from languages.codes import LANGUAGES
from languages.twin_checks.mismatch import OF_ONE_TEXT


def with_reason(differences):
    """Return differences each with the `reason` for which it was accepted, None where it was not."""
    accepted = Acceptance.objects.filter(
        content_type=OuterRef("standing__content_type"), object_id=OuterRef("standing__object_id"), key=OuterRef("key")
    )
    return differences.annotate(reason=Subquery(accepted.values("reason")[:1]))


def open_differences(languages=LANGUAGES):
    """Return the differences that nobody has accepted, of those that may be mended in one of some languages."""
    may_be_mended = Q(language__in=languages) | (Q(twin__in=languages) & ~Q(kind__in=OF_ONE_TEXT))
    return with_reason(Difference.objects.filter(may_be_mended)).filter(reason=None)


def with_differences(standings, languages=LANGUAGES):
    """Return rows of the table of everything each with the number of its open differences, as `differences`."""
    of_row = open_differences(languages).filter(standing=OuterRef("pk")).order_by().values("standing")
    number = Subquery(of_row.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    return standings.annotate(differences=Coalesce(number, 0))
