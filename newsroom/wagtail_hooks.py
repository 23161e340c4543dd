"""Where the newsroom extends Wagtail's admin."""

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from assets.models import SiteDocument, SiteImage
from languages.codes import LANGUAGES
from languages.parity import require_publishable
from languages.rights import writes_all
from newsroom import menus
from newsroom.accounts import account_page, people_in_bulk, sessions
from newsroom.editing import deletion
from newsroom.editing.copying import copy_page
from newsroom.editing.page_actions import PagesViewSet
from newsroom.explorer import ExplorerViewSet, fetch_status
from newsroom.home_panel import LanguagesPanel, NotesPanel
from newsroom.media import files
from newsroom.reports.dated_statement import StatementView
from newsroom.reports.notes_report import NotesReport
from pages import address_writer, addresses
from pages.models import SitePage
from pages.scheduling import error_messages
from schedule.jobs import JOBS, Daily, Job


@hooks.register("insert_global_admin_css")
def style_the_admin():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("insert_global_admin_js")
def send_forms_once():
    return format_html('<script src="{}" type="module"></script>', static("js/once.js"))


hooks.register("insert_global_admin_js", sessions.session_script)
for panel in (
    account_page.EmailPanel,
    account_page.PasswordPanel,
    account_page.SecondFactorPanel,
    account_page.SessionsPanel,
):
    hooks.register("register_account_settings_panel", panel)
hooks.register("register_admin_urls", NotesReport.urlpatterns)
hooks.register("register_reports_menu_item", NotesReport.menu_item)
for action in (people_in_bulk.AssignRole, people_in_bulk.DeletePeople, people_in_bulk.SetActiveState):
    hooks.register("register_bulk_action", action, order=1)  # in place of Wagtail's of the same name
hooks.register("construct_page_chooser_queryset", fetch_status)
hooks.register("construct_main_menu", menus.open_pages_at_the_home_page)
hooks.register("construct_settings_menu", menus.leave_out_settings_without_effect)
hooks.register("construct_reports_menu", menus.leave_out_reports_that_say_nothing)
hooks.register("construct_help_menu", menus.leave_out_help_with_wagtail)


@hooks.register("register_admin_urls")
def statement_urlpatterns():
    return [path("reports/languages/statement/", StatementView.as_view(), name="languages_statement")]


@hooks.register(JOBS)
def forget_logins_every_day():
    return [Job("forget_logins", gettext_lazy("Deleting sessions that have ended, and wrong passwords"), Daily(3, 20))]


@hooks.register("construct_homepage_panels")
def sum_up_what_there_is_to_do(request, panels):
    panels += [LanguagesPanel(), NotesPanel()]


@hooks.register("register_admin_viewset")
def show_languages_in_the_explorer():
    return ExplorerViewSet("site_pages")


@hooks.register("construct_admin_api")
def keep_actions_from_whoever_only_writes_texts(router):
    router.register_endpoint("pages", PagesViewSet)


@hooks.register("before_copy_page")
def copy_in_all_languages(request, page):
    return copy_page(request, page) if isinstance(page.specific, SitePage) else None


@hooks.register("before_move_page")
def refuse_a_move_to_a_taken_address(request, page, destination):
    reason = reason_against_move(page.specific, destination)
    if reason:
        messages.error(request, reason)
        return redirect("wagtailadmin_pages:move", page.pk)


@hooks.register("before_convert_alias_page")
def keep_aliases_from_whoever_only_writes_texts(request, page):
    if not writes_all(request.user):
        raise PermissionDenied


@hooks.register("before_delete_page")
def warn_before_deletion(request, page):
    """Say what goes along, above Wagtail's page of confirmation, which has no place of its own for it."""
    if request.method == "POST":
        address_writer.lock()  # Wagtail deletes a plain page, by another way than `SitePage.delete`
        return deletion.delete_later(request, page)
    else:
        for line in deletion.deletion_warnings(request.user, [page]):
            messages.warning(request, line)


@hooks.register("before_delete_snippet")
def keep_entries_in_use(request, instances):
    """Leave out entries that are used, singly and in bulk: Wagtail deletes what is left in the list."""
    return deletion.leave_out_used(request, instances)


@hooks.register("register_permissions")
def let_groups_delete_files():
    return Permission.objects.filter(content_type__app_label="assets", codename__in=["delete_siteimage", "delete_sitedocument"])


