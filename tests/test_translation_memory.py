"""The translation memory: what was published together is found again, for the same text and for one like it."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from languages.codes import LANGUAGES
from languages.units import Unit
from pages.models import StandardPage
from tests.building import add, make_term, staff, texts
from tests.editor import HALF, save_draft
from tests.remembered import SENTENCES, make_page, remembered_texts
from translation_memory.likeness import letters_of, longest_words, words_to_share
from translation_memory.matching import find_matches
from translation_memory.models import RememberedUnit
from translation_memory.remembering import agreeing_texts, public_objects, remember

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]


def matches_of(language="fr", kind="plain", **by_language):
    """Return the matches for a text that says something in some languages."""
    return find_matches(Unit("summary", dict.fromkeys(LANGUAGES, "") | by_language, "", kind), language)


# --- What is remembered


def test_a_page_is_remembered_when_it_is_published_and_not_before(home):
    page = make_page(home, "one", live=False)
    assert SENTENCES["nl"] not in remembered_texts()
    page.get_latest_revision().publish()
    assert SENTENCES["nl"] in remembered_texts()
    assert RememberedUnit.objects.get(texts__text=SENTENCES["fr"]).origin.specific == page


def test_an_entry_is_remembered_when_it_is_saved(db):
    make_term(definition_nl=SENTENCES["nl"], definition_fr=SENTENCES["fr"])
    assert [match.text for match in matches_of("nl", fr=SENTENCES["fr"])] == [SENTENCES["nl"]]


def languages_that_agree(page):
    latest = StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return {unit.address: set(agreeing) for unit, agreeing in agreeing_texts(latest)}.get("summary", set())


def test_what_is_behind_is_no_pair(standard):
    standard.summary_nl, standard.summary_fr = "Een heel andere samenvatting.", "Un tout autre résumé."
    standard.save_revision()
    assert languages_that_agree(standard) == {"nl", "fr"}, "English is behind both."
    standard.summary_nl = "Weer een andere samenvatting."
    standard.save_revision()
    assert languages_that_agree(standard) == set()


def test_what_is_in_translation_is_no_pair(standard):
    assert languages_that_agree(standard) == set(LANGUAGES)
    assert save_draft(staff("Translators", "fr"), standard, **HALF).status_code == 302
    assert languages_that_agree(standard) == {"nl", "en"}


def test_what_reads_alike_is_remembered_once_and_says_where_it_was_published_last(home):
    make_page(home, "one")
    second = make_page(home, "two", summary_nl=f" {SENTENCES['nl']} ")
    (unit,) = RememberedUnit.objects.filter(texts__text=SENTENCES["fr"])
    assert unit.object_id == second.pk


def test_addresses_and_words_of_one_language_are_no_pairs(home):
    make_page(home, "one")
    assert not {text for text in remembered_texts() if text.startswith("one-")}


def test_the_memory_is_filled_from_what_is_public_once(home):
    make_page(home, "one")
    make_page(home, "draft", live=False, **{f"summary_{code}": f"Only a draft {code}" for code in LANGUAGES})
    call_command("rebuild_memory", verbosity=0)
    before = remembered_texts()
    assert SENTENCES["nl"] in before and "Only a draft nl" not in before
    RememberedUnit.objects.all().delete()
    for _time in range(2):
        call_command("rebuild_memory", missing=True, verbosity=0)
        assert remembered_texts() == before
    RememberedUnit.objects.exclude(texts__text=SENTENCES["nl"]).delete()
    call_command("rebuild_memory", missing=True, verbosity=0)
    assert remembered_texts() == {SENTENCES["nl"]}
    call_command("rebuild_memory", verbosity=0)
    assert remembered_texts() == before


def test_all_kinds_of_the_starting_content_are_remembered(with_content):
    call_command("rebuild_memory", verbosity=0)
    kinds = set(RememberedUnit.objects.values_list("content_type__model", flat=True))
    assert {"mandatepage", "networkpage", "organisation", "glossaryterm", "sitesettings"} <= kinds


def test_to_remember_takes_two_queries_for_any_number_of_objects(home):
    make_page(home, "one")
    make_page(home, "two")
    ours = [instance for batch in public_objects() for instance in batch]
    for some in (ours[:1], ours):
        with CaptureQueriesContext(connection) as queries:
            remember(*some)
        assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) == 2


# --- What is found


def test_the_same_text_is_found_in_each_direction_and_is_a_hundred_percent(home):
    make_page(home, "one")
    for source in LANGUAGES:
        for target in set(LANGUAGES) - {source}:
            (match,) = matches_of(target, **{source: SENTENCES[source]})
            assert (match.percent, match.text, match.source_language) == (100, SENTENCES[target], source)


def test_a_text_that_is_nearly_the_same_is_found_and_says_how_near(home):
    make_page(home, "one")
    (match,) = matches_of(nl=SENTENCES["nl"].replace("een consulent", "hun vaste consulent"))
    assert match.text == SENTENCES["fr"] and 60 <= match.percent < 100
    assert matches_of(nl="Heel iets anders staat hier, over het Europees Sociaal Fonds.") == []


def test_capitals_alone_make_a_text_another_one(home):
    make_page(home, "one")
    (match,) = matches_of(nl=SENTENCES["nl"].upper())
    assert match.percent == 99


def test_the_best_come_first_and_each_translation_once(home):
    make_page(home, "one")
    near = SENTENCES["nl"].replace("consulent", "begeleider")
    make_page(home, "two", summary_nl=near, summary_fr="Une autre traduction.")
    make_page(home, "three", summary_nl=near + " Nu.", summary_fr="Une autre traduction.")
    found = matches_of(nl=SENTENCES["nl"])
    assert [match.text for match in found] == [SENTENCES["fr"], "Une autre traduction."]
    assert found[0].percent == 100 > found[1].percent


def test_what_the_text_says_already_is_not_offered(home):
    make_page(home, "one")
    assert matches_of(nl=SENTENCES["nl"], fr=SENTENCES["fr"]) == []


def test_rich_text_is_found_by_its_words_and_comes_with_its_marks(home):
    body = [{"type": "text", "id": "a", "value": {"text": {}, "only_in": []}}]
    body[0]["value"]["text"] = {code: f"<p>{text} <b>{code}</b></p>" for code, text in SENTENCES.items()}
    add(home, StandardPage, body=body, **texts("rich"))
    (match,) = matches_of("fr", "rich", nl=f"<p>{SENTENCES['nl']} <b>nl</b></p>")
    assert (match.percent, match.text) == (100, f"<p>{SENTENCES['fr']} <b>fr</b></p>")
    (match,) = matches_of("fr", "rich", nl=f"<p>{SENTENCES['nl']} nl</p>")
    assert match.percent == 99
    assert matches_of("fr", "plain", nl=f"{SENTENCES['nl']} nl") == []


def test_matches_are_found_with_one_query(home):
    make_page(home, "one")
    with CaptureQueriesContext(connection) as queries:
        matches_of(nl=SENTENCES["nl"], en=SENTENCES["en"])
        matches_of()
    assert len(queries) == 1


@given(
    st.lists(
        st.sampled_from(["de", "werkzoekende", "krijgt", "begeleiding", "brussel", "opleiding", "fonds", "europees"]),
        max_size=9,
    )
)
def test_a_text_shares_what_is_asked_for_with_itself(some):
    letters = letters_of(" ".join(some), "plain")
    own = set(longest_words(letters))
    assert all(set(shared) <= own for shared in words_to_share(letters))
    assert bool(words_to_share(letters)) == bool(some)


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=6, max_size=40, unique=True), st.data())
def test_a_text_in_which_one_word_changed_still_shares_enough(some, data):
    changed = [*some]
    changed[data.draw(st.integers(0, len(some) - 1))] = "xyz"
    own = set(longest_words(letters_of(" ".join(changed), "plain")))
    assert any(set(shared) <= own for shared in words_to_share(letters_of(" ".join(some), "plain")))
