"""Which chapters speak of some words: in the reader's language, and in the others where that has none."""

from guide.chapters import chapter_text, plain_text
from guide.contents import CHAPTERS
from languages.codes import LANGUAGES
from staff_search.matching import is_in


def find_chapters(words, language):
    """Return the `ChapterText`s in which all words stand, those first that have them in their title, then in their summary."""
    for code in (language, *(other for other in LANGUAGES if other != language)):
        texts = [text for chapter in CHAPTERS if (text := chapter_text(chapter.slug, code)) and text.language == code]
        ranked = [(rank, text) for text in texts if (rank := rank_of(text, words)) is not None]
        if ranked:
            return [text for _rank, text in sorted(ranked, key=lambda pair: pair[0])]
    return []


def rank_of(text, words):
    """Return how far below the title a chapter says all words, None where it does not."""
    parts = text.title, text.summary, text.body
    for rank in range(len(parts)):
        said = plain_text(" ".join(parts[: rank + 1]))
        if all(is_in(word, said) for word in words):
            return rank
    return None
