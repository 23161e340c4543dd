"""What must be filled in before the site goes live, for whoever may fill it in."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.permissions import page_permission_policy

from languages.rights import writes_all
from languages.units import translated_fields
from languages.views import may_edit
from staff_notes.permissions import form_url
from staff_notes.readiness import find_missing


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A row of what is missing, with the same columns as a note."""

    place: str
    about_label: str
    text: str  # why
    is_law: bool
    url: str | None
    responsible_name: str
    find_out: str = ""
    who: str = ""
    created_at: str = ""


def missing_rows_for(user):
    """Return what is missing of what somebody may change, what the law asks for first."""
    return [missing_row(one, user) for one in find_missing() if may_fill(user, one)]


def may_fill(user, missing):
    if missing.instance is None:
        return page_permission_policy.user_has_permission(user, "add")
    is_text = missing.requirement.field in translated_fields(missing.model)
    return may_edit(user, missing.instance) and (is_text or writes_all(user))


def missing_row(missing, user):
    url = missing.instance and form_url(user, missing.model, missing.instance.pk, missing.requirement.field)
    person = get_user_display_name(missing.responsible) if missing.responsible else ""
    return MissingRow(missing.place, missing.label, missing.law or _("Not asked by law"), bool(missing.law), url, person)
