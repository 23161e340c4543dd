"""The apps of the site, from the highest down, and their modules."""

from django.conf import settings

# Who may import whom: each app those after it, but not those beside it.
LAYERS = [
    {"actiris_site"},
    {"styleguide", "guide"},
    {"machine_drafts"},
    {"exchange"},
    {"worklists", "site_copy"},
    {"differences", "draft_links", "review", "staff_search", "translation_memory"},
    {"newsroom", "audience", "search", "notices", "interface_strings"},
    {"delivery"},
    {"mandates", "networks", "partnerships"},
    {"pages"},
    {"schedule"},
    {"directory", "assets", "reporting"},
    {"staff_notes"},
    {"languages"},
    {"drawings", "page_cache"},
    {"monitoring"},
]
APPS = [app for layer in LAYERS for app in sorted(layer) if (settings.BASE_DIR / app).is_dir()]
LEVEL = {app: level for level, layer in enumerate(LAYERS) for app in layer}


def python_files(app):
    """Return the modules of an app but its migrations."""
    return [path for path in (settings.BASE_DIR / app).rglob("*.py") if "migrations" not in path.parts]
