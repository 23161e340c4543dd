"""What the components of pages are shown with: unsaved objects and values, with texts in three languages."""

from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from assets.models import SiteDocument
from directory.models import GlossaryTerm, Organisation, Person
from languages.codes import OWN_NAMES, current_language
from pages.blocks import (
    ActBlock,
    BodyBlock,
    ChannelBlock,
    MilestoneBlock,
    NotedItemBlock,
    NotedOrganisationBlock,
    PointsBlock,
    RelatedPageBlock,
    TermOfOfficeBlock,
)
from pages.models import StandardPage
from styleguide.components import filled, three, whole

SITE = "https://www.actiris.brussels"
PARAGRAPHS = three(
    f'<p>Een zin met een <b>vet woord</b>, een <i>cursief woord</i> en <a href="{SITE}">een externe link</a>.</p>'
    "<ul><li>Een eerste punt</li><li>Een tweede punt</li></ul><ol><li>Eerst dit</li><li>Dan dat</li></ol>",
    f'<p>Une phrase avec un <b>mot en gras</b>, un <i>mot en italique</i> et <a href="{SITE}">un lien externe</a>.</p>'
    "<ul><li>Un premier point</li><li>Un deuxième point</li></ul><ol><li>D’abord ceci</li><li>Puis cela</li></ol>",
    f'<p>A sentence with a <b>bold word</b>, an <i>italic word</i> and <a href="{SITE}">an external link</a>.</p>'
    "<ul><li>A first point</li><li>A second point</li></ul><ol><li>First this</li><li>Then that</li></ol>",
)
ONLY_DUTCH = three("Deze tekst bestaat alleen in het Nederlands.", "", "")
ONLY_FRENCH = three("", "Ce texte n’existe qu’en français.", "")
QUESTION = three("Hoe schrijf je je in?", "Comment s’inscrire ?", "How do you register?")
SOURCE = three("Actiris, jaarverslag", "Actiris, rapport annuel", "Actiris, annual report")
ADDRESS = {"nl": f"{SITE}/nl/", "fr": f"{SITE}/fr/", "en": ""}


def block(name, **value):
    """Return what gives a block of the body its context, from a plain value; left out, its preview is shown."""
    child = BodyBlock().child_blocks[name]
    return lambda: {"value": whole(child, value or child.get_preview_value())}


def of(child, **value):
    """Return what gives any other block its context."""
    return lambda: {"value": whole(child(), value)}


def figure(**more):
    return {
        "label": three("werkzoekenden begeleid", "chercheurs d’emploi accompagnés", "job seekers supported"),
        "value": "12500",
        "year": "2024",
        "source": SOURCE,
        "source_url": ADDRESS,
        "verified": True,
        **more,
    }


def figures():
    guess = figure(
        value="900", prefix=three("ongeveer", "environ", "about"), unit=three("adviseurs", "conseillers", "advisers"),
        label=three("mensen aan het werk", "personnes au travail", "people at work"), year="2021-2023", verified=False,
    )  # fmt: skip
    return [figure(), guess]


def series():
    """Return a figure of several years, one of them a span, and one that counted something else."""
    years = [("2017", "9100", True), ("2019", "10400", True), ("2020-2021", "8700", True), ("2022", "11800", False)]
    earlier = [
        {"year": year, "value": value, "comparable": comparable, "source": SOURCE, "source_url": ADDRESS}
        for year, value, comparable in years
    ]
    return [figure(earlier=earlier)]


def page(**fields):
    """Return a page that is nowhere in the tree, with a name and a summary in three languages."""
    made = filled(
        StandardPage(**fields),
        heading=three("Een pagina met een titel", "Une page avec un titre", "A page with a title"),
        summary=three("Wat je op deze pagina leest.", "Ce que vous lirez sur cette page.", "What you can read on this page."),
    )
    made.address_nl, made.address_fr, made.address_en = "een-pagina", "une-page", "a-page"
    return made


def half_page():
    """Return a page that exists in Dutch only."""
    made = filled(page(), heading=three("Alleen in het Nederlands", "", ""), summary=ONLY_DUTCH)
    made.address_fr = made.address_en = None
    return made


def elsewhere():
    """Return a page whose summary is missing in the reader's language, whichever that is."""
    return {"page": filled(page(), summary=ONLY_DUTCH if current_language() != "nl" else ONLY_FRENCH)}


def long_page():
    word = three("Toegankelijkheidsverklaring", "Déclaration d’accessibilité", "Accessibility statement")
    return filled(page(), heading=word)


def cards():
    return {"cards": [page(), half_page(), long_page()]}


def ways():
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


