"""Differences with why they were accepted, and how many of each object nobody has accepted, for reports and lists of work."""

from django.db.models import BigIntegerField, Count, ExpressionWrapper, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from differences.models import Acceptance, Difference
from languages.codes import LANGUAGES
from languages.twin_checks.mismatch import OF_ONE_TEXT


def with_reason(differences):
    """Return differences each with the `reason` for which it was accepted, None where it was not."""
    is_of_object = Q(content_type=OuterRef("standing__content_type"), object_id=OuterRef("standing__object_id"))
    is_elsewhere = Q(elsewhere__isnull=False)
    accepted = (
        Acceptance.objects.filter(key=OuterRef("key"))
        .alias(elsewhere=ExpressionWrapper(OuterRef("elsewhere"), BigIntegerField()))
        .filter(is_of_object | is_elsewhere)
        .order_by("-accepted_at")
    )
    return differences.annotate(reason=Subquery(accepted.values("reason")[:1]))


def open_differences(languages=LANGUAGES):
    """Return the differences that nobody has accepted, of those that may be mended in one of some languages."""
    may_be_mended = Q(language__in=languages) | (Q(twin__in=languages) & ~Q(kind__in=OF_ONE_TEXT))
    return with_reason(Difference.objects.holding().filter(may_be_mended)).filter(reason=None)


def with_differences(standings, languages=LANGUAGES):
    """Return rows of the table of everything each with the number of its open differences, as `differences`."""
    of_row = open_differences(languages).filter(standing=OuterRef("pk")).order_by().values("standing")
    number = Subquery(of_row.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    return standings.annotate(differences=Coalesce(number, 0))