@hooks.register("register_log_actions")
def name_the_loss_of_a_factor(actions):
    actions.register_action(
        "newsroom.reset_factor", gettext_lazy("Take away the second step"), gettext_lazy("Second step taken away")
    )


@hooks.register("register_permissions")
def let_groups_write_in_all_languages():
    return Permission.objects.filter(content_type__app_label="newsroom", codename="write_all_languages")


@hooks.register("before_bulk_action")
def keep_bulk_actions_within_the_rules(request, action_type, objects, action):
    """Leave out of a bulk publication what is incomplete or behind; refuse a bulk move to a taken address. Each says why."""
    if request.method != "POST" or not objects:
        return None
    if isinstance(objects[0], (SiteImage, SiteDocument)):
        if not writes_all(request.user):
            raise PermissionDenied  # tags and collections have no language
        if action_type == "delete":
            files.leave_out_files_of_others(request, objects)
            return deletion.leave_out_used(request, objects)
    if not isinstance(objects[0], Page):
        return None
    address_writer.lock()
    if action_type == "publish":
        return leave_out_unready(request, objects, action)
    if action_type == "delete":
        return deletion.leave_out_large(request, objects, action)
    if action_type == "move" and action.cleaned_form.cleaned_data.get("chooser"):
        destination = action.cleaned_form.cleaned_data["chooser"]
        pages = [page.specific for page in objects]
        reasons_against = [
            reason
            for page in pages
            if (reason := reason_against_move(page, destination) or reason_against_common_parent(page, pages))
        ]
        if reasons_against:
            messages.error(request, " ".join(reasons_against))
            return redirect("wagtailadmin_explore", objects[0].get_parent().pk)
    return None


def leave_out_unready(request, objects, action):
    """Take out of the list of pages to publish those that lack a text or are behind without a reason; say which and why."""
    options = action.cleaned_form.cleaned_data
    below = [child for page in objects for child in page.get_descendants().not_live()] if options["include_descendants"] else []
    pages = {page.pk: page for page in [*objects, *filter(action.check_perm, below)]}
    reasons_by_page = {key: sentences for key, page in pages.items() if (sentences := reasons_against_publishing(page))}
    if not reasons_by_page:
        return None
    lines = format_html_join(
        "",
        '<li><a href="{}">{}</a>: {}</li>',
        (
            (reverse("wagtailadmin_pages:edit", args=[key]), pages[key].specific.get_admin_display_title(), " ".join(sentences))
            for key, sentences in reasons_by_page.items()
        ),
    )
    messages.error(request, format_html("{}<ul>{}</ul>", _("Not published, because Dutch and French are not in step:"), lines))
    # Those below that are ready are published one by one: Wagtail itself knows only all of them or none.
    objects[:] = [page for key, page in pages.items() if key not in reasons_by_page]
    options["include_descendants"] = False
    return None if objects else redirect(action.next_url)


def reasons_against_publishing(page):
    """Return the sentences that say what keeps the latest draft of a page from being published."""
    latest = page.specific.get_latest_revision_as_object()
    try:
        if isinstance(latest, SitePage):
            require_publishable(latest)
    except ValidationError as error:
        return list(dict.fromkeys(error_messages(error)))
    return []


def reason_against_move(page, destination):
    """Return why `page` cannot stand below `destination`, "" when it can."""
    if not isinstance(page, SitePage):
        return ""
    taken = address_writer.clashing_languages(page, destination)
    if taken:
        return f"{page.get_admin_display_title()}: {address_writer.taken_message(taken[0])}"
    if any(addresses.is_reserved(getattr(page, f"url_slug_{code}"), destination) for code in LANGUAGES):
        return f"{page.get_admin_display_title()}: " + _("This address belongs to the site itself; choose another.")
    return ""


def reason_against_common_parent(page, pages):
    """Return why `page` cannot stand beside the others of `pages`, "" when it can: they come from different places."""
    for code in LANGUAGES:
        slug = getattr(page, f"url_slug_{code}", "")
        if slug and any(other.pk != page.pk and getattr(other, f"url_slug_{code}", "") == slug for other in pages):
            return f"{page.get_admin_display_title()}: {address_writer.taken_message(code)}"
    return ""
