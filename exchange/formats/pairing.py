"""Which codes belong together: in a stored text, and in what comes back. Pure."""

from exchange.formats.findings import Finding


def pair(tokens):
    """Return tokens, each with the index of its partner or None: tags that open and close one element, well nested.

    A tag without a partner stands alone.
    """
    partners, waiting = {}, []
    for index, token in enumerate(tokens):
        if token.kind == "open":
            waiting.append(index)
        elif token.kind == "close":
            names = [tokens[other].name for other in waiting]
            if token.name in names:
                start = len(names) - 1 - names[::-1].index(token.name)
                partners[index], partners[waiting[start]] = waiting[start], index
                del waiting[start:]
    return [(token, partners.get(index)) for index, token in enumerate(tokens)]


def repair(parts, tags):
    """Return the parts that can be stored, and `Finding`s about codes that are unknown or do not pair, which are left out.

    `tags` maps the numbers that were sent to their tags. A rest that may not be cut comes once, and at the end.
    """
    findings, kept, waiting = [], [], []
    for part in parts:
        if isinstance(part, str):
            kept.append(part)
            continue
        tag = tags.get(part.number)
        if tag is None or tag.is_pair == (part.kind == "alone"):
            findings.append(Finding("unknown", part.number))
        elif part.kind == "open":
            waiting.append(len(kept))
            kept.append(part)
        elif part.kind == "close":
            numbers = [kept[index].number for index in waiting]
            if part.number not in numbers:
                findings.append(Finding("unbalanced", part.number, tag.raw[0]))
                continue
            start = len(numbers) - 1 - numbers[::-1].index(part.number)
            for index in waiting[start + 1 :]:
                findings.append(Finding("unbalanced", kept[index].number, tags[kept[index].number].raw[0]))
                kept[index] = ""
            del waiting[start:]
            kept.append(part)
        else:
            kept.append(part)
    for index in waiting:
        findings.append(Finding("unbalanced", kept[index].number, tags[kept[index].number].raw[0]))
        kept[index] = ""
    return put_tail_last(kept, tags, findings), findings


def put_tail_last(parts, tags, findings):
    """Return parts with the rest that may not be cut at the end, once; say in `findings` what was elsewhere."""
    tails = [part for part in parts if not isinstance(part, str) and tags[part.number].name == "tail"]
    if not tails or (len(tails) == 1 and [part for part in parts if part][-1] is tails[0]):
        return parts
    findings.append(Finding("unbalanced", tails[0].number, tags[tails[0].number].raw[0]))
    return [part for part in parts if part not in tails] + tails[:1]
