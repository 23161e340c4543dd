"""Which codes belong together: in a stored text, and in what comes back. Pure."""

from collections import Counter

from exchange.formats.findings import Finding


class Waiting:
    """What was opened and waits for its end, with names that may come again: however deep it is, each is looked at once."""

    def __init__(self):
        self.opened, self.numbers = [], Counter()

    def open(self, name, index):
        self.opened.append((name, index))
        self.numbers[name] += 1

    def has(self, name):
        return self.numbers[name] > 0

    def close(self, name):
        """Return the index of the last of that name, and those of what was opened within it and is still open, in order."""
        within = []
        while True:
            last, index = self.opened.pop()
            self.numbers[last] -= 1
            if last == name:
                return index, within[::-1]
            within.append(index)


def pair(tokens):
    """Return tokens, each with the index of its partner or None: tags that open and close one element, well nested.

    A tag without a partner stands alone.
    """
    partners, waiting = {}, Waiting()
    for index, token in enumerate(tokens):
        if token.kind == "open":
            waiting.open(token.name, index)
        elif token.kind == "close" and waiting.has(token.name):
            opened, _left_open = waiting.close(token.name)
            partners[index], partners[opened] = opened, index
    return [(token, partners.get(index)) for index, token in enumerate(tokens)]


def repair(parts, tags):
    """Return the parts that can be stored, and `Finding`s about codes that are unknown or do not pair, which are left out.

    `tags` maps the numbers that were sent to their tags. A rest that may not be cut comes once, and at the end.
    """
    findings, kept, waiting = [], [], Waiting()
    for part in parts:
        if isinstance(part, str):
            kept.append(part)
            continue
        tag = tags.get(part.number)
        if tag is None or tag.is_pair == (part.kind == "alone"):
            findings.append(Finding("unknown", part.number))
        elif part.kind == "open":
            waiting.open(part.number, len(kept))
            kept.append(part)
        elif part.kind == "close":
            if not waiting.has(part.number):
                findings.append(Finding("unbalanced", part.number, tag.raw[0]))
                continue
            _opened, left_open = waiting.close(part.number)
            leave_out(left_open, kept, tags, findings)
            kept.append(part)
        else:
            kept.append(part)
    leave_out([index for _number, index in waiting.opened], kept, tags, findings)
    return put_tail_last(kept, tags, findings), findings


def leave_out(indexes, kept, tags, findings):
    """Take codes that do not pair from the parts that are kept, and say so in `findings`."""
    for index in indexes:
        findings.append(Finding("unbalanced", kept[index].number, tags[kept[index].number].raw[0]))
        kept[index] = ""


def put_tail_last(parts, tags, findings):
    """Return parts with the rest that may not be cut at the end, once; say in `findings` what was elsewhere."""
    tails = [part for part in parts if not isinstance(part, str) and tags[part.number].name == "tail"]
    if not tails or (len(tails) == 1 and [part for part in parts if part][-1] is tails[0]):
        return parts
    findings.append(Finding("unbalanced", tails[0].number, tags[tails[0].number].raw[0]))
    left_out = set(tails)
    return [part for part in parts if part not in left_out] + tails[:1]
