"""The starting content: complete, safe to load again, and never over what staff changed."""

import importlib
import re
import shutil
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, Site

from directory.models import GlossaryTerm, Organisation
from languages.parity import gaps
from languages.units import units
from newsroom.content.files import ContentError
from newsroom.content.loading import CREATED, GONE, KEPT, SAME, UPDATED, load
from newsroom.models import LoadedItem
from pages.models import HomePage, SitePage, SiteSettings, StandardPage
from tests.building import make_user
from tests.content import page_of
from tests.editor import in_form, publish, save_draft

pytestmark = pytest.mark.django_db
CONTENT = settings.BASE_DIR / "content"
versions_in_the_history = importlib.import_module("newsroom.migrations.0012_versions_in_the_history")


@pytest.fixture
def small(tmp_path):
    """A folder of content files with a home page, a page below it, an organisation and the settings."""
    root = tmp_path / "content"
    (root / "pages").mkdir(parents=True)
    (root / "organisations.yaml").write_text("- key: actiris\n  name: {nl: Actiris, fr: Actiris, en: Actiris}\n")
    (root / "pages" / "home.yaml").write_text(
        "type: pages.HomePage\nkey: home\nheading: {nl: Welkom, fr: Bienvenue, en: Welcome}\n"
        "summary: {nl: Dag., fr: Bonjour., en: Hello.}\n"
    )
    (root / "pages" / "about.yaml").write_text(
        "type: pages.StandardPage\nkey: about\nparent: home\nheading: {nl: Over ons, fr: À propos, en: About}\n"
        "url_slug: {nl: over-ons, fr: a-propos, en: about}\nsummary: {nl: Wie., fr: Qui., en: Who.}\n"
        "body:\n  - text:\n      text: {nl: <p>Tekst</p>, fr: <p>Texte</p>, en: <p>Text</p>}\n"
    )
    return root


def actions(results):
    return {result.key: result.action for result in results}


def rewrite(root, name, old, new):
    path = root / "pages" / f"{name}.yaml"
    source = path.read_text()
    assert old in source
    path.write_text(source.replace(old, new))


def test_all_content_loads_and_is_published_in_three_languages_without_a_gap(with_content):
    pages = SitePage.objects.specific()
    assert len(pages) == len(list((CONTENT / "pages").glob("*.yaml")))
    for page in pages:
        assert list(page.paths()) == ["nl", "fr", "en"], page
        assert not list(gaps(units(page))), page
        assert not page.has_unpublished_changes
        for unit in units(page):
            filled = {code for code, text in unit.texts.items() if text}
            assert unit.kind == "url" or not filled or filled == {"nl", "fr", "en"}, f"{page}: {unit.address}"


def test_a_second_run_changes_nothing(with_content):
    before = list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id", "last_published_at"))
    assert {result.action for result in load(CONTENT)} == {SAME}
    assert list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id", "last_published_at")) == before


def test_it_waits_for_whoever_changes_addresses_before_it_reads_or_writes_a_row(small):
    with CaptureQueriesContext(connection) as captured:
        load(small)
    # A process asks once which models there are, whichever test comes first.
    statements = [query["sql"] for query in captured if not re.search("SAVEPOINT|django_content_type", query["sql"])]
    assert "pg_advisory_xact_lock" in statements[0]


def test_the_editor_finds_what_was_loaded_as_it_would_save_it_itself(small):
    load(small)
    page = StandardPage.objects.get()
    assert page.body[0].value["text"]["nl"].source.startswith('<p data-block-key="')
    assert page.body[0].id and page.body.raw_data[0]["id"] == page.body[0].id


@pytest.mark.sweep
def test_a_save_in_the_editor_that_changes_nothing_counts_as_no_change(client, with_content):
    client.force_login(make_user("Editors"))
    for page in SitePage.objects.all():
        assert save_draft(client, page).status_code == 302
    assert {result.key: result.action for result in load(CONTENT) if result.action != SAME} == {}


def test_the_home_page_takes_the_place_of_wagtails_welcome(small):
    load(small)
    assert Site.objects.get().root_page.specific == HomePage.objects.get()
    assert Page.objects.filter(depth=2).count() == 1


