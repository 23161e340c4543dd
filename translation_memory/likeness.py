"""By what two texts are found to be alike: pure.

Trigrams say how much alike two texts are, but no index of them finds the few among 100,000 of which that is to be asked: most
trigrams stand in most texts (measured: 250 ms a question). Long words are rare. Two texts of which most words are the same
share at least two of the four longest of one, unless somebody changed these very words (about 1 ms).
"""

from html import unescape
from itertools import combinations

from languages.texts import TAG
from search.words import words

COMPARED = 1000  # letters of a text
INDEXED, ASKED, SHARED = 12, 4, 2  # of the longest words of a text: so many are kept, asked for, and must be there
LEAST = 0.6  # of the trigrams of two texts, of all that either has
SHORTER, LONGER = 0.6, 1.7  # how long a text may be beside another


def letters_of(text, kind):
    """Return the words of a text, plain or rich, in small letters, with a space between them, as far as they are compared."""
    plain = unescape(TAG.sub(" ", text)) if kind == "rich" else text
    return " ".join(words(plain))[:COMPARED]


def longest_words(letters, count=INDEXED):
    """Return the longest words of what `letters_of` returned, the longest first, else by the alphabet."""
    return sorted(set(letters.split()), key=lambda word: (-len(word), word))[:count]


def words_to_share(letters):
    """Return lists of words: a text that is like this one has at least one of them whole."""
    longest = longest_words(letters, ASKED)
    return [list(some) for some in combinations(longest, min(SHARED, max(1, len(longest) - 1)))]
