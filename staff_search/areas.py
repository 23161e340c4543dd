"""Where the admin's search looks: the areas there are, and those that apps above this one register."""

from functools import cache

from django.contrib.auth import get_user_model
from django.db.models import F, Q, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.utils import get_user_display_name
from wagtail.documents.permissions import permission_policy as documents_policy
from wagtail.images.permissions import permission_policy as images_policy

from assets.models import SiteDocument, SiteImage
from directory.models import GlossaryTerm, Organisation, Person
from interface_strings.filters import listed_strings
from interface_strings.models import InterfaceString
from languages.codes import LANGUAGES, current_language
from languages.texts import text_for_reader
from newsroom.reports import standing_rows
from newsroom.reports.languages_report import page_type_keys
from staff_search.area import HOOK, Area, NeutralArea
from staff_search.published_texts import pages_that_say


class StandingArea(Area):
    """What has a row in the table of everything, by the names of its latest draft."""

    def rows(self, user):
        rows = standing_rows.visible_to(user)
        return rows.filter(content_type__in=page_type_keys())

    def expressions(self):
        return [KeyTextTransform(code, "names") for code in LANGUAGES]

    def order(self):
        return [F(f"order__{current_language()}"), "pk"]

    def texts(self, row):
        return [(code, row.names[code]) for code in LANGUAGES if row.names.get(code)]

    def title(self, row):
        return text_for_reader(row.names, current_language())

    def detail(self, row):
        return f"{standing_rows.kind_of(row)}, {standing_rows.status_of(row)}"

    def url(self, row, user):
        return standing_rows.edit_url(row, user)


class Pages(StandingArea):
    """Pages by what their drafts are called, and then by what readers find on them."""

    name, label, icon = "pages", _("Pages"), "doc-empty-inverse"

    def otherwise(self, words):
        return Q(content_type__in=page_type_keys(), object_id__in=pages_that_say(words))


class OtherTexts(StandingArea):
    """What else has texts in several languages: notices, synonyms and the settings of the site."""

    name, label, icon = "others", _("Notices, synonyms and settings"), "cogs"
    elsewhere = (GlossaryTerm, Organisation, Person)

    def detail(self, row):
        return standing_rows.kind_of(row)

    def rows(self, user):
        others = standing_rows.visible_to(user).exclude(content_type__in=page_type_keys())
        return others.exclude(content_type__model__in=[model._meta.model_name for model in self.elsewhere])


class Terms(Area):
    model = GlossaryTerm
    columns = ("term", "abbreviation", "synonyms", "inflections")
    icon = "openquote"


class Organisations(Area):
    model = Organisation
    columns = ("name", "abbreviation", "former_names")
    icon = "group"


class People(NeutralArea):
    model = Person
    neutral_columns = ("name",)
    icon = "user"


class Pictures(NeutralArea):
    model = SiteImage
    columns = ("alternative",)
    neutral_columns = ("title", "credit")
    icon = "image"

    def rows(self, user):
        return images_policy.instances_user_has_permission_for(user, "change")

    def order(self):
        return ["title", "pk"]

    def url(self, row, user):
        return reverse("wagtailimages:edit", args=[row.pk])


class Documents(NeutralArea):
    model = SiteDocument
    columns = ("heading",)
    neutral_columns = ("title",)
    icon = "doc-full-inverse"

    def rows(self, user):
        return documents_policy.instances_user_has_permission_for(user, "change")

    def order(self):
        return ["title", "pk"]

    def url(self, row, user):
        return reverse("wagtaildocs:edit", args=[row.pk])


class Strings(Area):
    """The strings of the interface, by what the code and each language say."""

    model = InterfaceString
    icon = "title"

    def rows(self, user):
        return listed_strings() if super().rows(user) is not None else None

    def expressions(self):
        return [*(Cast(KeyTextTransform(code, "shown"), TextField()) for code in LANGUAGES), "msgid", "plural"]

    def order(self):
        return [Length("msgid"), "pk"]  # a label before the sentences that name it

    def texts(self, row):
        shown = [(code, text) for code in LANGUAGES for text in row.shown.get(code, ())]
        return [*shown, *(("en", text) for text in row.sources)]

    def title(self, row):
        first = {code: next(iter(row.shown.get(code, ())), "") for code in LANGUAGES}
        return text_for_reader({"en": row.msgid} | {code: text for code, text in first.items() if text}, current_language())

    def url(self, row, user):
        return reverse("strings:edit", args=[row.pk])


class Accounts(NeutralArea):
    """Accounts of staff, for whoever manages people."""

    model = get_user_model()
    label = _("Accounts")
    neutral_columns = ("first_name", "last_name", "username", "email")
    icon = "key"

    def order(self):
        return ["username"]

    def title(self, row):
        return text_for_reader({current_language(): get_user_display_name(row)}, current_language())

    def url(self, row, user):
        return reverse("wagtailusers_users:edit", args=[row.pk])


OWN_AREAS = (
    Pages(),
    Terms(),
    Organisations(),
    People(),
    Pictures(),
    Documents(),
    OtherTexts(),
    Strings(),
    Accounts(),
)


@cache
def all_areas():
    """Return all areas in the order of the page: ours, and those that apps above this one registered."""
    return (*OWN_AREAS, *(register() for register in hooks.get_hooks(HOOK)))
