"""Where this app extends the admin: in the bar above texts, and at the address where the editor's script asks."""

from django.urls import path
from wagtail import hooks

from languages.language_bar import BAR_ITEMS
from translation_memory import views
from translation_memory.bar_item import memory_item

hooks.register(BAR_ITEMS, memory_item)


@hooks.register("register_admin_urls")
def register_memory_urls():
    return [path("memory/matches/<slug:app>/<slug:model>/<int:pk>/", views.text_matches, name="text_matches")]
