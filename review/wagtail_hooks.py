"""Where reviews extend Wagtail's admin: the log's words."""

from wagtail import hooks

from review import review_log


@hooks.register("register_log_actions")
def name_log_actions(actions):
    actions.register_action(review_log.PASSED_OVER)(review_log.PassedOverFormatter)
