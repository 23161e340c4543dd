"""Why a translation cannot be saved: it would break a page, show a part of the plural empty, or smuggle in markup. Pure."""

import unicodedata

from django.utils.translation import gettext as _

from interface_strings import markup
from interface_strings.problems import Kind, Problem
from languages import placeholders

MAX_LENGTH = 2_000  # characters: the longest source has some 340
SOFT_HYPHEN = "\u00ad"
# Controls, invisible marks (those that turn the direction of a text among them), surrogates, private and unassigned signs.
UNSAFE_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def refusals(sources, forms):
    """Return what speaks against saving a translation: a list of `Problem`s for each of its forms.

    `sources` holds the text of the code, and its plural where it has one; `forms` the translation, form by form.
    """
    return [refusals_of(sources_of(sources, index), form) for index, form in enumerate(forms)]


def sources_of(sources, index):
    """Return the texts of which a form of a translation may have the placeholders.

    The first form may say "one page" or "%(count)s page": in French it stands for none too.
    """
    return sources if index == 0 else sources[-1:]


def source_of(sources, index):
    """Return the text that a form of a translation stands for: the first form for "one page", the others for "pages"."""
    return sources[min(index, len(sources) - 1)]


def refusals_of(sources, form):
    """Return what speaks against one form: nothing, if one of the sources has nothing against it."""
    if not form.strip():
        return [Problem(Kind.FORMS, _("Write something here: an empty text would show nothing."))]
    found = [[*placeholder_problems(source, form), *markup_problems(source, form)] for source in sources]
    return [*sign_problems(sources, form), *min(found, key=len)]


def placeholder_problems(source, form):
    """Yield what is wrong with the placeholders of a form."""
    missing, extra = placeholders.difference(source, form)
    if missing:
        yield Problem(Kind.PLACEHOLDERS, _("Placeholders that are missing: %(names)s.") % {"names": ", ".join(missing)})
    if extra:
        sentence = _("Placeholders that the source does not have: %(names)s.")
        yield Problem(Kind.PLACEHOLDERS, sentence % {"names": ", ".join(extra)})
    if not (missing or extra) and placeholders.has_other_order(source, form):
        yield Problem(Kind.PLACEHOLDERS, _("Placeholders without a name stay in the order of the source."))
    if placeholders.has_stray_percents(source, form):
        yield Problem(
            Kind.PLACEHOLDERS,
            _("A percent sign stands here only where the source has it. Beside placeholders it is written twice."),
        )
    if placeholders.has_stray_brackets(source, form):
        yield Problem(Kind.PLACEHOLDERS, _("Curly brackets stand here only in the placeholders of the source."))


def markup_problems(source, form):
    """Yield what is wrong with the markup of a form."""
    if markup.has_other_markup(source, form):
        tags = " ".join(markup.tags(source))
        yield Problem(
            Kind.MARKUP,
            _("The tags must be exactly those of the source, each within the same ones: %(tags)s") % {"tags": tags}
            if tags
            else _("The source has no markup, so there can be none here."),
        )
    if signs := markup.stray_signs(source, form):
        yield Problem(
            Kind.SIGNS,
            _("These signs could be taken for markup, and stand here only as often as in the source: %(signs)s")
            % {"signs": " ".join(signs)},
        )


def sign_problems(sources, form):
    """Yield what is wrong with single signs, and with how many there are."""
    if len(form) > MAX_LENGTH:
        yield Problem(Kind.TOO_LONG, _("At most %(limit)s characters.") % {"limit": MAX_LENGTH})
    allowed = {SOFT_HYPHEN, *("\n" if any("\n" in source for source in sources) else "")}
    unsafe = {sign for sign in form if unicodedata.category(sign) in UNSAFE_CATEGORIES} - allowed
    if unsafe:
        signs = ", ".join(sorted(f"U+{ord(sign):04X}" for sign in unsafe))
        yield Problem(Kind.SIGNS, _("Signs that cannot be seen may not stand here: %(signs)s.") % {"signs": signs})


def fit_edges(source, text):
    """Return a text with the white space that its source has at its edges: code puts strings together, and counts on it."""
    if not text.strip() or not source.strip():
        return text
    start, end = len(source) - len(source.lstrip()), len(source.rstrip())
    return source[:start] + text.replace("\r\n", "\n").strip(" \t\r\n") + source[end:]
