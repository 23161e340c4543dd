"""Who has a text in translation, and since when, in words for staff."""

from django.contrib.auth import get_user_model
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.admin.utils import get_user_display_name
from wagtail.utils.timestamps import render_timestamp


def translator_words(records, reader=None):
    """Return for each of `records`, with the attributes `by` and `since`, who works at a text and since when, for messages.

    `reader` is the user who reads them; a text is theirs to finish (`is_mine`) where nobody else is there who will. An account
    that is gone or closed is not named. One query where there are records.
    """
    people = get_user_model().objects.filter(is_active=True).in_bulk({record.by for record in records if record.by})
    translators = [people.get(record.by) for record in records]
    return [
        {
            "who": name_for(translator, reader),
            "when": render_timestamp(parse_datetime(record.since)),
            "is_mine": translator is None or translator == reader,
        }
        for record, translator in zip(records, translators, strict=True)
    ]


def name_for(user, reader):
    """Return how somebody is called to a reader."""
    if user is None:
        return _("somebody who has left")
    return pgettext("by whom", "you") if user == reader else get_user_display_name(user)
