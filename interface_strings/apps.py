from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InterfaceStringsConfig(AppConfig):
    name = "interface_strings"
    verbose_name = _("Interface strings")

    def ready(self):
        from interface_strings.overlay import drop_broken_files

        drop_broken_files()
