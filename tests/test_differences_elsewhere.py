"""One translation for two texts of two pages or entries: found with the one that came later, shown to whoever may read both."""

import json
from threading import Event

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import PageLogEntry

from differences import rebuilding, said_pairs
from differences.models import Acceptance, Difference, SaidPair
from differences.rebuilding import rebuild_differences
from differences.site_checks import surroundings_of_site
from languages.normalising import digest
from languages.standing import Standing
from languages.text_notes import text_notes
from languages.twin_checks.elsewhere import OtherText, text_pairs
from languages.twin_checks.find import find_in_units
from languages.twin_checks.mismatch import Elsewhere
from languages.units import Unit
from tests.behind import keys
from tests.building import make_home, make_section, make_standard, make_term, make_user, staff
from tests.differing import REASON, REPORT, compare, group_with_pages, keys_on, rows, screen, send
from tests.editor import finish, save_draft
from tests.many import copy_surroundings, multiply
from tests.racing import outcomes, somebody_waits
from tests.servers import wait_for
from tests.spreadsheets import csv_rows

JOB, FIRM = "Mensen die in Brussel werk zoeken.", "Bedrijven die in Brussel mensen zoeken."
FRENCH = "Les personnes qui cherchent du travail à Bruxelles."


def unit(address, kind="plain", **texts):
    return Unit(address, {"nl": "", "fr": "", "en": "", **texts}, address, kind)


def numbers(one, memory=None):
    """Return the target and the source of one Dutch text and the French that may be shared."""
    return next((key for key, pair in text_pairs([one], memory or {}).items() if (pair.here, pair.there) == ("nl", "fr")), None)


def summaries(nl, fr=FRENCH, en=""):
    return {"summary_nl": nl, "summary_fr": fr, "summary_en": en}


def make_two(home, **later):
    """Make two pages with other Dutch summaries and one French; return them, the second in English too if asked for."""
    return make_standard(home, "first", **summaries(JOB)), make_standard(home, "later", **{**summaries(FIRM), **later})


def places():
    """Return where differences stand that hold, and where the other text stands, by the Dutch names of their pages."""
    found = Difference.objects.holding().exclude(elsewhere=None).order_by("pk")
    return [(one.standing.names["nl"], one.elsewhere.standing.names["nl"]) for one in found]


def notes_of(page, user, language="en"):
    """Return the notes with another object beside the texts of the latest draft of a page, as somebody sees them."""
    latest = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    with translation.override(language):
        return [note for note in text_notes(latest, reader=user)["differences"] if note["place"]]


# --- Pure


def test_a_pair_is_known_by_its_field_its_kind_and_its_words():
    target, source = numbers(unit("summary", nl=JOB, fr=FRENCH))
    same_target, other_source = numbers(unit("aims.1.summary", nl=FIRM, fr=f" {FRENCH}"))
    assert same_target == target and other_source != source
    assert numbers(unit("summary", nl=JOB.upper(), fr=FRENCH)) == (target, source)
    others = unit("summary", nl=FIRM, fr="D’autres mots en français pour d’autres personnes."), unit("text", nl=FIRM, fr=FRENCH)
    assert all(numbers(other)[0] != target for other in (*others, unit("summary", "rich", nl=FIRM, fr=FRENCH)))


@pytest.mark.parametrize("texts", [{"nl": JOB}, {"fr": FRENCH}, {"nl": JOB, "fr": "Aller sur le site d’Actiris"}])
def test_what_is_not_translated_or_short_is_no_pair(texts):
    assert numbers(unit("summary", **texts)) is None


def test_what_waits_for_its_twin_is_no_pair():
    one = unit("summary", nl=FIRM, fr=FRENCH)
    now = {"summary": {code: digest(text) for code, text in one.texts.items()}}
    record = {"kind": "typed", "by": 1, "since": "2026-11-30T10:00:00+00:00", "from": digest(JOB)}
    agreed = {"summary": {"nl-fr": [digest(JOB), digest(FRENCH)]}}
    assert numbers(one, {"now": now, "since": agreed}) is None
    assert numbers(one, {"now": now, "since": agreed, "open": {"summary": {"nl": record}}}) is None
    assert numbers(one, {"now": now, "open": {"summary": {"fr": record}}})


