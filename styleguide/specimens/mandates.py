"""What a mandate shows in a way of its own, for the page of the design system."""

from django.utils.translation import gettext_lazy as _

from directory.models import Organisation
from languages.codes import LANGUAGES
from mandates.models import MandatePage, PartnerBlock, ResultBlock
from mandates.programme import ProgrammeBlock
from styleguide.components import Component, block_value, trilingual, with_texts


def partner(joined, status):
    organisation = with_texts(Organisation(), name=trilingual("Een vereniging", "Une association", "An association"))
    return block_value(PartnerBlock(), {"organisation": organisation, "joined": joined, "status": status})


def mandate():
    """Return a mandate with results, and with partners of every kind."""
    partners = [("founding", "current"), ("founding", "historic"), ("later", "current")]
    result = {
        "text": trilingual("Minder werkloosheid", "Moins de chômage", "Less unemployment"),
        "from_year": 2014,
        "until_year": 2019,
    }
    page = MandatePage(
        role=MandatePage.Role.MANAGING_AUTHORITY,
        start_year=2013,
        period_from="2021",
        period_until="2027",
        maximum_age=30,
        time_limit=6,
        results=[("result", block_value(ResultBlock(), result))],
        partners=[("partner", partner(joined, status)) for joined, status in partners],
    )
    people = trilingual("jonge werkzoekenden", "jeunes chercheurs d’emploi", "young job seekers")
    fund = trilingual("een Europees fonds", "un fonds européen", "a European fund")
    return {"page": with_texts(page, target_group=people, funding=fund, time_limit_note=trilingual("", "", ""))}


def partners():
    return {"partners": mandate()["page"].current_partners}


def programme():
    """Return a mandate that says what the managing authority of a programme must publish."""
    label = trilingual("Oproepen van het programma", "Appels du programme", "Calls of the programme")
    address = dict.fromkeys(LANGUAGES, "https://example.org/")
    statement = trilingual(
        "<p>Medegefinancierd door de Europese Unie</p>",
        "<p>Cofinancé par l’Union européenne</p>",
        "<p>Co-funded by the European Union</p>",
    )
    parts = {
        "calls": {"label": label, "url": address},
        "operations": {"label": label, "url": address, "updated_on": "2026-06"},
        "co_funding": {"text": statement},
    }
    blocks = ProgrammeBlock().child_blocks
    return {"page": MandatePage(programme=[(name, block_value(blocks[name], value)) for name, value in parts.items()])}


def components():
    return [
        Component("facts", _("What a European programme publishes"), "mandates/programme.html", programme),
        Component("facts", _("Facts about a mandate"), "mandates/facts.html", mandate),
        Component("facts", _("Results"), "mandates/results.html", mandate),
        Component("facts", _("Time limit, large at the top"), "mandates/fact.html", mandate),
        Component("lists", _("Partners: from the start and later"), "mandates/partners.html", partners),
        Component("lists", _("Partners of then"), "mandates/historic_partners.html", mandate),
    ]
