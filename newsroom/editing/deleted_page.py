"""The answer to somebody who saves what has been deleted in the meantime: a word about it, and all that was typed."""

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, JsonResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.admin.panels import get_edit_handler
from wagtail.admin.utils import get_user_display_name
from wagtail.models import ModelLogEntry, Page, PageLogEntry
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import page_permission_policy

from languages.codes import OWN_NAMES
from languages.form_content import shape_of
from languages.texts import is_filled
from languages.units import units
from languages.word_diff import mark_changes
from pages.addresses import HOME_DEPTH


def give_back_texts(request, model, pk):
    """Answer a posted form of an object that is gone.

    Raises Http404 where nothing is known to have been there, and just so for whoever could not have changed it.
    """
    entry = entry_of_deleted(request.user, model, pk)
    return answer_with_texts(request, entry.content_type.model_class(), message_about(entry.label, entry.user))


def give_back_texts_of_page(request, page, user):
    """Answer a posted form of a page that is being deleted on behalf of `user`, None for somebody who is not known any more."""
    return answer_with_texts(request, page.specific_class, message_about(page.specific.get_admin_display_title(), user))


def give_back_new_page(request, model, parent, user):
    """Answer a posted form of a new page of `model` below a page that is being deleted on behalf of `user`."""
    return answer_with_texts(request, model, message_about_parent(parent.specific.get_admin_display_title(), user))


def give_back_new_page_below(request, model, pk):
    """Answer a posted form of a new page of `model` below a page that is gone; raises Http404 as `give_back_texts` does."""
    entry = entry_of_deleted(request.user, Page, pk)
    return answer_with_texts(request, model, message_about_parent(entry.label, entry.user))


def entry_of_deleted(user, model, pk):
    """Return the last entry of the log about an object that is gone; raises Http404, see `give_back_texts`."""
    entry = last_log_entry(model, pk)
    if entry is None or entry.content_type is None or entry.content_type.model_class() is None:
        raise Http404
    if not could_have_changed(user, model, pk):
        raise Http404
    return entry


def message_about(title, user):
    return _("‘%(title)s’ was deleted in the meantime by %(who)s, so it could not be saved.") % values_of(title, user)


def message_about_parent(title, user):
    return _("‘%(title)s’ was deleted in the meantime by %(who)s, so no page could be made below it.") % values_of(title, user)


def values_of(title, user):
    """Return what the messages are filled in with."""
    return {"title": title, "who": get_user_display_name(user) if user else _("somebody")}


def answer_with_texts(request, model, message):
    """Say what was deleted by whom, and show what was typed into a form of `model`; to one that saves itself, only say it."""
    if not request.accepts("text/html"):
        message += " " + _("Copy what you typed before you leave this page.")
        return JsonResponse({"success": False, "error_code": "invalid_revision", "error_message": message}, status=400)
    context = {"message": message, "texts": typed_texts(model, request)}
    return TemplateResponse(request, "newsroom/deleted_object.html", context, status=410)


def last_log_entry(model, pk):
    """Return the last entry of the log about an object, None where there is none."""
    if model is Page:
        entries = PageLogEntry.objects.filter(page_id=pk)
    else:
        entries = ModelLogEntry.objects.filter(object_id=str(pk), content_type=ContentType.objects.get_for_model(model))
    return entries.select_related("user", "content_type").order_by("-timestamp").first()


def could_have_changed(user, model, pk):
    """Say whether somebody could have changed an object that is gone.

    Where a page stood is not kept: it was open to those who may change all pages, and to those known to have changed it.
    """
    if model is not Page:
        return ModelPermissionPolicy(model).user_has_permission(user, "change")
    if user.is_superuser:
        return True
    rights = page_permission_policy.get_cached_permissions_for_user(user)
    if any(right.permission.codename == "change_page" and right.page.depth <= HOME_DEPTH for right in rights):
        return True
    return bool(rights) and PageLogEntry.objects.filter(page_id=pk, user=user).exists()


def typed_texts(model, request):
    """Return the texts in a posted form of `model`, whether they could be saved or not: label, language, HTML."""
    form = get_edit_handler(model).get_form_class()(request.POST, instance=model(), for_user=request.user)
    for name in shape_of(model, form.fields):
        widget = form.fields[name].widget
        try:
            setattr(form.instance, name, widget.value_from_datadict(form.data, form.files, form.add_prefix(name)))
        except (ValueError, TypeError):
            continue  # a reference, which is no text, or what no form would send
    return [
        {"label": unit.label, "code": code, "language": OWN_NAMES[code], "html": mark_changes(text, text, unit.kind)}
        for unit in units(form.instance)
        for code, text in unit.texts.items()
        if is_filled(text)
    ]
