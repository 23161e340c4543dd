"""The passage of a text that says most about a question, with its words marked. Pure: texts in, texts out, no markup."""

from collections import Counter

from search.words import compound_tokens, tokens, unaccent, visible_text

MAX_LENGTH = 260  # characters
LEAD = 60  # of them before the first word that is marked


def passage(text, marks, words=(), said=()):
    """Return the passage of a text of several lines in which most of the words `marks` stand, as (text, is marked) pairs.

    The earlier one of two that are alike; the beginning of the text where none stands in it. What the text writes in parts is
    marked where it is one of the words `words`, which have no accents: "EU-lidstaten" for "eulidstaten". Words that the heading
    above has `said` already do not count, unless there are no others: they are what the page is about, and answer nothing.
    """
    lines = [(line, find_marks(line, marks, words)) for line in visible_text(text).split("\n") if line]
    if all(hit.word in said for _line, hits in lines for hit in hits):
        said = ()
    best_line, marked, first, most = lines[0][0] if lines else "", [], 0, 0
    for line, hits in lines:
        telling = [hit for hit in hits if hit.word not in said]
        place, number = best_window(telling)
        if number > most:
            best_line, marked, first, most = line, hits, telling[place].start, number
    start, end = passage_bounds(best_line, first)
    return tuple(split_at_marks(best_line, start, end, [hit for hit in marked if start <= hit.start and hit.end <= end]))


def find_marks(line, marks, words):
    """Return the `Token`s of a line that are to be marked, in their order; none within another."""
    joined = [token for token in compound_tokens(line) if unaccent(token.word) in words] if words else []
    single = [token for token in tokens(line) if token.word in marks]
    free = [token for token in single if not any(one.start <= token.start < one.end for one in joined)]
    return sorted((*joined, *free), key=lambda token: token.start)


def best_window(hits):
    """Return where among the marked words of a line the best passage begins, and how many different words it has."""
    best, most, first, inside = 0, 0, 0, Counter()
    for hit in hits:
        inside[hit.word] += 1
        while hit.end - hits[first].start > MAX_LENGTH - LEAD and hits[first] is not hit:
            inside[hits[first].word] -= 1
            inside += Counter()  # leaves out what is there no more
            first += 1
        if len(inside) > most:
            best, most = first, len(inside)
    return best, most


def passage_bounds(line, first):
    """Return where a passage begins and ends within its line, at spaces."""
    if len(line) <= MAX_LENGTH:
        return 0, len(line)
    start = 0 if first <= LEAD else line.find(" ", first - LEAD, first) + 1 or first
    end = min(len(line), start + MAX_LENGTH)
    return start, end if end == len(line) else max(line.rfind(" ", first, end), first) if " " in line[first:end] else end


def split_at_marks(line, start, end, hits):
    """Yield the passage in pieces; an ellipsis stands for what is left out of its line."""
    place = start
    yield from [("… ", False)] if start else []
    for hit in hits:
        if hit.start > place:
            yield line[place : hit.start], False
        yield line[hit.start : hit.end], True
        place = hit.end
    if place < end:
        yield line[place:end], False
    yield from [(" …", False)] if end < len(line) else []
