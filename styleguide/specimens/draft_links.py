"""Shared drafts, for the page of the design system."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from draft_links.models import DraftLink
from draft_links.shared_draft import SharedDraft
from draft_links.side_by_side import row_of
from languages.codes import current_language
from languages.units import Unit
from newsroom.models import User
from pages.models import SitePage
from styleguide.components import Component, trilingual


def banner():
    """Return a draft in all languages that takes comments, seen as the page in one."""
    now = timezone.now()
    author = User(username="jan.maes", first_name="Jan", last_name="Maes")
    link = DraftLink(author=author, takes_comments=True, expires_at=now + timedelta(days=7))
    link.page = SitePage(latest_revision_created_at=now, has_unpublished_changes=True)
    return {"shared": SharedDraft(link, "#", current_language()), "page": link.page}


def row():
    """Return a text in two languages, the third of which lacks it."""
    texts = trilingual("<p>We helpen je een job te vinden.</p>", "<p>Nous vous aidons à trouver un emploi.</p>", "")
    return {"row": row_of(Unit("opening", texts, "", "rich"), None)}


def components():
    return [
        Component("notices", _("Shared draft"), "draft_links/banner.html", banner),
        Component("lists", _("All languages side by side"), "draft_links/row.html", row),
    ]
