"""Every address of the site: the objects that it takes, and what happened there."""

import re
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Site, Task, Workflow

from audience.models import Feedback, Message
from directory.models import GlossaryTerm, Organisation, Person
from draft_links.models import DraftComment, DraftLink
from exchange.making import ALL
from exchange.models import Import
from interface_strings.models import InterfaceString
from languages.standing import Standing
from notices.models import Notice
from pages.models import SiteSettings
from search.models import Promotion, Synonym
from staff_notes.models import StaffNote
from tests.building import make_standard, make_user
from tests.drafts import share
from tests.packages import make_package
from translation_memory.models import MemoryFile
from worklists.models import TranslationRequest

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
BULK = "admin/bulk/<str:app_label>/<str:model_name>/<str:action>/"


def routes(patterns=None, prefix=""):
    """Yield every route as it is written in the URL configurations, each bulk action as one of its own."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            yield from routes(pattern.url_patterns, route)
        elif route == BULK:
            yield from bulk_routes()
        else:
            yield route


def bulk_routes():
    bulk_action_registry._scan_for_bulk_actions()
    for app, models in bulk_action_registry.actions.items():
        for model, actions in models.items():
            yield from (f"admin/bulk/{app}/{model}/{action}/" for action in actions)


@dataclass(frozen=True, slots=True)
class Things:
    """An object of each kind that addresses name."""

    home: object
    page: object
    keys: dict  # what a route begins with -> primary key


def make_things(home):
    page = make_standard(home)
    image = get_image_model().objects.create(title="Picture", file=get_test_image_file())
    document = get_document_model().objects.create(title="Document", file=ContentFile(b"text", "document.txt"))
    organisation = Organisation.objects.create(name_nl="Naam", name_fr="Nom")
    keys = {
        "admin/users/": make_user("Editors").pk,
        "admin/groups/": Group.objects.create(name="Group").pk,
        "admin/sites/": Site.objects.get().pk,
        "admin/collections/": Collection.get_first_root_node().add_child(name="Collection").pk,
        "admin/workflows/tasks/": Task.objects.first().pk,
        "admin/workflows/": Workflow.objects.first().pk,
        "admin/redirects/": Redirect.objects.create(old_path="/nl/old", redirect_link="/nl/").pk,
        "admin/feedback/": Feedback.objects.create(page=page, language="nl", was_useful=True).pk,
        "admin/messages/": Message.objects.create(
            reference="CDFH-3479", sending="a", kind="question", language="nl", text="?"
        ).pk,
        "admin/settings/": SiteSettings.load().pk,
        "admin/images/": image.pk,
        "admin/documents/": document.pk,
        "admin/api/main/^documents/": document.pk,
        "admin/api/main/^images/": image.pk,
        "admin/snippets/directory/person/": Person.objects.create(name="Somebody").pk,
        "admin/snippets/choose/directory/person/": Person.objects.get().pk,
        "admin/snippets/directory/glossaryterm/": GlossaryTerm.objects.create(term_nl="a", term_fr="a").pk,
        "admin/snippets/choose/directory/glossaryterm/": GlossaryTerm.objects.get().pk,
        "admin/snippets/notices/notice/": Notice.objects.create(text_nl="a", ends_at=timezone.now()).pk,
        "admin/snippets/choose/notices/notice/": Notice.objects.get().pk,
        "admin/snippets/search/promotion/": Promotion.objects.create(page_id=page.pk, queries="werk", language="nl").pk,
        "admin/snippets/choose/search/promotion/": Promotion.objects.get().pk,
        "admin/snippets/search/synonym/": Synonym.objects.create(words_nl="werkloos").pk,
        "admin/snippets/choose/search/synonym/": Synonym.objects.get().pk,
        "admin/snippets/": organisation.pk,
        "admin/bulk/wagtailcore/": page.pk,
        "admin/bulk/assets/siteimage/": image.pk,
        "admin/bulk/assets/sitedocument/": document.pk,
        "admin/bulk/directory/organisation/": organisation.pk,
        "admin/staff-notes/note/": make_note(page).pk,
        "admin/memory/files/": MemoryFile.objects.create(name="a.tmx").pk,
        "admin/strings/": InterfaceString.objects.create(
            key="a", domain="django", msgid="A string of tests", shown={code: ["Tekst"] for code in ("nl", "fr", "en")}
        ).pk,
        "admin/translation-requests/": make_request(home).pk,
        "admin/packages/imports/": make_import(page).pk,
        "admin/packages/": make_package(make_user("Editors"), page, texts=ALL).pk,
        "admin/shared-drafts/of/<int:page_id>/comments/": make_draft_comment(page).pk,
        "admin/shared-drafts/": DraftLink.objects.get().pk,
        "admin/": page.pk,
    }
    return Things(home, page, keys)


def make_import(page):
    """Bring a file back in Dutch, which translators of the matrix write."""
    package = make_package(make_user("Editors"), page, source="fr", target="nl", texts=ALL)
    return Import.objects.create(package=package, name="terug.xlf")


def make_note(page):
    note = StaffNote.on(page, text_nl="Twijfel")
    note.save()
    return note


def make_request(home):
    """Ask for the Dutch of a page of its own, which translators of the matrix write too."""
    page = make_standard(home, "asked", languages=("fr", "en"), live=False)
    row = Standing.objects.get(object_id=page.pk, content_type=page.content_type_id)
    return TranslationRequest.objects.create(standing=row, language="nl")


def make_draft_comment(page):
    return DraftComment.objects.create(link=share(page), sending="a", name="An", text="?", language="nl")


NAMES = {
    "action": "delete",
    "action_name": "approve",
    "content_type_app_name": "pages",
    "content_type_model_name": "standardpage",
    "filter_spec": "width-100",
    "kind": "xliff2",
    "language": "nl",
    "slug": "nl",
    "name": "document.txt",
    "uidb64": "a",
    "token": "a",
    "path": "a",
    "address": "standard-nl",
}
KINDS = {
    "admin/snippets/": ("directory", "organisation"),
    "admin/settings/": ("pages", "sitesettings"),
    "admin/workflows/": ("wagtailcore", "groupapprovaltask"),
    "admin/tag-": ("taggit", "tag"),
    "admin/": ("pages", "standardpage"),
}
OF_PAGE = {"page_id", "parent_page_id", "page_to_move_id", "page_pk", "object_id"}
OF_ROUTE = {"pk", "image_id", "document_id", "doc_id", "redirect_id", "collection_id", "task_id", "workflow_pk"}


def address(route, things):
    """Return an address of a route, with the things it names."""
    filled = PARAMETER.sub(lambda match: str(value(match[1], route, things)), route)
    filled = re.sub(r"\((?:\?P<\w+>)?\[0-9a-f\]\{12\}\)", things.page.slug, filled)
    filled = re.sub(r"\((live|[^()]*)\|[^()]*\)", lambda match: match[1].replace(r"\d+", "1"), filled)
    filled = re.sub(r"\(\?P?<?\w*>?", "", filled).replace(r"(\d+)", str(things.page.pk)).replace("(.*)", "a")
    return "/" + re.sub(r"\\Z|[\^$?)(\\]|\.\*", "", filled)


def value(name, route, things):
    if name in OF_PAGE:
        return things.page.pk
    if name in OF_ROUTE:
        return next(key for start, key in things.keys.items() if route.startswith(start))
    if name in ("app_label", "app_name", "app", "model_name", "model"):
        kind = next(kind for start, kind in KINDS.items() if route.startswith(start))
        return kind[name.startswith("model")]
    if name == "slug" and route.startswith("admin/guide/"):
        return "publish"
    if name == "revision_id":
        return things.page.latest_revision_id
    return things.home.pk if name == "destination_id" else NAMES.get(name, 1)


def path_of(route, things):
    path = address(route, things)
    start = next((start for start in things.keys if route.startswith(start)), "")
    return f"{path}?id={things.keys[start]}" if route.startswith("admin/bulk/") else path
