"""Sending texts out, in the bar above the texts of a form."""

from django.contrib.contenttypes.models import ContentType
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.models import Page

from exchange.choosing import Choice
from languages.rights import languages_to_write
from languages.standing_values import standing_models
from worklists.chosen_rows import object_name


def packages_item(user, instance):
    """Return the HTML of the item; "" for what is not in the table of everything, and for whoever writes in no language."""
    if type(instance) not in standing_models() or not languages_to_write(user):
        return ""
    key = getattr(instance, "alias_of_id", None) or instance.pk
    name = object_name(ContentType.objects.get_for_model(instance).pk, key)
    has_more = isinstance(instance, Page) and instance.numchild > 0
    values = {
        "url": send_url(Choice((name,))),
        "below_url": send_url(Choice(below=instance.pk)) if has_more else "",
    }
    return render_to_string("exchange/bar_item.html", values)


def send_url(choice):
    """Return the address at which what is chosen is sent out."""
    return f"{reverse('send_texts')}?{choice.query}"
