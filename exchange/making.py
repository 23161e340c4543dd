"""Makes packages: small ones at once, large ones by a job, as no answer may wait so long."""

import logging
from itertools import count

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from directory.glossary.usage import Glossary
from exchange.choosing import Choice
from exchange.gathering import gather
from exchange.models import SentPackage, SentText
from exchange.preview import open_words
from exchange.tally import Tally, TooManyTexts
from languages.codes import current_language, language_name
from languages.standing import Standing
from languages.twin_checks.reading import read
from monitoring.advisory_locks import AdvisoryLock
from newsroom.reports.languages_report import page_type_keys

MOST_MADE_AT_ONCE = 300  # objects of which a package is made before the answer
TOO_MANY, NOTHING, FAILED = "too many", "nothing", "failed"  # why a package is not made
logger = logging.getLogger(__name__)
ALL, WAITING = "all", "waiting"  # which texts go out: all, or what is missing or behind


def order_package(choice, texts, again=False, **values):
    """Return a package that is not made yet, saved with what it is to be made of: `texts` is one of the two above.

    `again` says that what is out already goes out once more. `values` are those of its columns.
    """
    wanted = {"of": list(choice.names), "below": choice.below, "texts": texts, "again": again}
    return SentPackage.objects.create(wanted=wanted, **values)


def wanted_rows(package):
    """Return the rows of which a package is made, of what whoever made it may change now; none where they have gone."""
    wanted, user = package.wanted, package.created_by
    if user is None or not user.is_active:
        return Standing.objects.none()
    choice = Choice(tuple(wanted["of"]), wanted["below"])
    return choice.rows_for(user, package.source, package.target, wanted["texts"] == WAITING)


@transaction.atomic
def make(package):
    """Write the texts of a package that was ordered; return the `Tally`, None where it is made already.

    It is not ready where nothing is to be translated. Queries and statements are a few for each hundred objects. Raises
    `TooManyTexts`; nothing is written then.
    """
    package = SentPackage.objects.select_for_update(of=["self"]).select_related("created_by").get(pk=package.pk)
    if package.ready_at:
        return None
    AdvisoryLock.PACKAGES.wait()  # or a text could go out twice
    tally = Tally()
    source, target, wanted = package.source, package.target, package.wanted
    helps, numbers = Helps(source, target), count(1)
    for texts in gather(wanted_rows(package), source, target, wanted["texts"] == WAITING, tally, wanted.get("again", False)):
        helps.add_to(texts)
        for text in texts:
            text.package, text.number = package, next(numbers)
        SentText.objects.bulk_create(texts, batch_size=1000)
    package.words, package.texts_open = dict(tally.words), len(tally.staying)
    package.ready_at = timezone.now() if tally.texts else None
    package.save(update_fields=["words", "texts_open", "ready_at"])
    return tally


def make_waiting():
    """Make the packages that wait for it, the oldest first; yield each, and why it cannot be made, "" where it was.

    What fails for another reason is logged, given up and said; the others go on.
    """
    for package in waiting_packages():
        try:
            tally = make(package)
            refusal = NOTHING if tally and not tally.texts else ""
        except TooManyTexts:
            refusal = TOO_MANY
        except Exception:
            logger.exception("Package %s could not be made.", package.pk)
            refusal = FAILED
        if refusal:
            package.wanted |= {"refused": refusal} | ({"stayed": tally.stayed()} if refusal == NOTHING else {})
            package.save(update_fields=["wanted"])
        yield package, refusal


def waiting_packages():
    return SentPackage.objects.filter(ready_at=None).exclude(wanted__has_key="refused").order_by("created_at", "pk")


def refusal_of(package):
    """Return why a package cannot be made, in the active language, "" for any other."""
    refused = package.wanted.get("refused")
    if refused == TOO_MANY:
        return TooManyTexts().message
    if refused == FAILED:
        return _("Something went wrong while this package was made. Make it again; if that fails too, tell the administrators.")
    return nothing_words(package.texts_open) if refused == NOTHING else ""


def nothing_words(still_open=0):
    """Say that nothing goes out; `still_open` texts stay, as somebody has them in translation."""
    return f"{_('There is nothing to translate.')} {open_words(still_open)}".strip()


class Helps:
    """What helps a translator beside each text: pairs of the glossary, and where links lead. In the target language."""

    def __init__(self, source, target):
        self.source, self.target, self.glossary = source, target, Glossary()

    def add_to(self, texts):
        """Add terms and notes to texts that are to be translated; a query for the names of pages where there are links."""
        texts = [text for text in texts if not text.is_context]
        by_text = [(text, linked_pages(text)) for text in texts]
        names = names_of_pages({key for _text, keys in by_text for key in keys}, self.target)
        with translation.override(self.target):
            for text, keys in by_text:
                text.terms = self.terms_in(text)
                text.notes = [note_on_link(names[key]) for key in keys if names.get(key)]

    def terms_in(self, text):
        """Return the pairs of the glossary that a text uses, by name."""
        names = [self.glossary.names[key] for key in self.glossary.terms_in(words_of(text), self.source)]
        return sorted([one[self.source], one[self.target]] for one in names if one[self.source] and one[self.target])


def words_of(text):
    return read(text.source, text.kind).text


def linked_pages(text):
    """Return the keys of the pages to which a text links, each once."""
    if "linktype" not in text.source:
        return []
    targets = [target for target in read(text.source, text.kind).targets if isinstance(target, tuple)]
    return list(dict.fromkeys(int(key) for kind, key in targets if kind == "page" and key.isdecimal()))


def names_of_pages(keys, language):
    """Return `{key: name}` of pages, in a language. One query, none without keys."""
    if not keys:
        return {}
    rows = Standing.objects.filter(content_type__in=page_type_keys(), object_id__in=keys)
    return {row.object_id: row.names.get(language, "") for row in rows.only("object_id", "names")}


def note_on_link(page):
    """Say to which page a link leads, and that nobody has to change it."""
    text = _("The link to the page ‘%(page)s’ leads to its version in %(language)s by itself: nothing has to be changed there.")
    return text % {"page": page, "language": language_name(current_language())}
