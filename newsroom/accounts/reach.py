"""How far whoever manages people may go: nobody gives a right that they lack, or touches whom has more than they do.

A *power* is one permission in one place: `(key of the permission, "page", "collection" or "", path of the page or collection)`.
It holds below its place too.
"""

from django.contrib.auth.models import Group

from languages.codes import LANGUAGES
from languages.rights import languages_to_write


def group_powers(group):
    """Return the powers of a group; fetch it by `groups_with_powers` where there are several."""
    return {
        *((permission.pk, "", "") for permission in group.permissions.all()),
        *((row.permission_id, "page", row.page.path) for row in group.page_permissions.all()),
        *((row.permission_id, "collection", row.collection.path) for row in group.collection_permissions.all()),
    }


def groups_with_powers():
    return Group.objects.prefetch_related("permissions", "page_permissions__page", "collection_permissions__collection")


class Reach:
    """What one person who manages others may give and whom they may change: some queries for all groups, however many ask.

    Administrators may do all of it.
    """

    def __init__(self, manager):
        self.manager = manager
        self.is_unlimited = manager.is_superuser
        self.by_group = {} if self.is_unlimited else {group.pk: group_powers(group) for group in groups_with_powers()}
        self.own = set() if self.is_unlimited else self.powers_of(manager)

    def powers_of(self, person):
        """Return the powers of a person: those of all their groups, and their own."""
        of_groups = (self.by_group[group.pk] for group in person.groups.all())
        return {(permission.pk, "", "") for permission in person.user_permissions.all()}.union(*of_groups)

    def exceeds(self, powers):
        """Say whether somebody with `powers` could do something that the manager cannot."""
        return not self.is_unlimited and not all(map(self.includes, powers - self.own))

    def includes(self, power):
        """Say whether the manager has a power, there or above."""
        permission, kind, path = power
        return any(own[:2] == (permission, kind) and path.startswith(own[2]) for own in self.own)

    def may_give(self, group):
        """Say whether the manager may give somebody the role of a group."""
        return not self.exceeds(self.by_group.get(group.pk, set()))

    def may_give_language(self, code):
        """Say whether the manager may let somebody write in a language."""
        return self.is_unlimited or code in languages_to_write(self.manager)

    def languages_beyond(self, codes):
        """Return those of some languages that the manager may not let somebody write in."""
        return [code for code in codes if code in LANGUAGES and not self.may_give_language(code)]

    def may_change(self, person):
        """Say whether the manager may change, deactivate or delete a person; what they may change of themselves, forms say."""
        if self.is_unlimited or person.pk == self.manager.pk:
            return True
        return not person.is_superuser and not self.exceeds(self.powers_of(person))