def test_a_text_of_another_object_is_found_by_its_target():
    ours, theirs = unit("summary", nl=FIRM, fr=FRENCH), unit("aims.1.summary", nl=JOB, fr=FRENCH)
    pairs = text_pairs([ours], {})
    (found,) = find_in_units([ours], others=[OtherText(pairs[numbers(ours)], theirs, "the other")])
    assert (found.kind, found.address, found.language, found.twin) == ("same", "summary", "fr", "nl")
    assert (found.here, found.there) == ((FRENCH,), (JOB,))
    assert found.elsewhere == Elsewhere("the other", "aims.1.summary", digest(JOB))


# --- The list


@pytest.mark.django_db
def test_it_stands_with_what_came_later_however_often_all_is_compared(home):
    make_two(home)
    compare()
    assert places() == [("later nl", "first nl")]
    (difference,) = Difference.objects.all()
    assert (difference.kind, difference.language, difference.twin) == ("same", "fr", "nl")
    assert (difference.here, difference.there, difference.elsewhere_address) == ([FRENCH], [JOB], "summary")
    before = set(SaidPair.objects.values_list("pk", "standing", "target", "source"))
    call_command("rebuild_differences", verbosity=0)
    assert places() == [("later nl", "first nl")]
    assert set(SaidPair.objects.values_list("pk", "standing", "target", "source")) == before


@pytest.mark.django_db
def test_two_translations_of_one_text_are_found_as_well(home):
    make_standard(home, "first", **summaries("Mensen die hier in Brussel werk zoeken."))
    make_standard(
        home, "later", **summaries("Mensen die hier in Brussel werk zoeken.", "Ceux qui sont sans emploi à Bruxelles.")
    )
    compare()
    assert [(one.language, one.twin, one.there) for one in Difference.objects.all()] == [("nl", "fr", [FRENCH])]


@pytest.mark.sampled(1)
@pytest.mark.django_db
@pytest.mark.parametrize("mended", ["first", "later"])
def test_once_either_is_mended_nothing_is_said_any_more(home, mended):
    pages = dict(zip(("first", "later"), make_two(home), strict=True))
    compare()
    finish(staff("Translators", "fr"), pages[mended], summary_fr="Les entreprises qui cherchent du personnel.")
    compare()
    assert places() == []
    compare()
    assert not Difference.objects.exists()


@pytest.mark.django_db
def test_what_is_deleted_is_not_said_of_the_other_any_more(home):
    first, _later = make_two(home)
    compare()
    first.delete()
    assert rows(staff("Editors")) == [] and Difference.objects.exists()
    compare()
    assert not Difference.objects.exists()


@pytest.mark.django_db
def test_what_others_say_too_stands_with_the_first_that_still_says_it(home):
    first, _later = make_two(home)
    make_standard(home, "third", **summaries(JOB))
    compare()
    assert places() == [("later nl", "first nl"), ("third nl", "later nl")]
    first.delete()
    compare()
    assert places() == [("third nl", "later nl")]


@pytest.mark.django_db
def test_what_says_the_same_in_both_languages_is_reuse(home):
    make_standard(home, "first", **summaries(JOB))
    make_standard(home, "later", **summaries(JOB, en="People who look for work in Brussels."))
    compare()
    assert not Difference.objects.exists()


@pytest.mark.django_db
def test_entries_are_compared_with_each_other():
    make_term(definition_nl=JOB, definition_fr=FRENCH)
    make_term(term_nl="bedrijf", term_fr="entreprise", definition_nl=FIRM, definition_fr=FRENCH)
    compare()
    assert [other for _later, other in places()] == ["beheersautoriteit"]


@pytest.mark.django_db
def test_of_a_copy_whose_dutch_changes_nothing_is_said_before_its_french_follows(home):
    make_standard(home, "first", **summaries(JOB))
    copy = make_standard(home, "copy", **summaries(JOB))
    editor, nl = staff("Editors"), FIRM
    save_draft(editor, copy, summary_nl=nl)
    compare()
    assert places() == []
    finish(editor, copy, summary_nl=nl)
    compare()
    assert places() == []
    save_draft(editor, copy, alignment_confirmed=json.dumps(keys(copy, "fr")))
    compare()
    assert places() == [("copy nl", "first nl")]


