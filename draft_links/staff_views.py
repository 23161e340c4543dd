"""The screen on which staff share the draft of a page, end links, and decide about comments."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from draft_links import sharing_log
from draft_links.link_form import DraftLinkForm
from draft_links.link_lists import add_openings, comments_on, ended_links, links_url, open_links
from draft_links.models import DraftComment, DraftLink
from draft_links.permissions import languages_to_share, may_manage, may_share, words_on_limits
from languages.rights import refuse_unless
from pages.models import SitePage

COMMENTS_A_PAGE = 20


class DraftLinksView(WagtailAdminTemplateMixin, FormView):
    """The links to the draft of a page, and a form for another one."""

    form_class = DraftLinkForm
    template_name = "draft_links/links.html"
    page_title = gettext_lazy("Shared drafts")
    header_icon = "link"

    @cached_property
    def page(self):
        return get_object_or_404(SitePage, pk=self.kwargs["page_id"])

    def dispatch(self, request, *args, **kwargs):
        refuse_unless(may_share(request.user, self.page))
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        form = {"url": self.form_url, "label": self.page.get_admin_display_title()}
        return [*self.breadcrumbs_items, form, {"url": links_url(self.page), "label": self.page_title}]

    @property
    def form_url(self):
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "page": self.page, "user": self.request.user}

    def form_valid(self, form):
        link = form.save()
        sharing_log.note_sharing(link, self.request.user)
        messages.success(self.request, _("The link for %(whom)s is made. Copy it below.") % {"whom": link.for_whom})
        return redirect(links_url(self.page))

    def get_context_data(self, **kwargs):
        shown = add_openings([*open_links(self.page), *ended_links(self.page)])
        return {
            **super().get_context_data(**kwargs),
            "open_links": [link for link in shown if link.is_open],
            "ended_links": [link for link in shown if not link.is_open],
            **self.comments_shown(),
            "back": self.request.get_full_path(),
            "form_url": self.form_url,
            "limits": words_on_limits(self.request.user),
            "shareable": languages_to_share(self.request.user),
        }

    def comments_shown(self):
        """Return one page of the comments, and the numbers of the others."""
        comments = WagtailPaginator(comments_on(self.page), COMMENTS_A_PAGE).get_page(self.request.GET.get("p"))
        return {"comments": comments, "elided_page_range": comments.paginator.get_elided_page_range(comments.number)}


@require_POST
def revoke(request, page_id, pk):
    """End a link at once."""
    link = get_object_or_404(DraftLink.objects.select_related("page"), page=page_id, pk=pk)
    refuse_unless(may_manage(request.user, link))
    if link.is_open:
        link.revoke(request.user)
        link.save(update_fields=["revoked_at", "revoked_by"])
        sharing_log.note_revocation(link, request.user)
    messages.success(request, _("The link for %(whom)s no longer works.") % {"whom": link.for_whom})
    return go_back(request, link.page)


@require_POST
def take_over_or_delete(request, page_id, pk):
    """Take a comment over, which its author then sees, or delete it: POST `taken_over`, "1" or empty."""
    comment = DraftComment.objects.select_related("link__page").filter(link__page=page_id, pk=pk).first()
    if comment is None:
        messages.warning(request, _("This comment was deleted in the meantime."))
        return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")
    refuse_unless(may_manage(request.user, comment.link))
    if request.POST.get("taken_over"):
        comment.take_over(request.user)
        comment.save(update_fields=["taken_over_at", "taken_over_by"])
        messages.success(request, _("The comment is marked as taken over. Whoever has its link sees it below the draft."))
    else:
        comment.delete()
        messages.success(request, _("The comment is deleted."))
    return go_back(request, comment.link.page)


def go_back(request, page):
    return redirect(get_valid_next_url_from_request(request) or links_url(page))
