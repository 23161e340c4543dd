"""Sentry, where an operator wants it: errors of the code, and nothing of whoever met them."""

import sentry_sdk

from monitoring.logs import hide
from monitoring.outages import is_away

OF_PEOPLE = ("user", "breadcrumbs", "extra")
OF_REQUESTS = ("query_string", "cookies", "headers", "data", "env")


def begin(dsn, environment):
    """Send errors to a server of Sentry from now on."""
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        send_default_pii=False,
        include_local_variables=False,  # they hold what was typed
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=without_people,
    )


def without_people(event, hint):
    """Return an event without what may be somebody's; None for one more request that an outage failed, which is told once."""
    error = (hint.get("exc_info") or (None, None))[1]
    if is_away(error):
        return None
    for name in OF_PEOPLE:
        event.pop(name, None)
    for name in OF_REQUESTS:
        event.get("request", {}).pop(name, None)
    return hide_within(event)


def hide_within(value):
    """Return a value of JSON with nothing in its texts that stands in no log."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, dict):
        return {name: hide_within(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [hide_within(one) for one in value]
    return value
