"""Notices over the whole site: who writes them, who puts them on, when readers see them, and what caches may keep."""

import importlib
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from delivery.lifetime import shorten
from languages.codes import LANGUAGES
from notices.forms import IS_ON
from notices.models import MAX_SHOWN, Notice
from notices.wagtail_hooks import NoticeFilterSet
from pages.clock_changes import REPEATED, SKIPPED
from pages.years import FIRST, LAST
from tests.building import make_user
from tests.editor import errors_of, form_with, messages_of, translate

migration = importlib.import_module("notices.migrations.0004_notices_of_our_time")
ADD = "/admin/snippets/notices/notice/add/"
OTHER_YEAR, YEARS = "Give a year from %(first)s to %(last)s.", {"first": FIRST, "last": LAST}
NOON = datetime(2099, 6, 1, 10, 0, tzinfo=UTC)  # in Brussels


def make_notice(name="Staking", begins=-60, ends=60, languages=LANGUAGES, **others):
    """Store a notice that is on, from some minutes before or after now to some others."""
    now = timezone.now()
    texts = {f"text_{code}": f"{name} {code}" for code in languages}
    moments = {"begins_at": now + timedelta(minutes=begins), "ends_at": now + timedelta(minutes=ends)}
    return Notice.objects.create(**{"is_on": True, **moments, **texts, **others})


def edit_url(notice):
    return reverse("wagtailsnippets_notices_notice:edit", args=[notice.pk])


@pytest.fixture
def signed_in(db):
    """Return a function that logs a member of a group in, with an admin in some language."""

    def client_of(role, language="nl"):
        client = Client()
        client.force_login(make_user(role, language))
        return client

    return client_of


def fill_form(client, url=ADD, **fields):
    """Return the form at an address as a browser would send it, with what somebody types."""
    return form_with(client.get(url), "text_nl") | fields


FILLED = {
    "text_nl": "De telefoon werkt niet.",
    "text_fr": "Le téléphone ne fonctionne pas.",
    "begins_at": "2099-06-01 12:00",
    "ends_at": "2099-06-02 12:00",
}


def notices_section(client, path="/nl/"):
    """Return the section of notices of a page, None where there is none."""
    return BeautifulSoup(client.get(path).content.decode(), "html.parser").find("section", class_="notices")


# --- Who may do what


def test_an_editor_writes_a_notice_that_only_a_publisher_puts_on(signed_in, home, client):
    editor, publisher = signed_in("Editors"), signed_in("Publishers")
    assert editor.post(ADD, fill_form(editor, **FILLED) | {"is_on": "on"}).status_code == 302
    notice = Notice.objects.get()
    assert (notice.is_on, notice.state, notice.begins_at) == (False, Notice.State.DRAFT, NOON)
    assert publisher.post(edit_url(notice), fill_form(publisher, edit_url(notice), is_on="on")).status_code == 302
    notice.refresh_from_db()
    assert (notice.is_on, notice.state) == (True, Notice.State.PLANNED)


@pytest.mark.parametrize("role", ["Editors", "Translators"])
def test_what_is_on_is_not_changed_by_anyone_who_may_not_put_it_on(role, signed_in, home):
    client, notice = signed_in(role, "fr"), make_notice()
    opened = client.get(edit_url(notice))
    assert messages_of(opened) == [translate("This notice is on the site: only publishers may change it.", "fr")]
    refused = client.post(edit_url(notice), form_with(opened, "text_nl") | {"text_nl": "Anders"})
    with translation.override("fr"):
        assert errors_of(refused) == {"__all__": [str(IS_ON)]}
    assert form_with(refused, "text_nl")["text_nl"] == "Anders"
    notice.refresh_from_db()
    assert (notice.text_nl, notice.is_on) == ("Staking nl", True)


def test_a_copy_by_somebody_who_may_not_put_it_on_is_a_draft(signed_in, home):
    editor, notice = signed_in("Editors"), make_notice()
    url = reverse("wagtailsnippets_notices_notice:copy", args=[notice.pk])
    copied = fill_form(editor, url, text_nl="Anders")
    assert editor.post(url, copied).status_code == 405  # where browsers do not send it, it would change what is copied
    assert editor.post(ADD, copied).status_code == 302
    notice.refresh_from_db()
    assert notice.text_nl == "Staking nl"
    assert list(Notice.objects.order_by("pk").values_list("is_on", flat=True)) == [True, False]


