"""Redirects as staff write and import them: none that leads in a circle, and one for an address whatever its capitals."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.contrib.redirects import views
from wagtail.contrib.redirects.forms import RedirectForm as WagtailsForm
from wagtail.contrib.redirects.models import Redirect

from delivery.redirects import is_circular

MAX_NAMED = 10


class RedirectForm(WagtailsForm):
    def clean_old_path(self):
        """Refuse what is no path, such as "//[", and what another redirect has in other capitals."""
        try:
            path = Redirect.normalise_path(self.cleaned_data["old_path"])
        except ValueError:
            raise ValidationError(_("This is not an address.")) from None
        same = Redirect.objects.filter(old_path__iexact=path, site=None).exclude(old_path=path).exclude(pk=self.instance.pk)
        if same.exists():
            raise ValidationError(_("A redirect from this address exists already: %(path)s") % {"path": same.first().old_path})
        return self.cleaned_data["old_path"]

    def _post_clean(self):
        super()._post_clean()
        if not self.errors and is_circular(self.instance):
            self.add_error("redirect_link", _("This leads back to where it comes from, or through too many redirects."))


class CreateView(views.CreateView):
    form_class = RedirectForm


class EditView(views.EditView):
    form_class = RedirectForm


def process_import(request):
    """Let Wagtail import, and take out again what then leads in a circle."""
    last = Redirect.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    try:
        with transaction.atomic():
            response = views.process_import(request)
    except ValueError:  # such as "//["
        messages.error(request, _("Nothing was imported: the file contains something that is not an address."))
        return redirect("wagtailredirects:start_import")
    circular = [f"{item.old_path} → {item.redirect_link}" for item in delete_circular(Redirect.objects.filter(pk__gt=last))]
    if circular:
        names = ", ".join([*circular[:MAX_NAMED], *["…"][: len(circular) > MAX_NAMED]])
        messages.error(request, _("Not imported, because they lead in a circle: %(redirects)s") % {"redirects": names})
    return response


def delete_circular(redirects):
    """Delete as few of new redirects, the later ones, as it takes for none to lead in a circle; return what was deleted."""
    suspects = []
    for candidate in redirects.order_by("-pk"):
        if is_circular(candidate):
            candidate.delete()
            suspects.append(candidate)
    circular = []
    for candidate in reversed(suspects):  # some only led into the circle of another
        if is_circular(candidate):
            circular.append(candidate)
        else:
            candidate.save()
    return circular
