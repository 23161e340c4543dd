"""Words for numbers in each language: what they mean, so that "drie" and "3" are one number."""

import re
from decimal import Decimal
from functools import cache

ONES = {
    "nl": "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
    "achttien negentien",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen",
}
TENS = {
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "fr": "vingt trente quarante cinquante soixante septante quatre-vingt nonante",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
}
ONE_AND_A_HALF = Decimal("1.5")
# What stands for a number without being one: a text that says "the half" needs no twin that says it, but answers to "50 %".
LOOSE = {
    "nl": {
        **{
            "eerste": 1,
            "één": 1,
            "eenmaal": 1,
            "eenmalig": 1,
            "beide": 2,
            "allebei": 2,
            "dubbel": 2,
            "tweemaal": 2,
            "tweede": 2,
        },
        **{
            "derde": 3,
            "driemaal": 3,
            "vierde": 4,
            "kwart": 25,
            "vijfde": 5,
            "zesde": 6,
            "zevende": 7,
            "achtste": 8,
            "negende": 9,
        },
        **{"tiende": 10, "elfde": 11, "twaalfde": 12, "helft": 50, "half": 50, "halve": 50, "dozijn": 12, "duizend": 1000},
        **{"honderd": 100, "tientallen": 10, "middernacht": 24, "middag": 12, "driekwart": 75, "halfjaar": 6, "jaarlijks": 1},
        **{"duo": 2, "trio": 3, "tweejaarlijks": 2, "driejaarlijks": 3, "vierjaarlijks": 4, "tweetalig": 2, "drietalig": 3},
        **{"anderhalf": ONE_AND_A_HALF, "anderhalve": ONE_AND_A_HALF},
    },
    "fr": {
        **{"premier": 1, "première": 1, "une": 1, "seul": 1, "seule": 1, "double": 2, "deuxième": 2, "second": 2, "seconde": 2},
        **{
            "bilingue": 2,
            "trilingue": 3,
            "troisième": 3,
            "tiers": 3,
            "quatrième": 4,
            "quart": 25,
            "cinquième": 5,
            "sixième": 6,
        },
        **{"septième": 7, "huitième": 8, "neuvième": 9, "dixième": 10, "dizaine": 10, "dizaines": 10, "onzième": 11},
        **{"douzième": 12, "douzaine": 12, "moitié": 50, "demi": 50, "demie": 50, "mille": 1000, "cent": 100, "cents": 100},
        **{"vingtaine": 20, "trentaine": 30, "centaine": 100, "quinzaine": 14, "midi": 12, "minuit": 24, "semestre": 6},
        **{"semestriel": 6, "trimestre": 3, "deuxièmes": 2, "biennal": 2, "triennal": 3, "quadriennal": 4, "millier": 1000},
    },
    "en": {
        **{"first": 1, "once": 1, "single": 1, "both": 2, "twice": 2, "double": 2, "second": 2, "third": 3, "fourth": 4},
        **{"quarter": 25, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11},
        **{"twelfth": 12, "half": 50, "dozen": 12, "thousand": 1000, "hundred": 100, "noon": 12, "midnight": 24},
        **{"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21},
        **{"fortnight": 14, "bilingual": 2, "trilingual": 3, "biennial": 2, "triennial": 3, "tens": 10},
    },
}
# "A" as often as a number, and what means something else as often: they answer to a number, and ask for none.
NEVER_ASKED = {"nl": {"een", "elf", "acht"}, "fr": {"un", "neuf", "six"}, "en": {"one"}}
# "Quinze jours" are two weeks, and in English fourteen days; "huit jours" are a week; a year and a half are 18 months.
ALSO = {
    **{"quinze": {14, 2}, "huit": {7, 1}, "veertien": {15, 2}, "fourteen": {15, 2}},
    **{"anderhalf": {18, 90}, "anderhalve": {18, 90}},
}


@cache
def cardinals(language):
    """Return `{word: number}` for the numbers below a hundred."""
    ones = ONES[language].split()
    words = {word: number for number, word in enumerate(ones, 1)}
    for number, ten in enumerate(TENS[language].split(), 2):
        words[ten] = number * 10
        below = ones if language == "fr" and ten in ("soixante", "quatre-vingt") else ones[:9]
        words |= {compound(language, ten, one): number * 10 + value for value, one in enumerate(below, 1)}
    if language == "fr":
        words |= {"quatre-vingts": 80}
    return words


def compound(language, ten, one):
    if language == "nl":
        return f"{one}{'ën' if one.endswith('e') else 'en'}{ten}"
    return f"{ten} et {one}" if language == "fr" and one in ("un", "onze") and ten != "quatre-vingt" else f"{ten}-{one}"


@cache
def pattern(language):
    """Return the regular expression of all words for numbers of a language, the longest first."""
    words = sorted({*cardinals(language), *LOOSE[language]}, key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:{})(?![\w])".format("|".join(map(re.escape, words))), re.IGNORECASE)


def number_words(text, language):
    """Yield `(numbers, does it ask for its twin, match)` for the words of a text that say a number."""
    for match in pattern(language).finditer(text):
        word = match[0].lower()
        number = cardinals(language).get(word)
        is_cardinal = number is not None and word not in NEVER_ASKED[language]
        yield {LOOSE[language].get(word, number), *ALSO.get(word, ())} | ({number} if number else set()), is_cardinal, match
