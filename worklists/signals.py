"""Requests are closed in the transaction that finishes their texts, and go back when whoever has them leaves."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import GroupPagePermission
from wagtail.signals import post_page_move

from languages.standing import languages_finished
from worklists.leaving import return_requests, return_requests_below, return_to_all
from worklists.models import TranslationRequest
from worklists.requesting import close_finished

User = get_user_model()
RIGHTS = {"is_active", "is_superuser", "languages"}


@receiver(languages_finished)
def close_what_is_done(sender, finished, **kwargs):
    close_finished(finished)


@receiver(post_save, sender=User)
def return_what_somebody_cannot_do(sender, instance, created, raw=False, update_fields=None, **kwargs):
    if not raw and not created and (update_fields is None or RIGHTS & set(update_fields)):
        return_requests([instance.pk])


@receiver(pre_delete, sender=User)
def return_what_somebody_had(sender, instance, **kwargs):
    return_to_all(TranslationRequest.objects.filter(taken_by=instance.pk))


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
@receiver(m2m_changed, sender=Group.permissions.through)
def return_what_is_beyond_rights(sender, action, **kwargs):
    if action in ("post_remove", "post_clear"):
        return_requests()


@receiver(post_delete, sender=Group)
@receiver(post_delete, sender=GroupPagePermission)
@receiver(post_save, sender=GroupPagePermission)
def return_what_is_beyond_pages(sender, raw=False, **kwargs):
    if not raw:
        return_requests()


@receiver(post_page_move)
def return_what_is_beyond_its_new_place(instance, parent_page_before, parent_page_after, **kwargs):
    if parent_page_before != parent_page_after:
        return_requests_below(instance)
