"""What the guide is about: its parts and chapters in order, for whom each is, and the screens that it explains."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from wagtail.permissions import page_permission_policy

from languages.rights import writes_all
from review.people import approves_languages

PAGE_FORM = r"pages/(\d+/edit|add/.*)/"
ENTRIES = r"snippets/directory/.*"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whose task something is: the words for them, and a function that knows them by their rights.

    It makes no query, but one for reviewers, who are known by the steps of workflows.
    """

    words: str
    includes: Callable


def may_publish(user):
    return page_permission_policy.user_has_permission(user, "publish")


def may_approve(user):
    return may_publish(user) or approves_languages(user)


def may_mend_strings(user):
    return user.has_perm("interface_strings.change_interfacestring")


def may_manage_people(user):
    return user.has_perm("newsroom.change_user")


EVERYBODY = Audience(_("everybody"), bool)
WRITERS = Audience(_("editors and publishers"), writes_all)
PUBLISHERS = Audience(_("publishers"), may_publish)
APPROVERS = Audience(_("reviewers and publishers"), may_approve)
STRING_MENDERS = Audience(_("translators, reviewers and publishers"), may_mend_strings)
ADMINISTRATORS = Audience(_("administrators"), may_manage_people)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One task: its name in addresses and files, whose it is, and patterns of the paths below `/admin/` that it explains."""

    slug: str
    audience: Audience
    screens: tuple = ()

    def explains(self, path):
        """Say whether the chapter explains the screen at a path below `/admin/`."""
        return any(re.fullmatch(screen, path) for screen in self.screens)


@dataclass(frozen=True, slots=True)
class Part:
    """Some chapters below a title."""

    title: str
    chapters: tuple


PARTS = (
    Part(
        _("First steps"),
        (
            Chapter("log-in", EVERYBODY, (r"account/", "password/")),
            Chapter("find-something", EVERYBODY, ("search/", r"pages/search/", r"pages/\d+/", "")),
        ),
    ),
    Part(
        _("Writing"),
        (
            Chapter("change-a-text", EVERYBODY, (PAGE_FORM,)),
            Chapter("add-a-block", WRITERS, (PAGE_FORM,)),
            Chapter("add-a-picture", WRITERS, ("images/.*", PAGE_FORM)),
            Chapter("add-a-document", WRITERS, ("documents/.*", PAGE_FORM)),
            Chapter("change-a-figure", WRITERS, (PAGE_FORM,)),
            Chapter("keep-the-directory", EVERYBODY, (ENTRIES, "snippets/", "terms/")),
            Chapter("look-at-the-page", EVERYBODY, (PAGE_FORM,)),
        ),
    ),
    Part(
        _("Languages"),
        (
            Chapter("translate-a-text", EVERYBODY, (PAGE_FORM, ENTRIES, "reports/languages/")),
            Chapter("finish-a-text", EVERYBODY, (PAGE_FORM, ENTRIES)),
            Chapter(
                "ask-for-a-translation",
                EVERYBODY,
                ("", r"(translation-requests|packages)/.*", r"reports/(languages|translation-requests|packages)/", PAGE_FORM),
            ),
            Chapter("mend-the-interface", STRING_MENDERS, ("strings/.*",)),
        ),
    ),
    Part(
        _("From draft to reader"),
        (
            Chapter("submit-for-review", EVERYBODY, (PAGE_FORM,)),
            Chapter("approve-or-send-back", APPROVERS, ("", PAGE_FORM, r"reports/workflow(_tasks)?/")),
            Chapter("publish", PUBLISHERS, (PAGE_FORM, r"pages/\d+/unpublish/")),
            Chapter("undo", EVERYBODY, (r"pages/\d+/(history|revisions/.*)/?", PAGE_FORM)),
            Chapter("share-a-draft", EVERYBODY, (r"shared-drafts/.*", "reports/shared-drafts/", PAGE_FORM)),
        ),
    ),
    Part(
        _("Around the pages"),
        (
            Chapter("put-up-a-notice", EVERYBODY, (r"snippets/notices/.*",)),
            Chapter("answer-a-message", WRITERS, (r"messages/.*",)),
            Chapter("improve-the-search", WRITERS, (r"snippets/search/.*", r"reports/searches/")),
            Chapter("redirect-an-address", PUBLISHERS, (r"redirects/.*",)),
        ),
    ),
    Part(
        _("Looking after the site"),
        (
            Chapter("manage-people", ADMINISTRATORS, (r"users/.*", r"groups/.*")),
            Chapter("order-the-review", ADMINISTRATORS, (r"workflows/.*",)),
            Chapter("before-going-live", PUBLISHERS, (r"reports/staff-notes/", r"settings/pages/sitesettings/\d+/")),
        ),
    ),
)
CHAPTERS = tuple(chapter for part in PARTS for chapter in part.chapters)


def chapter_of(slug):
    """Return the `Chapter` of a name, None where there is none."""
    return next((chapter for chapter in CHAPTERS if chapter.slug == slug), None)


def chapters_about(path):
    """Return the chapters that explain the screen at a path, such as "/admin/images/", in their order."""
    start = "/admin/"
    return [chapter for chapter in CHAPTERS if path.startswith(start) and chapter.explains(path.removeprefix(start))]
