"""Redirects as publishers write them: none leads in a circle, and each refusal says so where it belongs."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from tests.building import make_standard, make_user
from tests.editor import translate

SITE = "http://localhost:8000"
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
    lead({"/nl/a": "/nl/b", "/nl/b": "/nl/c"})
    url = reverse("wagtailredirects:edit", args=[Redirect.objects.get(old_path="/nl/b").pk])
    assert client.post(url, redirect_form("/nl/b", SITE + "/nl/a")).context["form"].errors == {
        "redirect_link": [translate(CIRCLE, "fr")]
    }
    assert client.post(url, redirect_form("/nl/d", SITE + "/nl/a")).status_code == 302
    assert add(client, "/nl/e", "https://example.org/nl/e").status_code == 302


def test_what_a_page_answers_leads_no_further(publisher, client, home):
    path = make_standard(home, "Zorg").paths()["nl"]
    lead({path: "/nl/oud"})
    assert add(client, "/nl/oud", SITE + path).status_code == 302
    assert client.get("/nl/oud")["Location"] == SITE + path


def test_one_address_leads_to_one_place_whatever_its_capitals(publisher, client):
    lead({"/nl/Oud": "/nl/a"})
    assert list(add(client, "/nl/oud", SITE + "/nl/b").context["form"].errors) == ["old_path"]
    assert list(add(client, "//[", SITE + "/nl/b").context["form"].errors) == ["old_path"]
