"""What staff did with the release before its successor came: a little of everything that an upgrade might lose."""

from datetime import UTC, date, datetime
from io import BytesIO

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import GroupPagePermission

from assets.models import SiteDocument, SiteImage
from audience.models import Feedback, Visit
from directory.models import GlossaryTerm, Organisation
from newsroom.models import LoadedItem
from pages.models import SitePage, StandardPage
from search.models import Promotion, SearchCount

LATER = datetime(2099, 1, 1, 9, tzinfo=UTC)
CODES = ("nl", "fr", "en")
ID = "6f8f3a34-2f0a-4f0e-9d4e-0f0a3a3b8a0"  # of blocks, with a digit more


def work():
    """Do it all."""
    pages()
    files()
    entries()
    people()
    readers()


def find_page(key):
    """Return the page that was loaded from the file `<key>.yaml`."""
    return SitePage.objects.get(pk=LoadedItem.objects.get(key=f"pages/{key}").object_id).specific


def texts(name):
    fields = {}
    for code in CODES:
        fields |= {f"heading_{code}": f"{name} {code}", f"url_slug_{code}": f"{name}-{code}".lower()}
        fields |= {f"summary_{code}": f"{name}, {code}."}
    return fields


def add(parent, name, live=True, **fields):
    """Add a page below another, published or as a draft."""
    page = SitePage.objects.get(pk=parent.pk).add_child(instance=StandardPage(title=name, live=False, **texts(name), **fields))
    revision = page.save_revision()
    if live:
        revision.publish()
    return StandardPage.objects.get(pk=page.pk)


def publish_changes(page, **fields):
    """Change fields of a page, and publish it."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.excuse("Dringend.")
    page.save_revision().publish()


def pages():
    """A draft, a page with a draft of changes, one taken offline, an alias, a new slug, a move, a schedule, a deletion."""
    home, about = find_page("home"), find_page("about")
    add(home, "Ontwerp", live=False)
    contact = find_page("contact")
    contact.summary_nl = "Een nieuwe samenvatting, nog niet gepubliceerd."
    contact.save_revision()
    find_page("wapes").unpublish()
    add(home, "Nieuws").create_alias(parent=about)
    publish_changes(find_page("pes-network"), url_slug_nl="europese-diensten", heading_nl="Europese diensten (PES)")
    find_page("legal").move(SitePage.objects.get(pk=about.pk), pos="last-child")
    add(home, "Straks", live=False, go_live_at=LATER).get_latest_revision().publish()
    find_page("view-brussels").delete()


def block(kind, key, **value):
    return {"type": kind, "id": key, "value": {**value, "only_in": []}}


def files():
    """A picture and a document on a page, with their files."""
    data = BytesIO()
    Image.linear_gradient("L").convert("RGB").resize((64, 40)).save(data, "PNG")
    picture = SiteImage.objects.create(
        title="Foto", file=ContentFile(data.getvalue(), "foto.png"), **{f"alternative_{code}": f"Foto {code}" for code in CODES}
    )
    document = SiteDocument.objects.create(
        title="Verslag",
        file=ContentFile(b"Verslag.\n", "verslag.txt"),
        **{f"heading_{code}": f"Verslag {code}" for code in CODES},
    )
    caption = {code: f"Bijschrift {code}" for code in CODES}
    item = {"type": "item", "id": f"{ID}3", "value": {"document": document.pk}}
    body = [
        block("picture", f"{ID}1", image=picture.pk, alternative={}, caption=caption),
        block("documents", f"{ID}2", title={}, items=[item]),
    ]
    page = add(find_page("home"), "Bestanden")
    publish_changes(page, body=StandardPage._meta.get_field("body").to_python(body))


def entries():
    """An organisation with another name, a term that is gone."""
    organisation = Organisation.objects.get(key="enabel")
    organisation.name_nl = "Enabel, zoals wij het noemen"
    organisation.save()
    GlossaryTerm.objects.order_by("key").first().delete()


def people():
    """A group of their own, and groups that may do less than they came with."""
    interns = Group.objects.create(name="Stagiairs")
    interns.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=interns, page=find_page("networks"), permission=Permission.objects.get(codename="change_page")
    )
    Group.objects.get(name="Editors").permissions.remove(Permission.objects.get(codename="change_organisation"))
    Group.objects.get(name="Publishers").permissions.remove(Permission.objects.get(codename="delete_feedback"))
    intern = get_user_model().objects.create_user("stagiair", "stagiair@example.org", "een-lang-wachtwoord-1")
    intern.groups.add(interns)


def readers():
    """What readers said and looked for, and what is recommended to them."""
    page, now = find_page("eures"), datetime(2026, 11, 20, 10, tzinfo=UTC)
    Feedback.objects.create(page=page, language="fr", was_useful=False, comment="Où est l’adresse ?", moment=now)
    Visit.objects.create(page=page, language="nl", day=date(2026, 11, 20), count=12)
    SearchCount.objects.create(language="nl", week=date(2026, 11, 16), query="werk", searches=9, without_result=0)
    Promotion.objects.create(language="nl", queries="buitenland", page=page, reason="Gevraagd.")
