"""Who may do what: the groups of staff, and the accounts of a first run."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.password_validation import validate_password
from django.utils.crypto import get_random_string
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.users.models import UserProfile

from newsroom.accounts.reach import group_powers
from pages.models import HomePage

ENTRIES = ("organisation", "person", "glossaryterm")
OF_THE_SEARCH = ("promotion", "synonym")  # what is recommended, and what readers call it
NOTICE = "notice"  # over the whole site
STRINGS = "change_interfacestring"  # of the interface
SETTINGS = "change_sitesettings"
MEMORY = "change_rememberedunit"  # to take out of the translation memory, and to fill it from files
# Whoever lacks it writes in the languages of their account only, and changes nothing else.
ALL_LANGUAGES = "write_all_languages"
# Wagtail asks for the permissions of its own models on collections, whatever the site's are.
FILES = (("wagtailimages", "image"), ("wagtaildocs", "document"))
# Existing groups got these, and the rights to promotions and synonyms, in migrations of audience and search.
REPORT_PERMISSIONS = ("view_feedback", "view_visit", "view_searchcount")
MESSAGES = ("view_message", "change_message")  # translators need not know who wrote them


@dataclass(frozen=True, slots=True)
class Role:
    """A group: what its members may do with pages, with pictures and documents, and with the rest (codenames)."""

    name: str
    pages: tuple
    files: tuple = ()
    others: tuple = ()


EDITORS = Role(
    "Editors",
    ("add_page", "change_page"),
    ("add", "change", "choose"),
    (
        *(f"{verb}_{entry}" for verb in ("add", "change", "view") for entry in (*ENTRIES, *OF_THE_SEARCH, NOTICE)),
        ALL_LANGUAGES,
        *REPORT_PERMISSIONS,
        *MESSAGES,
    ),
)
PUBLISHERS = Role(
    "Publishers",
    ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
    ("add", "change", "choose"),
    (
        "delete_siteimage",
        "delete_sitedocument",
        *(f"{verb}_{entry}" for verb in ("add", "change", "view", "delete") for entry in (*ENTRIES, *OF_THE_SEARCH, NOTICE)),
        "publish_notice",
        *(f"{verb}_redirect" for verb in ("add", "change", "view", "delete")),
        SETTINGS,
        ALL_LANGUAGES,
        *REPORT_PERMISSIONS,
        "delete_feedback",
        *MESSAGES,
        "delete_message",
        STRINGS,
        MEMORY,
    ),
)
# What is there, in the languages of one's account.
OF_TEXTS = {
    "pages": ("change_page",),
    "files": ("choose", "change"),
    "others": (
        *(f"{verb}_{entry}" for verb in ("change", "view") for entry in (*ENTRIES, NOTICE)),
        SETTINGS,
        *REPORT_PERMISSIONS,
        STRINGS,
    ),
}
TRANSLATORS = Role("Translators", **OF_TEXTS)
REVIEWERS = Role("Reviewers", **OF_TEXTS)
ROLES = (EDITORS, PUBLISHERS, TRANSLATORS, REVIEWERS)
OF_LANGUAGES = (TRANSLATORS.name, REVIEWERS.name)  # whose members have languages

READABLE_CHARACTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that looks like something else
# Account -> (role, None for an administrator; language of the admin, in which translators and reviewers write too).
ACCOUNTS = {
    "admin": (None, "nl"),
    "editor": (EDITORS, "nl"),
    "publisher": (PUBLISHERS, "fr"),
    "translator-nl": (TRANSLATORS, "nl"),
    "translator-fr": (TRANSLATORS, "fr"),
    "translator-en": (TRANSLATORS, "en"),
    "reviewer-nl": (REVIEWERS, "nl"),
    "reviewer-fr": (REVIEWERS, "fr"),
}


def make_groups():
    """Make the groups that are not there yet, or have no right at all; what an administrator changed on one stays as it is.

    Wagtail brings "Editors" and "Moderators" along, to which the first run gives the rights of ours. Moderators become our
    publishers, so that Wagtail's own workflow, which asks them for approval, works from the first day.
    """
    # The migration of their workflow makes the reviewers, without rights.
    is_first = not Group.objects.filter(name__in=[PUBLISHERS.name, TRANSLATORS.name]).exists()
    if is_first:
        Group.objects.filter(name="Moderators").update(name=PUBLISHERS.name)
    for role in ROLES:
        group, _is_new = Group.objects.get_or_create(name=role.name)
        if is_first or not group_powers(group):
            grant(group, role)


def grant(group, role):
    """Give a group exactly what its role may do."""
    access = Permission.objects.filter(codename="access_admin")
    other_permissions = Permission.objects.filter(codename__in=role.others).exclude(
        content_type__app_label__startswith="wagtailsites"
    )
    group.permissions.set([*access, *other_permissions])
    GroupPagePermission.objects.filter(group=group).delete()
    pages = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=role.pages)
    top = HomePage.objects.first() or Page.get_first_root_node()  # the home page, so that the explorer begins there
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page=top, permission=permission) for permission in pages
    )
    GroupCollectionPermission.objects.filter(group=group).delete()
    files = [
        permission
        for app, model in FILES
        for permission in Permission.objects.filter(
            content_type__app_label=app, codename__in=[f"{verb}_{model}" for verb in role.files]
        )
    ]
    collection = Collection.get_first_root_node()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=collection, permission=permission) for permission in files
    )


def make_accounts(password=""):
    """Make the staff accounts of a first run; return `{name: password}`, nothing where there are accounts already.

    Each has a password of its own, to be changed at the first login, unless one is given for all of them, which is for
    development and tests. Raises ValidationError when that one is too weak.
    """
    users = get_user_model()
    if users.objects.exists():
        return {}
    if password:
        validate_password(password)
    passwords = {name: password or get_random_string(16, READABLE_CHARACTERS) for name in ACCOUNTS}
    for name, (role, language) in ACCOUNTS.items():
        make = users.objects.create_user if role else users.objects.create_superuser
        user = make(name, f"{name}@example.org", passwords[name], must_change_password=not password)
        if role:
            user.groups.add(Group.objects.get(name=role.name))
            if role.name in OF_LANGUAGES:
                user.languages = [language]
                user.save(update_fields=["languages"])
        UserProfile.objects.create(user=user, preferred_language=language)
    return passwords
