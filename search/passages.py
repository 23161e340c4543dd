"""The passage of a text that says most about a question, with its words marked. Pure: texts in, texts out, no markup."""

from collections import Counter

from search.words import plain, seen, tokens, wholes

LONGEST = 260  # characters
LEAD = 60  # of them before the first word that is marked


def passage(text, marks, asked=()):
    """Return the passage of a text of several lines in which most of the words `marks` stand, as (text, is marked) pairs.

    The earlier one of two that are alike; the beginning of the text where none stands in it. What the text writes in parts is
    marked where it is one of the words `asked`, which have no accents: "EU-lidstaten" for "eulidstaten".
    """
    best, found, most = "", [], 0
    for line in seen(text).split("\n"):
        hits = marked(line, marks, asked)
        start, number = window(hits)
        if number > most:
            best, found, most = line, hits[start:], number
    best = best or next(filter(None, seen(text).split("\n")), "")
    start, end = bounds(best, found[0].start if found else 0)
    return tuple(pieces(best, start, end, [token for token in found if token.end <= end]))


def marked(line, marks, asked):
    """Return the `Token`s of a line that are to be marked, in their order; none within another."""
    joined = [token for token in wholes(line) if plain(token.word) in asked] if asked else []
    single = [token for token in tokens(line) if token.word in marks]
    free = [token for token in single if not any(one.start <= token.start < one.end for one in joined)]
    return sorted((*joined, *free), key=lambda token: token.start)


def window(hits):
    """Return where among the marked words of a line the best passage begins, and how many different words it has."""
    best, most, first, inside = 0, 0, 0, Counter()
    for hit in hits:
        inside[hit.word] += 1
        while hit.end - hits[first].start > LONGEST - LEAD and hits[first] is not hit:
            inside[hits[first].word] -= 1
            inside += Counter()  # leaves out what is there no more
            first += 1
        if len(inside) > most:
            best, most = first, len(inside)
    return best, most


def bounds(line, first):
    """Return where a passage begins and ends within its line, at spaces."""
    if len(line) <= LONGEST:
        return 0, len(line)
    start = 0 if first <= LEAD else line.find(" ", first - LEAD, first) + 1 or first
    end = min(len(line), start + LONGEST)
    return start, end if end == len(line) else max(line.rfind(" ", first, end), first) if " " in line[first:end] else end


def pieces(line, start, end, hits):
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
