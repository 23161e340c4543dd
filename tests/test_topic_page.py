"""The page of a topic: few headings, nothing said twice, and the one fact at its top."""

import pytest

from directory.models import Organisation
from languages.codes import LANGUAGES
from pages.models import TopicPage
from tests.building import make_mandate, make_section
from tests.content import KEYS, page_of
from tests.editor import block

MAX_HEADINGS = 8  # of the first rank


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("key", KEYS)
def test_a_page_has_few_headings_of_the_first_rank_and_says_nothing_twice_at_its_top(rendered, key):
    for language in LANGUAGES:
        main = rendered[key, language].main
        headings = [heading.get_text(" ", strip=True) for heading in main.find_all("h2")]
        if isinstance(page_of(key).specific, TopicPage):
            assert len(headings) <= MAX_HEADINGS, headings
            assert main.select_one(".column > .lead") and not main.select(".opening .lead")
            assert main.select_one(".next-step").find_previous("h2") is None, "the action is the first section"
        assert len(set(headings)) == len(headings), headings


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
def test_the_first_lines_say_who_chairs_the_network(rendered):
    for language, words in (("nl", "Voorzitter"), ("fr", "Président"), ("en", "Chair")):
        fact = rendered["pes-network", language].select_one(".fact").get_text(" ", strip=True)
        assert fact.startswith(words) and "Protopsaltis" in fact and "2027" in fact


@pytest.mark.parametrize(("status", "is_headed"), [("to_confirm", False), ("current", True)])
@pytest.mark.sampled(1)
def test_partners_that_are_all_to_be_confirmed_leave_no_heading(status, is_headed, client, home):
    organisation = Organisation.objects.create(name_nl="Organisatie", name_fr="Organisation")
    partner = block("partner", organisation=organisation.pk, joined="founding", status=status)
    page = make_mandate(make_section(home), partners=[partner])
    assert ('id="partners"' in client.get(page.paths()["nl"]).content.decode()) == is_headed
