"""What the history of a page tells of its review beside what Wagtail logs: that a language was passed over."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log

from languages.codes import language_name

PASSED_OVER = "review.passed_over"


def note_passing_over(state):
    """Log that nobody could approve a language, given the `LanguageTaskState`."""
    page = state.workflow_state.content_object.specific
    log(instance=page, action=PASSED_OVER, revision=state.revision, data={"language": state.task.specific.language})


class PassedOverFormatter(LogFormatter):
    """Which language it was."""

    label = gettext_lazy("Pass over a language")

    def format_message(self, log_entry):
        text = _("Nobody could approve the texts in %(language)s: the step was passed over")
        return text % {"language": language_name(log_entry.data["language"])}
