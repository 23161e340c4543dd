"""The index of the search: true after whatever happens to pages and to the directory."""

from functools import partial
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Page

from directory.models import GlossaryTerm
from pages.models import SitePage, StandardPage
from search.indexing import drift, page_keys, refresh_entries
from search.models import Entry, PageBehind, Word
from search.results import find_results
from search.suggestions import find_suggestions
from tests.building import make_home, make_mandate, make_section, make_standard, make_user
from tests.editor import form_with, translate
from tests.racing import outcomes
from tests.searching import languages_of, pages_found, stream

pytestmark = pytest.mark.django_db


def run(command, **options):
    out = StringIO()
    call_command(command, stdout=out, verbosity=1, **options)
    return out.getvalue()


# --- What keeps it true


@pytest.mark.sweep
def test_every_way_of_coming_and_going_is_followed(home):
    section = make_section(home)
    page = make_mandate(section)
    Page.objects.get(pk=section.pk).unpublish()
    assert languages_of(section) == languages_of(page) == []
    section.refresh_from_db()
    section.save_revision().publish()
    assert languages_of(section) == languages_of(page) == ["en", "fr", "nl"]
    section.heading_en = ""
    section.save_revision().publish()
    assert languages_of(section) == languages_of(page) == ["fr", "nl"]
    page.delete()
    assert not Entry.objects.filter(page=page.pk).exists()
    SitePage.objects.get(pk=section.pk).delete()
    assert not Entry.objects.filter(page=section.pk).exists()


@pytest.mark.sweep
def test_an_alias_is_found_and_suggested_only_as_its_source_until_it_is_a_page_of_its_own(home):
    page = make_standard(home, "Zorgwerk")
    alias = page.create_alias(parent=make_section(home), update_slug="alias")
    alias = type(page).objects.get(pk=alias.pk)
    assert alias.paths()
    assert pages_found("zorgwerk") == {page.pk}
    assert [one.path for one in find_suggestions("zorgw", "nl") if one.path] == [page.paths()["nl"]]
    run("check_search")
    ConvertAliasPageAction(alias).execute(skip_permission_checks=True)
    assert pages_found("zorgwerk") == {page.pk, alias.pk}
    run("check_search")


@pytest.mark.sweep
def test_a_page_that_moves_takes_its_descendants_into_the_new_section(home):
    old, new = make_standard(home, "old"), make_standard(home, "new")
    inner = make_standard(old, "inner")
    leaf = make_standard(inner, "leaf")
    SitePage.objects.get(pk=inner.pk).move(SitePage.objects.get(pk=new.pk), pos="last-child")
    assert set(Entry.objects.filter(page__in=[inner, leaf]).values_list("section", flat=True)) == {new.pk}
    assert {result.path for result in find_results("leaf", "nl").results} == {"/nl/new-nl/inner-nl/leaf-nl/"}


def test_a_page_that_expires_is_not_found_any_more(standard):
    Page.objects.filter(pk=standard.pk).update(expire_at=timezone.now() - timezone.timedelta(hours=1))
    call_command("publish_scheduled", verbosity=0)
    assert languages_of(standard) == []


