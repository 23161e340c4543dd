"""Drafts by machine as staff ask for them, and what came of it."""

from django.urls import reverse
from django.utils.translation import override

from languages.open_texts import MACHINE, open_texts
from machine_drafts.choosing import REASONS
from tests.behind import latest
from tests.building import make_standard
from tests.editor import block, messages_of

RICH = {
    "nl": '<p data-block-key="a1">Voor <b>werkzoekenden</b> &amp; <a linktype="page" id="3">werkgevers</a>.</p>'
    '<ul><li data-block-key="b2">Eén</li><li data-block-key="c3">Twee</li></ul>',
    "fr": "",
    "en": "",
}


def drafts_url(page):
    return reverse("machine_drafts", args=[page.pk])


def draft(client, page, language="fr"):
    """Press the button that drafts a language, and return the answer."""
    return client.post(drafts_url(page), {"language": language})


def rich_block(**others):
    return block("text", text={**RICH, **others}, only_in=[])


def body_text(page, language="fr"):
    return latest(page).body.raw_data[0]["value"]["text"][language]


def says(reason, response, reader):
    """Say whether somebody was told, in their language, of texts that were left out for a reason."""
    with override(reader):
        sentence = str(REASONS[reason]).partition("%")[0]
    return any(words.startswith(sentence) for words in messages_of(response))


def drafted_places(page):
    """Return the places of what a machine wrote in the latest draft."""
    return {text.place for text in open_texts(latest(page).memory()) if text.kind == MACHINE}


def make_page_to_finish(home):
    """Make a page of which French and English lack the summary, and one rich text."""
    return make_standard(home, "one", live=False, summary_fr="", summary_en="", body=[rich_block()])
