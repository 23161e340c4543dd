"""The differences of one object as staff see them: on their screen and beside texts. Found anew each time, from the draft."""

from dataclasses import dataclass, replace

from django.urls import reverse

from differences.accepting import acceptances_of
from differences.models import Acceptance
from differences.other_objects import OtherPlace, hide_other, is_hidden, other_place, visible_rows
from differences.said_pairs import pairs_of, read_others, said_before
from differences.site_checks import find_with_keys, surroundings_of_site
from differences.words import sides_of
from languages.twin_checks.mismatch import Check, Mismatch


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """A mismatch with its key, the name of its text, and how it was accepted, None where it was not.

    `place` is where the other text stands if that is in another object.
    """

    key: str
    mismatch: Mismatch
    label: str
    acceptance: Acceptance | None
    place: OtherPlace | None = None

    @property
    def kind_label(self):
        return Check(self.mismatch.kind).label

    @property
    def reason(self):
        """Why it was accepted, "" where it was not. A reason may quote the other text, and is hidden with it."""
        if not self.acceptance:
            return ""
        return self.place.says if is_hidden(self.mismatch) else self.acceptance.reason

    @property
    def sides(self):
        return sides_of(self.mismatch)


def shown_differences(instance, texts, user=None):
    """Return the `ShownDifference`s of an object with these units, as somebody may see them, None who may see no other object.

    Three queries, or two where nothing is found. Where other objects have a part in it, a query more for each kind of them,
    and those for what somebody may see.
    """
    texts = list(texts)
    pairs = pairs_of(instance, texts)
    others = read_others(said_before(instance, pairs), pairs)
    found = find_with_keys(texts, surroundings_of_site(), others)
    labels = {unit.address: unit.label for unit in texts}
    accepted = acceptances_of(instance, found) if found else {}
    visible = visible_rows(user, [mismatch for _key, mismatch in found])
    shown = [ShownDifference(key, mismatch, labels[mismatch.address], accepted.get(key)) for key, mismatch in found]
    return [show_other(one, visible, user) if one.mismatch.elsewhere else one for one in shown]


def show_other(shown, visible, user):
    """Return a difference with another object as somebody may see it, who may work on the objects of the `visible` rows."""
    where = shown.mismatch.elsewhere
    row = visible.get(where.origin.standing_id)
    mismatch = shown.mismatch if row else hide_other(shown.mismatch)
    place = other_place(row, where.address, mismatch.twin, user)
    return replace(shown, mismatch=mismatch, place=place)


def differences_url(model, pk, key=""):
    """Return the address of the screen of an object's differences, at one of them."""
    url = reverse("differences_of", args=[model._meta.app_label, model._meta.model_name, pk])
    return f"{url}#difference-{key}" if key else url
