"""Two people who change the tree in the same moment: no page stays public below one that is not, and no address is untrue."""

from io import StringIO
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from pages import address_writer
from pages.address_checks import find_faults
from pages.models import SitePage, StandardPage
from tests.building import make_home, make_section, make_standard
from tests.racing import outcomes

RUNS, INTERLEAVINGS, STEPS = 10, 20, 3  # 200 in all
ACCEPTABLE = (ValidationError, Page.DoesNotExist)  # refused with a reason, or deleted by the other


def publish(key):
    address_writer.lock()  # first, as the editor's form does
    Page.objects.get(pk=key).specific.save_revision().publish()


def unpublish(key):
    Page.objects.get(pk=key).unpublish()


def rename(key):
    address_writer.lock()
    page = Page.objects.get(pk=key).specific
    for code in ("nl", "fr"):
        setattr(page, f"url_slug_{code}", f"naam-{key}-{Random().randrange(10**6)}")
    page.excuse("Hernoemd.")
    revision = page.save_revision()
    if page.live:
        revision.publish()


def move(key, target):
    Page.objects.get(pk=key).move(Page.objects.get(pk=target), pos="last-child")


def delete(key):
    Page.objects.get(pk=key).specific.delete()


def copy(key):
    page = Page.objects.get(pk=key).specific
    page.copy(recursive=True, to=page.get_parent(), keep_live=False)


def in_one_transaction(call, *arguments):
    """Return a call that runs in a transaction, as requests to the admin do."""

    def run():
        with transaction.atomic():
            call(*arguments)

    return run


def run_together(*calls):
    """Run calls at the same moment; fail for whatever is no refusal with a reason."""
    for error in outcomes(*(in_one_transaction(*call) for call in calls)):
        if error is not None and not isinstance(error, ACCEPTABLE):
            raise error


def assert_true():
    """Everything derived from the tree is what the tree says."""
    assert find_faults() == []
    for page in SitePage.objects.filter(depth__gt=2):
        parent = SitePage.objects.get(path=page.path[: -Page.steplen])
        assert not (page.paths().keys() - parent.paths().keys()), "public below a page that is not"
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.fixture
def chain(transactional_db, django_db_serialized_rollback):
    """A section with pages one, two and three levels below it, and a second section: their keys."""
    home = make_home()
    section = make_section(home)
    above = make_standard(home, "Boven")
    middle = make_standard(above, "Midden")
    below = make_standard(middle, "Onder")
    other = make_standard(home, "Ander")
    return {
        "home": home.pk,
        "section": section.pk,
        "above": above.pk,
        "middle": middle.pk,
        "below": below.pk,
        "other": other.pk,
    }


ABOVE = {"unpublish": unpublish, "rename": rename, "delete": delete}
BELOW = {"publish": publish, "rename": rename, "unpublish": unpublish, "copy": copy}


@pytest.mark.sweep
@pytest.mark.parametrize("level", ["middle", "above"])
@pytest.mark.parametrize("upper", ABOVE)
@pytest.mark.parametrize("lower", BELOW)
def test_a_page_and_one_above_it_changed_in_the_same_moment(chain, level, upper, lower):
    if lower == "publish":
        unpublish(chain["below"])
    run_together((BELOW[lower], chain["below"]), (ABOVE[upper], chain[level]))
    assert_true()


@pytest.mark.parametrize("lower", BELOW)
@pytest.mark.sampled(1)
def test_a_page_is_changed_while_the_section_above_it_moves(chain, lower):
    run_together((BELOW[lower], chain["below"]), (move, chain["middle"], chain["other"]))
    assert_true()
    assert Page.objects.get(pk=chain["middle"]).get_parent().pk == chain["other"]


@pytest.mark.sweep
@pytest.mark.parametrize("calls", [(publish, unpublish), (rename, rename), (delete, publish), (copy, copy), (delete, delete)])
def test_one_page_changed_twice_in_the_same_moment(chain, calls):
    run_together(*((call, chain["below"]) for call in calls))
    assert_true()


def test_two_pages_that_swap_their_parents(chain):
    run_together((move, chain["middle"], chain["other"]), (move, chain["other"], chain["middle"]))
    assert Page.find_problems() == ([], [], [], [], [])
    assert find_faults() == []


class Person:
    """Somebody who does a few things to random pages of a tree."""

    def __init__(self, seed, home):
        self.choose, self.home = Random(seed), home

    def __call__(self):
        for _ in range(STEPS):
            pages = list(SitePage.objects.filter(depth__gt=2).order_by("pk").values_list("pk", flat=True))
            if not pages:
                return
            call = self.choose.choice([publish, publish, unpublish, rename, move, delete])
            arguments = [self.choose.choice(pages)]
            if call is move:
                arguments.append(self.choose.choice([*pages, self.home]))
            try:
                in_one_transaction(call, *arguments)()
            except (*ACCEPTABLE, LookupError):
                continue


def fill(home, number):
    """Grow three levels of pages below the home page, so that there is something to change."""
    above = make_standard(home, f"A {number}")
    middle = make_standard(above, f"B {number}")
    for letter in "CD":
        make_standard(middle, f"{letter} {number}")


@pytest.mark.sweep
@pytest.mark.parametrize("run", range(RUNS))
def test_random_interleavings_of_two_people_leave_everything_true(run, transactional_db, django_db_serialized_rollback):
    home = make_home()
    for number in range(INTERLEAVINGS):
        if StandardPage.objects.count() < 5:
            fill(home, number)
        for error in outcomes(*(Person(f"{run}-{number}-{who}", home.pk) for who in "mt")):
            if error is not None:
                raise error
        assert_true()
    for command, options in (("check_addresses", {}), ("check_search", {}), ("rebuild_standing", {"check": True})):
        printed = StringIO()
        try:
            call_command(command, stdout=printed, **options)
        except CommandError as error:
            pytest.fail(f"{command}: {error} {printed.getvalue()}")
    connection.close()


def test_faults_are_named_and_repaired(home, section):
    SitePage.objects.filter(pk=section.pk).update(address_nl="elders")
    with pytest.raises(CommandError):
        call_command("check_addresses", stdout=StringIO())
    call_command("check_addresses", repair=True, stdout=StringIO())
    assert find_faults() == []
    assert SitePage.objects.get(pk=section.pk).address_nl == section.address_nl


def test_repairing_keeps_what_staff_wrote_from_the_same_address(home, section):
    path = section.paths()["nl"].rstrip("/")
    redirect = Redirect.add_redirect(path, "https://example.org/")
    Redirect.add_redirect(path, section, automatically_created=True)
    call_command("check_addresses", repair=True, stdout=StringIO())
    assert find_faults() == []
    assert list(Redirect.objects.filter(old_path=path)) == [redirect]
