"""What readers see of the question beside the page itself: the question alone, and the thanks."""

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext as _

from audience import signatures
from audience.feedback_form import HONEYPOT
from audience.paths import feedback_path
from languages.codes import current_language
from pages.navigation import Navigation


class FeedbackNavigation(Navigation):
    """The site's navigation around screens that are no pages; the switch of languages leads to the same question."""

    def __init__(self, subject, query):
        super().__init__(current_language(), query=query)
        self.subject = subject

    @property
    def paths(self):
        return {code: feedback_path(code, self.subject.slug) for code in self.subject.paths()}


def show_question(request, page, form, message="", status=200):
    """Show the question with what `form` holds, and a message that concerns no single field."""
    errors = errors_of(form, message)
    stamp = signatures.second_stamp(page, current_language()) if errors else ""
    context = {"heading": _("Was this page useful?"), "chosen": form["answer"].value(), "stamp": stamp}
    return render_feedback_page(request, page, "audience/feedback_form_page.html", context, errors, form, status)


def show_thanks(request, page, was_useful, token, form=None, message="", status=200, is_commented=False):
    """Thank for an answer or for its comment, and offer `form` for a comment while one can still be added."""
    heading = _("Thank you for your comment") if is_commented else _("Thank you for your answer")
    context = {"heading": heading, "was_useful": was_useful, "token": token, "is_commented": is_commented}
    return render_feedback_page(request, page, "audience/feedback_thanks.html", context, errors_of(form, message), form, status)


def errors_of(form, message):
    """Return what is wrong as (where to mend it, message): a field, or the button where nothing but sending again is needed."""
    errors_by_field = dict(form.errors) if form else {}
    general = errors_by_field.pop("__all__", [])
    fields = [(name, error) for name, errors in errors_by_field.items() for error in errors]
    return fields + [("send", error) for error in ([message] if message else general)]


def render_feedback_page(request, page, template, context, errors, form, status):
    heading = context["heading"]
    context |= {
        "title": _("Error: %(heading)s") % {"heading": heading} if errors else heading,
        "language": current_language(),
        "navigation": FeedbackNavigation(page, request.GET.urlencode()),
        "subject": page,
        "subject_path": page.paths()[current_language()],
        "path": feedback_path(current_language(), page.slug),
        "form": form,
        "errors": errors,
        "months": settings.FEEDBACK_MONTHS,
        "honeypot": HONEYPOT,
    }
    return render(request, template, context, status=status)
