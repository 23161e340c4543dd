"""Who may mend the strings of which languages: whoever has the permission, in the languages of the account."""

from languages import rights


def languages_to_write(user):
    """Return the codes of the languages whose strings somebody may change."""
    return rights.languages_to_write(user) if user.has_perm("interface_strings.change_interfacestring") else set()
