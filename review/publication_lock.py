"""What somebody reads above a page that waits for a step which belongs to no language, such as publication."""

from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.locks import WorkflowLock

from review.people import is_last, people_of
from review.steps import people_words


class PublicationLock(WorkflowLock):
    """Wagtail's lock of a page in a workflow, with the people for whom the page waits."""

    def get_message(self, user):
        if not self.for_user(user):
            return None
        people = people_of(self.task).order_by("last_name", "username")
        values = {"step": self.task.name, "people": people_words([get_user_display_name(person) for person in people])}
        if is_last(self.task, self.object.current_workflow_state.workflow):
            return _("This page waits for publication, by %(people)s. Until then you cannot change it.") % values
        return _("This page waits for the step ‘%(step)s’, by %(people)s. Until then you cannot change it.") % values
