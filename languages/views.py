"""Views for the editor's scripts: the columns to show, the state of texts while somebody writes, and what waits next."""

from functools import wraps

from django.apps import apps
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from languages.codes import LANGUAGES, OWN_NAMES
from languages.language_bar import visible_columns
from languages.models import AlignedModel
from languages.rights import languages_to_write
from languages.text_notes import text_notes
from languages.versions import latest_version
from languages.way_on import STEPS, describe_way, find_next_to_edit


@require_POST
def save_columns(request):
    """Keep which languages somebody wants to see side by side: POST `languages`, once for each, at least one.

    Answers `{"says": …}`; 400 where a language is unknown or none is left.
    """
    columns = request.POST.getlist("languages")
    if not columns or not set(columns) <= set(LANGUAGES):
        return JsonResponse({"says": _("Choose one language at least.")}, status=400)
    request.user.columns_shown = [code for code in LANGUAGES if code in columns]
    request.user.save(update_fields=["columns_shown"])
    names = ", ".join(OWN_NAMES[code] for code in visible_columns(request.user))
    return JsonResponse({"says": _("Shown from now on: %(languages)s.") % {"languages": names}})


def with_latest_version(view):
    """Give a view the latest draft of an object with texts, for anyone who may edit it.

    Answers `{"says": …}`: 404 where there is no such object, or one without texts; 403 to others.
    """

    @wraps(view)
    def view_of_object(request, app, model, pk):
        instance = get_aligned_object(app, model, pk)
        if instance is None:
            return JsonResponse({"says": _("This no longer exists.")}, status=404)
        if not may_edit(request.user, instance):
            return JsonResponse({"says": _("You may not edit this.")}, status=403)
        return view(request, latest_version(instance))

    return view_of_object


@require_GET
@with_latest_version
def text_states(request, latest):
    """Return `languages.text_notes` of an object."""
    return JsonResponse(text_notes(latest, languages_to_write(request.user), request.user))


@require_GET
def next_to_edit(request, app, model, pk):
    """Say what waits for somebody after an object, or before it with `step=-1`, as `languages.way_on.describe_way` does."""
    step = STEPS.get(request.GET.get("step"), 1)
    return JsonResponse(describe_way(find_next_to_edit(request.user, get_aligned_object(app, model, pk), step), step))


def get_aligned_object(app, model, pk):
    """Return an object with texts in several languages, None where there is none."""
    try:
        kind = apps.get_model(app, model)
    except LookupError:
        return None
    return kind._default_manager.filter(pk=pk).first() if issubclass(kind, AlignedModel) else None


def may_edit(user, instance):
    """Say whether somebody may open the form of a page, snippet or setting."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    return ModelPermissionPolicy(type(instance)).user_has_permission_for_instance(user, "change", instance)
