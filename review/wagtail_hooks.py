"""Where reviews extend Wagtail's admin: buttons and messages of the editor, lists of pages, accounts, the log's words."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from newsroom.reports.review_steps import HOOK as REVIEW_STEPS
from pages.panels import ABOVE_THE_TABS
from review import review_log
from review.action_menu import name_the_buttons, put_decisions_first
from review.editor_messages import say_where_it_goes_on
from review.panels import DecisionPanel
from review.passing_over import pass_over_unattended
from review.steps import active_reviews
from schedule.jobs import JOBS, Daily, Job

hooks.register(ABOVE_THE_TABS, DecisionPanel, order=-1)
hooks.register("construct_page_action_menu", name_the_buttons)
hooks.register("construct_page_action_menu", put_decisions_first)
hooks.register("after_edit_page", say_where_it_goes_on)
hooks.register(REVIEW_STEPS, active_reviews)


@hooks.register(JOBS)
def pass_over_every_day():
    return [Job("pass_over_reviews", _("Passing over steps of reviews that nobody can take"), Daily(4))]


@hooks.register("register_log_actions")
def name_log_actions(actions):
    actions.register_action(review_log.PASSED_OVER)(review_log.PassedOverFormatter)


@hooks.register("after_bulk_action")
def notice_people_who_go(request, action_type, objects, action):
    """Pass over what nobody can approve once accounts were closed in bulk, which Wagtail does without a signal."""
    if action_type == "set_active_state":
        pass_over_unattended.enqueue()
