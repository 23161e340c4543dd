"""What each app's components are shown with: unsaved objects and values, with texts in three languages."""

from itertools import groupby

from styleguide.components import GROUPS
from styleguide.specimens import audience, draft_links, mandates, networks, notices, pages, partnerships, search

SPECIMENS = (audience, notices, draft_links, search, mandates, networks, partnerships, pages)


def all_components():
    """Return the components of all apps as (label of the group, components), in the order of `GROUPS`."""
    order = list(GROUPS)
    components = [component for specimens in SPECIMENS for component in specimens.components()]
    components.sort(key=lambda component: order.index(component.group))
    return [(GROUPS[name], list(group)) for name, group in groupby(components, key=lambda component: component.group)]
