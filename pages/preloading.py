"""What a page shows beside its own texts, fetched at once: what it refers to, and what stands on every page."""

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from directory.gathering import Gathering, is_given, objects_in
from directory.glossary.explanations import explained_terms
from directory.models import Organisation, Person
from directory.references import linked_page_keys, preload
from languages.blocks import TranslatedRichTextBlock
from languages.codes import LANGUAGES, current_language
from languages.units import field_texts, kind_of, stream_leaves, translated_fields
from pages.history import MAX_SHOWN, PublicChange, shown_changes
from pages.navigation import navigation_pages, places_above
from pages.pictures import RENDITIONS, SMALL
from pages.placed_pages import placed_pages


@dataclass(frozen=True, slots=True)
class PreloadedSurroundings:
    """What was fetched for a page in one language, and the leaves of its streams, walked before they become values."""

    leaves: list
    settings: object
    navigation: list
    changes: list
    terms: str  # the rows of `explained_terms`, in JSON
    frame: tuple  # the rows of which settings and navigation were made, in JSON


@contextmanager
def preloaded_surroundings(page, request):
    """Return a context in which everything that `page` shows in the active language is at hand, fetched with one query.

    It is `page.preloaded`, and served to blocks and tags (`directory.references`).
    """
    leaves, fetched = stream_leaves(page), {}
    site_page = apps.get_model("pages", "SitePage")
    links = {key for text in rich_texts(page, leaves) for key in linked_page_keys(text)}

    def fetch(keys_by_model):
        fetched.update(fetch_all(page, current_language(), keys_by_model))
        return fetched.pop("references")

    with preload(page, leaves, fetch, {site_page: links}) as remaining:
        page.preloaded = PreloadedSurroundings(remaining, **fetched)
        request.fetched_site_settings = page.preloaded.settings
        try:
            yield
        finally:
            page.preloaded = None


def rich_texts(page, leaves):
    """Yield the rich texts of a page in all languages, as they are stored; `leaves` are those of its streams."""
    for name in translated_fields(type(page)):
        if kind_of(page._meta.get_field(name)) == "rich":
            yield from field_texts(page, name).values()
    for leaf in leaves:
        if isinstance(leaf.block, TranslatedRichTextBlock):
            yield from leaf.raw.values()


def fetch_all(page, language, keys_by_model):
    """Return what stands on every page in a language, and the "references" of this one: model -> primary key -> object."""
    site_page, image = apps.get_model("pages", "SitePage"), get_image_model()
    site_settings = apps.get_model("pages", "SiteSettings")
    models = {"organisations": Organisation, "people": Person, "pictures": image, "documents": get_document_model()}
    found = surroundings_query(language).fetch(
        above=places_above(page),
        history=[page.alias_of_id or page.pk or 0],  # none before a page is saved
        pages=list(keys_by_model.get(site_page, ())),
        **{name: list(keys_by_model.get(model, ())) for name, model in models.items()},
    )
    references = {model: {one.pk: one for one in objects_in(model, found[name])} for name, model in models.items()}
    references[site_page] = {page.pk: page for page in placed_pages(found["pages"])}
    pictures = with_renditions(references[image].values(), found["renditions"])
    settings = next(iter(objects_in(site_settings, found["settings"])), None) or site_settings()
    for holders, field in (
        (references[Organisation].values(), "logo"),
        (references[Person].values(), "portrait"),
        ([settings], "regional_signature"),
    ):
        for holder in holders:
            setattr(holder, field, pictures.get(getattr(holder, f"{field}_id")))
    return {
        "references": references,
        "settings": settings,
        "navigation": placed_pages(found["navigation"]),
        "changes": objects_in(PublicChange, found["changes"]),
        "terms": found["terms"],
        "frame": (found["settings"], found["navigation"]),
    }


def with_renditions(pictures, found):
    """Give pictures the renditions that were found for them; return them by primary key."""
    by_key = {picture.pk: picture for picture in pictures}
    for picture in by_key.values():
        picture.prefetched_renditions = []
    for rendition in objects_in(get_image_model().get_rendition_model(), found):
        by_key[rendition.image_id].prefetched_renditions.append(rendition)
    return by_key


def shown_columns(model, *names, texts=()):
    """Return the rows of a model with no columns but those that readers are shown something of."""
    return model.objects.order_by("pk").only(*names, *(f"{name}_{code}" for name in texts for code in LANGUAGES))


@cache
def surroundings_query(language):
    """Return the query for all that pages show in a language."""
    site_page, site_settings = apps.get_model("pages", "SitePage"), apps.get_model("pages", "SiteSettings")
    organisations = shown_columns(Organisation, "key", "kind", "country", "logo", texts=("name", "abbreviation", "url"))
    organisations = organisations.filter(is_given("id", "organisations"))
    people = shown_columns(Person, "key", "name", "portrait").filter(is_given("id", "people"))
    pictures = picture_rows(
        Q(is_given("id", "pictures"))
        | Q(pk__in=organisations.values("logo"))
        | Q(pk__in=people.values("portrait"))
        | Q(pk__in=site_settings.objects.values("regional_signature"))
    )
    return Gathering(
        settings=site_settings.objects.order_by("pk").defer("alignment")[:1],
        navigation=navigation_pages(language, Q(is_given("path", "above"))),
        changes=shown_changes(language).filter(is_given("page_id", "history"))[:MAX_SHOWN],
        terms=explained_terms(language, apps.get_model("pages", "GlossaryPage")),
        organisations=organisations,
        people=people,
        pages=site_page.objects.filter(is_given("page_ptr_id", "pages"), live=True).for_links().order_by("pk"),
        pictures=pictures,
        renditions=rendition_rows(pictures),
        documents=shown_columns(get_document_model(), "title", "file", "file_language", texts=("heading", "edition")).filter(
            is_given("id", "documents")
        ),
    )


def picture_rows(condition):
    """Return the pictures for which a condition holds, with the columns that readers are shown something of."""
    pictures = shown_columns(get_image_model(), "title", "file", "width", "height", "credit", texts=("alternative",))
    return pictures.filter(condition)


def rendition_rows(pictures):
    """Return the renditions that pages show of pictures."""
    renditions = get_image_model().get_rendition_model().objects.order_by("pk")
    return renditions.filter(filter_spec__in=(*RENDITIONS, SMALL), image__in=pictures.values("pk"))
