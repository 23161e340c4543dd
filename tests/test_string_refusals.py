"""What cannot be saved as a translation: whatever would break a page, show nothing, or smuggle in markup."""

import pytest

from interface_strings.refusals import MAX_LENGTH, fit_edges, refusals

PLAIN = ("Search",)
NAMED = ("Saved by %(who)s on %(day)s.",)
NUMBERS = ("%s of %d lines",)
PERCENT = ("%(share)s%% of readers",)
BARE_PERCENT = ("Scaled to 50% of its size",)
BRACES = ("Sent to {name} ({count}).",)
POSITIONS = ("From {} to {}",)
PLURAL = ("One page", "%(count)s pages")
BOTH = ("%(count)s page", "%(count)s pages")
LINK = ('Read <a href="%(url)s" class="more">the <b>rules</b></a>.',)
TWO_LINKS = ('<a href="%(a)s">One</a> and <a href="%(b)s">two</a>',)
LINES = ("First\nSecond",)

BROKEN = [
    pytest.param(NAMED, "Bewaard op %(day)s.", id="a placeholder is missing"),
    pytest.param(NAMED, "Bewaard door %(who)s op %(day)s in %(place)s.", id="one is too many"),
    pytest.param(NAMED, "Bewaard door %(wie)s op %(day)s.", id="one is called otherwise"),
    pytest.param(NAMED, "Bewaard door %(who)d op %(day)s.", id="one has another type"),
    pytest.param(NAMED, "Bewaard door %(who) s op %(day)s.", id="one is torn apart"),
    pytest.param(NAMED, "Bewaard door %(who)s op %(day)s, 100%.", id="a percent sign stands alone"),
    pytest.param(NUMBERS, "%d van %s regels", id="placeholders without names change places"),
    pytest.param(NUMBERS, "%s van %s regels", id="one without a name has another type"),
    pytest.param(PERCENT, "%(share)s% van de lezers", id="a doubled percent sign is written once"),
    pytest.param(PLAIN, "Zoek 100%", id="a percent sign without one in the source"),
    pytest.param(BARE_PERCENT, "Op halve grootte", id="a percent sign less than in the source"),
    pytest.param(PLAIN, "Zoek %(what)s", id="a placeholder without one in the source"),
    pytest.param(BRACES, "Verzonden ({count}).", id="a placeholder in brackets is missing"),
    pytest.param(BRACES, "Verzonden naar {naam} ({count}).", id="one in brackets is called otherwise"),
    pytest.param(BRACES, "Verzonden naar {name ({count}).", id="a bracket is not closed"),
    pytest.param(BRACES, "Verzonden naar {name.__class__} ({count}).", id="one reaches into an object"),
    pytest.param(BRACES, "Verzonden naar {name!r} ({count}).", id="one is converted"),
    pytest.param(POSITIONS, "Van {}", id="one without a name is missing"),
    pytest.param(PLAIN, "Zoek }", id="a bracket without one in the source"),
    pytest.param(LINK, 'Lees <a href="%(url)s" class="more">de <b>regels</a></b>.', id="tags cross"),
    pytest.param(LINK, 'Lees <a href="%(url)s" class="more">de <b>regels</b>.', id="a tag is not closed"),
    pytest.param(LINK, "Lees de regels: %(url)s.", id="tags are missing"),
    pytest.param(LINK, 'Lees <a href="%(url)s" class="more">de <i>regels</i></a>.', id="another tag"),
    pytest.param(
        LINK, 'Lees <a href="javascript:alert(1)" class="more">de <b>regels</b></a> %(url)s.', id="an address that runs"
    ),
    pytest.param(LINK, 'Lees <a href="%(url)s" class="more" onclick="alert(1)">de <b>regels</b></a>.', id="an attribute more"),
    pytest.param(LINK, 'Lees <a href="%(url)s">de <b>regels</b></a>.', id="an attribute less"),
    pytest.param(TWO_LINKS, '<a href="%(a)s">Een en <a href="%(b)s">twee</a></a>', id="a link within a link"),
    pytest.param(PLAIN, "<script>alert(1)</script>", id="a script"),
    pytest.param(PLAIN, "Zoek<img src=x onerror=alert(1)>", id="a tag without one in the source"),
    pytest.param(PLAIN, "Zoek <b", id="a tag that is not closed"),
    pytest.param(PLAIN, 'Zoek" onmouseover="alert(1)', id="quotes that end an attribute"),
    pytest.param(PLAIN, "Zoek\\", id="a sign that takes the end from a script's text"),
    pytest.param(PLAIN, "Zoek\x00", id="NUL"),
    pytest.param(PLAIN, "Zoek\x07", id="a control character"),
    pytest.param(PLAIN, "Zoek\u202egnikreov", id="a sign that turns the direction"),
    pytest.param(PLAIN, "Zoek\u200b", id="a space without width"),
    pytest.param(PLAIN, "Zoek\ue000", id="a sign that no font has"),
    pytest.param(PLAIN, "Zoek\u2028verder", id="a line separator, which ends a script's line"),
    pytest.param(PLAIN, "Zoek\nverder", id="lines without any in the source"),
    pytest.param(PLAIN, "z" * (MAX_LENGTH + 1), id="too long"),
    pytest.param(PLAIN, "z" * 10_000, id="much too long"),
    pytest.param(PLAIN, "", id="nothing"),
    pytest.param(PLAIN, " \u00a0\t", id="only spaces"),
]
FINE = [
    (NAMED, "Op %(day)s bewaard door %(who)s."),
    (NAMED, "%(who)s bewaarde dit op %(day)s, %(who)s."),
    (PERCENT, "%(share)s %% des lecteurs"),
    (BARE_PERCENT, "Op 50% van de grootte"),
    (BRACES, "{count}: verzonden naar {name}."),
    (LINK, 'Dans <a href="%(url)s"  class="more">les <b>règles</b></a>, c’est écrit.'),
    (TWO_LINKS, '<a href="%(b)s">Twee</a> en <a href="%(a)s">een</a>'),
    (LINES, "Eerste\nTweede"),
    (PLAIN, "Recherche avan\u00adcée : l’« essentiel »"),
    (("Tom & <b>Jerry</b>",), "Tom &amp; <b>Jerry</b>"),
    (('Called "%(name)s"',), 'Heet "%(name)s"'),
]


