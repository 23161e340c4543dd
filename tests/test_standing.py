"""How everything stands in every language: described at every save, whatever the way, and true ever after."""

from datetime import UTC, datetime
from importlib import import_module
from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from directory.models import GlossaryTerm, Organisation, Person
from languages.alignment import advance, texts_by_digest
from languages.standing import Standing, languages_finished
from languages.standing_saving import date_work
from languages.standing_values import standing_models, work_by_language
from languages.units import Unit
from pages.models import HomePage, SitePage, SiteSettings, StandardPage
from tests.building import add, make_mandate, make_section, make_standard, make_user, texts
from tests.editor import block, edit_url, finish, open_form, publish, save_draft


def standing(thing):
    return Standing.objects.get(content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)


def counts(thing, language):
    work = standing(thing).languages[language]
    return work["missing"], work["behind"]


def unit(address="summary", kind="plain", **by_language):
    return Unit(address, {"nl": "", "fr": "", "en": "", **by_language}, address, kind)


def editor_of(user=None):
    client = Client()
    client.force_login(user or make_user())
    return client


# --- What is counted


def test_a_text_is_missing_where_its_twin_has_it_and_its_words_are_counted_there():
    work = work_by_language([unit("heading", nl="Een", fr="Un", en="One"), unit(nl="Drie woorden hier", en="Three")], {})
    assert work["fr"] == {"missing": 1, "behind": 0, "open": 0, "unconfirmed": 0, "words": 3, "first": "summary", "filled": 1}
    assert work["nl"] == {"missing": 0, "behind": 0, "open": 0, "unconfirmed": 0, "words": 0, "first": "", "filled": 2}
    assert work["en"]["missing"] == 0


def test_a_text_that_changed_leaves_its_twins_behind_and_a_missing_one_missing():
    before = [unit("a", nl="Oud", fr="Vieux", en="Old"), unit("b", nl="Oud", fr="Vieux")]
    after = [unit("a", nl="Nieuw en beter", fr="Vieux", en="Old"), unit("b", nl="Nieuw", fr="Vieux")]
    memory = advance(advance({}, before), after, known_texts=texts_by_digest(before))
    work = work_by_language(after, memory)
    assert work["fr"] == {"missing": 0, "behind": 2, "open": 0, "unconfirmed": 0, "words": 4, "first": "a", "filled": 2}
    assert work["en"] == {"missing": 1, "behind": 1, "open": 0, "unconfirmed": 0, "words": 4, "first": "a", "filled": 1}
    assert work["nl"]["behind"] == 0


def test_words_are_those_of_the_text_and_not_of_its_markup_or_its_signs():
    rich = unit(kind="rich", fr="<p>Il dit : « l’emploi » – <b>oui</b></p><p>Bien sûr !</p>")
    assert work_by_language([rich], {})["nl"]["words"] == 6


@pytest.mark.parametrize("kind", ["url", "own"])
def test_what_each_language_has_of_its_own_is_not_missing(kind):
    assert work_by_language([unit(kind=kind, nl="https://example.org")], {})["fr"]["missing"] == 0


def test_a_slug_is_missing_but_has_no_words_to_translate():
    assert work_by_language([unit("url_slug", kind="slug", nl="een-adres")], {})["fr"] == {
        "missing": 1,
        "behind": 0,
        "open": 0,
        "unconfirmed": 0,
        "words": 0,
        "first": "url_slug",
        "filled": 0,
    }


def test_a_text_that_is_meant_for_some_languages_is_not_missing_in_the_others():
    limited = Unit("note", {"nl": "Alleen hier", "fr": "", "en": ""}, "note", languages=("nl", "en"))
    work = work_by_language([limited], {})
    assert (work["fr"]["missing"], work["en"]["missing"]) == (0, 1)


def test_what_has_texts_is_described_and_nothing_else():
    assert {SiteSettings, GlossaryTerm, Organisation, StandardPage} <= set(standing_models())
    assert not {Person, Page, Standing} & set(standing_models())


# --- Every way of saving


@pytest.mark.django_db
def test_a_new_draft_is_described(home):
    page = make_standard(home, languages=("fr",), live=False)
    row = standing(page)
    assert (counts(page, "nl"), counts(page, "fr")) == ((3, 0), (0, 0))
    assert row.languages["nl"]["first"] == "heading"
    assert (row.is_live, row.has_draft) == (False, True)
    assert row.names == dict.fromkeys(("nl", "fr", "en"), "standard fr")
    assert row.changed_at == page.latest_revision_created_at


