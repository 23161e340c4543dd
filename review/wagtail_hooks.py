"""Where reviews extend Wagtail's admin: buttons and messages of the editor, lists of pages, the log's words."""

from wagtail import hooks

from newsroom.reports.review_steps import HOOK as REVIEW_STEPS
from review import review_log
from review.action_menu import name_the_buttons
from review.editor_messages import say_where_it_goes_on
from review.steps import active_reviews

hooks.register("construct_page_action_menu", name_the_buttons)
hooks.register("after_edit_page", say_where_it_goes_on)
hooks.register(REVIEW_STEPS, active_reviews)


@hooks.register("register_log_actions")
def name_log_actions(actions):
    actions.register_action(review_log.PASSED_OVER)(review_log.PassedOverFormatter)
