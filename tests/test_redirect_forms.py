"""Redirects as publishers write them: none leads in a circle, and each refusal says so where it belongs."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from tests.building import make_standard, make_user
from tests.editor import translate

SITE = "http://localhost:8000"
FOREIGN = "An address on another site must begin with https:// and be whole."
CIRCLE = "This leads back to where it comes from, or through too many redirects."


@pytest.fixture
def publisher(client, home):
    user = make_user("Publishers", "fr")
    client.force_login(user)
    return user


def redirect_form(old, link):
    return {"old_path": old, "redirect_link": link, "redirect_page": "", "site": "", "is_permanent": "on"}


def add(client, old, link):
    return client.post(reverse("wagtailredirects:add"), redirect_form(old, link))


def lead(links):
    for old, link in links.items():
        Redirect.add_redirect(old, SITE + link)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("existing", "old", "link"),
    [
        ({}, "/nl/a", "/nl/a"),
        ({}, "/nl/a/", "/NL/a."),
        ({"/nl/b": "/nl/A"}, "/nl/a", "/nl/b/"),
        ({"/nl/b": "/nl/c", "/nl/c": "/nl/a?x=1"}, "/nl/a?x=1", "/nl/b"),
        ({"/nl/b": "/nl/c", "/nl/c": "/nl/b"}, "/nl/a", "/nl/b"),
    ],
)
def test_a_redirect_that_leads_in_a_circle_is_refused_at_its_field(publisher, client, existing, old, link):
    lead(existing)
    response = add(client, old, SITE + link)
    assert response.context["form"].errors == {"redirect_link": [translate(CIRCLE, "fr")]}
    assert Redirect.objects.count() == len(existing)
    assert BeautifulSoup(response.content, "html.parser").find("input", {"name": "old_path"})["value"] == old


def test_a_redirect_that_is_changed_into_a_circle_is_refused_and_one_out_of_it_is_not(publisher, client):
    lead({"/nl/a": "/nl/b", "/nl/b": "/nl/"})
    url = reverse("wagtailredirects:edit", args=[Redirect.objects.get(old_path="/nl/b").pk])
    assert client.post(url, redirect_form("/nl/b", SITE + "/nl/a")).context["form"].errors == {
        "redirect_link": [translate(CIRCLE, "fr")]
    }
    assert client.post(url, redirect_form("/nl/b", SITE + "/nl/?x=1")).status_code == 302
    assert add(client, "/nl/e", "https://example.org/nl/e").status_code == 302


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("old", "link", "field", "reason"),
    [
        (
            "/nl/oud",
            SITE + "/nl/nergens/",
            "redirect_link",
            "Neither a page nor a redirect stands at the address that this leads to.",
        ),
        ("/nl/oud", "", "redirect_link", "Say where this leads: choose a page or give an address."),
        ("/nl/oud", "http://example.org/", "redirect_link", FOREIGN),
        ("/nl/oud", "ftp://example.org/", "redirect_link", FOREIGN),
        ("/nl/oud", f"{SITE}@evil.com/", "redirect_link", FOREIGN),
        ("/nl/oud", SITE + "/fr/", "redirect_link", "This leads to another language."),
        ("/nl/", SITE + "/nl/zoeken/", "old_path", "A page answers at this address."),
        ("/nl/zoeken/", SITE + "/nl/", "old_path", "The site itself answers at this address."),
        ("//evil.com", SITE + "/nl/", "old_path", "This address is on another site."),
        ("https://evil.com/nl/e12", SITE + "/nl/", "old_path", "This address is on another site."),
        ("/nl/nul%00", SITE + "/nl/", "old_path", "This is not an address."),
    ],
)
def test_what_the_import_refuses_is_refused_at_its_field_and_stays_as_typed(old, link, field, reason, publisher, client):
    refused = add(client, old, link)
    assert refused.context["form"].errors == {field: [translate(reason, "fr")]}
    assert BeautifulSoup(refused.content, "html.parser").find("input", {"name": "old_path"})["value"] == old
    assert not Redirect.objects.exists()


def test_a_page_that_lacks_the_language_of_the_address_is_refused_at_its_field(publisher, client, home):
    page = make_standard(home, "half", languages=("nl", "fr"))
    form = redirect_form("/en/old", "") | {"redirect_page": page.pk}
    refused = client.post(reverse("wagtailredirects:add"), form).context["form"]
    assert refused.errors == {"redirect_page": [translate("The page does not exist in this language.", "fr")]}
    assert client.post(reverse("wagtailredirects:add"), form | {"old_path": "/nl/oud"}).status_code == 302
    assert client.get("/nl/oud")["Location"] == page.paths()["nl"]


def test_what_a_page_answers_by_now_stays_as_it_is_stored(publisher, client, home):
    path = make_standard(home, "Zorg").paths()["nl"]
    lead({path: "/nl/oud"})
    url = reverse("wagtailredirects:edit", args=[Redirect.objects.get().pk])
    stored = Redirect.objects.get()
    sent = redirect_form(stored.old_path, stored.redirect_link) | {"is_permanent": ""}
    assert client.post(url, sent).status_code == 302
    assert not Redirect.objects.get().is_permanent


def test_what_a_page_answers_leads_no_further(publisher, client, home):
    path = make_standard(home, "Zorg").paths()["nl"]
    lead({path: "/nl/oud"})
    assert add(client, "/nl/oud", SITE + path).status_code == 302
    assert client.get("/nl/oud")["Location"] == SITE + path


def test_the_form_asks_the_same_of_the_database_however_many_redirects_there_are(publisher, client):
    counts = []
    for number in (1, 30):
        lead({f"/nl/a{number}-{one}": "/nl/" for one in range(number)})
        with CaptureQueriesContext(connection) as queries:
            assert add(client, f"/nl/b{number}", SITE + "/nl/").status_code == 302
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_one_address_leads_to_one_place_whatever_its_capitals(publisher, client):
    lead({"/nl/Oud": "/nl/a"})
    assert list(add(client, "/nl/oud", SITE + "/nl/b").context["form"].errors) == ["old_path"]
    assert list(add(client, "//[", SITE + "/nl/b").context["form"].errors) == ["old_path"]
