from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "review"
    verbose_name = _("Review per language")

    def ready(self):
        from review import signals  # noqa: F401  (its receivers)
