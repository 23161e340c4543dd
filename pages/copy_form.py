"""The form that copies a page."""

from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm

from languages import alignment, slugs
from languages.codes import LANGUAGES, OFFICIAL, OWN_NAMES
from languages.lags import unexcused_lags
from languages.open_texts import unexcused_open_texts
from languages.parity import gaps
from languages.units import units
from languages.widgets import set_form_attributes
from pages import address_writer
from pages.forms import check_slugs
from pages.widgets import SlugInput


class SitePageCopyForm(CopyForm):
    """Wagtail's form, but with the heading and slug of each language instead of its one title and slug."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["new_title"], self.fields["new_slug"]
        free = address_writer.free_slugs(self.page, self.page.get_parent(), also_own=True)
        for code in LANGUAGES:
            heading = getattr(self.page, f"heading_{code}")
            self.fields[f"heading_{code}"] = forms.CharField(
                label=_("Heading"), initial=heading, required=False, max_length=200
            )
            free_slug = free[f"url_slug_{code}"]
            self.fields[f"url_slug_{code}"] = forms.SlugField(
                label=_("Slug"),
                initial=free_slug,
                required=False,
                max_length=slugs.MAX_SLUG_LENGTH,
                validators=self.page._meta.get_field("url_slug").validators,
                widget=SlugInput(code, proposed=free_slug),
            )

        set_form_attributes(self, {f"{name}_{code}": code for name in ("heading", "url_slug") for code in LANGUAGES})

    def columns(self):
        """The fields of each language, for a column each."""
        names = ("heading", "url_slug")
        return [
            {"code": code, "name": OWN_NAMES[code], "fields": [self[f"{name}_{code}"] for name in names]} for code in LANGUAGES
        ]

    def others(self):
        """The fields that belong to no language."""
        ours = {field.name for column in self.columns() for field in column["fields"]}
        return [field for field in self.visible_fields() if field.name not in ours]

    def update_attrs(self):
        """Return the fields in which the copy differs from its original."""
        return {name: self.cleaned_data[name] for code in LANGUAGES for name in (f"heading_{code}", f"url_slug_{code}")}

    def clean(self):
        cleaned = super().clean()
        copies_below = cleaned.get("copy_subpages")
        check_slugs(self, cleaned.get("new_parent_page") or self.page.get_parent(), source=self.page if copies_below else None)
        if not any(cleaned.get(f"heading_{code}") for code in LANGUAGES):
            raise ValidationError(_("Give the page a heading in one language at least."))
        public_choice = next((name for name in ("publish_copies", "alias") if cleaned.get(name)), None)
        if public_choice and self.lacks_a_text():
            message = _("The copy cannot be published: a text is missing in Dutch or French. Copy it as a draft.")
            self.add_error(public_choice, message)
        elif public_choice == "publish_copies" and self.falls_behind():
            message = _(
                "The copy cannot be published: its heading is new in Dutch or French only. Change both, or copy it as a draft."
            )
            self.add_error(public_choice, message)
        elif public_choice == "publish_copies" and unexcused_open_texts(self.page.memory()):
            message = _("The copy cannot be published: a text is still in translation. Copy it as a draft.")
            self.add_error(public_choice, message)
        return cleaned

    def falls_behind(self):
        """Say whether the headings typed leave a text of the copy behind in an official language."""
        typed = {code: self.cleaned_data.get(f"heading_{code}") or "" for code in LANGUAGES}
        texts = [replace(unit, texts=typed) if unit.address == "heading" else unit for unit in units(self.page)]
        return bool(unexcused_lags(alignment.advance(self.page.memory(), texts)))

    def lacks_a_text(self):
        """Say whether the copy would lack a text in an official language; what is refused at its field is not missing."""
        typed = [f"{name}_{code}" for name in ("heading", "url_slug") for code in OFFICIAL]
        other_gaps = (unit for unit, _code in gaps(units(self.page)) if unit.address not in ("heading", "url_slug"))
        return any(name not in self.errors and not self.cleaned_data.get(name) for name in typed) or any(other_gaps)
