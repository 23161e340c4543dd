"""Translations that are asked for, and pages on which there is something to translate, and what the home says of them."""

from itertools import count

from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from languages.standing import Standing
from pages.models import HomePage
from tests.building import client_of, make_standard
from tests.rows import same_again
from tests.stages import has_children
from worklists.chosen_rows import PARAMETER, object_name
from worklists.requesting import ask

HOME = "/admin/"
number = count(1)


def standing(thing):
    """Return the row of the table of everything about a page, entry or setting."""
    return Standing.objects.get(content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)


def behind_in_french(home, name="late"):
    """Make a page whose French and English have not followed a change of its Dutch; return it as it is saved."""
    is_first = isinstance(home, HomePage) and not has_children(home)
    page = same_again(f"late: {name}", lambda: make_standard(home, name)) if is_first else make_standard(home, name)
    page.summary_nl = f"Iets nieuws over {name}."
    page.save_revision()
    return page


def follow(page, language="fr"):
    """Let a language follow what changed in its twins."""
    setattr(page, f"summary_{language}", f"Something new in {language}, for the {next(number)}th time.")
    page.save_revision()


def ask_for(page, user, language="fr", **values):
    return ask(standing(page), language, user, **values)


def ask_address(*things):
    """Return the address at which translations of things are asked for."""
    query = "&".join(f"{PARAMETER}={object_name(one.content_type_id, one.object_id)}" for one in map(standing, things))
    return f"{reverse('ask_for_translation')}?{query}"


def waiting_names(rows):
    return [row.names["en"].split()[0] for row in rows]


def panel(user, name):
    """Return the lines of one panel of somebody's home, as text; None where it is not there."""
    soup = BeautifulSoup(client_of(user).get(HOME).content.decode(), "lxml")
    section = soup.find(id=f"{name}-section")
    return section and [" ".join(row.get_text(" ").split()) for row in section.select("li.worklist__row")]
