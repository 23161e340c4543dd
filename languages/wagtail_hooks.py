"""Where this app extends Wagtail: what the editor's scripts ask for."""

from django.urls import path
from wagtail import hooks

from languages import rights, views

hooks.register("after_edit_snippet", rights.say_what_was_refused)
hooks.register("after_edit_setting", rights.say_what_was_refused)


@hooks.register("register_admin_urls")
def register_editor_urls():
    return [
        path("languages/columns/", views.save_columns, name="save_columns"),
        path("languages/states/<slug:app>/<slug:model>/<int:pk>/", views.text_states, name="text_states"),
    ]
