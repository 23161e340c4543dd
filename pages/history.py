"""A page's public history, per language: the editors' notes on what changed for readers. The feeds tell it too.

A note is said once. The field keeps its text in drafts and revisions, so that what has been said before of a page in a
language is no news, whether the page is saved again, a schedule runs late, or an older revision comes back.
"""

from django.db import connection, models
from django.utils import timezone

from languages.codes import LANGUAGES
from languages.units import field_texts

MAX_SHOWN = 20
RECORD = """
    INSERT INTO pages_publicchange (page_id, language, moment, note, is_first)
    SELECT key, code, %s, '', true FROM unnest(%s::integer[], %s::text[]) AS appeared (key, code)
    WHERE NOT EXISTS (SELECT FROM pages_publicchange WHERE page_id = key AND language = code)
    ORDER BY key, code
"""


class PublicChange(models.Model):
    """A moment at which readers of one language got to see something else on a page than before.

    Written by this module and never by hand. An alias has none: it tells the history of its source.
    """

    MAX_NOTE_LENGTH = 300

    page = models.ForeignKey("pages.SitePage", on_delete=models.CASCADE, related_name="public_changes")
    language = models.CharField(max_length=2, choices=[(code, code) for code in LANGUAGES])
    moment = models.DateTimeField()
    note = models.CharField(max_length=MAX_NOTE_LENGTH, blank=True)
    is_first = models.BooleanField(default=False)

    class Meta:
        ordering = ["-moment", "-pk"]
        indexes = [models.Index(fields=["language", "page", "-moment"], name="public_changes_of_a_language")]

    def __str__(self):
        return f"{self.page_id} {self.language} {timezone.localdate(self.moment)} {self.note}".strip()


def changes_of(page, language):
    """Return the noted changes that readers of `language` are shown on `page`, newest first, as a lazy queryset."""
    return shown_changes(language).filter(page_id=page.alias_of_id or page.pk)[:MAX_SHOWN]


def shown_changes(language):
    """Return the noted changes of all pages for readers of a language, newest first."""
    return PublicChange.objects.filter(language=language).exclude(note="").order_by("-moment", "-pk")


def record_change(page, before, changed, moment):
    """Record that readers of the languages `changed` see something else on `page` since `moment`, with one query and a write.

    `before` is the page as it was live until now, None where it was not. Where only the notes differ from `before`, they belong
    to the change that readers saw last: it was not noted, or misspelt.
    """
    if page.alias_of_id:
        return
    past = list(PublicChange.objects.filter(page_id=page.pk).order_by("moment", "pk"))
    latest = {change.language: change for change in past}
    notes = fresh_notes(page, before, past)
    existing = [code for code in changed if getattr(page, f"address_{code}") is not None]
    if changed:
        PublicChange.objects.bulk_create(
            PublicChange(page_id=page.pk, language=code, moment=moment, note=notes.get(code, ""), is_first=code not in latest)
            for code in existing
        )
    elif notes and past:
        correct_notes(notes, before, [change for change in latest.values() if change.moment == past[-1].moment], past)


def fresh_notes(page, before, past):
    """Return, by language, the notes of `page` that readers were not told yet."""
    published, languages = {(change.language, change.note) for change in past}, {change.language for change in past}
    notes, old = field_texts(page, "change_note"), old_notes(before)
    # Without a history in its language, as after an alias has become a page of its own, an old note was said elsewhere.
    return {
        code: note
        for code, note in notes.items()
        if note and (code, note) not in published and (code in languages or note != old[code])
    }


def old_notes(before):
    """Return the notes of the page as it was live until now, "" for those of one that was not."""
    return field_texts(before, "change_note") if before else dict.fromkeys(LANGUAGES, "")


def correct_notes(notes, before, newest, past):
    """Put notes on the changes seen last, but leave one waiting that waits for readers of its language to see a change."""
    published, old = {(change.language, change.note) for change in past}, old_notes(before)
    for change in newest:
        is_waiting = old[change.language] and (change.language, old[change.language]) not in published
        if change.language in notes and not is_waiting:
            change.note = notes[change.language]
            change.save(update_fields=["note"])


def record_appearances(appearances, moment):
    """Record that pages appeared without a change of their own: what stands above them came to exist in a language.

    `appearances` holds `(key, language)`; who had been there before only comes back. Makes one query.
    """
    if appearances:
        keys, codes = zip(*appearances, strict=True)
        with connection.cursor() as cursor:
            cursor.execute(RECORD, [moment, list(keys), list(codes)])
