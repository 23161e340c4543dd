"""System check of the forms: whatever holds content is edited in a form that knows whose texts are whose."""

from django.conf import settings
from django.core import checks
from django.utils.module_loading import import_string
from modelcluster.models import get_all_child_relations
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage

from languages.guarded_forms import GuardedForm
from languages.text_checks import content_models, is_ours

HINT = "Let its `base_form_class` descend from `languages.forms.AlignedForm`, or from `StaleSafeForm`, on which that is built."
NO_ROWS = "The form keeps no rows from whoever may not change them: use a list block."


@checks.register("languages")
def every_form_is_guarded(app_configs=None, **kwargs):
    """Return an error for each model of content whose form is not a `GuardedForm`, or has rows that it would not guard."""
    return [error for model in content_models() for error in form_errors(model)]


def form_errors(model):
    """Return the errors of one model."""
    form_class, label = form_base(model), model._meta.label
    if form_class is None or not issubclass(form_class, GuardedForm):
        yield checks.Error(f"The form of {label} is not guarded.", hint=HINT, obj=model, id="languages.E004")
    for relation in get_all_child_relations(model):
        if is_ours(relation.related_model):
            name = relation.get_accessor_name()
            yield checks.Error(f"The rows {label}.{name} are not guarded.", hint=NO_ROWS, obj=model, id="languages.E005")


def form_base(model):
    """Return the base of the form in which the admin edits a model, None where it is Wagtail's own."""
    if issubclass(model, AbstractImage):
        return import_string(settings.WAGTAILIMAGES_IMAGE_FORM_BASE)
    if issubclass(model, AbstractDocument):
        return import_string(settings.WAGTAILDOCS_DOCUMENT_FORM_BASE)
    return getattr(model, "base_form_class", None)