@pytest.mark.parametrize(("sources", "text"), BROKEN)
def test_broken_texts_are_refused(sources, text):
    (problems,) = refusals(sources, [text])
    assert problems and all(problem.sentence for problem in problems)


@pytest.mark.parametrize(("sources", "text"), FINE)
def test_what_a_translator_may_want_is_fine(sources, text):
    assert refusals(sources, [text]) == [[]]


@pytest.mark.parametrize(
    ("sources", "forms", "refused"),
    [
        (BOTH, ["%(count)s pagina", "%(count)s pagina’s"], [False, False]),
        (BOTH, ["%(count)s pagina", "Pagina’s"], [False, True]),
        (BOTH, ["Pagina", "%(count)s pagina’s"], [True, False]),
        (BOTH, ["%(count)s pagina", ""], [False, True]),
        (PLURAL, ["Eén pagina", "%(count)s pagina’s"], [False, False]),
        (PLURAL, ["%(count)s page", "%(count)s pages"], [False, False]),  # in French the first form is that of none too
        (PLURAL, ["Eén pagina", "Enkele pagina’s"], [False, True]),
        (PLURAL, ["%(number)s pagina", "%(count)s pagina’s"], [True, False]),
    ],
)
def test_each_form_of_a_plural_has_the_placeholders_of_its_source(sources, forms, refused):
    assert [bool(problems) for problems in refusals(sources, forms)] == refused


def test_white_space_at_the_edges_is_that_of_the_source():
    assert fit_edges("Restart workflow ", "Werkstroom herstarten") == "Werkstroom herstarten "
    assert fit_edges("\nSearch", " Zoeken \r\n") == "\nZoeken"
    assert fit_edges("Who?", "Qui\u00a0?") == "Qui\u00a0?"
    assert fit_edges("Who", "   ") == "   ", "What is empty stays so, and is refused."
