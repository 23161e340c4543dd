"""What may be wrong with a translation, and can be saved all the same."""

import pytest

from directory.models import GlossaryTerm
from interface_strings.glossary_hints import StringGlossary
from interface_strings.hints import hints

HINTED = [
    ("Server Error", "Server error", "nl", "english"),
    ("Server Error", "Server Error", "fr", "english"),
    ("Saved.", "Bewaard", "nl", "end"),
    ("Save", "Bewaren!", "nl", "end"),
    ("Loading…", "Laden", "nl", "end"),
    ("saved by %(who)s", "Bewaard door %(who)s", "nl", "capital"),
    ("Saved", "“bewaard”", "nl", "capital"),
    ("Why?", "Pourquoi?", "fr", "spaces"),
    ("Why?", "Pourquoi ?", "fr", "spaces"),
    ("The word “a”", "Le mot « a\u00a0»", "fr", "spaces"),
    ("Save", "Bewaar alles wat je in deze velden hebt ingevuld", "nl", "length"),
]
FINE = [
    ("Saved.", "Bewaard.", "nl"),
    ("Loading...", "Laden…", "nl"),
    ("%(count)s pages", "%(count)s pagina’s", "nl"),
    ("Saved by %(who)s", "%(who)s bewaarde dit", "nl"),
    ("<b>Saved</b>", "<b>Bewaard</b>", "nl"),
    ("Menu", "Menu", "nl"),
    ("%(name)s %(number)d", "%(name)s %(number)d", "nl"),
    ("Server Error", "Server Error", "en"),
    ("Why?", "Pourquoi\u00a0?", "fr"),
    ("At 10:30", "À 10:30", "fr"),
    ("Why?", "Waarom ?", "nl"),
    ("Write to https://x.example/a?b=c", "Écrivez à https://x.example/a?b=c", "fr"),
]


def kinds(source, text, language):
    return [problem.kind for problem in hints((source,), [text], language)[0]]


@pytest.mark.parametrize(("source", "text", "language", "kind"), HINTED)
def test_what_may_be_wrong_is_said(source, text, language, kind):
    assert kinds(source, text, language) == [kind]


@pytest.mark.parametrize(("source", "text", "language"), FINE)
def test_nothing_is_said_of_what_is_right(source, text, language):
    assert kinds(source, text, language) == []


@pytest.mark.django_db
def test_the_words_of_the_glossary_are_expected_where_the_source_has_its_term():
    GlossaryTerm.objects.create(
        term_en="job seeker", inflections_en="job seekers", term_nl="werkzoekende", inflections_nl="werkzoekenden", term_fr="a"
    )
    glossary = StringGlossary()

    def said(source, text, language="nl"):
        return [problem.kind for problem in glossary.hints((source,), [text], language)[0]]

    assert said("All <b>job seekers</b>", "Alle werklozen") == ["glossary"]
    assert said("All job seekers", "Alle werkzoekenden") == []
    assert said("All seekers", "Alle zoekers") == []
    assert said("All job seekers", "All people", "en") == []
