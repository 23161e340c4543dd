"""Where this app extends Wagtail: what the editor's scripts ask for, the way from text to text, and the list of keys."""

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks

from languages import rights, views, way_on

hooks.register("after_edit_snippet", rights.say_what_was_refused)
hooks.register("after_edit_setting", rights.say_what_was_refused)
for name in ("after_edit_page", "after_edit_snippet", "after_edit_setting"):
    hooks.register(name, way_on.go_on, order=100)  # what others have to say of a save comes first


@hooks.register("register_admin_urls")
def register_editor_urls():
    return [
        path("languages/columns/", views.save_columns, name="save_columns"),
        path("languages/states/<slug:app>/<slug:model>/<int:pk>/", views.text_states, name="text_states"),
        path("languages/next/<slug:app>/<slug:model>/<int:pk>/", views.next_to_edit, name="next_to_edit"),
    ]


@hooks.register("insert_global_admin_css")
def style_the_list_of_keys():
    return format_html('<link rel="stylesheet" href="{}">', static("css/shortcuts.css"))
