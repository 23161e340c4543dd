"""What somebody reads above a page that others approve."""

from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.locks import WorkflowLock

from languages.codes import language_name


class LanguageLock(WorkflowLock):
    """Wagtail's lock of a page in a workflow, with the language and the people for whom the page waits."""

    def get_message(self, user):
        if not self.for_user(user):
            return None
        names = ", ".join(get_user_display_name(person) for person in self.task.people().order_by("last_name", "username"))
        values = {"language": language_name(self.task.language), "people": names}
        if names:
            text = _("This page waits for approval in %(language)s, by %(people)s. Until then you cannot change it.")
        else:
            text = _("This page waits for approval in %(language)s, by an administrator. Until then you cannot change it.")
        return text % values