@pytest.mark.django_db
def test_what_waits_itself_is_compared_before_what_is_compared_with_it(home):
    first, later = make_two(home)
    compare()
    save_draft(staff("Translators", "fr"), first, summary_fr="Les gens qui n’ont pas de travail.")
    standing = Standing.objects.get(object_id=later.pk)
    assert rebuild_differences(standing.pk, surroundings_of_site()) == 0
    standing.refresh_from_db()
    assert standing.checked_with == ""
    for _time in range(2):
        compare()
    assert not Standing.objects.filter(checked_with="").exists()


@pytest.mark.django_db
def test_one_that_cannot_be_taken_apart_keeps_no_other_from_being_compared(home, monkeypatch):
    first, later = make_two(home)
    compare()
    original = said_pairs.units

    def fail_for_first(instance):
        if instance.pk == first.pk:
            raise AssertionError("odd")
        return original(instance)

    monkeypatch.setattr(said_pairs, "units", fail_for_first)
    assert rebuild_differences(Standing.objects.get(object_id=later.pk).pk, surroundings_of_site()) == 0
    assert notes_of(later, make_user("Editors")) == []


@pytest.mark.django_db(transaction=True)
def test_two_that_are_compared_at_the_same_moment_see_each_other():
    pages, surroundings = make_two(make_home()), surroundings_of_site()
    standings = [Standing.objects.get(object_id=page.pk).pk for page in pages]
    assert outcomes(*(lambda key=key: rebuild_differences(key, surroundings) for key in standings)) == [None, None]
    assert Difference.objects.filter(kind="same").count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_deletes_a_page_that_is_being_compared_comes_after(monkeypatch):
    page, surroundings = make_standard(make_home(), **summaries(JOB)), surroundings_of_site()
    standing, is_compared = Standing.objects.get(object_id=page.pk).pk, Event()
    original = rebuilding.compare

    def compare_while_it_is_deleted(*args):
        is_compared.set()
        wait_for(somebody_waits)
        return original(*args)

    def delete():
        is_compared.wait(timeout=30)
        page.delete()

    rebuild_differences(standing, surroundings)
    page.summary_fr = "Les gens qui n’ont pas de travail en ville."
    page.save_revision()
    monkeypatch.setattr(rebuilding, "compare", compare_while_it_is_deleted)
    assert outcomes(lambda: rebuild_differences(standing, surroundings), delete) == [None, None]
    assert not SaidPair.objects.filter(standing=standing).exists()


# --- The editor and the screens


@pytest.mark.django_db
def test_a_translator_who_pastes_the_french_of_another_page_is_told_at_once(home):
    first, later = make_two(home, summary_fr="Les entreprises qui cherchent du personnel.")
    compare()
    person = make_user("Translators", "fr")
    assert notes_of(later, person) == []
    client = staff("Translators", "fr")
    save_draft(client, later, summary_fr=FRENCH)
    notes = notes_of(later, person)
    assert [(note["address"], note["language"]) for note in notes] == [("summary", "fr"), ("summary", "nl")]
    assert [side["words"] for side in notes[0]["sides"]] == [FRENCH, f"says elsewhere: {JOB}"]
    url = f"/admin/pages/{first.pk}/edit/#unit=summary:nl"
    assert notes[0]["place"] == {"says": "The other text: first en, Summary", "url": url}
    assert notes_of(first, person) == []
    compare()
    ((_place, _check, _pair, said),) = rows(staff("Editors", "en"))
    assert f"FR {FRENCH} NL says elsewhere: {JOB} The other text: first en, Summary" in said
    assert f'href="{url}"' in staff("Editors").get(REPORT).content.decode()
    assert screen(client, later).select_one(f'.staff-note a[href="{url}"]')


@pytest.mark.django_db
def test_it_is_accepted_until_either_text_changes_wherever_it_stands(home):
    first, later = make_two(home)
    compare()
    client = staff("Translators", "fr")
    send(client, later, reason=REASON)
    assert rows(client) == [] and len(rows(client, state="accepted")) == 1
    log = PageLogEntry.objects.get(action="differences.accept", page=later.pk).data["what"]["en"]
    assert log == f"summary – One translation for two texts – FR: {FRENCH} / NL: says something else elsewhere"
    editor = staff("Editors")
    finish(editor, first, summary_nl="Mensen die in Brussel wonen.", summary_fr="Les gens qui habitent Bruxelles.")
    for _time in range(2):
        compare()
    finish(editor, first, summary_nl=JOB, summary_fr=FRENCH)
    for _time in range(2):
        compare()
    assert places() == [("first nl", "later nl")]
    assert rows(client) == [] and len(rows(client, state="accepted")) == 1
    finish(editor, later, summary_nl="Firma’s die in Brussel mensen zoeken.", summary_fr=f"{FRENCH} ")
    compare()
    assert Acceptance.objects.count() == 1


