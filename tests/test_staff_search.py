"""The search of the admin: what it finds, in which language, for whom, and with how many queries."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from directory.models import GlossaryTerm, Organisation, Person
from interface_strings.models import InterfaceString
from staff_search.areas import OWN_AREAS, all_areas
from staff_search.matching import is_in, telling_texts, words_of
from staff_search.views import FEW, MANY
from tests.building import make_standard, make_user, staff
from tests.editor import parsed_page, translate

URL = "/admin/search/"


def search(client, question, **more):
    """Return what a search shows: `{area: {title: address}}`."""
    page = parsed_page(client.get(URL, {"q": question, **more}))
    return {
        section.get("aria-labelledby").removeprefix("area-"): {
            link.text_content(): link.get("href") for link in section.xpath(".//li/a")
        }
        for section in page.xpath("//section[@aria-labelledby]")
    }


def make_terms(number):
    return GlossaryTerm.objects.bulk_create(
        GlossaryTerm(term_nl=f"Zoekbegrip {place}", term_fr=f"Terme {place}") for place in range(number)
    )


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("L’École, à Namur", ("ecole", "a", "namur")),
        ("  view.brussels 15-29 ", ("view", "brussels", "15", "29")),
        ("d'emploi EMPLOI", ("emploi",)),
        ("%_\\ '\"", ()),
        ("\x00", ()),
        ("woord " * 500, ("woord",)),
        (" ".join(map(str, range(10, 50))), tuple(map(str, range(10, 18)))),
    ],
)
def test_a_question_is_taken_apart_into_words(question, words):
    assert words_of(question) == words


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("ecole", "L’École d’été", True),
        ("eco", "L’École", True),
        ("plan", "Het werkgelegenheidsplan", True),
        ("an", "Het werkgelegenheidsplan", False),
        ("he", "Het werkgelegenheidsplan", True),
    ],
)
def test_a_word_is_found_at_the_beginning_of_words_and_a_long_one_within_them(word, text, found):
    assert is_in(word, text) == found


def test_the_texts_that_say_why_are_those_with_what_the_name_lacks():
    texts = [("nl", "Jeugdgarantie"), ("fr", "Garantie jeunesse"), ("en", "Youth Guarantee")]
    assert telling_texts(texts, "Jeugdgarantie", ("garantie",)) == []
    assert telling_texts(texts, "Jeugdgarantie", ("jeunesse",)) == [("fr", "Garantie jeunesse")]
    assert telling_texts(texts, "Jeugdgarantie", ("jeunesse", "youth")) == [
        ("fr", "Garantie jeunesse"),
        ("en", "Youth Guarantee"),
    ]


@pytest.mark.parametrize("question", ["ecole", "ÉCOLE", "apprentissage éco", "leersch"])
def test_a_french_word_finds_a_term_in_the_dutch_admin(question, home):
    term = GlossaryTerm.objects.create(term_nl="Leerschool", term_fr="École d’apprentissage")
    url = reverse("wagtailsnippets_directory_glossaryterm:edit", args=[term.pk])
    assert search(staff("Editors", "nl"), question)["glossaryterm"] == {"Leerschool": url}


def test_everything_is_found_by_what_it_is_called_in_any_language(home):
    page = make_standard(home, name="Horizon", live=False, heading_fr="Une perspective")
    Organisation.objects.create(name_nl="Perspectief vzw", name_fr="Perspective asbl")
    Person.objects.create(name="Eva Perspective")
    image = get_image_model().objects.create(title="1.jpg", file=get_test_image_file(), alternative_fr="Une perspective")
    InterfaceString.objects.create(key="p", domain="django", msgid="View", shown={"nl": ["Kijken"], "fr": ["Perspective"]})
    assert search(staff("Publishers", "nl"), "perspective") == {
        "pages": {"Horizon nl": reverse("wagtailadmin_pages:edit", args=[page.pk])},
        "organisation": {
            "Perspectief vzw": reverse(
                "wagtailsnippets_directory_organisation:edit", args=[Organisation.objects.get(name_fr="Perspective asbl").pk]
            )
        },
        "person": {"Eva Perspective": reverse("wagtailsnippets_directory_person:edit", args=[Person.objects.get().pk])},
        "siteimage": {"1.jpg": reverse("wagtailimages:edit", args=[image.pk])},
        "interfacestring": {"Kijken": reverse("strings:edit", args=[InterfaceString.objects.get(key="p").pk])},
    }


def test_a_page_is_found_by_what_readers_read_on_it_after_those_that_are_called_so(home):
    make_standard(home, name="Brug", summary_fr="Une passerelle vers l’emploi.")
    make_standard(home, name="Passerelle")
    assert list(search(staff("Editors"), "passerelles emploi")["pages"]) == ["Brug nl"]
    assert list(search(staff("Editors"), "passerelle")["pages"]) == ["Passerelle nl", "Brug nl"]


def test_where_a_word_begins_comes_before_where_it_is_a_part(home):
    GlossaryTerm.objects.create(term_nl="Aanbodplan", term_fr="Un")
    GlossaryTerm.objects.create(term_nl="Planning", term_fr="Deux")
    assert list(search(staff("Editors"), "plan")["glossaryterm"]) == ["Planning", "Aanbodplan"]


@pytest.mark.parametrize("question", ["%", "_", "'; DROP TABLE x; --", "\\", "’", '"><script>x</script>'])
def test_no_sign_breaks_the_search_or_the_page(question, home):
    page = parsed_page(staff("Editors").get(URL, {"q": question}))
    assert page.xpath("//input[@id='staff-search']")[0].get("value") == question
    assert not page.xpath("//main//script[text()='x']")


def test_everybody_finds_only_what_they_may_change(home):
    below = make_standard(home, name="Verborgen")
    make_standard(home, name="Verborgen elders")
    Person.objects.create(name="Verborgen Persoon")
    get_image_model().objects.create(title="Verborgen beeld", file=get_test_image_file())
    closed = Collection.get_first_root_node().add_child(name="Gesloten")
    group = Group.objects.create(name="Eén pagina")
    user = make_user("Translators", languages=["nl"])
    user.groups.set([group])
    client = staff("Translators")
    client.force_login(user)
    assert client.get(URL, {"q": "verborgen"}).status_code == 302
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=below, permission=change)
    GroupCollectionPermission.objects.create(
        group=group, collection=closed, permission=Permission.objects.get(codename="change_image")
    )
    assert {name: list(hits) for name, hits in search(client, "verborgen").items()} == {"pages": ["Verborgen nl"]}


def test_accounts_are_found_by_who_manages_people_alone(home):
    found = make_user("Editors", name="zoekmij")
    assert "user" not in search(staff("Publishers"), "zoekmij")
    assert list(search(staff(), "zoekmij")["user"].values()) == [reverse("wagtailusers_users:edit", args=[found.pk])]


def test_a_few_of_each_are_shown_and_all_of_one_on_pages(home):
    make_terms(MANY + 3)
    client = staff("Editors")
    page = parsed_page(client.get(URL, {"q": "zoekbegrip"}))
    assert len(page.xpath("//section//li")) == FEW
    link = page.xpath("//section/p/a")[0]
    assert str(MANY + 3) in link.text_content()
    first = search(client, "zoekbegrip", area="glossaryterm")["glossaryterm"]
    second = search(client, "zoekbegrip", area="glossaryterm", p="2")["glossaryterm"]
    assert len(first) == MANY and len(second) == 3 and not first.keys() & second.keys()


def test_an_area_that_somebody_may_not_see_is_empty_when_asked_for(home):
    assert search(staff("Editors"), "save", area="interfacestring") == {}


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_an_answer_without_results_says_what_to_do(language, home):
    text = staff("Editors", language).get(URL, {"q": "xyzzyx"}).content.decode()
    assert translate("Type fewer words, or only the beginning of each.", language) in text and "/admin/guide/" in text


def test_an_answer_without_results_leads_nowhere_that_is_not_there(home, monkeypatch):
    monkeypatch.setattr("staff_search.views.all_areas", lambda: OWN_AREAS)
    advice = parsed_page(staff("Editors").get(URL, {"q": "xyzzyx"})).xpath("//div[contains(@class, 'help-info')]/ul")[0]
    assert len(advice.xpath("li")) == 2 and not advice.xpath(".//a")


def test_queries_do_not_grow_with_what_is_found(home, django_assert_max_num_queries, django_assert_num_queries):
    client = staff()
    make_terms(1)
    Person.objects.create(name="Zoekbegrip A")
    search(client, "zoekbegrip")  # what a process remembers afterwards is not counted
    with django_assert_max_num_queries(19) as few:
        search(client, "zoekbegrip")
    make_terms(30)
    for place in range(7):
        Person.objects.create(name=f"Zoekbegrip {place}")
        make_standard(home, name=f"Zoekbegrip {place}")
        get_image_model().objects.create(title=f"Zoekbegrip {place}", file=get_test_image_file())
    with django_assert_num_queries(len(few)):
        assert len(search(client, "zoekbegrip")) == 4


def test_the_field_of_the_menu_asks_everything_first(home):
    html = staff("Translators").get("/admin/").content.decode()
    assert '"_type": "wagtail.sidebar.SearchModule", "_args": ["/admin/search/"]' in html


def test_every_area_has_a_name_of_its_own(db):
    names = [area.name for area in all_areas()]
    assert len(names) == len(set(names)) > 8