def test_a_term_touches_only_the_rows_in_which_it_stands(home):
    here, there = make_standard(home, "here", summary_nl="Over een xyzzy."), make_standard(home, "there")
    Entry.objects.filter(page=there).update(heading="not true")
    GlossaryTerm.objects.create(term_nl="xyzzy", term_fr="plugh", synonyms_nl="waldo")
    assert pages_found("waldo") == {here.pk}
    assert set(Entry.objects.filter(page=there).values_list("heading", flat=True)) == {"not true"}


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("code", "form", "text"),
    [
        ("fr", "ES", "Les ES sont là."),
        ("nl", "de", "Over de zwaan."),
        ("en", "the", "About the swan."),
        ("fr", "mise à l’emploi", "<p>La mise</p><p>à l’emploi</p>"),
        ("nl", "zwarte zwaan", "<p>Een zwarte</p><p>zwaan</p>"),
        ("nl", "600", "Er zijn er 1 600."),
        ("fr", "L", "C’est l’emploi."),
    ],
)
def test_a_new_term_leaves_the_index_as_a_rebuild_makes_it(home, code, form, text):
    body = {"text": dict.fromkeys(("nl", "fr", "en"), "<p>Plugh.</p>") | {code: text}}
    page = make_standard(home, body=stream("text", body))
    term = GlossaryTerm.objects.create(**{f"term_{code}": form, f"synonyms_{code}": "xyzzy"})
    assert f"glossaryterm:{term.pk}" in Entry.objects.get(page=page, language=code).sources
    assert drift(list(page_keys())) == []


WRITTEN = st.lists(
    st.sampled_from(["es", "de", "the", "à", "zwaan", "Zwaan", "l’emploi", "d’un", "1 600", "600", "</p><p>", "EU-lid", "l"]),
    min_size=1,
    max_size=4,
).map(" ".join)
TERMS = st.lists(st.tuples(st.sampled_from(["nl", "fr", "en"]), WRITTEN, WRITTEN, st.booleans()), min_size=1, max_size=4)


@pytest.mark.sweep
def test_after_any_change_of_terms_the_index_is_what_a_rebuild_makes_of_it(home):
    @given(said=st.lists(WRITTEN, min_size=3, max_size=3), terms=TERMS)
    @settings(max_examples=100, deadline=None, phases=[Phase.generate])
    def happen(said, terms):
        with transaction.atomic():
            texts = {code: f"<p>plugh {text}</p>" for code, text in zip(("nl", "fr", "en"), said, strict=True)}
            make_standard(home, body=stream("text", {"text": texts}))
            for code, form, other, is_deleted in terms:
                form, other = (text.replace("</p><p>", " ") for text in (form, other))
                term = GlossaryTerm.objects.create(**{f"term_{code}": form})
                assert drift(list(page_keys())) == []
                setattr(term, f"synonyms_{code}", other)
                term.for_staff_only = is_deleted
                term.save()
                assert drift(list(page_keys())) == []
                if is_deleted:
                    term.delete()
            assert drift(list(page_keys())) == []
            transaction.set_rollback(True)

    happen()


@pytest.mark.sweep
def test_the_number_of_queries_grows_neither_with_languages_nor_with_pages_below(home):
    def queries_of(parent):
        with CaptureQueriesContext(connection) as captured:
            refresh_entries(SitePage.objects.descendant_of(parent, inclusive=True).values_list("pk", flat=True))
        return len(captured)

    few, many = make_standard(home, "few", languages=("nl", "fr")), make_standard(home, "many")
    make_standard(few, "leaf", languages=("nl", "fr"))
    for number in range(6):
        make_standard(many, f"leaf {number}")
    assert queries_of(few) == queries_of(many)


def test_a_page_that_nobody_can_reach_costs_few_queries(home, django_assert_max_num_queries):
    page = make_standard(home, live=False)
    with django_assert_max_num_queries(7):  # two of them begin and end a transaction, and three lock
        refresh_entries([page.pk])


def test_rows_are_locked_in_the_order_of_their_pages(home):
    pages = [make_standard(home, f"p{number}") for number in range(3)]
    with CaptureQueriesContext(connection) as captured:
        refresh_entries([page.pk for page in reversed(pages)])
    statements = [query["sql"] for query in captured if "search_entry" in query["sql"]]
    assert "FOR UPDATE" in statements[0]
    assert "ORDER BY" in statements[0]
    assert "pg_advisory_xact_lock_shared" in next(query["sql"] for query in captured if "lock" in query["sql"])


@pytest.mark.sweep
def test_a_page_of_any_length_can_be_saved(home):
    page = make_mandate(make_section(home), audience_nl=f"<p>{'woord' * 1000} {'langer ' * 60_000}</p>")
    assert pages_found("langer") == {page.pk}


