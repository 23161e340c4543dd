"""Which type of page may stand below which, and how many of each there may be."""

import pytest
from wagtail.models import Page

from mandates.models import MandateIndexPage, MandatePage
from pages.models import AccessibilityStatementPage, ContactPage, GlossaryPage, HomePage, SitePage, StandardPage
from tests.building import INDEX_OF, INDEXES, TYPES, add, texts
from tests.editor import add_url, messages_of

MAY_STAND_BELOW = {
    HomePage: {Page},
    StandardPage: {HomePage, StandardPage},
    **{model: {HomePage} for model in (GlossaryPage, ContactPage, AccessibilityStatementPage, *INDEXES)},
    **{topic: {index} for topic, index in INDEX_OF.items()},
}


def one_of_each(home):
    """Return a page of each type, the root of the tree included."""
    pages = {Page: Page.get_first_root_node(), HomePage: home}
    for model in TYPES[1:]:
        pages[model] = add(pages[INDEX_OF.get(model, HomePage)], model, live=False, **texts(model._meta.model_name))
    return pages


@pytest.mark.sweep
def test_each_type_of_page_stands_where_it_belongs_and_nowhere_else(home):
    pages = one_of_each(home)
    places = {model: {place for place, page in pages.items() if model.can_exist_under(page)} for model in TYPES}
    assert places == MAY_STAND_BELOW


@pytest.mark.sweep
def test_there_is_one_home_page_one_of_each_section_and_any_number_of_topics(home):
    pages = one_of_each(home)
    many = {model for model in TYPES if any(model.can_create_at(page) for page in pages.values())}
    assert many == {StandardPage, *INDEX_OF}
    assert not SitePage.can_create_at(home)


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("model", "place"), [(HomePage, Page), (MandatePage, HomePage), (StandardPage, MandateIndexPage), (ContactPage, HomePage)]
)
def test_the_admin_creates_no_page_where_it_does_not_belong(model, place, publisher, client, home):
    pages = one_of_each(home)
    before = Page.objects.count()
    response = client.post(add_url(model, pages[place]), texts("new"))
    assert response.status_code == 302 and messages_of(response)
    assert Page.objects.count() == before
