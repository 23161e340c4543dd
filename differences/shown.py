"""The differences of one object as staff see them: on their screen and beside texts. Found anew each time, from the draft."""

from dataclasses import dataclass

from django.urls import reverse

from differences.accepting import acceptances_of
from differences.models import Acceptance
from differences.site_checks import find_with_keys, surroundings_of_site
from differences.words import sides_of
from languages.twin_checks.mismatch import Check, Mismatch


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """A mismatch with its key, the name of its text, and how it was accepted, None where it was not."""

    key: str
    mismatch: Mismatch
    label: str
    acceptance: Acceptance | None

    @property
    def kind_label(self):
        return Check(self.mismatch.kind).label

    @property
    def sides(self):
        return sides_of(self.mismatch)


def shown_differences(instance, texts):
    """Return the `ShownDifference`s of an object with these units; two queries, or one where nothing is found."""
    texts = list(texts)
    found = find_with_keys(texts, surroundings_of_site())
    labels = {unit.address: unit.label for unit in texts}
    accepted = acceptances_of(instance) if found else {}
    return [ShownDifference(key, mismatch, labels[mismatch.address], accepted.get(key)) for key, mismatch in found]


def differences_url(model, pk, key=""):
    """Return the address of the screen of an object's differences, at one of them."""
    url = reverse("differences_of", args=[model._meta.app_label, model._meta.model_name, pk])
    return f"{url}#difference-{key}" if key else url
