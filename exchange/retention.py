"""How long packages are kept: longer than any translation takes, and as long as somebody may ask what was sent."""

from django.utils import timezone

from exchange.models import BroughtFile, SentPackage, TermsImport
from reporting.retention import months_before

MONTHS = 24


def forget_packages():
    """Delete the packages made so long ago, with their texts and what came back; return how many, and before when."""
    before = months_before(timezone.localtime(), MONTHS)
    BroughtFile.objects.filter(brought_at__lt=before).delete()
    TermsImport.objects.filter(taken_at__lt=before).delete()
    _total, by_model = SentPackage.objects.filter(created_at__lt=before).delete()
    return by_model.get(SentPackage._meta.label, 0), before
