"""Which chapters answer a question: shown in the reader's language, whatever language it is asked in."""

from django.utils import translation

from guide.chapters import chapter_text, plain_text
from guide.contents import CHAPTERS
from languages.codes import LANGUAGES
from search.everyday import EVERYDAY
from staff_search.matching import is_in


def find_chapters(words, language):
    """Return the `ChapterText`s, for a reader of a language, in which all words stand: in that language, else in another.

    Where no chapter has all, it may lack some of them, but fewer than half. First come those that lack the fewest, and that
    have them in their title, then among what is asked, then in their summary.
    """
    for are_all_asked_for in (True, False):
        for code in (language, *(other for other in LANGUAGES if other != language)):
            telling = [word for word in words if word not in EVERYDAY.get(code, ())] or list(words)
            most = 0 if are_all_asked_for else (len(telling) - 1) // 2
            with translation.override(code):
                ranked = [(rank_of(text, telling), text.slug) for text in texts_in(code)]
            if found := sorted((rank for rank in ranked if rank[0][0] <= most), key=lambda rank: rank[0]):
                return [chapter_text(slug, language) for _rank, slug in found]
    return []


def texts_in(language):
    """Return the `ChapterText`s that are written in a language."""
    texts = (chapter_text(chapter.slug, language) for chapter in CHAPTERS)
    return [text for text in texts if text and text.language == language]


def rank_of(text, words):
    """Return how many words a chapter lacks, and how far below the title it says the others; a part of a word is farther."""
    parts = [plain_text(part) for part in (text.title, text.asked, text.summary, text.body)]
    places = [place for word in words if (place := place_of(word, parts)) is not None]
    return len(words) - len(places), sum(places)


def place_of(word, parts):
    """Return the number of the first part that says a word, a half more where it stands within another; else None."""
    for number, part in enumerate(parts):
        if is_in(word, part):
            return number if is_in(f" {word}", part) else number + 0.5
    return None
