"""Where this app extends the admin: its screens, the bar above texts, the table of everything, what happens by itself."""

from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from directory.entry_lists import TERM_BUTTONS
from exchange import memory_views, take_log, terms_view
from exchange.bar_item import packages_item
from exchange.bring_view import BringBackView
from exchange.brought_view import BroughtFileView
from exchange.import_view import ImportView
from exchange.out_notes import out_notes
from exchange.out_panel import panels_of_packages
from exchange.package_view import PackageView, download
from exchange.packages_report import PackagesReport
from exchange.send_view import SendView
from exchange.terms import may_exchange
from exchange.texts_back import with_texts_back
from exchange.texts_out import with_texts_out
from languages.language_bar import BAR_ITEMS
from languages.rights import languages_to_write
from languages.text_notes import HOOK as TEXT_NOTES
from newsroom.reports.sent_out import HOOK as TEXTS_OUT
from schedule.jobs import JOBS, Daily, Every, Job
from translation_memory.forgetting import KEEP
from worklists.home_panels import NothingWaitsPanel
from worklists.languages_table import CHOSEN_ACTIONS, ChosenAction

hooks.register(BAR_ITEMS, packages_item, order=1)
hooks.register(TEXT_NOTES, out_notes)
hooks.register(TEXTS_OUT, with_texts_out)
hooks.register(TEXTS_OUT, with_texts_back)
hooks.register("register_admin_urls", PackagesReport.urlpatterns)
hooks.register("register_reports_menu_item", PackagesReport.menu_item)


@hooks.register("register_admin_urls")
def register_urls_of_packages():
    return [
        path("packages/send/", SendView.as_view(), name="send_texts"),
        path("packages/bring-back/", BringBackView.as_view(), name="bring_back"),
        path("packages/files/<int:pk>/", BroughtFileView.as_view(), name="brought_file"),
        path("packages/imports/<int:pk>/", ImportView.as_view(), name="import"),
        path("packages/<int:pk>/", PackageView.as_view(), name="package"),
        path("packages/<int:pk>/<slug:kind>/", download, name="package_file"),
    ]


@hooks.register(CHOSEN_ACTIONS)
def send_what_is_chosen(user):
    return ChosenAction(_("Send texts out"), reverse("send_texts")) if languages_to_write(user) else None


@hooks.register("construct_homepage_panels", order=1)
def show_what_is_out(request, panels):
    if shown := panels_of_packages(request.user):
        panels[:] = [panel for panel in panels if not isinstance(panel, NothingWaitsPanel)] + shown


@hooks.register(JOBS)
def jobs_of_packages():
    return [
        Job("make_packages", gettext_lazy("Making large packages of texts for translators"), Every(minutes=1), is_long=True),
        Job("take_texts", gettext_lazy("Reading and taking over large files of translations"), Every(minutes=1), is_long=True),
        Job("forget_packages", gettext_lazy("Deleting old packages of texts for translators"), Daily(3, 30)),
    ]


@hooks.register("register_log_actions")
def name_log_actions(actions):
    actions.register_action(take_log.TAKEN)(take_log.TakenFormatter)
    actions.register_action(take_log.UNDONE)(take_log.UndoneFormatter)
    actions.register_action(take_log.TERMS)(take_log.TermsFormatter)
    actions.register_action(take_log.TERMS_UNDONE)(take_log.TermsUndoneFormatter)


class MemoryMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(KEEP)


@hooks.register("register_settings_menu_item")
def memory_menu_item():
    return MemoryMenuItem(gettext_lazy("Translation memory"), reverse("translation_memory"), icon_name="openquote", order=950)


@hooks.register("register_admin_urls")
def register_urls_of_the_memory():
    return [
        path("memory/", memory_views.MemoryView.as_view(), name="translation_memory"),
        path("memory/export/", memory_views.export_memory, name="export_memory"),
        path("memory/files/<int:pk>/forget/", memory_views.forget_memory_file, name="forget_memory_file"),
    ]


@hooks.register("register_admin_urls")
def register_urls_of_terms():
    return [
        path("terms/", terms_view.TermsView.as_view(), name="terms_file"),
        path("terms/export/", terms_view.export_terms, name="export_terms"),
    ]


@hooks.register(TERM_BUTTONS)
def terms_button(user):
    if may_exchange(user):
        return Button(_("Terms as TBX"), url=reverse("terms_file"), icon_name="download", priority=90)
