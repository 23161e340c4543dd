"""The other object of a difference: where its text stands, for those who may work on it; that there is one, for all others."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from languages.codes import current_language
from languages.twin_checks.mismatch import Check
from newsroom.reports import standing_rows
from staff_notes.places import field_label


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """What is said of where the other text stands, and the address of that in its form, None for anyone who may not open it."""

    says: str
    url: str | None = None


def hide_other(mismatch):
    """Return a mismatch without what another object says in it; one within one object as it is."""
    return replace(mismatch, there=()) if mismatch.elsewhere else mismatch


def is_hidden(mismatch):
    """Say whether somebody sees a mismatch without what another object says in it."""
    return mismatch.kind == Check.SAME and not mismatch.there


def visible_rows(user, mismatches):
    """Return `{key: Standing}` of the other objects of mismatches that somebody may work on; one query, none without others."""
    keys = {mismatch.elsewhere.origin.standing_id for mismatch in mismatches if mismatch.elsewhere}
    return {row.pk: row for row in standing_rows.visible_to(user).filter(pk__in=keys)} if keys and user else {}


def other_place(standing, address, language, user):
    """Return the `OtherPlace` of a text, given the row of its object, None where somebody may not work on that. No query."""
    if standing is None:
        return OtherPlace(_("The other text is in a part of the site that you may not work on."))
    name, text = standing.names.get(current_language(), ""), field_label(standing_rows.model_of(standing), address)
    says = _("The other text: %(name)s, %(text)s") % {"name": name, "text": text}
    return OtherPlace(says, standing_rows.form_at(standing, user, address, language))