def related():
    tie = three("betaalt een deel hiervan", "en finance une partie", "pays for part of this")
    values = [whole(RelatedPageBlock(), {"page": target, "relation": tie}) for target in (page(), half_page())]
    return {"page": SimpleNamespace(related_pages=[SimpleNamespace(value=value) for value in values])}


def relations():
    """Return a diagram of pages in two sections and an organisation; one page has no relation."""
    pages = [page(pk=-1), half_page(), long_page(), page(pk=-4)]
    for number, shown in enumerate(pages):
        shown.pk, shown.path = -number - 1, f"0001000100{number % 2:02}{number:04}"
    words = three("krijgt steun van", "est soutenue par", "is supported by")
    ends = [{"page": pages[0], "target": pages[2]}, {"page": pages[1], "organisation": organisation()}]
    block = BodyBlock().child_blocks["relations"]
    value = {"title": QUESTION, "intro": SOURCE, "pages": pages, "relations": [{**end, "relation": words} for end in ends]}
    return block.get_context(whole(block, value))


def leaf():
    return {"leaf": Paginator(range(180), 60).page(2)}


def term(start, end, **more):
    """Return what shows a term of office between two partial dates."""
    office = three("voorzitter", "présidente", "chair")
    return of(
        TermOfOfficeBlock, person=Person(name="Ada Peeters"), office=office, from_date=start, until=end, source=SOURCE, **more
    )


def items(look):
    text = three("Informatie uitwisselen", "Échanger des informations", "Exchanging information")
    note = three("elk jaar, in heel Europa", "chaque année, dans toute l’Europe", "every year, all over Europe")
    return lambda: {"class": look, "items": wrapped(NotedItemBlock(), {"text": text, "note": note}, {"text": QUESTION})}


def wrapped(child, *values):
    """Return values as the items of a stream look to a template."""
    return [SimpleNamespace(value=whole(child, value)) for value in values]


def steps():
    point = three("in een werkgroep", "dans un groupe de travail", "in a working group")
    values = [{"text": QUESTION, "points": [point, point]}, {"text": QUESTION}]
    return {"items": wrapped(PointsBlock(), *values), "inner": "points"}


def channels():
    call = {
        "kind": "telephone",
        "label": three("Telefoon", "Téléphone", "Telephone"),
        "value": "02 123 45 67",
        "note": QUESTION,
    }
    site = {"kind": "web", "label": three("Website", "Site web", "Website"), "url": ADDRESS}
    return {"channels": [whole(ChannelBlock(), value) for value in (call, site)]}


def glossary():
    term = three("werkzoekende", "chercheur d’emploi", "job seeker")
    entry = filled(GlossaryTerm(key="specimen"), term=term, definition=SOURCE, synonyms=three("", "demandeur d’emploi", ""))
    return {"terms": [entry, filled(GlossaryTerm(), term=ONLY_DUTCH, definition=ONLY_DUTCH)]}


def words():
    """Return a term as it is explained below a text."""
    term = three("werkzoekende", "chercheur d’emploi", "job seeker")[current_language()]
    return {
        "words": [SimpleNamespace(anchor="specimen", term=term, definition=SOURCE[current_language()], path="#use-specimen")]
    }


def documents():
    file = ContentFile(b" " * 234_567, name="verslag.pdf")
    entry = filled(SiteDocument(pk=0, title="–", file=file), heading=SOURCE)
    return {"value": whole(BodyBlock().child_blocks["documents"], {"title": QUESTION, "items": [{"document": entry}]})}


def acts():
    name = three("Een besluit", "Une décision", "A decision")
    kept = {"label": name, "reference": three("2020/1", "2020/1", "2020/1"), "url": ADDRESS, "adopted_on": "2020-05-15"}
    return {"acts": [whole(ActBlock(), {**kept, "expires_on": year}) for year in ("2097-12-31", "2021")]}


def organisation():
    return filled(
        Organisation(), name=three("Een dienst", "Un service", "A service"), abbreviation=three("D", "S", "S"), url=ADDRESS
    )


def organisations():
    values = [{"organisation": organisation(), "note": QUESTION}, {"organisation": organisation()}]
    return {"items": wrapped(NotedOrganisationBlock(), *values)}


def topic():
    """What every topic has: for whom it is, its milestones, and the next step."""
    event = three("Het netwerk wordt opgericht.", "Le réseau est fondé.", "The network is founded.")
    days = [
        whole(MilestoneBlock(), {"date": date, "text": event, "source": SOURCE}) for date in ("1998", "2014-05", "2020-11-25")
    ]
    made = SimpleNamespace(milestones=days)
    for name, texts in {
        "audience": PARAGRAPHS,
        "next_step": PARAGRAPHS,
        "next_step_label": QUESTION,
        "next_step_url": ADDRESS,
    }.items():
        for code, text in texts.items():
            setattr(made, f"{name}_{code}", text)
    return {"page": made}
