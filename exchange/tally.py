"""What is counted of texts that are gathered: what goes out, with its words, and what stays."""

from collections import Counter
from dataclasses import asdict, dataclass, field, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from exchange.formats.packages import BEHIND, FINE, MISSING
from languages.numbers import format_number
from languages.standing_values import count_words

MOST_TEXTS = 20_000
WORDS = {MISSING: "new", BEHIND: "changed", FINE: "complete"}  # what the words of a text count as, by its state
REPEATED = "repeated"


class TooManyTexts(ValidationError):
    """More texts than a package holds."""

    def __init__(self):
        most = format_number(MOST_TEXTS)
        super().__init__(_("These are more than %(most)s texts. Choose fewer, such as one section at a time.") % {"most": most})


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of a package: its languages, only what is missing or behind, and what is out already `again`."""

    source: str
    target: str
    only_waiting: bool
    again: bool = False

    def takes(self, state):
        return not self.only_waiting or state != FINE


@dataclass(frozen=True, slots=True)
class Staying:
    """How many texts of an object stay as they are in translation in one language, and the address of the first, "" if unknown.

    `by` is the key of who has them, 0 where that is not known, None where they came from a file or a machine and nobody has
    confirmed them.
    """

    content_type_id: int
    object_id: int
    address: str
    language: str
    by: int | None
    number: int = 1


@dataclass
class Tally:
    """What was gathered: `texts` to be translated, their `words` (`SentPackage.words`), and what does not go out.

    `staying` are the texts that are in translation, `sourceless` counts those that neither language has though another does.
    `out` counts by package what is out already for the same language, from the same source. `lines` counts what is to be read
    only as well.
    """

    texts: int = 0
    lines: int = 0
    sourceless: int = 0
    staying: list = field(default_factory=list)
    out: Counter = field(default_factory=Counter)
    words: Counter = field(default_factory=Counter)
    seen: set = field(default_factory=set)

    def stayed(self):
        """Return what does not go out as JSON, that of a person as one entry: `read_stayed` makes a `Tally` of it again."""
        by_person = {}
        for one in self.staying:
            before = by_person.get(one.by)
            by_person[one.by] = replace(before, number=before.number + one.number) if before else one
        return {"staying": [asdict(one) for one in by_person.values()], "sourceless": self.sourceless, "out": dict(self.out)}

    def add(self, sent, unit, digest, source):
        """Count a text; the words of one that says the same as another are repeated. Raises `TooManyTexts`."""
        self.lines += 1
        if self.lines > MOST_TEXTS:
            raise TooManyTexts
        if sent.is_context:
            return
        self.texts += 1
        kind = REPEATED if digest in self.seen else WORDS[sent.state]
        self.words[kind] += count_words(unit, source)
        self.seen.add(digest)


def read_stayed(stayed):
    """Return the `Tally` of what `Tally.stayed` returned, nothing of {}."""
    out = Counter({int(key): number for key, number in stayed.get("out", {}).items()})
    staying = [Staying(**one) for one in stayed.get("staying", [])]
    return Tally(sourceless=stayed.get("sourceless", 0), staying=staying, out=out)
