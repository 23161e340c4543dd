"""Pages that staff recommend for a given search."""

from dataclasses import dataclass

from languages.paths import path_of
from search.models import Promotion
from search.words import fold

MAX_PROMOTIONS = 3  # pages for one question


@dataclass(frozen=True, slots=True)
class PromotedPage:
    """A page that we recommend, with one sentence for readers or "" where staff wrote none."""

    page: int
    heading: str
    path: str
    reason: str


def find_promotions(question, language):
    """Return the pages that we recommend for a `Question`, those that exist in the language; with one query."""
    if not question.terms:
        return []
    heading, address = f"page__heading_{language}", f"page__address_{language}"
    promotions = Promotion.objects.filter(language=language, folded__contains=[fold(question.text)], page__live=True)
    rows = promotions.exclude(**{address: None}).order_by("-pk").values_list("page", heading, address, "reason")
    pages = {page: PromotedPage(page, name, path_of(language, place), reason) for page, name, place, reason in rows}
    return list(pages.values())[: -MAX_PROMOTIONS - 1 : -1]  # the oldest first