# --- Commands


def test_the_check_reports_each_kind_of_drift_and_the_rebuild_mends_it(home):
    page, other = make_standard(home, "one"), make_standard(home, "two", languages=("nl", "fr"))
    assert run("check_search") == "The entries of all 3 pages are correct.\n"
    Entry.objects.filter(page=page, language="nl").update(vector="")
    Entry.objects.filter(page=page, language="fr").delete()
    Entry.objects.filter(page=page, language="en").update(page=other)
    out = StringIO()
    with pytest.raises(CommandError, match=r"^4 entries are wrong"):
        call_command("check_search", stdout=out)
    assert out.getvalue().splitlines() == [
        f"page {page.pk} in en: missing",
        f"page {page.pk} in fr: missing",
        f"page {page.pk} in nl: behind",
        f"page {other.pk} in en: superfluous",
    ]
    run("rebuild_search")
    assert "are correct" in run("check_search")


def test_only_what_has_no_entry_is_indexed_when_asked_so(home):
    page, other = make_standard(home, "one"), make_standard(home, "two")
    Entry.objects.filter(page=page, language="fr").delete()
    Entry.objects.filter(page=other).update(heading="not true")
    run("rebuild_search", missing=True)
    assert languages_of(page) == ["en", "fr", "nl"]
    assert Entry.objects.filter(page=other, heading="not true").count() == 3


def test_the_rebuild_counts_words_anew_and_forgets_those_that_are_gone(home):
    page = make_standard(home, summary_nl="Xyzzy.")
    assert Word.objects.get(language="nl", word="xyzzy").pages == 1
    make_standard(home, "more", summary_nl="Xyzzy.")
    run("rebuild_search")
    assert Word.objects.get(language="nl", word="xyzzy").pages == 2
    page.unpublish()
    SitePage.objects.get(address_nl="more-nl").delete()
    assert Word.objects.filter(word="xyzzy").exists()
    run("rebuild_search")
    assert not Word.objects.filter(word="xyzzy").exists()


# --- Whatever happens


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["publish", "unpublish", "move", "delete", "slug", "rename", "term"]),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=6,
)


def act(what, page, other, number):
    """Do something to a page, as far as it can be done."""
    if what == "publish":
        page.save_revision().publish()
    elif what == "unpublish":
        page.unpublish()
    elif what == "move" and not other.path.startswith(page.path):
        SitePage.objects.get(pk=page.pk).move(SitePage.objects.get(pk=other.pk), pos="last-child")
    elif what == "delete":
        SitePage.objects.get(pk=page.pk).delete()
    elif what == "slug":
        page.url_slug_fr = f"slug-{page.pk}-{number}"
        page.save_revision().publish()
    elif what == "rename":
        page.heading_en = "" if number % 2 else f"name {number}"
        page.save_revision().publish()
    elif what == "term":
        GlossaryTerm.objects.create(term_nl=f"p{number}", term_fr=f"p{number}", synonyms_nl=f"syn{number}")


@pytest.mark.sweep
def test_after_any_sequence_of_events_the_index_is_what_a_rebuild_makes_of_it(home):
    for number in range(4):
        parent = StandardPage.objects.order_by("pk").last() if number % 2 else home
        make_standard(parent, f"p{number}")

    @given(acts=ACTS)
    @settings(max_examples=40, deadline=None, phases=[Phase.generate])
    def happen(acts):
        with transaction.atomic():
            for what, one, two in acts:
                pages = list(StandardPage.objects.order_by("pk"))
                if pages:
                    act(what, pages[one % len(pages)], pages[two % len(pages)], two)
            assert drift(list(page_keys())) == []
            transaction.set_rollback(True)

    happen()


# --- What touches very many pages


@pytest.fixture
def two_at_once(monkeypatch):
    monkeypatch.setattr("search.indexing.AT_ONCE", 2)


