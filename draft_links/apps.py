from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DraftLinksConfig(AppConfig):
    name = "draft_links"
    verbose_name = _("Shared drafts")

    def ready(self):
        from draft_links import secrecy  # noqa: F401  (names what stands in no log)
