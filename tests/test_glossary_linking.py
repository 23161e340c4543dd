"""Terms of the glossary in texts: what becomes a link to its definition, and nothing else."""

import re
from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from directory.glossary.linking import MAX_LINKS, TAG, Term, link_terms

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
    tags = [part for part in TAG.split(linked)[1::3] if 'class="term"' not in part and part != "</a>"]
    assert tags == [part for part in TAG.split(html)[1::3] if part != "</a>"]
