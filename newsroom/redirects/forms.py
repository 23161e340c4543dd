"""The form of a redirect: none that leads in a circle, and one for an address whatever its capitals."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.contrib.redirects import views
from wagtail.contrib.redirects.forms import RedirectForm as WagtailsForm
from wagtail.contrib.redirects.models import Redirect

from delivery.redirects import is_circular
from pages import address_writer


class RedirectForm(WagtailsForm):
    def clean_old_path(self):
        """Refuse what is no path, such as "//[", and what another redirect has in other capitals."""
        address_writer.lock()  # so that nobody takes a list of redirects meanwhile
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