def behind():
    return set(PageBehind.objects.values_list("page", flat=True))


@pytest.mark.sweep
def test_of_a_change_that_touches_very_many_pages_the_others_wait_for_the_command(home, two_at_once):
    pages = [make_standard(home, f"s{number}", summary_nl="Een zwaan.") for number in range(4)]
    GlossaryTerm.objects.create(term_nl="zwaan", term_fr="cygne", term_en="swan", synonyms_nl="xyzzy")
    assert pages_found("xyzzy") == {page.pk for page in pages[:2]}
    assert behind() == {page.pk for page in pages[2:]}
    run("rebuild_search", missing=True)
    assert pages_found("xyzzy") == {page.pk for page in pages}
    assert not behind()
    assert drift(list(page_keys())) == []


@pytest.mark.sweep
def test_what_nobody_can_reach_any_more_does_not_wait(home, two_at_once):
    parent = make_standard(home, "parent")
    below = [make_standard(parent, f"s{number}", summary_nl="Een zwaan.") for number in range(4)]
    parent.unpublish()
    assert pages_found("zwaan") == set()
    parent.save_revision().publish()
    run("rebuild_search", missing=True)
    assert pages_found("zwaan") == {page.pk for page in below}
    assert drift(list(page_keys())) == []


@pytest.mark.sweep
def test_the_page_that_is_saved_comes_first(home, two_at_once):
    parent = make_standard(home, "parent")
    section = make_section(home)
    for number in range(4):
        make_standard(parent, f"s{number}")
    late = make_standard(section, "late")
    parent = StandardPage.objects.get(pk=parent.pk)
    parent.move(late, pos="last-child")
    assert parent.pk not in behind()
    assert Entry.objects.get(page=parent, language="nl").section_id == section.pk


@pytest.mark.sweep
def test_very_many_pages_stand_in_another_section_a_little_later(home, two_at_once, monkeypatch):
    monkeypatch.setattr("search.indexing.MOVED_AT_ONCE", 3)
    parent, section = make_standard(home, "parent"), make_section(home)
    pages = [make_standard(parent, f"s{number}", summary_nl="Een zwaan.") for number in range(4)]
    StandardPage.objects.get(pk=parent.pk).move(section, pos="last-child")
    assert behind() == {page.pk for page in pages}
    assert pages_found("zwaan") == {page.pk for page in pages}
    run("rebuild_search", missing=True)
    assert set(Entry.objects.filter(page__in=pages).values_list("section", flat=True)) == {section.pk}
    assert drift(list(page_keys())) == []


