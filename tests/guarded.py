"""Every form over texts, each with an object of its own: what to send to it, for whoever writes in some languages only."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from directory.models import GlossaryTerm, Organisation
from notices.models import Notice
from pages.models import SiteSettings
from search.models import Synonym
from tests.building import make_standard
from tests.editor import edit_url
from tests.rows import same_again
from tests.uploads import PDF, picture

NEW_YEAR = datetime(2098, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its object, its address, its field for one text, and something else in it that has no language."""

    instance: object
    url: str
    text: str
    fact: str
    value: str  # another one, as it is sent
    prefix: str = ""

    @property
    def is_page(self):
        return isinstance(self.instance, Page)


def of_entry(model, text, fact, value, **fields):
    instance = model.objects.create(**fields)
    name = f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}:edit"
    return Form(instance, reverse(name, args=[instance.pk]), text, fact, value)


def of_page(home):
    page = same_again("page", lambda: make_standard(home, "page"))
    return Form(page, edit_url(page), "heading", "review_on", "2099-01-01")


def of_older_page(home):
    """A page with an older version, which says the same, to revert to."""
    page = make_standard(home, "older")
    old = page.latest_revision
    page.save_revision()
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    return Form(page, url, "heading", "review_on", "2099-01-01")


def of_settings(home):
    names = {f"{name}_{code}": f"{name} {code}" for name in ("site_name", "organisation_name") for code in ("nl", "fr")}
    settings = SiteSettings.load()
    SiteSettings.objects.filter(pk=settings.pk).update(**names)
    settings.refresh_from_db()
    url = reverse("wagtailsettings:edit", args=["pages", "sitesettings", settings.pk])
    return Form(settings, url, "site_name", "telephone", "02 000 00 00")


def of_picture(home):
    image = get_image_model().objects.create(title="Vlak", file=ContentFile(picture(), "vlak.png"))
    return Form(image, reverse("wagtailimages:edit", args=[image.pk]), "alternative", "title", "Anders")


def of_document(home):
    document = get_document_model().objects.create(title="Verslag", file=ContentFile(PDF, "verslag.pdf"))
    return Form(document, reverse("wagtaildocs:edit", args=[document.pk]), "heading", "title", "Anders")


def of_pictures(home):
    one = of_picture(home)
    return Form(one.instance, reverse("wagtailimages:edit_multiple", args=[one.instance.pk]), *parts(one), "image")


def of_documents(home):
    one = of_document(home)
    return Form(one.instance, reverse("wagtaildocs:edit_multiple", args=[one.instance.pk]), *parts(one), "doc")


def parts(form):
    return form.text, form.fact, form.value


FORMS = {
    "page": of_page,
    "revert": of_older_page,
    "settings": of_settings,
    "organisation": lambda home: of_entry(Organisation, "name", "country", "FR", name_nl="Dienst", name_fr="Service"),
    "term": lambda home: of_entry(GlossaryTerm, "term", "for_staff_only", "on", term_nl="begrip", term_fr="notion"),
    "notice": lambda home: of_entry(
        Notice, "text", "ends_at", "2099-01-01 10:00", text_nl="Let op", text_fr="Attention", ends_at=NEW_YEAR
    ),
    "synonym": lambda home: of_entry(Synonym, "words", "page", str(home.pk), words_nl="werk", words_fr="emploi"),
    "picture": of_picture,
    "document": of_document,
    "pictures": of_pictures,
    "documents": of_documents,
}
