"""Where this app extends Wagtail: the addresses of its screens."""

from django.urls import path
from wagtail import hooks

from staff_notes import views


@hooks.register("register_admin_urls")
def register_note_urls():
    return [
        path("staff-notes/of/<slug:app>/<slug:model>/<int:pk>/", views.NotesView.as_view(), name="staff_notes"),
        path("staff-notes/note/<int:pk>/", views.NoteView.as_view(), name="staff_note"),
        path("staff-notes/note/<int:pk>/state/", views.change_state, name="staff_note_state"),
    ]
