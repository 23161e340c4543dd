"""Where this app extends the admin: in the bar above texts, where the editor's script asks, a job, a right, the log's words."""

from django.contrib.auth.models import Permission
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from languages.language_bar import BAR_ITEMS
from schedule.jobs import JOBS, Daily, Job
from translation_memory import views
from translation_memory.bar_item import memory_item
from translation_memory.forgetting import FORGOTTEN, ForgottenFormatter

hooks.register(BAR_ITEMS, memory_item)


@hooks.register("register_admin_urls")
def register_memory_urls():
    return [
        path("memory/matches/<slug:app>/<slug:model>/<int:pk>/", views.text_matches, name="text_matches"),
        path("memory/forget/<slug:app>/<slug:model>/<int:pk>/", views.forget_text, name="forget_text"),
    ]


@hooks.register("register_permissions")
def permission_to_keep_the_memory():
    return Permission.objects.filter(content_type__app_label="translation_memory", codename="change_rememberedunit")


@hooks.register("register_log_actions")
def name_log_action(actions):
    actions.register_action(FORGOTTEN)(ForgottenFormatter)


@hooks.register(JOBS)
def forget_gone_every_day():
    return [Job("forget_translations", _("Forgetting translations of what no longer exists"), Daily(3, 35))]
