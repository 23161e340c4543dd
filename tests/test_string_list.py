"""The list of the interface's strings: who sees it, how it is narrowed, and what it costs."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interface_strings import edits
from interface_strings.models import InterfaceString, StringsVersion
from interface_strings.string_list import columns
from tests.building import make_user
from tests.strings import TEXTS, logged_in, screen

pytestmark = pytest.mark.django_db
LIST = "/admin/strings/"


def found_strings(client, **query):
    return [string.msgid for string in client.get(LIST, query).context["object_list"]]


def edit(string, language="nl", *forms):
    edits.write(string, language, list(forms) or ["Opzoeken"], make_user("Translators"))


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("role", "may"), [("Translators", True), ("Reviewers", True), ("Publishers", True), (None, True), ("Editors", False)]
)
def test_the_list_and_its_menu_are_for_those_with_the_permission(role, may, strings, home):
    client = logged_in(role)
    assert (client.get(LIST).status_code == 200) == may
    assert (LIST in client.get("/admin/").content.decode()) == may


@pytest.mark.parametrize("number", [3, 4, 8])
def test_however_many_languages_there_are_their_columns_fit(number):
    languages = [("en", "English"), *((f"x{index}", "") for index in range(number - 1))]
    widths = [int(column.width.removesuffix("%")) for column in columns(languages)]
    assert len(widths) == number and 84 <= sum(widths) <= 93


def test_the_list_shows_each_string_in_its_three_languages(strings):
    edit(strings.get(), "en", "Find")
    html = BeautifulSoup(logged_in().get(LIST).content, "html.parser")
    row = next(row for row in html.find_all("tr") if "Zoeken" in row.get_text())
    assert [element.get_text(strip=True) for element in row.find_all(lang=True)] == ["Find", "Search", "Zoeken", "Recherche"]
    assert row.find("a")["href"] == screen(strings.get())
    assert "Hier bewerkt" in row.get_text() and "Pagina’s voor lezers" in row.get_text()


NARROWED = [
    ({"q": "zoek"}, ["Search"]),
    ({"q": "feuille"}, ["%(count)s page"]),
    ({"q": "aller au"}, ["Skip to main content"]),
    ({"q": "%(count)s PAGES"}, ["%(count)s page"]),
    ({"q": "nowhere"}, []),
    ({"state": "missing"}, ["Never translated"]),
    ({"state": "missing", "language": "en"}, []),
    ({"state": "edited"}, ["%(count)s page"]),
    ({"state": "edited", "language": "nl"}, []),
    ({"state": "conflict"}, ["Written by <b>{name}</b>."]),
    ({"state": "gone"}, []),
    ({"problem": "any"}, ["Never translated"]),
    ({"problem": "any", "language": "fr"}, []),
    ({"problem": "end"}, ["Never translated"]),
    ({"problem": "same"}, []),
    ({"area": "templates", "state": "edited"}, ["%(count)s page"]),
    ({"area": "wagtail.admin"}, None),
    ({"state": "nonsense"}, None),
    ({"p": "99"}, None),
]


def test_the_list_is_narrowed_by_words_language_state_problem_and_part(strings):
    edit(strings.get("%(count)s page"), "fr", "%(count)s feuille", "%(count)s feuilles")
    edit(strings.get("Written by <b>{name}</b>."), "nl", "<b>{name}</b> schreef dit.")
    strings.write(TEXTS | {"Written by <b>{name}</b>.": ("Van <b>{name}</b>.", "Écrit par <b>{name}</b>.")})
    edit(strings.get("Never translated"), "nl", "Nooit vertaald.")
    InterfaceString.objects.filter(msgid="Never translated").update(
        states={"nl": "missing", "fr": "missing", "en": "translated"}
    )
    client = logged_in()
    for query, expected in NARROWED:
        shown = found_strings(client, **query)
        assert expected is None or shown == expected, query


def test_what_needs_work_comes_first_then_each_place_by_its_words_and_last_what_is_only_placeholders(strings):
    strings.write(TEXTS | {"%(name)s – %(date)s": ("%(name)s – %(date)s", "%(name)s – %(date)s")})
    InterfaceString.objects.filter(msgid="Skip to main content").update(places=[["", "search/views.py"]])
    assert found_strings(logged_in()) == [
        "Never translated",
        "Skip to main content",
        "%(count)s page",
        "Search",
        "Written by <b>{name}</b>.",
        "%(name)s – %(date)s",
    ]


def test_the_work_is_that_of_the_chosen_language_or_of_ones_own(strings):
    InterfaceString.objects.filter(msgid="Never translated").update(
        states={"nl": "translated", "fr": "missing", "en": "translated"}, problems={"nl": [], "fr": [], "en": []}
    )
    InterfaceString.objects.filter(msgid="Written by <b>{name}</b>.").update(
        states={"nl": "conflict", "fr": "translated", "en": "translated"}
    )
    InterfaceString.objects.filter(msgid="Skip to main content").update(problems={"nl": [], "fr": ["end"], "en": []})
    InterfaceString.objects.filter(msgid="%(count)s page").update(problems={"nl": [], "fr": ["same"], "en": []})
    dutch, french = ("Written by <b>{name}</b>.", "%(count)s page"), ("Never translated", "Skip to main content")
    assert tuple(found_strings(logged_in("Translators"))[:2]) == (dutch[0], "Never translated")
    assert tuple(found_strings(logged_in("Translators"), language="fr")[:2]) == french
    assert found_strings(logged_in())[:3] == ["Never translated", "Written by <b>{name}</b>.", "Skip to main content"]


def test_what_has_gone_is_listed_while_its_edit_is_kept(strings):
    edit(strings.get())
    strings.write({"Never translated": ("", "")})
    client = logged_in()
    assert found_strings(client) == ["Never translated", "Search"]
    assert found_strings(client, state="gone") == ["Search"]


def test_the_list_costs_as_many_queries_whatever_its_length(strings, django_assert_num_queries):
    client = logged_in()
    client.get(LIST)
    with CaptureQueriesContext(connection) as before:
        client.get(LIST)
    assert sum("interface_strings" in query["sql"] for query in before) == 4  # strings, number, parts, unreadable catalogues
    strings.write(TEXTS | {f"Text {number}": (f"Tekst {number}", f"Texte {number}") for number in range(60)})
    edit(strings.get())
    with django_assert_num_queries(len(before)):
        assert len(client.get(LIST).context["object_list"]) == 50


def test_a_catalogue_that_cannot_be_read_is_told_of_above_the_list(strings):
    StringsVersion.objects.update_or_create(pk=1, defaults={"unreadable": ["django.po: <broken>"]})
    shown = logged_in().get(reverse("strings:index_results")).content.decode()
    assert "kon niet worden gelezen" in shown and "&lt;broken&gt;" in shown
