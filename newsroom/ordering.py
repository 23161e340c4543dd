"""The order of the pages below one page: dragged within a page of the list, or placed by number."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.models import Page

from languages.numbers import format_number
from pages import address_writer, siblings


class OrderColumn(Column):
    """The number of a page in the order, which leads to where it is given another; of a page that has its `place`."""

    cell_template_name = "newsroom/number_cell.html"

    def get_value(self, instance):
        return format_number(instance.place)


def page_to_place(request, key):
    """Return a page whose order among its siblings somebody may change. Raises Http404 and PermissionDenied."""
    page = get_object_or_404(Page, pk=key, depth__gt=1)
    if not page.get_parent().permissions_for_user(request.user).can_reorder_children():
        raise PermissionDenied
    return page


def set_page_position(request, page_to_move_id, first=0):
    """Place a page that was dragged to a position in a list whose first row is number `first`; without one it goes last."""
    if request.method == "POST":
        address_writer.lock()
    page = page_to_place(request, page_to_move_id)
    if request.method == "POST":
        position = request.GET.get("position", "")
        number = first + int(position) if position.isdecimal() and len(position) < 10 else siblings.siblings(page).count()
        siblings.place(page, number, request.user)
    return HttpResponse("")


class PlaceForm(forms.Form):
    number = forms.IntegerField(label=gettext_lazy("Number in the order"), min_value=1)

    def __init__(self, *args, last, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].help_text = _("From 1 to %(last)s. The pages in between make room.") % {
            "last": format_number(last)
        }


class PlaceView(WagtailAdminTemplateMixin, FormView):
    """Gives a page another number in the order of its siblings, which a list of very many pages cannot be dragged to."""

    form_class = PlaceForm
    template_name = "newsroom/place.html"
    page_title = gettext_lazy("Move to another place")
    header_icon = "list-ul"

    def dispatch(self, request, *args, **kwargs):
        if request.method == "POST":
            address_writer.lock()
        self.page = page_to_place(request, kwargs["page_id"])
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def name(self):
        return self.page.specific_deferred.get_admin_display_title()

    def get_page_subtitle(self):
        return self.name

    def get_initial(self):
        return {"number": siblings.number_of(self.page) + 1}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "last": siblings.siblings(self.page).count()}

    def form_valid(self, form):
        siblings.place(self.page, form.cleaned_data["number"] - 1, self.request.user)
        number = siblings.number_of(Page.objects.get(pk=self.page.pk))
        messages.success(self.request, _("‘%(page)s’ is number %(number)s now.") % {"page": self.name, "number": number + 1})
        return redirect(f"{self.list_url}&p={number // ExplorableIndexView.paginate_by + 1}")

    @property
    def list_url(self):
        return reverse("wagtailadmin_explore", args=[self.page.get_parent().pk]) + "?ordering=ord"

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "list_url": self.list_url}
