"""A draft of one text, for whoever stands at it in the form: shown as a match, and nothing is saved before they take it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from languages.codes import language_name
from languages.normalising import digest
from languages.numbers import format_number
from languages.open_texts import drafted_key
from languages.rights import languages_to_write
from languages.versions import read_latest_version
from languages.word_diff import mark_changes
from machine_drafts.choosing import choose_texts
from machine_drafts.drafting import DraftingOutcome, count_characters, translate
from machine_drafts.rights import why_for_nobody, why_not
from machine_drafts.services import is_ready
from machine_drafts.words import left_out_words, use_words
from pages.models import SitePage
from translation_memory.views import content_of


def draft_notes(instance, texts, reader):
    """Return beside which texts a machine may draft for a reader: a contribution to `languages.text_notes`.

    {"machine": [{"address", "language"}]}; without a service nothing of it is there.
    """
    if not isinstance(instance, SitePage) or not instance.pk or not is_ready() or not (own := languages_to_write(reader)):
        return {}
    if why_for_nobody(reader, instance):
        return {"machine": []}
    chosen = [one for code in own for one in choose_texts(instance, code)[0]]
    return {"machine": [{"address": one.unit.address, "language": one.target} for one in chosen]}


def draft_one(page, address, language, user):
    """Ask the service for one text of the latest version of a page; return a match as plain data, and what is to be said.

    The match is as `translation_memory.views.text_matches` has them, with `drafted`, by which a form says that a text is a
    machine's (`open_texts.drafted_key`); None where there is none, and the words say why. Call it outside of transactions.
    """
    latest = read_latest_version(page)
    if reason := why_not(user, latest, language):
        return None, reason
    chosen, left_out = choose_texts(latest, language)
    one = next((one for one in chosen if one.unit.address == address), None)
    if one is None:
        kept = [left for left in left_out if left.unit.address == address]
        return None, " ".join(left_out_words(kept)) or _("This text is neither missing nor behind any more.")
    drafted = DraftingOutcome()
    drafts = translate([one], drafted)
    if not drafts:
        return None, str(drafted.refusal) or " ".join(left_out_words(drafted.left_out))
    return match_of(*drafts[0]), use_words()


def match_of(one, text):
    content = content_of(text) if one.unit.kind == "rich" else None
    number = count_characters([one])
    says = ngettext("By a machine, %(count)s character", "By a machine, %(count)s characters", number)
    source = one.source_text
    return {
        "says": says % {"count": format_number(number)},
        "source": {
            "language": one.source,
            "says": language_name(one.source),
            "html": mark_changes(source, source, one.unit.kind),
        },
        "text": "\n".join(block["text"] for block in content["blocks"]) if content else text,
        "content": content,
        "unit": None,
        "drafted": drafted_key(one.unit.address, one.target, digest(text, one.unit.kind)),
    }