def test_who_moves_pages_reads_each_entry_once_and_not_once_for_each(home):
    """As long as PostgreSQL has not counted the rows, as after the first start, it takes the plans of an empty table."""
    with CaptureQueriesContext(connection) as captured:
        for number in range(6):
            make_standard(home, f"s{number}")
    (*_, move) = (query["sql"] for query in captured if "UPDATE search_entry SET section_id" in query["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {move}")
        ((plan,),) = cursor.fetchone()
    assert most_loops(plan["Plan"]) <= Entry.objects.count()


def most_loops(node):
    """Return how often what is repeated most in a plan of PostgreSQL was done."""
    return max(node["Actual Loops"], *map(most_loops, node.get("Plans", ())), 0)


@pytest.mark.sweep
def test_pages_that_moved_are_found_when_their_old_section_is_deleted_before_the_search_follows(home, two_at_once, monkeypatch):
    monkeypatch.setattr("search.indexing.MOVED_AT_ONCE", 3)
    old, section = make_standard(home, "old"), make_section(home)
    parent = make_standard(old, "parent")
    pages = {make_standard(parent, f"s{number}", summary_nl="Een zwaan.").pk for number in range(6)}
    StandardPage.objects.get(pk=parent.pk).move(section, pos="last-child")
    StandardPage.objects.get(pk=old.pk).delete()
    assert pages_found("zwaan") == pages
    run("rebuild_search", missing=True)
    assert drift(list(page_keys())) == []


@pytest.mark.sweep
def test_whoever_saves_reads_how_many_pages_the_search_follows_on_later_and_administrators_see_them_wait(
    client, home, two_at_once
):
    for number in range(5):
        make_standard(home, f"s{number}", summary_nl="Een zwaan.")
    term = GlossaryTerm.objects.create(term_nl="eend", term_fr="canard", definition_nl="Een.", definition_fr="Un.")
    client.force_login(make_user("Editors", "fr"))
    url = reverse("wagtailsnippets_directory_glossaryterm:edit", args=[term.pk])
    sent = form_with(client.get(url), "term_nl") | {"term_nl": "zwaan", "term_fr": "cygne"}
    saved = client.post(url, sent, follow=True)
    assert "La recherche doit encore être mise à jour pour 3 pages" in saved.content.decode()
    assert len(behind()) == 3
    client.force_login(make_user())
    rows = BeautifulSoup(client.get("/admin/reports/schedule/").content, "lxml").select("tr")
    (row,) = (row for row in rows if translate("Indexing pages that wait for the search", "nl") in row.text)
    assert "3" in [cell.get_text(strip=True) for cell in row.select("td")]
    run("rebuild_search", missing=True)
    assert not behind()


# --- At the same moment, in two connections


def assert_true():
    assert drift(list(page_keys())) == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_pages_saved_at_the_same_moment_as_a_term_that_they_use_are_found_by_its_synonyms():
    home = make_home()
    for number in range(5):
        page = make_standard(home, f"s{number}", live=False, summary_nl=f"Een zwaan{number}.")
        term = GlossaryTerm(term_nl=f"zwaan{number}", term_fr=f"cygne{number}", synonyms_nl=f"xyzzy{number}")
        assert outcomes(page.latest_revision.publish, term.save) == [None, None]
        assert pages_found(f"xyzzy{number}") == {page.pk}
    assert_true()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_pages_that_are_published_moved_and_taken_off_at_the_same_moment_leave_a_true_index():
    home = make_home()
    place = make_standard(home, "place")
    for number in range(3):
        one, two, three = (make_standard(home, f"{name}{number}", summary_nl="Zwaan.") for name in ("one", "two", "three"))
        calls = (one.save_revision().publish, two.unpublish, partial(three.move, place, pos="last-child"))
        assert outcomes(*calls) == [None, None, None]
        place = SitePage.objects.get(pk=place.pk)
    assert_true()
    assert len(pages_found("zwaan")) == 6


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_pages_that_are_indexed_at_the_same_moment_as_many_fall_behind_lose_nothing(two_at_once):
    home = make_home()
    pages = [make_standard(home, f"s{number}", summary_nl="Een zwaan.") for number in range(4)]
    term = GlossaryTerm.objects.create(term_nl="zwaan", term_fr="cygne", synonyms_nl="xyzzy0")
    for number in range(1, 4):
        term.synonyms_nl = f"xyzzy{number}"
        page = StandardPage.objects.get(pk=pages[number].pk)
        page.summary_nl, page.summary_fr, page.summary_en = (f"Een zwaan, {number}, {code}." for code in ("nl", "fr", "en"))
        publish = page.save_revision().publish
        assert outcomes(term.save, partial(run, "rebuild_search", missing=True), publish) == [None, None, None]
        assert {key for key, _language, _what in drift(list(page_keys()))} <= behind()
    run("rebuild_search", missing=True)
    assert_true()
    assert len(pages_found("xyzzy3")) == 4


@pytest.mark.django_db
def test_a_term_of_signs_alone_can_be_saved(home):
    GlossaryTerm.objects.create(term_nl="&", term_fr="+", definition_nl="En.", definition_fr="Et.")
    assert "are correct" in run("check_search")
