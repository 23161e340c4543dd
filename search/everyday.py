"""Words that a question in a whole sentence is made of and that say nothing about what is asked. Pure.

PostgreSQL leaves stop words such as "de" out by itself. These words may matter in a text, but hardly ever in a question.
"""

from dataclasses import replace

from search.words import unaccent

EVERYDAY = {
    "nl": """
        aan al alle als ben bent bestaat bij dan dat de deze die dit doe doen doet door een eens en er gaan gaat graag
        had heb hebben heeft help helpen het hier hoe hun iemand iets ik in is ja jaar je jij jou jouw jullie kan kon
        krijg krijgen kun kunnen kunt maar maken mag me meer meneer met mij mijn moet moeten mogen naar net niet nieuw
        nodig nog nu of om onder ons onze ook op over precies te tot u uit uw vaak van veel vind vinden voor waar waarom
        waarvoor wanneer was wat we welk welke werd wie wij wil willen word worden wordt zal ze zich zijn zit zitten zo
        zoek zoeken zou zullen lang dank bedankt hallo goeiedag aub alstublieft
    """,
    "fr": """
        a ai aider as au aucun aussi autre aux avec avez avoir avons beaucoup bien bonjour c ca ce ceci cela celle celui
        ces cet cette chez combien comme comment d dans de depuis des dire dois doit donc du elle elles en encore est et
        etes etre eu fait faire faut font ici il ils j je jusqu l la le les leur lui m ma maintenant mais me meme merci
        mes moi mon ne nos notre nous on ont ou par pas peu peut peuvent peux plait plus pour pourquoi pouvez pouvoir
        pouvons pres prie puis qu quand que quel quelle quelles quels qui quoi quelqu s sa sans savoir se sera ses si sil son
        sont suis sur t ta te tes toi ton touche tous tout toute trouve trouver tu un une utiliser va vais veut veux
        viens voici voila vont vos votre voudrais vouloir vous y obtenir cherche chercher
    """,
    "en": """
        a about all am an and any are as ask at be been but by can cannot could did do does each else for from get give
        go got had has have hello help her here hi him his how i if in is it its just keep know let like long look
        looking make many may me more most much must my need no not now of on one or our out please she should so some
        still tell than thank thanks that the their them then there these they this to too under up us use very want was
        we were what when where whether which who whom whose why will with without would you your find receive
    """,
}
EVERYDAY = {code: frozenset(text.split()) for code, text in EVERYDAY.items()}


def is_everyday(term, language):
    """Say whether a term of a question is one plain word that says nothing by itself."""
    return len(term.words) == 1 and not term.is_beginning and unaccent(term.words[0]) in EVERYDAY.get(language, ())


def is_whole_number(term):
    """Say whether a term is a number that may count anything: "24", but not "573/2014" or "15-29"."""
    return len(term.words) == 1 and not term.is_beginning and term.words[0].isdecimal()


def essential_question(question, language):
    """Return a `Question` without its everyday words; where it has some, without whole numbers too: "ik ben 24".

    A question that is made of nothing else stays as it is.
    """
    essential = tuple(term for term in question.terms if not is_everyday(term, language))
    without_numbers = tuple(term for term in essential if not is_whole_number(term))
    if essential != question.terms and without_numbers:
        essential = without_numbers
    return replace(question, terms=essential) if essential else question
