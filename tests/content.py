"""The starting content for tests: its pages by the key of their file."""

from django.conf import settings

from languages.codes import LANGUAGES
from newsroom.models import LoadedItem
from pages.models import SitePage

CONTENT = settings.BASE_DIR / "content"
KEYS = sorted(path.stem for path in (CONTENT / "pages").glob("*.yaml"))
EVERY_PAGE = [(key, language) for key in KEYS for language in LANGUAGES]


def page_of(key):
    """Return the page that was loaded from the file `<key>.yaml`."""
    return SitePage.objects.get(pk=LoadedItem.objects.get(key=f"pages/{key}").object_id)
