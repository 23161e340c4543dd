"""Sentences of Wagtail that our catalogues say anew: in English on every screen, wrong in Dutch or French, or about Wagtail.

Our catalogues come before Wagtail's, so an entry of the same text is enough; each is named here so that it is extracted.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

WORDS = (
    # About a product that staff need not know.
    gettext_noop("Go to Wagtail admin"),
    gettext_noop("Can access Wagtail admin"),
    gettext_noop("Wagtail admin"),
    gettext_noop("View Wagtail quick actions"),
    gettext_noop("Enable custom keyboard shortcuts specific to Wagtail."),
    gettext_noop("Members of the chosen Wagtail Groups can approve this task"),
    gettext_noop(
        "JavaScript is required to use Wagtail, but it is currently disabled.<br /> Here are the "
        '<a href="https://www.enable-javascript.com/" target="_blank" rel="noreferrer">instructions how to enable JavaScript '
        "in your web browser</a>."
    ),
    # Without spaces in Dutch.
    gettext_noop("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s"),
    gettext_noop("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s across entire site."),
    gettext_noop(
        "%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s in "
        "'<span class=\"w-title-ellipsis\">%(title)s</span>'."
    ),
)


def translate_for_each_reader():
    """Declare labels anew that Wagtail translates once, as it starts: all would read them in the first language."""
    from wagtail.admin.viewsets.chooser import ChooserViewSet
    from wagtail.forms import TaskStateCommentForm
    from wagtail.images.forms import ImageInsertionForm

    TaskStateCommentForm.base_fields["comment"].label = _("Comment")
    labels = {"format": _("Format"), "image_is_decorative": _("Image is decorative"), "alt_text": _("Alt text")}
    for name, label in labels.items():
        ImageInsertionForm.base_fields[name].label = label
    ChooserViewSet.search_tab_label = _("Search")