# --- What is refused, at its field


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"ends_at": "2099-06-01 11:00"}, {"ends_at": "The end must come after the beginning."}),
        ({"ends_at": "2099-06-01 12:00"}, {"ends_at": "The end must come after the beginning."}),
        ({"begins_at": "2020-01-01 12:00", "ends_at": "2020-01-02 12:00"}, {"ends_at": "This moment has passed."}),
        ({"begins_at": "2099-03-29 02:30"}, {"begins_at": SKIPPED}),
        ({"ends_at": "2099-10-25 02:30"}, {"ends_at": REPEATED}),
        ({"begins_at": "0001-01-01 00:00"}, {"begins_at": OTHER_YEAR}),
        ({"begins_at": "0026-06-01 12:00", "ends_at": "9999-12-31 23:59"}, {"begins_at": OTHER_YEAR, "ends_at": OTHER_YEAR}),
        ({"link_label_nl": "Meer", "link_label_fr": "Plus"}, {"link_page": "The link has words, but leads nowhere."}),
    ],
)
@pytest.mark.sampled(4)
def test_what_makes_no_sense_is_refused_at_its_field(fields, errors, language, signed_in, home):
    publisher = signed_in("Publishers", language)
    sent = fill_form(publisher, **FILLED | fields)
    refused = publisher.post(ADD, sent)
    with translation.override(language):
        assert errors_of(refused) == {name: [gettext(str(text)) % YEARS] for name, text in errors.items()}
    again = form_with(refused, "text_nl")
    assert {name: again[name] for name in FILLED | fields} == FILLED | fields
    assert not Notice.objects.exists()


def test_it_goes_on_in_both_official_languages_and_waits_as_a_draft_in_one(signed_in, home):
    publisher = signed_in("Publishers", "fr")
    sent = fill_form(publisher, **FILLED | {"text_fr": ""})
    refused = publisher.post(ADD, sent | {"is_on": "on"})
    text = translate("Missing in %(language)s: %(text)s.", "fr", language="fr", text="text")
    assert errors_of(refused) == {"text_fr": [text]}
    assert publisher.post(ADD, sent).status_code == 302


def test_a_link_of_what_is_on_has_words_in_both_languages_and_one_target(signed_in, standard):
    publisher = signed_in("Publishers")
    linked = FILLED | {"is_on": "on", "link_page": standard.pk, "link_label_nl": "Meer"}
    assert list(errors_of(publisher.post(ADD, fill_form(publisher, **linked)))) == ["link_label_fr"]
    both = linked | {"link_label_fr": "Plus", "link_url_nl": "https://example.org/"}
    assert list(errors_of(publisher.post(ADD, fill_form(publisher, **both)))) == ["link_page"]
    assert publisher.post(ADD, fill_form(publisher, **both | {"link_url_nl": ""})).status_code == 302


def test_what_is_over_can_still_be_mended(signed_in, home):
    publisher, notice = signed_in("Publishers"), make_notice(begins_at=NOON.replace(year=2020), ends_at=NOON.replace(year=2021))
    assert publisher.post(edit_url(notice), fill_form(publisher, edit_url(notice), text_en="Strike")).status_code == 302
    notice.refresh_from_db()
    assert notice.text_en == "Strike"


# --- What readers see


@pytest.mark.parametrize("path", ["/nl/", "/nl/nergens/", "/nl/zoeken/?q=werk"])
def test_every_page_shows_what_is_on_now_as_a_landmark_that_interrupts_nobody(path, client, home):
    make_notice("Nu")
    make_notice("Later", begins=10, ends=20)
    make_notice("Voorbij", begins=-20, ends=-10)
    make_notice("Ontwerp", is_on=False)
    section = notices_section(client, path)
    assert [text.get_text(strip=True) for text in section("p")] == ["Nu nl"]
    assert section["aria-label"] and "role" not in section.attrs and not section.find_parent(["main", "header"])


def test_without_a_notice_there_is_no_trace_of_one(client, home):
    assert notices_section(client) is None


