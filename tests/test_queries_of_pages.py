"""What a page asks of the database, whatever its type and whatever it shows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from directory.models import GlossaryTerm, Organisation, Person
from languages.codes import LANGUAGES
from notices.models import Notice
from pages.history import PublicChange
from pages.models import HomePage, SitePage, SiteSettings
from pages.pictures import RENDITIONS, SMALL
from tests.building import TYPES, make_standard
from tests.editor import block
from tests.many import multiply
from tests.site_checks import MAX_QUERIES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_content")]


@pytest.fixture
def everything_shown():
    """Everything that any page may show: pictures wherever they go, a document, links, a change that was noted, a notice."""
    image, rendition = get_image_model(), get_image_model().get_rendition_model()
    (picture,) = image.objects.bulk_create([image(title="Picture", file="picture.png", width=1200, height=800)])
    rendition.objects.bulk_create(
        rendition(image=picture, filter_spec=spec, file=f"{number}.webp", width=600, height=400)
        for number, spec in enumerate((*RENDITIONS, SMALL))
    )
    document = get_document_model().objects.bulk_create([get_document_model()(title="Document", file="documents/a.pdf")])[0]
    for model, field in ((Organisation, "logo"), (Person, "portrait"), (SitePage, "photograph")):
        model.objects.update(**{field: picture})
    SiteSettings.objects.update(regional_signature=picture)
    about = SitePage.objects.filter(depth__gt=3).first()
    GlossaryTerm.objects.update(page=about)
    now, texts = timezone.now(), {f"text_{code}": "Storing" for code in LANGUAGES}
    labels = {f"link_label_{code}": "Meer" for code in LANGUAGES}
    Notice.objects.create(is_on=True, begins_at=now, ends_at=now + timedelta(hours=1), link_page=about, **texts, **labels)
    PublicChange.objects.bulk_create(
        PublicChange(page_id=page.pk, language="nl", moment=now, note="Anders") for page in SitePage.objects.all()
    )
    link = f'<p><a linktype="page" id="{about.pk}">daar</a></p>'
    return [
        block("picture", image=picture.pk, alternative={}, caption={}, only_in=[]),
        block("documents", items=[{"type": "item", "id": "a", "value": {"document": document.pk, "note": {}}}], only_in=[]),
        block("text", text=dict.fromkeys(LANGUAGES, link), only_in=[]),
    ]


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_a_page_of_every_type_makes_as_few_queries_whatever_it_shows(client, everything_shown, model):
    page, field = model.objects.filter(live=True).first(), model._meta.get_field("body")
    model.objects.filter(pk=page.pk).update(body=field.to_python([*page.body.get_prep_value(), *everything_shown]))
    path = page.paths()["nl"]
    client.get(path)  # the first request of a process also fills caches of Wagtail's
    with CaptureQueriesContext(connection) as captured:
        html = client.get(path).content.decode()
    shown = ("3.webp", "a.pdf", ">daar</a>", "Anders", "Storing")
    assert [text for text in shown if text not in html] == []
    assert len(captured) <= MAX_QUERIES


# --- However many others there are

TABLES = {"wagtailcore_page", "pages_sitepage"}


def rows_read(queries):
    """Return how many rows of pages PostgreSQL reads for some queries, where it has an index to read fewer."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # of few pages it is faster to read all
        plans = []
        for query in queries:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}")
            plans += [plan["Plan"] for plan in cursor.fetchone()[0]]
        cursor.execute("SET LOCAL enable_seqscan = on")
    return sum(rows_read_by(plan) for plan in plans)


def rows_read_by(node):
    """Return how many rows of pages a node of a plan and those below it read."""
    own = node["Actual Rows"] + node.get("Rows Removed by Filter", 0) if node.get("Relation Name") in TABLES else 0
    return own * node.get("Actual Loops", 1) + sum(map(rows_read_by, node.get("Plans", ())))


@pytest.mark.sweep
def test_a_page_reads_no_more_rows_where_a_section_beside_its_own_is_large(client):
    def read():
        rows = {}
        for path in paths:
            with CaptureQueriesContext(connection) as captured:
                client.get(path)
                queries = [query["sql"] for query in captured]
            rows[path] = rows_read(queries)
        return rows

    section = make_standard(HomePage.objects.get(), "section", show_in_menus=False)
    leaf = make_standard(section, "leaf")
    pages = [model.objects.filter(live=True).exclude(pk=section.pk).first() for model in TYPES]
    paths = ["/", "/nl/niets/", *(page.paths()["nl"] for page in pages)]
    before = read()
    assert min(before.values()) > 0  # the counting works
    multiply(leaf, 3000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    after = read()
    assert {path: (before[path], rows) for path, rows in after.items() if rows > before[path] + 200} == {}


def test_the_home_page_shows_the_first_topics_of_each_section(client):
    """However many there are in the first one."""
    home, number = HomePage.objects.get(), HomePage.CARDS_A_SECTION
    sections = [make_standard(home, name, show_in_menus=True) for name in ("first", "second")]
    leaves = [make_standard(section, f"leaf of {section.slug}") for section in sections]
    multiply(leaves[0], 3 * number)
    html = client.get(home.paths()["nl"]).content.decode()
    assert html.count(f'href="{leaves[0].paths()["nl"].rstrip("/")}') == number
    assert leaves[1].paths()["nl"] in html
