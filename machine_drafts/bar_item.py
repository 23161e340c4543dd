"""What the bar above a page's texts says of drafts by machine: how much was sent this month, and the way to the screen."""

from django.template.loader import render_to_string
from django.urls import reverse

from languages.rights import languages_to_write
from machine_drafts.services import is_ready
from machine_drafts.words import use_words
from pages.models import SitePage


def drafts_item(user, instance):
    """Return the HTML of the item; "" where there is no service, for what has no drafts, and for whoever writes nothing."""
    if not isinstance(instance, SitePage) or not is_ready() or not languages_to_write(user):
        return ""
    context = {
        "url": reverse("machine_drafts", args=[instance.pk]),
        "text_url": reverse("machine_draft_of_text", args=[instance.pk]),
        "use": use_words(),
    }
    return render_to_string("machine_drafts/bar_item.html", context)
