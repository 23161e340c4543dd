"""The order of very many pages below one: shown in pages, dragged within one of them, and placed further by number."""

import random
from threading import Event

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from pages import address_writer, siblings
from tests.building import make_home, make_standard, make_user, staff
from tests.editor import messages_of, parsed_page, translate
from tests.many import multiply
from tests.publishing import fresh
from tests.racing import outcomes, somebody_waits
from tests.servers import wait_for

pytestmark = pytest.mark.django_db
ROWS = 50  # of a list


def order(parent):
    return list(fresh(parent).get_children().order_by("path").values_list("pk", flat=True))


def list_page(client, parent, number):
    """Return the table of a page of the list in the order of the tree, as HTML."""
    url = reverse("wagtailadmin_explore", args=[parent.pk])
    return parsed_page(client.get(f"{url}?ordering=ord&p={number}")).xpath("//table[contains(@class, 'listing')]")[0]


def keys_of(table):
    return [int(row.get("data-w-orderable-item-id")) for row in table.xpath(".//tr[@data-w-orderable-item-id]")]


def drag(client, table, key, position):
    """Drop a row of a table at a position in it, as the script of the list does."""
    url = table.get("data-w-orderable-url-value").replace("999999", str(key))
    return client.post(f"{url}?position={position}")


@pytest.fixture
def parent(home):
    """A page with so many pages below it that they are shown in two pages of the list."""
    parent = make_standard(home, "many")
    multiply(make_standard(parent, "one"), ROWS + 9)
    return parent


def test_the_order_is_shown_in_pages_and_dragged_within_each(publisher, client, parent):
    before = order(parent)
    first, last = (list_page(client, parent, number) for number in (1, 2))
    assert keys_of(first) + keys_of(last) == before and len(keys_of(first)) == ROWS
    assert drag(client, last, before[-1], 0).status_code == 200
    assert drag(client, first, before[0], 2).status_code == 200
    a, b, c, *others = before
    assert order(parent) == [b, c, a, *others[: ROWS - 3], before[-1], *others[ROWS - 3 : -1]]
    assert PageLogEntry.objects.filter(action="wagtail.reorder", user=publisher).count() == 2


@pytest.mark.sampled(1)
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_page_is_placed_by_its_number_further_than_it_can_be_dragged(language, client, parent):
    client.force_login(make_user("Publishers", language))
    before = order(parent)
    link = list_page(client, parent, 1).xpath(".//a[contains(@href, '/place/')]")[0]
    assert link.text == "1" and order(parent)[0] == before[0]
    form = client.get(link.get("href"))
    assert translate("From 1 to %(last)s. The pages in between make room.", language, last="60") in form.content.decode()
    placed = client.post(link.get("href"), {"number": "55"})
    assert placed["Location"].endswith("?ordering=ord&p=2")
    said = translate("‘%(page)s’ is number %(number)s now.", language, number="55", page=f"one {language}")
    assert said in messages_of(placed)
    assert order(parent) == [*before[1:55], before[0], *before[55:]]
    assert client.post(link.get("href"), {"number": "0"}).status_code == 200  # with what is wrong at the field


def test_who_may_not_publish_changes_no_order(client, parent):
    before = order(parent)
    client.force_login(make_user("Editors"))
    table = list_page(client, parent, 1)
    assert not keys_of(table) and not table.xpath(".//a[contains(@href, '/place/')]")
    for url in (reverse("set_position_from", args=[before[0], 0]) + "?position=3", reverse("place_page", args=[before[0]])):
        client.post(url, {"number": "3"})
    assert order(parent) == before


def test_any_order_is_reached_with_what_stands_below_and_nothing_else_moves(home):
    drawn = random.Random(7)
    parent = make_standard(home, "many")
    pages = [make_standard(parent, f"page {number}") for number in range(6)]
    below = [(page, make_standard(page, "below")) for page in pages[::2]]
    expected, beside = order(parent), make_standard(home, "beside")
    for _ in range(20):
        key, number = drawn.choice(expected), drawn.randrange(-1, 8)
        siblings.place(Page.objects.get(pk=key), number, None)
        expected.remove(key)
        expected.insert(min(max(number, 0), 5), key)
        assert order(parent) == expected
    assert all(fresh(child).get_parent().pk == page.pk for page, child in below)
    assert Page.find_problems() == ([], [], [], [], [])
    assert order(home) == [parent.pk, beside.pk]


def test_the_database_is_asked_no_more_for_more_pages(home):
    counts = []
    for number in (3, 70):
        parent = make_standard(home, f"{number}")
        multiply(make_standard(parent, "one"), number)
        with CaptureQueriesContext(connection) as captured:
            siblings.place(Page.objects.get(pk=order(parent)[-1]), 0, None)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_page_that_is_deleted_as_it_is_placed_is_not_there_any_more(transactional_db, django_db_serialized_rollback):
    parent = make_standard(make_home(), "many")
    page, other = (make_standard(parent, name) for name in ("first", "second"))
    client, held, answers = staff("Publishers"), Event(), []

    def delete():
        with transaction.atomic():
            address_writer.lock()
            held.set()
            wait_for(somebody_waits)
            fresh(page).delete()

    def place():
        assert held.wait(30)
        answers.append(client.post(reverse("place_page", args=[page.pk]), {"number": "2"}))

    assert outcomes(delete, place) == [None, None]
    assert answers[0].status_code == 404
    assert order(parent) == [other.pk]
