from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from page_cache.recording import register_state
from schedule.rounds import round_begins


class InterfaceStringsConfig(AppConfig):
    name = "interface_strings"
    verbose_name = _("Interface strings")

    def ready(self):
        from interface_strings.following import follow_in_round, shown_strings
        from interface_strings.overlay import drop_broken_files

        drop_broken_files()
        round_begins.connect(follow_in_round, dispatch_uid="interface_strings")
        register_state("strings", lambda: shown_strings.version)
