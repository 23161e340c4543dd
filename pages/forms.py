"""The page editor's form, and what every form asks of slugs."""

import json

from django import forms
from django.db.models import Max
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from languages import alignment
from languages.codes import LANGUAGES
from languages.concurrent_edits.stale_forms import OpenedField
from languages.forms import AlignedForm
from languages.lags import official_lags
from languages.open_texts import open_texts_to_publish
from languages.parity import gap_errors, gaps, reason_messages, unexcused_keys
from languages.texts import to_one_line
from languages.units import units
from pages import address_writer, addresses
from pages.clock_changes import remember_stored_moments
from pages.comments import deletes_anothers
from pages.list_parts import is_part
from pages.widgets import SlugInput

# The hook of functions by which apps above say whether they send texts of pages out of the house.
SENDS_TEXTS = "sends_texts_of_pages"


class SitePageForm(AlignedForm, WagtailAdminPageForm):
    """Refuses what cannot be published, with the message at the field; a draft may always be saved incomplete.

    `reason_asked_for` holds, as a JSON list, the keys of the texts for which the form asked for a reason when it was refused.
    """

    publishing_reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=AdminAutoHeightTextInput,
        help_text=_(
            "Why this may be published although a text is behind or in translation. It is kept in the history, with your name."
        ),
    )
    reason_asked_for = OpenedField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        remember_stored_moments(self)
        if not any(is_sending() for is_sending in hooks.get_hooks(SENDS_TEXTS)):
            self.fields.pop("stays_in_house", None)  # where nothing is sent nobody is asked, and what was said stays
        self.initial["publishing_reason"] = self.memory_before.get("excused", {}).get("reason", "")
        is_public = self.instance.live or self.instance.first_published_at
        for code in LANGUAGES:
            if f"url_slug_{code}" in self.fields:
                self.fields[f"url_slug_{code}"].widget = SlugInput(code, proposed=None if is_public else "")

    def clean(self):
        cleaned = super().clean()
        for name in (f"heading_{code}" for code in LANGUAGES):
            if cleaned.get(name):
                cleaned[name] = to_one_line(cleaned[name]).strip()
        check_slugs(self, self.parent_page, editing=self.instance.pk, source=self.instance)
        return cleaned

    def _post_clean(self):
        super()._post_clean()  # the instance now has what was typed
        if "comments" in self.formsets and deletes_anothers(self.formsets["comments"], self.for_user):
            self.add_error(None, _("You cannot edit another user's comment."))
        if self.is_deferred_validation or self.is_sent_back:
            self.check_some_heading()
        else:
            self.check_parity()
            self.check_reason()

    def check_some_heading(self):
        """Ask a draft for one heading, in whichever language."""
        names = [f"heading_{code}" for code in LANGUAGES]
        is_given = any(name in self.errors or self.cleaned_data.get(name) for name in names)
        if any(name in self.fields for name in names) and not is_given:
            self.add_error(names[0], _("Give the page a heading in one language at least."))

    def check_parity(self):
        """Show at each field what is missing in an official language, by `languages/parity.py`."""
        missing_texts = list(gaps(units(self.instance)))
        for name, error in gap_errors(self.instance, missing_texts).items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, error)

    def check_reason(self):
        """Ask why, where a text is behind or open in an official language; a reason given before holds until it changes."""
        reason = self.cleaned_data.get("publishing_reason")
        if reason:
            keys = self.keys_of_reason(reason)
            self.instance.alignment = alignment.excuse(self.instance.alignment, reason, self.author_key, keys)
        texts = list(units(self.instance))
        memory = alignment.refresh(self.instance.alignment, texts)
        for message in reason_messages(texts, memory):
            self.add_error("publishing_reason", message)
        if "publishing_reason" in self.errors:
            self.data = self.data.copy()
            self.data[self.add_prefix("reason_asked_for")] = json.dumps(unexcused_keys(memory))

    def keys_of_reason(self, reason):
        """Return the keys of the texts for which a reason is given, None where it is given for all.

        One that stood in the form already was given for what it was given for, and for what the form has asked about since.
        """
        before = self.cleaned_data.get("alignment_base", {}).get("excused")
        if not before or before["reason"].split() != reason.split():  # a browser writes line ends in its own way
            return None
        return {*before["texts"], *self.read_keys("reason_asked_for")}

    @property
    def finishes_texts(self):
        """Whoever asks for changes, or takes a page out of its workflow, says nothing of its texts."""
        return super().finishes_texts and not self.is_sent_back

    @property
    def is_sent_back(self):
        """Say whether the page goes back to be worked on: then it need not be fit to be published."""
        is_decision = "action-workflow-action" in self.data and self.data.get("workflow-action-name") == "reject"
        return is_decision or "action-cancel-workflow" in self.data

    @property
    def asks_for_reason(self):
        """Say whether there is anything to give a reason for, should whoever has the form open publish it as it is."""
        if "publishing_reason" in self.errors:
            return True
        memory = self.memory_if_published(list(units(self.instance)))
        return bool(official_lags(memory) or open_texts_to_publish(memory))


def check_slugs(form, parent, editing=None, source=None):
    """Add an error at each slug in `form` that no page below `parent` may have: reserved, too long, or a sibling's.

    Nor may one be the address of a part of the list that `parent` is, unless the page had it before. `editing` is the key of
    the page that may keep its slug; `source` is the page whose subpages will stand below the new address.
    """
    slugs = {code: form.cleaned_data.get(f"url_slug_{code}") for code in LANGUAGES}
    if not any(slugs.values()):
        return
    above, below = parent.specific, length_below(source)
    for code, slug in slugs.items():
        if slug and addresses.is_reserved(slug, parent):
            form.add_error(f"url_slug_{code}", _("This address belongs to the site itself; choose another."))
        elif slug and is_part(code, slug) and getattr(above, "is_list", False) and f"url_slug_{code}" in form.changed_data:
            form.add_error(f"url_slug_{code}", _("This address is reserved for further pages of the list; choose another."))
        elif slug and address_length(getattr(above, f"address_{code}", ""), slug) + below[code] > addresses.MAX_ADDRESS_LENGTH:
            form.add_error(f"url_slug_{code}", _("The whole address would be too long; shorten the slug."))
    for code in address_writer.clashing_languages(_Slugs(editing, slugs), parent):
        form.add_error(f"url_slug_{code}", address_writer.taken_message(code))


def address_length(above, slug):
    """Return the length of the address that a slug makes below another address."""
    return len(f"{above or ''}/{slug}".lstrip("/"))


def length_below(page):
    """Return by language how many characters the longest address below `page` adds to its own; 0 where there is none."""
    own = addresses.stored_addresses(page) if page and page.numchild else dict.fromkeys(LANGUAGES)
    if not any(own.values()):
        return dict.fromkeys(LANGUAGES, 0)
    longest = {code: Max(Length(f"address_{code}")) for code in LANGUAGES}
    lengths = address_writer.site_page().objects.descendant_of(page).aggregate(**longest)
    return {code: lengths[code] - len(own[code]) if own[code] and lengths[code] else 0 for code in LANGUAGES}


class _Slugs:
    """The slugs being typed, in the form in which `address_writer.clashing_languages` reads those of a page."""

    def __init__(self, pk, slugs):
        self.pk = pk
        for code, slug in slugs.items():
            setattr(self, f"url_slug_{code}", slug)
