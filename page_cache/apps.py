from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_delete, post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class PageCacheConfig(AppConfig):
    name = "page_cache"
    verbose_name = _("Page cache")

    def ready(self):
        from page_cache.changes import watcher
        from page_cache.release import release
        from page_cache.triggers import watch_tables

        post_migrate.connect(watch_tables, sender=self)
        for changed in (post_save, post_delete):
            changed.connect(watcher.look_again, dispatch_uid="page_cache")
        if settings.KEEP_PAGES:
            release()
