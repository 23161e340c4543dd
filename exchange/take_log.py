"""What the log says of texts that were taken over from a file, or given back."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import LogFormatter

from languages.codes import language_name

TAKEN, UNDONE, TERMS, TERMS_UNDONE = "exchange.taken", "exchange.undone", "exchange.terms", "exchange.terms_undone"


class TakenFormatter(LogFormatter):
    label = gettext_lazy("Take texts over from a file")

    def format_message(self, log_entry):
        number = log_entry.data["number"]
        text = ngettext(
            "%(number)s text in %(language)s taken over from “%(package)s”",
            "%(number)s texts in %(language)s taken over from “%(package)s”",
            number,
        )
        return text % words_of(log_entry)


class UndoneFormatter(LogFormatter):
    label = gettext_lazy("Undo texts from a file")

    def format_message(self, log_entry):
        return _("Texts in %(language)s from “%(package)s” undone: %(number)s") % words_of(log_entry)


class TermsFormatter(LogFormatter):
    label = gettext_lazy("Take terms over from a file")

    def format_message(self, log_entry):
        return _("Taken over from the file “%(name)s”") % {"name": log_entry.data["file"]}


class TermsUndoneFormatter(LogFormatter):
    label = gettext_lazy("Undo terms from a file")

    def format_message(self, log_entry):
        return _("What came from the file “%(name)s” undone") % {"name": log_entry.data["file"]}


def words_of(log_entry):
    data = log_entry.data
    return {"number": data["number"], "language": language_name(data["language"]), "package": data["package"]}
