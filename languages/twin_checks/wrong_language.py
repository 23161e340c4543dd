"""Which of our languages a text is in, told by its little words.

They tell three known languages apart in a sentence; a detector with models would take 100 MB in each process of the site.
"""

import re
from functools import cache

MIN_HITS = 4  # so many little words of another language, and hardly one of its own
MARGIN = 4  # times as many
WORD = re.compile(r"[^\W\d_]+")
LITTLE_WORDS = {
    "nl": """
        aan al als bij dan dat deze die dit door een en er geen haar hebben heeft het hoe hun ik is je jou jouw kan
        kunnen maar meer met mijn moet naar niet nog nu of om ons onze ook op over te tegen tot uit van vanaf veel via
        vindt voor waar wanneer was wat we welke werd wie wij wil worden wordt zal ze zich zijn zo zonder zou tijdens
        tussen omdat hier
    """,
    "fr": """
        à afin ai au aussi aux avec avez avons car ce ces cet cette chez comme dans de depuis des donc dont du elle
        elles en entre est et être eu fait ici il ils je la le les leur leurs lors lorsque mais même ne nos notre nous
        ont ou où par pas pendant plus pour qu que quel quelle qui sa sans sera ses si son sont sur tous tout toute un
        une vers via vos votre vous
    """,
    "en": """
        a about after also an and any are as at be been before between but by can do does for from has have he her
        here his how if in into is it its may more must my no not of on only or other our out over she should so such
        than that the their them then there these they this those through to under until was we were what when where
        which while who will with without would you your
    """,
}


@cache
def telling_words():
    """Return `{language: words that say it is this one}`: what two languages have in common tells nothing."""
    words = {code: set(listed.split()) for code, listed in LITTLE_WORDS.items()}
    return {
        code: own - set().union(*(other for another, other in words.items() if another != code)) for code, own in words.items()
    }


def language_seen(text, language):
    """Return the language that a text said to be in `language` is in, "" where it may well be in that one."""
    words = [word.lower() for word in WORD.findall(text)]
    hits = {code: [word for word in words if word in telling] for code, telling in telling_words().items()}
    best = max(hits, key=lambda code: len(hits[code]))
    if best == language or len(set(hits[best])) < MIN_HITS - 1 or len(hits[best]) < MIN_HITS:
        return ""
    return best if len(hits[best]) >= MARGIN * len(hits[language]) else ""
