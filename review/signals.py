"""What a review follows: the drafts of its page, and the people who can approve it; and the mails that it sends."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from pages.models import SitePage
from review import mails
from review.lapses import follow_draft, keep_order
from review.models import LanguageTask, LanguageTaskState
from review.passing_over import pass_over_unattended
from review.review_log import note_passing_over

User = get_user_model()
DECISIVE = {"is_active", "is_superuser", "languages"}  # columns of a person that decide what they can approve


@receiver(post_save)
def take_changed_texts_again(sender, instance, raw=False, update_fields=None, **kwargs):
    """Follow a draft that was saved: then Wagtail saves the page's `latest_revision`, of an instance with what was typed."""
    if not raw and issubclass(sender, SitePage) and "latest_revision" in (update_fields or ()):
        follow_draft(instance)


@receiver(post_save, sender=TaskState)
def keep_the_order_of_steps(instance, **kwargs):
    if instance.status == TaskState.STATUS_APPROVED:
        keep_order(instance)


@receiver(post_save, sender=User)
def notice_whoever_goes(raw=False, created=False, update_fields=None, **kwargs):
    if not raw and not created and (update_fields is None or DECISIVE.intersection(update_fields)):
        pass_over_unattended.enqueue()


@receiver(post_delete, sender=User)
@receiver(post_delete, sender=Group)
def notice_whoever_is_deleted(**kwargs):
    pass_over_unattended.enqueue()


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
@receiver(m2m_changed, sender=Group.permissions.through)
@receiver(m2m_changed, sender=LanguageTask.groups.through)
def notice_rights_that_were_taken(action, **kwargs):
    if action in ("post_remove", "post_clear"):
        pass_over_unattended.enqueue()


@receiver(post_save, sender=LanguageTaskState)
def tell_of_passing_over(instance, update_fields=None, **kwargs):
    """Say that a language was passed over, which is saved once as such: in the page's history, and to whoever submitted it."""
    if instance.reason == LanguageTaskState.Reason.NOBODY and update_fields is None:
        note_passing_over(instance)
        user = get_active_log_context().user
        mails.tell_of_passing_over.enqueue(instance.pk, user and user.pk)


# --- Mails. Wagtail connects its own later, under these names, and so not at all: each name is connected once.


@receiver(task_submitted, sender=LanguageTaskState)
@receiver(task_submitted, sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification")
def ask_for_approval(instance, user, **kwargs):
    mails.ask_for_approval.enqueue(instance.pk, user and user.pk)


@receiver(workflow_rejected, sender=WorkflowState, dispatch_uid="workflow_state_rejected_email_notification")
def tell_of_rejection(instance, user, **kwargs):
    mails.tell_of_rejection.enqueue(instance.pk, user and user.pk)


@receiver(workflow_approved, sender=WorkflowState, dispatch_uid="workflow_state_approved_email_notification")
def tell_of_approval(instance, user, **kwargs):
    mails.tell_of_approval.enqueue(instance.pk, user and user.pk)
