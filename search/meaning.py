"""What a question means: how much its words weigh, other words for them, and pages that answer them. Pure."""

from dataclasses import dataclass, field

from search.words import fold, words

MAX_OTHERS = 6  # other words that are looked for beside one
MAX_SYNONYM_WORDS = 4  # words of a synonym that is looked for
OF_A_SYNONYM = 0.5  # weight of another word for it beside the word itself
RARITY = 0.6  # exponent: 0 ignores rarity, 1 doubles the weight where half as many pages have the word


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a question is taken to mean: how much each of its words weighs, other words for it, and pages that answer it.

    `weights` and `others` are by the words of a term, the latter as tuples of words; `targets` are weights by primary key of a
    page. `is_answered` says that such a page answers every term.
    """

    weights: dict = field(default_factory=dict)
    others: dict = field(default_factory=dict)
    targets: dict = field(default_factory=dict)
    is_answered: bool = False


def possible_synonyms(question):
    """Return the texts in a question that may be synonyms: its terms' words, and words that follow each other."""
    several = words(fold(question.text))
    runs = {
        " ".join(several[start : start + length])
        for length in range(2, MAX_SYNONYM_WORDS + 1)
        for start in range(len(several) - length + 1)
    }
    return sorted({word for term in question.terms for word in words(fold(" ".join(term.words)))} | runs)


def rarity(pages):
    """Return what a word counts that stands on so many pages: 1 where none has it."""
    return (1 + pages) ** -RARITY


def meaning(essential, pages, synonyms):
    """Return the `Meaning` of a question without its everyday words.

    `pages` says on how many pages each term stands, by its words; `synonyms` are (text of the question, words for
    the same, primary key of the page that answers it or 0).
    """
    weights = {term.words: rarity(pages.get(term.words, 0)) for term in essential.terms}
    others, targets, answered = {}, {}, set()
    for gram, alternatives, page in synonyms:
        own = [term.words for term in essential.terms if set(words(fold(" ".join(term.words)))) & set(gram.split())]
        for term in own:
            known = others.setdefault(term, [])
            known += [other for text in alternatives if (other := words(text)) and other != term and other not in known]
        if page:
            weight = max((weights[term] for term in own), default=rarity(0)) * (1 + 0.25 * gram.count(" "))
            targets[page] = max(targets.get(page, 0), weight)
            answered.update(own)
    others = {term: tuple(several[:MAX_OTHERS]) for term, several in others.items()}
    return Meaning(weights, others, targets, bool(targets) and answered >= weights.keys())
