"""The list of feedback: what staff see, filter and delete, and who may."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from audience.models import Feedback
from tests.building import make_section, make_standard, make_user, staff
from tests.feedback import DAY, INDEX, give, html


def listed_comments(response):
    """Return the comments in the list, as shown."""
    return [row.comment for row in response.context["object_list"]]


@pytest.mark.sweep
def test_the_list_is_newest_first_in_the_language_of_the_admin(standard):
    give(standard, comment="older", moment=timezone.now() - DAY, revision_id=standard.live_revision_id)
    give(standard, comment="newer", language="fr", was_useful=False)
    for language, words in (
        ("nl", ("Ja", "Nee", "Frans")),
        ("fr", ("Oui", "Non", "français")),
        ("en", ("Yes", "No", "French")),
    ):
        response = staff("Editors", language).get(reverse(INDEX))
        assert listed_comments(response) == ["newer", "older"]
        text = html(response).find(id="listing-results").text.lower()
        assert all(word.lower() in text for word in (*words, f"standard {language}")), language


@pytest.mark.sweep
def test_the_list_is_filtered_and_searched(standard, section):
    below = make_standard(section, "below")
    give(standard, comment="Waar is de PRIJS?", was_useful=False, moment=timezone.now() - 40 * DAY)
    give(below, comment="", language="fr")
    give(section, comment="Merci", language="fr")
    client = staff()
    month = timezone.localdate() - timedelta(days=30)
    expected = {
        f"section={section.pk}": {"", "Merci"},
        f"page={below.pk}": {""},
        "language=nl": {"Waar is de PRIJS?"},
        "was_useful=False": {"Waar is de PRIJS?"},
        "was_useful=True": {"", "Merci"},
        "comment=with": {"Waar is de PRIJS?", "Merci"},
        "comment=without": {""},
        f"moment_from={month}": {"", "Merci"},
        f"moment_to={month}": {"Waar is de PRIJS?"},
        "q=prijs": {"Waar is de PRIJS?"},
        "q=%25": set(),
        "language=fr&comment=with": {"Merci"},
    }
    for query, comments in expected.items():
        for name in (INDEX, "feedback:index_results"):
            assert set(listed_comments(client.get(f"{reverse(name)}?{query}"))) == comments, query
    assert client.get(f"{reverse(INDEX)}?page=x&section=99999999&moment_from=x").status_code == 200


@pytest.mark.sweep
def test_the_share_of_yes_is_that_of_the_pages_that_are_listed(standard, section):
    give(standard, 3)
    give(standard, was_useful=False)
    give(section, was_useful=False, language="fr")
    response = staff(language="en").get(reverse(INDEX))
    assert response.context["everything"] == {"yes": 3, "no": 2, "total": 5, "percentage": 60}
    assert [(row["heading"], row["percentage"]) for row in response.context["shares"]] == [
        ("standard en", 75),
        ("mandates en", 0),
    ]
    only_french = staff(language="fr").get(f"{reverse(INDEX)}?language=fr")
    assert [row["heading"] for row in only_french.context["shares"]] == ["mandates fr"]


@pytest.mark.sweep
def test_the_queries_of_the_list_do_not_grow_with_its_rows(standard, section):
    client = staff()
    give(standard, 2, revision_id=standard.live_revision_id)

    def count(query=""):
        client.get(reverse(INDEX) + query)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(INDEX) + query)
        return len(captured)

    few, few_exported = count(), count("?export=csv")
    give(section, 45, revision_id=section.live_revision_id)
    assert (count(), count("?export=csv")) == (few, few_exported)


@pytest.mark.parametrize(
    ("role", "may_view", "may_delete"),
    [("Editors", True, False), ("Publishers", True, True), ("Translators", True, False), (None, True, True)],
)
@pytest.mark.sampled(1)
def test_staff_read_and_publishers_delete(role, may_view, may_delete, standard):
    client, (one,) = staff(role), give(standard, comment="Bel Jan op 0470 00 00 00")
    for name, args in ((INDEX, ()), ("feedback:index_results", ()), ("feedback:inspect", (one.pk,))):
        assert (client.get(reverse(name, args=args)).status_code == 200) is may_view
    assert "/admin/feedback/" in client.get(reverse("wagtailadmin_home")).content.decode()
    delete = reverse("feedback:delete", args=[one.pk])
    assert (client.get(delete).status_code == 200) is may_delete
    client.post(delete)
    assert Feedback.objects.exists() is not may_delete
    assert not any("0470" in f"{entry.label}{entry.data}" for entry in ModelLogEntry.objects.all())


def test_whoever_was_not_given_it_sees_nothing_of_it(standard):
    give(standard)
    client = Client()
    user = make_user("Editors")
    user.groups.set([group := Group.objects.create(name="Guests")])
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert "/admin/feedback/" not in client.get(reverse("wagtailadmin_home")).content.decode()
    for path in (reverse(INDEX), reverse(INDEX) + "?export=csv", reverse("feedback:index_results")):
        assert client.get(path).status_code == 302 and b"standard" not in client.get(path).content


def test_nobody_adds_or_changes_what_readers_said(standard):
    client, (one,) = staff(), give(standard)
    for path in ("new/", f"edit/{one.pk}/", f"copy/{one.pk}/", f"history/{one.pk}/", f"usage/{one.pk}/"):
        assert client.get(f"/admin/feedback/{path}").status_code == 404, path
    codenames = set(
        Permission.objects.filter(content_type__app_label="audience", content_type__model="feedback").values_list(
            "codename", flat=True
        )
    )
    assert codenames == {"view_feedback", "delete_feedback"}


@pytest.mark.sweep
def test_the_right_to_read_and_delete_can_be_given_to_groups(standard):
    editors = Group.objects.get(name="Editors")
    form = staff(language="en").get(reverse("wagtailusers_groups:edit", args=[editors.pk])).content.decode()
    for codename in ("view_feedback", "delete_feedback"):
        key = Permission.objects.get(codename=codename).pk
        assert f'value="{key}"' in form


def test_a_section_is_offered_as_a_filter_in_the_language_of_the_admin(home):
    make_section(home)
    assert "mandates fr" in staff(language="fr").get(reverse(INDEX)).content.decode()


# --- Groups that were there before


def migrate_back_and_forth():
    call_command("migrate", "audience", "0001", verbosity=0)
    call_command("migrate", "audience", verbosity=0)


@pytest.mark.sweep
def test_groups_from_before_get_the_right_once_and_what_an_administrator_takes_stays_away(db):
    make_user("Editors")
    editors, publishers = (Group.objects.get(name=name) for name in ("Editors", "Publishers"))
    for group in (editors, publishers):
        group.permissions.remove(*Permission.objects.filter(content_type__app_label="audience"))
    migrate_back_and_forth()
    assert editors.permissions.filter(codename="view_feedback").exists()
    assert not editors.permissions.filter(codename="delete_feedback").exists()
    assert publishers.permissions.filter(codename="delete_feedback").exists()
    editors.permissions.remove(Permission.objects.get(codename="view_feedback"))
    make_user("Editors")
    call_command("migrate", verbosity=0)
    assert not editors.permissions.filter(codename="view_feedback").exists()
