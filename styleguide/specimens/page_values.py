"""What the components of pages are shown with: unsaved objects, with texts in three languages."""

from types import SimpleNamespace

from django.utils.translation import gettext as _

from directory.glossary.explanations import Explanation
from directory.models import GlossaryTerm
from languages.codes import OWN_NAMES, current_language
from pages.blocks import (
    BodyBlock,
    FigureBlock,
    MilestoneBlock,
    RelatedPageBlock,
)
from pages.illustrations import ILLUSTRATIONS
from pages.models import StandardPage
from styleguide.components import block_value, trilingual, with_texts
from styleguide.specimens.block_values import (
    ADDRESS,
    ONLY_DUTCH,
    ONLY_FRENCH,
    PARAGRAPHS,
    QUESTION,
    SOURCE,
    figure,
    organisation,
    stream_items,
)


def page(**fields):
    """Return a page that is nowhere in the tree, with a name and a summary in three languages."""
    specimen = with_texts(
        StandardPage(**fields),
        heading=trilingual("Een pagina met een titel", "Une page avec un titre", "A page with a title"),
        summary=trilingual(
            "Wat je op deze pagina leest.", "Ce que vous lirez sur cette page.", "What you can read on this page."
        ),
    )
    specimen.address_nl, specimen.address_fr, specimen.address_en = "een-pagina", "une-page", "a-page"
    return specimen


def half_page():
    """Return a page that exists in Dutch only."""
    specimen = with_texts(page(), heading=trilingual("Alleen in het Nederlands", "", ""), summary=ONLY_DUTCH)
    specimen.address_fr = specimen.address_en = None
    return specimen


def page_in_another_language():
    """Return a page whose summary is missing in the reader's language, whichever that is."""
    return {"page": with_texts(page(), summary=ONLY_DUTCH if current_language() != "nl" else ONLY_FRENCH)}


def long_page():
    word = trilingual("Toegankelijkheidsverklaring", "Déclaration d’accessibilité", "Accessibility statement")
    return with_texts(page(), heading=word)


def cards():
    return {"cards": [page(), half_page(), long_page()]}


def navigation():
    """The switch of languages and the breadcrumbs of a page that does not exist in every language."""
    switch = [
        {
            "code": code,
            "name": OWN_NAMES[code],
            "path": f"/{code}/" if code != "en" else None,
            "is_current": code == current_language(),
        }
        for code in OWN_NAMES
    ]
    navigation = SimpleNamespace(languages=switch, breadcrumbs=[page(), half_page()])
    return {"navigation": navigation, "page": long_page(), "label": _("Language switch, one language missing")}


def related_pages():
    tie = trilingual("betaalt een deel hiervan", "en finance une partie", "pays for part of this")
    values = [block_value(RelatedPageBlock(), {"page": target, "relation": tie}) for target in (page(), half_page())]
    return {"page": SimpleNamespace(related_pages=[SimpleNamespace(value=value) for value in values])}


def relations():
    """Return a diagram of pages in two sections and an organisation; one page has no relation."""
    pages = [page(pk=-1), half_page(), long_page(), page(pk=-4)]
    for number, specimen in enumerate(pages):
        specimen.pk, specimen.path = -number - 1, f"0001000100{number % 2:02}{number:04}"
    words = trilingual("krijgt steun van", "est soutenue par", "is supported by")
    ends = [{"page": pages[0], "target": pages[2]}, {"page": pages[1], "organisation": organisation()}]
    block = BodyBlock().child_blocks["relations"]
    value = {"title": QUESTION, "intro": SOURCE, "pages": pages, "relations": [{**end, "relation": words} for end in ends]}
    return block.get_context(block_value(block, value))


def levels():
    """Return three levels: pages and an organisation, a page and words in one language only, and nothing."""
    words = trilingual("geeft hiervoor geld", "y consacre des moyens", "provides money for this")
    actors = [{"page": page(pk=-1)}, {"page": long_page()}, {"organisation": organisation()}]
    names = (trilingual("Europa", "L’Europe", "Europe"), ONLY_DUTCH, trilingual("Brussel", "Bruxelles", "Brussels"))
    filled = [[{**actor, "words": words} for actor in actors], [{"page": half_page(), "words": ONLY_FRENCH}], []]
    block = BodyBlock().child_blocks["levels"]
    levels = [{"name": name, "role": SOURCE, "actors": actors} for name, actors in zip(names, filled, strict=True)]
    return block.get_context(
        block_value(
            block,
            {"title": trilingual("Wie doet wat?", "Qui fait quoi\u00a0?", "Who does what?"), "intro": SOURCE, "levels": levels},
        )
    )


def illustrations():
    return {
        "topics": [
            SimpleNamespace(photograph=None, illustration_template=f"illustrations/{name}.svg") for name in ILLUSTRATIONS
        ]
    }


def list_part():
    return {"number": 2, "total": 3, "neighbours": [("prev", "#ways"), ("next", "#ways")]}


def glossary():
    term = trilingual("werkzoekende", "chercheur d’emploi", "job seeker")
    entry = with_texts(
        GlossaryTerm(key="specimen"), term=term, definition=SOURCE, synonyms=trilingual("", "demandeur d’emploi", "")
    )
    return {"terms": [entry, with_texts(GlossaryTerm(), term=ONLY_DUTCH, definition=ONLY_DUTCH)]}


def term_explanations():
    """Return a term as it is explained below a text."""
    term = trilingual("werkzoekende", "chercheur d’emploi", "job seeker")[current_language()]
    return {"words": [Explanation("specimen", term, "", SOURCE[current_language()], "#use-specimen")]}


def topic():
    """What every topic has: for whom it is, its milestones, and the next step."""
    event = trilingual("Het netwerk wordt opgericht.", "Le réseau est fondé.", "The network is founded.")
    days = ({"date": date, "text": event, "source": SOURCE} for date in ("1998", "2014-05", "2020-11-25"))
    specimen = SimpleNamespace(milestones=stream_items(MilestoneBlock(), *days))
    for name, texts in {
        "audience": PARAGRAPHS,
        "next_step": PARAGRAPHS,
        "next_step_label": QUESTION,
        "next_step_url": ADDRESS,
    }.items():
        for code, text in texts.items():
            setattr(specimen, f"{name}_{code}", text)
    return {"page": specimen}


def lead_fact():
    return {"page": SimpleNamespace(lead_figure=stream_items(FigureBlock(), figure())[0])}


def folded_list():
    return {"label": _("All links"), "content": SOURCE[current_language()]}
