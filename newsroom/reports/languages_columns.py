"""The columns of the table of everything."""

from django.utils import timezone
from wagtail.admin.ui.tables import BaseColumn

from languages.codes import current_language
from newsroom.reports import standing_rows
from newsroom.reports.sent_out import back_by_language, parts_out


class NameColumn(BaseColumn):
    """What it is called, with a link to its form, and whether readers see it."""

    cell_template_name = "newsroom/standing_name_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        url = standing_rows.edit_url(instance, context["request"].user)
        return {
            **context,
            "url": url,
            "name": instance.names.get(current_language()),
            "status": standing_rows.status_of(instance),
            "step": getattr(instance, "review", {}).get(None),
        }


class StandingColumn(BaseColumn):
    """What there is to do in one language, with a link to the first text to mend."""

    cell_template_name = "newsroom/standing_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        numbers = instance.languages.get(self.name)
        url = standing_rows.edit_url(instance, context["request"].user, self.name) if numbers and numbers["first"] else None
        return {
            **context,
            "parts": standing_rows.standing_parts(self.name, numbers),
            "words": standing_rows.words_to_translate(numbers),
            "step": getattr(instance, "review", {}).get(self.name),
            "out": parts_out(instance).get(self.name),
            "back": back_by_language(instance).get(self.name),
            "url": url,
        }


class ChangeColumn(BaseColumn):
    """When it changed last, and who did it."""

    cell_template_name = "newsroom/standing_change_cell.html"


class ResponsibleColumn(BaseColumn):
    """Who looks after it, with a link to all that this person looks after."""

    cell_template_name = "newsroom/standing_responsible_cell.html"


class ReviewColumn(BaseColumn):
    """The day on which somebody must look at it again, marked when it has passed."""

    cell_template_name = "newsroom/standing_review_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "is_overdue": bool(instance.review_on and instance.review_on < timezone.localdate())}
