"""What a job does after the answer is waited for on a page that renews itself."""

SECONDS_UNTIL_RENEWAL = 30


def renew_by_itself(response):
    """Let browsers ask for a page anew after a while; return the response."""
    response["Refresh"] = str(SECONDS_UNTIL_RENEWAL)
    return response
