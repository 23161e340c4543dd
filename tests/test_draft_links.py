"""What somebody without an account sees of a draft, for how long, and that nobody else does."""

from datetime import timedelta

import pytest
from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from delivery.middleware import MAX_PATH_LENGTH
from draft_links.find_link import LinkGone, find_link
from draft_links.models import DraftLink, DraftOpening
from draft_links.paths import DRAFT_SEGMENTS, comment_path, draft_path
from draft_links.tokens import make_key, read_token, token_of
from languages.codes import LANGUAGES
from pages.addresses import RESERVED
from tests.building import group_of, make_mandate, make_standard, make_user, staff, texts
from tests.drafts import DAY, MINUTE, html, path_of, share, write
from tests.editor import block, things_to_choose
from tests.site_checks import faults

SECRET = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow, noarchive", "Referrer-Policy": "no-referrer"}


def secrecy(response):
    return {name: response.get(name) for name in SECRET}


def heading(response):
    return html(response).h1.get_text(" ", strip=True)


# --- Who opens it sees the draft, in the language of the link


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_was_never_published_is_shown_with_who_shares_it_and_until_when(client, draft, language):
    author = make_user("Editors")
    author.first_name, author.last_name = "Jan", "Maes"
    author.save()
    link = share(draft, author, language=language)
    response = client.get(path_of(link))
    assert (response.status_code, heading(response)) == (200, f"plan {language}")
    banner = html(response).find("section", class_="draft-banner").get_text(" ", strip=True)
    assert "Jan Maes" in banner and str(timezone.localtime(link.expires_at).year) in banner
    assert f"{timezone.localtime(link.expires_at):%H:%M}" in banner
    assert f"{timezone.localtime(draft.latest_revision_created_at):%H:%M}" in banner
    assert link.for_whom not in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_holds_as_any_page_does_but_for_what_leads_search_engines_to_it(client, draft, language):
    about = ("canonical", "hreflang", "no x-default", "not for a shared cache")
    link = share(draft, language=language, takes_comments=True)
    response = client.get(path_of(link))
    assert [fault for fault in faults(response, "", language) if not fault.startswith(about)] == []
    page = html(response)
    assert not page.find("link", rel="canonical") and not page.find("meta", property=True)
    assert not page.find("link", hreflang=True) and not page.find("script")
    assert page.find("meta", attrs={"name": "robots"})["content"] == SECRET["X-Robots-Tag"]


def test_it_is_the_latest_draft_at_the_moment_of_opening(client, standard):
    link = share(standard)
    assert "is gepubliceerd" in html(client.get(path_of(link))).find(class_="draft-banner").text
    standard.heading_nl = "Nieuwer"
    standard.save_revision()
    shown = client.get(path_of(link))
    assert heading(shown) == "Nieuwer" and "niet openbaar" in html(shown).find(class_="draft-banner").text
    assert heading(client.get(standard.paths()["nl"])) == "standard nl"


def reword(page, words):
    """Give a page the same new heading in all languages, so that none is behind."""
    for code in LANGUAGES:
        setattr(page, f"heading_{code}", words)


def unpublish(page, home):
    page.unpublish()


def move(page, home):
    page.move(make_standard(home, "elders"), pos="last-child")


def schedule(page, home):
    reword(page, "Straks")
    page.save_revision(approved_go_live_at=timezone.now() + DAY).publish()


def submit(page, home):
    reword(page, "Ter goedkeuring")
    page.save_revision()
    page.get_workflow().start(page, make_user("Editors"))


CHANGES = [(unpublish, "standard nl"), (move, "standard nl"), (schedule, "Straks"), (submit, "Ter goedkeuring")]


@pytest.mark.parametrize(("change", "expected"), CHANGES, ids=lambda value: getattr(value, "__name__", ""))
def test_a_page_that_was_unpublished_moved_scheduled_or_submitted_is_still_shown(client, standard, home, change, expected):
    link = share(standard)
    change(type(standard).objects.get(pk=standard.pk), home)
    response = client.get(path_of(link))
    assert (response.status_code, heading(response)) == (200, expected)


def test_an_alias_is_shown_as_it_mirrors_its_source(client, standard, home):
    alias = standard.create_alias(parent=make_standard(home, "elders"))
    link = share(alias)
    standard.heading_nl = "Nog niet"
    standard.save_revision()
    response = client.get(path_of(link))
    assert (response.status_code, heading(response)) == (200, "standard nl")


def test_a_page_that_code_saved_without_a_revision_is_shown(client, home):
    page = Page.objects.get(pk=home.pk).add_child(instance=type(make_standard(home, "ander"))(live=False, **texts("kaal")))
    assert heading(client.get(path_of(share(page)))) == "kaal nl"


@pytest.mark.parametrize("closing", ["", "/"])
def test_an_address_without_its_last_slash_is_understood(client, draft, closing):
    assert client.get(path_of(share(draft)).rstrip("/") + closing).status_code == 200


