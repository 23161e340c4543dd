"""What translations are asked for: rows of the table of everything, named in an address by what they are about."""

import re
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse

from languages.codes import current_language
from worklists.rights import rows_to_change

PARAMETER = "of"
MAX_CHOSEN = 100
NAME = re.compile(r"(\d{1,18})-(\d{1,18})")


def object_name(content_type_id, object_id):
    """Return by which name an address says what it is about: the keys of its kind and its own."""
    return f"{content_type_id}-{object_id}"


def ask_url(instance):
    """Return the address at which the texts of a page, entry or setting are asked for; of an alias those of its source."""
    kind = ContentType.objects.get_for_model(instance).pk
    name = object_name(kind, getattr(instance, "alias_of_id", None) or instance.pk)
    return f"{reverse('ask_for_translation')}?{urlencode({PARAMETER: name})}"


def chosen_rows(user, names):
    """Return the `Standing`s that an address names and whose texts somebody may change, by name; at most `MAX_CHOSEN`."""
    places = [match.groups() for name in names[:MAX_CHOSEN] if (match := NAME.fullmatch(name))]
    condition = Q(pk__in=[])
    for content_type, key in places:
        condition |= Q(content_type=content_type, object_id=key)
    return list(rows_to_change(user).filter(condition).order_by(f"order__{current_language()}", "pk"))
