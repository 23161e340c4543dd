from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class NewsroomConfig(AppConfig):
    default = True
    name = "newsroom"
    verbose_name = _("Newsroom")

    def ready(self):
        from newsroom import admin_language, attempts, sessions  # noqa: F401  (their signals)
        from newsroom.wagtails_words import translate_for_each_reader

        translate_for_each_reader()


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's app for people, with our screens."""

    user_viewset = "newsroom.people.PeopleViewSet"
    group_viewset = "newsroom.people.GroupsViewSet"
