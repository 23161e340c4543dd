"""The form of a redirect: none that leads nowhere or in a circle, and one for an address whatever its capitals."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.contrib.redirects import views
from wagtail.contrib.redirects.forms import RedirectForm as WagtailsForm
from wagtail.contrib.redirects.models import Redirect

from delivery.redirects import is_circular
from languages.codes import LANGUAGES
from newsroom.redirects.planning import follow, language_of, stored_target
from newsroom.redirects.targets import PageAddresses, RefusedError, key_of_stored, read_target, source_key
from pages import address_writer


class RedirectForm(WagtailsForm):
    """Asks of a redirect what the import of a list asks of a line; what is stored already may stay as it is."""

    @cached_property
    def pages(self):
        return PageAddresses()

    def clean_old_path(self):
        """Return the path as it is stored. Refuses where something answers, and what another redirect has in other capitals."""
        address_writer.lock()  # so that nobody takes a list of redirects meanwhile
        if "old_path" not in self.changed_data:
            return self.cleaned_data["old_path"]
        try:
            path = source_key(self.cleaned_data["old_path"], self.pages)
        except RefusedError as error:
            raise ValidationError(str(error)) from None
        same = Redirect.objects.filter(old_path__iexact=path, site=None).exclude(old_path=path).exclude(pk=self.instance.pk)
        if same.exists():
            raise ValidationError(_("A redirect from this address exists already: %(path)s") % {"path": same.first().old_path})
        return path

    def clean(self):
        """Ask for a page or an address that leads readers somewhere, in their language."""
        cleaned = super().clean() or self.cleaned_data
        key, page, link = (cleaned.get(name) for name in ("old_path", "redirect_page", "redirect_link"))
        if not key or not {"old_path", "redirect_page", "redirect_link"} & set(self.changed_data):
            return cleaned
        if page:
            self.check_page(page, key)
        elif link:
            self.check_link(link, key)
        elif "redirect_link" not in self.errors:
            self.add_error("redirect_link", _("Say where this leads: choose a page or give an address."))
        return cleaned

    def check_page(self, page, key):
        language = language_of(key)
        if language in LANGUAGES and language not in self.pages.paths.get(page.pk, ()):
            self.add_error("redirect_page", _("The page does not exist in this language."))

    def check_link(self, link, key):
        """Refuse what is no address, what leads to another language, and what leads nowhere by whichever redirects."""
        key = key.lower()
        others = {}
        for redirect in Redirect.objects.exclude(pk=self.instance.pk).order_by("pk"):
            others[key_of_stored(redirect)] = redirect  # the newest counts
        try:
            targets = {other: stored_target(redirect, self.pages) for other, redirect in others.items()}
            follow(key, targets | {key: read_target(link, language_of(key), self.pages)}, self.pages)
        except RefusedError as error:
            self.add_error("redirect_link", str(error))

    def _post_clean(self):
        super()._post_clean()
        if not self.errors and is_circular(self.instance):
            self.add_error("redirect_link", _("This leads back to where it comes from, or through too many redirects."))


class RedirectCreateView(views.CreateView):
    form_class = RedirectForm


class RedirectEditView(views.EditView):
    form_class = RedirectForm
