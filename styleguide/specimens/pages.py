"""The components of every page in their states, as the page of the design system shows them."""

from django.utils.translation import gettext_lazy as _

from pages.blocks import LinkBlock
from styleguide.components import Component, trilingual
from styleguide.specimens import block_values, page_values
from styleguide.specimens.block_values import ADDRESS, ONLY_FRENCH, PARAGRAPHS, QUESTION, SOURCE, block_of, body_block


def components():
    """Return the components that pages of every kind share."""
    return [
        Component("text", _("Summary of a page"), "includes/lead.html", lambda: {"page": page_values.page()}),
        Component("text", _("Summary in another language"), "includes/lead.html", lambda: {"page": page_values.half_page()}),
        Component("text", _("Heading of a section"), "blocks/heading.html", body_block("heading", text=QUESTION, level="2")),
        Component("text", _("Heading of a subsection"), "blocks/heading.html", body_block("heading", text=QUESTION, level="3")),
        Component("text", _("Running text"), "blocks/text.html", body_block("text", text=PARAGRAPHS)),
        Component("ways", _("Language switch, one language missing"), "includes/language_switch.html", page_values.navigation),
        Component("ways", _("Breadcrumbs"), "includes/breadcrumbs.html", page_values.navigation),
        Component("ways", _("List over several pages"), "includes/pagination.html", page_values.list_part),
        Component(
            "ways",
            _("Link to another site, in the reader’s language or in another"),
            "blocks/link.html",
            block_of(LinkBlock, url=ADDRESS, label=trilingual("Website van Actiris", "Site d’Actiris", "Actiris website")),
        ),
        Component("lists", _("Cards"), "styleguide/specimens/cards.html", page_values.cards),
        Component("lists", _("Tiles"), "includes/items.html", block_values.items("tiles")),
        Component("lists", _("Ticked list, with notes"), "includes/items.html", block_values.items("ticked")),
        Component("lists", _("Steps, with points of their own"), "includes/steps.html", block_values.steps),
        Component("lists", _("Way to reach us"), "includes/channels.html", block_values.channels),
        Component("lists", _("Glossary term"), "styleguide/specimens/glossary.html", page_values.glossary),
        Component(
            "text", _("Word explained on the page"), "styleguide/specimens/explanations.html", page_values.term_explanations
        ),
        Component("lists", _("Documents"), "blocks/documents.html", block_values.documents),
        Component("lists", _("Related pages"), "includes/related.html", page_values.related_pages),
        Component(
            "facts",
            _("Figures, of a year and of a span of years"),
            "blocks/figures.html",
            body_block("figures", items=block_values.figures()),
        ),
        Component("pictures", _("Drawings of topics"), "styleguide/specimens/illustrations.html", page_values.illustrations),
        Component("pictures", _("Who does what at which level"), "blocks/levels.html", page_values.levels),
        Component("pictures", _("Diagram of relations"), "blocks/relations.html", page_values.relations),
        Component(
            "pictures", _("Figure over the years"), "blocks/figures.html", body_block("figures", items=block_values.series())
        ),
        Component(
            "facts",
            _("Term of office, over"),
            "blocks/term.html",
            block_values.term("2019-07", "2021-06", elected_on="2019-06-08"),
        ),
        Component("facts", _("Term of office, current"), "blocks/term.html", block_values.term("2026-01-01", "2097")),
        Component("facts", _("Term of office, to come"), "blocks/term.html", block_values.term("2097", "2099-06-30")),
        Component("facts", _("Milestones"), "includes/milestones.html", page_values.topic),
        Component("facts", _("Legal acts: in force, and expired"), "includes/acts.html", block_values.acts),
        Component("facts", _("Organisations"), "includes/organisations.html", block_values.organisations),
        *blocks(),
        Component("notices", _("Who the page is for"), "includes/audience.html", page_values.topic),
        Component("facts", _("Fact at the top of a page"), "includes/fact.html", page_values.lead_fact),
        Component("lists", _("Long list, folded"), "includes/folded_list.html", page_values.folded_list),
        Component("notices", _("Next step"), "includes/next_step.html", page_values.topic),
        Component(
            "notices",
            _("Parts of the page in other languages"),
            "includes/fallback_notice.html",
            page_values.page_in_another_language,
        ),
    ]


def blocks():
    """Return the blocks of the body in their states."""
    item = {"title": QUESTION, "text": PARAGRAPHS}
    years = [trilingual(year, year, year) for year in ("2021", "2022", "2023", "2024", "2025", "2026")]
    row = {
        "cells": [trilingual("Ingeschreven werkzoekenden", "Chercheurs d’emploi inscrits", "Registered job seekers"), *years]
    }
    return [
        Component("blocks", _("Callout"), "blocks/callout.html", body_block("callout")),
        Component(
            "blocks",
            _("Callout that warns, without a title"),
            "blocks/callout.html",
            body_block("callout", text=PARAGRAPHS, tone="attention"),
        ),
        Component("blocks", _("Quotation"), "blocks/quotation.html", body_block("quotation")),
        Component(
            "blocks",
            _("Quotation with a source, in another language"),
            "blocks/quotation.html",
            body_block("quotation", text=ONLY_FRENCH, attribution=SOURCE, source_url=ADDRESS),
        ),
        Component("blocks", _("Accordion"), "blocks/accordion.html", body_block("accordion", items=[item, item])),
        Component(
            "blocks",
            _("Table that is wider than the text"),
            "blocks/table.html",
            body_block("table", caption=SOURCE, columns=row["cells"], rows=[row, row]),
        ),
        Component("blocks", _("Links"), "blocks/links.html", body_block("links")),
        Component("blocks", _("Our details"), "blocks/details.html", body_block("details")),
    ]
