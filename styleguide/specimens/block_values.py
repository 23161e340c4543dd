"""What blocks are shown with: plain values with texts in three languages, made into values of blocks."""

from types import SimpleNamespace

from django.core.files.base import ContentFile

from assets.models import SiteDocument
from directory.models import Organisation, Person
from pages.blocks import (
    ActBlock,
    BodyBlock,
    ChannelBlock,
    NotedItemBlock,
    NotedOrganisationBlock,
    PointsBlock,
    TermOfOfficeBlock,
)
from styleguide.components import block_value, trilingual, with_texts

SITE = "https://www.actiris.brussels"
PARAGRAPHS = trilingual(
    f'<p>Een zin met een <b>vet woord</b>, een <i>cursief woord</i> en <a href="{SITE}">een externe link</a>.</p>'
    "<ul><li>Een eerste punt</li><li>Een tweede punt</li></ul><ol><li>Eerst dit</li><li>Dan dat</li></ol>",
    f'<p>Une phrase avec un <b>mot en gras</b>, un <i>mot en italique</i> et <a href="{SITE}">un lien externe</a>.</p>'
    "<ul><li>Un premier point</li><li>Un deuxième point</li></ul><ol><li>D’abord ceci</li><li>Puis cela</li></ol>",
    f'<p>A sentence with a <b>bold word</b>, an <i>italic word</i> and <a href="{SITE}">an external link</a>.</p>'
    "<ul><li>A first point</li><li>A second point</li></ul><ol><li>First this</li><li>Then that</li></ol>",
)
ONLY_DUTCH = trilingual("Deze tekst bestaat alleen in het Nederlands.", "", "")
ONLY_FRENCH = trilingual("", "Ce texte n’existe qu’en français.", "")
QUESTION = trilingual("Hoe schrijf je je in?", "Comment s’inscrire ?", "How do you register?")
SOURCE = trilingual("Actiris, jaarverslag", "Actiris, rapport annuel", "Actiris, annual report")
ADDRESS = trilingual(f"{SITE}/nl/", f"{SITE}/fr/", "")


def body_block(name, **value):
    """Return what gives a block of the body its context, from a plain value; left out, its preview is shown."""
    child = BodyBlock().child_blocks[name]
    return lambda: {"value": block_value(child, value or child.get_preview_value())}


def block_of(child, **value):
    """Return what gives any other block its context."""
    return lambda: {"value": block_value(child(), value)}


def stream_items(child, *values):
    """Return values as the items of a stream look to a template."""
    return [SimpleNamespace(value=block_value(child, value)) for value in values]


def figure(**more):
    return {
        "label": trilingual("werkzoekenden begeleid", "chercheurs d’emploi accompagnés", "job seekers supported"),
        "value": "12500",
        "year": "2024",
        "source": SOURCE,
        "source_url": ADDRESS,
        **more,
    }


def figures():
    of_a_span = figure(
        value="900",
        prefix=trilingual("ongeveer", "environ", "about"),
        unit=trilingual("adviseurs", "conseillers", "advisers"),
        label=trilingual("mensen aan het werk", "personnes au travail", "people at work"),
        year="2021-2023",
    )
    return [figure(), of_a_span]


def series():
    """Return a figure of several years, one of them a span, and one that counted something else."""
    years = [("2017", "9100", True), ("2019", "10400", True), ("2020-2021", "8700", True), ("2022", "11800", False)]
    earlier = [
        {"year": year, "value": value, "comparable": comparable, "source": SOURCE, "source_url": ADDRESS}
        for year, value, comparable in years
    ]
    return [figure(earlier=earlier)]


def term(start, end, **more):
    """Return what shows a term of office between two partial dates."""
    office = trilingual("voorzitter", "présidente", "chair")
    return block_of(
        TermOfOfficeBlock, person=Person(name="Ada Peeters"), office=office, from_date=start, until=end, source=SOURCE, **more
    )


def items(look):
    text = trilingual("Informatie uitwisselen", "Échanger des informations", "Exchanging information")
    note = trilingual("elk jaar, in heel Europa", "chaque année, dans toute l’Europe", "every year, all over Europe")
    return lambda: {"class": look, "items": stream_items(NotedItemBlock(), {"text": text, "note": note}, {"text": QUESTION})}


def steps():
    point = trilingual("in een werkgroep", "dans un groupe de travail", "in a working group")
    values = [{"text": QUESTION, "points": [point, point]}, {"text": QUESTION}]
    return {"items": stream_items(PointsBlock(), *values), "inner": "points"}


def channels():
    call = {
        "kind": "telephone",
        "label": trilingual("Telefoon", "Téléphone", "Telephone"),
        "value": "02 123 45 67",
        "note": QUESTION,
    }
    site = {"kind": "web", "label": trilingual("Website", "Site web", "Website"), "url": ADDRESS}
    return {"channels": stream_items(ChannelBlock(), call, site)}


def documents():
    file = ContentFile(b" " * 234_567, name="verslag.pdf")
    entry = with_texts(SiteDocument(pk=0, title="–", file=file), heading=SOURCE)
    return {"value": block_value(BodyBlock().child_blocks["documents"], {"title": QUESTION, "items": [{"document": entry}]})}


def acts():
    name = trilingual("Een besluit", "Une décision", "A decision")
    act = {"label": name, "reference": trilingual("2020/1", "2020/1", "2020/1"), "url": ADDRESS, "adopted_on": "2020-05-15"}
    return {"acts": stream_items(ActBlock(), *({**act, "expires_on": year} for year in ("2097-12-31", "2021")))}


def organisation():
    return with_texts(
        Organisation(),
        name=trilingual("Een dienst", "Un service", "A service"),
        abbreviation=trilingual("D", "S", "S"),
        url=ADDRESS,
    )


def organisations():
    values = [{"organisation": organisation(), "note": QUESTION}, {"organisation": organisation()}]
    return {"items": stream_items(NotedOrganisationBlock(), *values)}
