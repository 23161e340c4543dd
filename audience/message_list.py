"""What readers wrote to us, for staff: a list, and a screen on which a message is assigned and marked as answered.

Nothing of it is exported: who wrote is seen only by those who may read messages.
"""

from django import forms
from django.contrib.auth import get_user_model
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic

from audience.models import Message
from audience.report_filters import MessageFilterSet
from languages.concurrent_edits.stale_forms import OpenedField, StaleSafeForm
from languages.rights import PERMISSION_BACKEND
from reporting.viewsets import ListViewSet

TEXT_LENGTH = 200  # characters of a message in the list


def people_who_answer():
    """Return the accounts in use that may answer messages."""
    people = get_user_model().objects.with_perm("audience.change_message", backend=PERMISSION_BACKEND)
    return people.order_by("first_name", "last_name", "username")


class MessageAnswerForm(StaleSafeForm):
    """Who answers a message, whether it was answered, and a remark."""

    is_answered = forms.BooleanField(
        label=_("Answered"), required=False, help_text=_("The answer itself goes out by e-mail, from the mailbox for messages.")
    )

    was_answered = OpenedField(required=False)  # when the form was opened

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assigned_to"].queryset = people_who_answer()
        self.initial["is_answered"] = bool(self.instance.answered_at)
        self.initial["was_answered"] = "1" if self.instance.answered_at else ""

    def save(self, commit=True):
        """Note when a message was marked as answered, unless nobody did so in this form."""
        is_answered, answered_at = self.cleaned_data["is_answered"], self.latest.answered_at
        if is_answered != bool(self.cleaned_data["was_answered"]):
            answered_at = (answered_at or timezone.now()) if is_answered else None
        self.instance.answered_at = answered_at
        return super().save(commit)


class MessageIndex(generic.IndexView):
    """The list, newest first; without the buttons of exports, and without an export for anyone who types its address.

    It names no columns for one, and `newsroom.middleware.ExportMiddleware` answers 404 then.
    """

    def get_base_queryset(self):
        return Message.objects.select_related("assigned_to")


class MessageViewSet(ListViewSet):
    """List, read, assign, mark as answered, delete; nobody writes messages by hand or changes what readers wrote."""

    model = Message
    icon = "mail"
    menu_label = pgettext_lazy("from readers", "Messages")
    menu_name = "messages"
    menu_order = 240
    index_view_class = MessageIndex
    filterset_class = MessageFilterSet
    search_fields = ["reference", "text", "email", "place", "remark"]
    ordering = "-moment"
    list_display = [
        TitleColumn(
            "reference",
            label=pgettext_lazy("column", "Reference"),
            get_url=lambda message: reverse("messages:edit", args=[message.pk]),
        ),
        Column("get_kind_display", label=pgettext_lazy("column", "Kind"), sort_key="kind"),
        Column(
            "text",
            label=pgettext_lazy("column", "Message"),
            accessor=lambda message: Truncator(message.text).chars(TEXT_LENGTH),
        ),
        Column("language", label=pgettext_lazy("column", "Language"), sort_key="language"),
        DateColumn("moment", label=pgettext_lazy("column", "Date and time"), sort_key="moment"),
        Column("state", label=pgettext_lazy("column", "State")),
        Column("assigned_to", label=pgettext_lazy("column", "Assigned to"), sort_key="assigned_to"),
    ]
    edit_handler = ObjectList(
        [
            HelpPanel(template="audience/message.html", heading=pgettext_lazy("column", "Message")),
            FieldPanel("assigned_to"),
            FieldPanel("is_answered"),
            FieldPanel("remark"),
        ],
        base_form_class=MessageAnswerForm,
    )

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("edit/<int:pk>/", self.edit_view, name="edit"),
            path("delete/<int:pk>/", self.delete_view, name="delete"),
        ]
