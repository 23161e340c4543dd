"""Why texts do not go out, in sentences for whoever would send them: with the way to the first, where there is one."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.models import SentPackage
from exchange.rights import packages_of
from exchange.texts_out import out_words
from languages.codes import LANGUAGES, language_name
from languages.numbers import format_number
from languages.rights import language_names, languages_to_write
from languages.translators import name_for
from newsroom.reports.standing_rows import unit_url
from staff_notes.permissions import form_url
from worklists.rows import name_of

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence on what does not go out, and the address of the first text that it is about, None where there is none."""

    words: str
    url: str | None = None
    link: str = ""

    @property
    def html(self):
        if not self.url:
            return format_html("{}", self.words)
        return format_html('{} <a href="{}">{}</a>', self.words, self.url, self.link or _("To the first of them"))


def reasons_for_staying(tally, rows_without, source, user, again=False):
    """Return the `Reason`s why texts that were gathered stay, given the rows that have none in the source.

    What is out already stays, unless it goes out `again`: then that is said. A few queries, whatever there is.
    """
    reasons = [*out_reasons(tally.out, user, again), *open_reasons(tally.staying, user)]
    language = language_name(source)
    if tally.sourceless:
        text = ngettext(
            "%(number)s text is missing in %(language)s too: choose another language to translate from, or write it first.",
            "%(number)s texts are missing in %(language)s too: choose another language to translate from, or write them first.",
            tally.sourceless,
        )
        reasons.append(Reason(text % {"number": format_number(tally.sourceless), "language": language}))
    if names := [name_of(row) for row in rows_without[: MOST_NAMED + 1]]:
        text = _("Nothing of this has been written in %(language)s yet: %(names)s.")
        reasons.append(Reason(text % {"language": language, "names": join_names(names)}))
    return reasons


def out_reasons(out, user, again):
    """Return a `Reason` for each of the first packages with which texts are out already, and one for the others.

    Those that somebody may not see have no name.
    """
    packages = SentPackage.objects.filter(pk__in=out).order_by(F("deadline").asc(nulls_last=True), "created_at", "pk")
    packages = list(packages) if out else []
    seen = set(packages_of(user).filter(pk__in=out).values_list("pk", flat=True)) if out else set()
    named, others = packages[:MOST_NAMED], packages[MOST_NAMED:]
    reasons = [out_reason(package, out[package.pk], package.pk in seen, again) for package in named]
    if others:
        text = ngettext(
            "Texts are out in %(number)s other package as well.",
            "Texts are out in %(number)s other packages as well.",
            len(others),
        )
        url = next((package.get_absolute_url() for package in others if package.pk in seen), None)
        reasons.append(Reason(text % {"number": format_number(len(others))}, url))
    return reasons


def out_reason(package, number, is_seen, again):
    if again:
        text = ngettext(
            "%(number)s text is out already (%(where)s) and goes out once more.",
            "%(number)s texts are out already (%(where)s) and go out once more.",
            number,
        )
    else:
        text = ngettext(
            "%(number)s text is out already (%(where)s), unchanged, and is left out.",
            "%(number)s texts are out already (%(where)s), unchanged, and are left out.",
            number,
        )
    words = text % {"number": format_number(number), "where": out_words(package, is_seen)}
    return Reason(words, package.get_absolute_url() if is_seen else None, _("To the package"))


def open_reasons(staying, user):
    """Return a `Reason` for each of the first people who have texts in translation, beginning with the reader, one for the
    others, and one for what nobody confirmed.
    """
    groups = {}
    for one in staying:
        groups.setdefault(one.by, []).append(one)
    unconfirmed = groups.pop(None, [])
    keys = [key for key in groups if key]
    people = get_user_model().objects.filter(is_active=True).in_bulk(keys) if keys else {}
    ordered = sorted(groups.items(), key=lambda pair: pair[0] != user.pk)
    reasons = [open_reason(key, some, people, user) for key, some in ordered[:MOST_NAMED]]
    if others := ordered[MOST_NAMED:]:
        text = ngettext(
            "%(number)s other person has texts in translation as well.",
            "%(number)s other people have texts in translation as well.",
            len(others),
        )
        reasons.append(Reason(text % {"number": format_number(len(others))}, url_of(others[0][1][0], user)))
    return [*reasons, open_reason(None, unconfirmed, people, user)] if unconfirmed else reasons


def open_reason(key, staying, people, user):
    return Reason(open_sentence(key, sum(one.number for one in staying), people, user), url_of(staying[0], user))


def open_sentence(key, number, people, user):
    """Say how many texts stay because somebody, of that key, has them in translation; None stands for what nobody confirmed."""
    if key is None:
        text = ngettext(
            "%(number)s text came from a file or a machine: it stays until somebody has confirmed it.",
            "%(number)s texts came from a file or a machine: they stay until somebody has confirmed them.",
            number,
        )
    elif key == user.pk:
        text = ngettext(
            "You are translating %(number)s text: it goes out once you press ‘Done’ beside it, or publish.",
            "You are translating %(number)s texts: they go out once you press ‘Done’ beside each, or publish.",
            number,
        )
    elif key not in people:
        text = ngettext(
            "%(number)s text is in translation by somebody who has left: it goes out once somebody presses ‘Done’ beside it.",
            "%(number)s texts are in translation by somebody who has left: "
            "they go out once somebody presses ‘Done’ beside each.",
            number,
        )
    else:
        text = ngettext(
            "%(number)s text is in translation by %(who)s: it stays until that is done.",
            "%(number)s texts are in translation by %(who)s: they stay until that is done.",
            number,
        )
    return text % {"number": format_number(number), "who": name_for(people.get(key), user)}


def url_of(staying, user):
    """Return the address of the form at a text, None for whoever may not open it."""
    model = ContentType.objects.get_for_id(staying.content_type_id).model_class()
    return unit_url(form_url(user, model, staying.object_id), staying.address, staying.language)


def private_words(rows):
    """Say which pages are kept from the translation service, given their rows; "" for none."""
    if not (names := [name_of(row) for row in rows[: MOST_NAMED + 1]]):
        return ""
    text = _("Kept from the translation service, but not from a package: %(names)s. Leave out what no agency may see.")
    return text % {"names": join_names(names)}


def limit_help(user):
    """Say why somebody who writes in some languages only cannot send texts out into the others; "" for whoever writes all."""
    codes = languages_to_write(user)
    if len(codes) == len(LANGUAGES):
        return ""
    text = _("Your account writes in %(languages)s only. Into another language, whoever writes it sends the texts out.")
    return text % {"languages": language_names(codes)}


def join_names(names):
    """Return some names as they stand in a sentence; "…" where there are more than are named."""
    quoted = [_("‘%(name)s’") % {"name": name} for name in names[:MOST_NAMED]]
    return ", ".join([*quoted, "…"] if len(names) > MOST_NAMED else quoted)
