"""Responses to forms are private: no shared cache keeps them and no search engine lists them."""

METHODS = ("GET", "HEAD", "POST")


def keep_private(response):
    """Mark a response as private. The browser itself may keep it, so that Back shows a form with what was typed.

    With `no-store` Back ends on a message that the document has expired.
    """
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
