"""What the bar above a form's texts brings along for the memory: where to ask, and how a match is shown."""

from django.template.loader import render_to_string
from django.urls import reverse

from languages.models import AlignedModel


def memory_item(user, instance):
    """Return the HTML of the item; "" for what keeps no memory, such as pictures."""
    if not isinstance(instance, AlignedModel):
        return ""
    options = instance._meta
    place = [options.app_label, options.model_name, instance.pk]
    urls = {"matches_url": reverse("text_matches", args=place), "forget_url": reverse("forget_text", args=place)}
    return render_to_string("translation_memory/bar_item.html", urls)
