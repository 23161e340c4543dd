"""Where a line may not end: within a number, before what it counts or its month, before a mark that French sets apart. Pure.

Texts are stored as they were typed; what is printed gets no-break spaces, which neither search nor comparisons ever see.
"""

import re

from babel.dates import get_month_names

from languages.codes import LANGUAGES

NO_BREAK = "\u00a0"
UNITS = (
    "%|€|euros?|ans?|mois|jours?|heures?|pays|jaar|maanden|dagen|uur|landen|years?|months?|days?|hours?|countries|"
    "miljoen|miljard|millions?|milliards?|billion|leden|membres?|members?|États?|EU|andere|autres?|other|"
    "programma’s|programmes?|kantoren|antennes?|offices?"
)
MONTHS = "|".join(name for code in LANGUAGES for name in get_month_names("wide", locale=code).values())
# Each begins with the space itself, so that nothing else of a text is looked at, then with what stands beside few.
BREAKABLE = re.compile(
    rf"""
    [ ](?:
        (?<=[\d)][ ])(?:
            (?<=\d[ ])(?=\d{{2,3}}(?!\d))  # 0800 35 123, 9 500
            | (?<=\d[ ])(?=(?:{UNITS}|{MONTHS})(?!\w))  # 30 ans, 17 juni
            | (?<=\d\)[ ])(?=\d)  # C(2014) 10235
        )
        | (?=[:;?!»](?:\s|<|$))(?:(?<=[\w)»”’%€+][ ])|(?<!.[ ]))  # « France : », also after a tag
        | (?<=«[ ])
        | (?=\d)(?:(?<=n°[ ])|(?<=nr\.[ ])|(?<=\bNo[ ]))  # n° 573/2014/UE
    )
    """,
    re.VERBOSE | re.DOTALL,
)


# The text between tags that has a space; of what no browser sets as text, the element up to its last ">".
PRINTED = re.compile(r"<(script|style|textarea|pre|svg)\b.*?</\1(?=>)|>(?P<text>[^< ]* [^<]*)", re.DOTALL)


def typeset(html):
    """Return a whole page with no-break spaces where a line may not end, whatever template a text comes from."""
    return PRINTED.sub(lambda match: f">{keep_together(match['text'])}" if match["text"] else match[0], html)


def keep_together(text):
    """Return a text, plain or HTML, with no-break spaces where a line may not end. Those in attributes do no harm."""
    return BREAKABLE.sub(NO_BREAK, text)
