"""Which texts are in translation: changed by somebody who has not said yet that they are done. Pure.

The memory that `languages.alignment` keeps holds a record of each from its first letter on. An open text is not behind, and its
twins are not behind because of it, until somebody says that it is done:

    {"open": {address: {"fr": {"kind": "typed", "by": key of a user, "since": ISO time, "from": digest before}}}}
"""

from dataclasses import dataclass

from languages.codes import OFFICIAL

# The kinds of records: what a person writes, what came from a file, what a machine drafted. Of the last two each text is
# confirmed by itself, by somebody who looks at it; writing over it makes it a person's.
TYPED, IMPORTED, MACHINE = "typed", "imported", "machine"
UNCONFIRMED = (IMPORTED, MACHINE)


@dataclass(frozen=True, slots=True)
class Author:
    """Whoever saves a form: the key of the user, and the moment in ISO format.

    `done` holds the places, "address:language", of texts that they say are done; `finishes` says that with this save all are
    done that they have open: they publish, submit, or save what has no drafts. `kind` is that of records of what they change,
    but for what is a machine's as it stands, which is `drafted` (`drafted_key`).
    """

    key: int | None
    moment: str
    done: frozenset = frozenset()
    finishes: bool = False
    kind: str = TYPED
    drafted: frozenset = frozenset()

    def kind_of(self, address, language, digest):
        """Return of which kind a text is that they save: what somebody changed in a machine's draft is theirs."""
        return MACHINE if drafted_key(address, language, digest) in self.drafted else self.kind


@dataclass(frozen=True, slots=True)
class OpenText:
    """A text in translation: its place, the kind of its record, who changed it since when, and its digests before and now."""

    address: str
    language: str
    kind: str
    by: int | None
    since: str
    before: str
    now: str

    @property
    def place(self):
        return place_of(self.address, self.language)

    @property
    def is_unconfirmed(self):
        """Whether no person wrote it here, so that it waits for whoever writes its language."""
        return self.kind in UNCONFIRMED

    @property
    def key(self):
        """What is open here and nothing else: another change to the text makes another key."""
        return f"{self.place}:open={self.now}"


def place_of(address, language):
    """Return by which name a form says of a text that it is done."""
    return f"{address}:{language}"


def drafted_key(address, language, digest):
    """Return by which name a form says that a text, which has this digest, is what a machine drafted."""
    return f"{place_of(address, language)}={digest}"


def seen_places(places, shown, now):
    """Return those of `places` where a form shows the digests that are saved: nobody finishes a text that they do not see."""
    return frozenset(
        place_of(address, code)
        for address, _colon, code in (place.rpartition(":") for place in places)
        if shown.get(address, {}).get(code) == now.get(address, {}).get(code)
    )


def records_of(memory, address):
    """Return the records of a unit by language."""
    return memory.get("open", {}).get(address, {})


def open_texts(memory):
    """Return every `OpenText` of a memory in the order of the texts, but those that were emptied: they say nothing."""
    return [
        OpenText(address, code, record["kind"], record["by"], record["since"], record["from"], digests[code])
        for address, digests in memory.get("now", {}).items()
        for code, record in records_of(memory, address).items()
        if digests.get(code)
    ]


def official_open_texts(memory):
    """Return the open texts in Dutch and French."""
    return [text for text in open_texts(memory) if text.language in OFFICIAL]


def open_texts_to_publish(memory):
    """Return the open texts that publication asks about: the official ones, and in any language what nobody has confirmed."""
    return [text for text in open_texts(memory) if text.language in OFFICIAL or text.is_unconfirmed]


def unexcused_open_texts(memory):
    """Return those of `open_texts_to_publish` that have no reason, or that changed since one was given."""
    excused = memory.get("excused", {}).get("texts", ())
    return [text for text in open_texts_to_publish(memory) if text.key not in excused]


def records_after(now, opened, saved, author=None):
    """Return the records of open texts, `{address: {language: record}}`, after a save of texts whose digests are `now`.

    `opened` is the memory of what was opened for editing, `saved` that of the last save. What says the same as at the last save
    keeps its record, and what says again what was opened has that of then. Anything else was changed by `author`, an
    `Author`; without one, as where code or a content file saves, what changed is done.
    """
    copies = records_by_texts(saved)
    records = {}
    for address, digests in now.items():
        of_unit = {}
        for code in digests:
            if address in saved.get("now", {}) or address in opened.get("now", {}):
                record = record_after(address, code, digests, (opened, saved), author)
            elif texts_key(digests) in copies:  # a block that was copied within the page is as far as the first one
                record = copies[texts_key(digests)].get(code)
            else:
                record = new_record(None, address, code, {}, digests, author)
            if record and not is_done(record, place_of(address, code), author):
                of_unit[code] = record
        hidden = {code: record for code, record in records_of(saved, address).items() if code not in digests}
        if of_unit or hidden:  # a text that is limited to some languages for a while is open again when it is not
            records[address] = of_unit | hidden
    return records


def records_by_texts(memory):
    """Return the records of each unit by what it says in all languages; of two that say the same, those of an open one."""
    by_texts = {}
    for address, digests in memory.get("now", {}).items():
        if any(digests.values()):  # all that says nothing is alike
            key = texts_key(digests)
            by_texts[key] = by_texts.get(key) or records_of(memory, address)
    return by_texts


def texts_key(digests):
    return tuple(sorted(digests.items()))


def record_after(address, code, digests, memories, author):
    """Return the record of one text of a unit that was there before, None where it is not open."""
    opened, saved = memories
    for memory in (saved, opened):
        before = memory.get("now", {}).get(address, {})
        if before and before.get(code, digests[code]) == digests[code]:
            return records_of(memory, address).get(code)
    now = saved.get("now", {}).get(address, {})
    return new_record(records_of(saved, address).get(code), address, code, now, digests, author)


def new_record(record, address, code, before, digests, author):
    """Return the record of a text that changed; none where a person wrote the first of its unit, or it says again what it did.

    `record` is that of the last save, `before` are the unit's digests then.
    """
    first = record["from"] if record else before.get(code, "")
    is_alone = not any(text for twin, text in (*before.items(), *digests.items()) if twin != code)
    is_first = is_alone and not record and author is not None and author.kind == TYPED
    if author is None or digests[code] == first or is_first:
        return None
    kind = author.kind_of(address, code, digests[code])
    if record and (record["by"], record["kind"]) == (author.key, kind):
        return record
    return {"kind": kind, "by": author.key, "since": author.moment, "from": first}


def is_done(record, place, author):
    """Say whether `author` says of an open text that it is done."""
    if author is None:
        return False
    is_own = record["kind"] == TYPED and record["by"] == author.key
    return place in author.done or (author.finishes and is_own)