def test_the_languages_lead_to_the_draft_where_the_link_shows_it_and_the_menu_to_public_pages(client, standard, section):
    one, whole = share(standard, language="fr"), share(standard, language="")
    shown = html(client.get(path_of(one)))
    assert [a["href"] for a in shown.select(".languages a")] == [path_of(one)]
    assert not shown.select(".language-missing")
    assert section.paths()["fr"] in {a["href"] for a in shown.select(".menu a")}
    shown = html(client.get(path_of(whole, "fr")))
    assert [a["href"] for a in shown.select(".languages a")] == [path_of(whole, code) for code in LANGUAGES]
    assert client.get(path_of(one, "nl")).status_code == 404


# --- Nobody else


@pytest.mark.parametrize("role", [None, "Editors"])
def test_it_is_kept_by_no_cache_and_sets_no_cookie_whoever_looks(draft, role):
    link = share(draft, takes_comments=True)
    client = staff(role) if role else Client()
    for path in (path_of(link), comment_path("nl", link.token)):
        response = client.get(path, headers={"If-None-Match": "*"})
        assert response.status_code == 200 and secrecy(response) == SECRET
        assert not response.cookies and "ETag" not in response and "Cookie" not in response.get("Vary", "")
        assert "wagtail" not in response.content.decode() and "/admin/" not in response.content.decode()
    assert "script-src 'self'" in client.get(path_of(link))["Content-Security-Policy"]


def test_neither_robots_nor_the_sitemap_nor_the_search_name_it(client, draft):
    link = share(draft)
    for address in ("/robots.txt", "/sitemap.xml", "/nl/feed/", "/nl/zoeken/?q=plan"):
        body = client.get(address).content.decode()
        assert not any(word in body for word in (link.key, *DRAFT_SEGMENTS.values())), address


GUESSES = {
    "guessed": lambda link: token_of(link.key)[:-1] + ("B" if link.token.endswith("A") else "A"),
    "truncated": lambda link: link.token[:-3],
    "without a signature": lambda link: link.key,
    "signed by somebody else": lambda link: Signer(key="another", salt="draft_links.link", sep=".").sign(link.key),
    "signed for something else": lambda link: Signer(salt="audience.form", sep=".").sign(link.key),
    "with another key": lambda link: f"{make_key()}.{link.token.partition('.')[2]}",
}


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_we_did_not_sign_is_not_found_and_asks_the_database_for_no_link(client, draft, method):
    link, nothing = share(draft, takes_comments=True), html(client.get("/nl/niets/"))
    for name, guess in GUESSES.items():
        path = {"get": draft_path, "post": comment_path}[method]("nl", guess(link))
        with CaptureQueriesContext(connection) as captured:
            response = getattr(client, method)(path)
        assert response.status_code == 404 and not any("draft_links" in query["sql"] for query in captured), name
        assert html(response).h1.text == nothing.h1.text, name


def test_a_token_is_long_signed_and_says_nothing_of_the_page(draft):
    link, other = share(draft), share(draft)
    assert len(link.key) == 22 and link.key != other.key and read_token(link.token) == link.key
    assert len(draft_path("fr", link.token)) < MAX_PATH_LENGTH
    with pytest.raises(BadSignature):
        read_token(link.key)


def test_a_text_that_a_language_lacks_is_shown_in_another_and_named_as_such(client, home):
    page = make_standard(home, "half", languages=("nl",), live=False)
    shown = html(client.get(path_of(share(page, language="fr"))))
    assert shown.html["lang"] == "fr" and shown.h1.find("span", lang="nl").text == "half nl"


# --- Until it ends


def gone_page(client, link, language="nl"):
    """Return the page that says that a link has ended."""
    response = client.get(draft_path(language, link.token))
    assert response.status_code == 410 and secrecy(response) == SECRET and not response.cookies
    return html(response)


@pytest.mark.parametrize(
    ("language", "over", "asks"),
    [
        ("nl", "Deze link werkt niet meer", "Vraag"),
        ("fr", "Ce lien ne fonctionne plus", "Demandez"),
        ("en", "This link no longer works", "Ask"),
    ],
)
def test_a_link_that_is_over_says_so_in_the_readers_language_and_whom_to_ask(client, draft, language, over, asks):
    author = make_user("Editors", name="jan.maes")
    link = share(draft, author, language=language, created_at=timezone.now() - 2 * DAY, expires_at=timezone.now() - MINUTE)
    page = gone_page(client, link, language)
    assert page.h1.text == over and "plan" not in page.main.text
    assert asks in page.main.text and "jan.maes" in page.main.text


def test_a_link_works_to_the_last_second_and_not_one_longer(draft, monkeypatch):
    link = share(draft)
    monkeypatch.setattr(timezone, "now", lambda: link.expires_at - timedelta(seconds=1))
    assert find_link(link.token, "nl") == link
    monkeypatch.setattr(timezone, "now", lambda: link.expires_at)
    with pytest.raises(LinkGone):
        find_link(link.token, "nl")


