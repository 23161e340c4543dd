"""Where this app extends Wagtail: what the editor's scripts ask for."""

from django.urls import path
from wagtail import hooks

from languages import views


@hooks.register("register_admin_urls")
def register_editor_urls():
    return [
        path("languages/columns/", views.save_columns, name="save_columns"),
        path("languages/states/<slug:app>/<slug:model>/<int:pk>/", views.text_states, name="text_states"),
    ]
