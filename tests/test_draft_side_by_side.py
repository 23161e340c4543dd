"""The texts of a draft with their languages side by side, for somebody without an account."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from draft_links.shared_draft import AS_PAGE
from draft_links.side_by_side import sections
from languages.codes import LANGUAGES, OWN_NAMES
from mandates.models import MandatePage
from networks.models import NetworkPage
from pages.models import StandardPage
from partnerships.models import AgreementPage
from tests.building import make_mandate, make_standard
from tests.drafts import html, path_of, share
from tests.editor import block
from tests.site_checks import faults


def three(words):
    return {code: f"{words} {code}" for code in LANGUAGES}


def with_body(page, *blocks):
    page.body = page.body.stream_block.to_python(list(blocks))
    page.save_revision()
    return page


def rows(page):
    return [(section.name, row) for section in sections(page) for row in section.rows]


def test_texts_come_in_the_order_of_the_form_each_with_its_languages(draft):
    first = block("heading", level="2", text=three("Kop"))
    page = with_body(draft, first, block("text", text={code: f"<p>Tekst {code}</p>" for code in LANGUAGES}))
    names = [name for name, _row in rows(page)]
    assert names == ["heading", "summary", "body", "body"]
    heading, text = (row for name, row in rows(page) if name == "body")
    assert heading.is_heading and not text.is_heading
    assert [cell.html for cell in text.cells] == [f"<p>Tekst {code}</p>" for code in LANGUAGES]


@pytest.mark.parametrize("model", [StandardPage, MandatePage, NetworkPage, AgreementPage])
def test_slugs_texts_for_machines_and_notes_of_changes_are_left_out(db, model):
    page = model(heading_nl="Kop", url_slug_nl="kop", meta_title_nl="M", meta_description_nl="D", change_note_nl="N")
    assert [name for name, _row in rows(page)] == ["heading"]


def test_what_is_missing_and_what_is_not_meant_for_a_language_are_told_apart(client, home):
    page = make_standard(home, "half", languages=("nl",), live=False)
    with_body(page, block("text", text={"nl": "<p>Alleen Vlaams</p>"}, only_in=["nl"]))
    shown = html(client.get(path_of(share(page, language=""))))
    heading, only_dutch = shown.select(".beside-row")[0], shown.select(".beside-row")[-1]
    assert [cell.find_all("p")[-1].text for cell in heading.select(".beside-cell")][1:] == ["Nog niet ingevuld"] * 2
    assert [cell.find_all("p")[-1].text for cell in only_dutch.select(".beside-cell")][1:] == [
        "Niet bedoeld voor deze taal"
    ] * 2


def test_plain_texts_are_escaped_and_links_lead_to_the_page_in_the_language_of_the_column(draft, standard):
    draft.heading_nl = "<b>&"
    link = f'<p><a linktype="page" id="{standard.pk}">Lees</a></p>'
    page = with_body(draft, block("text", text=dict.fromkeys(LANGUAGES, link)))
    (_name, heading), *_others, (_name, text) = rows(page)
    assert heading.cells[0].html == "<p>&lt;b&gt;&amp;</p>"
    assert [standard.paths()[cell.language] in cell.html for cell in text.cells] == [True] * 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_holds_as_any_page_does_and_marks_each_language(client, draft, language):
    about = ("canonical", "hreflang", "no x-default", "not for a shared cache")
    link = share(draft, language="", takes_comments=True)
    response = client.get(path_of(link, language))
    found = faults(response, "", language)
    assert [fault for fault in found if not fault.startswith(about)] == []
    cells = html(response).select(".beside-row")[0].select(".beside-cell")
    assert [cell.find("div")["lang"] for cell in cells] == list(LANGUAGES)
    assert [cell.find(class_="beside-language").text for cell in cells] == list(OWN_NAMES.values())


def test_it_leads_to_the_page_in_each_language_and_back(client, draft):
    link = share(draft, language="")
    views = html(client.get(path_of(link))).select(".draft-views a")
    assert [view["href"] for view in views] == [f"{path_of(link, code)}?{AS_PAGE}" for code in LANGUAGES]
    for code, view in zip(LANGUAGES, views, strict=True):
        page = html(client.get(view["href"]))
        assert page.h1.text.strip() == f"plan {code}" and not page.select(".beside-row")
        assert page.select_one(".draft-views a")["href"] == path_of(link, code)
    assert not html(client.get(path_of(share(draft)))).select(".draft-views")


def test_a_draft_without_a_text_says_so(client, home):
    page = make_standard(home, "leeg", languages=(), live=False)
    assert "nog geen tekst" in html(client.get(path_of(share(page, language="")))).main.text


def test_as_many_queries_for_many_texts(client, section, standard):
    page = make_mandate(section, live=False)
    link = share(page, language="")
    text = f'<p><a linktype="page" id="{standard.pk}">Lees</a></p>'

    def cost(number):
        with_body(page, *(block("text", text=dict.fromkeys(LANGUAGES, text)) for _ in range(number)))
        with CaptureQueriesContext(connection) as captured:
            client.get(path_of(link))
        return len(captured)

    cost(1)
    assert cost(1) == cost(20) <= 20
