"""Addresses: one lookup, translated paths, redirects for whole subtrees, and help where a path leads nowhere."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect

from delivery.accept_language import preferred_language
from languages.codes import LANGUAGES
from mandates.models import MandatePage
from networks.models import NetworkIndexPage
from pages import address_writer
from pages.addresses import MAX_ADDRESS_LENGTH, PagePlace, compute_addresses
from pages.models import SitePage, StandardPage
from tests.building import add, make_home, make_mandate, make_section, make_standard, texts, topic_texts

# --- The calculation, as plain data


def place(path, live=True, is_home=False, **slugs):
    filled = {code: slugs.get(code, "") for code in LANGUAGES}
    return PagePlace(path, live, is_home, {code: slug or "" for code, slug in filled.items()}, filled)


HOME = PagePlace("00010001", True, True, dict.fromkeys(LANGUAGES, "Home"), dict.fromkeys(LANGUAGES, ""))


def test_an_address_is_the_slugs_from_the_home_page_down():
    addresses = compute_addresses(
        [HOME, place("000100010001", nl="a", fr="b"), place("0001000100010001", nl="c", fr="d", en="e")], {}
    )
    assert addresses["00010001"] == {"nl": "", "fr": "", "en": ""}
    assert addresses["0001000100010001"] == {"nl": "a/c", "fr": "b/d", "en": None}


def test_below_a_page_that_is_not_live_nothing_exists():
    addresses = compute_addresses([HOME, place("000100010001", live=False, nl="a"), place("0001000100010001", nl="c")], {})
    assert set(addresses["0001000100010001"].values()) == {None}


SLUGS = st.sampled_from(["", "a", "b"])


@given(st.lists(st.tuples(st.booleans(), SLUGS, SLUGS, SLUGS), max_size=6))
def test_a_page_exists_in_a_language_exactly_when_all_above_it_do_and_it_has_heading_and_slug(chain):
    places, path = [HOME], HOME.path
    for live, nl, fr, en in chain:
        path += "0001"
        places.append(place(path, live, nl=nl, fr=fr, en=en))
    addresses = compute_addresses(places, {})
    for depth, one in enumerate(places[1:], 1):
        for code in LANGUAGES:
            exists = all(above.live and above.slugs[code] for above in places[1 : depth + 1])
            assert (addresses[one.path][code] is not None) == exists


# --- In the database


@pytest.mark.django_db
def test_a_page_answers_at_its_address_in_every_language(client, mandate):
    for code in LANGUAGES:
        response = client.get(f"/{code}/mandates-{code}/youth-{code}/")
        assert response.status_code == 200
        assert f"youth {code}" in response.content.decode()


@pytest.mark.django_db
def test_a_page_without_english_does_not_exist_in_english_nor_does_what_is_below_it(client, home):
    section = make_section(home, languages=("nl", "fr"))
    mandate = make_mandate(section)
    assert mandate.paths() == {"nl": "/nl/mandates-nl/youth-nl/", "fr": "/fr/mandates-fr/youth-fr/"}
    assert client.get("/en/mandates-en/youth-en/").status_code == 404


@pytest.mark.django_db
def test_a_page_that_is_unpublished_takes_the_pages_below_it_out_of_reach_and_brings_them_back(client, section, mandate):
    section.unpublish()
    assert client.get("/nl/mandates-nl/youth-nl/").status_code == 404
    section.get_latest_revision().publish()
    assert client.get("/nl/mandates-nl/youth-nl/").status_code == 200


@pytest.mark.django_db
def test_a_slug_changed_in_french_redirects_the_old_french_addresses_of_page_and_children_and_nothing_in_dutch(
    client, section, mandate
):
    section.url_slug_fr = "nos-mandats"
    section.save_revision().publish()
    assert client.get("/fr/nos-mandats/youth-fr/").status_code == 200
    for old, new in [
        ("/fr/mandates-fr/", "/fr/nos-mandats/"),
        ("/fr/mandates-fr/youth-fr/", "/fr/nos-mandats/youth-fr/"),
    ]:
        response = client.get(old)
        assert (response.status_code, response["Location"]) == (301, new)
    assert set(Redirect.objects.values_list("old_path", flat=True)) == {"/fr/mandates-fr", "/fr/mandates-fr/youth-fr"}


@pytest.mark.sweep
@pytest.mark.django_db
def test_a_move_redirects_in_every_language_descendants_included(client, home):
    old_parent, new_parent = make_standard(home, "old"), make_standard(home, "new")
    page = make_standard(old_parent, "page")
    child = make_standard(page, "child")
    page.move(new_parent, pos="last-child")
    child.refresh_from_db()
    for code in LANGUAGES:
        assert child.paths()[code] == f"/{code}/new-{code}/page-{code}/child-{code}/"
        for rest in ("", f"child-{code}/"):
            response = client.get(f"/{code}/old-{code}/page-{code}/{rest}")
            assert (response.status_code, response["Location"]) == (301, f"/{code}/new-{code}/page-{code}/{rest}")


@pytest.mark.django_db
def test_redirects_make_no_chains_and_a_page_that_returns_is_found_itself(client, mandate):
    for slug in ("second", "third", "youth-nl"):
        mandate.url_slug_nl = slug
        mandate.save_revision().publish()
    assert client.get("/nl/mandates-nl/youth-nl/").status_code == 200
    assert client.get("/nl/mandates-nl/second/")["Location"] == "/nl/mandates-nl/youth-nl/"
    assert client.get("/nl/mandates-nl/third/")["Location"] == "/nl/mandates-nl/youth-nl/"


@pytest.mark.django_db
def test_a_page_that_takes_an_old_address_is_found_there_and_not_redirected(client, section, mandate):
    mandate.url_slug_nl = "moved"
    mandate.save_revision().publish()
    make_mandate(section, "other", url_slug_nl="youth-nl")
    assert "other nl" in client.get("/nl/mandates-nl/youth-nl/").content.decode()


@pytest.mark.django_db
def test_a_redirect_never_leads_into_another_language(client, section, mandate):
    mandate.url_slug_en = "moved"
    mandate.save_revision().publish()
    mandate.heading_en = mandate.url_slug_en = mandate.summary_en = ""
    mandate.save_revision().publish()
    assert client.get("/en/mandates-en/youth-en/").status_code == 404


@pytest.mark.django_db
def test_two_siblings_cannot_take_the_same_address(section, mandate):
    with pytest.raises(ValidationError) as refused:
        make_mandate(section, "second", url_slug_fr="youth-fr")
    assert "url_slug_fr" in refused.value.message_dict


@pytest.mark.django_db
def test_the_same_slug_in_another_language_is_no_clash(section, mandate):
    assert make_mandate(section, "second", url_slug_fr="youth-nl").address_fr == "mandates-fr/youth-nl"


@pytest.mark.sweep
@pytest.mark.django_db
def test_siblings_may_swap_their_addresses_by_way_of_a_third(section, mandate):
    second = make_mandate(section, "second")
    for page, slug in [(mandate, "third"), (second, "youth-nl"), (mandate, "second-nl")]:
        page.url_slug_nl = slug
        page.save_revision().publish()
    assert SitePage.objects.get(address_nl="mandates-nl/second-nl").pk == mandate.pk


@pytest.mark.sweep
@pytest.mark.django_db
def test_an_address_that_a_redirect_could_not_hold_is_refused(home):
    page = home
    with pytest.raises(ValidationError) as refused:
        for _ in range(4):
            page = make_standard(page, "x" * 76)
    assert any(name.startswith("url_slug_") for name in refused.value.message_dict)
    assert len(page.address_nl) <= MAX_ADDRESS_LENGTH


@pytest.mark.django_db
def test_copies_get_free_addresses_in_every_language_again_and_again(mandate):
    first, second = mandate.copy(), mandate.copy()
    assert [getattr(first.specific, f"address_{code}") for code in LANGUAGES] == [
        f"mandates-{code}/youth-{code}-2" for code in LANGUAGES
    ]
    assert second.specific.address_fr == "mandates-fr/youth-fr-3"


@pytest.mark.sweep
@pytest.mark.django_db
def test_a_copied_subtree_stands_below_its_copy(home):
    page = make_standard(home, "page")
    make_standard(page, "child")
    page.refresh_from_db()
    copy = page.copy(recursive=True)
    assert StandardPage.objects.child_of(copy).get().address_fr == "page-fr-2/child-fr"


def test_what_pages_say_is_not_read_to_change_addresses_below_them(section, mandate, monkeypatch):
    monkeypatch.setattr(address_writer.addresses_refreshed, "send", lambda *args, **kwargs: None)  # the search reads it
    SitePage.objects.filter(pk=section.pk).update(url_slug_nl="anders")
    with CaptureQueriesContext(connection) as captured:
        address_writer.refresh_addresses(section)
    assert SitePage.objects.get(pk=mandate.pk).address_nl == "anders/youth-nl"
    assert not any("summary" in query["sql"] or "alignment" in query["sql"] for query in captured)


@pytest.mark.sweep
@pytest.mark.django_db
def test_a_large_subtree_moves_with_as_many_queries_as_a_small_one(home, django_assert_num_queries):
    def queries_of_a_rename(children):
        page = make_standard(home, f"parent-{children}")
        for number in range(children):
            make_standard(page, f"child-{number}")
        page.url_slug_nl = f"renamed-{children}"
        with CaptureQueriesContext(connection) as captured:
            page.save()
        return len(captured)

    assert queries_of_a_rename(2) == queries_of_a_rename(20)


# --- Asking


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nl/mandates-nl/youth-nl", "/nl"])
def test_a_missing_slash_is_mended_for_good_and_keeps_the_query(client, mandate, path):
    response = client.get(path + "?a=1")
    assert (response.status_code, response["Location"]) == (301, path + "/?a=1")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/nl/%00/",
        "/nl/%ff%fe/",
        "/nl/../../etc/passwd",
        "/nl/a b/",
        "/de/",
        "/nl/" + "a/" * 900,
        "/xx/mandates-nl/",
        "/nl/mandates-nl/youth-fr/",
        "/nl/%F0%9F%98%80/",
        "/p/nothing/",
        "/nl/" + "a" * 5000 + "/",
        "/nl/'%22;drop table/",
        "/nl/?%00=1",
    ],
)
def test_hostile_and_unknown_paths_get_a_clear_4xx(client, mandate, path):
    response = client.get(path)
    assert response.status_code in (400, 404) or (path.startswith("/nl/?") and response.status_code in (200, 400))
    assert b"<h1" in response.content


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options", "trace"])
def test_pages_are_read_only(client, mandate, method):
    assert getattr(client, method)("/nl/mandates-nl/youth-nl/").status_code == 405


@pytest.mark.django_db
def test_a_hostile_host_gets_a_400_and_never_reaches_a_page(client, mandate):
    response = client.get("/nl/mandates-nl/youth-nl/", headers={"host": "evil.example"})
    assert response.status_code == 400 and b"evil.example" not in response.content


@pytest.mark.django_db
def test_a_404_speaks_the_language_of_the_prefix_and_offers_the_nearest_page(client, mandate):
    body = client.get("/fr/mandates-fr/nothing/").content.decode()
    assert '<html lang="fr"' in body and 'href="/fr/mandates-fr/"' in body


@pytest.mark.django_db
def test_a_404_offers_the_language_in_which_this_very_path_exists(client, mandate):
    assert 'href="/nl/mandates-nl/youth-nl/"' in client.get("/fr/mandates-nl/youth-nl/").content.decode()


# --- The neutral address


@pytest.mark.parametrize(
    ("header", "preferred"),
    [
        ("nl", "nl"),
        ("fr-BE,fr;q=0.9,en;q=0.8", "fr"),
        ("en-GB,en;q=0.9", "en"),
        ("nl-BE;q=0.4, fr;q=0.9", "fr"),
        ("", None),
        ("*", None),
        ("nl,fr", None),
        ("de,nl;q=0.9", None),
        ("fr;q=0.8, nl;q=0.8", None),
        ("de", None),
        ("nl;q=0", None),
        ("x" * 10_000, None),
        (",;=,q=;nl;q=9", None),
        ("nl;q=0.5;q=1", None),
        ("nl, ,fr;q=0.5,", "nl"),
        ("\x00nl", None),
    ],
)
def test_only_a_clear_preference_decides(header, preferred):
    assert preferred_language(header, {"nl", "fr", "en"}) == preferred


@pytest.mark.sweep
@given(st.text(max_size=80))
def test_no_header_whatever_breaks_the_choice(header):
    assert preferred_language(header, {"nl", "fr", "en"}) in {"nl", "fr", "en", None}


@pytest.mark.django_db
def test_the_front_door_leads_to_a_clear_preference_and_varies(client, home):
    response = client.get("/", headers={"accept-language": "fr-BE,fr;q=0.9"})
    assert (response.status_code, response["Location"]) == (302, "/fr/")
    assert "Accept-Language" in response["Vary"]


@pytest.mark.django_db
def test_the_front_door_lets_others_choose_between_equals(client, home):
    response = client.get("/")
    body = response.content.decode()
    assert response.status_code == 200 and "Accept-Language" in response["Vary"]
    assert 'href="/nl/"' in body and 'href="/fr/"' in body and 'href="/en/"' in body


@pytest.mark.django_db
def test_every_page_has_a_neutral_address_that_leads_to_the_readers_language(client, mandate):
    response = client.get(mandate.neutral_path, headers={"accept-language": "nl"})
    assert response["Location"] == "/nl/mandates-nl/youth-nl/"


@pytest.mark.django_db
def test_a_preference_for_a_language_in_which_the_page_does_not_exist_gets_the_choice(client, home):
    page = make_standard(home, languages=("nl", "fr"))
    response = client.get(page.neutral_path, headers={"accept-language": "en"})
    assert response.status_code == 200 and "/en/standard-en/" not in response.content.decode()


@pytest.mark.django_db
def test_nothing_but_the_front_door_reads_accept_language(client, mandate):
    plain = client.get("/nl/mandates-nl/youth-nl/")
    french = client.get("/nl/mandates-nl/youth-nl/", headers={"accept-language": "fr"})
    assert plain.content == french.content and "Accept-Language" not in french.get("Vary", "")


# --- Machines


@pytest.mark.django_db
def test_absolute_addresses_come_from_the_setting_and_not_from_the_host(client, mandate, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    body = client.get("/nl/mandates-nl/youth-nl/", headers={"host": "other.example"}).content.decode()
    assert "other.example" not in body and f'href="{settings.SITE_URL}/nl/mandates-nl/youth-nl/"' in body
    assert "other.example" not in client.get("/sitemap.xml", headers={"host": "other.example"}).content.decode()


@pytest.mark.django_db
def test_the_sitemap_splits_above_its_limit(client, mandate, monkeypatch):
    monkeypatch.setattr("delivery.sitemap.SITEMAP_PAGES", 2)
    index = client.get("/sitemap.xml").content.decode()
    assert "<sitemapindex" in index and index.count("<loc>") == 2
    assert "/nl/mandates-nl/youth-nl/" in client.get("/sitemap.xml?p=2").content.decode()


@pytest.mark.django_db
def test_a_draft_has_no_address_and_is_in_no_list(client, section):
    page = add(section, MandatePage, live=False, **topic_texts("draft"))
    assert page.paths() == {} and "draft-nl" not in client.get("/sitemap.xml").content.decode()
    assert client.get(page.neutral_path).status_code == 404


@pytest.mark.django_db
def test_the_second_home_and_a_mandate_under_the_networks_are_refused(home):
    assert not type(home).can_create_at(home.get_parent())
    assert not MandatePage.can_create_at(add(home, NetworkIndexPage, **texts("networks")))


@pytest.mark.django_db
def test_health_says_what_it_knows(client, django_assert_num_queries, django_assert_max_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200
    client.get("/readyz")  # reads which migrations there are, once in the life of a process
    with django_assert_max_num_queries(2):
        assert client.get("/readyz").json() == {"database": "fine", "migrations": "fine"}
    MigrationRecorder(connection).record_unapplied("pages", "0001_initial")
    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_the_home_page_may_lack_a_language(client):
    make_home(languages=("nl", "fr"))
    assert client.get("/en/").status_code == 404


@pytest.mark.sweep
def test_an_old_address_leads_where_it_did_once_the_page_that_took_it_is_deleted(client, home):
    page = make_standard(home, "first", url_slug_fr="ancienne")
    page.url_slug_fr = "nouvelle"
    page.save_revision().publish()
    other = make_standard(home, "second", url_slug_fr="ancienne")
    assert client.get("/fr/ancienne/").status_code == 200
    type(other).objects.get(pk=other.pk).delete()
    response = client.get("/fr/ancienne/")
    assert (response.status_code, response.url) == (301, "/fr/nouvelle/")


@pytest.mark.sweep
def test_a_section_that_holds_a_page_and_its_alias_can_be_deleted(home):
    section = make_standard(home, "section")
    page = make_standard(section, "page")
    page.create_alias(parent=type(section).objects.get(pk=section.pk), update_slug="alias")
    type(section).objects.get(pk=section.pk).delete()
    assert not type(page).objects.exists()
    assert not Redirect.objects.exists()
