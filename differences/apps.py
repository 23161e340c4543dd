from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DifferencesConfig(AppConfig):
    name = "differences"
    verbose_name = _("Differences between languages")

    def ready(self):
        from differences import signals  # noqa: F401  (a receiver)
