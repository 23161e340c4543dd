from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffNotesConfig(AppConfig):
    name = "staff_notes"
    verbose_name = _("Notes for staff")

    def ready(self):
        from staff_notes import signals  # noqa: F401  (connects the receiver)
