"""What the law asks for: the statement linked from every page, and places for what staff must publish."""

import re
from itertools import takewhile

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from delivery import errors
from languages.codes import LANGUAGES
from mandates.programme import OperationsBlock
from pages.models import AccessibilityStatementPage, SiteSettings
from search import search_counts
from tests.building import add, make_user, texts
from tests.content import EVERY_PAGE, page_of
from tests.editor import block, errors_of, form_with, open_form, publish, stream, things_to_choose

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
BROKEN = settings.BASE_DIR / "templates" / "500.html"


def parse(response):
    return BeautifulSoup(response.content.decode(), "html.parser")


def links_to_statement(html):
    """Return by language the addresses of the statement in the footer of a page without a frame."""
    return {link["hreflang"]: link["href"] for link in html.select(".bare-footer a")}


# --- The accessibility statement


@pytest.mark.parametrize(("key", "language"), EVERY_PAGE)
def test_every_page_leads_to_the_statement(rendered, key, language):
    path = page_of("accessibility").paths()[language]
    assert rendered[key, language].footer.find("a", href=path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_statement_has_the_parts_that_decision_2018_1523_asks_for(rendered, language):
    main = rendered["accessibility", language].main
    parts = {heading["id"]: heading for heading in main.find_all("h2", id=True)}
    assert {"sites", "conformity", "assessment", "barriers"} <= parts.keys()
    below = {
        name: list(takewhile(lambda tag: tag.name != "h2", heading.find_next_siblings())) for name, heading in parts.items()
    }
    assert any(tag.find("a", href=re.compile("^https:")) for tag in below["sites"]), "the law"
    assert any(tag.name == "dl" for tag in below["assessment"]), "when it was prepared"
    assert any(tag.find("a", href=re.compile("^https:")) for tag in below["barriers"]), "the enforcement procedure"


@pytest.mark.parametrize("path", ["/nl/niets/", "/fr/rien/", "/en/nothing/"])
def test_an_error_page_leads_to_the_statement(client, db, path):
    assert parse(client.get(path)).footer.find("a", href=page_of("accessibility").paths()[path[1:3]])


def test_the_choice_of_a_language_leads_to_the_statement_in_each_and_prefers_none(client, db):
    html = parse(client.get("/"))
    assert links_to_statement(html) == page_of("accessibility").paths()
    assert [link["hreflang"] for link in html.select(".bare-footer a")] == ["nl", "fr", "en"]
    assert {tuple(sorted(link.attrs)) for link in html.select(".bare-footer a")} == {("href", "hreflang", "lang")}


def test_a_page_that_may_ask_nothing_of_the_database_leads_to_the_statement_too(client, db, django_assert_num_queries, rf):
    assert links_to_statement(parse(client.get("/nothing/"))) == errors.STATEMENT
    with django_assert_num_queries(0):
        assert links_to_statement(parse(errors.bad_request(rf.get("/")))) == errors.STATEMENT
        assert links_to_statement(parse(errors.server_error(rf.get("/")))) == errors.STATEMENT


def test_those_addresses_answer_and_keep_answering_when_the_slugs_change(client, db):
    assert {code: client.get(path).status_code for code, path in errors.STATEMENT.items()} == dict.fromkeys(LANGUAGES, 200)
    page = page_of("accessibility").specific
    for code in LANGUAGES:
        setattr(page, f"url_slug_{code}", f"anders-{code}")
    page.save_revision().publish()
    for code, path in errors.STATEMENT.items():
        response = client.get(path, follow=True)
        assert (response.status_code, response.redirect_chain[-1][0]) == (200, f"/{code}/anders-{code}/")


def test_staff_cannot_take_the_statement_out_of_the_footer(client, db):
    page = page_of("accessibility").specific
    page.show_in_footer = False
    page.save_revision().publish()
    assert parse(client.get("/fr/")).footer.find("a", href=page.paths()["fr"])


def test_a_statement_that_lacks_a_language_is_linked_with_the_language_it_has(client, db):
    page = page_of("accessibility").specific
    page.heading_en = page.url_slug_en = ""
    page.save_revision().publish()
    link = parse(client.get("/en/")).footer.find("a", href=page.paths()["nl"])
    assert link["hreflang"] == "nl" and link.find(lang="nl")
    assert parse(client.get("/")).select(".bare-footer a")[-1]["hreflang"] == "fr"


def test_a_draft_of_the_statement_is_linked_from_nowhere(client, db):
    page_of("accessibility").specific.unpublish()
    assert not parse(client.get("/nl/")).footer.find("a", href=re.compile("None|toegankelijk"))
    assert not links_to_statement(parse(client.get("/")))


# --- What the privacy page promises


MONTHS = {"nl": "maanden", "fr": "mois", "en": "months"}
PROMISES = {  # setting -> the heading, in the order of the page
    "FEEDBACK_MONTHS": {"nl": "Als je zegt of", "fr": "Si vous donnez votre avis", "en": "If you tell us whether"},
    "DRAFT_LINKS_MONTHS": {
        "nl": "Als iemand een concept",
        "fr": "Si quelqu’un partage un brouillon",
        "en": "If somebody shares a draft",
    },
    "SEARCHES_MONTHS": {"nl": "Als je op de website zoekt", "fr": "Si vous faites une recherche", "en": "If you search"},
    "VISITS_MONTHS": {"nl": "Wat de webserver", "fr": "Ce que le serveur", "en": "What the web server"},
}
FIVE_TIMES = {
    "nl": "vijf keer of meer in een week",
    "fr": "cinq fois ou plus en une semaine",
    "en": "five times or more in a week",
}
SIX_DIGITS = {"nl": "zes of meer cijfers", "fr": "au moins six chiffres", "en": "six or more digits"}


def promised_text(main, heading):
    """Return the text of the privacy page between a heading, of which the beginning is given, and the next."""
    (found,) = (one for one in main.find_all("h2") if one.get_text().startswith(heading))
    between = takewhile(lambda one: one.name != "h2", found.find_all_next(["h2", "p", "li"]))
    return " ".join(" ".join(one.get_text() for one in between).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("setting", PROMISES)
def test_the_privacy_page_says_how_long_the_settings_keep_things(rendered, setting, language):
    text = promised_text(rendered["privacy", language].main, PROMISES[setting][language])
    assert f"{getattr(settings, setting)} {MONTHS[language]}" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_privacy_page_says_which_searches_are_counted_and_kept(rendered, language):
    text = promised_text(rendered["privacy", language].main, PROMISES["SEARCHES_MONTHS"][language])
    assert FIVE_TIMES[language] in text and SIX_DIGITS[language] in text and "@" in text
    assert (search_counts.MIN_TIMES, search_counts.DIGITS) == (5, 6)


# --- Our details


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_legal_notice_takes_our_details_from_the_settings(client, db, language):
    SiteSettings.objects.update(enterprise_number="0123.456.789", telephone="02 111 11 11")
    html = parse(client.get(page_of("legal").paths()[language]))
    assert "0123.456.789" in html.main.text and html.main.find("a", href="tel:021111111")
    assert "0239.843.188" not in html.text


def test_details_that_nobody_filled_in_leave_nothing_behind(client, db):
    SiteSettings.objects.all().delete()
    assert not parse(client.get(page_of("legal").paths()["nl"])).main.select("dl.facts")


# --- The transparency page


def footer_link(language):
    found = parse(Client().get(f"/{language}/")).footer.find("a", rel="external")
    return found and (found["href"], found.get("hreflang"), found.contents[0])


@pytest.mark.sweep
def test_the_transparency_page_is_linked_once_staff_fill_it_in(client, db):
    assert footer_link("nl") is None
    client.force_login(make_user("Publishers"))
    url = client.get(reverse("wagtailsettings:edit", args=["pages", "sitesettings"])).url
    shown = form_with(client.get(url), "site_name_nl")
    refused = client.post(url, shown | {"transparency_url_nl": "geen adres"})
    assert errors_of(refused).keys() == {"transparency_url_nl"}
    refused = client.post(url, shown | {"transparency_label_nl": "Open bestuur"})
    assert errors_of(refused).keys() == {"transparency_label_fr"}
    typed = {"transparency_url_nl": "https://example.org/nl", "transparency_url_fr": "https://example.org/fr"}
    assert client.post(url, shown | typed).status_code == 302
    assert footer_link("nl") == ("https://example.org/nl", None, "Transparantie")
    assert footer_link("fr") == ("https://example.org/fr", None, "Transparence")
    assert footer_link("en") == ("https://example.org/nl", "nl", "Transparency")
    own = {"transparency_label_nl": "Open bestuur", "transparency_label_fr": "Administration ouverte"}
    assert client.post(url, shown | typed | own).status_code == 302
    assert footer_link("fr")[2] == "Administration ouverte"


# --- A programme of the European Union


def address(path):
    return {code: f"https://example.org/{code}/{path}" for code in LANGUAGES}


def label(text):
    return {code: f"{text} {code}" for code in LANGUAGES}


@pytest.fixture
def programme(client, db, settings, tmp_path):
    """Return a function that types a mandate’s programme in the editor and publishes; it returns the page by language."""
    settings.MEDIA_ROOT = tmp_path
    client.force_login(make_user("Publishers"))

    def typing(*blocks):
        page = page_of("esf").specific
        field = page._meta.get_field("programme")
        response = publish(client, page, **stream("programme", field.stream_block, list(blocks)))
        if response.status_code != 302:
            return response
        return {code: parse(Client().get(path)).main for code, path in page.paths().items()}

    return typing


def test_nothing_is_shown_of_a_programme_that_nobody_filled_in(rendered):
    assert not any(html.find(id="programme") or "None" in html.main.text for html in rendered.values())


@pytest.mark.sweep
def test_calls_list_and_co_funding_are_shown_once_staff_fill_them_in(programme):
    chosen = things_to_choose(page_of("esf"))
    image = chosen[get_image_model()]
    shown = programme(
        block("calls", label=label("Oproepen"), url=address("calls")),
        block("operations", label=label("Lijst"), url=address("list"), document=None, updated_on="2026-06"),
        block("co_funding", text={code: f"<p>Co-funding {code}</p>" for code in LANGUAGES}, emblem=image.pk),
    )
    for code, main in shown.items():
        assert main.find(id="programme")
        assert main.find("a", href=f"https://example.org/{code}/calls").contents[0] == f"Oproepen {code}"
        assert main.find("a", href=f"https://example.org/{code}/list").contents[0] == f"Lijst {code}"
        assert main.select_one(".co-funding").text.strip() == f"Co-funding {code}"
        assert main.select_one(".co-funding img")["src"] in {rendition.url for rendition in image.renditions.all()}
    assert "juin 2026" in shown["fr"].text


@pytest.mark.sweep
def test_the_list_may_be_a_document_and_must_be_something(programme):
    document = things_to_choose(page_of("esf"))[get_document_model()]
    nothing = dict.fromkeys(LANGUAGES, "")
    shown = programme(block("operations", label=label("Lijst"), url=nothing, document=document.pk, updated_on=""))
    assert shown["nl"].find("a", class_="document").text == "Lijst nl"
    assert "TXT" in shown["nl"].text
    with pytest.raises(ValidationError):
        OperationsBlock().clean(OperationsBlock().to_python({"label": label("Lijst"), "url": nothing}))


@pytest.mark.sweep
def test_each_stands_once_and_in_dutch_and_french_together(programme):
    calls = block("calls", label=label("Oproepen"), url=address("calls"))
    assert errors_of(programme(calls, {**calls, "id": "x"})).keys() == {"programme"}
    dutch = block("calls", label={"nl": "Oproepen", "fr": "", "en": ""}, url=address("calls"))
    assert errors_of(programme(dutch)).keys() == {"programme"}


@pytest.mark.sweep
def test_the_form_of_another_mandate_has_room_for_it_and_the_statement_has_no_box_to_untick(client, db, home_of_the_site):
    client.force_login(make_user("Publishers"))
    edit = reverse("wagtailadmin_pages:edit", args=[page_of("youth-guarantee").pk])
    assert "programme-count" in open_form(client, edit)
    page_of("accessibility").delete()
    page = add(home_of_the_site, AccessibilityStatementPage, **texts("statement"))
    assert page.show_in_footer


@pytest.fixture
def home_of_the_site(db):
    return page_of("home")
