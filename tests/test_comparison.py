"""Wagtail's comparison of two versions: only what changed, values apart from each other, each text in its language."""

import re
from html import unescape

import pytest
from django.urls import reverse

from mandates.models import MandatePage
from tests.building import make_mandate, make_section, make_user, texts
from tests.editor import block, edit_url, open_form, save_draft


@pytest.fixture
def editor(client, db):
    client.force_login(make_user("Editors"))
    return client


def compared_rows(client, page):
    """Return the rows of the comparison of the first and latest version: `[(label, HTML)]`."""
    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"])
    html = client.get(url).content.decode()
    rows = re.findall(r'<div class="title-wrapper">(.*?):</div>.*?<td class="comparison[^>]*>(.*?)</td>', html, re.DOTALL)
    return [(unescape(label.strip()), change.strip()) for label, change in rows]


def words(html):
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


@pytest.mark.sweep
def test_only_what_was_changed_is_compared_each_text_in_its_language(editor, home):
    page = make_mandate(make_section(home), live=False, maximum_age=31)
    assert save_draft(editor, page, summary_fr="Autre résumé.", maximum_age="32").status_code == 302
    (label, summary), (_label, age) = compared_rows(editor, page)
    assert label.endswith("(Frans)")
    assert 'lang="fr"' in summary and "<ins>Autre résumé</ins>" in summary
    assert words(age) == "31 32" and "<del>31</del> <ins>32</ins>" in age


@pytest.mark.sweep
def test_saving_without_a_change_is_no_change(editor, home):
    page = make_mandate(make_section(home), languages=["nl"], live=False)
    assert save_draft(editor, page).status_code == 302
    assert compared_rows(editor, page) == []


def test_within_a_stream_the_part_that_changed_is_named(editor, home):
    results = [
        block("result", text={"nl": "Dertig", "fr": "Trente", "en": "Thirty"}, from_year=2014, until_year=None),
        block("result", text={"nl": "Weg", "fr": "", "en": ""}, from_year=2015, until_year=None),
    ]
    page = make_mandate(make_section(home), live=False, results=results)
    page.results = MandatePage._meta.get_field("results").to_python(
        [{**results[0], "value": results[0]["value"] | {"from_year": 2016, "text": {"nl": "Dertig", "fr": "Trente-deux"}}}]
    )
    page.save_revision()
    ((_label, html),) = compared_rows(editor, page)
    assert "<del>2014</del> <ins>2016</ins>" in html and "Dertig" not in html
    assert re.search(r'lang="fr">.*Trente<ins>-deux</ins>', html)
    assert 'class="comparison__child-object deletion"' in html and "<del>Weg</del>" in html


def test_blocks_in_another_order_are_said_to_be(editor, home):
    items = [
        block("result", text={"nl": word, "fr": "", "en": ""}, from_year=2014, until_year=None) for word in ("Een", "Twee")
    ]
    page = make_mandate(make_section(home), live=False, results=items)
    page.results = MandatePage._meta.get_field("results").to_python(items[::-1])
    page.save_revision()
    ((_label, html),) = compared_rows(editor, page)
    assert words(html)


@pytest.mark.sweep
def test_what_is_typed_is_shown_and_never_obeyed(editor, home):
    page = make_mandate(make_section(home), live=False)
    typed = open_form(editor, edit_url(page)) | texts("<script>alert(1)</script>", ["nl"]) | {"url_slug_nl": "script"}
    assert editor.post(edit_url(page), typed).status_code == 302
    assert not any("<script" in html for _label, html in compared_rows(editor, page))
