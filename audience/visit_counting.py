"""Counting visits from logs of the web server: every line once, however often, and by how many at once, it is counted.

A chunk of lines is counted in one transaction, which also stores how far the log is read. A lock of the database makes
transactions of several runs follow each other, so each goes on where the one before it stopped.
"""

from collections import Counter
from itertools import islice

from django.db import connection, transaction
from wagtail.contrib.redirects.models import Redirect

from audience import access_log
from audience.models import ReadLog
from languages.codes import LANGUAGES
from languages.paths import path_of, split_path
from monitoring.advisory_locks import AdvisoryLock
from pages.addresses import ADDRESS
from pages.list_parts import split_part
from pages.models import SitePage

CHUNK = 20_000  # lines
SEEN = {200, 304}  # a page was sent, or the reader's own copy was still good


def count_log(path, report):
    """Count what is new in the log at `path`; return the numbers of lines and of visits among them.

    `report(line number, reason)` is called for each line that says nothing we understand. Raises OSError.
    """
    lines = visits = 0
    with access_log.open_log(path) as file:
        while True:
            number, visits_of_chunk = count_chunk(file, report)
            lines, visits = lines + number, visits + visits_of_chunk
            if number < CHUNK:
                return lines, visits


@transaction.atomic
def count_chunk(file, report):
    """Count the next lines of a log that nobody has counted yet; return how many, and how many were visits."""
    AdvisoryLock.VISITS.wait()
    log = find_read_log(file)
    if log is None:
        return 0, 0
    file.seek(log.position)
    requests, last, number = Counter(), None, 0
    for number, line in enumerate(islice(access_log.complete_lines(file), CHUNK), 1):
        last = line
        try:
            request = access_log.parse_request(line.text)
        except access_log.BadLine as error:
            report(log.lines + number, str(error))
            continue
        if request.method == "GET" and request.status in SEEN:
            requests[request.path, request.day] += 1
    if last is None:
        return 0, 0
    visits = store_visits(requests)
    log.position, log.lines, log.ending_length = last.end, log.lines + number, last.length
    log.ending = access_log.digest_of_bytes(file, last.end - last.length, last.length)
    log.save()
    return number, visits


def find_read_log(file):
    """Return what is known of a log, new where that is nothing; None where there is nothing to count in it.

    A log is known by its first line and the last one counted: two logs may begin alike, but hardly ever do they have the
    same line again at the same place. What begins like a log that was counted further is a piece of it, until it is longer.
    """
    file.seek(0)
    first = next(access_log.complete_lines(file), None)
    if first is None:
        return None
    beginning = access_log.digest_of_bytes(file, 0, first.length)
    is_piece = False
    for log in ReadLog.objects.filter(beginning=beginning).order_by("-position"):
        ending = access_log.digest_of_bytes(file, log.position - log.ending_length, log.ending_length)
        if ending == log.ending:
            return log
        is_piece = is_piece or ending is None
    return None if is_piece else ReadLog(beginning=beginning, position=0, lines=0)


def store_visits(requests):
    """Add the numbers by (path, day) to the visits of pages, with a few queries; return how many were of pages."""
    pages = pages_by_path({path for path, _day in requests})
    numbers = Counter()
    for (path, day), number in requests.items():
        if path in pages:
            numbers[(*pages[path], day)] += number
    add_visits(sorted((*place, number) for place, number in numbers.items()))
    return numbers.total()


def add_visits(rows):
    """Add numbers, as (page's primary key, language, day, number), to those that are stored already, in one statement."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audience_visit (page_id, language, day, count)"
            " SELECT * FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::bigint[])"
            " ON CONFLICT (page_id, language, day) DO UPDATE SET count = audience_visit.count + EXCLUDED.count",
            [list(column) for column in zip(*rows, strict=True)],
        )


def pages_by_path(paths):
    """Return `(page's primary key, language)` by path, for those paths that lead to a page, by themselves or by a redirect."""
    places, keys = {path: some for path in paths if (some := page_places(path))}, {}
    for language in LANGUAGES:
        name = f"address_{language}"
        addresses = {address for some in places.values() for code, address in some if code == language}
        found = SitePage.objects.filter(**{f"{name}__in": addresses}).values_list(name, "pk")
        keys |= {(language, address): key for address, key in found}
    unresolved = {place for some in places.values() if keys.keys().isdisjoint(some) for place in some}
    old_paths = {Redirect.normalise_path(path_of(*place)): place for place in unresolved}
    redirects = Redirect.objects.filter(old_path__in=old_paths, redirect_page__in=SitePage.objects.values("pk"))
    keys |= {old_paths[old]: key for old, key in redirects.values_list("old_path", "redirect_page")}
    resolved = ((path, next((place for place in some if place in keys), None)) for path, some in places.items())
    return {path: (keys[place], place[0]) for path, place in resolved if place}


def page_places(path):
    """Return `(language, address)` of a path that a page can have, and of the list if it may be a part of one; or nothing."""
    language, address = split_path(path)
    is_a_path = path.rstrip("/") == path_of(language, address).rstrip("/")
    if not (is_a_path and language in LANGUAGES and ADDRESS.match(address)):
        return []
    part = split_part(language, address)
    return [(language, address), *([(language, part[0])] if part else [])]
