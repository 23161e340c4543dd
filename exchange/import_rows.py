"""What staff see of a text that came back: what would change, word by word, and what is to be said of it."""

from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from differences.words import sides_of
from exchange.current_texts import CurrentTexts
from exchange.formats.findings import SENTENCES
from exchange.judging import MISPLACED, STILL_CORRECT, TAKEABLE, Left, TextNow, Verdict, judge, seen_key
from exchange.models import ImportedText
from exchange.names import Names
from exchange.reading import CHECK, PUBLIC
from exchange.ticks import Ticks
from languages.codes import language_name
from languages.normalising import digest
from languages.twin_checks.mismatch import Check, Mismatch
from languages.word_diff import mark_changes
from newsroom.reports.standing_rows import unit_url
from staff_notes.permissions import form_url
from worklists.rows import label_fact

OFF = "off"  # in the place of `PUBLIC`, of what is not on the site today
SAYINGS = {
    PUBLIC: gettext_lazy("This has no drafts: once it is taken over, it counts at once."),
    OFF: gettext_lazy("This is not on the site: once it is taken over, it stands there, and readers see it when it is put on."),
    STILL_CORRECT: gettext_lazy(
        "The file marks this translation as right although the source changed: whoever agrees takes that over."
    ),
    MISPLACED: gettext_lazy("Codes stand where they cannot: put them around the words as they are in the source."),
}


@dataclass(frozen=True, slots=True)
class Version:
    """One of the texts that are shown of a row: what it is, in which language, and its HTML."""

    label: str
    language: str
    html: str


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One text of an import: `seen` stands for what this row shows of what is there now (`judging.seen_key`).

    It is "" where nothing of that may be shown. `name` is what the reader calls the text, as HTML. `left` says why it was not
    taken over, or not undone, the last time; `is_open` that nobody has confirmed it yet. `ticks` are those
    that somebody made before.
    """

    text: ImportedText
    name: str
    verdict: Verdict
    versions: list
    sayings: list
    url: str | None
    seen: str
    left: str = ""
    is_open: bool = False
    ticks: Ticks = field(default_factory=Ticks)

    @property
    def may_take(self):
        return bool(self.seen) and self.verdict in TAKEABLE and not (self.text.is_taken or self.text.kept_at)

    @property
    def may_decide_again(self):
        return bool(self.seen and self.text.kept_at)

    @property
    def may_confirm(self):
        return self.is_open and self.text.is_taken

    @property
    def may_choose(self):
        return self.may_take or self.may_confirm or self.may_decide_again

    @property
    def is_offered(self):
        return self.may_take and self.verdict == Verdict.READY

    @property
    def is_chosen(self):
        return self.ticks.has(self.text.pk, self.seen, self.is_offered)

    @property
    def is_empty_here(self):
        return self.seen.endswith("-")


def rows_of(one, texts, user, ticks=None):
    """Return the `ImportRow`s of some texts of an import, as everything stands now."""
    texts, left, now, ticks = list(texts), dict(one.left), CurrentTexts(one.package, user), ticks or Ticks()
    now.read([text.sent for text in texts])
    names = Names(now.drafts, one.package)
    return [
        hidden_row(text, names.of_text(text.sent), one.package)
        if now.is_hidden(text.sent)
        else row_of(text, names.of_text(text.sent), now, one.package, left, user, ticks)
        for text in texts
    ]


def hidden_row(text, name, package):
    """Return the row of a text in what somebody may not edit: what was sent and what came back, and nothing of today."""
    as_it_was = TextNow(text.sent.source, text.sent.target)
    return ImportRow(
        text, name, Verdict(text.verdict), versions_of(text, as_it_was, package), [], None, "", str(Left.FORBIDDEN.label)
    )


def row_of(text, name, current, package, left, user, ticks):
    """Return the row of a text, given the `CurrentTexts` that were read."""
    sent = text.sent
    now, public = current.of(sent), OFF if current.is_off(sent) else PUBLIC
    verdict = Verdict(judge(sent, text.text, text.codes, now))
    model = ContentType.objects.get_for_id(sent.content_type_id).model_class()
    url = unit_url(form_url(user, model, sent.object_id), sent.address, package.target) if now else None
    return ImportRow(
        text=text,
        name=name,
        verdict=verdict,
        versions=versions_of(text, now, package),
        sayings=[SAYINGS[public] if code == PUBLIC else words_of(code, *rest) for code, *rest in findings_to_say(text)],
        url=url,
        seen=seen_key(now, sent.kind) if now else "",
        left=str(Left(left[text.pk]).label) if text.pk in left else "",
        is_open=current.is_unconfirmed(sent),
        ticks=ticks,
    )


def findings_to_say(text):
    """Return the findings that are still to be said: once somebody has decided, what taking a text over would do is not."""
    is_decided = text.is_taken or text.kept_at
    return [finding for finding in text.findings if not (is_decided and finding[0] in SAYINGS)]


def versions_of(text, now, package):
    """Return what is shown side by side: the source, what was changed here meanwhile, and what the file says.

    The source is marked with what changed in it since it was sent, or where nothing did, since the two last agreed.
    """
    sent, source, target = text.sent, package.source, package.target
    there = now or sent
    is_as_sent = digest(there.source, sent.kind) == digest(sent.source, sent.kind)
    before = sent.was if sent.was and is_as_sent else sent.source
    versions = [Version(language_name(source), source, mark_changes(before, there.source, sent.kind))]
    if text.is_taken:
        return [*versions, Version(_("Taken over"), target, mark_changes(text.before["text"], text.text, sent.kind))]
    if mark_changes(sent.target, there.target, sent.kind) != mark_changes(there.target, there.target, sent.kind):
        meanwhile = mark_changes(sent.target, there.target, sent.kind)
        versions.append(Version(_("Changed here meanwhile"), target, meanwhile))
    label = _("%(language)s, from the file") % {"language": language_name(target)}
    return [*versions, Version(label, target, mark_changes(there.target, text.text, sent.kind))]


def words_of(code, *rest):
    """Return a finding of `exchange.reading` in words, as HTML; of a check, `rest` are the fields of a `Mismatch`."""
    if code in SAYINGS:
        return SAYINGS[code]
    if code != CHECK:
        return SENTENCES[code]
    kind, language, twin, here, there = rest
    sides = sides_of(Mismatch(kind, language, twin, tuple(here), tuple(there)))
    return label_fact(Check(kind).label, "; ".join(f"{code.upper()} {words}" for code, words in sides))
