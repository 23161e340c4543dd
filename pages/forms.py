"""The page editor's form, and the form that copies a page."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm

from languages.codes import LANGUAGES, OWN_NAMES
from languages.parity import gaps, messages
from languages.units import units
from pages import addresses


class SitePageForm(WagtailAdminPageForm):
    """Refuses what cannot be published, with the message at the field; a draft may always be saved incomplete."""

    def clean(self):
        cleaned = super().clean()
        self.check_slugs(cleaned)
        return cleaned

    def _post_clean(self):
        super()._post_clean()  # the instance now has what was typed
        if self.is_deferred_validation:
            self.check_some_heading()
        else:
            self.check_parity()

    def check_slugs(self, cleaned):
        """Refuse reserved slugs, and slugs that a sibling has in the same language."""
        parent = self.parent_page
        slugs = {code: cleaned.get(f"url_slug_{code}") for code in LANGUAGES}
        for code, slug in slugs.items():
            if slug and addresses.is_reserved(slug, parent):
                self.add_error(f"url_slug_{code}", _("This address belongs to the site itself; choose another."))
            elif slug and len((getattr(parent.specific, f"address_{code}", "") or "") + slug) >= addresses.LONGEST:
                self.add_error(f"url_slug_{code}", _("The whole address would be too long; shorten the slug."))
        candidate = _Slugs(self.instance.pk, slugs)
        for code in addresses.clashes(candidate, parent):
            self.add_error(f"url_slug_{code}", addresses.taken_message(code))

    def check_some_heading(self):
        """A draft needs one heading, in whichever language."""
        names = [f"heading_{code}" for code in LANGUAGES]
        if any(name in self.fields for name in names) and not any(self.cleaned_data.get(name) for name in names):
            self.add_error(names[0], _("Give the page a heading in one language at least."))

    def check_parity(self):
        """Show at each field what is missing in an official language."""
        missing = list(gaps(units(self.instance)))
        for name, error in messages(self.instance, missing).items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, error)


class _Slugs:
    """The slugs being typed, in the form in which `addresses.clashes` reads those of a page."""

    def __init__(self, pk, slugs):
        self.pk = pk
        for code, slug in slugs.items():
            setattr(self, f"url_slug_{code}", slug)


class SitePageCopyForm(CopyForm):
    """Wagtail's form, but with the heading and slug of each language instead of its one title and slug."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["new_title"], self.fields["new_slug"]
        free = addresses.free_slugs(self.page, self.page.get_parent(), also_own=True)
        for code in LANGUAGES:
            heading = getattr(self.page, f"heading_{code}")
            self.fields[f"heading_{code}"] = forms.CharField(
                label=_("Heading"), initial=heading, required=False, max_length=200
            )
            self.fields[f"url_slug_{code}"] = forms.SlugField(
                label=_("Slug"), initial=free[f"url_slug_{code}"], required=False, max_length=80
            )

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
        parent = cleaned.get("new_parent_page") or self.page.get_parent()
        slugs = {code: cleaned.get(f"url_slug_{code}") for code in LANGUAGES}
        for code in addresses.clashes(_Slugs(None, slugs), parent):
            self.add_error(f"url_slug_{code}", addresses.taken_message(code))
        if not any(cleaned.get(f"heading_{code}") for code in LANGUAGES):
            raise ValidationError(_("Give the page a heading in one language at least."))
        if cleaned.get("publish_copies") or cleaned.get("alias"):
            candidate = self.page.specific
            missing = [(unit, code) for unit, code in gaps(units(candidate)) if unit.address not in ("heading", "url_slug")]
            if missing or not all(cleaned.get(f"{name}_{code}") for name in ("heading", "url_slug") for code in ("nl", "fr")):
                self.add_error(
                    "publish_copies" if cleaned.get("publish_copies") else "alias",
                    _("The copy cannot be published: a text is missing in Dutch or French. Copy it as a draft."),
                )
        return cleaned
