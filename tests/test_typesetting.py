"""Where lines may not end."""

import pytest

from languages.typesetting import keep_together, typeset


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Bel 0800 35 123, gratis", "Bel 0800~35~123, gratis"),
        ("9 500 jours et 30 ans", "9~500~jours et 30~ans"),
        ("<p>5 % in 2024</p>", "<p>5~% in 2024</p>"),
        ("La France : « oui » ; non ?", "La France~: «~oui~»~; non~?"),
        ("5 programmes, 18 antennes, les 27 États", "5~programmes, 18~antennes, les 27~États"),
        ("1,3 milliard, 5 programma’s, 4 other countries", "1,3~milliard, 5~programma’s, 4~other countries"),
        ("décision n° 573/2014, nr. 5, No 5, C(2014) 10235", "décision n°~573/2014, nr.~5, No~5, C(2014)~10235"),
        ("op 17 juni 2025, le 31 décembre 2027, on 8 May 2023", "op 17~juni 2025, le 31~décembre 2027, on 8~May 2023"),
        ("in 2014 en 2020", "in 2014 en 2020"),
        ("Casino 5, 3 programmeurs", "Casino 5, 3 programmeurs"),
        ("op 15 mei 2014 30 mensen", "op 15~mei 2014~30 mensen"),  # the price of a plain rule: a line ends a word earlier
        ("https://example.org/?a=1 :)", "https://example.org/?a=1 :)"),
    ],
)
def test_numbers_units_and_french_marks_keep_to_their_words(typed, printed):
    assert keep_together(typed) == printed.replace("~", "\u00a0")


def test_a_page_is_typeset_between_its_tags_alone():
    html = '<p title="a : b">La <b>France</b> : 30 ans</p><svg><path d="M10 200"/></svg><textarea>a : 30 ans</textarea>'
    printed = html.replace("</b> : 30 ans", "</b>\u00a0: 30\u00a0ans")
    assert typeset(html) == printed
