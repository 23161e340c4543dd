"""What a question means: everyday words, weights, and words that readers use for the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from languages.codes import LANGUAGES
from pages.models import ContactPage
from search.everyday import EVERYDAY, essential_question
from search.meaning import MAX_OTHERS, meaning, possible_synonyms, rarity
from search.models import Synonym
from search.question import parse_question
from search.results import find_results
from tests.building import add, make_standard, texts

WORD = st.text("abcdeé", min_size=1, max_size=4)
MAIN_SITE = "https://www.actiris.example/nl/"
TEXT = st.lists(WORD, min_size=1, max_size=8).map(" ".join)


def essential_words(text, language):
    return essential_question(parse_question(text), language).words


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Ik ben 24 en werkloos", "nl", ["werkloos"]),
        ("J’ai 24 ans et je suis au chômage", "fr", ["ans", "chômage"]),
        ("How do I find work in Norway?", "en", ["work", "norway"]),
        ("155 landen", "nl", ["155", "landen"]),
        ("onder de 30", "nl", ["30"]),
        ("hoe en wat", "nl", ["hoe", "en", "wat"]),
        ('"ik ben" werkloos', "nl", ["ik", "ben", "werkloos"]),
        ("573/2014", "nl", ["573", "2014"]),
    ],
)
def test_everyday_words_and_whole_numbers_beside_them_are_not_looked_for(text, language, words):
    assert essential_words(text, language) == words


@given(TEXT, st.sampled_from(LANGUAGES))
def test_what_is_left_of_a_question_is_part_of_it_and_never_nothing(text, language):
    question = parse_question(text)
    essential = essential_question(question, language)
    assert essential.terms and set(essential.terms) <= set(question.terms)
    assert essential_question(essential, language) == essential


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_rarer_words_weigh_more(pages, more):
    assert 0 < rarity(pages + more) < rarity(pages) <= 1


@given(TEXT, st.lists(st.tuples(WORD, st.lists(TEXT, max_size=12), st.integers(0, 3)), max_size=5))
def test_other_words_belong_to_words_asked_and_only_pages_are_answers(text, synonyms):
    question = parse_question(text)
    meant = meaning(question, {}, synonyms)
    assert meant.others.keys() <= {term.words for term in question.terms} == meant.weights.keys()
    assert all(len(several) <= MAX_OTHERS and term not in several for term, several in meant.others.items())
    assert meant.targets.keys() <= {page for _gram, _others, page in synonyms if page}
    assert meant.targets or not meant.is_answered


@given(TEXT)
def test_every_word_asked_may_be_a_synonym(text):
    question = parse_question(text)
    assert {word for one in text.split() for word in possible_synonyms(parse_question(one))} <= set(possible_synonyms(question))


@pytest.mark.django_db
def test_words_of_readers_lead_to_the_words_of_pages_and_to_the_page_that_answers(home):
    speaking = make_standard(home, "speaking", summary_nl="Voor werkzoekenden.")
    answering = make_standard(home, "answering", summary_nl="Bel ons.")
    assert find_results("werkloos", "nl").results == ()
    synonym = Synonym.objects.create(words_nl="werkloze; zonder werk; werkzoekende", page_id=answering.pk)
    for query in ("werkloze", "WERKLOZE", "Ik zit zonder werk"):
        assert [one.page for one in find_results(query, "nl").results] == [answering.pk, speaking.pk], query
    assert find_results("zonder", "nl").results == find_results("werkloze", "fr").results == ()
    synonym.words_nl = "werkloze; werkzoekende"
    synonym.page = None
    synonym.save()
    assert [one.page for one in find_results("werkloze", "nl").results] == [speaking.pk]
    assert ("werkzoekende", True) not in find_results("werkloze", "nl").results[0].passage


@pytest.mark.django_db
def test_readers_are_shown_the_main_site_first_where_that_answers_them(home, client):
    make_standard(home, heading_nl="Vacatures in Europa", summary_nl="Vacatures in 31 landen.")
    Synonym.objects.create(words_nl="vacature; vacatures; openstaande job", is_for_main_site=True)
    assert not find_results("europa", "nl").is_for_main_site
    assert not find_results("vacature", "fr").is_for_main_site
    for question in ("waar zijn de vacatures", "een openstaande job"):
        assert find_results(question, "nl").is_for_main_site, question
    html = client.get("/nl/zoeken/", {"q": "vacatures"}).content.decode()
    assert "Zoek je werk" not in html  # until there is a page that says where to go
    channels = [
        {
            "type": "channel",
            "value": {"kind": "telephone", "label": {"nl": "Bel ons", "fr": "Appelez-nous"}, "value": "0800 00 000"},
        },
        {
            "type": "channel",
            "value": {"kind": "web", "label": {"nl": "Website", "fr": "Site"}, "url": {"nl": MAIN_SITE}, "value": "x"},
        },
    ]
    add(home, ContactPage, **texts("contact"), channels=channels, show_in_menus=True)
    html = client.get("/nl/zoeken/", {"q": "vacatures"}).content.decode()
    assert html.index("Zoek je werk of heb je een vraag over je inschrijving?") < html.index('id="results">')
    assert f'href="{MAIN_SITE}"' in html and 'href="tel:080000000"' in html


@pytest.mark.django_db
def test_a_page_that_no_reader_reaches_answers_nothing(home):
    french = make_standard(home, "french", languages=("nl", "fr"))
    Synonym.objects.create(words_en="xyzzy", page_id=french.pk)
    assert find_results("xyzzy", "en").results == ()


@pytest.mark.django_db
def test_a_page_that_covers_more_of_a_question_stands_before_one_that_covers_less(home):
    for number in range(3):
        make_standard(home, f"c{number}", summary_nl="Een gewone fiets.")
    both = make_standard(home, "both", summary_nl="Een gewone trommel.")
    results = find_results("gewone trommel onvindbaar", "nl")
    assert results.is_loose and results.results[0].page == both.pk


def test_each_language_has_everyday_words_without_accents():
    assert EVERYDAY.keys() == set(LANGUAGES)
    assert all(word.isascii() and word == word.lower() for several in EVERYDAY.values() for word in several)
