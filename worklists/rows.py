"""How work is said in lists: what it is, where it is done, how much there is, who asks and by when."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from wagtail.admin.utils import get_user_display_name
from wagtail.utils.timestamps import render_timestamp

from differences.shown import differences_url
from draft_links.link_lists import links_url
from languages.codes import LANGUAGES, current_language, language_name
from languages.standing_saving import WAITING, has_work
from newsroom.reports import standing_rows
from newsroom.reports.sent_out import back_by_language, parts_out
from worklists.deadlines import Deadline, deadline_of, due_words, since_of


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One line of a list of work: its name and address, its kind, the facts about it in words, a note, a day, and a button."""

    name: str
    url: str | None
    kind: str = ""
    facts: list = field(default_factory=list)
    note: str = ""
    deadline: Deadline | None = None
    action: tuple = ()  # label, address to post to
    details_url: str = ""


def person_name(user):
    """Return how somebody is called; whose account is gone or closed is not named."""
    return get_user_display_name(user) if user is not None and user.is_active else _("somebody who has left")


def name_of(standing):
    return standing.names.get(current_language(), "")


def label_fact(label, text):
    return _("%(label)s: %(text)s") % {"label": label, "text": text}


def language_facts(standing, code):
    """Say in words what there is to do of an object in one language: "French: 3 behind, 140 words".

    What came back, or is at a translator until a day, stands first, where the row knows it.
    """
    numbers = standing.languages.get(code)
    parts = [part.text for part in standing_rows.standing_parts(code, numbers)]
    words = standing_rows.words_to_translate(numbers)
    what = ", ".join([*away_words(standing, code), *parts, *([words] if words else [])])
    return label_fact(capfirst(language_name(code)), what)


def away_words(standing, code):
    """Return what is to be taken over of an object in one language, and what is out until when, as a list of words."""
    back, out = back_by_language(standing).get(code), parts_out(standing).get(code)
    until = [f"{out.said} ({due_words(out.until)})" if out.until else out.said] if out else []
    return [back, *until] if back else until


def request_facts(translation_request):
    """Say in words who asks."""
    return _("asked for by %(name)s") % {"name": person_name(translation_request.asked_by)}


def waiting_row(standing, user, codes, requests):
    """Return the line of what waits for somebody in languages `codes`; `requests` are its open ones, by language.

    The button takes the first that nobody has.
    """
    shown = [code for code in LANGUAGES if code in requests or (code in codes and is_to_begin(standing, code))]
    asked = sorted(requests.values(), key=lambda one: (one.deadline is None, one.deadline, one.asked_at))
    free = next((one for one in asked if one.taken_by_id is None), None)
    return WorkRow(
        name_of(standing),
        standing_rows.edit_url(standing, user, next(iter([*(one.language for one in asked), *shown]), None)),
        kind_of(standing),
        [*(language_facts(standing, code) for code in shown), *dict.fromkeys(request_facts(one) for one in asked)],
        " ".join(one.note for one in asked if one.note),
        deadline_of(asked[0].deadline) if asked else waits_since(standing, shown),
        (pgettext("a translation request", "Take"), reverse("take_request", args=[free.pk])) if free else (),
        reverse("translation_request", args=[asked[0].pk]) if asked else "",
    )


def is_to_begin(standing, code):
    """Say whether something in a language waits for whoever works in it, given a row of `waiting.waiting_rows`."""
    return has_work(standing.languages, code, WAITING) or getattr(standing, f"left_{code}")


def waits_since(standing, codes):
    """Return since when a row waits that nobody asked for: since somebody began what they left, where nothing else is to do."""
    since = standing.since or min((entry["since"] for entry in standing.begun if entry["language"] in codes), default=None)
    return since_of(datetime.fromisoformat(since)) if since else None


def begun_row(standing, user):
    """Return the line of what somebody has in translation."""
    begun = [entry for entry in standing.begun if entry["by"] == user.pk]
    first = begun[0]
    url = standing_rows.form_at(standing, user, first["first"], first["language"])
    return WorkRow(name_of(standing), url, kind_of(standing), [begun_facts(entry) for entry in begun])


def begun_facts(entry):
    part = standing_rows.standing_parts(entry["language"], {"open": entry["number"]})[0]
    return label_fact(capfirst(language_name(entry["language"])), part.text)