def test_a_revoked_link_ends_at_once(client, draft):
    link, other = share(draft), share(draft)
    assert client.get(path_of(link)).status_code == 200
    link.revoke(link.author)
    link.save()
    assert "niet meer" in gone_page(client, link).h1.text
    assert client.get(path_of(other)).status_code == 200


def test_a_link_goes_with_its_page(client, draft):
    link = share(draft)
    Page.objects.get(pk=draft.pk).delete()
    assert not DraftLink.objects.exists()
    assert "plan" not in gone_page(client, link).main.text


def test_a_page_that_is_deleted_while_the_link_is_opened_ends_it_too(client, draft, monkeypatch):
    def fail(link, language):
        raise IntegrityError("insert or update violates a foreign key")

    link = share(draft)
    monkeypatch.setattr(DraftOpening, "count_one", fail)
    gone_page(client, link)


def deactivate(author):
    author.is_active = False
    author.save()


def take_out_of_groups(author):
    author.groups.clear()


def limit_to_french(author):
    author.groups.set([group_of("Translators")])
    author.languages = ["fr"]
    author.save()


def delete(author):
    author.delete()


@pytest.mark.parametrize("end", [deactivate, take_out_of_groups, limit_to_french, delete])
def test_a_link_ends_with_the_rights_of_whoever_made_it_and_names_nobody_then(client, draft, end):
    link = share(draft, make_user("Editors", name="jan.maes"))
    assert client.get(path_of(link)).status_code == 200
    end(link.author)
    assert "jan.maes" not in gone_page(client, link).main.text


def test_no_link_lasts_longer_than_ninety_days(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        share(draft, expires_at=timezone.now() + 91 * DAY)
    assert share(draft, expires_at=timezone.now() + 89 * DAY).is_open


@pytest.mark.parametrize("method", ["put", "delete", "post"])
def test_nothing_else_can_be_done_with_it(client, draft, method):
    response = getattr(client, method)(path_of(share(draft)))
    assert response.status_code == 405 and response["Allow"] == "GET, HEAD" and secrecy(response) == SECRET


# --- What is kept of an opening


def test_an_opening_is_counted_with_its_language_and_hour_and_nothing_of_the_reader(client, draft):
    link = share(draft, language="")
    for language in ("nl", "nl", "fr"):
        client.get(path_of(link, language), headers={"User-Agent": "Nosy/1.0"}, REMOTE_ADDR="203.0.113.9")
    rows = {opening.language: opening.count for opening in DraftOpening.objects.all()}
    assert rows == {"nl": 2, "fr": 1}
    assert {field.name for field in DraftOpening._meta.get_fields()} == {"id", "link", "language", "hour", "count", "last_at"}


def test_programs_that_only_look_and_links_that_have_ended_count_for_nothing(client, draft):
    link = share(draft, takes_comments=True)
    assert client.head(path_of(link)).status_code == 200
    client.get(comment_path("nl", link.token))
    link.revoke(link.author)
    link.save()
    client.get(path_of(link))
    assert not DraftOpening.objects.exists()


# --- What is not public yet


@pytest.fixture
def files(home, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return things_to_choose(home)


def test_pictures_and_documents_that_are_not_public_yet_are_shown(client, home, files):
    picture, document = files[get_image_model()], files[get_document_model()]
    document.heading_nl = "Verslag"
    document.save()
    body = [
        block("picture", image=picture.pk, alternative={"nl": "Een toren"}, decorative=False),
        block("documents", title={}, items=[{"type": "item", "id": "a", "value": {"document": document.pk, "note": {}}}]),
    ]
    page = make_standard(home, "plan", live=False)
    page.body = page.body.stream_block.to_python(body)
    page.save_revision()
    link = share(page)
    shown = html(client.get(path_of(link)))
    assert client.get(shown.main.find("img")["src"]).status_code == 200
    address = shown.main.find("a", class_="document")["href"]
    assert address.startswith(path_of(link))
    response = client.get(address)
    assert b"".join(response) == b"text" and secrecy(response) == SECRET
    assert client.get(document.address_of(document.file)).status_code == 404
    link.revoke(link.author)
    link.save()
    assert client.get(address).status_code == 410


def test_a_document_that_the_draft_does_not_show_is_not_handed_out(client, draft, files):
    link, document = share(draft), files[get_document_model()]
    for key in (document.pk, 2**70):
        response = client.get(f"{path_of(link)}{key}/document.txt")
        assert response.status_code == 404 and secrecy(response) == SECRET


# --- Costs


def test_as_many_queries_for_many_links_openings_and_comments(client, section):
    page = make_mandate(section, live=False)
    link = share(page, takes_comments=True)
    client.get(path_of(link))
    with CaptureQueriesContext(connection) as few:
        client.get(path_of(link))
    for _ in range(5):
        share(page, link.author)
        write(client, link, text=f"Nog een {_}")
    with CaptureQueriesContext(connection) as many:
        client.get(path_of(link))
    assert len(few) == len(many) <= 20


def test_its_addresses_are_reserved():
    assert set(DRAFT_SEGMENTS.values()) <= RESERVED and set(DRAFT_SEGMENTS) == set(LANGUAGES)
