"""How far pages are in their review, in lists of pages: an app above this one knows, and says it through a hook."""

from wagtail import hooks

# The hook of functions that return, for keys of pages, the steps of those that are in a review, as lists by key. A step has a
# name, a language (None where it belongs to none), a state, an icon, and words for how far it is.
HOOK = "find_review_steps"


def add_review_steps(rows, key_of):
    """Give each of `rows`, for which `key_of` returns the key of a page, its steps by language as `review`; return the rows."""
    steps = {}
    for find in hooks.get_hooks(HOOK):
        steps |= find([key for row in rows if (key := key_of(row))])
    for row in rows:
        row.review = {step.language: step for step in steps.get(key_of(row), ())}
    return rows
