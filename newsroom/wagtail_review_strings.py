"""Sentences of Wagtail about pages that were saved and about their reviews: named as in wagtail_strings.py.

Wagtail speaks of moderation and of cancelling a workflow, and in French and Dutch in several words; here pages are submitted
for approval, and what was submitted is withdrawn. Nothing imports this list.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

BUTTONS = (
    gettext_noop("Cancel workflow "),
    gettext_noop("%(label)s and Publish"),
    gettext_noop("Review this version"),
    gettext_noop("More actions"),
    gettext_noop("Submit for moderation"),
    gettext_noop("Add Comment"),
)

STATES = (
    gettext_noop("In Moderation"),
    gettext_noop("in moderation"),
    gettext_noop("live + in moderation"),
    gettext_noop("0 minutes"),  # in French it has to be what Django says of no time at all, which is "just now" then
    gettext_noop("This page hasn't been submitted for moderation yet"),
    gettext_noop("No pages/snippets have been submitted for moderation yet"),
)

MESSAGES = (
    gettext_noop("Page '%(page_title)s' created."),
    gettext_noop("Page '%(page_title)s' created and published."),
    gettext_noop("Page '%(page_title)s' created and submitted for moderation."),
    gettext_noop("Page '%(page_title)s' has been updated."),
    gettext_noop("Page '%(page_title)s' has been published."),
    gettext_noop("Page '%(page_title)s' has been scheduled for publishing."),
    gettext_noop("Page '%(page_title)s' is live and this version has been scheduled for publishing."),
    gettext_noop("Page '%(page_title)s' has been submitted for moderation."),
    gettext_noop("Page '%(page_title)s' has been replaced with version from %(previous_revision_datetime)s."),
    gettext_noop("Page '%(page_title)s' is now unlocked."),
    gettext_noop("Page '%(page_title)s' moved."),
    gettext_noop("Page '%(page_title)s' deleted."),
    gettext_noop("Page '%(page_title)s' copied."),
    gettext_noop("Workflow on page '%(page_title)s' has been cancelled."),
    gettext_noop("The page '%(page_title)s' is not currently awaiting moderation."),
    gettext_noop("The page '%(page_title)s' is not currently awaiting moderation in task '%(task_name)s'."),
)

HISTORY = (
    gettext_noop("Reverted to previous revision"),
    gettext_noop("Reverted to previous revision with id %(revision_id)s from %(created_at)s"),
)

AROUND = (
    gettext_noop("Promote"),
    gettext_noop("Instances"),
    gettext_noop("Aging pages"),
    gettext_noop("Text editing"),
    gettext_noop("Wagtail redirects"),
    gettext_noop("New workflow task"),
    gettext_noop("Assign your workflow to pages"),
    ngettext_lazy(
        "This workflow is in progress on %(states_in_progress)d page/snippet. Disabling this workflow will cancel moderation "
        "on this page/snippet.",
        "This workflow is in progress on %(states_in_progress)d pages/snippets. Disabling this workflow will cancel moderation "
        "on these pages/snippets.",
    ),
    ngettext_lazy(
        "This task is in progress on %(states_in_progress)d page/snippet. Disabling this task will cause it to be skipped in "
        "the moderation workflow and not be listed for selection when editing a workflow.",
        "This task is in progress on %(states_in_progress)d pages/snippets. Disabling this task will cause it to be skipped in "
        "the moderation workflow and not be listed for selection when editing a workflow.",
    ),
)
