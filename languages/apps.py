from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LanguagesConfig(AppConfig):
    name = "languages"
    verbose_name = _("Languages")

    def ready(self):
        from languages import checks, comparison, form_checks, signals, text_checks  # noqa: F401  (checks and receivers)

        comparison.register_comparisons()
