from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "review"
    verbose_name = _("Review per language")

    def ready(self):
        from wagtail.models import GroupApprovalTask

        from review import signals  # noqa: F401  (its receivers)
        from review.publication_lock import PublicationLock

        GroupApprovalTask.lock_class = PublicationLock  # as Wagtail lets each kind of step have its own
