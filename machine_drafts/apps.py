from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MachineDraftsConfig(AppConfig):
    name = "machine_drafts"
    verbose_name = _("Drafts by machine")