def asked_row(translation_request, user):
    """Return the line of what somebody asked for: who has it, or that nobody has it any more."""
    standing = translation_request.standing
    facts = [language_facts(standing, translation_request.language), who_has(translation_request)]
    return WorkRow(
        name_of(standing),
        standing_rows.edit_url(standing, user, translation_request.language),
        kind_of(standing),
        facts,
        deadline=deadline_of(translation_request.deadline),
        details_url=reverse("translation_request", args=[translation_request.pk]),
    )


def who_has(translation_request):
    """Say in words who has a request."""
    if translation_request.taken_by:
        return _("taken by %(name)s") % {"name": person_name(translation_request.taken_by)}
    if translation_request.returned_at:
        return _("back to all: whoever had it cannot do it any more")
    return _("nobody has taken it yet")


def decision_row(item):
    """Return the line of what waits for somebody's decision, given its `review.waiting.ReviewItem`."""
    return WorkRow(
        item.name,
        item.url,
        "",
        [*reviewed_language(item), _("submitted by %(name)s") % {"name": person_name(item.submitted_by)}],
        deadline=since_of(item.since),
    )


def sent_back_row(item, user):
    """Return the line of what came back to somebody, with the comment, and with who submitted it where that was not they."""
    who = [_("sent back by %(name)s") % {"name": person_name(item.decided_by)}]
    if item.submitted_by != user:
        who.append(_("submitted by %(name)s") % {"name": person_name(item.submitted_by)})
    return WorkRow(item.name, item.url, "", [*reviewed_language(item), *who], item.comment, since_of(item.since))


def submitted_row(item):
    """Return the line of what somebody submitted and others decide about: where it is, and since when."""
    if item.language:
        where = _("waits for approval in %(language)s") % {"language": item.step}
    else:
        where = _("waits for the step ‘%(step)s’") % {"step": item.step}
    return WorkRow(item.name, item.url, "", [where], deadline=since_of(item.since))


def reviewed_language(item):
    """Return the name of the language that a step of a review is about, in a list, empty where it is about none."""
    return [capfirst(language_name(item.language))] if item.language else []


def differences_row(standing):
    """Return the line of what has differences between its languages, which leads to them."""
    text = ngettext("%(number)s difference", "%(number)s differences", standing.differences)
    facts = [standing_rows.with_number(text, standing.differences)]
    url = differences_url(standing_rows.model_of(standing), standing.object_id)
    return WorkRow(name_of(standing), url, kind_of(standing), facts)


def review_row(standing, user):
    """Return the line of what has to be looked at again."""
    is_others = standing.responsible_id and standing.responsible_id != user.pk
    who = [label_fact(_("Person responsible"), person_name(standing.responsible))] if is_others else []
    url = standing_rows.edit_url(standing, user)
    return WorkRow(name_of(standing), url, kind_of(standing), who, deadline=deadline_of(standing.review_on))


def changed_row(standing, user):
    """Return the line of what somebody changed, with when."""
    when = [render_timestamp(standing.changed_at)] if standing.changed_at else []
    return WorkRow(name_of(standing), standing_rows.edit_url(standing, user), kind_of(standing), when)


def kind_of(standing):
    """Return the name of an object's kind, "" where the object is called so too."""
    kind = standing_rows.kind_of(standing)
    return kind if kind.casefold() != name_of(standing).casefold() else ""


def message_row(message, user):
    """Return the line of a reader's message: its reference, its kind, since when it waits. Never what somebody wrote."""
    facts = [pgettext("a message", "assigned to you")] if message.assigned_to_id == user.pk else []
    url, kind = reverse("messages:edit", args=[message.pk]), message.get_kind_display()
    return WorkRow(message.reference, url, kind, facts, deadline=since_of(message.moment))


def draft_comment_row(comment):
    """Return the line of a comment on a shared draft: the page, who wrote it by which link, since when it waits."""
    page, values = comment.link.page, {"whom": comment.link.for_whom}
    facts = [comment.name, _("By the link for %(whom)s.") % values]
    return WorkRow(page.get_admin_display_title(), links_url(page), "", facts, deadline=since_of(comment.moment))
