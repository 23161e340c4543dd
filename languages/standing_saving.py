"""Writes rows of the table of everything: since when something waits in each language, and what was finished by a save."""

from datetime import UTC

from django.utils import timezone

from languages.codes import LANGUAGES
from languages.standing import Standing, languages_finished
from languages.standing_values import CHANGE_FIELDS, STANDING_FIELDS

# Since when something waits; and that no check across languages has seen these texts yet.
DATED_FIELDS = ["waiting_since", "checked_with"]
IDENTITY_FIELDS = ["content_type", "object_id"]
WAITING = ("missing", "behind", "unconfirmed")  # what somebody has to begin
UNFINISHED = (*WAITING, "open")


def save_standings(standings, fields=(*STANDING_FIELDS, *CHANGE_FIELDS)):
    """Insert standings, or bring those that are there up to date in `fields`, with one query to read and one to write.

    Says of which languages nothing is left to do, by `languages_finished`.
    """
    rows = rows_before(standings)
    finished = []
    for standing in standings:
        row = rows.get((standing.content_type_id, standing.object_id), Standing())
        standing.waiting_since = date_work(standing.languages, row.waiting_since, standing.changed_at or timezone.now())
        if codes := finished_languages(row.languages, standing.languages):
            finished.append((standing, codes))
    Standing.objects.bulk_create(
        standings, update_conflicts=True, unique_fields=IDENTITY_FIELDS, update_fields=[*fields, *DATED_FIELDS]
    )
    if finished:
        languages_finished.send(sender=Standing, finished=finished)


def rows_before(standings):
    """Return the rows that are there of objects, by `(content type, key)`."""
    kinds, keys = {one.content_type_id for one in standings}, [one.object_id for one in standings]
    rows = Standing.objects.filter(content_type__in=kinds, object_id__in=keys)
    return {(row.content_type_id, row.object_id): row for row in rows.only(*IDENTITY_FIELDS, "languages", "waiting_since")}


def date_work(languages, since, moment):
    """Return `Standing.waiting_since`, given `Standing.languages`, what it was before, and when the object was saved. Pure."""
    now = moment.astimezone(UTC).isoformat(timespec="microseconds")
    return {code: since.get(code, now) for code in LANGUAGES if has_work(languages, code, WAITING)}


def finished_languages(before, after):
    """Return the languages in which nothing is left to do, given `Standing.languages` before and after a save. Pure.

    What was behind is not finished when somebody begins to change it in another language: it is behind again once they are
    done. It is finished if they undo that.
    """

    def is_finished(code):
        began, begun = (count_open_elsewhere(languages, code) for languages in (before, after))
        if has_work(after, code, UNFINISHED):
            return False
        return (has_work(before, code, UNFINISHED) and begun <= began) or bool(began and not begun)

    return [code for code in LANGUAGES if is_finished(code)]


def count_open_elsewhere(languages, code):
    """Return how many texts are in translation in all languages but one, given `Standing.languages`."""
    return sum(numbers.get("open", 0) for other, numbers in languages.items() if other != code)


def has_work(languages, code, states):
    """Say whether texts in a language are in one of `states`, given `Standing.languages`."""
    return any(languages.get(code, {}).get(state) for state in states)
