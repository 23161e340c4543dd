"""Where the admin's search looks: an area each for what stands in one list, of which everybody finds what they may change."""

from functools import cache

from django.contrib.auth import get_user_model
from django.db.models import Count, F, Q, TextField, Window
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Length
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.utils import get_user_display_name
from wagtail.documents.permissions import permission_policy as documents_policy
from wagtail.images.permissions import permission_policy as images_policy
from wagtail.permissions import ModelPermissionPolicy

from assets.models import SiteDocument, SiteImage
from directory.models import GlossaryTerm, Organisation, Person
from interface_strings.filters import listed_strings
from interface_strings.models import InterfaceString
from languages.codes import LANGUAGES, current_language
from languages.texts import text_for_reader
from newsroom.reports import standing_rows
from newsroom.reports.languages_report import page_type_keys
from staff_notes.permissions import form_url
from staff_search.matching import search
from staff_search.published_texts import pages_that_say

HOOK = "register_staff_search_area"  # functions that return an `Area`


class Area:
    """Objects of one model; `columns` are those that are searched, in all languages where they are translated.

    The first column is what an object is called.
    """

    model = None
    columns = ()
    neutral_columns = ()
    icon = "snippet"

    @property
    def name(self):
        """The area in addresses."""
        return self.model._meta.model_name

    @property
    def label(self):
        return capfirst(self.model._meta.verbose_name_plural)

    def rows(self, user):
        """Return a queryset of what somebody may change here, None for whoever has no right to any."""
        policy = ModelPermissionPolicy(self.model)
        return self.model.objects.all() if policy.user_has_permission(user, "change") else None

    def find(self, words, user):
        """Return the rows in which words stand, the best first, None for whoever has no right to any."""
        rows = self.rows(user)
        if rows is None:
            return None
        return search(rows, self.expressions(), words, self.otherwise(words)).order_by("rank", *self.order())

    def first(self, words, user, number):
        """Return the first rows of what is found, `number` at most, and how many there are of all; one query."""
        rows = self.find(words, user)
        rows = [] if rows is None else list(rows.annotate(total=Window(Count("*")))[:number])
        return rows, rows[0].total if rows else 0

    def expressions(self):
        return [*(f"{name}_{code}" for name in self.columns for code in LANGUAGES), *self.neutral_columns]

    def otherwise(self, words):
        """Return another condition for which a row is taken, None where there is none."""
        return None

    def order(self):
        return [f"{self.columns[0]}_{current_language()}" if self.columns else self.neutral_columns[0], "pk"]

    def texts(self, row):
        """Return `(language, text)` of all that was searched in a row; "" is the language of what has none."""
        translated = [(code, getattr(row, f"{name}_{code}")) for name in self.columns for code in LANGUAGES]
        return [pair for pair in [*translated, *(("", getattr(row, name)) for name in self.neutral_columns)] if pair[1]]

    def title(self, row):
        """Return the `ShownText` by which a row is known to whoever reads the admin."""
        first = {code: getattr(row, f"{self.columns[0]}_{code}") for code in LANGUAGES}
        return text_for_reader(first, current_language())

    def detail(self, row):
        """Return what else to say of a row, "" where there is nothing."""
        return ""

    def url(self, row, user):
        return form_url(user, self.model, row.pk)


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


class Announcements(StandingArea):
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


class NeutralArea(Area):
    """Objects whose name is the same in every language."""

    def title(self, row):
        return text_for_reader({current_language(): str(row)}, current_language())


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
    Announcements(),
    Strings(),
    Accounts(),
)


@cache
def all_areas():
    """Return all areas in the order of the page: ours, and those that apps above this one registered."""
    return (*OWN_AREAS, *(register() for register in hooks.get_hooks(HOOK)))
