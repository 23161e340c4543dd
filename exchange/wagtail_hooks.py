"""Where this app extends the admin: what comes back, and what the log says of it."""

from wagtail import hooks

from exchange import take_log


@hooks.register("register_log_actions")
def name_log_actions(actions):
    actions.register_action(take_log.TAKEN)(take_log.TakenFormatter)
    actions.register_action(take_log.UNDONE)(take_log.UndoneFormatter)
