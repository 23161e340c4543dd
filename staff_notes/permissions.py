"""Who may read and write which notes: whoever may change what they are about."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page
from wagtail.permissions import ModelPermissionPolicy, page_permission_policy

from languages.codes import current_language
from languages.models import AlignedModel
from languages.units import translated_fields
from staff_notes.models import StaffNote, kind_of_carrier


def visible_to(user):
    """Return the notes on all that somebody may change."""
    pages = Q(content_type=kind_of_carrier(Page))
    if not user.is_superuser:
        editable = page_permission_policy.instances_user_has_permission_for(user, "change")
        pages &= Q(object_id__in=editable.order_by().values("pk"))
    others = [
        model
        for model in apps.get_models()
        if issubclass(model, AlignedModel)
        and not issubclass(model, Page)
        and ModelPermissionPolicy(model).user_has_permission(user, "change")
    ]
    kinds = ContentType.objects.get_for_models(*others)
    return StaffNote.objects.filter(pages | Q(content_type__in=[kind.pk for kind in kinds.values()]))


def form_url(user, model, pk, about=""):
    """Return the address of a form, at the field or block that a note is about; None for anyone who may not open it."""
    if issubclass(model, Page):
        url = reverse("wagtailadmin_pages:edit", args=[pk])
    else:
        url = AdminURLFinder(user).get_edit_url(model(pk=pk))
    if not url or not about:
        return url
    is_translated = about in translated_fields(model)
    return f"{url}#unit={about}:{current_language()}" if is_translated else f"{url}#:w:contentpath={about}"
