"""What a list of redirects would change: for each line whether it is new, changes something, changes nothing, or why not."""

from dataclasses import dataclass, replace
from hashlib import blake2s

from django.conf import settings
from django.utils.translation import gettext, override
from wagtail.contrib.redirects.models import Redirect

from languages.codes import LANGUAGES
from languages.paths import split_path
from newsroom.redirects.targets import PageAddresses, RefusedError, Target, key_of_stored, read_target, source_key
from pages.addresses import tidy_path

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"
WRITTEN = {NEW, CHANGED}
KINDS = {"": True, "301": True, "302": False}
MAX_STEPS = 20  # from redirect to redirect


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file with what it would do: `key` is the path it leads from, `target` where to in the end.

    `leads_to` is that target as people read it, and `led_to` the one until now. `stored` is the redirect from that path that
    there is, None where there is none; `reason` says why the line is refused.
    """

    row: object
    outcome: str
    key: str = ""
    target: Target | None = None
    is_permanent: bool = True
    stored: Redirect | None = None
    leads_to: str = ""
    led_to: str = ""
    reason: str = ""


def plan(rows):
    """Return the `Line`s of rows; two queries, however many rows there are."""
    pages, kinds = PageAddresses(), names_of_kinds()
    stored = {}
    for redirect in Redirect.objects.order_by("pk"):
        stored[key_of_stored(redirect)] = redirect  # the newest counts
    lines, line_by_key = [], {}
    for row in rows:
        line = read_line(row, pages, kinds)
        if line.outcome != REFUSED and line.key in line_by_key:
            line = refuse(line, repeated_line_message(line_by_key[line.key]))
        elif line.key:
            line_by_key.setdefault(line.key, line)
        lines.append(line)
    targets_now = {key: stored_target(redirect, pages) for key, redirect in stored.items()}
    targets_then = targets_now | {key: line.target for key, line in line_by_key.items()}
    return [compare(line, stored.get(line.key), targets_now, targets_then, pages) for line in lines]


def read_line(row, pages, kinds):
    """Return a row as a line that is new, or refused for what it says itself. A refused one has a key where it has a source."""
    line = Line(row, NEW)
    try:
        line = replace(line, key=source_key(row.old, pages))
        if not row.new:
            raise RefusedError(gettext("This line does not say where to."))
        if row.kind.casefold() not in kinds:
            raise RefusedError(gettext("This is neither permanent nor temporary: %(kind)s") % {"kind": row.kind})
        target = read_target(row.new, language_of(line.key), pages)
    except RefusedError as error:
        return refuse(line, error)
    return replace(line, target=target, is_permanent=kinds[row.kind.casefold()])


def refuse(line, reason):
    return replace(line, outcome=REFUSED, reason=str(reason))


def repeated_line_message(earlier):
    return gettext("Line %(number)s has this address already.") % {"number": earlier.row.line}


def names_of_kinds():
    """Return whether each kind that a file may name is permanent: 301, 302, and the words of each language."""
    kinds = dict(KINDS)
    for code in LANGUAGES:
        with override(code):
            kinds |= {gettext("permanent").casefold(): True, gettext("temporary").casefold(): False}
    return kinds


def language_of(key):
    return split_path(tidy_path(key))[0]


def stored_target(redirect, pages):
    """Return the `Target` of a redirect that is stored; None for one that leads nowhere."""
    if redirect.redirect_page_id:
        return Target(page=redirect.redirect_page_id)
    try:
        return read_target(redirect.redirect_link, language_of(redirect.old_path), pages)
    except RefusedError:
        return Target(link=redirect.redirect_link)


def compare(line, stored, targets_now, targets_then, pages):
    """Return a line with what it changes of the redirect that is `stored`, or why it must not."""
    if line.outcome == REFUSED:
        return line
    try:
        line = replace(line, target=follow(line.key, targets_then, pages), stored=stored)
    except RefusedError as error:
        return refuse(line, error)
    line = replace(line, leads_to=target_as_written(line.target, line.key, pages))
    if stored is None:
        return line
    try:
        target_now = follow(line.key, targets_now, pages)
    except RefusedError:
        target_now = targets_now[line.key]
    is_same = (target_now, stored.is_permanent) == (line.target, line.is_permanent)
    return replace(line, outcome=SAME if is_same else CHANGED, led_to=target_as_written(target_now, line.key, pages))


def follow(key, targets, pages):
    """Return the target to which redirects lead from a path in the end. Raises `RefusedError` for a circle, or for none."""
    language, seen = language_of(key), set()
    while key not in seen and len(seen) < MAX_STEPS:
        seen.add(key)
        key = key if key in targets else key.partition("?")[0]
        if key not in targets:
            raise RefusedError(gettext("Neither a page nor a redirect stands at the address that this leads to."))
        target = targets[key]
        if target is None:
            raise RefusedError(gettext("This leads on by a line that is refused."))
        if target.page and language in LANGUAGES and language not in pages.paths.get(target.page, ()):
            raise RefusedError(gettext("The page does not exist in this language."))
        if not target.path:
            return target
        key = target.path
    raise RefusedError(gettext("This leads back to where it comes from, or through too many redirects."))


def target_as_written(target, key, pages):
    """Return where a redirect from a path leads, as people write it in a list: a path on this site, or an address."""
    if target.page:
        paths = pages.paths.get(target.page, {})
        return paths.get(language_of(key)) or paths.get("", "")
    return target.link.removeprefix(settings.SITE_URL)


def digest(lines):
    """Return what tells one plan from another: whether somebody confirms what they were shown."""
    shown = repr([(line.row, line.outcome, line.target, line.stored and line.stored.pk, line.reason) for line in lines])
    return blake2s(shown.encode(), digest_size=16).hexdigest()
