"""Notes for staff are never public: planted on everything that can carry one, they are in no answer to readers or machines."""

import re
from datetime import date

import pytest
from django.core.serializers import serialize
from django.urls import reverse
from wagtail.models import Comment, PageLogEntry, Revision

from directory.models import GlossaryTerm, Organisation, Person
from draft_links.models import DraftComment
from draft_links.paths import comment_path
from draft_links.shared_draft import AS_PAGE
from languages.codes import LANGUAGES
from mandates.models import MandatePage
from pages.models import PublicChange, SitePage, SiteSettings
from search.models import Entry
from staff_notes.models import TEXTS, StaffNote
from staff_notes.places import places
from staff_notes.shown_notes import notes_url
from tests.building import make_user
from tests.drafts import path_of, share
from tests.editor import edit_url, open_form

pytestmark = pytest.mark.django_db
MARK = "Zweefvliegtuig"
YEAR = re.compile(r"(?<![\w-])2031(?!\w)|2031-07")  # and not within the random id of a block
NEXT_TO_PAGES = ["/sitemap.xml", "/robots.txt", "/manifest.webmanifest"]
FOR_EACH_LANGUAGE = ["feed/", "glossary.jsonld", "manifest.webmanifest"]
SEARCHES = ["/nl/zoeken/", "/fr/recherche/", "/en/search/", "/nl/zoeken/api/", "/nl/zoeken/suggesties/"]


@pytest.fixture(scope="module")
def notes_everywhere(loaded, django_db_blocker):
    """A note on everything that can carry one: on the whole, and on each field and item of it."""
    texts = {f"{name}_{code}": MARK for name in TEXTS for code in LANGUAGES}
    with django_db_blocker.unblock():
        pages = SitePage.objects.specific()
        carriers = [
            *pages,
            *Organisation.objects.all(),
            *Person.objects.all(),
            *GlossaryTerm.objects.all(),
            SiteSettings.load(),
        ]
        notes = [StaffNote.on(carrier, about=about, **texts) for carrier in carriers for about in ("", *places(carrier))]
        StaffNote.objects.bulk_create(notes)


@pytest.fixture
def planted_notes(notes_everywhere, tasks_at_once, db):
    """Those notes, for one test that may change them."""


def holds_a_note(response):
    return MARK in b"".join(response).decode()


def test_no_page_feed_or_file_holds_a_note(planted_notes, client):
    MandatePage.objects.first().save_revision().publish()  # so that whatever is kept of a page is written with notes beside it
    addresses = [path for page in SitePage.objects.live() for path in page.paths().values()]
    addresses += [f"/{code}/{end}" for code in LANGUAGES for end in FOR_EACH_LANGUAGE] + NEXT_TO_PAGES
    answers = {address: client.get(address) for address in addresses}
    assert {address for address, answer in answers.items() if answer.status_code != 200 or holds_a_note(answer)} == set()


@pytest.mark.parametrize("language", ["", "fr"])
@pytest.mark.sampled(1)
def test_no_shared_draft_holds_a_note_a_comment_or_a_word_for_staff(planted_notes, client, language):
    author = make_user("Editors")
    for page in {page.specific_class: page for page in SitePage.objects.specific()}.values():
        page.review_on, page.responsible, page.publishing_reason = date(2031, 7, 19), author, MARK
        page.wagtail_admin_comments.add(Comment(user=author, text=MARK, contentpath="heading_nl"))
        page.save_revision()
        link = share(page, author, language=language, takes_comments=True, for_whom=MARK)
        DraftComment.objects.create(link=share(page, author), sending=link.key, name=MARK, text=MARK, language="fr")
        for path in (path_of(link, "fr"), f"{path_of(link, 'fr')}?{AS_PAGE}", comment_path("fr", link.token)):
            response = client.get(path)
            assert response.status_code == 200 and not holds_a_note(response), path
            content = response.content.decode()
            assert not YEAR.search(content) and "/admin/" not in content


def test_no_search_finds_a_note(planted_notes, client):
    for address in SEARCHES:
        response = client.get(address, {"q": "vliegtuig"})
        assert response.status_code == 200 and not holds_a_note(response), address
        assert MARK not in client.get(address, {"q": MARK[:-2]}).content.decode()
    assert MARK not in serialize("json", Entry.objects.all())


def test_nothing_that_is_kept_of_a_page_holds_a_note(planted_notes, client):
    client.force_login(make_user("Editors"))
    page = MandatePage.objects.first()
    assert client.post(edit_url(page), open_form(client, edit_url(page), heading_nl="Nieuw")).status_code == 302
    for kept in (Revision, PageLogEntry, PublicChange, SitePage, MandatePage):
        assert MARK not in serialize("json", kept.objects.all()), kept


def test_staff_see_notes_on_their_screens_and_in_no_preview_or_api(planted_notes, client):
    client.force_login(make_user("Editors"))
    page = MandatePage.objects.first()
    assert MARK in client.get(edit_url(page)).content.decode() and MARK in client.get(notes_url(page)).content.decode()
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(preview, open_form(client, edit_url(page))).json()["is_valid"]
    for url in (
        f"{preview}?mode=nl",
        reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
        f"/admin/api/main/pages/{page.pk}/?fields=*",
        f"/admin/api/main/pages/?fields=*&search={MARK}",
    ):
        response = client.get(url)
        assert response.status_code == 200 and not holds_a_note(response), url
    client.logout()
    for url in (notes_url(page), reverse("staff_note", args=[StaffNote.objects.first().pk]), "/admin/reports/staff-notes/"):
        assert "/login/" in client.get(url).url
