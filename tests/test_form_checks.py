"""Every form over texts knows whose are whose, and the check sees one that does not."""

from django.apps import apps
from django.db import models
from django.forms.models import BaseModelForm
from modelcluster.fields import ParentalKey
from wagtail.admin.forms.models import WagtailAdminModelForm

from languages.form_checks import every_form_is_guarded, form_errors
from languages.forms import AlignedForm
from languages.guarded_forms import GuardedForm
from languages.text_checks import content_models
from languages.units import translated_fields
from pages.models import StandardPage


def test_every_form_of_content_is_guarded():
    assert every_form_is_guarded() == []
    assert len(content_models()) > 15


def test_the_check_sees_a_form_that_is_not_guarded_and_rows_in_one():
    class Leaflet(models.Model):
        base_form_class = WagtailAdminModelForm

        class Meta:
            app_label = "pages"
            managed = False

        def __str__(self):
            return ""

    class Row(models.Model):
        page = ParentalKey(StandardPage, on_delete=models.CASCADE, related_name="rows_of_a_test")

        class Meta:
            app_label = "pages"
            managed = False

        def __str__(self):
            return ""

    try:
        apps.clear_cache()
        assert [error.id for error in form_errors(Leaflet)] == ["languages.E004"]
        Leaflet.base_form_class = AlignedForm
        assert list(form_errors(Leaflet)) == []
        assert [error.msg for error in form_errors(StandardPage)] == [
            "The rows pages.StandardPage.rows_of_a_test are not guarded."
        ]
    finally:
        for name in ("leaflet", "row"):
            del apps.all_models["pages"][name]
        apps.clear_cache()


def descendants(form_class):
    """Yield every class that descends from a form."""
    for one in form_class.__subclasses__():
        yield one
        yield from descendants(one)


def test_no_form_of_ours_over_translated_fields_is_made_without_the_guard():
    for model in content_models():
        if hasattr(model, "get_edit_handler"):
            model.get_edit_handler().get_form_class()
    forms = [form for form in descendants(BaseModelForm) if getattr(form, "_meta", None) and form._meta.model]
    over_texts = [form for form in forms if translated_fields(form._meta.model)]
    assert len(over_texts) > 8
    assert [form for form in over_texts if not issubclass(form, GuardedForm)] == []
