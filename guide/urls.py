"""Addresses of the guide, below `/admin/guide/`."""

from django.urls import path

from guide import views

app_name = "guide"
urlpatterns = [
    path("", views.ContentsView.as_view(), name="contents"),
    path("whole/", views.WholeView.as_view(), name="whole"),
    path("<slug:slug>/", views.ChapterView.as_view(), name="chapter"),
]
