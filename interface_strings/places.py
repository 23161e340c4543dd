"""Where a string appears, in words: the part of the site, and the template or module."""

from pathlib import PurePosixPath

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from interface_strings.catalogue_files import OURS

# Folders of ours that are no apps of Django's, or apps without a name.
NAMES = {
    "templates": _("Pages for readers"),
    "actiris_site": _("Names of languages"),
    "delivery": _("Errors and feeds"),
    "reporting": _("Filters and columns of reports"),
    "styleguide": _("Design system"),
    "django": "Django",
}


def area_of(package, path):
    """Return the part of the site to which a place belongs: a folder of ours, or a package."""
    return PurePosixPath(path).parts[0] if package == OURS else package


def areas_of(entry):
    """Return the parts of the site in which an entry of the catalogues appears, in the order of its places."""
    areas = [area_of(package, path) for package, path in entry.places]
    return list(dict.fromkeys([*areas, *(package for package in entry.packages if package != OURS)]))


def area_name(area):
    """Return the name of a part of the site in the active language; a package that is no app is called as it is."""
    if area in NAMES:
        return str(NAMES[area])
    for config in apps.get_app_configs():
        if area in (config.name, config.label):
            return str(config.verbose_name)
    return area


def place_name(package, path):
    """Return a readable name of a template or module: the part of the site, and the file's name as words."""
    path = PurePosixPath(path)
    words = [part for part in (*path.parts[1:-1], path.stem) if part not in {"templates", "locale"}]
    return f"{area_name(area_of(package, path))} › {' › '.join(words[-2:]).replace('_', ' ')}"
