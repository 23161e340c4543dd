"""Who may make packages and see them: whoever may change the texts. All of it is asked on the server."""

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from exchange.models import SentPackage, SentText
from languages.rights import languages_to_write
from languages.standing import Standing
from worklists.rights import rows_to_change


def may_make(user):
    """Say whether somebody may make packages at all: they may change something, in a language at least."""
    return bool(languages_to_write(user)) and rows_to_change(user).exists()


def packages_of(user):
    """Return the packages that somebody may see: their own as long as they may change anything, and those of which they may
    change every object that is still there; administrators see everything.
    """
    if user.is_superuser:
        return SentPackage.objects.all()
    own = Q(Exists(rows_to_change(user)), created_by=user)
    return SentPackage.objects.filter(own | Q(pk__in=packages_to_change(user).order_by().values("pk")))


def packages_to_change(user):
    """Return the packages that are ready, and of which somebody may change every object that is still there."""
    packages = SentPackage.objects.filter(ready_at__isnull=False)
    if user.is_superuser:
        return packages
    if not languages_to_write(user):
        return packages.none()
    mine = rows_to_change(user)
    same = {"content_type": OuterRef("content_type"), "object_id": OuterRef("object_id")}
    is_there, is_mine = Exists(Standing.objects.filter(**same)), Exists(mine.filter(**same))
    out_of_reach = SentText.objects.filter(is_there, ~is_mine, package=OuterRef("pk"))
    return packages.filter(~Exists(out_of_reach))


def may_close(user, package):
    """Say whether somebody may say of a package that no more will come, or that it will: whoever may take over all of it."""
    return package.target in languages_to_write(user) and packages_to_change(user).filter(pk=package.pk).exists()


def get_package(user, pk):
    """Return a package that somebody may see. Raises `Http404` for any other."""
    package = packages_of(user).select_related("created_by", "closed_by").filter(pk=pk).first()
    if package is None:
        raise Http404
    return package