@pytest.mark.django_db
def test_the_form_describes_the_latest_draft_and_who_made_it(home):
    page, user = make_standard(home), make_user("Editors")
    save_draft(editor_of(user), page, summary_fr="")
    row = standing(page)
    assert counts(page, "fr") == (1, 0)
    assert row.languages["fr"]["first"] == "summary"
    assert (row.is_live, row.has_draft, row.changed_by) == (True, True, user)


@pytest.mark.sweep
@pytest.mark.django_db
def test_one_changed_text_leaves_exactly_its_twins_behind_until_they_follow(home):
    page, client = make_standard(home), editor_of()
    finish(client, page, summary_fr="Tout autre chose, en six mots.")
    assert [counts(page, code) for code in ("nl", "fr", "en")] == [(0, 1), (0, 0), (0, 1)]
    row = standing(page).languages["nl"]
    assert (row["first"], row["words"]) == ("summary", 6)
    finish(client, page, summary_nl="Iets heel anders.", summary_en="Something else.")
    assert [counts(page, code) for code in ("nl", "fr", "en")] == [(0, 0)] * 3


@pytest.mark.sweep
@pytest.mark.django_db
def test_a_revision_that_is_brought_back_brings_its_description_along(home):
    page, client = make_standard(home), editor_of()
    old = page.get_latest_revision()
    save_draft(client, page, summary_fr="")
    assert counts(page, "fr") == (1, 0)
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    assert client.post(edit_url(page), open_form(client, url) | {"revision": old.pk}).status_code == 302
    assert counts(page, "fr") == (0, 0)


@pytest.mark.sweep
@pytest.mark.django_db
def test_publishing_makes_it_live_and_leaves_no_draft(home):
    page = make_standard(home, live=False)
    assert publish(editor_of(), page).status_code == 302
    assert (standing(page).is_live, standing(page).has_draft) == (True, False)


@pytest.mark.django_db
def test_publishing_an_older_revision_keeps_the_description_of_the_latest_draft(standard):
    older = standard.save_revision()
    standard.summary_fr = ""
    standard.save_revision()
    older.publish()
    assert counts(standard, "fr") == (1, 0)
    assert (standing(standard).is_live, standing(standard).has_draft) == (True, True)


@pytest.mark.django_db
def test_a_revision_that_autosave_overwrites_is_described_again(standard):
    revision = standard.save_revision()
    standard.heading_fr = ""
    standard.save_revision(overwrite_revision=revision)
    assert counts(standard, "fr") == (1, 0)
    assert standing(standard).changed_at == revision.created_at


@pytest.mark.django_db
@pytest.mark.parametrize("as_plain_page", [False, True])
def test_unpublishing_keeps_the_description_and_says_that_it_is_not_live(standard, as_plain_page):
    standard.summary_fr = ""
    standard.save_revision()
    (Page if as_plain_page else StandardPage).objects.get(pk=standard.pk).unpublish()
    assert counts(standard, "fr") == (1, 0)
    assert (standing(standard).is_live, standing(standard).has_draft) == (False, True)


@pytest.mark.django_db
def test_a_text_in_a_stream_is_described_with_its_address(home):
    told = block("text", text={"nl": "<p>Vier woorden staan hier</p>", "fr": "", "en": ""})
    page = add(home, StandardPage, live=False, **texts("stream"), body=[told])
    work = standing(page).languages["fr"]
    assert (work["missing"], work["words"]) == (1, 4)
    assert work["first"].startswith(f"body.{told['id']}")


@pytest.mark.django_db
def test_a_copy_is_described_as_a_page_of_its_own(standard):
    standard.summary_fr = ""
    standard.save_revision()
    copy = StandardPage.objects.get(pk=standard.pk).copy(keep_live=False)
    assert counts(copy, "fr") == (1, 0)
    assert (standing(copy).is_live, standing(copy).mirrors) == (False, None)


@pytest.mark.django_db
def test_an_alias_whose_source_is_deleted_is_mended_in_its_own_form(home, standard):
    alias = standard.create_alias(parent=home, update_slug="elders")
    Page.objects.get(pk=standard.pk).delete()
    assert standing(alias).mirrors is None


def test_an_alias_shows_what_its_source_shows_readers(home):
    page = make_standard(home)
    alias = page.create_alias(parent=home)
    assert standing(alias).mirrors == page.pk
    page = StandardPage.objects.get(pk=page.pk)
    page.heading_en = ""
    revision = page.save_revision()
    assert counts(alias, "en") == (0, 0)
    revision.publish()
    assert counts(alias, "en") == (1, 0)


