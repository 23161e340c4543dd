"""The notices over the whole site, for the page of the design system."""

from django.utils.translation import gettext_lazy as _

from notices.models import Notice
from styleguide.components import Component, trilingual, with_texts


def notices():
    """Return a notice with a link to another site, and one that falls back in English."""
    line = with_texts(
        Notice(),
        text=trilingual(
            "Onze telefoon werkt niet tot woensdag om 14 uur.",
            "Notre téléphone ne fonctionne pas jusqu’à mercredi à 14 heures.",
            "Our telephone line is down until Wednesday at 14:00.",
        ),
        link_url=trilingual("https://example.org/nl", "https://example.org/fr", "https://example.org/en"),
        link_label=trilingual("Hoe je ons bereikt", "Comment nous joindre", "How to reach us"),
    )
    office = with_texts(Notice(), text=trilingual("Dit kantoor is vandaag dicht.", "Ce bureau est fermé aujourd’hui.", ""))
    return {"notices": [line, office]}


def components():
    return [Component("notices", _("Notices over the whole site"), "notices/notices.html", notices)]
