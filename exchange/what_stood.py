"""What stood in a text before a file wrote over it, and how it stood to its twins: noted, and given back. Pure."""

from languages import alignment


def what_stood(address, language, text, memory, known):
    """Return what is kept of a text in a language that said `text`, as `exchange.models.ImportedText.before` has it.

    `memory` and `known` (`alignment.texts_by_digest`) are those of its object before the file.
    """
    digests = memory["now"].get(address, {})
    since = {}
    for pair in (pair for pair in alignment.PAIRS if language in pair and set(pair) <= digests.keys()):
        if agreed := alignment.last_agreement(memory, address, *pair):
            since[alignment.pair_name(*pair)] = agreed
    used = {one for agreed in since.values() for one in agreed}
    was = {one: words for one, words in known.items() if one in used}
    return {"text": text, "since": since, "was": was, "open": memory.get("open", {}).get(address, {}).get(language)}


def memory_given_back(memory, saved, given):
    """Return the memory of an object that says its `saved` units, once texts were given back.

    `given` has their address, language, what `what_stood` returned of each, and the pairs of languages in which it stands to
    its twins as it did then: there they last agreed when they did so before the file, or never.
    """
    known = alignment.texts_by_digest(saved, memory)
    since = {address: dict(pairs) for address, pairs in memory["since"].items()}
    records = {address: dict(of_unit) for address, of_unit in memory.get("open", {}).items()}
    for address, language, before, pairs in given:
        known |= before["was"]
        for name in (alignment.pair_name(*pair) for pair in pairs):
            since.setdefault(address, {})[name] = before["since"].get(name, alignment.NEVER)
        of_unit = records.setdefault(address, {})
        of_unit.pop(language, None)
        if before["open"]:
            of_unit[language] = before["open"]
    records = {address: of_unit for address, of_unit in records.items() if of_unit}
    return alignment.advance({**memory, "since": since}, saved, known_texts=known, records=records)


def pairs_with(language):
    """Return the pairs of languages of which a language is one."""
    return [pair for pair in alignment.PAIRS if language in pair]
