"""Where notices extend Wagtail's admin."""

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import StatusTagColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from notices.models import MAX_SHOWN, Notice
from reporting.columns import MomentColumn
from reporting.filters import ReportFilterSet, choice_filter


class NoticeFilterSet(ReportFilterSet):
    """Notices by what has become of them."""

    state = choice_filter(label=gettext_lazy("State"), choices=Notice.State.choices, method="filter_state")

    class Meta:
        model = Notice
        fields = ["state"]

    def filter_state(self, queryset, name, choice):
        now = timezone.now()
        conditions = {
            Notice.State.DRAFT: Q(is_on=False),
            Notice.State.PLANNED: Q(is_on=True, begins_at__gt=now, ends_at__gt=now),
            Notice.State.SHOWN: Q(is_on=True, begins_at__lte=now, ends_at__gt=now, newer__lt=MAX_SHOWN),
            Notice.State.WAITING: Q(is_on=True, begins_at__lte=now, ends_at__gt=now, newer__gte=MAX_SHOWN),
            Notice.State.OVER: Q(is_on=True, ends_at__lte=now),
        }
        return queryset.with_newer(now).filter(conditions[choice])


class NoticeViewSet(SnippetViewSet):
    """The notices, with what has become of each."""

    model = Notice
    icon = "warning"
    filterset_class = NoticeFilterSet
    list_display = [
        "__str__",
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            accessor=lambda notice: notice.state.label,
            primary=lambda notice: notice.state == Notice.State.SHOWN,
        ),
        MomentColumn("begins_at", label=gettext_lazy("Beginning"), sort_key="begins_at"),
        MomentColumn("ends_at", label=gettext_lazy("End"), sort_key="ends_at"),
    ]

    def get_queryset(self, request):
        return Notice.objects.with_newer(timezone.now())


register_snippet(NoticeViewSet)


@hooks.register("register_permissions")
def permission_to_put_on_notices():
    return Permission.objects.filter(content_type__app_label="notices", codename="publish_notice")


@hooks.register("before_edit_snippet")
def warn_who_may_not_change_what_is_on(request, notice):
    """Say so before anything is typed; the form refuses it."""
    is_on = isinstance(notice, Notice) and notice.is_on
    if is_on and request.method == "GET" and not request.user.has_perm("notices.publish_notice"):
        messages.warning(request, _("This notice is on the site: only publishers may change it."))


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def say_which_notices_wait(request, notice):
    """Name the notices that readers do not see for now, after a notice that they see, or that waits itself, was saved."""
    now = timezone.now()
    if not isinstance(notice, Notice) or notice.state not in (Notice.State.SHOWN, Notice.State.WAITING):
        return
    running = Notice.objects.filter(is_on=True, begins_at__lte=now, ends_at__gt=now)
    waiting = running.with_newer(now).filter(newer__gte=MAX_SHOWN).order_by("newer")
    if names := [str(one) for one in waiting]:
        text = _("Readers see %(number)s notices at most, those that began last. These wait until one of them ends: %(names)s.")
        messages.warning(request, text % {"number": MAX_SHOWN, "names": " · ".join(names)})