@pytest.mark.sweep
@pytest.mark.django_db
def test_a_deleted_page_and_those_below_it_are_forgotten(home):
    section = make_section(home)
    make_mandate(section)
    assert Standing.objects.count() == 3
    section.delete()
    assert [row.object_id for row in Standing.objects.all()] == [home.pk]


@pytest.mark.django_db
def test_snippets_and_settings_are_described(home):
    term = GlossaryTerm.objects.create(term_nl="werkzoekende", term_fr="", definition_fr="Qui cherche un emploi")
    assert (counts(term, "nl"), counts(term, "fr")) == ((1, 0), (1, 0))
    term.term_fr = "demandeur d’emploi"
    term.save(update_fields=["term_fr"])
    assert counts(term, "fr") == (0, 0)
    site = SiteSettings.load()
    site.tagline_nl = "Aan het werk"
    site.save()
    assert standing(site).languages["fr"]["first"] == "site_name"
    assert standing(site).names["fr"] != standing(site).names["nl"]
    term.delete()
    assert not Standing.objects.filter(content_type__model="glossaryterm").exists()


@pytest.mark.django_db
def test_who_saved_a_snippet_is_remembered(home):
    user = make_user("Editors")
    term = GlossaryTerm.objects.create(term_nl="baan", term_fr="emploi", term_en="job")
    url = f"/admin/snippets/directory/glossaryterm/edit/{term.pk}/"
    client = editor_of(user)
    form = client.get(url).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}  # what was opened among them
    assert client.post(url, data | {"term_nl": "werk"}).status_code == 302
    assert (standing(term).changed_by, standing(term).names["nl"]) == (user, "werk")


@pytest.mark.django_db
def test_whoever_keeps_a_page_up_to_date_is_named_and_otherwise_whoever_made_it(home):
    owner, responsible = make_user("Editors"), make_user("Editors")
    page = make_standard(home, owner=owner, review_on="2026-03-01")
    assert standing(page).responsible == owner
    page.responsible = responsible
    page.save_revision()
    assert standing(page).responsible == responsible
    assert str(standing(page).review_on) == "2026-03-01"


@pytest.mark.django_db
def test_a_save_costs_two_queries_more_and_publishing_one(standard):

    def queries_of(act):
        with CaptureQueriesContext(connection) as captured:
            act()
        return sum("languages_standing" in query["sql"] for query in captured)

    assert queries_of(standard.save_revision) == 2
    assert queries_of(standard.get_latest_revision().publish) == 1
    assert queries_of(lambda: GlossaryTerm.objects.create(term_nl="baan", term_fr="emploi")) == 2


# --- Since when, and by whom


def test_since_when_something_waits_is_kept_until_nothing_does():
    first, later = (datetime(2026, 11, day, 9, tzinfo=UTC) for day in (1, 2))
    behind, whole = {"missing": 0, "behind": 1, "open": 0}, {"missing": 0, "behind": 0, "open": 1}
    since = date_work({"fr": behind, "nl": whole}, {}, first)
    assert since == {"fr": "2026-11-01T09:00:00.000000+00:00"}
    assert date_work({"fr": {**behind, "missing": 2}, "nl": behind}, since, later) == {
        "nl": "2026-11-02T09:00:00.000000+00:00",
        **since,
    }
    assert date_work({"fr": whole}, since, later) == {}


@pytest.mark.django_db
def test_a_row_says_since_when_each_language_waits_and_what_people_have_begun(standard):
    user = make_user("Translators", "fr")
    finish(editor_of(), standard, summary_nl="Nieuw.")
    since = standing(standard).waiting_since
    assert set(since) == {"fr", "en"}
    save_draft(editor_of(user), standard, summary_fr="Un rés")
    row = standing(standard)
    assert row.waiting_since == {"en": since["en"]}
    (begun,) = row.begun
    assert (begun["by"], begun["language"], begun["number"], begun["first"]) == (user.pk, "fr", 1, "summary")
    call_command("rebuild_standing", verbosity=0)
    assert (standing(standard).waiting_since, standing(standard).begun) == (row.waiting_since, row.begun)