def test_whoever_reads_english_gets_a_notice_that_is_not_there_in_it_with_its_language(client, standard):
    make_notice(languages=("nl", "fr"), link_page=standard, link_label_nl="Meer", link_label_fr="Plus")
    section = notices_section(client, "/en/")
    assert section.find("span", lang="nl").get_text() == "Staking nl"
    assert section.a["href"] == standard.paths()["en"] and section.a.find("span", lang="nl").get_text() == "Meer"
    assert notices_section(client, "/fr/").a["href"] == standard.paths()["fr"]


def test_a_link_to_a_page_that_is_gone_leaves_the_text(client, standard):
    make_notice(link_page=standard, link_label_nl="Meer", link_label_fr="Plus")
    standard.unpublish()
    assert notices_section(client).a is None and "Staking" in notices_section(client).get_text()


def test_what_is_written_is_never_markup(client, home):
    make_notice(text_nl="<script>a</script> & b")
    assert notices_section(client).script is None and "<script>a</script> & b" in notices_section(client).get_text()


def test_of_many_that_overlap_those_that_began_last_are_shown_and_another_comes_back_when_one_ends(db):
    notices = [make_notice(str(number), begins=-90 + number, ends=20 - number) for number in range(MAX_SHOWN + 2)]
    coming = make_notice("later", begins=50, ends=60)
    now = Notice.shown_at(timezone.now())
    assert (now.notices, now.changes_at) == (notices[: -MAX_SHOWN - 1 : -1], notices[-1].ends_at)
    assert Notice.shown_at(now.changes_at).notices == notices[-2 : -MAX_SHOWN - 2 : -1]
    all_over = Notice.shown_at(notices[0].ends_at)
    assert (all_over.notices, all_over.changes_at) == ([], coming.begins_at)


def test_a_notice_that_begins_while_as_many_as_there_is_room_for_are_shown_changes_the_page(db):
    for number in range(MAX_SHOWN + 1):
        make_notice(str(number), begins=-number - 1)
    soon = make_notice("soon", begins=5)
    assert Notice.shown_at(timezone.now()).changes_at == soon.begins_at


def test_whoever_saves_a_notice_is_told_which_ones_readers_do_not_see(signed_in, home):
    publisher = signed_in("Publishers", "fr")
    notices = [make_notice(str(number), begins=-90 + number) for number in range(MAX_SHOWN)]
    now = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    saved = publisher.post(ADD, fill_form(publisher, **FILLED | {"begins_at": now, "is_on": "on"}), follow=True)
    warning = "Readers see %(number)s notices at most, those that began last. These wait until one of them ends: %(names)s."
    assert translate(warning, "fr", number=str(MAX_SHOWN), names=str(notices[0]).replace(" nl", " fr")) in messages_of(saved)
    assert [notice.state for notice in notices] == [Notice.State.WAITING] + [Notice.State.SHOWN] * (MAX_SHOWN - 1)


