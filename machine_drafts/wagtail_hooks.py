"""Where this app extends the admin: the bar above the texts of pages, the screen that it leads to, the home of publishers."""

from django.urls import path
from wagtail import hooks

from languages.language_bar import BAR_ITEMS
from languages.text_notes import HOOK as TEXT_NOTES
from machine_drafts import views
from machine_drafts.bar_item import drafts_item
from machine_drafts.home_panel import UsePanel
from machine_drafts.one_text import draft_notes
from machine_drafts.services import is_ready
from pages.forms import SENDS_TEXTS

hooks.register(BAR_ITEMS, drafts_item)
hooks.register(SENDS_TEXTS, is_ready)
hooks.register(TEXT_NOTES, draft_notes)


@hooks.register("register_admin_urls")
def register_urls_of_drafts():
    return [
        path("machine-drafts/<int:pk>/", views.draft_page, name="machine_drafts"),
        path("machine-drafts/<int:pk>/text/", views.draft_text, name="machine_draft_of_text"),
    ]


@hooks.register("construct_homepage_panels")
def show_what_was_sent(request, panels):
    panels.append(UsePanel())
