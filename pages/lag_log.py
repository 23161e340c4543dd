"""What is kept when a page is published with what is behind, in translation or unconfirmed: why, what, and by whom."""

from django.contrib.auth import get_user_model
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import LogFormatter, get_active_log_context, log

from languages.codes import LANGUAGES, current_language
from languages.lags import official_lags
from languages.open_texts import open_texts_to_publish
from languages.parity import text_labels
from languages.units import units

ACTION = "pages.published_behind"


def record(page, revision):
    """Log that `revision` of `page` was published although texts are behind or open; nothing where none is.

    The person is whoever publishes now, and by the hour of a schedule whoever made the revision.
    """
    behind, unfinished = official_lags(page.alignment), open_texts_to_publish(page.alignment)
    if not (behind or unfinished):
        return
    texts, places = list(units(page)), [*behind, *unfinished]
    data = {
        "reason": page.alignment["excused"]["reason"],
        "texts": [{"address": place.address, "language": place.language} for place in places],
        "named": {code: names_in_language(code, texts, places) for code in LANGUAGES},  # an address does not tell a text's name
        "in_translation": len(unfinished),
    }
    user = get_active_log_context().user or (revision.user if revision else None)
    excuser = excuser_of(page)
    if excuser and excuser != user:
        data["by"] = get_user_display_name(excuser)
    log(instance=page, action=ACTION, user=user, revision=revision, data=data)


def excuser_of(page):
    """Return whoever gave the reason for publishing a page as it is, None where nobody is known."""
    return get_user_model().objects.filter(pk=page.alignment["excused"].get("by")).first()


def words_of_given_reason(page):
    """Return the reason that was given for what is behind or open in a draft, for what and by whom; "" where there is none."""
    given = page.alignment.get("excused")
    excused = set(given["texts"]) if given else set()
    places = [lag for lag in official_lags(page.alignment) if excused.issuperset(lag.keys)]
    places += [text for text in open_texts_to_publish(page.alignment) if text.key in excused]
    if not places:
        return ""
    excuser = excuser_of(page)
    return words_of_reason(given["reason"], text_labels(units(page), places), excuser and get_user_display_name(excuser))


def names_in_language(code, texts, places):
    """Return the names of the texts of lags and open texts as staff read them whose admin speaks the language `code`."""
    with translation.override(code):
        return text_labels(texts, places)


class PublishedBehindFormatter(LogFormatter):
    """How the history tells of it: with the reason and the texts."""

    label = _("Published while a text was behind or in translation")

    def format_message(self, log_entry):
        unfinished = log_entry.data.get("in_translation", 0)
        if unfinished and unfinished == len(log_entry.data["texts"]):
            return _("Published although a text was still in translation")
        if unfinished:
            return _(
                "Published although a text had not followed a change in the other official language, and another was still in "
                "translation"
            )
        return _("Published although a text had not followed a change in the other official language")

    def format_comment(self, log_entry):
        data = log_entry.data
        return words_of_reason(data["reason"], data["named"].get(current_language(), []), data.get("by"))


def words_of_reason(reason, names, by):
    """Return a reason, the names of the texts for which it was given, and who gave it, where somebody is to be named."""
    words = f"{reason} – {'; '.join(names)}"
    return _("%(reason)s (reason given by %(person)s)") % {"reason": words, "person": by} if by else words
