"""Who may mend the strings of which languages: whoever has the permission, in the languages of the account."""

from languages.codes import LANGUAGES


def languages_to_write(user):
    """Return the codes of the languages whose strings somebody may change."""
    return set(LANGUAGES) if user.has_perm("interface_strings.change_interfacestring") else set()
