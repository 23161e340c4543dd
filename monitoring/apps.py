from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    name = "monitoring"
    verbose_name = _("Monitoring")

    def ready(self):
        from monitoring import checks  # noqa: F401  (registers the checks)
        from monitoring.outages import outage

        connection_created.connect(outage.end, dispatch_uid="monitoring")
