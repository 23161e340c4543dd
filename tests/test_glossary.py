"""Terms explained within texts: which words become links, which never do, and that nothing else of the HTML changes."""

import re
from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from directory.glossary.explanations import explain_terms
from directory.glossary.linking import MAX_LINKS, TAG, Term, link_terms
from directory.models import GlossaryTerm, lookup_form
from languages.codes import LANGUAGES
from pages.models import GlossaryPage
from tests.building import add, make_home, make_mandate, make_section, make_standard, make_user, texts
from tests.editor import block, form_with, translate
from tests.site_checks import SITE

SEEKER = Term("seeker", ("chercheur d’emploi", "chercheurs d’emploi"))
JOB = Term("job", ("emploi",))
FUND = Term("fund", ("Fonds social européen",), ("FSE+", "FSE"))
TERMS = (JOB, SEEKER, FUND, Term("training", ("formation",)), Term("rd", ("R&D",)), Term("amp", ("amp", "x27", "lt")))


def links(html, terms=TERMS, language="fr", topic=""):
    """Return the words linked in `html`."""
    return [link.text for link in BeautifulSoup(link_terms(html, terms, language, topic)[0], "html.parser").select("a.term")]


def test_the_first_use_of_a_term_leads_to_its_definition_and_has_a_place_to_come_back_to():
    html, used = link_terms("<p>Un emploi, deux emplois, un emploi.</p>", TERMS, "fr")
    assert html == '<p>Un <a class="term" id="use-job" href="#term-job">emploi</a>, deux emplois, un emploi.</p>'
    assert used == [JOB]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Chercheur d’emploi cherche emploi</p>", ["Chercheur d’emploi", "emploi"]),  # the longest form first
        ("<p>les chercheurs d'emploi</p>", ["chercheurs d'emploi"]),
        ("<p>un chercheur d&#x27;emploi</p>", ["chercheur d'emploi"]),
        ("<p>un chercheur d&rsquo;emploi</p>", ["chercheur d’emploi"]),
        ("<p>un chercheur\u00a0d’emploi</p>", ["chercheur\u00a0d’emploi"]),
        ("<p>un chercheur&nbsp;\n d’emploi</p>", ["chercheur\u00a0\n d’emploi"]),
        ("<p>l’emploi</p>", ["emploi"]),
        ("<p>d&#39;emploi</p>", ["emploi"]),
        ("<p>des EMPLOI</p>", []),  # capitals within a sentence name something: see below
        ("<p>(Emploi)</p>", ["Emploi"]),
        ("<p>le fonds Social Européen</p>", ["fonds Social Européen"]),
        ("<p>le FSE+, le fse</p>", ["FSE+"]),
        ("<p>le fse+</p>", []),
        ("<p>R&amp;D</p>", ["R&D"]),
        ("<p>a &amp; b &#x27; c &lt; d</p>", []),
        ("<p>emplois, réemploi, sous-emploi, emploi-formation, emploi_s, www.emploi.be, moi@emploi.be, /emploi</p>", []),
        ("<p>chez Bruxelles Formation</p>", []),
        ("<p>C’est dit. Formation et emploi</p>", ["Formation", "emploi"]),
    ],
)
def test_whole_words_are_found_however_they_are_written(html, expected):
    assert links(html) == expected


@pytest.mark.parametrize(
    "tag", ["a", "h2", "h3", "button", "summary", "th", "dfn", "dt", "svg", "script", "label", "figcaption"]
)
def test_nothing_is_linked_in_what_is_a_link_or_a_label_already(tag):
    html = f"<{tag} class='x'>emploi <{tag}>emploi</{tag}> <b>emploi</b></{tag}>"
    assert links(html) == []
    assert links(f"{html}<p>emploi</p>") == ["emploi"]


def test_nothing_is_linked_in_another_language_or_in_what_has_a_class_of_its_own():
    assert links('<div lang="en"><p>emploi</p><div>emploi</div> emploi</div>') == []
    assert links('<div lang="fr"><p>emploi</p></div>') == ["emploi"]
    assert links('<p class="note source">emploi</p>') == []
    assert links('<img lang="en" alt="emploi"><p title="emploi">x</p><!-- emploi --><p>mon emploi</p>') == ["emploi"]


