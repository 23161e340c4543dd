"""The forms of the directory and of the settings, which are public at once and so need both languages."""

import pytest
from django.urls import reverse
from django.utils import translation

from directory.models import GlossaryTerm, Organisation
from pages.models import SiteSettings
from tests.editor import errors_of, form_with, translate


def snippet_url(model, action="add", *args):
    return reverse(f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}:{action}", args=args)


@pytest.mark.parametrize(("model", "name"), [(Organisation, "name"), (GlossaryTerm, "term")])
@pytest.mark.sampled(2)
def test_an_entry_of_the_directory_is_saved_in_both_languages_only(model, name, language, client):
    url = snippet_url(model)
    typed = form_with(client.get(url), f"{name}_nl") | {f"{name}_nl": "Nederlands", "abbreviation_nl": "NL"}
    refused = client.post(url, typed)
    with translation.override(language):
        label = str(model._meta.get_field(name).verbose_name)
    message = translate("Missing in %(language)s: %(text)s.", language, language="fr", text=label)
    assert errors_of(refused) == {f"{name}_fr": [message]}
    assert form_with(refused, f"{name}_nl")[f"{name}_nl"] == "Nederlands"
    assert not model.objects.exists()
    assert client.post(url, typed | {f"{name}_fr": "Français"}).status_code == 302
    entry = model.objects.get()
    assert getattr(entry, f"{name}_fr") == "Français" and not entry.abbreviation_fr

    edit = snippet_url(model, "edit", entry.pk)
    refused = client.post(edit, form_with(client.get(edit), f"{name}_nl") | {f"{name}_nl": ""})
    assert errors_of(refused).keys() == {f"{name}_nl"}


@pytest.mark.sampled(1)
def test_the_settings_are_saved_in_both_languages_only(language, client):
    url = client.get(reverse("wagtailsettings:edit", args=["pages", "sitesettings"])).url
    typed = form_with(client.get(url), "site_name_nl") | {
        "site_name_nl": "Naam",
        "site_name_fr": "Nom",
        "organisation_name_nl": "Actiris",
        "hours_fr": "De 9 h à 17 h",
    }
    refused = client.post(url, typed)
    assert errors_of(refused).keys() == {"organisation_name_fr", "hours_nl"}
    assert form_with(refused, "site_name_nl") | {"next": ""} == typed | {"next": ""}
    accepted = client.post(url, typed | {"organisation_name_fr": "Actiris", "hours_nl": "9 tot 17 uur"})
    assert accepted.status_code == 302
    assert SiteSettings.load().site_name_fr == "Nom"