def test_a_changed_file_updates_what_nobody_touched(small):
    load(small)
    rewrite(small, "about", "À propos", "Qui sommes-nous")
    assert actions(load(small))["pages/about"] == UPDATED
    assert StandardPage.objects.get().heading_fr == "Qui sommes-nous"


def test_what_staff_changed_is_left_alone_draft_or_published(small):
    load(small)
    page = StandardPage.objects.get()
    page.heading_nl = "Wij"
    page.save_revision()
    organisation = Organisation.objects.get()
    organisation.name_fr = "Actiris Bruxelles"
    organisation.save()
    rewrite(small, "about", "À propos", "Qui sommes-nous")
    (small / "organisations.yaml").write_text("- key: actiris\n  name: {nl: A, fr: B, en: C}\n")
    actions_taken = actions(load(small))
    assert (actions_taken["pages/about"], actions_taken["organisations/actiris"]) == (KEPT, KEPT)
    assert StandardPage.objects.get().heading_fr == "À propos"
    assert Organisation.objects.get().name_fr == "Actiris Bruxelles"


def test_a_page_that_staff_unpublished_stays_unpublished(small):
    load(small)
    StandardPage.objects.get().unpublish()
    rewrite(small, "about", "À propos", "Qui sommes-nous")
    assert actions(load(small))["pages/about"] == KEPT
    assert not StandardPage.objects.get().live


@pytest.mark.sweep
def test_a_page_that_staff_moved_is_still_the_same_page(small):
    load(small)
    page = StandardPage.objects.get()
    parent = page.get_parent().add_child(instance=StandardPage(heading_nl="Map", title="Map", live=False))
    page.move(parent, pos="last-child")
    load(small)
    assert StandardPage.objects.filter(heading_nl="Over ons").count() == 1


def test_what_staff_deleted_does_not_come_back(small):
    load(small)
    StandardPage.objects.get().delete()
    assert actions(load(small))["pages/about"] == GONE
    assert not StandardPage.objects.exists()


@pytest.mark.sweep
def test_a_check_says_what_would_change_and_changes_nothing(small):
    assert set(actions(load(small, check=True)).values()) == {CREATED}
    assert not SitePage.objects.exists() and not LoadedItem.objects.exists()
    said = StringIO()
    call_command("load_content", "--check", "--from", str(small), stdout=said)
    assert "pages/about: created" in said.getvalue() and "Would be: 3 created" in said.getvalue()


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("summary: {nl: Wie.", "sumary: {nl: Wie.", 6, "no field “sumary”"),
        ("heading: {nl: Over ons", "heading: {de: Über uns", 4, "“heading” must be a mapping with nl, fr, en"),
        ("heading: {nl: Over ons, fr: À propos, en: About}", "heading: Over ons", 4, "must be a mapping"),
        ("parent: home", "parent: hom", 3, "“hom” is no page"),
        ("type: pages.StandardPage", "type: pages.Standard", 1, "no type of page"),
        ("type: pages.StandardPage", "type: directory.Person", 1, "no type of page"),
        ("key: about", "key: over", None, "whose key is the file's name"),
        ("  - text:", "  - tekst:", 8, "must have one key, the kind of block"),
        ("      text: {nl: <p>Tekst", "      txt: {nl: <p>Tekst", 9, "There is no “txt”"),
        (", fr: <p>Texte</p>", "", None, "Missing in"),
        ("url_slug: {nl: over-ons", "url_slug: {nl: Over Ons", None, "lowercase letters"),
        ("parent: home", "parent: home\nparent: home", 4, "stands twice"),
        ("parent: home", "parent: [", None, "not valid YAML"),
        ("body:", "review_on: morgen\nbody:", 7, "review_on"),
        ("body:", "body: text\nnothing:", 7, "must be a list"),
    ],
)
def test_a_bad_file_is_named_with_its_line_and_nothing_is_loaded(small, old, new, line, said):
    rewrite(small, "about", old, new)
    with pytest.raises(ContentError) as mistake:
        load(small)
    assert "content/pages/about.yaml" in str(mistake.value) and said in str(mistake.value)
    if line:
        assert mistake.value.line == line
    assert not SitePage.objects.exists() and not Organisation.objects.exists()


