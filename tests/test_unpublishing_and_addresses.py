"""What is unpublished, moved or reverted: readers find it no more, or at its address of today."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page

from languages.codes import LANGUAGES
from tests.building import make_standard
from tests.editor import PUBLISH, open_form, publish
from tests.publishing import bulk, fresh, is_hidden, let_the_hour_come, move, schedule


def unpublish(client, page, **typed):
    return client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), typed)


@pytest.mark.sweep
def test_what_is_unpublished_is_gone_for_readers_and_comes_back_at_its_address(publisher, client, standard):
    below = make_standard(standard, "below")
    before = standard.paths(), below.paths()
    assert unpublish(client, standard).status_code == 302
    assert is_hidden(standard) and fresh(below).paths() == {}
    for path in (*before[0].values(), *before[1].values()):
        assert client.get(path).status_code == 404
    assert publish(client, standard).status_code == 302
    assert (fresh(standard).paths(), fresh(below).paths()) == before
    for path in (*before[0].values(), *before[1].values()):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("way", ["bulk", "hour", "shell", "source of an alias"])
@pytest.mark.sampled(1)
def test_whichever_way_a_page_is_unpublished_readers_find_it_no_more(way, publisher, client, home):
    page = make_standard(home)
    paths = page.paths()
    if way == "bulk":
        assert bulk(client, "unpublish", [page]).status_code == 302
    elif way == "hour":
        Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
        call_command("publish_scheduled")
    elif way == "shell":
        Page.objects.get(pk=page.pk).unpublish()
    else:
        alias = CreatePageAliasAction(page).execute()
        paths = fresh(alias).paths()
        assert unpublish(client, page).status_code == 302
        page = alias
    assert is_hidden(page)
    for path in paths.values():
        assert client.get(path).status_code == 404


@pytest.mark.sweep
def test_a_revision_from_before_a_move_is_published_at_the_place_of_today(publisher, client, home, standard):
    old = standard.latest_revision
    place = make_standard(home, "place")
    assert move(client, standard, place).status_code == 302
    url = reverse("wagtailadmin_pages:revisions_revert", args=[standard.pk, old.pk])
    assert client.post(url, open_form(client, url) | PUBLISH).status_code == 302
    assert fresh(standard).paths()["fr"] == "/fr/place-fr/standard-fr/"
    moved = client.get("/fr/standard-fr/")
    assert (moved.status_code, moved.url) == (301, "/fr/place-fr/standard-fr/")


@pytest.mark.sweep
def test_a_revision_with_an_older_slug_is_published_at_that_slug_with_a_redirect_from_the_newer(publisher, client, standard):
    old = standard.latest_revision
    assert publish(client, standard, url_slug_fr="newer").status_code == 302
    url = reverse("wagtailadmin_pages:revisions_revert", args=[standard.pk, old.pk])
    assert client.post(url, open_form(client, url) | PUBLISH).status_code == 302
    assert fresh(standard).paths()["fr"] == "/fr/standard-fr/"
    assert client.get("/fr/standard-fr/").status_code == 200
    assert client.get("/fr/newer/").url.endswith("/fr/standard-fr/")


@pytest.mark.sweep
def test_a_schedule_that_was_approved_before_a_move_publishes_at_the_place_of_today(publisher, client, home):
    page, place = make_standard(home, live=False), make_standard(home, "place")
    schedule(client, page)
    assert move(client, page, place).status_code == 302
    let_the_hour_come()
    assert fresh(page).paths()["nl"] == "/nl/place-nl/standard-nl/"


@pytest.mark.sweep
def test_what_somebody_else_moved_meanwhile_is_saved_at_its_new_place(home):
    page, place = make_standard(home), make_standard(home, "place")
    fresh(page).move(place, pos="last-child")
    newcomer = make_standard(home, "newcomer", **{f"url_slug_{code}": f"standard-{code}" for code in LANGUAGES})
    remembered = fresh(page)
    remembered.address_fr = page.address_fr
    remembered.save()
    assert fresh(page).paths()["fr"] == "/fr/place-fr/standard-fr/"
    assert fresh(newcomer).paths()["fr"] == "/fr/standard-fr/"
