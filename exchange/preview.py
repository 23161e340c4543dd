"""How much there is to translate, said before a package is made: counted where that is quick, else taken from the table."""

from dataclasses import dataclass, field

from django.db.models import F, IntegerField, Sum
from django.db.models.functions import Cast
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from exchange.formats.packages import BEHIND, FINE, MISSING
from exchange.gathering import BATCH, drafts_of, gather, staying_of
from exchange.tally import REPEATED, WORDS, Staying, Tally, TooManyTexts
from exchange.texts_out import count_out
from languages.codes import language_name
from languages.numbers import format_number
from languages.standing_saving import has_work
from newsroom.reports.standing_rows import OPEN, in_state

MOST_COUNTED = 100  # objects whose texts are counted one by one


@dataclass
class Preview:
    """What would go out: `about` says that numbers are those of the table of everything, which knows no repetitions."""

    texts: int = 0
    words: dict = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    about: bool = False
    refusal: str = ""


def preview(rows, source, target, only_waiting, again=False):
    """Return the `Preview` of a package that would be made of rows; one query to know how many there are."""
    if rows.count() <= MOST_COUNTED:
        return count_all(rows, source, target, only_waiting, again)
    numbers = ("missing", "behind", "words") if only_waiting else ("filled",)
    columns = {"missing": target, "behind": target, "words": target, "filled": source}
    sums = {one: Sum(Cast(F(f"languages__{columns[one]}__{one}"), IntegerField())) for one in numbers}
    found = {name: number or 0 for name, number in rows.order_by().aggregate(**sums).items()}
    tally = Tally(staying=staying_by_table(rows, source, target), out=count_out(rows, target))
    # The table does not know how many words are those of texts that are out: better none than too many.
    words = {WORDS[MISSING]: found["words"]} if only_waiting and (again or not tally.out) else {}
    stays = 0 if again else tally.out.total()
    if not only_waiting:  # what is missing or behind is without what is in translation
        stays += sum(one.number for one in tally.staying)
    number = sum(number for name, number in found.items() if name != "words")
    return Preview(max(0, number - stays), words, tally, about=True)


def count_all(rows, source, target, only_waiting, again):
    tally = Tally()
    try:
        for _texts in gather(rows, source, target, only_waiting, tally, again):
            pass
    except TooManyTexts as error:
        return Preview(refusal=error.message)
    return Preview(tally.texts, tally.words, tally)


def staying_by_table(rows, source, target):
    """Return what is in translation in either language as the table of everything has it: for too many rows to look at each.

    Looked at is only where both are at work: which of their texts are in translation in both, the table does not know.
    """
    staying, in_both = [], []
    for row in rows.filter(in_state(OPEN, [source, target])).order_by("pk"):
        if all(has_work(row.languages, code, [OPEN]) for code in (source, target)):
            in_both.append(row)
        else:
            staying += staying_of_row(row, (source, target))
    for at in range(0, len(in_both), BATCH):
        for draft in drafts_of(in_both[at : at + BATCH]):
            staying += staying_of(draft, draft.memory(), source, target).values()
    return staying


def staying_of_row(row, codes):
    """Yield what a row of the table says of texts in translation, by person and language, and of what nobody confirmed."""
    kind, key = row.content_type_id, row.object_id
    for one in row.begun:
        if one["language"] in codes:
            yield Staying(kind, key, one["first"], one["language"], one["by"], one["number"])
    for code in codes:
        numbers = row.languages.get(code, {})
        if unconfirmed := numbers.get("unconfirmed"):
            has_other_work = has_work(row.languages, code, [MISSING, BEHIND])  # then its first is one of those
            yield Staying(kind, key, "" if has_other_work else numbers["first"], code, None, unconfirmed)


def texts_words(number):
    return ngettext("%(number)s text", "%(number)s texts", number) % {"number": format_number(number)}


def words_in_words(words):
    """Return the lines on how many words there are, of each kind that there is: "Words that are new: 120"."""
    labels = {
        WORDS[MISSING]: pgettext("words of a package", "New words"),
        WORDS[BEHIND]: pgettext("words of a package", "Words of changed texts"),
        WORDS[FINE]: pgettext("words of a package", "Words of texts that are complete"),
        REPEATED: pgettext("words of a package", "Words of repeated texts"),
    }
    return [(label, format_number(words[kind])) for kind, label in labels.items() if words.get(kind)]


def open_words(number):
    """Say how many texts stay because somebody works on them, "" where there are none."""
    if not number:
        return ""
    text = ngettext(
        "%(number)s text is still in translation here, and stays.",
        "%(number)s texts are still in translation here, and stay.",
        number,
    )
    return text % {"number": format_number(number)}


def direction(source, target):
    """Say from which language to which: "From Dutch to French"."""
    return _("From %(source)s to %(target)s") % {"source": language_name(source), "target": language_name(target)}


def language_label(code):
    return capfirst(language_name(code))