@pytest.mark.django_db
def test_what_was_finished_is_said_once_with_its_languages(standard):
    said = []

    def hear(sender, finished, **kwargs):
        said.extend((row.object_id, codes) for row, codes in finished)

    languages_finished.connect(hear)
    try:
        standard.summary_nl = "Nieuw."
        standard.save_revision()
        assert said == []
        for code in ("fr", "en"):
            setattr(standard, f"summary_{code}", f"New in {code}.")
        standard.save_revision()
        standard.save_revision()
    finally:
        languages_finished.disconnect(hear)
    assert said == [(standard.pk, ["fr", "en"])]


@pytest.mark.django_db
def test_rows_from_before_wait_since_they_changed_last(standard):
    migration = import_module("languages.migrations.0003_waiting_since_and_begun")
    standard.summary_nl = "Nieuw."
    standard.save_revision()
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    Standing.objects.update(waiting_since={}, changed_at=moment)
    with connection.cursor() as cursor:
        cursor.execute(migration.DATE)
    assert standing(standard).waiting_since == dict.fromkeys(("fr", "en"), "2026-03-01T12:00:00.000000+00:00")
    assert not Standing.objects.exclude(pk=standing(standard).pk).exclude(waiting_since={}).exists()


# --- The command


def run(**options):
    out = StringIO()
    call_command("rebuild_standing", stdout=out, verbosity=1, **options)
    return out.getvalue()


@pytest.fixture
def whole(loaded, db):
    """The starting content, to which a test may do what it likes."""


@pytest.mark.usefixtures("whole")
def test_what_was_loaded_has_rows_and_the_check_finds_them_right():
    assert run(check=True) == f"All {Standing.objects.count()} rows are right.\n"
    assert Standing.objects.filter(content_type__app_label="mandates").exists()


@pytest.mark.sweep
@pytest.mark.usefixtures("whole")
def test_the_check_says_what_differs_and_the_command_puts_it_right():
    page = SitePage.objects.filter(depth=3).first().specific
    Standing.objects.filter(object_id=page.pk, content_type=page.content_type).update(is_live=False, languages={})
    term = GlossaryTerm.objects.first()
    before = standing(term)
    Standing.objects.filter(pk=standing(GlossaryTerm.objects.last()).pk).delete()
    Standing.objects.create(content_type=ContentType.objects.get_for_model(GlossaryTerm), object_id=10**9)
    out = StringIO()
    with pytest.raises(CommandError, match=r"^3 of "):
        call_command("rebuild_standing", check=True, stdout=out)
    assert f"{page._meta.label} {page.pk} differs in languages, is_live\n" in out.getvalue()
    assert "directory.GlossaryTerm" in out.getvalue()
    run()
    assert run(check=True).startswith("All ")
    assert standing(term).changed_at == before.changed_at


@pytest.mark.sweep
@pytest.mark.usefixtures("whole")
def test_rows_from_before_texts_could_be_in_translation_count_none_and_can_go_back():
    migration = import_module("languages.migrations.0002_count_texts_in_translation")
    Standing.objects.filter(pk=Standing.objects.first().pk).update(languages={})
    with connection.cursor() as cursor:
        cursor.execute(migration.TAKE)
        assert not Standing.objects.filter(languages__fr__has_key="open").exists()
        with pytest.raises(CommandError):
            run(check=True)
        cursor.execute(migration.ADD)
    assert Standing.objects.exclude(languages={}).exclude(languages__fr__open=0).count() == 0
    with pytest.raises(CommandError, match=r"^1 of "):
        run(check=True)


@pytest.mark.usefixtures("whole")
def test_only_what_has_no_row_is_computed_when_asked_so():
    page = SitePage.objects.filter(depth=3).first().specific
    Standing.objects.filter(object_id=page.pk, content_type=page.content_type).delete()
    other = Standing.objects.first()
    Standing.objects.filter(pk=other.pk).update(languages={})
    assert run(missing=True) == ""
    assert standing(page).languages["nl"]["missing"] == 0
    other.refresh_from_db()
    assert other.languages == {}


@pytest.mark.sweep
@pytest.mark.usefixtures("whole")
def test_the_command_reads_the_latest_draft_and_names_nobody_who_is_gone():
    user = make_user("Editors")
    page = make_standard(HomePage.objects.get())
    page.responsible, page.summary_fr = user, ""
    page.save_revision(user=user)
    user.delete()
    Standing.objects.all().delete()
    run()
    assert counts(page, "fr") == (1, 0)
    assert (standing(page).responsible, standing(page).changed_by) == (None, None)
    assert run(check=True).startswith("All ")
