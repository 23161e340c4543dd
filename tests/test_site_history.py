"""The history of the site, and other lists of Wagtail's, name things as their reader does."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Page

from directory.models import Organisation
from tests.building import group_of, make_standard, make_user, staff
from tests.spreadsheets import csv_rows

HISTORY = reverse("wagtailadmin_reports:site_history")
RESULTS = reverse("wagtailadmin_reports:site_history_results")


def names_of(client, **query):
    """Return the names that the history of the site shows, newest first."""
    return [entry.label for entry in client.get(RESULTS, query).context["object_list"]]


@pytest.fixture
def things(home):
    """Return a page and an organisation with a name in each language, in each of whose histories something stands."""
    page = make_standard(home, "Loket")
    page.save_revision(log_action=True)
    log(Page.objects.get(pk=page.pk), "wagtail.move")  # as the form that moves a page has it, without its kind
    organisation = Organisation.objects.create(name_nl="Stad", name_fr="Ville", name_en="City")
    log(organisation, "wagtail.edit")
    return page, organisation


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("language", "city"), [("nl", "Stad"), ("fr", "Ville"), ("en", "City")])
def test_pages_and_entries_have_their_names_in_the_language_of_the_reader(language, city, things):
    client = staff("Publishers", language)
    names = names_of(client)
    assert names[:3] == [city, f"Loket {language}", f"Loket {language}"]
    exported = {cell for row in csv_rows(client.get(HISTORY, {"export": "csv"})) for cell in row}
    assert city in exported and {name for name in exported if name.startswith("Loket ")} == {f"Loket {language}"}


def test_a_thing_is_found_by_the_name_that_is_shown_and_by_the_one_in_the_log(things):
    client = staff("Publishers", "fr")
    assert set(names_of(client, label="ket fr")) == {"Loket fr"} == set(names_of(client, label="loket nl"))
    assert names_of(client, label="vill") == ["Ville"] == names_of(client, label="stad")
    assert names_of(client, label="nobody") == []


def test_what_has_no_name_in_a_language_has_the_one_that_comes_nearest_and_what_is_gone_that_of_the_log(home):
    make_standard(home, "Balie", languages=["nl"], live=False).save_revision(log_action=True)
    gone = make_standard(home, "Weg")
    gone.save_revision(log_action=True)
    gone.delete()
    assert {"Balie nl", "Weg nl"} <= set(names_of(staff(None, "fr")))


def test_a_role_is_called_as_everywhere(home):
    log(group_of("Editors"), "wagtail.edit")
    assert names_of(staff(None, "fr"))[0] == "Rédacteurs" and Group.objects.filter(name="Editors").exists()


def test_many_entries_take_as_many_queries_as_few(things):
    client, (page, _organisation) = staff("Publishers", "fr"), things
    names_of(client)
    with CaptureQueriesContext(connection) as few:
        names_of(client)
    for number in range(10):
        make_standard(page, f"Onder {number}").save_revision(log_action=True)
    with CaptureQueriesContext(connection) as many:
        assert len(names_of(client)) > 20
    assert len(many) <= len(few)


def test_the_list_of_redirects_names_pages_as_its_reader_does_with_as_many_queries_for_many(home):
    client, address = staff("Publishers", "fr"), reverse("wagtailredirects:index")
    numbers = []
    for name in ("Loket", "Balie", "Kantoor"):
        Redirect.objects.create(old_path=f"/nl/oud-{name}", redirect_page=make_standard(home, name))
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            text = client.get(address).content.decode()
        numbers.append(len(queries))
        assert f"{name} fr" in text and f"{name} nl" not in text
    assert numbers[0] == numbers[-1]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", ["aging_pages", "locked_pages"])
def test_lists_of_pages_are_exported_with_the_names_that_they_show_and_as_many_queries_for_many(name, home):
    client, address, locker = staff("Publishers", "fr"), reverse(f"wagtailadmin_reports:{name}"), make_user("Publishers")
    numbers = []
    for heading in ("Loket", "Balie", "Kantoor"):
        page = make_standard(home, heading)
        page.locked, page.locked_by = True, locker
        page.save()
        client.get(address, {"export": "csv"})
        with CaptureQueriesContext(connection) as queries:
            exported = {cell for row in csv_rows(client.get(address, {"export": "csv"})) for cell in row}
        numbers.append(len(queries))
        assert f"{heading} fr" in exported and f"{heading} nl" not in exported and "Page" in exported
    assert numbers[0] == numbers[-1]
