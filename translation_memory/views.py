"""What the editor asks the memory while somebody writes, and what it may be told to forget."""

import json

from django.http import JsonResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from languages.blocks import TranslatedRichTextBlock
from languages.codes import LANGUAGES, current_language, language_name
from languages.standing import Standing
from languages.units import units
from languages.views import get_aligned_object, may_edit, with_latest_version
from languages.word_diff import mark_changes
from translation_memory.forgetting import forget_match, may_forget
from translation_memory.matching import find_matches
from translation_memory.models import RememberedUnit


@require_GET
@with_latest_version
def text_matches(request, latest):
    """Return what the memory has for the text at `address` in `language` of an object, as plain data:

    {"matches": [{"says": "98 %, Home, 3 May 2026", "source": {"language", "html"}, "text", "content": {"blocks"}, "unit": 7}]}

    `html` is escaped and shows how what was published differs from what the text says now; `text` is to be read, and `content`
    what an editor of rich text puts in its place, None for a plain one. `unit` is the key by which whoever asks may let it be
    forgotten, None where they may not. 404 where there is no such text.
    """
    unit = next((unit for unit in units(latest) if unit.address == request.GET.get("address")), None)
    language = request.GET.get("language")
    if unit is None or language not in LANGUAGES:
        return JsonResponse({"says": _("This text no longer exists.")}, status=404)
    matches = find_matches(unit, language)
    names = names_of_origins(matches)
    is_to_forget = may_forget(request.user, language)
    return JsonResponse({"matches": [match_as_data(match, unit, names, is_to_forget) for match in matches]})


@require_POST
def forget_text(request, app, model, pk):
    """Forget the `unit` that was shown as a match for a text of an object, from one of `languages` to the other.

    Answers `{"says": …}`; 403 for whoever may not edit the object, or may not take what is in that language out of the memory.
    """
    instance = get_aligned_object(app, model, pk)
    source, language = [*request.POST.getlist("languages"), "", ""][:2]
    if instance is None:
        return JsonResponse({"says": _("This no longer exists.")}, status=404)
    if not may_edit(request.user, instance) or not may_forget(request.user, language):
        return JsonResponse({"says": _("You may not take this out of the translation memory.")}, status=403)
    key = request.POST.get("unit", "")
    unit = RememberedUnit.objects.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
    if unit and unit.texts.filter(language__in={source, language}).count() == 2:
        forget_match(unit, {source, language}, instance, request.user)
    return JsonResponse({"says": _("Forgotten. It comes back if it is published again.")})


def names_of_origins(matches):
    """Return what the objects are called in which matches were published, by content type and key; one query."""
    rows = Standing.objects.filter(object_id__in={match.object_id for match in matches}) if matches else []
    return {(row.content_type_id, row.object_id): row.names.get(current_language(), "") for row in rows}


def match_as_data(match, unit, names, is_to_forget):
    content = content_of(match.text) if unit.kind == "rich" else None
    where = names.get((match.content_type_id, match.object_id)) or _("something that no longer exists")
    return {
        "says": _("%(percent)s %%, %(where)s, %(date)s")
        % {
            "percent": match.percent,
            "where": _("from the file ‘%(name)s’") % {"name": match.file} if match.file else where,
            "date": date_format(localtime(match.remembered_at), "DATE_FORMAT"),
        },
        "source": {
            "language": match.source_language,
            "says": language_name(match.source_language),
            "html": mark_changes(match.source, unit.texts[match.source_language], unit.kind),
        },
        "text": "\n".join(block["text"] for block in content["blocks"]) if content else match.text,
        "content": content,
        "unit": match.unit_id if is_to_forget else None,
    }


def content_of(html):
    """Return stored rich text as the editor holds it; links within the site stay what they are."""
    return json.loads(ContentstateConverter(TranslatedRichTextBlock.FEATURES).from_database_format(html))
