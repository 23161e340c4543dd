"""What waits for somebody: in their languages, in order, and nothing that somebody else has."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from directory.models import GlossaryTerm
from languages.standing import Standing
from newsroom.models import User
from tests.building import make_mandate, make_section, make_standard, make_user
from tests.editor import save_draft
from tests.many import multiply
from tests.work import ask_for, behind_in_french, follow, standing, waiting_names
from worklists.home_panels import panels_of_mail
from worklists.home_work import HomeWork
from worklists.models import TranslationRequest
from worklists.requesting import give_back, hand_on, take
from worklists.waiting import next_standing, waiting_rows

TODAY = timezone.localdate()


@pytest.fixture
def translator(home):
    return make_user("Translators", "fr")


def wait_since(page, day):
    """Let the French of a page wait since a day of November 2026."""
    Standing.objects.filter(pk=standing(page).pk).update(waiting_since={"fr": f"2026-11-{day:02}T08:00:00.000000+00:00"})


@pytest.mark.django_db
def test_what_is_asked_for_comes_first_by_its_deadline_then_the_oldest(home, translator):
    pages = {name: behind_in_french(home, name) for name in ("oldest", "old", "none", "later", "sooner")}
    wait_since(pages["oldest"], 1)
    wait_since(pages["old"], 2)
    editor = make_user("Editors")
    ask_for(pages["none"], editor)
    ask_for(pages["later"], editor, deadline=TODAY + timedelta(days=9))
    ask_for(pages["sooner"], editor, deadline=TODAY + timedelta(days=2))
    assert waiting_names(waiting_rows(translator)) == ["sooner", "later", "none", "oldest", "old"]


@pytest.mark.django_db
def test_only_ones_own_languages_wait(home, translator):
    behind_in_french(home)
    assert waiting_names(waiting_rows(translator)) == ["late"]
    assert waiting_names(waiting_rows(make_user("Translators", "nl"))) == []
    assert waiting_names(waiting_rows(make_user("Translators", "en"))) == ["late"]
    assert waiting_names(waiting_rows(make_user("Translators", "nl", languages=["nl", "fr", "en"]))) == ["late"]


@pytest.mark.django_db
def test_for_whoever_writes_in_all_languages_only_what_they_took_waits_unless_they_say_which(home):
    page, editor = behind_in_french(home), make_user("Editors")
    assert waiting_names(waiting_rows(editor)) == []
    assert waiting_names(waiting_rows(editor, ["fr"])) == ["late"]
    take(ask_for(page, editor), editor)
    assert waiting_names(waiting_rows(editor)) == ["late"]


@pytest.mark.django_db
def test_what_somebody_has_taken_waits_for_them_alone(home, translator):
    page, colleague = behind_in_french(home), make_user("Translators", "fr")
    wanted = ask_for(page, make_user("Editors"))
    assert take(wanted, translator)
    assert (waiting_names(waiting_rows(translator)), waiting_names(waiting_rows(colleague))) == (["late"], [])
    hand_on(TranslationRequest.objects.get(), colleague, translator)
    assert (waiting_names(waiting_rows(translator)), waiting_names(waiting_rows(colleague))) == ([], ["late"])
    give_back(TranslationRequest.objects.get())
    assert waiting_names(waiting_rows(translator)) == waiting_names(waiting_rows(colleague)) == ["late"]


@pytest.mark.django_db
def test_an_alias_and_what_nobody_may_change_wait_for_nobody(home, translator):
    make_standard(home, "partly", languages=("nl", "fr")).create_alias(parent=home)
    assert waiting_names(waiting_rows(make_user("Translators", "en"))) == ["partly"]
    behind_in_french(home)
    section = make_section(home)
    assert waiting_names(waiting_rows(translator)) == ["late"]
    translator.groups.get().page_permissions.update(page=section)
    assert waiting_names(waiting_rows(type(translator).objects.get(pk=translator.pk))) == []


@pytest.mark.django_db
def test_entries_wait_too(home, translator):
    GlossaryTerm.objects.create(term_nl="baan", term_en="job", definition_nl="Werk")
    assert [row.names["en"] for row in waiting_rows(translator)] == ["job"]


# --- What somebody left in translation


@pytest.fixture
def half(home):
    """A page whose French summary was missing, and of which a translator typed half: the page, and the translator."""
    translator = make_user("Translators", "fr")
    page = make_standard(home, "half", live=False, summary_fr="")
    client = Client()
    client.force_login(translator)
    assert save_draft(client, page, summary_fr="Un rés").status_code == 302
    assert standing(page).languages["fr"] | {"open": 1, "missing": 0, "behind": 0} == standing(page).languages["fr"]
    return page, translator


@pytest.mark.sampled(1)
@pytest.mark.django_db
@pytest.mark.parametrize("case", ["closed", "deleted", "nobody known"])
def test_what_somebody_who_has_gone_left_in_translation_waits_for_all_who_write_its_language(case, half, translator):
    page, gone = half
    assert waiting_names(waiting_rows(translator)) == []
    assert next_standing(translator) is None
    if case == "closed":
        User.objects.filter(pk=gone.pk).update(is_active=False)
    elif case == "deleted":
        gone.delete()
    else:
        Standing.objects.filter(pk=standing(page).pk).update(begun=[])
    assert waiting_names(waiting_rows(translator)) == ["half"]
    assert next_standing(translator).object_id == page.pk
    assert waiting_names(waiting_rows(make_user("Translators", "nl"))) == []
    with translation.override("en"):
        (row,) = next(panel for panel in panels_of_mail(HomeWork(translator)) if panel.name == "waiting").content()["rows"]
    assert [fact.split(",")[0] for fact in row.facts] == ["French: 1 in translation"]
    assert bool(row.deadline) == (case != "nobody known")


@pytest.mark.django_db
def test_what_somebody_left_is_theirs_no_more_where_a_colleague_goes_on_with_it(half, translator):
    page, gone = half
    User.objects.filter(pk=gone.pk).update(is_active=False)
    row, colleague = standing(page), make_user("Translators", "fr")
    Standing.objects.filter(pk=row.pk).update(begun=[*row.begun, {**row.begun[0], "by": colleague.pk}])
    assert waiting_names(waiting_rows(translator)) == waiting_names(waiting_rows(colleague)) == []
    Standing.objects.filter(pk=row.pk).update(begun=[*row.begun, {**row.begun[0], "by": colleague.pk, "language": "nl"}])
    assert waiting_names(waiting_rows(translator)) == ["half"], "They are at another language."


# --- The next one


@pytest.mark.django_db
def test_the_next_one_is_that_below_and_after_the_last_one_the_first(home, translator):
    pages = [behind_in_french(home, name) for name in ("first", "second", "third")]
    for day, page in enumerate(pages, 1):
        wait_since(page, day)
    order = [next_standing(translator, page).object_id for page in pages]
    assert order == [pages[1].pk, pages[2].pk, pages[0].pk]
    assert next_standing(translator).object_id == pages[0].pk


@pytest.mark.django_db
def test_after_what_is_finished_comes_the_first_and_after_all_of_it_nothing(home, translator):
    pages = [behind_in_french(home, name) for name in ("first", "second")]
    for day, page in enumerate(pages, 1):
        wait_since(page, day)
    follow(pages[1])
    assert next_standing(translator, pages[1]).object_id == pages[0].pk
    assert next_standing(translator, pages[0]) is None
    follow(pages[0])
    assert next_standing(translator, pages[0]) is None
    assert next_standing(translator, make_standard(home, "whole")) is None


@pytest.mark.django_db
def test_what_somebody_has_begun_comes_last(home, translator):
    begun, waiting = make_standard(home, "begun"), behind_in_french(home)
    Standing.objects.filter(pk=standing(begun).pk).update(begun=[{"by": translator.pk, "language": "fr", "number": 1}])
    assert waiting_names(waiting_rows(translator)) == ["late"]
    assert waiting_names(waiting_rows(translator, with_begun=True)) == ["late", "begun"]
    assert next_standing(translator, waiting).object_id == begun.pk
    assert next_standing(translator, begun).object_id == waiting.pk


@pytest.mark.django_db
def test_backwards_it_is_that_above_and_before_the_first_one_the_last(home, translator):
    pages = [behind_in_french(home, name) for name in ("first", "second", "third")]
    for day, page in enumerate(pages, 1):
        wait_since(page, day)
    order = [next_standing(translator, page, step=-1).object_id for page in pages]
    assert order == [pages[2].pk, pages[0].pk, pages[1].pk]
    assert next_standing(translator, make_standard(home, "whole"), step=-1).object_id == pages[2].pk
    assert next_standing(translator, step=-1).object_id == pages[2].pk


@pytest.mark.django_db
@pytest.mark.parametrize("step", [1, -1])
@pytest.mark.sampled(1)
def test_of_all_that_waits_one_row_is_fetched_to_find_the_next_one(step, home, translator):
    pages = [behind_in_french(home, f"page {number}") for number in range(4)]
    next_standing(translator, pages[0], step=step)  # rights and kinds of objects are known from then on
    with CaptureQueriesContext(connection) as captured:
        assert next_standing(translator, pages[1], step=step).object_id == pages[1 + step].pk
    rows = [query["sql"] for query in captured if '"languages_standing"' in query["sql"]]
    assert len(rows) == 2 and rows[0].endswith("LIMIT 1")


@pytest.mark.sweep
@pytest.mark.django_db
def test_the_next_of_many_pages_costs_as_many_queries(home, translator):
    page = make_mandate(make_section(home))
    page.summary_nl = "Nieuw."
    page.save_revision()
    behind_in_french(home)

    def queries():
        user = type(translator).objects.get(pk=translator.pk)
        with CaptureQueriesContext(connection) as captured:
            assert next_standing(user, page)
        return len(captured)

    queries()  # kinds of objects are known from then on
    few = queries()
    multiply(page, 50)
    call_command("rebuild_standing", verbosity=0)
    assert queries() == few
