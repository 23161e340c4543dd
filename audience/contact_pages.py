"""What readers see when they write to us: the form, and the thanks."""

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext as _

from audience.feedback_form import HONEYPOT
from audience.feedback_pages import errors_of
from audience.models import MAX_MESSAGE_LENGTH
from audience.paths import contact_path
from languages.codes import current_language, name_in
from languages.numbers import format_number
from pages.navigation import Navigation


class ContactNavigation(Navigation):
    """The site's navigation around the contact form; the switch of languages leads to the same form."""

    @property
    def paths(self):
        return {code: contact_path(code) for code in super().paths}


def show_form(request, form, message="", status=200):
    """Show the contact form with what `form` holds, and a message that concerns no single field."""
    context = {
        "heading": _("Write to us"),
        "form": form,
        "stamp": form.next_stamp(),
        "longest": format_number(MAX_MESSAGE_LENGTH),
    }
    return render_contact_page(request, "audience/contact_form_page.html", context, errors_of(form, message), status)


def show_receipt(request, reference, has_address, has_copy, is_copy_refused=False):
    """Thank for a message, name its reference, and say whether a copy goes to its sender."""
    context = {
        "heading": _("We have received your message"),
        "reference": reference,
        "has_address": has_address,
        "has_copy": has_copy,
        "is_copy_refused": is_copy_refused,
    }
    return render_contact_page(request, "audience/contact_receipt.html", context, [], 200)


def render_contact_page(request, template, context, errors, status):
    heading, language = context["heading"], current_language()
    context |= {
        "title": _("Error: %(heading)s") % {"heading": heading} if errors else heading,
        "language": language,
        "language_name": name_in(language, language),
        "navigation": ContactNavigation(language, query=request.GET.urlencode()),
        "path": contact_path(language),
        "errors": errors,
        "months": settings.MESSAGES_MONTHS,
        "months_at_most": settings.MESSAGES_MONTHS_AT_MOST,
        "honeypot": HONEYPOT,
    }
    return render(request, template, context, status=status)
