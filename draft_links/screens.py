"""What somebody with a link sees: the draft as a page or with its languages side by side, the form for comments, the end."""

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from audience.feedback_form import HONEYPOT
from audience.feedback_pages import errors_of
from draft_links.comment_form import DraftCommentForm
from draft_links.models import MAX_COMMENT_LENGTH
from draft_links.paths import comment_path
from draft_links.permissions import may_manage
from draft_links.side_by_side import sections
from languages.numbers import format_number
from pages.navigation import Navigation
from pages.preloading import preloaded_surroundings


def show_as_page(request, shared):
    """Show the draft as readers will see the page, through Wagtail's preview of it."""
    shared.attach_to(request)
    return shared.page.serve_preview(request, shared.language)


def show_side_by_side(request, shared):
    """Show the texts of the draft with their languages side by side."""
    shared.attach_to(request)
    with preloaded_surroundings(shared.page, request):
        context = {
            "language": shared.language,
            "page": shared.page,
            "navigation": shared.navigation_class()(shared.language, shared.page),
            "sections": sections(shared.page),
        }
        return render(request, "draft_links/side_by_side.html", context)


def show_comment_form(request, shared, form, message="", status=200):
    """Show the form for comments with what `form` holds, and a message that concerns no single field."""
    errors = errors_of(form, message)
    heading = _("Comment on this draft")
    title = _("Error: %(heading)s") % {"heading": heading} if errors else heading
    context = {**comment_context(shared, form), "heading": heading, "title": title, "errors": errors}
    return render_comment_page(request, shared, context, status)


def show_thanks(request, shared):
    """Thank for a comment."""
    heading = _("Thank you for your comment")
    return render_comment_page(request, shared, {"heading": heading, "title": heading}, 200)


def render_comment_page(request, shared, context, status):
    """Render a screen beside the draft, whose switch of languages leads to itself."""
    shared.attach_to(request)
    navigation = shared.navigation_class(comment_path)(shared.language, None)
    context |= {"language": shared.language, "navigation": navigation, "shared": shared}
    return render(request, "draft_links/comment_page.html", context, status=status)


def comment_context(shared, form=None):
    """Return what the form for comments is shown with."""
    form = form or DraftCommentForm(link=shared.link)
    return {
        "form": form,
        "stamp": form.next_stamp(),
        "path": shared.comment_path,
        "honeypot": HONEYPOT,
        "longest": format_number(MAX_COMMENT_LENGTH),
        "months": settings.DRAFT_LINKS_MONTHS,
    }


def show_gone(request, language, link):
    """410: say why a link opens nothing any more, and whom to ask; what was written meanwhile is shown to be copied."""
    is_over = link is not None and link.revoked_at is None and link.expires_at <= timezone.now()
    knows_whom = link is not None and may_manage(link.author, link)
    context = {
        "language": language,
        "navigation": Navigation(language),
        "title": _("This link no longer works"),
        "over_since": link.expires_at if is_over else None,
        "author_name": link.author_name if knows_whom else "",
        "name": request.POST.get("name", ""),
        "text": request.POST.get("text", ""),
    }
    return render(request, "draft_links/gone.html", context, status=410)
