"""Where this app extends Wagtail: links to pages in texts, and the log's words."""

from django.db.models import DateField, DateTimeField, ForeignKey
from django.utils.html import escape, format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.rich_text.pages import PageLinkHandler as WagtailsOwn

from directory.glossary.editor_terms import term_notes
from directory.references import preloaded_objects
from languages.codes import current_language
from languages.text_notes import HOOK as TEXT_NOTES
from pages import deletions, lag_log
from pages.clock_changes import HourField
from pages.models import SitePage
from pages.pictures import incomplete_pictures
from pages.scheduling import REFUSED
from pages.widgets import DayInput, HourInput, PageChooser
from pages.years import DayField
from schedule.jobs import JOBS, Every, Job

register_form_field_override(
    ForeignKey, to=SitePage, override=lambda field: {"widget": PageChooser(target_models=[field.remote_field.model])}
)
register_form_field_override(DateTimeField, override={"form_class": HourField, "widget": HourInput})
register_form_field_override(DateField, override={"form_class": DayField, "widget": DayInput})


class EditorContentChecker(ContentCheckerItem):
    """The checks beside the preview: of what editors write, and not of what the design sets in bold by itself."""

    axe_exclude = [".figure-label, .figure-value, .timeline-date"]

    def get_axe_exclude(self, request):
        # The editor's script takes a list for frames within frames: what is left out there has to be one selector.
        return self.axe_exclude if self.in_editor else super().get_axe_exclude(request)


@hooks.register("construct_wagtail_userbar")
def check_what_editors_write(request, items, page):
    items[:] = [EditorContentChecker(item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items]


class PageLinkHandler(WagtailsOwn):
    """Links within texts: to the page in the reader's language, from what was fetched for the whole page at once."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        keys = [int(attrs.get("id") or 0) for attrs in attrs_list]
        pages = preloaded_objects(SitePage)
        if pages is None:
            pages = SitePage.objects.filter(live=True).in_bulk(keys)
        return [cls.opening(pages.get(key)) for key in keys]

    @staticmethod
    def opening(page):
        """Return the opening tag; a page that nobody can reach is no link any more."""
        path, language = page.path_for(current_language()) if page else (None, None)
        if not path:
            return "<a>"
        return (
            format_html('<a href="{}" hreflang="{}">', path, language)
            if language != current_language()
            else f'<a href="{escape(path)}">'
        )


@hooks.register("register_rich_text_features", order=10)
def link_pages_in_the_readers_language(features):
    features.register_link_type(PageLinkHandler)


@hooks.register("after_publish_page")
def name_pictures_that_cannot_be_shown(request, page):
    """Warn whoever publishes a page: it is public all the same, with the next best form of each picture."""
    if isinstance(page.specific, SitePage) and (names := [image.title for image in incomplete_pictures(page.specific)]):
        text = _("The page is public, but these pictures cannot be shown as they should be: %(names)s. Upload them again.")
        messages.warning(request, text % {"names": ", ".join(names)})


@hooks.register("register_log_actions")
def name_our_log_actions(actions):
    actions.register_action(lag_log.ACTION)(lag_log.PublishedBehindFormatter)
    actions.register_action(REFUSED, _("Scheduled publishing refused"), _("Was to be published by schedule, but could not be"))


@hooks.register(JOBS)
def jobs_of_pages():
    return [
        Job("publish_scheduled", _("Publishing and unpublishing by schedule"), Every(minutes=1)),
        Job("delete_pages", _("Deleting pages of large sections"), Every(minutes=1), count_waiting=deletions.number_left),
    ]


@hooks.register(TEXT_NOTES)
def show_terms_beside_texts(instance, texts, reader):
    return term_notes(instance, texts)
