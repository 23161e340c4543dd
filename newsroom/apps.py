from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class NewsroomConfig(AppConfig):
    default = True
    name = "newsroom"
    verbose_name = _("Newsroom")

    def ready(self):
        # Their signals, and what stands in no log.
        from newsroom.accounts import admin_language, emergency_door, login_limits, sessions  # noqa: F401  (their signals, and what stands in no log)
        from newsroom.wagtail_labels import translate_for_each_reader

        translate_for_each_reader()


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's app for people, with our screens."""

    user_viewset = "newsroom.accounts.people.PeopleViewSet"
    group_viewset = "newsroom.accounts.groups.GroupsViewSet"