@pytest.mark.django_db
def test_it_is_taken_back_from_where_it_stands_now(home):
    first, later = make_two(home)
    client = staff("Editors")
    compare()
    send(client, later, reason=REASON)
    Acceptance.objects.update(object_id=first.pk)
    assert len(keys_on(client, later)) == 1
    send(client, later, take_back="1")
    assert not Acceptance.objects.exists()


@pytest.mark.django_db
def test_who_may_not_work_on_the_other_page_reads_nothing_of_it_and_accepts_nothing(home, client):
    section = make_section(home)
    first, later = make_standard(home, "first", **summaries(JOB)), make_standard(section, "later", **summaries(FIRM))
    compare()
    person = make_user("Editors", "en")
    person.groups.set([group_with_pages(section)])
    client.force_login(person)
    (note, _twin) = notes_of(later, person)
    assert note["place"] == {"says": "The other text is in a part of the site that you may not work on.", "url": None}
    assert note["sides"][1]["words"] == "says something else elsewhere"
    answers = [client.get(REPORT), client.get(REPORT, {"export": "csv"}), client.get(note["url"].partition("#")[0])]
    for answer in answers:
        text = answer.getvalue().decode()
        assert "something else elsewhere" in text and "that you may not work on" in text
        assert JOB not in text and "first en" not in text and f"/pages/{first.pk}/" not in text
    assert "and may work on both" in BeautifulSoup(answers[2].content.decode(), "lxml").get_text()
    key = note["url"].rpartition("-")[2]
    send(client, later, key, reason=REASON)
    assert keys_on(client, later) == [] and not Acceptance.objects.exists()
    assert len(csv_rows(client.get(REPORT, {"export": "csv"}))) == 2


@pytest.mark.sweep
@pytest.mark.django_db
def test_it_asks_as_much_among_many_pages_as_among_few(home):
    first, later = make_two(home)
    compare()
    person, surroundings = make_user("Editors"), surroundings_of_site()
    row = Standing.objects.get(object_id=later.pk).pk
    client = staff("Editors")
    rows(client)

    def ask():
        with CaptureQueriesContext(connection) as form:
            assert len(notes_of(later, person)) == 2
        with CaptureQueriesContext(connection) as job:
            assert rebuild_differences(row, surroundings) == 1
        with CaptureQueriesContext(connection) as report:
            rows(client)
        return [len(captured) for captured in (form, job, report)]

    ask()  # after which rights and kinds are known
    few = ask()
    copy_surroundings(first, multiply(first, 60))
    Standing.objects.filter(checked_with="").update(has_draft=False)
    call_command("rebuild_differences", verbosity=0)
    assert SaidPair.objects.values("standing").distinct().count() > 60
    assert ask() == few


@pytest.mark.sweep
def test_many_texts_beside_one_hide_no_difference_of_another(home, monkeypatch):
    monkeypatch.setattr(said_pairs, "MOST", 1)
    others = {"meta_description_nl": JOB, "meta_description_fr": FRENCH, "meta_description_en": ""}
    for number in range(3):
        make_standard(home, f"p{number}", **summaries(f"Tekst nummer {number} van deze site."), **others)
    later = make_standard(home, "later", **summaries(FIRM), **others | {"meta_description_nl": FIRM})
    compare()
    found = Difference.objects.filter(standing__object_id=later.pk, elsewhere__isnull=False, language="fr", twin="nl")
    assert sorted(found.values_list("address", flat=True)) == ["meta_description", "summary"]


@pytest.mark.sweep
def test_a_reason_that_may_quote_the_other_text_is_hidden_with_it(home, client):
    section = make_section(home)
    make_standard(home, "first", **summaries(JOB))
    later = make_standard(section, "later", **summaries(FIRM))
    compare()
    send(staff("Editors"), later, reason=f"There it says: {JOB}")
    person = make_user("Editors", "en")
    person.groups.set([group_with_pages(section)])
    client.force_login(person)
    (note, _twin) = notes_of(later, person)
    assert note["accepted"] == note["place"]["says"]
    assert JOB not in client.get(f"{REPORT}?state=accepted").content.decode()
