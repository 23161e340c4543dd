from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from page_cache.recording import register_state


class InterfaceStringsConfig(AppConfig):
    name = "interface_strings"
    verbose_name = _("Interface strings")

    def ready(self):
        from interface_strings.following import follower
        from interface_strings.overlay import drop_broken_files

        drop_broken_files()
        register_state("strings", lambda: follower.version)