def test_no_page_is_restless_and_none_explains_its_own_subject():
    many = tuple(Term(f"t{number}", (f"mot{number}",)) for number in range(20))
    assert len(links(" ".join(f"mot{number}" for number in range(20)), many)) == MAX_LINKS
    assert links("<p>emploi et formation</p>", topic="L’emploi à Bruxelles") == ["formation"]
    assert links("<p>emploi</p>", topic="Les chercheurs d’emploi") == ["emploi"]


# --- Whatever the page: nothing but links is added


class Seen(HTMLParser):
    """What a browser would see of HTML, without the links to terms: tags with their attributes, texts, comments."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.events, self.open_links = [], []
        self.feed(html)
        self.close()

    def add(self, kind, *what):
        if kind == "text" and self.events and self.events[-1][0] == "text":
            self.events[-1] = ("text", self.events[-1][1] + what[0])
        else:
            self.events.append((kind, *what))

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.open_links.append(dict(attrs).get("class") == "term")
            if self.open_links[-1]:
                return
        self.add("start", tag, tuple(attrs))

    def handle_endtag(self, tag):
        if tag == "a" and self.open_links and self.open_links.pop():
            return
        self.add("end", tag)

    def handle_data(self, data):
        self.add("text", data)

    def handle_comment(self, data):
        self.add("comment", data)


WORDS = st.sampled_from(
    [
        "emploi",
        "chercheur d’emploi",
        "chercheur d&#x27;emploi",
        "Fonds social européen",
        "FSE+",
        "formation",
        "R&amp;D",
        "&amp;",
        "&nbsp;",
        "&lt;",
        "amp",
        "lt",
        "l’",
        "réemploi",
        "x27",
        "&#x27;",
        " ",
        ". ",
        "-",
        "é",
        "x",
    ]
)
TEXTS = st.lists(WORDS, max_size=8).map("".join) | st.text("eémploi df’-+ ", max_size=12)
ATTRIBUTES = st.sampled_from(
    ["", ' title="emploi > formation"', " lang='en'", ' lang="fr"', ' class="source"', ' data-x="<p>"']
)
TAGS = st.sampled_from(["p", "div", "b", "a", "h2", "li", "ul", "summary", "th", "span", "dfn", "strong"])
HTML = st.recursive(
    TEXTS | st.just("<br>") | st.just("<!-- emploi <p> -->") | st.just('<img alt="emploi">'),
    lambda inner: st.builds(
        lambda tag, attributes, children: f"<{tag}{attributes}>{''.join(children)}</{tag}>",
        TAGS,
        ATTRIBUTES,
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@pytest.mark.sweep
@given(html=st.lists(HTML, max_size=6).map("".join))
def test_the_page_stays_as_it_is_but_for_the_links(html):
    linked, used = link_terms(html, TERMS, "fr")
    assert Seen(linked).events == Seen(html).events
    assert re.sub(r'<a class="term" id="use-\w+" href="#term-\w+">([^<]*)</a>', r"\1", linked) == html
    assert linked.count('<a class="term"') == len(used) == len(set(used)) <= MAX_LINKS
    for link in BeautifulSoup(linked, "html.parser").select("a.term"):
        assert link.find_parent(["a", "h2", "summary", "th", "dfn"]) is None
        assert link.find_parent(lang="en") is None and link.find_parent(class_="source") is None


@given(html=st.text("<>&\"'/a b!-=emploi", max_size=60))
def test_what_is_no_sound_html_stays_as_it_is_too(html):
    linked, _used = link_terms(html, TERMS, "fr")
    assert re.sub(r'<a class="term" [^>]*>([^<]*)</a>', r"\1", linked) == html
    tags = [part for part in TAG.split(linked)[1::2] if 'class="term"' not in part and part != "</a>"]
    assert tags == [part for part in TAG.split(html)[1::2] if part != "</a>"]


# --- On the page


def make_term(**texts):
    return GlossaryTerm.objects.create(
        **{
            "term_nl": "beheersautoriteit",
            "term_fr": "autorité de gestion",
            "definition_nl": "Wie beheert.",
            "definition_fr": "Qui gère.",
            **texts,
        }
    )


@pytest.fixture
def glossary(home):
    return add(home, GlossaryPage, **texts("glossary"))


def text_page(home, **by_language):
    body = [block("text", only_in=[], text=dict.fromkeys(LANGUAGES, "") | by_language)]
    return make_standard(home, body=body)


def open_page(client, page, language):
    return BeautifulSoup(client.get(page.paths()[language]).content.decode(), "html.parser").main


def test_a_page_explains_its_words_below_its_text(client, home, glossary):
    term = make_term(key="managing-authority", abbreviation_nl="BA")
    page = text_page(home, nl="<p>De beheersautoriteit</p>", fr="<p>L’autorité de gestion</p>", en="<p>The authority</p>")
    main = open_page(client, page, "nl")
    link = main.select_one("a.term")
    entry = main.select_one(link["href"])
    assert entry.parent.parent["aria-labelledby"] == "explanations"
    assert entry.dd.text.startswith("Wie beheert.") and "(BA)" in entry.dt.text
    assert entry.dt.a["href"] == f"{glossary.paths()['nl']}#managing-authority"
    assert main.select_one(entry.dd.a["href"]) == link
    assert open_page(client, page, "fr").select_one("a.term").text == "autorité de gestion"
    assert not open_page(client, page, "en").select(".term, .explanations")  # no definition in English
    assert open_page(client, glossary, "nl").find(id=term.key)


def test_a_term_that_staff_added_has_an_anchor_that_stays(client, home, glossary):
    term = make_term()
    page = text_page(home, nl="<p>De beheersautoriteit</p>", fr="<p>x</p>")
    assert open_page(client, page, "nl").select_one(".explanations dt a")["href"].endswith(f"#entry-{term.pk}")
    assert open_page(client, glossary, "nl").find(id=f"entry-{term.pk}")


@pytest.mark.parametrize(
    ("changes", "is_explained", "is_listed"),
    [
        ({}, True, True),
        ({"is_everyday": True}, False, True),
        ({"for_staff_only": True}, False, False),
        ({"definition_nl": "", "definition_fr": ""}, False, True),
    ],
)
@pytest.mark.sampled(1)
def test_staff_decide_which_terms_readers_see(client, home, glossary, changes, is_explained, is_listed):
    make_term(key="managing-authority", **changes)
    page = text_page(home, nl="<p>De beheersautoriteit</p>", fr="<p>x</p>")
    assert bool(open_page(client, page, "nl").select("a.term")) == is_explained
    assert bool(open_page(client, glossary, "nl").find(id="managing-authority")) == is_listed


def test_other_forms_are_found_in_texts_and_not_shown_in_the_glossary(client, home, glossary):
    make_term(inflections_nl="beheersautoriteiten; BA’s", synonyms_nl="beheerautoriteit")
    page = text_page(home, nl="<p>Twee beheersautoriteiten</p>", fr="<p>x</p>")
    assert open_page(client, page, "nl").select_one("a.term").text == "beheersautoriteiten"
    assert "beheerautoriteit" in open_page(client, glossary, "nl").text
    assert "beheersautoriteiten" not in open_page(client, glossary, "nl").text


def test_without_a_glossary_page_the_words_are_explained_all_the_same(client, home):
    make_term()
    page = text_page(home, nl="<p>De beheersautoriteit</p>", fr="<p>x</p>")
    entry = open_page(client, page, "nl").select_one(".explanations div")
    assert entry.dt.a is None and "Wie beheert." in entry.dd.text


def test_a_definition_is_text_and_no_html(client, home, glossary):
    make_term(term_nl="a<b", definition_nl="<script>1</script>", inflections_nl="beheers")
    page = text_page(home, nl="<p>Het beheers</p>", fr="<p>x</p>")
    assert "&lt;script&gt;" in str(open_page(client, page, "nl").select_one(".explanations"))
    assert not open_page(client, page, "nl").script


@pytest.mark.sweep
def test_the_number_of_queries_is_the_same_for_two_terms_and_for_two_hundred(
    client, home, glossary, django_assert_max_num_queries
):
    page = text_page(home, nl="<p>De beheersautoriteit en mot3</p>", fr="<p>x</p>")
    make_term()
    open_page(client, page, "nl")
    with django_assert_max_num_queries(10) as few:
        open_page(client, page, "nl")
    for number in range(200):
        make_term(term_nl=f"mot{number}", term_fr=f"mot{number}")
    with django_assert_max_num_queries(10) as many:
        assert len(open_page(client, page, "nl").select("a.term")) == 2
    assert len(few.captured_queries) == len(many.captured_queries)


def test_a_changed_definition_is_shown_at_once(client, home, glossary):
    term = make_term()
    page = text_page(home, nl="<p>De beheersautoriteit</p>", fr="<p>x</p>")
    open_page(client, page, "nl")
    term.definition_nl = "Iets anders."
    term.save()
    assert "Iets anders." in open_page(client, page, "nl").select_one(".explanations").text


def test_staff_keep_the_forms_of_a_term_in_the_admin(client, db):
    client.force_login(make_user("Editors"))
    term = make_term()
    url = reverse("wagtailsnippets_directory_glossaryterm:edit", args=[term.pk])
    typed = form_with(client.get(url), "term_nl") | {"inflections_nl": "beheersautoriteiten", "is_everyday": "on"}
    assert client.post(url, typed).status_code == 302  # other forms belong to each language: none is asked for in French
    term.refresh_from_db()
    assert (term.inflections_nl, term.is_everyday, term.for_staff_only) == ("beheersautoriteiten", True, False)


@pytest.fixture
def editing_terms(client, db):
    """Return a function that sends the form of a term as an editor who reads French, and returns the answer."""
    client.force_login(make_user("Editors", "fr"))

    def send(view, *arguments, **typed):
        page = client.get(reverse(f"wagtailsnippets_directory_glossaryterm:{view}", args=arguments))
        form = BeautifulSoup(page.content, "html.parser").find("form", method="POST", action=re.compile("glossaryterm"))
        return client.post(form["action"], form_with(page, "term_nl") | typed)

    return send


def refusals(answer):
    """Return the fields at which the form says that the glossary has the term."""
    words = translate("The glossary has this term already: change that entry, or say here what differs.", "fr")
    errors = BeautifulSoup(answer.content, "html.parser").find_all(class_="w-field__errors")
    return [error.find_parent(attrs={"data-contentpath": True})["data-contentpath"] for error in errors if words in error.text]


@pytest.mark.parametrize(
    "typed", ["Autorité de gestion", "AUTORITE  de Gestion", " autorité de gestion ", "autorité\u00a0de gestion"]
)
@pytest.mark.sampled(1)
def test_a_term_that_a_language_has_already_is_refused_at_its_field(typed, editing_terms):
    make_term()
    assert refusals(editing_terms("add", term_nl="iets anders", term_fr=typed, term_en="x")) == ["term_fr"]
    assert GlossaryTerm.objects.count() == 1


def test_apostrophes_and_hyphens_make_no_other_term(editing_terms):
    make_term(term_fr="demandeur d’emploi", term_nl="niet-werkend")
    answer = editing_terms("add", term_nl="niet werkend", term_fr="Demandeur d'emploi", term_en="x")
    assert refusals(answer) == ["term_nl", "term_fr"]


def test_signs_make_another_term():
    terms = {"C", "C++", "C#", "été", "ete", "Été", "niet-werkend", "niet werkend", "l’œuvre", "l'oeuvre", "ODA (PES)"}
    assert len({lookup_form(term, "fr") for term in terms}) == 7


def test_the_same_word_in_two_languages_and_one_that_only_begins_alike_are_other_terms(editing_terms):
    make_term(term_fr="stage")
    assert editing_terms("add", term_nl="stage", term_fr="stages", term_en="Stage").status_code == 302


def test_a_copy_that_keeps_its_term_is_refused(editing_terms):
    assert refusals(editing_terms("copy", make_term().pk)) == ["term_nl", "term_fr"]


@pytest.mark.sweep
def test_terms_that_are_there_twice_since_before_can_be_edited_and_merged(editing_terms):
    one, _other = make_term(), make_term()
    assert editing_terms("edit", one.pk, definition_fr="Autre", definition_nl="Anders").status_code == 302
    assert refusals(editing_terms("edit", one.pk, term_fr="AUTORITÉ DE GESTION")) == ["term_fr"]
    assert editing_terms("edit", one.pk, term_fr="autorité de gestion du FSE").status_code == 302


# --- The glossary


def test_the_glossary_has_a_heading_for_each_letter_there_is_and_links_to_those_only(client, glossary):
    for name in ("Zebra", "École", "eiland", "2030", "actief"):
        make_term(term_nl=name, term_fr=f"x {name}")
    main = open_page(client, glossary, "nl")
    assert [link.text for link in main.select(".letters a")] == ["0–9", "A", "E", "Z"]
    assert [heading.text for heading in main.select("h2.letter")] == ["0–9", "A", "E", "Z"]
    assert [main.select_one(link["href"]).text for link in main.select(".letters a")] == ["0–9", "A", "E", "Z"]
    below = main.find(id="letter-e").find_next("dl")
    assert [term.text for term in below.select("dfn")] == ["École", "eiland"]
    assert [heading.text for heading in open_page(client, glossary, "fr").select("h2.letter")] == ["X"]


def test_the_terms_of_the_other_languages_say_which_language_they_are_in(client, glossary):
    make_term(key="k", abbreviation_nl="BA", abbreviation_fr="AG", term_en="managing authority")
    entry = open_page(client, glossary, "fr").find(id="k")
    assert entry.dt.text == "autorité de gestion (AG)"
    others = [(tag["lang"], tag.text) for tag in entry.select("dd[lang]")]
    assert others == [("nl", "Nederlands beheersautoriteit (BA)"), ("en", "English managing authority")]


# --- The glossary for machines


def read(client, language="nl"):
    """Return the terms in the file of a language: name -> what is said of it."""
    answer = client.get(f"/{language}/glossary.jsonld")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/ld+json")
    (term_set,) = answer.json()["@graph"]
    return {term["name"]: term for term in term_set.get("hasDefinedTerm", [])}


def test_the_file_of_the_glossary_has_what_readers_see_in_its_language_and_nothing_from_another(client, glossary):
    make_term(key="k", abbreviation_nl="BA", synonyms_nl="beheerder; ", inflections_nl="beheersautoriteiten")
    make_term(key="staff", term_nl="intern", for_staff_only=True)
    make_term(key="french", term_nl="", term_fr="sigle", definition_nl="")
    url = f"{SITE}{glossary.paths()['nl']}#k"
    assert read(client) == {
        "beheersautoriteit": {
            "@type": "DefinedTerm",
            "@id": url,
            "name": "beheersautoriteit",
            "alternateName": ["BA", "beheerder"],
            "description": "Wie beheert.",
        }
    }
    assert set(read(client, "fr")) == {"autorité de gestion", "sigle"} and read(client, "en") == {}


def test_a_language_without_a_glossary_has_no_file_and_drafts_name_none(client, home):
    assert client.get("/nl/glossary.jsonld").status_code == 404
    add(home, GlossaryPage, **texts("glossary", ["nl", "fr"]))
    assert [client.get(f"/{code}/glossary.jsonld").status_code for code in ("nl", "fr", "en", "de")] == [200, 200, 404, 404]
    GlossaryPage.objects.get().unpublish()
    assert client.get("/nl/glossary.jsonld").status_code == 404


def test_the_page_of_the_glossary_names_the_file_where_there_are_terms(client, glossary):
    def linked_files():
        html = BeautifulSoup(client.get(glossary.paths()["fr"]).content.decode(), "html.parser")
        return [link["href"] for link in html.head.find_all("link", type="application/ld+json")]

    assert linked_files() == []
    make_term()
    assert linked_files() == ["/fr/glossary.jsonld"]


@pytest.mark.sweep
def test_the_file_is_public_and_takes_as_many_queries_for_many_terms(client, glossary, django_assert_num_queries):
    make_term()
    with django_assert_num_queries(2):
        first = client.get("/nl/glossary.jsonld")
    assert "s-maxage=1" in first["Cache-Control"] and not first.cookies and "Cookie" not in first.get("Vary", "")
    again = client.get("/nl/glossary.jsonld", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for number in range(50):
        make_term(term_nl=f"woord {number}")
    with django_assert_num_queries(2):
        changed = client.get("/nl/glossary.jsonld", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200 and len(read(client)) == 51
    assert client.post("/nl/glossary.jsonld").status_code == 405


def test_the_explanation_of_a_term_leads_to_its_topic_but_not_from_there_nor_in_a_language_without_it(db):
    home = make_home()
    topic = make_mandate(make_section(home), "fund", languages=("nl", "fr"))
    page = make_standard(home)
    GlossaryTerm.objects.create(
        page=topic, **{f"{name}_{code}": "woord" for name in ("term", "definition") for code in LANGUAGES}
    )
    explained = {
        (place.pk, code): explain_terms("<p>Een woord</p>", place, code, GlossaryPage)[1][0]
        for place in (page, topic)
        for code in LANGUAGES
    }
    assert explained[page.pk, "fr"].topic == topic.paths()["fr"] and explained[page.pk, "fr"].topic_heading == "fund fr"
    assert not explained[page.pk, "en"].topic and not explained[topic.pk, "fr"].topic