def test_a_file_in_another_encoding_is_a_clear_error(small):
    (small / "pages" / "about.yaml").write_bytes("key: à".encode("latin-1"))
    with pytest.raises(CommandError, match=r"content/pages/about\.yaml.*not UTF-8(.|\n)*Nothing was loaded"):
        call_command("load_content", "--from", str(small))


def test_an_unknown_organisation_is_named_with_its_line(tmp_path):
    root = tmp_path / "content"
    shutil.copytree(CONTENT, root)
    rewrite(root, "enabel", "partner: enabel", "partner: enable")
    with pytest.raises(ContentError, match=r"enabel\.yaml:\d+: “partner” names “enable”"):
        load(root)
    assert not SitePage.objects.exists()


def test_a_link_in_a_text_leads_to_a_page_of_the_content_files_in_the_readers_language(small, client):
    rewrite(small, "about", "nl: <p>Tekst</p>", """nl: '<p><a href="page:home">Begin</a></p>'""")
    rewrite(small, "about", "fr: <p>Texte</p>", """fr: '<p><a href="page:home">Début</a></p>'""")
    load(small)
    assert '<a href="/nl/">Begin</a>' in client.get("/nl/over-ons/").content.decode()
    assert '<a href="/fr/">Début</a>' in client.get("/fr/a-propos/").content.decode()


def test_a_link_to_a_page_that_is_not_there_is_named_with_its_line(small):
    rewrite(small, "about", "nl: <p>Tekst</p>", """nl: '<p><a href="page:nowhere">Weg</a></p>'""")
    with pytest.raises(ContentError, match=r"about\.yaml:9: “nl” names “nowhere”, which is no page"):
        load(small)


def test_the_old_page_leads_to_the_dutch_home_page_where_every_topic_has_its_card(client, with_content):
    response = client.get("/nl/burgers/mandaten-en-netwerken/")
    assert (response.status_code, response["Location"]) == (301, "/nl/")
    body = client.get("/nl/").content.decode()
    for topic in SitePage.objects.filter(depth=4):
        assert f'id="t-{topic.slug}"' in body and topic.paths()["nl"] in body


def test_old_addresses_of_what_has_a_page_today_lead_there_in_their_language(client, with_content):
    old = {"/nl/burgers/esf/": "esf", "/en/about-actiris/networks/esf/": "esf", "/nl/partners/privacy-cookies/": "privacy"}
    for path, key in old.items():
        page = page_of(key)
        for asked in (path, path.rstrip("/"), path.upper()):
            response = client.get(asked)
            assert (response.status_code, response["Location"]) == (301, page.paths()[path[1:3]]), asked


@pytest.mark.sweep
def test_a_redirect_that_staff_deleted_or_changed_is_theirs(small):
    (small / "redirects.yaml").write_text("- {from: /nl/old/, page: about}\n")
    load(small)
    Redirect.objects.update(redirect_page=HomePage.objects.get())
    load(small)
    assert Redirect.objects.get().redirect_page.specific == HomePage.objects.get()
    Redirect.objects.all().delete()
    load(small)
    assert not Redirect.objects.exists()


@pytest.mark.sampled(1)
@pytest.mark.parametrize("is_older", [False, True], ids=["loaded now", "loaded before the upgrade"])
def test_the_first_version_is_restored_from_the_history(client, small, is_older):
    load(small)
    page = page_of("about")
    if is_older:
        PageLogEntry.objects.exclude(action="wagtail.publish").delete()
        versions_in_the_history.add_entries(apps, None)
        versions_in_the_history.add_entries(apps, None)
    client.force_login(make_user("Publishers"))
    assert publish(client, page, summary_nl="Anders.", summary_fr="Autre.", summary_en="Other.").status_code == 302
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    restore = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, page.live_revision_id])
    assert history.count(f'href="{restore}"') == 1
    assert in_form(client.get(restore))["summary_nl"] == "Wie."


def test_the_glossary_and_the_settings_are_there(with_content):
    assert GlossaryTerm.objects.filter(abbreviation_fr="SPE").exists()
    assert SiteSettings.load().enterprise_number == "0239.843.188"
