"""What whoever takes texts over, undoes that or decides again is told of what came of it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from exchange.judging import Left, Verdict
from languages.codes import language_name
from languages.numbers import format_number

NOT_UNDONE = gettext_lazy("Not undone: %(number)s (%(reasons)s).")


def say_what_was_kept(request, texts):
    if any(text.verdict == Verdict.STILL_CORRECT for text in texts):
        messages.success(request, _("Not correct any more: the translation stays behind until somebody changes it."))
    else:
        messages.success(request, _("What stands here stays: the text of the file is not taken over."))


def say_what_is_open_again(request, outcome):
    if number := len(outcome.written):
        text = ngettext("%(number)s text is to be decided again.", "%(number)s texts are to be decided again.", number)
        messages.success(request, text % {"number": format_number(number)})
    say_what_was_left(request, outcome, NOT_UNDONE)


def say_what_was_taken(request, outcome, language):
    if still_correct := len(outcome.still_correct):
        text = ngettext("%(number)s text is still correct.", "%(number)s texts are still correct.", still_correct)
        messages.success(request, text % {"number": format_number(still_correct)})
    if public := len(outcome.public):
        text = ngettext("%(number)s text is public now.", "%(number)s texts are public now.", public)
        messages.success(request, text % {"number": format_number(public)})
    if off := len(outcome.off):
        text = ngettext(
            "%(number)s text was taken over and is done. Readers see it when it is put on the site.",
            "%(number)s texts were taken over and are done. Readers see them when they are put on the site.",
            off,
        )
        messages.success(request, text % {"number": format_number(off)})
    if number := len(outcome.written) - still_correct - public - off:
        text = ngettext(
            "%(number)s text was taken over. It waits until somebody who writes %(language)s has confirmed it.",
            "%(number)s texts were taken over. They wait until somebody who writes %(language)s has confirmed them.",
            number,
        )
        words = {"number": format_number(number), "language": language_name(language)}
        messages.success(request, text % words)
    say_what_was_left(request, outcome, _("Not taken over: %(number)s (%(reasons)s)."))


def say_what_became_of_terms(request, outcome):
    """Say what came of a `TermsOutcome`."""
    if number := outcome.written:
        text = ngettext("%(number)s term was taken over.", "%(number)s terms were taken over.", number)
        messages.success(request, text % {"number": format_number(number)})
    say_what_was_left(request, outcome, _("Not taken over: %(number)s (%(reasons)s)."))
    if outcome.waiting:
        messages.warning(request, _("Everything at once would take too long: the rest is still ticked. Take that over too."))
    if not outcome.written and not outcome.left:
        messages.error(request, _("Choose what is to be taken over."))


def say_what_was_undone_of_terms(request, outcome):
    """Say what came of undoing a file of terms, given its `TermsOutcome`."""
    if number := outcome.written:
        text = ngettext("%(number)s term is as it was before.", "%(number)s terms are as they were before.", number)
        messages.success(request, text % {"number": format_number(number)})
    say_what_was_left(request, outcome, NOT_UNDONE)
    if outcome.waiting:
        messages.warning(request, _("Everything at once would take too long: undo the rest by pressing once more."))


def say_what_was_undone(request, outcome):
    if number := len(outcome.written):
        text = ngettext(
            "%(number)s text is as it was before. Where it was published, publish it again.",
            "%(number)s texts are as they were before. Where they were published, publish again.",
            number,
        )
        messages.success(request, text % {"number": format_number(number)})
    say_what_was_left(request, outcome, NOT_UNDONE)


def say_what_was_left(request, outcome, text):
    if outcome.left:
        reasons = dict.fromkeys(str(Left(reason).label) for _text, reason in outcome.left)
        messages.warning(request, text % {"number": format_number(len(outcome.left)), "reasons": "; ".join(reasons)})
