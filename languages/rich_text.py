"""The editor of rich text, which a forged form cannot bring down."""

from django.utils.html import format_html
from wagtail.admin.rich_text import DraftailRichTextArea


class RichTextArea(DraftailRichTextArea):
    """Wagtail's editor. What it was sent and cannot read, which its script never sends, it keeps as plain words."""

    def value_from_datadict(self, data, files, name):
        try:
            return super().value_from_datadict(data, files, name)
        except (AttributeError, LookupError, TypeError, ValueError):
            return format_html("<p>{}</p>", data.get(name))
