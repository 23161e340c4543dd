"""The form of a new page where it stands in for Wagtail's: whoever made one below what was deleted loses nothing."""

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404
from wagtail.admin.views.pages import create
from wagtail.models import Page, PagePermissionTester

from newsroom.editing.deleted_page import give_back_new_page, give_back_new_page_below
from pages import address_writer
from pages.deletions import deletion_of
from pages.models import SitePage


class CreateView(create.CreateView):
    """Wagtail's, with what was typed given back where the page above is deleted meanwhile."""

    def dispatch(self, request, content_type_app_name, content_type_model_name, parent_page_id):
        if request.method == "POST":
            model = page_model(content_type_app_name, content_type_model_name)
            parent = self.lock_parent(request, parent_page_id)
            if parent is None:
                return give_back_new_page_below(request, model, parent_page_id)
            if deletion := deletion_of(parent):
                return give_back_new_page(request, model, parent, deletion.user)
        return super().dispatch(request, content_type_app_name, content_type_model_name, parent_page_id)

    def lock_parent(self, request, pk):
        """Lock addresses, which a new page takes, and return the page above; None where it is not there any more.

        Who may not add pages there is refused first, by Wagtail's rules: by ours nobody adds any below what is being deleted.
        """
        parent = Page.objects.filter(pk=pk).first()
        if parent and not PagePermissionTester(request.user, parent).can_add_subpage():
            raise PermissionDenied
        address_writer.lock()
        return Page.objects.filter(pk=pk).first()


def page_model(app_label, model_name):
    """Return the class of a page by its names; raises Http404 for what is none of ours."""
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error
    if not issubclass(model, SitePage):
        raise Http404
    return model