@pytest.fixture
def without_bounds(db):
    """Take the constraint off the table, as it was before there was one."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE notices_notice DROP CONSTRAINT notices_of_our_time")


@pytest.mark.parametrize("path", ["/nl/", "/nl/nergens/", "/nl/zoeken/?q=werk"])
def test_a_notice_that_cannot_be_read_takes_no_page_down(path, without_bounds, client, home, caplog):
    make_notice(begins_at=datetime(1, 1, 1, tzinfo=timezone.get_default_timezone()))
    assert client.get(path).status_code in (200, 404) and notices_section(client, path) is None
    assert "The notices could not be read" in caplog.text


def test_the_database_refuses_a_notice_of_another_time(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_notice(begins_at=datetime(1, 1, 1, tzinfo=timezone.get_default_timezone()))


def test_the_upgrade_takes_off_what_cannot_be_read_and_keeps_what_readers_see(without_bounds):
    zone = timezone.get_default_timezone()
    unreadable = make_notice("jaar 1", begins_at=datetime(1, 1, 1, tzinfo=zone))
    mistyped = make_notice("jaar 26", begins_at=datetime(26, 1, 1, tzinfo=zone))
    endless = make_notice("zonder einde", ends_at=datetime(9999, 12, 31, tzinfo=UTC))
    fine = make_notice("goed")
    with connection.cursor() as cursor:
        cursor.execute(migration.MEND)
    for notice, is_on in ((unreadable, False), (mistyped, True), (endless, True), (fine, True)):
        stored = Notice.objects.get(pk=notice.pk)
        assert (stored.text_nl, stored.is_on) == (notice.text_nl, is_on)
        assert stored.full_clean() is None
    fine_now = Notice.objects.get(pk=fine.pk)
    assert (fine_now.begins_at, fine_now.ends_at) == (fine.begins_at, fine.ends_at)


def test_it_costs_one_query_however_many_there_are(db, django_assert_num_queries):
    for number in range(8):
        make_notice(str(number), begins=number - 4)
    with django_assert_num_queries(1):
        Notice.shown_at(timezone.now())


# --- Caches


@pytest.mark.parametrize(("begins", "ends"), [(-10, 0.5), (0.5, 60)])
def test_no_cache_shows_a_page_beyond_the_moment_when_its_notices_change(begins, ends, client, home):
    always = client.get("/nl/")["Cache-Control"]
    make_notice(begins=begins, ends=ends)
    soon = client.get("/nl/")["Cache-Control"]
    assert "stale-while-revalidate=60" in always and "max-age" not in always.replace("s-maxage", "")
    lifetimes = dict(part.strip().split("=") for part in soon.split(",") if "=" in part)
    assert 25 <= int(lifetimes["s-maxage"]) + int(lifetimes["stale-while-revalidate"]) <= 30


@pytest.mark.parametrize(
    ("seconds", "kept"),
    [(3600, "s-maxage=1, stale-while-revalidate=60"), (31, "s-maxage=1, stale-while-revalidate=30")]
    + [(seconds, "s-maxage=0, stale-while-revalidate=0") for seconds in (0, -5)],
)
def test_what_caches_may_keep_adds_up_to_the_time_that_is_left(seconds, kept):
    header = "public, s-maxage=1, stale-while-revalidate=60, stale-if-error=86400"
    assert shorten(header, seconds) == f"public, {kept}, stale-if-error=86400"


def test_whoever_asks_again_with_a_validator_gets_the_page_once_a_notice_has_changed(client, home):
    before = client.get("/nl/")["ETag"]
    notice = make_notice()
    during = client.get("/nl/", headers={"if-none-match": before})
    assert during.status_code == 200
    assert client.get("/nl/", headers={"if-none-match": during["ETag"]}).status_code == 304
    Notice.objects.filter(pk=notice.pk).update(ends_at=timezone.now())
    assert client.get("/nl/", headers={"if-none-match": during["ETag"]}).status_code == 200


# --- The list


def test_the_list_says_what_has_become_of_each(signed_in, home):
    states = {"draft": {"is_on": False}, "planned": {"begins": 10}, "over": {"begins": -20, "ends": -10}}
    states |= {"waiting": {"begins": -9}, "shown": {"begins": -1}}
    for name, options in states.items():
        make_notice(name, **options)
    for number in range(MAX_SHOWN - 1):
        make_notice(f"shown {number}", begins=-5)
    translator = signed_in("Translators", "fr")
    url = reverse("wagtailsnippets_notices_notice:list")
    html = BeautifulSoup(translator.get(url).content.decode(), "html.parser")
    rows = {row.a.get_text(strip=True): row.get_text(" ", strip=True) for row in html.select("tbody tr") if row.a}
    for name in states:
        with translation.override("fr"):
            assert str(Notice.State(name).label) in rows[f"{name} fr"]
        assert NoticeFilterSet({"state": name}, Notice.objects.all()).qs.filter(text_nl=f"{name} nl").exists()
        assert {notice.state for notice in NoticeFilterSet({"state": name}, Notice.objects.all()).qs} == {name}


def test_the_list_costs_the_same_however_many_there_are(signed_in, home):
    translator, url = signed_in("Translators", "fr"), reverse("wagtailsnippets_notices_notice:list")
    make_notice()
    translator.get(url)
    counts = []
    for more in (1, 6):
        for number in range(more):
            make_notice(str(number))
        with CaptureQueriesContext(connection) as queries:
            translator.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]
