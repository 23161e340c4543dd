"""The form in which staff share a draft."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from audience.text_fields import LineField
from draft_links.models import MAX_DAYS, MAX_LABEL_LENGTH, SIDE_BY_SIDE, DraftLink, share_label
from draft_links.permissions import languages_to_share
from languages.codes import LANGUAGES, current_language

DAYS = (1, 7, 30, MAX_DAYS)
USUAL_DAYS = 7
MAX_OPEN_LINKS = 30  # links to one page
CHOICES = {**{code: code for code in LANGUAGES}, "all": SIDE_BY_SIDE}  # nothing chosen must not mean all


class DraftLinkForm(forms.ModelForm):
    """Whom the link is for, what it shows, how long, and whether it takes comments."""

    for_whom = LineField(
        label=_("For whom"),
        longest=MAX_LABEL_LENGTH,
        help_text=_("A name or a service, by which you and your colleagues know the link. Whoever opens it does not see this."),
        error_messages={"required": _("Say for whom the link is.")},
    )
    shows = forms.TypedChoiceField(label=_("What it shows"), coerce=CHOICES.get, widget=forms.RadioSelect)
    days = forms.TypedChoiceField(label=_("How long it works"), coerce=int, widget=forms.RadioSelect)
    takes_comments = forms.BooleanField(
        label=_("Ask for comments"),
        required=False,
        help_text=_(
            "A form below the draft asks for a name and a comment. Staff who may change the page see it, and whoever has the "
            "link once you have taken it over."
        ),
    )

    class Meta:
        model = DraftLink
        fields = ["for_whom", "takes_comments"]

    def __init__(self, *args, page, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.page, self.user = page, user
        shareable, own = languages_to_share(user), current_language()
        self.fields["shows"].choices = [(key, share_label(what)) for key, what in CHOICES.items() if what in shareable]
        self.fields["days"].choices = [(number, days_label(number)) for number in DAYS]
        self.initial |= {"days": USUAL_DAYS, "shows": own if own in shareable else ""}

    def clean(self):
        cleaned = super().clean()
        if DraftLink.objects.open().filter(page=self.page).count() >= MAX_OPEN_LINKS:
            raise forms.ValidationError(_("This page has as many links as it can have. Revoke one that nobody needs any more."))
        return cleaned

    def save(self, commit=True):
        link = self.instance
        link.page, link.author, link.language = self.page, self.user, self.cleaned_data["shows"]
        link.expires_at = link.created_at + timedelta(days=self.cleaned_data["days"])
        return super().save(commit)


def days_label(number):
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}
