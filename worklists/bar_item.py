"""What is asked for of the object in a form, in the bar above its texts."""

from django.contrib.contenttypes.models import ContentType
from django.template.loader import render_to_string
from django.utils.text import capfirst

from languages.codes import language_name
from languages.standing_values import standing_models
from worklists.chosen_rows import ask_url
from worklists.deadlines import deadline_of
from worklists.models import TranslationRequest
from worklists.rows import who_has


def requests_item(user, instance):
    """Return the HTML of the item; "" for what is not in the table of everything, such as pictures. One query."""
    if type(instance) not in standing_models():
        return ""
    key = getattr(instance, "alias_of_id", None) or instance.pk
    requests = TranslationRequest.objects.open().filter(
        standing__content_type=ContentType.objects.get_for_model(instance), standing__object_id=key
    )
    shown = [
        (one, capfirst(language_name(one.language)), deadline_of(one.deadline), who_has(one))
        for one in requests.select_related("taken_by")
    ]
    return render_to_string("worklists/bar_item.html", {"requests": shown, "ask_url": ask_url(instance)})
