"""What a string leaves open, as `%(count)s`, `%s` or `{name}`: a translation that differs in it breaks the page. Pure."""

import re
from collections import Counter
from string import Formatter

# A space is no flag here: "50 % of" is no placeholder. What follows a doubled sign is text.
PERCENT = re.compile(r"%(?:%|(?:\(\w+\))?[-#0+]*+(?:\d+|\*)?(?:\.(?:\d+|\*))?[hlL]?[diouxXeEfFgGcrsa])")
PER_CENT = re.compile(r"(\d[ \u00a0\u202f]?)%")  # as texts say it, which are no format


def percent_placeholders(text):
    """Return the placeholders of the %-format in their order, each as it is written."""
    return [match[0] for match in PERCENT.finditer(text) if match[0] != "%%"]


def lone_percents(text):
    """Return how many signs % belong to no placeholder and are not doubled."""
    return PERCENT.sub("", text).count("%")


def brace_placeholders(text):
    """Return the placeholders of the {}-format in their order. Raises ValueError where the brackets are not balanced."""
    return [
        "{" + name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "") + "}"
        for _text, name, form, conversion in Formatter().parse(text)
        if name is not None
    ]


def is_balanced(text):
    """Say whether `str.format` could read a text."""
    try:
        brace_placeholders(text)
    except ValueError:
        return False
    return True


def placeholders(text):
    """Return all placeholders of a text in their order; of brackets that are not balanced, none."""
    return percent_placeholders(text) + (brace_placeholders(text) if is_balanced(text) else [])


def is_named(placeholder):
    """Say whether a placeholder may stand anywhere and as often as wanted."""
    return placeholder.startswith("%(") or bool(re.match(r"\{[^\W\d]", placeholder))


def difference(source, text):
    """Return the placeholders that a text lacks and those that its source lacks; both empty where they agree."""
    wanted, actual = (
        Counter({one: 1 if is_named(one) else number for one, number in Counter(placeholders(side)).items()})
        for side in (source, text)
    )
    return sorted((wanted - actual).elements()), sorted((actual - wanted).elements())


def has_other_order(source, text):
    """Say whether placeholders without a name stand in another order, and so would be filled in with each other's values."""
    wanted, actual = ([one for one in placeholders(side) if not is_named(one)] for side in (source, text))
    return wanted != actual


def has_stray_percents(source, text):
    """Say whether a text has a sign % with which formatting would fail, or that its source does not have.

    Who fills in placeholders reads each % as the beginning of one; elsewhere a % is text, as often as in the source.
    """
    if percent_placeholders(source):
        return lone_percents(text) > 0
    return text.count("%") != source.count("%")


def has_stray_brackets(source, text):
    """Say whether a text has curly brackets with which formatting would fail, or that its source does not have."""
    if is_balanced(source):
        return not is_balanced(text)
    return any(source.count(bracket) != text.count(bracket) for bracket in "{}")
