"""Copying a page in the admin: headings and slugs in every language, and nothing left behind when it is refused."""

from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from pages.copy_form import SitePageCopyForm


def copy_page(request, page):
    """Answer the admin's request to copy `page`, in place of Wagtail's view, whose form knows one title and one slug only.

    Wagtail's view has checked that the user may copy this page; the form checks the destination.
    """
    form = SitePageCopyForm(request.POST or None, user=request.user, page=page.specific)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            copy = make_copy(page.specific, form, request.user)
        button = messages.button(reverse("wagtailadmin_pages:edit", args=[copy.pk]), _("Edit"))
        messages.success(request, _("‘%(page)s’ was copied.") % {"page": page.specific.get_admin_display_title()}, [button])
        following = get_valid_next_url_from_request(request)
        return redirect(following) if following else redirect("wagtailadmin_explore", copy.get_parent().pk)
    context = {"page": page.specific, "form": form, "next": get_valid_next_url_from_request(request)}
    return TemplateResponse(request, "newsroom/copy.html", context)


def make_copy(page, form, user):
    """Copy `page` as a cleaned `form` says: as an alias, or as a page of its own."""
    options = form.cleaned_data
    parent = options["new_parent_page"] or page.get_parent()
    if options.get("alias"):
        action = CreatePageAliasAction(page, recursive=options.get("copy_subpages"), parent=parent, user=user)
        return action.execute(skip_permission_checks=True)
    may_publish = parent.permissions_for_user(user).can_publish_subpage()
    return page.copy(
        recursive=bool(options.get("copy_subpages")),
        to=parent,
        update_attrs=form.update_attrs(),
        keep_live=bool(may_publish and options.get("publish_copies")),
        user=user,
    )
