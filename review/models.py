"""The step of a workflow that belongs to a language, and what became of it on a page."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.models import AbstractGroupApprovalTask, Page, Task, TaskState

from languages.codes import language_name
from languages.rights import is_staff, languages_to_write, people_who_write
from languages.units import units
from newsroom.accounts.role_names import RoleCheckboxes
from pages import address_writer
from review.locks import LanguageLock
from review.refusals import NOT_THEIRS_TO_PUBLISH, NotApproved, require_approvable
from review.texts_said import said_in


class LanguageTaskState(TaskState):
    """A step for a language on one page: who approved what, or why nobody had to.

    `said` stands for the texts that were approved, sent back or skipped (`texts_said.said_in`). Once they say something else
    the step `has_lapsed`: its status is "cancelled", and it is taken again. It holds again as soon as they say the same again.
    """

    class Reason(models.TextChoices):
        """Why a step was skipped."""

        UNCHANGED = "unchanged", _("Nothing changed in this language.")
        AGREED = "agreed", _("The texts say what was approved before.")
        NOBODY = "nobody", _("Passed over: nobody can approve this language.")

    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    said = models.CharField(max_length=32, blank=True)
    has_lapsed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("review of a language")
        verbose_name_plural = _("reviews of languages")
        default_permissions = ()

    @property
    def was_approved(self):
        """Say whether a person approved the texts, also where they changed since."""
        return self.status == self.STATUS_APPROVED or (self.has_lapsed and not self.reason)

    def approve(self, user=None, update=True, comment=""):
        self.note_texts()
        return super().approve(user=user, update=update, comment=comment)

    def reject(self, user=None, update=True, comment=""):
        self.note_texts()
        return super().reject(user=user, update=update, comment=comment)

    def note_texts(self):
        """Note about which texts something is decided."""
        self.said = said_in(units(draft_in_review(self.workflow_state)), self.task.specific.language)

    def get_comment(self):
        """Return what Wagtail's histories show beside the step, in the active language."""
        parts = [self.comment, self.get_reason_display()]
        if self.has_lapsed:
            parts.append(gettext("The texts changed afterwards, so that they are looked at again."))
        return " ".join(str(part) for part in parts if part)


class LanguageTask(AbstractGroupApprovalTask):
    """A step in which the texts of one language are approved, by members of its groups who write in that language.

    It is skipped where the language has not changed, and passed over where nobody can approve it: nothing waits for ever.
    """

    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)

    task_state_class = LanguageTaskState
    lock_class = LanguageLock
    admin_form_fields = [*Task.admin_form_fields, "language", "groups"]
    admin_form_readonly_on_edit_fields = [*Task.admin_form_readonly_on_edit_fields, "language"]
    admin_form_widgets = {"groups": RoleCheckboxes}

    class Meta:
        verbose_name = _("approval of a language")
        verbose_name_plural = _("approvals of languages")
        default_permissions = ()  # Wagtail asks for those of its own model

    @classmethod
    def get_description(cls):
        return gettext(
            "Members of the chosen groups who write in the language approve its texts. The step is skipped where none of them "
            "changed, and passed over where nobody can approve them."
        )

    def people(self):
        """Return the people for whom the step waits. Administrators may approve too, but nothing waits for them."""
        return people_who_write(self.language).filter(groups__in=self.groups.all()).distinct()

    def may_approve(self, user):
        return is_staff(user) and self.language in languages_to_write(user) and super().user_can_access_editor(None, user)

    # --- What Wagtail asks

    def start(self, workflow_state, user=None):
        """Begin the step on a page, or end it at once as "skipped", with the reason."""
        draft = draft_in_review(workflow_state)
        said = said_in(units(draft), self.language)
        reason = "" if self.has_last_word(workflow_state) else self.reason_to_skip(workflow_state, said)
        if not reason:
            return super().start(workflow_state, user=user)
        return LanguageTaskState.objects.create(
            workflow_state=workflow_state,
            task=self,
            revision=draft.latest_revision,
            status=TaskState.STATUS_SKIPPED,
            finished_at=timezone.now(),
            reason=reason,
            said=said,
        )

    def has_last_word(self, workflow_state):
        """Say whether nothing would be approved by anybody if this step was skipped, and yet be published."""
        is_any_approved = workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED).exists()
        others = Task.objects.filter(workflow_tasks__workflow=workflow_state.workflow_id, active=True).exclude(pk=self.pk)
        return not is_any_approved and not others.exclude(task_states__in=workflow_state.successful_task_states).exists()

    def reason_to_skip(self, workflow_state, said):
        """Return the `LanguageTaskState.Reason` to skip the step of a draft whose texts are `said`, "" where there is none."""
        public = workflow_state.content_object.specific
        if said == (said_in(units(public), self.language) if public.live else ""):
            return LanguageTaskState.Reason.UNCHANGED
        decisions = LanguageTaskState.objects.filter(workflow_state=workflow_state, task=self, said=said, reason="")
        newest = decisions.order_by("-pk").first()
        if newest and newest.was_approved:
            return LanguageTaskState.Reason.AGREED
        return "" if self.people().exists() else LanguageTaskState.Reason.NOBODY

    @transaction.atomic
    def on_action(self, task_state, user, action_name, **kwargs):
        """Decide, once: whoever comes second, and whoever may not, gets PermissionDenied.

        Raises `refusals.NotApproved` where what would be approved could not be published.
        """
        address_writer.lock()  # before any row, as the last approval publishes
        Page.objects.select_for_update(no_key=True).get(pk=task_state.workflow_state.object_id)  # nobody saves meanwhile
        state = TaskState.objects.select_for_update().get(pk=task_state.pk).specific
        if state.status != TaskState.STATUS_IN_PROGRESS or not self.may_approve(user):
            raise PermissionDenied
        if action_name == "approve":
            require_approvable(draft_in_review(state.workflow_state))
        try:
            return super().on_action(state, user, action_name, **kwargs)
        except PublishPagePermissionError as error:  # a workflow that ends with a language
            raise NotApproved(NOT_THEIRS_TO_PUBLISH) from error

    def user_can_access_editor(self, obj, user):
        return self.may_approve(user)

    def locked_for_user(self, obj, user):
        """Lock a page for all but whoever may approve it, or publish it without."""
        return not (self.may_approve(user) or obj.permissions_for_user(user).can_publish())

    def user_can_lock(self, obj, user):
        return self.may_approve(user)

    def get_actions(self, obj, user):
        """Return Wagtail's actions, those that approve with the language that is approved."""
        if not self.may_approve(user):
            return []
        language = language_name(self.language)
        return [
            (name, gettext("%(action)s (%(language)s)") % {"action": label, "language": language}, has_form)
            if name == "approve"
            else (name, label, has_form)
            for name, label, has_form in super().get_actions(obj, user)
        ]

    def get_task_states_user_can_moderate(self, user, **kwargs):
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        return states if self.may_approve(user) else states.none()


def draft_in_review(workflow_state):
    """Return the page of a workflow as its latest revision has it."""
    return workflow_state.content_object.get_latest_revision_as_object()
