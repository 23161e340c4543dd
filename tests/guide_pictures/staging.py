"""What the pictures need beside the starting content: people with names, texts that are behind, a message, a notice.

`STAGE` is run in a process of its own, with the database of the site whose pictures are taken.
"""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.utils import timezone

from assets.models import SiteDocument, SiteImage
from audience.models import Message
from languages.codes import LANGUAGES
from languages.units import put
from networks.models import NetworkPage
from newsroom.accounts.roles import EDITORS, PUBLISHERS, TRANSLATORS
from tests.building import make_user
from tests.uploads import PDF

STAGE = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "actiris_site.settings"
django.setup()
from django.core.management import call_command
from tests.guide_pictures import staging
call_command("collectstatic", verbosity=0, interactive=False)
call_command("prepare_site")
staging.stage()
"""
ROLES = {"editor": EDITORS.name, "publisher": PUBLISHERS.name, "translator": TRANSLATORS.name, "administrator": None}
NAMES = {"editor": ("Amina", "Peeters"), "publisher": ("Luc", "Dubois"), "translator": ("Noor", "Lambert")}
ADDED = {"nl": ", ook in Brussel.", "fr": ", à Bruxelles aussi."}
QUESTIONS = (
    ("nl", "Waar kan ik een opleiding Frans volgen?", "GBNP-2468"),
    ("fr", "Comment m’inscrire comme demandeur d’emploi ?", "KTXD-8024"),
)


def account(role, language):
    """Return the name of the account of a role whose admin is in a language."""
    return f"{role}-in-{language}"


def stage():
    for role, group in ROLES.items():
        for language in LANGUAGES:
            user = make_user(group, language, account(role, language))
            user.first_name, user.last_name = NAMES.get(role, ("Sam", "Janssens"))
            user.save()
    add_files()
    # In each page the text of one language changed, and the others are behind.
    first, second, third = NetworkPage.objects.order_by("pk")[:3]
    for page, changed in ((first, "nl"), (second, "fr"), (third, "nl")):
        text = getattr(page, f"summary_{changed}")
        put(page, {"summary": {changed: text.rstrip(".") + ADDED[changed]}})
        page.save_revision()
    third.get_workflow().start(third, get_user_model().objects.get(username=account("editor", "nl")))
    for language, text, reference in QUESTIONS:
        Message.objects.create(
            reference=reference,
            sending=reference,
            kind=Message.Kind.QUESTION,
            language=language,
            text=text,
            moment=timezone.now(),
        )


def add_files():
    """Put a picture and a document into the libraries, which are empty at first."""
    card = (settings.BASE_DIR / "static" / "img" / "card.png").read_bytes()
    described = {
        "alternative_nl": "Het beeldmerk van Actiris: drie ringen die in elkaar grijpen",
        "alternative_fr": "L’emblème d’Actiris : trois anneaux entrelacés",
        "alternative_en": "The emblem of Actiris: three rings that interlock",
        "credit": "Actiris",
    }
    SiteImage.objects.create(title="Actiris", file=ContentFile(card, "actiris.png"), **described)
    titles = {
        "heading_nl": "Jaarverslag",
        "heading_fr": "Rapport annuel",
        "heading_en": "Annual report",
        "file_language": "mul",
    }
    SiteDocument.objects.create(title="Jaarverslag", file=ContentFile(PDF, "jaarverslag.pdf"), **titles)
