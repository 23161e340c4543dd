"""What cannot be approved: a page that could not be published as it is."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from languages.parity import require_publishable
from pages.scheduling import error_messages

NOT_THEIRS_TO_PUBLISH = _(
    "This is the last step of its workflow, and would publish the page, which you may not: somebody who publishes has to do "
    "it. An administrator can let the workflow end with a step for publication."
)


class NotApproved(ValidationError):
    """An approval of a page that is incomplete, behind or in translation, or that only others may publish."""

    headline = _("Not approved.")


def require_approvable(draft):
    """Raise `NotApproved`, with the reasons, unless a draft could be published: the editor's form asks for the same."""
    try:
        require_publishable(draft)
    except ValidationError as error:
        raise NotApproved(error_messages(error)) from error
